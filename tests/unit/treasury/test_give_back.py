"""Money that comes back restores the period it was paid in, and no other."""

from datetime import UTC, datetime

import pytest
from support.solidity import compile_source

from phemexia.evm import ZERO, Event, reverts

from .conftest import LIMIT, ONCE, QUARTER

FEBRUARY = int(datetime(2027, 2, 1, tzinfo=UTC).timestamp())
WAGE = b"wage".ljust(32, b"\0")


@pytest.fixture
def paid(treasury, asset, budget, spender, payee):
    """A first payment of 100; its payee let the treasury take it back."""
    treasury.pay(budget, payee, 100, WAGE, "", sender=spender)
    asset.approve(treasury, 10**30, sender=payee)
    return 1


def test_give_back_restores_headroom(treasury, asset, budget, paid, payee):
    receipt = treasury.giveBack(budget, paid, 60, sender=payee)
    assert treasury.headroom(budget) == LIMIT - 40
    assert treasury.paymentOf(budget, paid)[0] == asset.balanceOf(payee) == 40
    told = {"budget": budget, "number": paid, "from": payee, "amount": 60}
    assert receipt.events[-1] == Event("GivenBack", treasury.address, told)


def test_give_back_no_more_than_was_paid(treasury, budget, paid, payee):
    with reverts("Budgets__NotPaid", budget=budget, number=paid, left=100):
        treasury.giveBack(budget, paid, 101, sender=payee)
    treasury.giveBack(budget, paid, 99, sender=payee)
    with reverts("Budgets__NotPaid", left=1):
        treasury.giveBack(budget, paid, 2, sender=payee)
    treasury.giveBack(budget, paid, 1, sender=payee)
    assert treasury.headroom(budget) == LIMIT
    for nothing in ((budget, paid, 1), (budget, 2, 1), (9, 1, 1), (0, 0, 1)):
        with reverts("Budgets__NotPaid", left=0):
            treasury.giveBack(*nothing, sender=payee)


def test_give_back_refuses_nothing(treasury, budget, paid, payee):
    with reverts("Budgets__NotPaid", left=100):
        treasury.giveBack(budget, paid, 0, sender=payee)


def test_give_back_after_the_edge_restores_nothing(chain, treasury, budget, paid, spender, payee):
    chain.warp(FEBRUARY - 1)
    treasury.giveBack(budget, paid, 50, sender=payee)
    assert treasury.headroom(budget) == LIMIT - 50
    chain.warp(FEBRUARY)
    treasury.pay(budget, payee, 30, WAGE, "", sender=spender)
    treasury.giveBack(budget, paid, 50, sender=payee)
    assert treasury.headroom(budget) == LIMIT - 30
    treasury.giveBack(budget, 2, 30, sender=payee)
    assert treasury.headroom(budget) == LIMIT


def test_give_back_before_anything_is_paid_in_the_new_period(chain, treasury, budget, paid, spender, payee):
    chain.warp(FEBRUARY)
    treasury.giveBack(budget, paid, 100, sender=payee)
    assert treasury.headroom(budget) == LIMIT
    assert treasury.budgetOf(budget)["spent"] == 0


def test_give_back_restores_each_budget_above_by_its_own_period(
    chain, treasury, asset, terms, budget, spender, payee
):
    quarter = treasury.openBudgetBelow(budget, terms(period=QUARTER), sender=spender).returned
    once = treasury.openBudgetBelow(quarter, terms(period=ONCE), sender=spender).returned
    asset.approve(treasury, 10**30, sender=payee)
    treasury.pay(once, payee, 100, WAGE, "", sender=spender)
    chain.warp(FEBRUARY)
    treasury.pay(once, payee, 7, WAGE, "", sender=spender)
    treasury.giveBack(once, 1, 60, sender=payee)
    assert [treasury.budgetOf(b)["spent"] for b in (budget, quarter, once)] == [7, 47, 47]


def test_give_back_ether(chain, treasury, terms, dao, spender, payee):
    budget = treasury.openBudget(terms(asset=ZERO), sender=dao).returned
    treasury.pay(budget, payee, 100, WAGE, "", sender=spender)
    for sent in (0, 59, 61):
        with reverts("Budgets__WrongValue", sent=sent, expected=60):
            treasury.giveBack(budget, 1, 60, sender=payee, value=sent)
    held = chain.balance(treasury)
    treasury.giveBack(budget, 1, 60, sender=payee, value=60)
    assert chain.balance(treasury) - held == 60
    assert treasury.headroom(budget) == LIMIT - 40


def test_give_back_tokens_takes_no_ether(treasury, budget, paid, payee):
    with reverts("Budgets__WrongValue", sent=1, expected=0):
        treasury.giveBack(budget, paid, 60, sender=payee, value=1)


def test_give_back_counts_what_arrived(treasury, odd, terms, dao, spender, payee):
    """A11: a token that keeps a fee restores less than it was told to move."""
    taxed = odd("TaxedToken", treasury, 10**21)
    budget = treasury.openBudget(terms(asset=taxed.address), sender=dao).returned
    treasury.pay(budget, payee, 1_000, WAGE, "", sender=spender)
    taxed.approve(treasury, 10**30, sender=payee)
    treasury.giveBack(budget, 1, 500, sender=payee)
    assert treasury.headroom(budget) == LIMIT - 1_000 + 495
    assert treasury.paymentOf(budget, 1)[0] == 505


def test_give_back_counts_no_more_than_was_given(chain, treasury, terms, dao, spender, payee):
    """A11: what a token adds of its own, as interest at each transfer, is no gift of the giver's."""
    doubling = chain.deploy(compile_source("GreedyTokens.sol", "DoublingToken"), treasury, 10**21)
    budget = treasury.openBudget(terms(asset=doubling.address), sender=dao).returned
    treasury.pay(budget, payee, 100, WAGE, "", sender=spender)
    doubling.approve(treasury, 10**30, sender=payee)
    receipt = treasury.giveBack(budget, 1, 1, sender=payee)
    assert treasury.headroom(budget) == LIMIT - 99
    assert receipt.named("GivenBack")[0].args["amount"] == 1
    treasury.giveBack(budget, 1, 98, sender=payee)
    assert treasury.paymentOf(budget, 1)[0] == 1
    treasury.giveBack(budget, 1, 1, sender=payee)
    assert treasury.headroom(budget) == LIMIT


def test_give_back_to_a_closed_budget(treasury, budget, paid, dao, payee):
    treasury.closeBudget(budget, sender=dao)
    treasury.giveBack(budget, paid, 100, sender=payee)
    assert treasury.headroom(budget) == 0
