"""Budgets that the DAO opens."""

import pytest

from phemexia.evm import START, ZERO, Event, reverts

from .conftest import DAY, HELD, LIMIT, MONTH, QUARTER


def test_open_budget_keeps_its_terms(treasury, terms, dao, spender):
    receipt = treasury.openBudget(terms(period=QUARTER, group=3), sender=dao)
    assert receipt.returned == treasury.budgets() == 1
    kept = treasury.budgetOf(1)
    assert tuple(kept.pop("terms").values()) == terms(period=QUARTER, group=3)
    assert kept == {
        "parent": 0, "spent": 0, "payments": 0, "depth": 1, "large": False, "frozen": False, "closed": False
    }  # fmt: skip
    (opened,) = receipt.named("BudgetOpened")
    assert (opened.args["budget"], opened.args["parent"], opened.args["spender"]) == (1, 0, spender)
    assert treasury.openBudget(terms(), sender=dao).returned == 2


def test_open_budget_refuses_everybody_but_the_dao(treasury, terms, spender, guardian):
    for caller in (spender, guardian):
        for opens in (treasury.openBudget, treasury.openLargeBudget):
            with reverts("Treasury__NotDao", caller=caller):
                opens(terms(), sender=caller)


@pytest.mark.parametrize(
    "changes",
    [
        {"spender": ZERO},
        {"limit": 0},
        {"end": START},
        {"start": START + 9, "end": START + 9},
        {"start": START + 9, "end": START + 8},
        {"end": START + 731 * DAY + 1},
    ],
    ids=str,
)
def test_open_budget_refuses_terms_that_are_none(treasury, terms, dao, changes):
    for opens in (treasury.openBudget, treasury.openLargeBudget):
        with reverts("Budgets__InvalidTerms"):
            opens(terms(**changes), sender=dao)


@pytest.mark.parametrize(
    "changes",
    [{"end": START + 1, "start": START - 9}, {"start": START + 9, "end": START + 10}, {"end": START + 731 * DAY}],
    ids=str,
)
def test_open_budget_takes_terms_at_their_edges(treasury, terms, dao, changes):
    treasury.openBudget(terms(**changes), sender=dao)


def test_open_budget_promises_no_more_than_2_percent_together(treasury, asset, terms, dao):
    share = HELD // 50
    with reverts("Budgets__AboveShare", asset=asset, promised=share + 1, most=share):
        treasury.openBudget(terms(limit=share + 1), sender=dao)
    treasury.openBudget(terms(limit=share - 1), sender=dao)
    with reverts("Budgets__AboveShare", promised=share + 1):
        treasury.openBudget(terms(limit=2), sender=dao)
    treasury.openBudget(terms(limit=1), sender=dao)
    assert treasury.promised(asset) == share
    treasury.openBudget(terms(asset=ZERO, limit=share), sender=dao)  # another asset, another share


def test_open_budget_has_its_share_back_when_one_is_closed(treasury, asset, terms, dao):
    share = HELD // 50
    first = treasury.openBudget(terms(limit=share), sender=dao).returned
    treasury.closeBudget(first, sender=dao)
    assert treasury.promised(asset) == 0
    treasury.openBudget(terms(limit=share), sender=dao)


def test_open_large_budget_has_no_share_and_takes_none(treasury, asset, terms, dao):
    receipt = treasury.openLargeBudget(terms(limit=HELD), sender=dao)
    assert treasury.budgetOf(receipt.returned)["large"] is True
    assert receipt.named("BudgetOpened")[0].args["large"] is True
    assert treasury.promised(asset) == 0
    treasury.closeBudget(receipt.returned, sender=dao)
    assert treasury.promised(asset) == 0


def test_open_budget_for_nobody_else_is_known(treasury):
    with reverts("Budgets__Unknown", budget=1):
        treasury.budgetOf(1)
    with reverts("Budgets__Unknown", budget=0):
        treasury.headroom(0)


def test_open_budget_emits_all_its_terms(treasury, terms, dao):
    receipt = treasury.openBudget(terms(period=MONTH, limit=LIMIT), sender=dao)
    assert receipt.events == [
        Event(
            "BudgetOpened",
            treasury.address,
            {
                "budget": 1, "parent": 0, "spender": terms.spender, "terms": treasury.budgetOf(1)["terms"],
                "large": False,
            },
        )
    ]  # fmt: skip
