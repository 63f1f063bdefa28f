"""Several payments out of one budget: all of them or none."""

from phemexia.evm import reverts

from .conftest import LIMIT

WAGE = b"wage".ljust(32, b"\0")


def test_pay_many_pays_each_and_numbers_them(chain, treasury, asset, terms, budget, spender):
    child = treasury.openBudgetBelow(budget, terms(), sender=spender).returned
    treasury.pay(child, chain.account("before"), 1, WAGE, "", sender=spender)
    payees = [chain.account(f"payee {i}") for i in range(5)]
    payments = [(payee, 10 + i, WAGE, f"week {i}") for i, payee in enumerate(payees)]
    receipt = treasury.payMany(child, payments, sender=spender)
    assert receipt.returned == 2
    assert [asset.balanceOf(payee) for payee in payees] == [10, 11, 12, 13, 14]
    paid = receipt.named("Paid")
    assert [event.args["number"] for event in paid] == [2, 3, 4, 5, 6]
    assert [event.args["memo"] for event in paid] == [f"week {i}" for i in range(5)]
    assert [treasury.paymentOf(child, n)[0] for n in range(1, 8)] == [1, 10, 11, 12, 13, 14, 0]
    assert [treasury.budgetOf(b)["spent"] for b in (budget, child)] == [61, 61]


def test_pay_many_counts_their_sum(treasury, budget, spender, payee):
    half = LIMIT // 2
    with reverts("Budgets__AboveLimit", budget=budget, amount=2 * half + 1, left=LIMIT):
        treasury.payMany(budget, [(payee, half, WAGE, ""), (payee, half + 1, WAGE, "")], sender=spender)
    treasury.payMany(budget, [(payee, half, WAGE, ""), (payee, LIMIT - half, WAGE, "")], sender=spender)
    assert treasury.headroom(budget) == 0


def test_pay_many_is_the_spenders_alone(treasury, budget, payee):
    with reverts("Budgets__NotAllowed", budget=budget, caller=payee):
        treasury.payMany(budget, [(payee, 1, WAGE, "")], sender=payee)


def test_pay_many_with_a_bad_one_pays_none(treasury, asset, budget, spender, payee):
    with reverts("Treasury__ZeroAmount"):
        treasury.payMany(budget, [(payee, 1, WAGE, ""), (payee, 0, WAGE, "")], sender=spender)
    assert (asset.balanceOf(payee), treasury.budgetOf(budget)["payments"]) == (0, 0)


def test_pay_many_cannot_be_made_to_overflow(treasury, budget, spender, payee):
    """V8: the sum of many amounts is wider than one."""
    most = 2**112 - 1
    with reverts("Budgets__AboveLimit", amount=3 * most):
        treasury.payMany(budget, [(payee, most, WAGE, "")] * 3, sender=spender)


def test_pay_many_of_none_does_nothing(treasury, budget, spender):
    assert treasury.payMany(budget, [], sender=spender).events == []
    assert treasury.budgetOf(budget)["payments"] == 0
