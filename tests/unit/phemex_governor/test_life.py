"""What becomes of a decision: the team's window, expiry, and the guardian."""

import pytest
from support.suite import DAY, EXPIRY, GUARDIAN_TERM, TEAM_WINDOW, TIMELOCK_DELAY

from phemexia.evm import Event, reverts

from .conftest import ACTIVE, CANCELED, DEFEATED, EXECUTED, EXPIRED, PENDING, QUEUED, SUCCEEDED

NOBODY = "0x" + "00" * 20


@pytest.fixture
def succeeded(draft, proposer, voter):
    proposal = draft().propose(proposer).open()
    proposal.vote(voter)
    return proposal.close()


@pytest.fixture
def queued(succeeded, voter):
    succeeded.queue(voter)
    return succeeded


def eta(proposal):
    return proposal.governor.proposalEta(proposal.id)


def test_window_belongs_to_the_core_team(suite, queued, voter, executive):
    """To its last second; the team is not asked for anything afterwards."""
    suite.chain.warp(eta(queued))
    with suite.chain.isolate():
        queued.execute(executive)
        assert queued.state == EXECUTED
    end = eta(queued) + TEAM_WINDOW
    suite.chain.warp(end - 1)
    for outsider in (voter, suite.executives[1], suite.guardian, suite.deployer):
        with reverts("PhemexGovernor__CoreTeamOnly", proposalId=queued.id, until=end):
            queued.execute(outsider)
    suite.chain.warp(end)
    queued.execute(voter)
    assert queued.state == EXECUTED


def test_window_does_not_open_early_for_the_team(suite, queued, executive):
    suite.chain.warp(eta(queued) - 1)
    with reverts("TimelockUnexpectedOperationState"):
        queued.execute(executive)


def test_execution_expires_after_14_days(suite, queued, voter):
    """G4: to the second."""
    suite.chain.warp(eta(queued) + EXPIRY)
    assert queued.state == EXPIRED
    with reverts("GovernorUnexpectedProposalState", current=EXPIRED):
        queued.execute(voter)
    suite.chain.warp(eta(queued) + EXPIRY - 1)
    assert queued.state == QUEUED
    queued.execute(voter)


def test_queueing_expires_after_14_days(suite, succeeded, voter):
    """G4: a decision that nobody queues dies too."""
    suite.chain.warp(succeeded.deadline + EXPIRY)
    assert succeeded.state == EXPIRED
    with reverts("GovernorUnexpectedProposalState", current=EXPIRED):
        succeeded.queue(voter)
    suite.chain.warp(succeeded.deadline + EXPIRY - 1)
    assert succeeded.state == SUCCEEDED
    succeeded.queue(voter)
    # The timelock's delay begins with the queueing.
    assert eta(succeeded) == suite.chain.timestamp + TIMELOCK_DELAY


def test_clear_expired_takes_it_out_of_the_timelock(suite, governor, queued, voter, stranger):
    suite.chain.warp(eta(queued) + EXPIRY - 1)
    with reverts("GovernorUnexpectedProposalState", current=QUEUED):
        governor.clearExpired(*queued.hashed, sender=stranger)
    suite.chain.sleep(1)
    receipt = governor.clearExpired(*queued.hashed, sender=stranger)
    cleared = Event("ExpiredCleared", governor.address, {"proposalId": queued.id})
    assert receipt.named("ExpiredCleared") == [cleared]
    (cancelled,) = receipt.named("Cancelled")
    assert not suite.timelock.isOperation(cancelled.args["id"])
    assert queued.state == EXPIRED
    with reverts("TimelockUnexpectedOperationState"):
        governor.clearExpired(*queued.hashed, sender=stranger)


def test_clear_expired_has_nothing_to_do_for_what_was_not_queued(suite, governor, succeeded, stranger):
    suite.chain.warp(succeeded.deadline + EXPIRY)
    with reverts("TimelockUnexpectedOperationState"):
        governor.clearExpired(*succeeded.hashed, sender=stranger)


