"""To propose takes a pass held since before, and the threshold to the wei."""

import pytest
from support.suite import DAY, PT, TREASURY, WEEK

from phemexia.evm import Event, reverts

from .conftest import DELAY, PENDING, PERIOD, THRESHOLD


def test_propose_opens_a_proposal(chain, governor, draft, proposer, payment):
    proposal = draft()
    receipt = governor.propose(*proposal.lists, proposal.description, sender=proposer)
    assert receipt.returned == proposal.id
    start = chain.timestamp + DELAY
    target, value, data = payment
    created = {
        "proposalId": proposal.id,
        "proposer": proposer.address,
        "targets": [target.address],
        "values": [value],
        "signatures": [""],
        "calldatas": [data],
        "voteStart": start,
        "voteEnd": start + PERIOD,
        "description": proposal.description,
    }
    classified = {"proposalId": proposal.id, "class": TREASURY}
    assert receipt.events == [
        Event("ProposalCreated", governor.address, created),
        Event("ProposalClassified", governor.address, classified),
    ]
    assert (proposal.state, proposal.snapshot, proposal.deadline) == (PENDING, start, start + PERIOD)
    assert governor.proposalProposer(proposal.id) == proposer.address


@pytest.mark.parametrize("missing", [1, 10 * PT])
def test_propose_refuses_less_than_the_threshold(suite, draft, missing):
    """G8: one wei below is not enough."""
    proposer = suite.member("poor proposer", THRESHOLD - missing)
    suite.chain.sleep(1)
    with reverts("GovernorInsufficientProposerVotes", votes=THRESHOLD - missing, threshold=THRESHOLD):
        draft().propose(proposer)


@pytest.mark.parametrize("more", [0, 1])
def test_propose_takes_the_threshold(suite, draft, more):
    """G8: exactly the threshold is enough."""
    proposer = suite.member("proposer", THRESHOLD + more)
    suite.chain.sleep(1)
    assert draft().propose(proposer).state == PENDING


def test_propose_reads_the_votes_of_the_second_before(suite, draft):
    """G8, G9: PT locked in the very second of the proposal weighs nothing yet."""
    proposer = suite.wallet("proposer")
    suite.belong(proposer)
    suite.chain.sleep(1)
    suite.lock(proposer, THRESHOLD)
    suite.escrow.makePermanent(sender=proposer)
    with reverts("GovernorInsufficientProposerVotes", votes=0):
        draft().propose(proposer)
    suite.chain.sleep(1)
    draft().propose(proposer)


def test_propose_refuses_once_the_weight_has_decayed(suite, draft):
    """G8: a lock passes the threshold on its way down, at a second that can be told beforehand."""
    proposer = suite.wallet("proposer")
    suite.belong(proposer)
    suite.lock(proposer, 2 * THRESHOLD, weeks=104)
    start = suite.chain.timestamp // WEEK * WEEK
    # Half of 104 weeks before its end, twice the threshold weighs the threshold.
    last = start + 52 * WEEK
    assert suite.escrow.weightAt(proposer, last) == THRESHOLD
    suite.chain.warp(last + 1)
    with suite.chain.isolate():
        draft().propose(proposer)
    suite.chain.warp(last + 2)
    with reverts("GovernorInsufficientProposerVotes"):
        draft().propose(proposer)


def test_propose_counts_what_was_delegated(suite, draft):
    proposer, delegator = suite.member("proposer", 0), suite.wallet("delegator")
    suite.lock(delegator, THRESHOLD)
    suite.escrow.makePermanent(sender=delegator)
    suite.escrow.delegate(proposer, sender=delegator)
    suite.chain.sleep(1)
    assert draft().propose(proposer).state == PENDING


def test_propose_refuses_without_a_pass(suite, draft):
    whale = suite.wallet("whale")
    suite.lock(whale, 10 * THRESHOLD)
    suite.chain.sleep(1)
    with reverts("PhemexGovernor__NotElector", account=whale, since=0, timepoint=suite.chain.timestamp):
        draft().propose(whale)


