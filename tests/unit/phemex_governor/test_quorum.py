"""The quorum: the larger of 500,000, the class's share, and the smaller of its floor and half of all vePT."""

import pytest
from support.suite import CONSTITUTIONAL, GENERAL, PT, RULES, TREASURY

from phemexia.evm import Event, reverts

from .conftest import ABSTAIN, AGAINST, DEFEATED, FLOOR, FOR, PERIOD, QUORUM_BPS, SUCCEEDED, THRESHOLD

LEAST = 500_000 * PT


@pytest.mark.parametrize(
    ("supply", "expected"),
    [
        (0, LEAST),
        (PT, LEAST),
        (2 * LEAST, LEAST),
        (2 * LEAST + 1, LEAST + 1),
        (2 * LEAST + 2, LEAST + 1),
        (4_000_000 * PT - 1, 2_000_000 * PT),
        (4_000_000 * PT + 2, 2_000_000 * PT),
        (50_000_000 * PT, 2_000_000 * PT),
        (50_000_000 * PT + 1, 2_000_000 * PT + 1),
        (50_000_000 * PT + 25, 2_000_000 * PT + 1),
        (50_000_000 * PT + 26, 2_000_000 * PT + 2),
        (500_000_000 * PT, 20_000_000 * PT),
    ],
)
def test_quorum_of_general(suite, supply, expected):
    """G6, G19: half the total while the floor is out of reach; 4% is one part in 25, rounded up."""
    if supply:
        suite.member("everybody", supply)
    suite.chain.sleep(1)
    past = suite.chain.timestamp - 1
    assert suite.escrow.getPastTotalSupply(past) == supply
    assert suite.governor.quorum(past) == expected


def test_quorum_of_the_present_is_not_known_yet(suite, governor, proposal):
    """V16: the present is no past."""
    now = suite.chain.timestamp
    with reverts("ERC5805FutureLookup", timepoint=now, clock=now):
        governor.quorum(now)
    suite.chain.warp(proposal.snapshot)
    for ask in (
        lambda: governor.proposalQuorum(proposal.id),
        lambda: governor.fixQuorumBase(proposal.id, sender=suite.deployer),
    ):
        with reverts("ERC5805FutureLookup", timepoint=proposal.snapshot):
            ask()


def test_quorum_follows_the_supply_at_the_snapshot(suite, governor, proposal, voter):
    """G1: what is locked before the snapshot raises the bar, what is locked later does not."""
    suite.chain.warp(proposal.snapshot - 1)
    suite.member("early whale", 200_000_000 * PT)
    proposal.open()
    suite.member("late whale", 200_000_000 * PT)
    suite.chain.sleep(1)
    supply = 200_000_000 * PT + THRESHOLD + FLOOR
    assert governor.proposalQuorum(proposal.id) == supply * QUORUM_BPS // 10_000


@pytest.mark.parametrize("fixed_by", ["the first ballot", "anyone", "nobody"])
def test_quorum_base_is_the_same_whoever_fixes_it(suite, governor, proposal, voter, stranger, fixed_by):
    """G1: written once; the past answers the same at any time."""
    proposal.open()
    base = THRESHOLD + FLOOR
    fixed = Event("QuorumBaseFixed", governor.address, {"proposalId": proposal.id, "base": base})
    if fixed_by == "the first ballot":
        assert proposal.vote(voter).events[0] == fixed
    elif fixed_by == "anyone":
        assert governor.fixQuorumBase(proposal.id, sender=stranger).events == [fixed]
        assert proposal.vote(voter).named("QuorumBaseFixed") == []
    suite.member("late whale", 500_000_000 * PT)
    suite.chain.sleep(1)
    assert governor.proposalQuorum(proposal.id) == base // 2
    if fixed_by != "nobody":
        assert governor.fixQuorumBase(proposal.id, sender=stranger).events == []


@pytest.mark.parametrize("view", ["proposalClass", "proposalQuorum", "proposalMajority"])
def test_quorum_of_an_unknown_proposal(governor, view):
    with reverts("GovernorNonexistentProposal", proposalId=1):
        getattr(governor, view)(1)


