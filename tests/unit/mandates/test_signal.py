"""What the DAO says, and nobody else."""

from phemexia.evm import Chain, Event, reverts


def test_signal_by_the_dao_alone():
    chain = Chain()
    dao, stranger = chain.account("dao"), chain.account("stranger")
    mandates = chain.deploy("Mandates", dao)
    assert mandates.dao() == dao
    text = b"\x01" * 32
    assert mandates.signal(text, sender=dao).events == [Event("Signaled", mandates.address, {"textHash": text})]
    with reverts("Mandates__NotDao", caller=stranger):
        mandates.signal(text, sender=stranger)


def test_constructor_refuses_nobody():
    with reverts("Mandates__ZeroAddress"):
        Chain().deploy("Mandates", "0x" + "00" * 20)
