"""Budgets that a spender opens below its own."""

import pytest

from phemexia.evm import START, ZERO, reverts

from .conftest import DAY, LIMIT, QUARTER


@pytest.fixture
def member(chain):
    return chain.account("member")


def test_open_budget_below_takes_asset_and_group_from_above(treasury, offices, asset, terms, dao, spender, member):
    offices.setSpends(7, spender, True, sender=dao)
    parent = treasury.openBudget(terms(group=7), sender=dao).returned
    below = terms(spender=member, asset=ZERO, group=0, period=QUARTER, limit=5)
    child = treasury.openBudgetBelow(parent, below, sender=spender).returned
    kept = treasury.budgetOf(child)
    assert tuple(kept["terms"].values()) == terms(spender=member, group=7, period=QUARTER, limit=5)
    assert (kept["parent"], kept["depth"], kept["large"]) == (parent, 2, False)
    assert treasury.promised(asset) == LIMIT  # what is promised is promised once


def test_open_budget_below_is_the_spenders_alone(treasury, budget, terms, dao, guardian, member):
    for caller in (dao, guardian, member):
        with reverts("Budgets__NotAllowed", budget=budget, caller=caller):
            treasury.openBudgetBelow(budget, terms(), sender=caller)


def test_open_budget_below_needs_the_group_behind_it(treasury, offices, terms, dao, spender):
    parent = treasury.openBudget(terms(group=7), sender=dao).returned
    with reverts("Budgets__GroupObjects", group=7, spender=spender):
        treasury.openBudgetBelow(parent, terms(), sender=spender)


def test_open_budget_below_stays_within_the_term_above(treasury, budget, terms, spender):
    end = terms.end
    for changes in ({"start": START - 1}, {"end": end + 1}):
        with reverts("Budgets__InvalidTerms"):
            treasury.openBudgetBelow(budget, terms(**changes), sender=spender)
    treasury.openBudgetBelow(budget, terms(start=START, end=end), sender=spender)


@pytest.mark.parametrize("changes", [{"spender": ZERO}, {"limit": 0}, {"end": START}], ids=str)
def test_open_budget_below_refuses_terms_that_are_none(treasury, budget, terms, spender, changes):
    with reverts("Budgets__InvalidTerms"):
        treasury.openBudgetBelow(budget, terms(**changes), sender=spender)


def test_open_budget_below_goes_four_deep(treasury, budget, terms, spender):
    parent = budget
    for depth in (2, 3, 4):
        parent = treasury.openBudgetBelow(parent, terms(), sender=spender).returned
        assert treasury.budgetOf(parent)["depth"] == depth
    with reverts("Budgets__TooDeep", parent=parent):
        treasury.openBudgetBelow(parent, terms(), sender=spender)


def test_open_budget_below_needs_all_above_open(chain, treasury, budget, terms, dao, spender):
    child = treasury.openBudgetBelow(budget, terms(), sender=spender).returned
    treasury.freezeBudget(budget, sender=dao)
    for parent in (budget, child):
        with reverts("Budgets__NotOpen", budget=budget):
            treasury.openBudgetBelow(parent, terms(), sender=spender)
    treasury.unfreezeBudget(budget, sender=dao)
    chain.warp(terms.end)
    with reverts("Budgets__NotOpen", budget=budget):
        treasury.openBudgetBelow(budget, terms(end=terms.end + DAY), sender=spender)


def test_open_budget_below_needs_a_parent(treasury, terms, spender):
    with reverts("Budgets__Unknown", budget=1):
        treasury.openBudgetBelow(1, terms(), sender=spender)
