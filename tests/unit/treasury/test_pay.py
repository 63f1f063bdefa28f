"""Payments out of a budget, against every limit above it."""

from datetime import UTC, datetime

import pytest

from phemexia.evm import START, ZERO, Event, reverts

from .conftest import DAY, HELD, LIMIT, MONTH, ONCE, QUARTER

BOUNTY = b"bounty".ljust(32, b"\0")


def at(year, month, day=1):
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


def test_pay_pays_and_keeps_a_receipt(chain, treasury, asset, budget, spender, payee):
    receipt = treasury.pay(budget, payee, 40, BOUNTY, "a bug found", sender=spender)
    assert receipt.returned == 1
    assert (asset.balanceOf(payee), asset.balanceOf(treasury)) == (40, HELD - 40)
    assert receipt.events[0] == Event(
        "Paid",
        treasury.address,
        {
            "budget": budget, "to": payee, "category": BOUNTY, "asset": asset.address, "amount": 40, "number": 1,
            "memo": "a bug found",
        },
    )  # fmt: skip
    assert treasury.paymentOf(budget, 1) == (40, chain.timestamp)
    assert treasury.headroom(budget) == LIMIT - 40
    assert treasury.pay(budget, payee, 2, BOUNTY, "", sender=spender).returned == 2
    assert (treasury.budgetOf(budget)["spent"], treasury.budgetOf(budget)["payments"]) == (42, 2)


def test_pay_pays_ether(chain, treasury, terms, dao, spender, payee):
    budget = treasury.openBudget(terms(asset=ZERO), sender=dao).returned
    before = chain.balance(payee)
    treasury.pay(budget, payee, 40, BOUNTY, "", sender=spender)
    assert chain.balance(payee) - before == 40


def test_pay_is_the_spenders_alone(treasury, budget, dao, guardian, payee):
    for caller in (dao, guardian, payee):
        with reverts("Budgets__NotAllowed", budget=budget, caller=caller):
            treasury.pay(budget, payee, 1, BOUNTY, "", sender=caller)
    with reverts("Budgets__Unknown", budget=9):
        treasury.pay(9, payee, 1, BOUNTY, "", sender=dao)


def test_pay_needs_the_group_behind_it_each_time(treasury, offices, terms, dao, spender, payee):
    budget = treasury.openBudget(terms(group=7), sender=dao).returned
    with reverts("Budgets__GroupObjects", group=7, spender=spender):
        treasury.pay(budget, payee, 1, BOUNTY, "", sender=spender)
    offices.setSpends(7, spender, True, sender=dao)
    treasury.pay(budget, payee, 1, BOUNTY, "", sender=spender)
    offices.setSpends(7, spender, False, sender=dao)
    with reverts("Budgets__GroupObjects"):
        treasury.pay(budget, payee, 1, BOUNTY, "", sender=spender)


def test_pay_within_the_term_to_the_second(chain, treasury, terms, dao, spender, payee):
    budget = treasury.openBudget(terms(start=START + 100, end=START + 200), sender=dao).returned
    for second, open_ in ((START + 99, False), (START + 100, True), (START + 199, True), (START + 200, False)):
        chain.warp(second)
        assert bool(treasury.headroom(budget)) is open_
        if open_:
            treasury.pay(budget, payee, 1, BOUNTY, "", sender=spender)
        else:
            with reverts("Budgets__NotOpen", budget=budget):
                treasury.pay(budget, payee, 1, BOUNTY, "", sender=spender)


def test_pay_up_to_the_limit_and_one_wei_more(treasury, budget, spender, payee):
    treasury.pay(budget, payee, 7, BOUNTY, "", sender=spender)
    with reverts("Budgets__AboveLimit", budget=budget, amount=LIMIT - 6, left=LIMIT - 7):
        treasury.pay(budget, payee, LIMIT - 6, BOUNTY, "", sender=spender)
    treasury.pay(budget, payee, LIMIT - 7, BOUNTY, "", sender=spender)
    with reverts("Budgets__AboveLimit", amount=1, left=0):
        treasury.pay(budget, payee, 1, BOUNTY, "", sender=spender)


