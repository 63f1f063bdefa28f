"""The quorum: a share of all vePT rounded up, never below the floor, fixed at the snapshot."""

import pytest
from support.suite import PT, Suite

from phemexia.evm import Chain, reverts

from .conftest import (
    ABSTAIN,
    AGAINST,
    DEFEATED,
    DELAY,
    FLOOR,
    FOR,
    PERIOD,
    QUORUM_BPS,
    SUCCEEDED,
    THRESHOLD,
    Proposal,
)


@pytest.mark.parametrize(
    ("supply", "expected"),
    [
        (0, FLOOR),
        (PT, FLOOR),
        (25 * FLOOR - 1, FLOOR),
        (25 * FLOOR, FLOOR),
        (25 * FLOOR + 1, FLOOR + 1),
        (25 * FLOOR + 25, FLOOR + 1),
        (25 * FLOOR + 26, FLOOR + 2),
        (500_000_000 * PT, 20_000_000 * PT),
    ],
)
def test_quorum_is_the_share_rounded_up_or_the_floor(suite, supply, expected):
    """G6, G19: 4% is one part in 25; the wei above a multiple of 25 counts whole."""
    if supply:
        suite.member("everybody", supply)
    suite.chain.sleep(1)
    past = suite.chain.timestamp - 1
    assert suite.escrow.getPastTotalSupply(past) == supply
    assert suite.governor.quorum(past) == expected


def test_quorum_of_the_present_is_not_known_yet(suite):
    """V16: the present is no past."""
    now = suite.chain.timestamp
    with reverts("ERC5805FutureLookup", timepoint=now, clock=now):
        suite.governor.quorum(now)


def test_quorum_follows_the_supply_at_the_snapshot(suite, proposal, voter):
    """G1: what is locked before the snapshot raises the bar, what is locked later does not."""
    suite.chain.warp(proposal.snapshot - 1)
    suite.member("early whale", 100_000_000 * PT)
    proposal.open()
    suite.member("late whale", 200_000_000 * PT)
    suite.chain.sleep(1)
    supply = 100_000_000 * PT + THRESHOLD + FLOOR
    assert suite.governor.quorum(proposal.snapshot) == supply * QUORUM_BPS // 10_000


@pytest.mark.parametrize("support", [FOR, ABSTAIN])
@pytest.mark.parametrize("lacking", [0, 1])
def test_quorum_is_reached_to_the_wei(suite, draft, support, lacking):
    """G6: For and Abstain count together; one wei short of the floor is short."""
    proposer = suite.member("proposer", THRESHOLD)
    voter = suite.member("voter", FLOOR - THRESHOLD - lacking)
    suite.chain.sleep(1)
    proposal = draft().propose(proposer).open()
    proposal.vote(proposer, FOR)
    proposal.vote(voter, support)
    # An abstention of 1,950,000 against a For of 50,000 makes the quorum, and For still decides.
    assert proposal.close().state == (DEFEATED if lacking else SUCCEEDED)


@pytest.mark.parametrize("lacking", [0, 1])
def test_quorum_of_a_large_supply_is_reached_to_the_wei(suite, draft, lacking):
    """G19: with a supply that leaves a remainder, N - 1 wei don't pass."""
    share = 4_000_001 * PT + 1
    proposer = suite.member("proposer", share - lacking)
    # All vePT together: 25 times the share, less what rounding up takes back.
    suite.member("rest", 25 * (share - 1) + 1 - (share - lacking))
    suite.chain.sleep(1)
    proposal = draft().propose(proposer).open()
    assert suite.governor.quorum(proposal.snapshot) == share
    proposal.vote(proposer)
    assert proposal.close().state == (DEFEATED if lacking else SUCCEEDED)


def test_quorum_does_not_count_against(suite, draft, proposer, voter):
    """A vote against can't help a proposal over its quorum."""
    opponent = suite.member("opponent", FLOOR - THRESHOLD - 1)
    suite.chain.sleep(1)
    proposal = draft().propose(proposer).open()
    proposal.vote(proposer, FOR)
    proposal.vote(opponent, AGAINST)
    assert proposal.close().state == DEFEATED


def test_quorum_of_an_empty_escrow_lets_nothing_pass():
    """G6: no vePT anywhere: an elector without weight proposes, votes, and decides nothing."""
    suite = Suite(Chain(), (DELAY, PERIOD, 0, QUORUM_BPS, 1))
    elector = suite.member("elector", 0)
    suite.chain.sleep(1)
    proposal = Proposal(suite, suite.governor, [(suite.treasury, 0, b"")], "nothing").propose(elector).open()
    proposal.vote(elector)
    assert suite.governor.quorum(proposal.snapshot) == 1
    assert proposal.close().state == DEFEATED


def test_quorum_of_a_dead_proposal_is_not_lowered_afterwards(suite, governor, draft, proposer, voter):
    """G1: lowering the quorum revives nothing that was defeated under the old one."""
    suite.member("rest", 100_000_000 * PT)
    suite.chain.sleep(1)
    dead = draft(description="dead").propose(proposer).open()
    dead.vote(voter)
    assert dead.close().state == DEFEATED
    old = governor.quorum(dead.snapshot)

    big = suite.member("big voter", 10_000_000 * PT)
    suite.chain.sleep(1)
    change = (governor, 0, governor.updateQuorumNumerator.encode(1))
    draft(change, description="lower").pass_and_queue(proposer, big).execute(big)
    suite.chain.sleep(1)
    assert governor["quorumNumerator()"]() == 1
    assert governor.quorum(suite.chain.timestamp - 1) == FLOOR < old
    assert governor.quorum(dead.snapshot) == old
    assert dead.state == DEFEATED


def test_quorum_changes_at_the_second_of_the_decision(suite, governor, draft, proposer):
    """G1, G10: a snapshot one second before the change keeps the old share, the second itself has the new one."""
    suite.member("rest", 100_000_000 * PT)
    big = suite.member("big voter", 10_000_000 * PT)
    suite.chain.sleep(1)
    change = (governor, 0, governor.updateQuorumNumerator.encode(5_000))
    draft(change, description="raise").pass_and_queue(proposer, big).execute(big)
    now = suite.chain.timestamp
    suite.chain.sleep(1)
    assert governor["quorumNumerator(uint256)"](now - 1) == QUORUM_BPS
    assert governor["quorumNumerator(uint256)"](now) == 5_000
    supply = suite.escrow.getPastTotalSupply(now)
    assert governor.quorum(now) == -(-supply * 5_000 // 10_000)
