"""The DAO says who writes a kind."""

import pytest

from phemexia.evm import ZERO, Event, reverts

XPT = b"xPT".ljust(32, b"\0")


def test_set_writer(soul_pass, dao, publisher, other_wallet, pass_id):
    receipt = soul_pass.setWriter(XPT, other_wallet, sender=dao)
    changed = {"kind": XPT, "previous": publisher, "current": other_wallet}
    assert receipt.events == [Event("WriterChanged", soul_pass.address, changed)]
    soul_pass.write(XPT, pass_id, 1, sender=other_wallet)
    with reverts("SoulPass__NotWriter", sender=publisher, kind=XPT):
        soul_pass.write(XPT, pass_id, 2, sender=publisher)


def test_set_writer_of_one_kind(soul_pass, dao, publisher, other_wallet, pass_id):
    """A writer of one kind writes no other."""
    soul_pass.setWriter(XPT, other_wallet, sender=dao)
    credit = b"credit".ljust(32, b"\0")
    soul_pass.write(credit, pass_id, 2, sender=publisher)
    with reverts("SoulPass__NotWriter", sender=other_wallet, kind=credit):
        soul_pass.write(credit, pass_id, 2, sender=other_wallet)


def test_set_writer_to_nobody(soul_pass, dao, publisher, pass_id):
    soul_pass.setWriter(XPT, ZERO, sender=dao)
    with reverts("SoulPass__NotWriter", sender=publisher, kind=XPT):
        soul_pass.write(XPT, pass_id, 1, sender=publisher)


def test_set_writer_keeps_the_meaning(soul_pass, dao, other_wallet):
    before = soul_pass.kindOf(XPT)
    soul_pass.setWriter(XPT, other_wallet, sender=dao)
    assert soul_pass.kindOf(XPT) == before | {"writer": other_wallet}


def test_set_writer_of_an_unknown_kind(soul_pass, dao):
    with reverts("SoulPass__UnknownKind"):
        soul_pass.setWriter(b"loans".ljust(32, b"\0"), dao, sender=dao)


@pytest.mark.parametrize("role", ["issuer", "guardian", "publisher", "holder"])
def test_set_writer_by_anyone_else(soul_pass, role, request):
    """A writer can't hand its office on."""
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__NotDao", sender=getattr(sender, "address", sender)):
        soul_pass.setWriter(XPT, sender, sender=sender)