@pytest.mark.parametrize(
    ("kind", "edges", "not_edges"),
    [
        (
            MONTH,
            [at(2027, month) for month in range(2, 13)] + [at(2028, 1), at(2028, 2), at(2028, 3)],
            [at(2028, 2, 29)],
        ),
        (QUARTER, [at(2027, 4), at(2027, 7), at(2027, 10), at(2028, 1)], [at(2027, 2), at(2027, 3)]),
        (ONCE, [], [at(2027, 2), at(2027, 4), at(2028, 1)]),
    ],
    ids=["month", "quarter", "once"],
)
def test_pay_has_its_limit_anew_at_the_first_second_of_a_period(
    chain, treasury, terms, dao, spender, payee, kind, edges, not_edges
):
    """Twice the limit around an edge is by design; what a period leaves is gone."""
    budget = treasury.openBudget(terms(period=kind, end=START + 700 * DAY), sender=dao).returned
    treasury.pay(budget, payee, LIMIT, BOUNTY, "", sender=spender)
    for second in sorted(edges + not_edges):
        chain.warp(second - 1)
        assert treasury.headroom(budget) == 0
        chain.warp(second)
        assert treasury.headroom(budget) == (LIMIT if second in edges else 0)
        if second in edges:
            with reverts("Budgets__AboveLimit", left=LIMIT):
                treasury.pay(budget, payee, LIMIT + 1, BOUNTY, "", sender=spender)
            treasury.pay(budget, payee, LIMIT, BOUNTY, "", sender=spender)


def test_pay_does_not_roll_over_what_was_left(chain, treasury, budget, spender, payee):
    treasury.pay(budget, payee, 1, BOUNTY, "", sender=spender)
    chain.warp(at(2027, 2))
    assert treasury.headroom(budget) == LIMIT


def test_pay_counts_against_every_budget_above(chain, treasury, terms, budget, spender, payee):
    """M11: splitting a budget makes no more of it."""
    one = treasury.openBudgetBelow(budget, terms(limit=LIMIT, period=QUARTER), sender=spender).returned
    two = treasury.openBudgetBelow(one, terms(limit=LIMIT, period=ONCE), sender=spender).returned
    other = treasury.openBudgetBelow(budget, terms(limit=LIMIT), sender=spender).returned
    treasury.pay(two, payee, 30, BOUNTY, "", sender=spender)
    treasury.pay(other, payee, 12, BOUNTY, "", sender=spender)
    treasury.pay(budget, payee, 5, BOUNTY, "", sender=spender)
    assert [treasury.budgetOf(b)["spent"] for b in (budget, one, two, other)] == [47, 30, 30, 12]
    left = LIMIT - 47
    with reverts("Budgets__AboveLimit", budget=budget, amount=left + 1, left=left):
        treasury.pay(two, payee, left + 1, BOUNTY, "", sender=spender)
    treasury.pay(two, payee, left, BOUNTY, "", sender=spender)
    assert treasury.headroom(two) == treasury.headroom(other) == 0
    chain.warp(at(2027, 2))
    assert treasury.headroom(two) == LIMIT - 30 - left  # a limit for once begins no more
    assert treasury.headroom(other) == LIMIT


def test_pay_is_refused_where_the_one_in_between_is_short(treasury, terms, budget, spender, payee):
    one = treasury.openBudgetBelow(budget, terms(limit=10), sender=spender).returned
    two = treasury.openBudgetBelow(one, terms(limit=LIMIT), sender=spender).returned
    with reverts("Budgets__AboveLimit", budget=one, amount=11, left=10):
        treasury.pay(two, payee, 11, BOUNTY, "", sender=spender)
    assert treasury.budgetOf(two)["spent"] == 0  # nothing half done


def test_pay_refuses_bad_recipients_and_nothing(treasury, asset, budget, spender, payee):
    for to in (ZERO, treasury.address, asset.address, treasury.token()):
        with reverts("Treasury__InvalidRecipient", to=to):
            treasury.pay(budget, to, 1, BOUNTY, "", sender=spender)
    with reverts("Treasury__ZeroAmount"):
        treasury.pay(budget, payee, 0, BOUNTY, "", sender=spender)


def test_pay_no_more_than_is_held(treasury, asset, terms, dao, spender, payee):
    budget = treasury.openLargeBudget(terms(limit=2 * HELD), sender=dao).returned
    with reverts("ERC20InsufficientBalance", needed=HELD + 1):
        treasury.pay(budget, payee, HELD + 1, BOUNTY, "", sender=spender)
    treasury.pay(budget, payee, HELD, BOUNTY, "", sender=spender)


def test_pay_gives_a_payee_no_way_back_in(treasury, odd, terms, dao):
    """M4: the payee is the spender, and calls back in the middle of the payment."""
    payee = odd("Reentrant")
    budget = treasury.openBudget(terms(spender=payee.address), sender=dao).returned
    again = treasury.pay.encode(budget, payee, 1, BOUNTY, "")
    payee.arm(treasury, again, sender=dao)
    payee.execute(treasury, treasury.pay.encode(budget, payee, 5, BOUNTY, ""), sender=dao)
    assert (payee.tried(), payee.succeeded()) == (True, False)
    assert treasury.budgetOf(budget)["spent"] == 5
