"""One soul, one ballot: changed until a day before the end, or split by those who vote for many."""

import pytest
from eth_abi.packed import encode_packed
from support.suite import DAY, PT

from phemexia.evm import Event, reverts

from .conftest import ABSTAIN, AGAINST, FOR

SPLIT = 255
NONE, SAID_AGAINST, SAID_FOR, SAID_ABSTAIN, SAID_SPLIT = range(5)
WEIGHT = 10_000_000 * PT
CHOICES = (AGAINST, FOR, ABSTAIN)


@pytest.fixture
def opened(proposal, voter):
    """The vote is on, and the voter has held pass and lock since before it."""
    return proposal.open()


def votes(suite, proposal):
    """Against, for, abstained."""
    return list(suite.governor.proposalVotes(proposal.id))


def split(suite, proposal, voter, against, in_favour, abstained):
    params = encode_packed(["uint128"] * 3, [against, in_favour, abstained])
    return suite.governor.castVoteWithReasonAndParams(proposal.id, SPLIT, "", params, sender=voter)


def counted(choice, weight):
    return [weight if kind == choice else 0 for kind in CHOICES]


@pytest.mark.parametrize("second", CHOICES)
@pytest.mark.parametrize("first", CHOICES)
def test_ballot_changes_as_a_whole(suite, opened, voter, first, second):
    opened.vote(voter, first)
    assert suite.governor.ballotOf(opened.id, voter) == first + 1
    if first == second:
        with reverts("GovernorAlreadyCastVote", voter=voter):
            opened.vote(voter, second)
        return
    receipt = opened.vote(voter, second)
    args = {"proposalId": opened.id, "voter": voter.address, "from": first + 1, "to": second + 1, "weight": WEIGHT}
    assert receipt.named("BallotChanged") == [Event("BallotChanged", suite.governor.address, args)]
    assert receipt.named("VoteCast")[0].args["weight"] == WEIGHT
    assert votes(suite, opened) == counted(second, WEIGHT)
    assert suite.governor.ballotOf(opened.id, voter) == second + 1
    assert suite.governor.hasVoted(opened.id, voter)


def test_ballot_changes_until_a_day_before_the_end(suite, opened, voter):
    """N2: to the second; first ballots count to the end."""
    other = suite.wallet("proposer")
    opened.vote(voter, FOR)
    until = opened.deadline - DAY
    suite.chain.warp(until)
    opened.vote(voter, AGAINST)
    suite.chain.warp(until + 1)
    with reverts("PhemexGovernor__ChangesClosed", proposalId=opened.id, until=until):
        opened.vote(voter, FOR)
    suite.chain.warp(opened.deadline)
    opened.vote(other, FOR)


def test_ballot_changes_are_not_opened_again_by_an_extension(suite, opened, voter):
    """N2: a vote that goes on later takes first ballots only."""
    other = suite.wallet("proposer")
    opened.vote(other, AGAINST)
    ended = opened.deadline
    suite.chain.warp(ended - 1)
    opened.vote(voter, FOR)
    assert opened.deadline == ended - 1 + DAY
    suite.chain.warp(ended)
    with reverts("PhemexGovernor__ChangesClosed", until=ended - DAY):
        opened.vote(other, FOR)


@pytest.mark.parametrize("first", CHOICES)
@pytest.mark.parametrize("event", ["delegated", "revoked", "more locked", "clock started"])
def test_ballot_changes_with_the_weight_it_had(suite, opened, voter, first, event):
    """D3: the past does not change, so what was added is what is taken away, whatever happened since."""
    second = (first + 1) % 3
    opened.vote(voter, first)
    if event == "delegated":
        suite.escrow.delegate(suite.wallet("proposer"), sender=voter)
    elif event == "revoked":
        suite.soul_pass.revoke(suite.soul_pass.passOf(voter), 1, sender=suite.issuer)
    elif event == "more locked":
        suite.pay(voter, PT)
        suite.token.approve(suite.escrow, PT, sender=voter)
        suite.escrow.add(PT, sender=voter)
    else:
        suite.escrow.startClock(sender=voter)
    suite.chain.sleep(DAY)
    opened.vote(voter, second)
    assert votes(suite, opened) == counted(second, WEIGHT)


def test_ballot_of_a_pass_that_was_burnt_stays(suite, opened, voter):
    """S8, N4: minted again, the pass has no further say, and its ballot still counts."""
    opened.vote(voter, FOR)
    suite.soul_pass.burn(suite.soul_pass.passOf(voter), sender=voter)
    with reverts("PhemexGovernor__NotElector", account=voter, since=0):
        opened.vote(voter, AGAINST)
    second = suite.wallet("second wallet")
    suite.lock(second, PT)
    suite.belong(second, account=voter.address)
    suite.chain.sleep(1)
    with reverts("PhemexGovernor__NotElector", account=second):
        opened.vote(second, AGAINST)
    assert suite.governor.ballotOf(opened.id, second) == SAID_FOR
    assert votes(suite, opened) == counted(FOR, WEIGHT)


