"""The DAO changes its own figures, within bounds, and never those of a proposal that lives."""

import pytest
from support.suite import DAY, PT, TIMELOCK_DELAY

from phemexia.evm import Event, reverts

from .conftest import DELAY, PERIOD, THRESHOLD

SETTERS = [
    ("setVotingDelay", 3 * DAY, "votingDelay"),
    ("setVotingPeriod", 9 * DAY, "votingPeriod"),
    ("setProposalThreshold", 7 * PT, "proposalThreshold"),
    ("updateQuorumNumerator", 500, "quorumNumerator()"),
]


@pytest.mark.parametrize(("setter", "value", "getter"), SETTERS)
def test_settings_change_by_a_decision(governor, decide, setter, value, getter):
    receipt = decide((governor, 0, getattr(governor, setter).encode(value)))
    assert governor[getter]() == value
    assert len([event for event in receipt.events if event.address == governor.address]) == 2


def test_settings_announce_the_old_and_the_new(governor, decide):
    receipt = decide((governor, 0, governor.setVotingDelay.encode(2 * DAY)))
    args = {"oldVotingDelay": DELAY, "newVotingDelay": 2 * DAY}
    assert receipt.named("VotingDelaySet") == [Event("VotingDelaySet", governor.address, args)]


@pytest.mark.parametrize(("setter", "value", "getter"), SETTERS)
def test_settings_refuse_everybody_else(suite, governor, stranger, setter, value, getter):
    with reverts("GovernorOnlyExecutor", account=stranger):
        getattr(governor, setter)(value, sender=stranger)


def test_settings_refuse_a_timelock_that_acts_for_another(suite, governor, decide, stranger):
    """G18: a second master of the timelock, should the DAO ever want one, changes no rules of this governor."""
    lock = suite.timelock
    grants = [
        lock.grantRole.encode(getattr(lock, f"{role}_ROLE")(), stranger) for role in ("PROPOSER", "EXECUTOR")
    ]
    decide(*[(lock, 0, data) for data in grants])
    for setter, value, _ in SETTERS:
        operation = (governor, 0, getattr(governor, setter).encode(value), bytes(32), bytes(32))
        lock.schedule(*operation, TIMELOCK_DELAY, sender=stranger)
        suite.chain.sleep(TIMELOCK_DELAY)
        # The queue of calls that a proposal of this governor executes is empty.
        with reverts("Panic", code=0x31):
            lock.execute(*operation, sender=stranger)


@pytest.mark.parametrize(
    ("setter", "value"),
    [
        ("setVotingDelay", 0),
        ("setVotingDelay", DAY - 1),
        ("setVotingDelay", 30 * DAY + 1),
        ("setVotingPeriod", DAY - 1),
        ("setVotingPeriod", 90 * DAY + 1),
    ],
)
def test_settings_refuse_what_is_out_of_bounds(governor, decide, setter, value):
    """G13, N10: the DAO can neither do away with the delay nor put its next vote off for ever."""
    with reverts("PhemexGovernor__OutOfBounds", value=value):
        decide((governor, 0, getattr(governor, setter).encode(value)))


def test_settings_refuse_a_quorum_above_the_whole(governor, decide):
    with reverts("GovernorInvalidQuorumFraction", quorumNumerator=10_001):
        decide((governor, 0, governor.updateQuorumNumerator.encode(10_001)))


def test_settings_leave_a_living_proposal_alone(suite, governor, draft, proposer, voter):
    """G10: delay, period and threshold are those of the second in which it was proposed."""
    calls = [
        (governor, 0, governor.setVotingDelay.encode(5 * DAY)),
        (governor, 0, governor.setVotingPeriod.encode(20 * DAY)),
        (governor, 0, governor.setProposalThreshold.encode(10 * THRESHOLD)),
    ]
    change = draft(*calls, description="change").pass_and_queue(proposer, voter)
    living = draft(description="living").propose(proposer)
    before = (living.snapshot, living.deadline)
    assert before == (suite.chain.timestamp + DELAY, suite.chain.timestamp + DELAY + PERIOD)
    change.execute(voter)
    assert (living.snapshot, living.deadline) == before
    assert governor.votingDelay() == 5 * DAY
    with reverts("GovernorInsufficientProposerVotes", threshold=10 * THRESHOLD):
        draft(description="after").propose(proposer)
