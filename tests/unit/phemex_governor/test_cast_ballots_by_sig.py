"""Sponsored ballots: many at once, the bad ones skipped and reported, each at most once."""

import pytest
from eth_account import Account
from eth_utils import keccak
from support.solidity import compile_source
from support.suite import PT, WEEK

from phemexia.evm import Event, reverts

from .conftest import ABSTAIN, AGAINST, FOR, PENDING

BALLOT = [
    {"name": "proposalId", "type": "uint256"},
    {"name": "support", "type": "uint8"},
    {"name": "voter", "type": "address"},
    {"name": "deadline", "type": "uint256"},
]
TOO_LATE, INVALID_SUPPORT, NOT_ELECTOR, ALREADY_CAST, NO_WEIGHT, INVALID_SIGNATURE = range(6)
SPOILT = bytes(65)


@pytest.fixture
def voters(suite):
    return [suite.member(f"voter {i}", (i + 1) * 1_000 * PT) for i in range(5)]


@pytest.fixture
def opened(proposal, voters):
    return proposal.open()


@pytest.fixture
def carrier(suite):
    return suite.chain.account("carrier")


@pytest.fixture
def signed(suite, opened):
    """A sponsored ballot; a contract names the key that signs for it."""

    def made(voter, support=FOR, deadline=None, signer=None, proposal=opened, said=None):
        deadline = suite.chain.timestamp if deadline is None else deadline
        message = {
            "proposalId": proposal.id,
            "support": support if said is None else said,
            "voter": voter.address,
            "deadline": deadline,
        }
        types = {"SponsoredBallot": BALLOT}
        signature = suite.sign(signer or voter, "Phemexia DAO", suite.governor, "SponsoredBallot", types, message)
        return voter.address, support, deadline, signature

    return made


@pytest.fixture
def bring(governor, opened, carrier):
    def brought(*ballots):
        return governor.castBallotsBySig(opened.id, list(ballots), sender=carrier)

    return brought


def skipped(receipt):
    return [(event.args["voter"], event.args["reason"]) for event in receipt.named("BallotSkipped")]


def test_batch_counts_every_ballot(suite, governor, opened, voters, signed, bring):
    choices = [FOR, AGAINST, ABSTAIN, FOR, ABSTAIN]
    receipt = bring(*(signed(voter, choice) for voter, choice in zip(voters, choices, strict=True)))
    assert receipt.returned == 5
    assert skipped(receipt) == []
    weights = [suite.escrow.getPastVotes(voter, opened.snapshot) for voter in voters]
    events = [
        Event(
            "VoteCast",
            governor.address,
            {"voter": voter.address, "proposalId": opened.id, "support": choice, "weight": weight, "reason": ""},
        )
        for voter, choice, weight in zip(voters, choices, weights, strict=True)
    ]
    assert receipt.named("VoteCast") == events
    sums = [
        sum(weight for weight, choice in zip(weights, choices, strict=True) if choice == kind)
        for kind in (AGAINST, FOR, ABSTAIN)
    ]
    assert list(governor.proposalVotes(opened.id)) == sums
    for voter, choice in zip(voters, choices, strict=True):
        assert governor.ballotOf(opened.id, voter) == choice + 1


def test_batch_counts_as_the_ballots_one_by_one(suite, governor, opened, voters, signed, bring):
    """The same tallies, base and marks."""
    choices = [FOR, AGAINST, ABSTAIN, AGAINST, FOR]
    with suite.chain.isolate():
        for voter, choice in zip(voters, choices, strict=True):
            opened.vote(voter, choice)
        one_by_one = (governor.proposalVotes(opened.id), governor.proposalQuorum(opened.id))
    bring(*(signed(voter, choice) for voter, choice in zip(voters, choices, strict=True)))
    assert (governor.proposalVotes(opened.id), governor.proposalQuorum(opened.id)) == one_by_one


