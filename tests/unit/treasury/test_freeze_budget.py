"""The guardian stops a budget at once; the DAO alone lets it go on."""

import pytest

from phemexia.evm import ZERO, Event, reverts


def test_freeze_budget_by_guardian_and_dao(treasury, budget, guardian, dao, spender, payee):
    for by in (guardian, dao):
        receipt = treasury.freezeBudget(budget, sender=by)
        assert receipt.events == [Event("BudgetFrozen", treasury.address, {"budget": budget, "by": by})]
        assert treasury.budgetOf(budget)["frozen"] is True
        assert treasury.headroom(budget) == 0
        with reverts("Budgets__NotOpen", budget=budget):
            treasury.pay(budget, payee, 1, b"", "", sender=spender)
        receipt = treasury.unfreezeBudget(budget, sender=dao)
        assert receipt.events == [Event("BudgetUnfrozen", treasury.address, {"budget": budget})]
        treasury.pay(budget, payee, 1, b"", "", sender=spender)


def test_freeze_budget_refuses_everybody_else(treasury, budget, spender, stranger):
    for caller in (spender, stranger):
        with reverts("Budgets__NotAllowed", budget=budget, caller=caller):
            treasury.freezeBudget(budget, sender=caller)


def test_freeze_budget_asks_who_is_guardian_now(treasury, offices, budget, guardian, dao):
    """G12: a guardian whose term is over is nobody, here as well."""
    offices.setGuardian(ZERO, sender=dao)
    with reverts("Budgets__NotAllowed", caller=guardian):
        treasury.freezeBudget(budget, sender=guardian)


def test_freeze_budget_once(treasury, budget, guardian, dao):
    treasury.freezeBudget(budget, sender=guardian)
    with reverts("Budgets__NotOpen", budget=budget):
        treasury.freezeBudget(budget, sender=guardian)
    treasury.closeBudget(budget, sender=dao)
    with reverts("Budgets__NotOpen", budget=budget):
        treasury.freezeBudget(budget, sender=guardian)


def test_freeze_budget_stops_every_child(treasury, terms, budget, guardian, spender, payee):
    child = treasury.openBudgetBelow(budget, terms(), sender=spender).returned
    treasury.freezeBudget(budget, sender=guardian)
    assert treasury.headroom(child) == 0
    with reverts("Budgets__NotOpen", budget=budget):
        treasury.pay(child, payee, 1, b"", "", sender=spender)


def test_freeze_budget_of_a_child_leaves_the_one_above(treasury, terms, budget, guardian, spender, payee):
    child = treasury.openBudgetBelow(budget, terms(), sender=spender).returned
    treasury.freezeBudget(child, sender=guardian)
    treasury.pay(budget, payee, 1, b"", "", sender=spender)


def test_unfreeze_budget_is_the_daos(treasury, budget, guardian, spender, dao):
    treasury.freezeBudget(budget, sender=guardian)
    for caller in (guardian, spender):
        with reverts("Treasury__NotDao", caller=caller):
            treasury.unfreezeBudget(budget, sender=caller)
    treasury.unfreezeBudget(budget, sender=dao)
    with reverts("Budgets__NotAllowed", budget=budget, caller=dao):
        treasury.unfreezeBudget(budget, sender=dao)


@pytest.mark.parametrize("name", ["freezeBudget", "unfreezeBudget"])
def test_freeze_budget_knows_its_budgets(treasury, dao, name):
    with reverts("Budgets__Unknown", budget=5):
        getattr(treasury, name)(5, sender=dao)