def test_ballots_of_many_passes_share_words(suite, draft, proposer, voter):
    """Every place of a word, and both sides of its end."""
    members = [suite.member(f"member {i}", 10 * PT) for i in range(130)]
    suite.chain.sleep(1)
    proposal = draft(description="many").propose(proposer).open()
    said = {}
    for i, member in enumerate(members):
        said[member.address] = i % 3
        proposal.vote(member, i % 3)
    for member in members[::7]:
        said[member.address] = (said[member.address] + 1) % 3
        proposal.vote(member, said[member.address])
    for address, choice in said.items():
        assert suite.governor.ballotOf(proposal.id, address) == choice + 1
    assert votes(suite, proposal) == [
        10 * PT * sum(choice == kind for choice in said.values()) for kind in CHOICES
    ]
    assert not suite.governor.hasVoted(proposal.id, voter)


def test_split_counts_each_part(suite, opened, voter):
    receipt = split(suite, opened, voter, 1, 2, 3)
    assert receipt.returned == 6
    assert receipt.named("VoteCastWithParams")[0].args["weight"] == 6
    assert votes(suite, opened) == [1, 2, 3]
    assert suite.governor.ballotOf(opened.id, voter) == SAID_SPLIT
    assert suite.governor.splitWeight(opened.id, suite.soul_pass.passOf(voter)) == 6


def test_split_goes_on_to_the_last_wei(suite, opened, voter):
    """In as many transactions as it takes, and not a wei more than there is."""
    split(suite, opened, voter, WEIGHT - 3, 0, 0)
    split(suite, opened, voter, 0, 1, 1)
    with reverts("PhemexGovernor__InvalidSplit", account=voter, weight=2, left=1):
        split(suite, opened, voter, 1, 1, 0)
    split(suite, opened, voter, 0, 0, 1)
    with reverts("PhemexGovernor__InvalidSplit", weight=1, left=0):
        split(suite, opened, voter, 0, 1, 0)
    assert votes(suite, opened) == [WEIGHT - 3, 1, 2]


@pytest.mark.parametrize("parts", [(0, 0, 0), (2**128 - 1, 0, 0), (0, 2**96, 0), (2**127, 2**127, 2**127)])
def test_split_refuses_nothing_and_too_much(suite, opened, voter, parts):
    """V8: no field runs into the next."""
    with reverts("PhemexGovernor__InvalidSplit", weight=sum(parts), left=WEIGHT):
        split(suite, opened, voter, *parts)
    assert votes(suite, opened) == [0, 0, 0]
    assert not suite.governor.hasVoted(opened.id, voter)


@pytest.mark.parametrize("length", [0, 47, 49])
def test_split_refuses_other_params(suite, opened, voter, length):
    with reverts("GovernorInvalidVoteParams"):
        suite.governor.castVoteWithReasonAndParams(opened.id, SPLIT, "", bytes(length), sender=voter)


@pytest.mark.parametrize("choice", CHOICES)
def test_split_and_nominal_do_not_mix(suite, opened, voter, proposer, choice):
    """D3: nor is a split ballot taken back."""
    opened.vote(voter, choice)
    with reverts("GovernorAlreadyCastVote", voter=voter):
        split(suite, opened, voter, 1, 0, 0)
    split(suite, opened, proposer, 1, 0, 0)
    with reverts("GovernorAlreadyCastVote", voter=proposer):
        opened.vote(proposer, choice)


def test_late_outcome_extends_the_vote(suite, governor, opened, voter):
    """G5: whoever turns the outcome leaves the others a day to answer."""
    ends = opened.deadline
    suite.chain.warp(ends - DAY + 1)
    receipt = opened.vote(voter, FOR)
    args = {"proposalId": opened.id, "extendedDeadline": ends + 1}
    assert receipt.named("ProposalExtended") == [Event("ProposalExtended", governor.address, args)]
    assert opened.deadline == ends + 1


def test_late_outcome_a_day_before_the_end_is_not_late(suite, opened, voter):
    ends = opened.deadline
    suite.chain.warp(ends - DAY)
    assert opened.vote(voter, FOR).named("ProposalExtended") == []
    assert opened.deadline == ends


def test_late_ballot_that_turns_nothing_extends_nothing(suite, opened, voter, proposer):
    opened.vote(voter, FOR)
    suite.chain.warp(opened.deadline)
    assert opened.vote(proposer, AGAINST).named("ProposalExtended") == []


def test_late_quorum_by_abstention_extends_the_vote(suite, opened, voter, proposer):
    """N2: abstentions that bring the quorum turn the outcome too."""
    opened.vote(proposer, FOR)
    ends = opened.deadline
    suite.chain.warp(ends)
    opened.vote(voter, ABSTAIN)
    assert opened.deadline == ends + DAY


def test_late_outcomes_extend_by_three_days_in_all(suite, draft, proposer):
    """G5: however often it turns, the vote ends."""
    rivals = [suite.member(f"rival {i}", (20_000_000 + 5_000_000 * i) * PT) for i in range(8)]
    suite.chain.sleep(1)
    proposal = draft(description="close").propose(proposer).open()
    first = proposal.deadline
    balance = 0
    for i, rival in enumerate(rivals):
        before = proposal.deadline
        suite.chain.warp(before)
        # Each rival outweighs the balance of all before it.
        proposal.vote(rival, FOR if i % 2 == 0 else AGAINST)
        balance = (20_000_000 + 5_000_000 * i) - balance
        assert balance > 0
        after = proposal.deadline
        assert after == min(before + DAY, first + 3 * DAY)
        if after == before:
            break
    assert proposal.deadline == first + 3 * DAY
    suite.chain.warp(first + 3 * DAY + 1)
    with reverts("GovernorUnexpectedProposalState"):
        proposal.vote(rivals[-1], FOR)
