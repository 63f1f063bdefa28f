"""A proposer withdraws its proposal before its vote begins."""

from phemexia.evm import Event, reverts

from .conftest import CANCELED


def test_cancel_by_the_proposer_before_the_vote(suite, governor, proposal, proposer):
    """G13: there is always time for it, to the second of the snapshot."""
    suite.chain.warp(proposal.snapshot)
    receipt = governor.cancel(*proposal.hashed, sender=proposer)
    assert receipt.events == [Event("ProposalCanceled", governor.address, {"proposalId": proposal.id})]
    assert proposal.state == CANCELED


def test_cancel_by_the_proposer_until_the_vote_ends(suite, governor, proposal, proposer):
    """To the last second of the vote, and no second longer."""
    suite.chain.warp(proposal.deadline + 1)
    with reverts("GovernorUnableToCancel", proposalId=proposal.id, account=proposer):
        governor.cancel(*proposal.hashed, sender=proposer)
    suite.chain.warp(proposal.deadline)
    governor.cancel(*proposal.hashed, sender=proposer)
    assert proposal.state == CANCELED


def test_cancel_is_refused_to_others(governor, proposal, voter, stranger):
    """G2: whoever likes can't cancel what another proposed."""
    for caller in (voter, stranger):
        with reverts("GovernorUnableToCancel", proposalId=proposal.id, account=caller):
            governor.cancel(*proposal.hashed, sender=caller)


def test_cancel_makes_votes_impossible(governor, proposal, proposer, voter):
    governor.cancel(*proposal.hashed, sender=proposer)
    with reverts("GovernorUnexpectedProposalState", current=CANCELED):
        proposal.open().vote(voter)