def test_batch_across_words_in_any_order(suite, governor, draft, proposer, carrier, signed):
    """Back and forth over the end of a word: no mark is lost."""
    members = [suite.member(f"member {i}", 10 * PT) for i in range(70)]
    suite.chain.sleep(1)
    suite.governor.cancel(*draft().hashed, sender=proposer)
    proposal = draft(description="many").propose(proposer).open()
    order = [members[i // 2] if i % 2 == 0 else members[-1 - i // 2] for i in range(70)]
    ballots = [signed(member, FOR, proposal=proposal) for member in order]
    receipt = governor.castBallotsBySig(proposal.id, ballots, sender=carrier)
    assert receipt.returned == 70
    assert all(governor.hasVoted(proposal.id, member) for member in members)
    assert governor.proposalVotes(proposal.id)[1] == 700 * PT
    again = governor.castBallotsBySig(proposal.id, ballots, sender=carrier)
    assert {reason for _, reason in skipped(again)} == {ALREADY_CAST}
    assert governor.proposalVotes(proposal.id)[1] == 700 * PT


def test_batch_skips_the_bad_and_counts_the_others(suite, governor, opened, voters, signed, bring, proposer):
    stranger, weightless = suite.wallet("stranger"), suite.wallet("weightless")
    bad = {
        TOO_LATE: signed(voters[1], deadline=suite.chain.timestamp - 1),
        INVALID_SUPPORT: signed(voters[1], support=3),
        NOT_ELECTOR: signed(stranger),
        ALREADY_CAST: signed(voters[0], AGAINST),
        INVALID_SIGNATURE: signed(voters[1], signer=voters[2]),
    }
    receipt = bring(signed(voters[0]), *bad.values(), signed(voters[2]))
    assert receipt.returned == 2
    assert [reason for _, reason in skipped(receipt)] == list(bad)
    assert [event.args["voter"] for event in receipt.named("VoteCast")] == [
        voters[0].address,
        voters[2].address,
    ]
    assert not governor.hasVoted(opened.id, voters[1])
    assert not governor.hasVoted(opened.id, weightless)


def test_batch_skips_who_weighs_nothing(suite, governor, draft, proposer, carrier, signed):
    weightless = suite.member("weightless", 0)
    suite.chain.sleep(1)
    suite.governor.cancel(*draft().hashed, sender=proposer)
    proposal = draft(description="x").propose(proposer).open()
    ballot = signed(weightless, proposal=proposal)
    receipt = governor.castBallotsBySig(proposal.id, [ballot], sender=carrier)
    assert (receipt.returned, skipped(receipt)) == (0, [(weightless.address, NO_WEIGHT)])
    assert receipt.named("QuorumBaseFixed") == []


@pytest.mark.parametrize("what", ["nothing", "another choice", "another proposal", "another voter", "no bytes"])
def test_batch_skips_a_signature_of_something_else(opened, draft, voters, signed, bring, what):
    """D10: what was signed is what counts."""
    voter = voters[0]
    good = signed(voter)
    ballot = {
        "nothing": (*good[:3], SPOILT),
        "another choice": signed(voter, FOR, said=AGAINST),
        "another proposal": signed(voter, proposal=draft(description="another")),
        "another voter": (voters[1].address, *good[1:]),
        "no bytes": (*good[:3], b""),
    }[what]
    assert [reason for _, reason in skipped(bring(ballot))] == [INVALID_SIGNATURE]


def test_batch_takes_a_ballot_until_its_deadline(suite, voters, signed, bring):
    ballot = signed(voters[0], deadline=suite.chain.timestamp + 10)
    suite.chain.sleep(11)
    assert [reason for _, reason in skipped(bring(ballot))] == [TOO_LATE]
    suite.chain.warp(suite.chain.timestamp - 1)
    assert bring(ballot).returned == 1


def test_batch_cannot_be_replayed(governor, opened, voters, signed, bring):
    """No nonce, and still no ballot twice: within a batch, or after a change of mind."""
    ballot = signed(voters[0])
    receipt = bring(ballot, ballot)
    assert (receipt.returned, skipped(receipt)) == (1, [(voters[0].address, ALREADY_CAST)])
    opened.vote(voters[0], AGAINST)
    before = governor.proposalVotes(opened.id)
    assert skipped(bring(ballot)) == [(voters[0].address, ALREADY_CAST)]
    assert governor.proposalVotes(opened.id) == before


def test_batch_of_nothing(governor, opened, bring):
    assert bring().returned == 0
    assert bring().events == []


def test_batch_is_refused_while_the_vote_is_not_on(suite, governor, opened, draft, voters, signed, carrier):
    ballot = signed(voters[0], deadline=suite.chain.timestamp + 100 * WEEK)
    unknown = draft(description="never proposed")
    with reverts("GovernorNonexistentProposal"):
        governor.castBallotsBySig(unknown.id, [ballot], sender=carrier)
    suite.chain.warp(opened.snapshot)
    with reverts("GovernorUnexpectedProposalState", current=PENDING):
        governor.castBallotsBySig(opened.id, [ballot], sender=carrier)
    opened.close()
    with reverts("GovernorUnexpectedProposalState"):
        governor.castBallotsBySig(opened.id, [ballot], sender=carrier)


def test_batch_extends_a_vote_whose_outcome_it_turns(suite, opened, signed, bring):
    """G5: a batch is late like a ballot."""
    rich = suite.wallet("proposer")
    suite.chain.warp(opened.deadline)
    ends = opened.deadline
    # A hundred thousand are no quorum, so nothing turns.
    bring(signed(rich))
    assert opened.deadline == ends


@pytest.fixture
def smart(suite, draft, proposer, signed):
    """A smart wallet with pass and lock, its key, and a proposal that it may vote on."""
    key = Account.from_key(keccak(text="key of a smart wallet"))
    wallet = suite.chain.deploy(compile_source("SmartWallets.sol", "SmartWallet"), key.address)
    suite.pay(wallet, 100 * PT)
    for target, call in (
        (suite.token, suite.token.approve.encode(suite.escrow, 100 * PT)),
        (
            suite.escrow,
            suite.escrow.create.encode(100 * PT, suite.chain.timestamp // WEEK * WEEK + 104 * WEEK),
        ),
    ):
        wallet.execute(target, call, sender=suite.deployer)
    voucher = (wallet.address, keccak(text="smart"), 0, suite.chain.timestamp)
    types = [("wallet", "address"), ("account", "bytes32"), ("nonce", "uint256"), ("deadline", "uint256")]
    message = dict(zip((name for name, _ in types), voucher, strict=True))
    fields = {"Voucher": [{"name": name, "type": type_} for name, type_ in types]}
    signature = suite.sign(suite.issuer, "Phemex Soul Pass", suite.soul_pass, "Voucher", fields, message)
    wallet.execute(suite.soul_pass, suite.soul_pass.mint.encode(voucher, signature), sender=suite.deployer)
    suite.governor.cancel(*draft().hashed, sender=proposer)
    suite.chain.sleep(1)
    return wallet, key, draft(description="smart").propose(proposer).open()


def test_batch_counts_a_smart_wallet(governor, carrier, signed, smart):
    wallet, key, proposal = smart
    ballot = signed(wallet, signer=key, proposal=proposal)
    assert governor.castBallotsBySig(proposal.id, [ballot], sender=carrier).returned == 1
    assert governor.hasVoted(proposal.id, wallet)


def test_batch_skips_what_a_smart_wallet_does_not_accept(governor, carrier, voters, signed, smart):
    wallet, _, proposal = smart
    ballot = signed(wallet, signer=voters[0], proposal=proposal)
    receipt = governor.castBallotsBySig(proposal.id, [ballot], sender=carrier)
    assert skipped(receipt) == [(wallet.address, INVALID_SIGNATURE)]


@pytest.mark.parametrize(("burns", "floods"), [(10_000_000, 0), (0, 10_000), (0, 31), (0, 1_000_000)])
def test_batch_is_not_stopped_by_a_smart_wallet(suite, governor, carrier, voters, signed, smart, burns, floods):
    """S6, M10: neither by burning gas nor by flooding with data; the others count, at a bounded cost."""
    wallet, key, proposal = smart
    wallet.misbehave(burns, floods, sender=suite.deployer)
    ballots = [signed(wallet, signer=key, proposal=proposal), signed(voters[0], proposal=proposal)]
    receipt = governor.castBallotsBySig(proposal.id, ballots, sender=carrier)
    assert skipped(receipt) == [(wallet.address, INVALID_SIGNATURE)]
    assert receipt.returned == 1
    assert receipt.gas < 350_000


@pytest.mark.parametrize("act", ["vote", "batch", "fix the base"])
def test_batch_lets_no_wallet_act_in_between(suite, governor, carrier, signed, smart, act):
    """M4, D3: a wallet that is asked for its signature can't vote besides, while sums and marks are in memory."""
    wallet, key, proposal = smart
    ballot = signed(wallet, signer=key, proposal=proposal)
    calls = {
        "vote": governor.castVote.encode(proposal.id, AGAINST),
        "batch": governor.castBallotsBySig.encode(proposal.id, [ballot]),
        "fix the base": governor.fixQuorumBase.encode(proposal.id),
    }
    wallet.meddle(governor, calls[act], sender=suite.deployer)
    receipt = governor.castBallotsBySig(proposal.id, [ballot, ballot], sender=carrier)
    assert receipt.returned == 1
    assert skipped(receipt) == [(wallet.address, ALREADY_CAST)]
    weight = suite.escrow.getPastVotes(wallet, proposal.snapshot)
    assert list(governor.proposalVotes(proposal.id)) == [0, weight, 0]
