"""What was granted unlocks by the plan of its kind, to the second and to the wei."""

import pytest
from support.schedule import API as API_PLAN
from support.schedule import COLLABORATORS as COLLABORATORS_PLAN
from support.schedule import RETAIL as RETAIL_PLAN
from support.schedule import instalments, moment, unlocked
from support.suite import DAY, PT

from phemexia.evm import reverts

from .conftest import API, RETAIL

COLLABORATORS = 2
PLANS = {RETAIL: RETAIL_PLAN, API: API_PLAN, COLLABORATORS: COLLABORATORS_PLAN}
AMOUNT = 100 * PT + 7
"""Divisible by none of the numbers of instalments."""


@pytest.fixture
def plans():
    return list(PLANS.values())


@pytest.fixture
def tge():
    """A last day of a month that others do not have."""
    return moment("2027-01-31 12:00")


@pytest.fixture
def terms(suite, terms, tge):
    return (tge, terms[1], tge + 400 * DAY, terms[3])


@pytest.mark.parametrize("kind", PLANS, ids=("retail", "api", "collaborators"))
def test_claim_around_every_instalment(suite, campaign, holder, publish, claim, tge, kind):
    """The first and the last second, and a second before and after each instalment; nothing is paid in between."""
    tree = publish([(1, kind, AMOUNT)])
    suite.chain.warp(tge - 1)
    with reverts("Campaign__NothingToClaim", unlocked=0):
        claim(tree, 0, holder)
    paid = 0
    for second in (tge, *instalments(PLANS[kind], tge)):
        suite.chain.warp(second - 1)
        with reverts("Campaign__NothingToClaim", passId=1, kind=kind, unlocked=paid):
            claim(tree, 0, holder)
        suite.chain.warp(second)
        due = unlocked(PLANS[kind], tge, AMOUNT, second)
        assert claim(tree, 0, holder).returned == due - paid > 0
        paid = due
        suite.chain.warp(second + 1)
        with reverts("Campaign__NothingToClaim", unlocked=paid):
            claim(tree, 0, holder)
    assert paid == campaign.claimed(1, kind) == campaign.claimedTotal() == AMOUNT


def test_claim_after_months_of_silence_pays_all_at_once(suite, holder, publish, claim, tge):
    tree = publish([(1, COLLABORATORS, AMOUNT)])
    suite.chain.warp(tge + 300 * DAY)
    assert claim(tree, 0, holder).returned == AMOUNT


def test_claim_of_a_larger_grant_unlocks_all_of_it_by_the_same_plan(suite, holder, publish, claim, tge):
    """M6: what a later root adds is unlocked as far as what was granted first."""
    first = publish([(1, RETAIL, 100 * PT)])
    suite.chain.warp(tge)
    assert claim(first, 0, holder).returned == 25 * PT
    second = publish([(1, RETAIL, 200 * PT)])
    assert suite.chain.timestamp < tge + 7 * DAY
    assert claim(second, 0, holder).returned == 25 * PT
    suite.chain.warp(tge + 7 * DAY)
    assert claim(second, 0, holder).returned == 50 * PT


@pytest.mark.parametrize("excess", [1, 2**256 - 1 - AMOUNT], ids=["a wei", "all there is"])
def test_claim_of_a_leaf_above_the_total_unlocks_no_faster(suite, holder, publish, claim, tge, excess):
    """N12: a leaf that grants more than its root is worth its root's total, and waits for each instalment."""
    tree = publish([(1, RETAIL, AMOUNT + excess)], total=AMOUNT)
    paid = 0
    for second in (tge, *instalments(PLANS[RETAIL], tge)):
        suite.chain.warp(second)
        due = unlocked(PLANS[RETAIL], tge, AMOUNT, second)
        assert claim(tree, 0, holder).returned == due - paid
        paid = due
    assert paid == AMOUNT


def test_claim_refuses_a_kind_without_a_plan(suite, holder, publish, claim, tge):
    tree = publish([(1, kind, PT) for kind in (3, 4, 5, 255)])
    suite.chain.warp(tge)
    for index, kind in enumerate((3, 4, 5, 255)):
        with reverts("Campaign__UnknownKind", kind=kind):
            claim(tree, index, holder)


def test_unlocked_shows_the_plan(campaign, tge):
    for kind, plan in PLANS.items():
        for second in (0, tge - 1, tge, *instalments(plan, tge), tge + 2_000 * DAY):
            assert campaign.unlocked(kind, AMOUNT, second) == unlocked(plan, tge, AMOUNT, second)
