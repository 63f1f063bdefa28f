"""Closing a budget, and all below it."""

import pytest

from phemexia.evm import Event, reverts


@pytest.fixture
def member(chain):
    return chain.account("member")


@pytest.fixture
def child(treasury, budget, terms, spender, member):
    return treasury.openBudgetBelow(budget, terms(spender=member), sender=spender).returned


def test_close_budget_by_the_dao_its_spender_and_the_one_above(treasury, terms, budget, dao, spender, member):
    for closer in (dao, spender, member):
        child = treasury.openBudgetBelow(budget, terms(spender=member), sender=spender).returned
        receipt = treasury.closeBudget(child, sender=closer)
        assert receipt.events == [Event("BudgetClosed", treasury.address, {"budget": child, "by": closer})]
        assert treasury.budgetOf(child)["closed"] is True
        assert treasury.headroom(child) == 0


def test_close_budget_refuses_everybody_else_until_it_is_over(
    chain, treasury, terms, budget, child, guardian, member, stranger
):
    for caller in (guardian, stranger):
        with reverts("Budgets__NotAllowed", budget=child, caller=caller):
            treasury.closeBudget(child, sender=caller)
    with reverts("Budgets__NotAllowed", budget=budget, caller=member):
        treasury.closeBudget(budget, sender=member)
    chain.warp(terms.end - 1)
    with reverts("Budgets__NotAllowed"):
        treasury.closeBudget(budget, sender=stranger)
    chain.warp(terms.end)
    treasury.closeBudget(budget, sender=stranger)
    assert treasury.promised(terms.asset) == 0


def test_close_budget_only_once(treasury, budget, dao, spender):
    treasury.closeBudget(budget, sender=dao)
    with reverts("Budgets__NotOpen", budget=budget):
        treasury.closeBudget(budget, sender=spender)
    with reverts("Budgets__Unknown", budget=2):
        treasury.closeBudget(2, sender=dao)


def test_close_budget_by_the_dao_after_its_spender(treasury, terms, budget, dao, spender):
    """A spender can't make a decision of several actions fail by doing one of them a moment before."""
    treasury.closeBudget(budget, sender=spender)
    assert treasury.closeBudget(budget, sender=dao).events == []
    assert treasury.freezeBudget(budget, sender=dao).events == []
    assert treasury.promised(terms.asset) == 0
    assert treasury.budgetOf(budget)["frozen"] is False


def test_close_budget_stops_every_child(treasury, terms, budget, child, dao, member, payee):
    """M11: closing the one above disables the chain."""
    grandchild = treasury.openBudgetBelow(child, terms(spender=member), sender=member).returned
    treasury.closeBudget(budget, sender=dao)
    for below in (child, grandchild):
        assert treasury.headroom(below) == 0
        with reverts("Budgets__NotOpen", budget=budget):
            treasury.pay(below, payee, 1, b"", "", sender=member)
    assert treasury.promised(terms.asset) == 0


def test_close_budget_of_a_child_releases_no_promise(treasury, terms, budget, child, dao):
    before = treasury.promised(terms.asset)
    treasury.closeBudget(child, sender=dao)
    assert treasury.promised(terms.asset) == before
