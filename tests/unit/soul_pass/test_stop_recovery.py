"""Holder, guardian or DAO stop what is pending."""

import pytest

from phemexia.evm import ZERO, Event, reverts

DAY = 86_400


@pytest.fixture
def pending(soul_pass, recovery, pass_id, account, newcomer, stranger) -> int:
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    return pass_id


@pytest.mark.parametrize("role", ["holder", "guardian", "dao"])
def test_stop_recovery(soul_pass, chain, pending, holder, role, request):
    by = request.getfixturevalue(role)
    until = chain.timestamp + 30 * DAY
    receipt = soul_pass.stopRecovery(pending, sender=by)
    stopped = {"id": pending, "by": by, "blockedUntil": until}
    assert receipt.events == [Event("RecoveryStopped", soul_pass.address, stopped)]
    nothing = {"to": ZERO, "startedAt": 0, "completableAt": 0, "expiresAt": 0, "blockedUntil": until}
    assert soul_pass.recoveryOf(pending) == nothing
    chain.sleep(8 * DAY)
    with reverts("SoulPass__NoRecovery", id=pending):
        soul_pass.completeRecovery(pending, sender=by)
    assert soul_pass.ownerOf(pending) == holder


@pytest.mark.parametrize("role", ["issuer", "newcomer", "stranger", "publisher"])
def test_stop_recovery_by_anyone_else(soul_pass, pending, role, request):
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__MayNotStop", id=pending):
        soul_pass.stopRecovery(pending, sender=sender)


def test_stop_recovery_by_the_holder_of_another_pass(soul_pass, mint, pending, other_wallet, other_account):
    mint(other_wallet, other_account)
    with reverts("SoulPass__MayNotStop", sender=other_wallet, id=pending):
        soul_pass.stopRecovery(pending, sender=other_wallet)


@pytest.mark.parametrize("role", ["holder", "guardian", "dao"])
def test_stop_recovery_of_nothing(soul_pass, pass_id, role, request):
    """Nobody blocks a pass in advance."""
    with reverts("SoulPass__NoRecovery", id=pass_id):
        soul_pass.stopRecovery(pass_id, sender=request.getfixturevalue(role))


def test_stop_recovery_twice(soul_pass, chain, pending, holder, guardian):
    """A block is not prolonged without a recovery to stop."""
    soul_pass.stopRecovery(pending, sender=holder)
    chain.sleep(DAY)
    with reverts("SoulPass__NoRecovery", id=pending):
        soul_pass.stopRecovery(pending, sender=guardian)


def test_stop_recovery_that_expired(soul_pass, chain, pending, guardian):
    chain.sleep(30 * DAY)
    with reverts("SoulPass__NoRecovery", id=pending):
        soul_pass.stopRecovery(pending, sender=guardian)


def test_stop_recovery_late(soul_pass, chain, pending, holder):
    """As long as nobody completed it."""
    chain.sleep(30 * DAY - 1)
    soul_pass.stopRecovery(pending, sender=holder)


def test_stop_recovery_by_a_guardian_whose_term_is_over(
    soul_pass, chain, recovery, guardian, pass_id, account, newcomer, stranger
):
    chain.sleep(180 * DAY - 1)
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    chain.sleep(1)
    with reverts("SoulPass__MayNotStop", sender=guardian):
        soul_pass.stopRecovery(pass_id, sender=guardian)


@pytest.mark.parametrize("early", [1, 0], ids=["last second", "over"])
@pytest.mark.parametrize("waited", [0, 7 * DAY - 1, 23 * DAY - 1])
def test_stop_recovery_of_a_revoked_pass_by_its_holder(
    soul_pass, chain, recovery, pass_id, holder, account, newcomer, issuer, stranger, early, waited
):
    """N5: no veto against a recovery that started when the pass had been revoked for 14 days.

    Against one of the second before, the holder has all of its seven days, so that a stolen issuer's key takes 21.
    """
    soul_pass.revoke(pass_id, 1, sender=issuer)
    chain.sleep(14 * DAY - early)
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    chain.sleep(waited)
    if early:
        soul_pass.stopRecovery(pass_id, sender=holder)
    else:
        with reverts("SoulPass__MayNotStop", sender=holder, id=pass_id):
            soul_pass.stopRecovery(pass_id, sender=holder)


@pytest.mark.parametrize("role", ["guardian", "dao"])
def test_stop_recovery_of_a_revoked_pass_by_guardian_or_dao(
    soul_pass, chain, recovery, pass_id, account, newcomer, issuer, stranger, role, request
):
    """N5: against a thief of the issuer's key, these two can stop whatever it revoked before."""
    soul_pass.revoke(pass_id, 1, sender=issuer)
    chain.sleep(20 * DAY)
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    soul_pass.stopRecovery(pass_id, sender=request.getfixturevalue(role))


def test_stop_recovery_by_a_holder_that_was_reinstated(
    soul_pass, chain, recovery, pass_id, holder, account, newcomer, issuer, stranger
):
    soul_pass.revoke(pass_id, 1, sender=issuer)
    chain.sleep(20 * DAY)
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    soul_pass.reinstate(pass_id, sender=issuer)
    soul_pass.stopRecovery(pass_id, sender=holder)