def test_propose_refuses_a_pass_minted_in_the_same_second(suite, draft):
    """G9: the pass must be as old as the votes that are read."""
    proposer = suite.wallet("proposer")
    suite.lock(proposer, 2 * THRESHOLD)
    suite.chain.sleep(1)
    suite.belong(proposer)
    now = suite.chain.timestamp
    with reverts("PhemexGovernor__NotElector", account=proposer, since=now, timepoint=now):
        draft().propose(proposer)
    suite.chain.sleep(1)
    draft().propose(proposer)


def test_propose_refuses_a_pass_that_was_burned(suite, draft, proposer):
    suite.soul_pass.burn(suite.soul_pass.passOf(proposer), sender=proposer)
    with reverts("PhemexGovernor__NotElector", account=proposer, since=0):
        draft().propose(proposer)


def test_propose_with_a_revoked_pass_for_thirty_days_only(suite, draft, proposer):
    """N3: a revocation reaches governance after 30 days, to the second."""
    suite.soul_pass.revoke(suite.soul_pass.passOf(proposer), 1, sender=suite.issuer)
    suite.chain.sleep(30 * DAY - 1)
    with suite.chain.isolate():
        draft().propose(proposer)
    suite.chain.sleep(1)
    with reverts("PhemexGovernor__NotElector", account=proposer, since=0):
        draft().propose(proposer)


def test_propose_honours_the_named_proposer(suite, draft, proposer):
    """G2: whoever copies a proposal out of the pool can't submit it in its own name."""
    copier = suite.member("copier", THRESHOLD)
    suite.chain.sleep(1)
    named = draft(description=f"Pay a grant#proposer={proposer.address}")
    with reverts("GovernorRestrictedProposer", proposer=copier):
        named.propose(copier)
    named.propose(proposer)
    assert suite.governor.proposalProposer(named.id) == proposer.address


def test_propose_refuses_the_same_proposal_again(suite, draft, proposal, proposer, chair):
    """G2: an id is taken once, whoever asks, also after it was cancelled."""
    with reverts("GovernorUnexpectedProposalState", proposalId=proposal.id):
        draft().propose(chair)
    suite.governor.cancel(*proposal.hashed, sender=proposer)
    with reverts("GovernorUnexpectedProposalState", proposalId=proposal.id):
        draft().propose(proposer)


def test_propose_does_not_wait_for_proposals_of_others(draft, proposer, chair):
    """G11: there is no single active slot."""
    first, second = draft(description="one").propose(proposer), draft(description="two").propose(chair)
    assert first.state == second.state == PENDING


def test_propose_refuses_a_second_live_proposal(suite, governor, draft, proposal, proposer):
    """One at a time, to the last second of the vote."""
    second = draft(description="second")
    for moment in (suite.chain.timestamp, proposal.snapshot + 1, proposal.deadline):
        suite.chain.warp(moment)
        assert governor.liveProposal(proposer) == proposal.id
        with reverts("PhemexGovernor__HasLiveProposal", proposer=proposer, proposalId=proposal.id):
            second.propose(proposer)
    proposal.close()
    assert governor.liveProposal(proposer) == 0
    second.propose(proposer)
    assert governor.liveProposal(proposer) == second.id


def test_propose_again_once_the_first_is_cancelled(governor, draft, proposal, proposer):
    governor.cancel(*proposal.hashed, sender=proposer)
    draft(description="second").propose(proposer)


@pytest.mark.parametrize(("targets", "values", "data"), [(0, 0, 0), (1, 2, 1), (2, 1, 1), (1, 1, 0)])
def test_propose_refuses_lists_of_different_length(suite, proposer, targets, values, data):
    lists = ([suite.treasury] * targets, [0] * values, [b""] * data)
    with reverts("GovernorInvalidProposalLength", targets=targets, values=values, calldatas=data):
        suite.governor.propose(*lists, "odd", sender=proposer)
