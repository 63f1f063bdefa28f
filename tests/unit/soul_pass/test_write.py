"""A number of a kind on a pass, and when it was written."""

import pytest

from phemexia.evm import Event, reverts

XPT = b"xPT".ljust(32, b"\0")
SHOVEL = b"shovel".ljust(32, b"\0")
MOST = 2**192 - 1


@pytest.mark.parametrize("value", [0, 1, 1_500 * 10**18, MOST])
def test_write(soul_pass, chain, publisher, pass_id, value):
    receipt = soul_pass.write(XPT, pass_id, value, sender=publisher)
    assert receipt.events == [
        Event("RecordWritten", soul_pass.address, {"id": pass_id, "kind": XPT, "value": value}),
        Event("MetadataUpdate", soul_pass.address, {"_tokenId": pass_id}),
    ]
    assert soul_pass.entryOf(pass_id, XPT) == {"value": value, "updatedAt": chain.timestamp}
    assert soul_pass.entryOf(pass_id, SHOVEL) == {"value": 0, "updatedAt": 0}


def test_write_again(soul_pass, chain, publisher, pass_id):
    soul_pass.write(XPT, pass_id, 5, sender=publisher)
    chain.sleep(100)
    soul_pass.write(XPT, pass_id, 5, sender=publisher)
    assert soul_pass.entryOf(pass_id, XPT) == {"value": 5, "updatedAt": chain.timestamp}


@pytest.mark.parametrize("kind", ["shovel", "contribution", "governance"])
def test_write_less_where_it_may_not_fall(soul_pass, pass_id, kind):
    """What was earned is not taken away by whoever writes it."""
    kind = kind.encode().ljust(32, b"\0")
    writer = soul_pass.kindOf(kind)["writer"]
    soul_pass.write(kind, pass_id, 5, sender=writer)
    with reverts("SoulPass__MayNotFall", id=pass_id, kind=kind, present=5, given=4):
        soul_pass.write(kind, pass_id, 4, sender=writer)
    for value in (5, 6):
        soul_pass.write(kind, pass_id, value, sender=writer)


@pytest.mark.parametrize("kind", ["shovel", "contribution", "governance"])
def test_write_less_by_the_dao_where_it_may_not_fall(soul_pass, dao, pass_id, kind):
    """House rule 1: what a stolen publisher's key wrote, the DAO undoes, by naming itself for the time of it."""
    kind = kind.encode().ljust(32, b"\0")
    writer = soul_pass.kindOf(kind)["writer"]
    soul_pass.write(kind, pass_id, 5, sender=writer)
    soul_pass.write(kind, pass_id, 2**192 - 1, sender=writer)  # the thief
    soul_pass.setWriter(kind, dao, sender=dao)
    soul_pass.write(kind, pass_id, 6, sender=dao)
    soul_pass.writeMany(kind, [pass_id], [5], sender=dao)
    assert soul_pass.entryOf(pass_id, kind)["value"] == 5
    soul_pass.setWriter(kind, writer, sender=dao)
    with reverts("SoulPass__MayNotFall", id=pass_id, kind=kind, present=5, given=4):
        soul_pass.write(kind, pass_id, 4, sender=writer)


@pytest.mark.parametrize("kind", ["xPT", "credit"])
def test_write_less_where_it_may_fall(soul_pass, publisher, pass_id, kind):
    kind = kind.encode().ljust(32, b"\0")
    soul_pass.write(kind, pass_id, 5, sender=publisher)
    soul_pass.write(kind, pass_id, 4, sender=publisher)
    assert soul_pass.entryOf(pass_id, kind)["value"] == 4


@pytest.mark.parametrize("role", ["dao", "issuer", "holder", "guardian"])
def test_write_by_anyone_else(soul_pass, pass_id, role, request):
    """Not even the DAO, but through a writer of its choice."""
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__NotWriter", sender=getattr(sender, "address", sender), kind=XPT):
        soul_pass.write(XPT, pass_id, 1, sender=sender)


def test_write_an_unknown_kind(soul_pass, publisher, pass_id):
    with reverts("SoulPass__UnknownKind"):
        soul_pass.write(b"loans".ljust(32, b"\0"), pass_id, 1, sender=publisher)


@pytest.mark.parametrize("unknown", [0, 2, 2**64 + 1, 2**256 - 1])
def test_write_on_an_unknown_id(soul_pass, publisher, pass_id, unknown):
    with reverts("SoulPass__UnknownPass", id=unknown):
        soul_pass.write(XPT, unknown, 1, sender=publisher)


def test_write_on_a_pass_that_sleeps_or_is_revoked(soul_pass, publisher, issuer, mint, pass_id, holder, account):
    """N4: the record belongs to the id and is there when the pass comes back."""
    soul_pass.revoke(pass_id, 1, sender=issuer)
    soul_pass.write(XPT, pass_id, 1, sender=publisher)
    soul_pass.burn(pass_id, sender=holder)
    soul_pass.write(XPT, pass_id, 2, sender=publisher)
    soul_pass.reinstate(pass_id, sender=issuer)
    mint(holder, account)
    assert soul_pass.entryOf(pass_id, XPT)["value"] == 2


def test_write_touches_one_pass(soul_pass, publisher, mint, pass_id, other_wallet, other_account):
    other = mint(other_wallet, other_account).returned
    soul_pass.write(XPT, pass_id, 7, sender=publisher)
    assert soul_pass.entryOf(other, XPT) == {"value": 0, "updatedAt": 0}
