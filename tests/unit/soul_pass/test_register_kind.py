"""The DAO says what a record can hold."""

import pytest

from phemexia.evm import ZERO, Event, reverts


def _word(text: str) -> bytes:
    return text.encode().ljust(32, b"\0")


def test_register_kind(soul_pass, dao, other_wallet):
    receipt = soul_pass.registerKind(_word("loans"), _word("loan"), 2, True, other_wallet, sender=dao)
    kind = _word("loans")
    registered = {"kind": kind, "unit": _word("loan"), "decimals": 2, "mayFall": True}
    writer = {"kind": kind, "previous": ZERO, "current": other_wallet}
    assert receipt.events == [
        Event("KindRegistered", soul_pass.address, registered),
        Event("WriterChanged", soul_pass.address, writer),
    ]
    entry = {"writer": other_wallet, "decimals": 2, "mayFall": True, "registered": True, "unit": _word("loan")}
    assert soul_pass.kindOf(kind) == entry
    assert soul_pass.kinds()[-1] == kind


def test_register_kind_without_a_writer(soul_pass, dao):
    """A kind can be announced before the contract that writes it exists."""
    soul_pass.registerKind(_word("loans"), _word("loan"), 0, True, ZERO, sender=dao)
    assert soul_pass.kindOf(_word("loans"))["registered"]


@pytest.mark.parametrize("name", ["xPT", "credit"])
def test_register_kind_again(soul_pass, dao, name):
    """What the numbers mean never changes."""
    with reverts("SoulPass__KindExists", kind=_word(name)):
        soul_pass.registerKind(_word(name), _word("other"), 0, True, dao, sender=dao)


@pytest.mark.parametrize(("kind", "unit"), [("", "loan"), ("loans", "")])
def test_register_kind_without_words(soul_pass, dao, kind, unit):
    with reverts("SoulPass__EmptyName"):
        soul_pass.registerKind(_word(kind), _word(unit), 0, True, dao, sender=dao)


@pytest.mark.parametrize("role", ["issuer", "guardian", "publisher", "holder"])
def test_register_kind_by_anyone_else(soul_pass, role, request):
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__NotDao", sender=getattr(sender, "address", sender)):
        soul_pass.registerKind(_word("loans"), _word("loan"), 0, True, sender, sender=sender)


def test_register_kind_64_times(soul_pass, dao):
    """The list that {kinds} returns is bounded."""
    for i in range(59):
        soul_pass.registerKind(_word(f"kind {i}"), _word("unit"), 0, True, dao, sender=dao)
    assert len(soul_pass.kinds()) == 64
    with reverts("SoulPass__TooManyKinds", limit=64):
        soul_pass.registerKind(_word("one more"), _word("unit"), 0, True, dao, sender=dao)