def test_guardian_cancels_until_the_execution(suite, governor, draft, proposer, voter):
    proposal = draft().propose(proposer)
    for step, state in (
        (lambda: None, PENDING),
        (proposal.open, ACTIVE),
        (lambda: (proposal.vote(voter), proposal.close()), SUCCEEDED),
        (lambda: proposal.queue(voter), QUEUED),
        (proposal.wait, QUEUED),
    ):
        step()
        assert proposal.state == state
        with suite.chain.isolate():
            governor.cancel(*proposal.hashed, sender=suite.guardian)
            assert proposal.state == CANCELED
            suite.chain.sleep(60 * DAY)
            assert proposal.state == CANCELED
    proposal.execute(voter)
    with reverts("GovernorUnableToCancel", account=suite.guardian):
        governor.cancel(*proposal.hashed, sender=suite.guardian)


def test_guardian_leaves_what_is_dead(suite, governor, queued):
    suite.chain.warp(eta(queued) + EXPIRY)
    with reverts("GovernorUnableToCancel", account=suite.guardian):
        governor.cancel(*queued.hashed, sender=suite.guardian)


def test_guardian_leaves_what_was_defeated(suite, governor, proposal):
    assert proposal.close().state == DEFEATED
    with reverts("GovernorUnableToCancel", account=suite.guardian):
        governor.cancel(*proposal.hashed, sender=suite.guardian)


def test_guardian_is_nobody_after_its_term(suite, governor, draft, proposer):
    """G12: to the second, everywhere; and nobody is no caller."""
    suite.chain.warp(governor.guardianUntil() - 1)
    proposal = draft().propose(proposer)
    with suite.chain.isolate():
        governor.cancel(*proposal.hashed, sender=suite.guardian)
    suite.chain.sleep(1)
    assert governor.guardian() == NOBODY
    with reverts("GovernorUnableToCancel", account=suite.guardian):
        governor.cancel(*proposal.hashed, sender=suite.guardian)


def test_guardian_cannot_cancel_its_own_removal(suite, governor, draft, chair, voter, stranger):
    """G12: nor that of a guardian elsewhere, nor both at once."""
    remove = governor.setGuardian.encode(stranger)
    removal = draft((governor, 0, remove), (suite.soul_pass, 0, remove), description="remove").propose(chair)
    for step in (lambda: None, removal.open, lambda: (removal.vote(voter), removal.close())):
        step()
        with reverts("GovernorUnableToCancel", account=suite.guardian):
            governor.cancel(*removal.hashed, sender=suite.guardian)


@pytest.mark.parametrize("disguise", ["bundle first", "bundle last", "with value", "longer call data"])
def test_guardian_cancels_a_bundle_with_its_removal(suite, governor, draft, payment, chair, stranger, disguise):
    """N8: only a proposal whose every action sets a guardian is out of reach."""
    remove = governor.setGuardian.encode(stranger)
    calls = {
        "bundle first": [payment, (governor, 0, remove)],
        "bundle last": [(governor, 0, remove), payment],
        "with value": [(governor, 1, remove)],
        "longer call data": [(governor, 0, remove + b"\x00")],
    }[disguise]
    proposal = draft(*calls, description="bundle").propose(chair)
    governor.cancel(*proposal.hashed, sender=suite.guardian)
    assert proposal.state == CANCELED


def test_set_guardian_begins_a_new_term(suite, governor, decide, stranger):
    """G12: the DAO alone renews or replaces."""
    with reverts("GovernorOnlyExecutor", account=suite.guardian):
        governor.setGuardian(suite.guardian, sender=suite.guardian)
    receipt = decide((governor, 0, governor.setGuardian.encode(stranger)))
    until = suite.chain.timestamp + GUARDIAN_TERM
    args = {"guardian": stranger, "until": until}
    assert receipt.named("GuardianSet") == [Event("GuardianSet", governor.address, args)]
    assert (governor.guardian(), governor.guardianUntil()) == (stranger, until)


def test_set_guardian_to_nobody(governor, decide):
    decide((governor, 0, governor.setGuardian.encode(NOBODY)))
    assert governor.guardian() == NOBODY


def test_guardian_and_deployer_execute_nothing_alone(suite, governor, succeeded):
    """The offices have no way into the timelock."""
    for outsider in (suite.guardian, suite.deployer, suite.issuer, suite.publisher):
        with reverts("AccessControlUnauthorizedAccount"):
            suite.timelock.schedule(suite.treasury, 0, b"", bytes(32), bytes(32), TIMELOCK_DELAY, sender=outsider)
        with reverts("GovernorUnexpectedProposalState"):
            succeeded.execute(outsider)