def test_quorum_base_of_an_unknown_proposal(governor, stranger):
    with reverts("GovernorNonexistentProposal", proposalId=1):
        governor.fixQuorumBase(1, sender=stranger)


@pytest.mark.parametrize("support", [FOR, ABSTAIN])
@pytest.mark.parametrize("lacking", [0, 1])
def test_quorum_is_reached_to_the_wei(suite, draft, support, lacking):
    """G6: For and Abstain count together; one wei short of the floor is short."""
    proposer = suite.member("proposer", THRESHOLD)
    voter = suite.member("voter", FLOOR - THRESHOLD - lacking)
    suite.member("silent", FLOOR + lacking)  # the floor is half of all
    suite.chain.sleep(1)
    proposal = draft().propose(proposer).open()
    assert suite.governor.proposalQuorum(proposal.id) == FLOOR
    proposal.vote(proposer, FOR)
    proposal.vote(voter, support)
    # A few For against many abstentions: those make the quorum, and For still decides.
    assert proposal.close().state == (DEFEATED if lacking else SUCCEEDED)


@pytest.mark.parametrize("lacking", [0, 1])
@pytest.mark.parametrize("class_", range(4))
def test_quorum_of_each_class_is_reached_to_the_wei(suite, draft, class_actions, class_, lacking):
    """G19: with a supply that leaves a remainder, N - 1 wei don't pass; each class by its own share."""
    bps = RULES[class_][4]
    supply = 400_000_000 * PT + 7
    share = -(-supply * bps // 10_000)
    proposer = suite.member("proposer", share - lacking)
    suite.member("rest", supply - (share - lacking))
    suite.chain.sleep(1)
    proposal = draft(class_actions[class_], description="x").propose(proposer).open()
    assert suite.governor.proposalClass(proposal.id) == class_
    assert suite.governor.proposalQuorum(proposal.id) == share
    proposal.vote(proposer)
    assert proposal.close().state == (DEFEATED if lacking else SUCCEEDED)


def test_quorum_does_not_count_against(suite, draft, proposer, voter):
    """A vote against can't help a proposal over its quorum."""
    opponent = suite.member("opponent", FLOOR)
    suite.chain.sleep(1)
    proposal = draft().propose(proposer).open()
    proposal.vote(proposer, FOR)
    proposal.vote(opponent, AGAINST)
    assert proposal.close().state == DEFEATED


def test_quorum_of_a_small_escrow_is_out_of_reach(suite, draft, class_actions):
    """G6: all vePT there is decide nothing below 500,000."""
    proposer = suite.member("proposer", LEAST - 1)
    suite.chain.sleep(1)
    proposal = draft(class_actions[GENERAL]).propose(proposer).open()
    proposal.vote(proposer)
    assert proposal.close().state == DEFEATED


def test_quorum_of_a_dead_proposal_is_not_lowered_afterwards(suite, governor, draft, decide, chair, proposer):
    """G1, G10: lower rules revive nothing that was defeated, and change nothing that lives."""
    small = suite.member("small voter", 2_000_000 * PT)
    suite.chain.sleep(1)
    dead = draft(description="dead").propose(proposer).open()
    dead.vote(small)
    assert dead.close().state == DEFEATED
    living = draft(description="living").propose(proposer)
    before = (living.snapshot, living.deadline)

    lower = [(1_000, 86_400, 3 * 86_400, 500_000, 100, 5_000)] * 4
    call = (suite.action_classes, 0, suite.action_classes.setRules.encode(lower))
    change = draft(call, description="lower").propose(chair)
    suite.chain.warp(change.snapshot + 1)
    big = suite.wallet("voter")
    change.vote(big)
    change.close().queue(big)
    change.wait().execute(big)

    assert suite.action_classes.rulesOf(TREASURY)["quorumBps"] == 100
    assert governor.votingPeriod() == 3 * 86_400
    assert dead.state == DEFEATED
    assert (living.snapshot, living.deadline) == before
    assert living.deadline - living.snapshot == PERIOD
    assert governor.proposalQuorum(living.id) == governor.proposalQuorum(dead.id) > LEAST


@pytest.mark.parametrize("class_", range(4))
@pytest.mark.parametrize("lacking", [0, 1])
def test_majority_of_each_class_is_reached_to_the_wei(suite, draft, class_actions, class_, lacking):
    """G19, N6: the share is rounded up, and half is not enough."""
    bps = RULES[class_][5]
    everything = 100_000_000 * PT + 3
    needed = max(-(-everything * bps // 10_000), everything // 2 + 1)
    supporter = suite.member("supporter", needed - lacking)
    opponent = suite.member("opponent", everything - (needed - lacking))
    suite.chain.sleep(1)
    proposal = draft(class_actions[class_]).propose(supporter).open()
    assert suite.governor.proposalMajority(proposal.id) == bps
    proposal.vote(supporter, FOR)
    proposal.vote(opponent, AGAINST)
    assert proposal.close().state == (DEFEATED if lacking else SUCCEEDED)


def test_majority_of_a_tie_is_none(suite, draft, class_actions):
    """N6: exactly half passes in no class."""
    halves = [suite.member(name, 50_000_000 * PT) for name in ("supporter", "opponent")]
    suite.chain.sleep(1)
    proposal = draft(class_actions[GENERAL]).propose(halves[0]).open()
    proposal.vote(halves[0], FOR)
    proposal.vote(halves[1], AGAINST)
    assert proposal.close().state == DEFEATED


@pytest.mark.parametrize("class_", range(4))
@pytest.mark.parametrize("lacking", [0, 1])
def test_threshold_of_each_class_is_reached_to_the_wei(suite, governor, draft, class_actions, class_, lacking):
    """G8: by what the proposal does."""
    threshold = RULES[class_][0] * PT
    proposer = suite.member("proposer", threshold - lacking)
    suite.chain.sleep(1)
    proposal = draft(class_actions[class_])
    assert governor.canPropose(proposer, *proposal.lists) == (not lacking)
    if lacking:
        with reverts("GovernorInsufficientProposerVotes", votes=threshold - 1, threshold=threshold):
            proposal.propose(proposer)
    else:
        proposal.propose(proposer)
        assert proposal.snapshot - suite.chain.timestamp == RULES[class_][1]
        assert proposal.deadline - proposal.snapshot == RULES[class_][2]
        assert not governor.canPropose(proposer, *draft(class_actions[class_], description="next").lists)


def test_can_propose_takes_a_pass_and_something_to_do(suite, governor, draft, proposer):
    whale = suite.wallet("whale")
    suite.lock(whale, 10 * THRESHOLD)
    suite.chain.sleep(1)
    lists = draft().lists
    assert governor.canPropose(proposer, *lists)
    assert not governor.canPropose(proposer, [], [], [])
    assert not governor.canPropose(whale, *lists)
    suite.belong(whale)
    assert not governor.canPropose(whale, *lists)
    suite.chain.sleep(1)
    assert governor.canPropose(whale, *lists)


def test_class_of_a_bundle_is_that_of_its_strictest_action(suite, governor, draft, class_actions, proposer):
    """A Treasury action behind a proposal that calls itself General is held to Treasury's rules."""
    general, treasury = class_actions[GENERAL], class_actions[TREASURY]
    hidden = draft(general, treasury, general, description="General: say hello")
    assert governor.classOf(*hidden.lists) == TREASURY
    poor = suite.member("poor proposer", RULES[GENERAL][0] * PT)
    suite.chain.sleep(1)
    assert governor.canPropose(poor, *draft(general).lists)
    with reverts("GovernorInsufficientProposerVotes", threshold=RULES[TREASURY][0] * PT):
        hidden.propose(poor)
    hidden.propose(proposer)
    assert governor.proposalClass(hidden.id) == TREASURY
    assert hidden.deadline - hidden.snapshot == RULES[TREASURY][2]
    assert governor.classOf(*draft(*class_actions.values()).lists) == CONSTITUTIONAL
