"""What a vote comes to."""

import pytest
from support.suite import PT

from .conftest import (
    ABSTAIN,
    ACTIVE,
    AGAINST,
    DEFEATED,
    EXECUTED,
    FLOOR,
    FOR,
    PENDING,
    QUEUED,
    SUCCEEDED,
)


def test_state_through_a_whole_life(suite, draft, proposer, voter):
    proposal = draft().propose(proposer)
    assert proposal.state == PENDING
    suite.chain.warp(proposal.snapshot)
    assert proposal.state == PENDING
    suite.chain.sleep(1)
    assert proposal.state == ACTIVE
    proposal.vote(voter)
    suite.chain.warp(proposal.deadline)
    assert proposal.state == ACTIVE
    suite.chain.sleep(1)
    assert proposal.state == SUCCEEDED
    proposal.queue(voter)
    assert proposal.state == QUEUED
    proposal.wait().execute(voter)
    assert proposal.state == EXECUTED


@pytest.mark.parametrize(("more", "outcome"), [(-1, DEFEATED), (0, DEFEATED), (1, SUCCEEDED)])
def test_state_takes_more_for_than_against(suite, draft, proposer, voter, more, outcome):
    """N6: a tie is no decision; one wei is."""
    opponent = suite.member("opponent", 2 * FLOOR)
    supporter = suite.member("supporter", FLOOR + more)
    suite.chain.sleep(1)
    proposal = draft().propose(proposer).open()
    proposal.vote(opponent, AGAINST)
    proposal.vote(supporter, FOR)
    proposal.vote(voter, FOR)
    assert proposal.close().state == outcome


def test_state_of_abstentions_alone_is_defeat(proposal, voter):
    """N6: quorum without a single For decides nothing."""
    proposal.open().vote(voter, ABSTAIN)
    assert proposal.close().state == DEFEATED


def test_state_without_any_vote_is_defeat(proposal):
    assert proposal.close().state == DEFEATED


def test_state_does_not_follow_what_the_voters_do_later(suite, proposal, voter):
    """G1, V15: the outcome stands when weights change after the vote."""
    proposal.open().vote(voter)
    proposal.close()
    suite.member("late whale", 500_000_000 * PT)
    suite.escrow.startClock(sender=voter)
    suite.chain.sleep(1)
    assert proposal.state == SUCCEEDED
