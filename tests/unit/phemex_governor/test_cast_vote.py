"""Every way to vote asks for the same: a pass and a weight from strictly before the snapshot."""

import pytest
from support.suite import DAY, PT

from phemexia.evm import Event, reverts

from .conftest import ABSTAIN, ACTIVE, AGAINST, FLOOR, FOR, PENDING

BALLOT = [
    {"name": "proposalId", "type": "uint256"},
    {"name": "support", "type": "uint8"},
    {"name": "voter", "type": "address"},
    {"name": "nonce", "type": "uint256"},
]
EXTENDED = [*BALLOT, {"name": "reason", "type": "string"}, {"name": "params", "type": "bytes"}]


def signed(suite, proposal, voter, support, *, extended=False, signer=None, nonce=None):
    """A ballot signed by an independent library."""
    message = {
        "proposalId": proposal.id,
        "support": support,
        "voter": voter.address,
        "nonce": suite.governor["nonces(address)"](voter) if nonce is None else nonce,
    }
    kind, types = "Ballot", BALLOT
    if extended:
        kind, types, message = "ExtendedBallot", EXTENDED, {**message, "reason": "why", "params": b""}
    return suite.sign(signer or voter, "Phemexia DAO", suite.governor, kind, {kind: types}, message)


def plain(suite, proposal, voter, support):
    return suite.governor.castVote(proposal.id, support, sender=voter)


def with_reason(suite, proposal, voter, support):
    return suite.governor.castVoteWithReason(proposal.id, support, "why", sender=voter)


def with_params(suite, proposal, voter, support):
    return suite.governor.castVoteWithReasonAndParams(proposal.id, support, "why", b"", sender=voter)


def by_signature(suite, proposal, voter, support):
    signature = signed(suite, proposal, voter, support)
    carrier = suite.chain.account("carrier")
    return suite.governor.castVoteBySig(proposal.id, support, voter, signature, sender=carrier)


def by_extended_signature(suite, proposal, voter, support):
    signature = signed(suite, proposal, voter, support, extended=True)
    call = (proposal.id, support, voter, "why", b"", signature)
    return suite.governor.castVoteWithReasonAndParamsBySig(*call, sender=suite.chain.account("carrier"))


WAYS = [plain, with_reason, with_params, by_signature, by_extended_signature]


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def cast(request, suite):
    return lambda proposal, voter, support=FOR: request.param(suite, proposal, voter, support)


@pytest.mark.parametrize("support", [AGAINST, FOR, ABSTAIN])
def test_cast_vote_counts_the_weight_at_the_snapshot(suite, proposal, voter, cast, support):
    proposal.open()
    weight = suite.escrow.getPastVotes(voter, proposal.snapshot)
    assert weight > 0
    receipt = cast(proposal, voter, support)
    assert receipt.returned == weight
    (event,) = receipt.named("VoteCast")
    assert event.args["voter"] == voter.address
    assert (event.args["support"], event.args["weight"]) == (support, weight)
    counted = [weight if kind == support else 0 for kind in (AGAINST, FOR, ABSTAIN)]
    assert list(suite.governor.proposalVotes(proposal.id)) == counted
    assert suite.governor.hasVoted(proposal.id, voter)


def test_cast_vote_refuses_the_same_ballot_again(suite, proposal, voter, cast):
    """D3: one ballot for each voter, whichever way it comes."""
    cast(proposal.open(), voter)
    for way in WAYS:
        with reverts("GovernorAlreadyCastVote", voter=voter):
            way(suite, proposal, voter, FOR)


def test_cast_vote_refuses_without_a_pass(suite, proposal, cast):
    whale = suite.wallet("whale")
    suite.lock(whale, 1_000 * PT)
    proposal.open()
    with reverts("PhemexGovernor__NotElector", account=whale, since=0, timepoint=proposal.snapshot):
        cast(proposal, whale)
    assert not suite.governor.hasVoted(proposal.id, whale)


def test_cast_vote_refuses_a_pass_minted_in_the_second_of_the_snapshot(suite, proposal, cast):
    """G9: strictly before the snapshot, or not in this vote."""
    late = suite.wallet("latecomer")
    suite.lock(late, 1_000 * PT)
    suite.chain.warp(proposal.snapshot)
    suite.belong(late)
    proposal.open()
    with reverts("PhemexGovernor__NotElector", account=late, since=proposal.snapshot):
        cast(proposal, late)


def test_cast_vote_takes_a_pass_minted_one_second_before_the_snapshot(suite, proposal, cast):
    """G9: the boundary from the other side."""
    late = suite.wallet("latecomer")
    suite.lock(late, 1_000 * PT)
    suite.chain.warp(proposal.snapshot - 1)
    suite.belong(late)
    assert cast(proposal.open(), late).returned > 0


