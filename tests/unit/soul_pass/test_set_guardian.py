"""The DAO names the guardian, for 180 days."""

import pytest

from phemexia.evm import ZERO, Event, reverts

TERM = 180 * 86_400


def test_set_guardian(soul_pass, chain, dao, guardian, other_wallet):
    chain.sleep(1000)
    receipt = soul_pass.setGuardian(other_wallet, sender=dao)
    until = chain.timestamp + TERM
    assert receipt.events == [Event("GuardianSet", soul_pass.address, {"guardian": other_wallet, "until": until})]
    assert (soul_pass.guardian(), soul_pass.guardianUntil()) == (other_wallet, until)
    with reverts("SoulPass__MayNotPause", sender=guardian):
        soul_pass.pauseIssuance(sender=guardian)


@pytest.mark.parametrize("early", [1, 0], ids=["last second", "over"])
def test_set_guardian_for_a_term(soul_pass, chain, guardian, early):
    chain.sleep(TERM - early)
    assert soul_pass.guardian() == (guardian if early else ZERO)


def test_set_guardian_renews_the_term(soul_pass, chain, dao, guardian):
    chain.sleep(TERM)
    soul_pass.setGuardian(guardian, sender=dao)
    chain.sleep(TERM - 1)
    assert soul_pass.guardian() == guardian
    chain.sleep(1)
    assert soul_pass.guardian() == ZERO


def test_set_guardian_to_nobody(soul_pass, dao):
    soul_pass.setGuardian(ZERO, sender=dao)
    assert soul_pass.guardian() == ZERO


@pytest.mark.parametrize("role", ["guardian", "issuer", "holder"])
def test_set_guardian_by_anyone_else(soul_pass, role, request):
    """G12: no guardian appoints its successor, or renews itself."""
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__NotDao", sender=getattr(sender, "address", sender)):
        soul_pass.setGuardian(sender, sender=sender)
