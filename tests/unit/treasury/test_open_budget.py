"""Budgets that the DAO opens."""

from datetime import UTC, datetime

import pytest

from phemexia.evm import START, ZERO, Event, reverts

from .conftest import DAY, HELD, LIMIT, MONTH, ONCE, QUARTER

FEBRUARY = int(datetime(2027, 2, 1, tzinfo=UTC).timestamp())


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


def test_open_budget_counts_what_a_closed_one_paid(chain, treasury, asset, terms, dao, spender, payee):
    """G17, M11: opened, paid out of and closed again and again, budgets would empty the treasury in a day."""
    share = HELD // 50
    for kind in (ONCE, MONTH, QUARTER):
        first = treasury.openBudget(terms(limit=share // 4, period=kind), sender=dao).returned
        treasury.pay(first, payee, share // 4, b"", "", sender=spender)
        treasury.closeBudget(first, sender=dao)
    left = HELD - 3 * (share // 4)
    most = left // 50
    assert treasury.promised(asset) == 0
    assert treasury.paidByClosed(asset) == 3 * (share // 4)
    free = most - 3 * (share // 4)
    with reverts("Budgets__AboveShare", asset=asset, promised=most + 1, most=most):
        treasury.openBudget(terms(limit=free + 1), sender=dao)
    treasury.openBudget(terms(limit=free), sender=dao)


def test_open_budget_forgets_what_a_closed_one_paid_with_the_third_span(
    chain, treasury, asset, terms, dao, spender, payee
):
    """As with the cap on what the DAO spends: 30 to 45 days after it was closed."""
    share = HELD // 50
    first = treasury.openBudget(terms(limit=share), sender=dao).returned
    treasury.pay(first, payee, share, b"", "", sender=spender)
    treasury.closeBudget(first, sender=dao)
    span = 15 * DAY
    free = (chain.timestamp // span + 3) * span
    most = (HELD - share) // 50
    chain.warp(free - 1)
    with reverts("Budgets__AboveShare", promised=share + 1, most=most):
        treasury.openBudget(terms(limit=1, end=free + DAY), sender=dao)
    chain.warp(free)
    assert treasury.paidByClosed(asset) == 0
    treasury.openBudget(terms(limit=most, end=free + DAY), sender=dao)


def test_open_budget_counts_of_a_closed_one_the_period_that_runs(
    chain, treasury, asset, terms, dao, spender, payee
):
    """What it paid in a month that is over, a new budget could not pay any more either."""
    share = HELD // 50
    first = treasury.openBudget(terms(limit=share), sender=dao).returned
    treasury.pay(first, payee, share, b"", "", sender=spender)
    chain.warp(FEBRUARY)
    treasury.closeBudget(first, sender=dao)
    assert treasury.paidByClosed(asset) == 0
    treasury.openBudget(terms(limit=(HELD - share) // 50), sender=dao)


def test_open_large_budget_leaves_nothing_behind(treasury, asset, terms, dao, spender, payee):
    large = treasury.openLargeBudget(terms(limit=HELD), sender=dao).returned
    treasury.pay(large, payee, 100, b"", "", sender=spender)
    below = treasury.openBudgetBelow(large, terms(limit=50), sender=spender).returned
    treasury.pay(below, payee, 50, b"", "", sender=spender)
    for budget in (below, large):
        treasury.closeBudget(budget, sender=dao)
    assert treasury.paidByClosed(asset) == 0


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
