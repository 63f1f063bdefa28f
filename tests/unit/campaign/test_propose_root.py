"""A root names its total, which is bounded on both sides, and waits."""

import pytest
from support.suite import FUNDS, MAX_STEP, PT, ROOT_DELAY

from phemexia.evm import Event, reverts

from .conftest import RETAIL, tree_of

ROOT, OTHER = b"\x01" * 32, b"\x02" * 32
EMPTY = {"root": bytes(32), "total": 0, "since": 0}


def test_propose_root_starts_the_wait(chain, campaign, publisher):
    receipt = campaign.proposeRoot(ROOT, 5, sender=publisher)
    since = chain.timestamp + ROOT_DELAY
    proposed = {"root": ROOT, "total": 5, "since": since}
    assert receipt.events == [Event("RootProposed", campaign.address, proposed)]
    assert campaign.pendingRoot() == proposed
    assert campaign.activeRoot() == EMPTY


def test_propose_root_refuses_everybody_but_the_publisher(campaign, dao, guardian, stranger):
    for caller in (dao, guardian, stranger):
        with reverts("Campaign__NotPublisher", caller=caller):
            campaign.proposeRoot(ROOT, 5, sender=caller)


def test_propose_root_refuses_the_zero_root(campaign, publisher):
    with reverts("Campaign__ZeroRoot"):
        campaign.proposeRoot(bytes(32), 5, sender=publisher)


def test_propose_root_grows_by_one_step_at_most(chain, campaign, publisher):
    """N12: whoever holds the publisher's key can't grant all at once."""
    with reverts("Campaign__TotalTooHigh", total=MAX_STEP + 1, most=MAX_STEP):
        campaign.proposeRoot(ROOT, MAX_STEP + 1, sender=publisher)
    campaign.proposeRoot(ROOT, MAX_STEP, sender=publisher)
    chain.sleep(ROOT_DELAY)
    with reverts("Campaign__TotalTooHigh", total=2 * MAX_STEP + 1, most=2 * MAX_STEP):
        campaign.proposeRoot(OTHER, 2 * MAX_STEP + 1, sender=publisher)
    campaign.proposeRoot(OTHER, 2 * MAX_STEP, sender=publisher)


def test_propose_root_step_counts_from_the_active_total(chain, campaign, publisher):
    """N12: replacing a root that waits gives no second step."""
    campaign.proposeRoot(ROOT, MAX_STEP, sender=publisher)
    chain.sleep(ROOT_DELAY - 1)
    with reverts("Campaign__TotalTooHigh", most=MAX_STEP):
        campaign.proposeRoot(OTHER, MAX_STEP + 1, sender=publisher)


def test_propose_root_never_exceeds_the_allocation(chain, campaign, publisher):
    """N12: after five steps of 20,000,000 the allocation is the bound, to the wei."""
    for step in range(1, 6):
        campaign.proposeRoot(bytes([step]) * 32, step * MAX_STEP, sender=publisher)
        chain.sleep(ROOT_DELAY)
    assert campaign.activeRoot()["total"] == FUNDS
    with reverts("Campaign__TotalTooHigh", total=FUNDS + 1, most=FUNDS):
        campaign.proposeRoot(ROOT, FUNDS + 1, sender=publisher)
    campaign.proposeRoot(ROOT, FUNDS, sender=publisher)


def test_propose_root_after_claims_goes_on_to_the_allocation(chain, campaign, holder, publish, claim, publisher):
    """N12: paying out does not lower the bound."""
    leaves = [(1, RETAIL, 20_000_000 * PT)]
    claim(publish(leaves), 0, holder)
    for step in range(2, 6):
        campaign.proposeRoot(bytes([step]) * 32, step * MAX_STEP, sender=publisher)
        chain.sleep(ROOT_DELAY)
    assert campaign.activeRoot()["total"] == FUNDS


def test_propose_root_of_a_campaign_without_money(suite, dao, publisher, guardian, terms, plans):
    """N12: what it was not given counts as claimed, so nothing is promised that isn't there."""
    args = (
        suite.token,
        suite.soul_pass,
        dao,
        suite.treasury,
        suite.escrow,
        suite.core_team,
        publisher,
        guardian,
        100,
        terms,
        plans,
    )
    poor = suite.chain.deploy("Campaign", *args)
    with reverts("Campaign__TotalTooLow", total=99, claimed=100):
        poor.proposeRoot(ROOT, 99, sender=publisher)
    suite.pay(poor, 1)
    poor.proposeRoot(ROOT, 99, sender=publisher)


def test_propose_root_after_a_gift(suite, campaign, round_one, holder, claim, publisher):
    """Whoever sends PT gives back what others claimed; the allocation stays the bound."""
    claim(round_one, 0, holder)
    suite.pay(campaign, 150 * PT)
    assert campaign.claimedTotal() == 0
    with reverts("Campaign__TotalTooHigh", most=MAX_STEP + 200 * PT):
        campaign.proposeRoot(ROOT, MAX_STEP + 200 * PT + 1, sender=publisher)


def test_propose_root_is_never_below_what_was_claimed(campaign, round_one, holder, claim, publisher):
    """N12: a correction downwards stops at what was paid."""
    claim(round_one, 0, holder)
    with reverts("Campaign__TotalTooLow", total=100 * PT - 1, claimed=100 * PT):
        campaign.proposeRoot(ROOT, 100 * PT - 1, sender=publisher)
    campaign.proposeRoot(ROOT, 100 * PT, sender=publisher)


def test_propose_root_replaces_one_that_waits(chain, campaign, publisher):
    """The wait starts anew: no root counts that was in sight for less."""
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    chain.sleep(ROOT_DELAY - 1)
    receipt = campaign.proposeRoot(OTHER, 6, sender=publisher)
    since = chain.timestamp + ROOT_DELAY
    assert receipt.events == [
        Event("RootDropped", campaign.address, {"root": ROOT, "by": publisher}),
        Event("RootProposed", campaign.address, {"root": OTHER, "total": 6, "since": since}),
    ]
    chain.sleep(ROOT_DELAY - 1)
    assert campaign.activeRoot() == EMPTY
    chain.sleep(1)
    assert campaign.activeRoot() == {"root": OTHER, "total": 6, "since": since}


def test_propose_root_activates_one_whose_wait_is_over(chain, campaign, publisher):
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    chain.sleep(ROOT_DELAY)
    receipt = campaign.proposeRoot(OTHER, 6, sender=publisher)
    assert receipt.events[0] == Event("RootActivated", campaign.address, {"root": ROOT, "total": 5})
    assert [event.name for event in receipt.events] == ["RootActivated", "RootProposed"]
    assert campaign.activeRoot()["root"] == ROOT
    assert campaign.pendingRoot()["root"] == OTHER


def test_propose_root_until_the_deadline(suite, chain, campaign, publisher):
    chain.warp(suite.deadline + 1)
    with reverts("Campaign__Ended", deadline=suite.deadline):
        campaign.proposeRoot(ROOT, 5, sender=publisher)
    chain.warp(suite.deadline)
    campaign.proposeRoot(ROOT, 5, sender=publisher)


@pytest.mark.parametrize("total", [2**208, 2**255, 2**256 - 1])
def test_propose_root_refuses_huge_totals(campaign, publisher, total):
    """M2: no total is cut to fewer bits."""
    with reverts("Campaign__TotalTooHigh", total=total, most=MAX_STEP):
        campaign.proposeRoot(tree_of([(1, RETAIL, 1)]).root, total, sender=publisher)