def test_cast_vote_refuses_a_lock_after_the_snapshot(suite, proposal, cast):
    """G9: PT locked when the vote is on doesn't vote, and leaves no empty ballot."""
    late = suite.member("latecomer", 0)
    proposal.open()
    suite.lock(late, 1_000 * PT)
    with reverts("PhemexGovernor__NoWeight", account=late):
        cast(proposal, late)
    assert list(suite.governor.proposalVotes(proposal.id)) == [0, 0, 0]
    assert not suite.governor.hasVoted(proposal.id, late)


def test_cast_vote_by_the_lock_of_the_snapshot_second(suite, proposal):
    """G9: in the snapshot's own second the vote is not open; what is locked then can't vote and leave at once."""
    late = suite.member("latecomer", 0)
    suite.chain.warp(proposal.snapshot)
    suite.lock(late, 1_000 * PT)
    with reverts("GovernorUnexpectedProposalState"):
        proposal.vote(late)
    # A lock of PT can't be flash-borrowed: it stands for a month at least.
    assert suite.escrow.lockOf(late)["unlockTime"] > suite.chain.timestamp + 30 * DAY


def test_cast_vote_gives_no_weight_to_a_lock_of_the_second_of_the_proposal(suite, draft, proposer):
    """G9: a flash lock: locked in the proposal's second, it can't propose; votes are those of the snapshot."""
    flash = suite.member("flash locker", 0)
    suite.chain.sleep(1)
    suite.lock(flash, 10**6 * PT)
    with reverts("GovernorInsufficientProposerVotes", votes=0):
        draft().propose(flash)


def test_cast_vote_weight_does_not_follow_what_happens_later(suite, proposal, voter, cast):
    """D3, G9: delegating away during the vote neither moves nor doubles the votes."""
    other = suite.member("delegatee", 0)
    proposal.open()
    weight = suite.escrow.getPastVotes(voter, proposal.snapshot)
    suite.escrow.delegate(other, sender=voter)
    suite.chain.sleep(1)
    assert cast(proposal, voter).returned == weight
    with reverts("PhemexGovernor__NoWeight", account=other):
        cast(proposal, other)


def test_cast_vote_of_an_account_that_moved_on_counts_once(suite, proposal, voter, cast):
    """S8: burning and minting again elsewhere gives no second ballot in the same vote."""
    second = suite.wallet("second wallet")
    suite.lock(second, 1_000 * PT)
    proposal.open()
    cast(proposal, voter)
    suite.soul_pass.burn(suite.soul_pass.passOf(voter), sender=voter)
    suite.belong(second, account=voter.address)
    suite.chain.sleep(1)
    with reverts("PhemexGovernor__NotElector", account=second):
        cast(proposal, second)


def test_cast_vote_with_a_pass_revoked_during_the_vote(suite, proposal, voter, cast):
    """N3: whoever holds the issuer's key can't choose the electorate of a vote that is on."""
    proposal.open()
    suite.soul_pass.revoke(suite.soul_pass.passOf(voter), 1, sender=suite.issuer)
    suite.chain.warp(proposal.deadline)
    assert cast(proposal, voter).returned > 0


@pytest.mark.parametrize("early", [-1, 0, 1])
def test_cast_vote_judges_a_revocation_at_the_snapshot(suite, draft, proposer, voter, cast, early):
    """N3: revoked for 30 days at the snapshot, or with a say to the end: none is cut off in mid-vote."""
    suite.soul_pass.revoke(suite.soul_pass.passOf(voter), 1, sender=suite.issuer)
    reaches = suite.chain.timestamp + 30 * DAY
    suite.chain.warp(reaches - DAY - early)
    proposal = draft().propose(proposer)
    assert proposal.snapshot == reaches - early
    for moment in (proposal.snapshot + 1, proposal.deadline):
        suite.chain.warp(moment)
        with suite.chain.isolate():
            if early > 0:
                assert cast(proposal, voter).returned > 0
            else:
                with reverts("PhemexGovernor__NotElector", account=voter, since=0):
                    cast(proposal, voter)


def test_cast_vote_changes_after_the_revocation_reached_governance(suite, draft, proposer, voter):
    """N3: who voted can also change its mind."""
    suite.soul_pass.revoke(suite.soul_pass.passOf(voter), 1, sender=suite.issuer)
    suite.chain.sleep(29 * DAY - 1)
    proposal = draft().propose(proposer).open()
    proposal.vote(voter, AGAINST)
    suite.chain.warp(proposal.deadline - DAY)
    proposal.vote(voter, FOR)
    assert list(suite.governor.proposalVotes(proposal.id)) == [0, FLOOR, 0]


def test_cast_vote_opens_one_second_after_the_snapshot(suite, proposal, voter, cast):
    suite.chain.warp(proposal.snapshot)
    assert proposal.state == PENDING
    with reverts("GovernorUnexpectedProposalState", current=PENDING):
        cast(proposal, voter)
    suite.chain.sleep(1)
    assert proposal.state == ACTIVE
    cast(proposal, voter)


