"""The guardian, the core team or the DAO drops a root before it counts."""

import pytest
from support.suite import DAY, MAX_STEP, PT, ROOT_DELAY, TIMELOCK_DELAY, WEEK

from phemexia.evm import Event, reverts

from .conftest import RETAIL, tree_of

ROOT = b"\x01" * 32


@pytest.mark.parametrize("who", ["dao", "guardian", "executive"])
def test_drop_root_while_it_waits(request, chain, campaign, publisher, stranger, who):
    who = request.getfixturevalue(who)
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    chain.sleep(ROOT_DELAY - 1)
    receipt = campaign.dropRoot(sender=who)
    by = getattr(who, "address", who)
    assert receipt.events == [Event("RootDropped", campaign.address, {"root": ROOT, "by": by})]
    chain.sleep(ROOT_DELAY)
    with reverts("Campaign__NoPendingRoot"):
        campaign.activateRoot(sender=stranger)


def test_drop_root_refuses_everybody_else(suite, campaign, publisher, stranger, holder):
    """Nor one who is named in the core team and has no pass."""
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    for caller in (publisher, stranger, holder, suite.executives[1]):
        with reverts("Campaign__MayNotDrop", caller=getattr(caller, "address", caller)):
            campaign.dropRoot(sender=caller)


def test_drop_root_by_the_team_ends_with_its_membership(campaign, publisher, suite, executive):
    """G12: who leaves the team loses this too."""
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    suite.core_team.resign(sender=executive)
    with reverts("Campaign__MayNotDrop", caller=executive):
        campaign.dropRoot(sender=executive)


def test_drop_root_refuses_when_none_waits(campaign, round_one, guardian, executive):
    for who in (guardian, executive):
        with reverts("Campaign__NoPendingRoot"):
            campaign.dropRoot(sender=who)


def test_drop_root_by_the_dao_when_none_waits(campaign, dao, round_one):
    """A thief times its roots: it must not undo a decision to drop a root and replace the publisher at once."""
    assert campaign.dropRoot(sender=dao).events == []
    assert campaign.activeRoot()["root"] == round_one.root


def test_drop_root_as_long_as_it_is_not_active(chain, campaign, publisher, dao, holder, round_one, claim):
    """The wait is over, nobody has claimed yet: dropping harms nobody. What was active stays."""
    greedy = tree_of([(1, RETAIL, 1_000 * PT)])
    campaign.proposeRoot(greedy.root, 1_000 * PT, sender=publisher)
    chain.sleep(ROOT_DELAY)
    campaign.dropRoot(sender=dao)
    with reverts("Campaign__InvalidProof"):
        claim(greedy, 0, holder)
    assert claim(round_one, 0, holder).returned == 100 * PT


def test_drop_root_leaves_no_step_behind(chain, campaign, publisher, dao):
    """N12: what was dropped does not raise the next total's bound."""
    campaign.proposeRoot(ROOT, 20_000_000 * PT, sender=publisher)
    campaign.dropRoot(sender=dao)
    with reverts("Campaign__TotalTooHigh", most=20_000_000 * PT):
        campaign.proposeRoot(ROOT, 20_000_000 * PT + 1, sender=publisher)


@pytest.mark.parametrize("office", ["guardian", "core team"])
def test_drop_root_where_a_vote_comes_too_late(suite, office):
    """A thief with the publisher's key: the DAO's decision takes eleven days, and a root waits for five."""
    chain, campaign, governor = suite.chain, suite.campaign, suite.governor
    voter = suite.member("voter", 10_000_000 * PT)
    thief = suite.wallet("thief")
    loot = tree_of([(suite.belong(thief), RETAIL, MAX_STEP)])
    chain.sleep(1)
    campaign.proposeRoot(loot.root, MAX_STEP, sender=suite.publisher)
    start = chain.timestamp
    calls = ([campaign.address], [0], [campaign.dropRoot.encode()])
    proposal = governor.propose(*calls, "drop it", sender=voter).returned
    with chain.isolate():
        chain.warp(governor.proposalDeadline(proposal) + 1 + TIMELOCK_DELAY)
        assert chain.timestamp > start + WEEK
        assert campaign.claim(*loot.leaves[0], loot.proof(0), thief, sender=thief).returned == MAX_STEP
    chain.warp(start + ROOT_DELAY - 1)
    if office == "core team":
        suite.belong(suite.executives[0])
    campaign.dropRoot(sender=suite.guardian if office == "guardian" else suite.executives[0])
    chain.sleep(DAY)
    with reverts("Campaign__InvalidProof"):
        campaign.claim(*loot.leaves[0], loot.proof(0), thief, sender=thief)