def test_cast_vote_closes_after_the_deadline(suite, proposal, voter, cast):
    suite.chain.warp(proposal.deadline + 1)
    with reverts("GovernorUnexpectedProposalState"):
        cast(proposal, voter)
    suite.chain.warp(proposal.deadline)
    cast(proposal, voter)


@pytest.mark.parametrize("support", [3, 254])
def test_cast_vote_refuses_an_unknown_choice(proposal, voter, cast, support):
    proposal.open()
    with reverts("GovernorInvalidVoteType"):
        cast(proposal, voter, support)


def test_cast_vote_refuses_an_unknown_proposal(suite, draft, voter, cast):
    unknown = draft(description="never proposed")
    with reverts("GovernorNonexistentProposal", proposalId=unknown.id):
        cast(unknown, voter)


def test_cast_vote_event_keeps_the_reason(suite, proposal, voter):
    receipt = with_reason(suite, proposal.open(), voter, FOR)
    args = {
        "voter": voter.address,
        "proposalId": proposal.id,
        "support": FOR,
        "weight": suite.escrow.getPastVotes(voter, proposal.snapshot),
        "reason": "why",
    }
    assert receipt.named("VoteCast") == [Event("VoteCast", suite.governor.address, args)]


def test_cast_vote_refuses_params_of_a_whole_ballot(suite, proposal, voter):
    """What a split says must not be taken for a whole ballot."""
    proposal.open()
    with reverts("GovernorInvalidVoteParams"):
        suite.governor.castVoteWithReasonAndParams(proposal.id, FOR, "", b"\x01", sender=voter)


@pytest.mark.parametrize("extended", [False, True])
def test_cast_vote_by_signature_refuses_another_signer(suite, proposal, voter, proposer, extended):
    """D10: nobody signs for another."""
    proposal.open()
    signature = signed(suite, proposal, voter, FOR, extended=extended, signer=proposer)
    with reverts("GovernorInvalidSignature", voter=voter):
        submit(suite, proposal, voter, FOR, signature, extended)


@pytest.mark.parametrize("extended", [False, True])
def test_cast_vote_by_signature_refuses_another_choice(suite, proposal, voter, extended):
    """D10: the carrier can't change what was signed."""
    proposal.open()
    signature = signed(suite, proposal, voter, FOR, extended=extended)
    with reverts("GovernorInvalidSignature", voter=voter):
        submit(suite, proposal, voter, AGAINST, signature, extended)


@pytest.mark.parametrize("extended", [False, True])
def test_cast_vote_by_signature_uses_up_its_nonce(suite, draft, proposer, chair, voter, extended):
    """D10: neither a used signature nor one for another nonce is good."""
    first, second = draft(description="one").propose(proposer), draft(description="two").propose(chair)
    second.open()
    ahead = signed(suite, second, voter, FOR, extended=extended, nonce=1)
    with reverts("GovernorInvalidSignature", voter=voter):
        submit(suite, second, voter, FOR, ahead, extended)
    signature = signed(suite, first, voter, FOR, extended=extended)
    submit(suite, first, voter, FOR, signature, extended)
    assert suite.governor["nonces(address)"](voter) == 1
    with reverts("GovernorInvalidSignature", voter=voter):
        submit(suite, first, voter, FOR, signature, extended)
    submit(suite, second, voter, FOR, ahead, extended)


@pytest.mark.parametrize("extended", [False, True])
def test_cast_vote_by_signature_does_not_wait_for_another_proposal(suite, draft, proposer, chair, voter, extended):
    """Keyed nonces: the ballot signed second may come first, and both count."""
    first, second = draft(description="one").propose(proposer), draft(description="two").propose(chair)
    second.open()
    ballots = []
    for proposal in (first, second):
        nonce = suite.governor["nonces(address,uint192)"](voter, proposal.id % 2**192)
        assert nonce == proposal.id % 2**192 << 64
        ballots.append(signed(suite, proposal, voter, FOR, extended=extended, nonce=nonce))
    submit(suite, second, voter, FOR, ballots[1], extended)
    submit(suite, first, voter, FOR, ballots[0], extended)
    assert suite.governor.proposalVotes(first.id) == suite.governor.proposalVotes(second.id)


@pytest.mark.parametrize("extended", [False, True])
def test_cast_vote_by_signature_casts_first_ballots_only(suite, proposal, voter, extended):
    """N1: an old signature can't undo a change of mind."""
    proposal.open()
    signature = signed(suite, proposal, voter, FOR, extended=extended)
    proposal.vote(voter, AGAINST)
    with reverts("GovernorAlreadyCastVote", voter=voter):
        submit(suite, proposal, voter, FOR, signature, extended)


def submit(suite, proposal, voter, support, signature, extended):
    carrier = suite.chain.account("carrier")
    if extended:
        call = (proposal.id, support, voter, "why", b"", signature)
        return suite.governor.castVoteWithReasonAndParamsBySig(*call, sender=carrier)
    return suite.governor.castVoteBySig(proposal.id, support, voter, signature, sender=carrier)
