"""Nested budgets over months and years against a model that knows only a list of payments.

Laws, after each step: what every budget says is left is what the payments of its calendar period leave; in no
calendar period, seen from afterwards, did more leave through a budget than its limit; what the treasury holds is
what it had, less what was paid, plus what came back; a closed or frozen budget stops all below it. Row M11.
"""

import os
import random
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from support.solidity import compile_source

from phemexia.evm import START, Chain, Reverted

ONCE, MONTH, QUARTER = range(3)
DAY = 86_400
HELD = 10**24
EDGES = [
    int(datetime(year, month, 1, tzinfo=UTC).timestamp()) for year in (2027, 2028, 2029) for month in range(1, 13)
]


def period_of(kind, second):
    """The calendar period as people name it."""
    date = datetime.fromtimestamp(second, UTC)
    return {ONCE: (), MONTH: (date.year, date.month), QUARTER: (date.year, (date.month - 1) // 3)}[kind]


@dataclass
class Payment:
    """What the model keeps of one."""

    budget: int
    second: int
    left: int


@dataclass
class Budget:
    """Terms as they were given; ``parent`` is 0 for none."""

    spender: str
    limit: int
    kind: int
    start: int
    end: int
    parent: int
    stopped: bool = False
    closed: bool = False


class World:
    """A treasury, three spenders, and the model beside it."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.chain = Chain()
        self.dao, self.payee = self.chain.account("dao"), self.chain.account("payee")
        self.spenders = [self.chain.account(f"spender {i}") for i in range(3)]
        offices = self.chain.deploy(compile_source("Offices.sol"))
        self.treasury = self.chain.deploy("Treasury", self.chain.account("token"), self.dao, offices, offices)
        self.asset = self.chain.deploy(compile_source("OddTokens.sol", "HookingToken"), self.treasury, HELD)
        self.asset.approve(self.treasury, HELD, sender=self.payee)
        self.budgets: list[Budget] = []
        self.payments: dict[int, list[Payment]] = {}

    def chain_above(self, number):
        """A budget and all above it, by number."""
        while number:
            yield number, self.budgets[number - 1]
            number = self.budgets[number - 1].parent

    def spent(self, number, second):
        """What left through a budget, and has not come back, in the period of a second."""
        kind = self.budgets[number - 1].kind
        return sum(
            payment.left
            for payments in self.payments.values()
            for payment in payments
            if period_of(kind, payment.second) == period_of(kind, second)
            and any(above == number for above, _ in self.chain_above(payment.budget))
        )

    def live(self):
        """Budgets that could pay some day."""
        return [
            i
            for i, budget in enumerate(self.budgets, 1)
            if not budget.closed and self.chain.timestamp < budget.end
        ]

    def some(self):
        """Most often a budget that is alive."""
        return self.random.choice(self.live() * 4 + [self.random.randrange(len(self.budgets)) + 1])

    def headroom(self, number):
        """By the model."""
        now, own = self.chain.timestamp, self.budgets[number - 1]
        line = list(self.chain_above(number))
        if not own.start <= now < own.end or any(above.stopped or above.closed for _, above in line):
            return 0
        return min(above.limit - self.spent(n, now) for n, above in line)

    def step(self):
        """One action; the contract must take it just when the model would."""
        action = self.random.choice(
            [
                self.open,
                self.below,
                self.pay,
                self.pay,
                self.pay,
                self.many,
                self.back,
                self.stop,
                self.wait,
                self.wait,
            ]
        )
        action()

    def _terms(self, parent=None):
        rng, now = self.random, self.chain.timestamp
        start = now + rng.choice([0, 0, -5, 3 * DAY])
        end = start + rng.choice([10, 40, 100, 400, 731]) * DAY
        if parent:
            start, end = max(start, parent.start), min(end, parent.end)
        limit = rng.choice([100, 250, 1_000])
        return Budget(rng.choice(self.spenders), limit, rng.choice([ONCE, MONTH, MONTH, QUARTER]), start, end, 0)

    def _tuple(self, terms):
        return (terms.spender, self.asset.address, terms.limit, terms.kind, max(terms.start, 0), terms.end, 0)

    def open(self):
        if len(self.live()) < 6:
            terms = self._terms()
            self.treasury.openBudget(self._tuple(terms), sender=self.dao)
            self.budgets.append(terms)

    def below(self):
        if not self.budgets or len(self.live()) >= 12:
            return
        parent = self.some()
        above, terms = self.budgets[parent - 1], self._terms(self.budgets[parent - 1])
        line = [budget for _, budget in self.chain_above(parent)]
        sound = (
            len(line) < 4
            and self.chain.timestamp < above.end
            and not any(budget.stopped or budget.closed for budget in line)
            and self.chain.timestamp < terms.end
            and terms.start < terms.end
        )
        if self.took(sound, self.treasury.openBudgetBelow, parent, self._tuple(terms), sender=above.spender):
            terms.parent = parent
            self.budgets.append(terms)

    def pay(self):
        if not self.budgets:
            return
        number = self.some()
        left = self.headroom(number)
        amount = self.random.choice([1, 7, 20, max(left, 1), left + 1, left // 2 + 1])
        spender = self.random.choice([self.budgets[number - 1].spender] * 4 + self.spenders)
        fits = amount <= left and spender == self.budgets[number - 1].spender
        if self.took(fits, self.treasury.pay, number, self.payee, amount, b"", "", sender=spender):
            self.note(number, amount)

    def many(self):
        if not self.budgets:
            return
        number = self.some()
        left, spender = self.headroom(number), self.budgets[number - 1].spender
        amounts = [self.random.choice([1, 5, left // 4 + 1, left // 2 + 1]) for _ in range(3)]
        payments = [(self.payee, amount, b"", "") for amount in amounts]
        if self.took(sum(amounts) <= left, self.treasury.payMany, number, payments, sender=spender):
            for amount in amounts:
                self.note(number, amount)

    def note(self, number, amount):
        self.payments.setdefault(number, []).append(Payment(number, self.chain.timestamp, amount))

    def back(self):
        made = [(number, i) for number, payments in self.payments.items() for i in range(len(payments))]
        if made:
            number, i = self.random.choice(made)
            payment = self.payments[number][i]
            amount = self.random.choice([1, payment.left, payment.left + 1, payment.left // 2 + 1])
            fits = 0 < amount <= payment.left
            if self.took(fits, self.treasury.giveBack, number, i + 1, amount, sender=self.payee):
                payment.left -= amount

    def stop(self):
        if not self.budgets or self.random.random() < 0.4:
            return
        number = self.some()
        budget = self.budgets[number - 1]
        if budget.stopped:
            self.treasury.unfreezeBudget(number, sender=self.dao)
            budget.stopped = False
        elif self.random.random() < 0.7:
            self.took(True, self.treasury.freezeBudget, number, sender=self.dao)
            budget.stopped = not budget.closed
        else:
            by = budget.spender if budget.closed else self.dao
            budget.closed |= self.took(not budget.closed, self.treasury.closeBudget, number, sender=by)

    def wait(self):
        now = self.chain.timestamp
        edge = next(edge for edge in EDGES if edge > now + 1)
        ends = sorted(t for budget in self.budgets for t in (budget.start, budget.end) if t > now + 1)
        aims = [edge, edge - 1, now + 1, now + 20 * DAY, *(t - self.random.randrange(2) for t in ends[:2])]
        self.chain.warp(self.random.choice(aims))

    def took(self, expected, function, *args, sender):
        """Whether the contract took it, which must be what the model expects."""
        try:
            function(*args, sender=sender)
            refusal = None
        except Reverted as reverted:
            refusal = reverted
        assert (refusal is None) == expected, f"{function.abi['name']}{args}: {refusal}"
        return expected

    def look(self):
        """The laws."""
        everything = [payment for payments in self.payments.values() for payment in payments]
        paid = sum(payment.left for payment in everything)
        assert self.asset.balanceOf(self.treasury) == HELD - paid
        for number, budget in enumerate(self.budgets, 1):
            assert self.treasury.headroom(number) == self.headroom(number)
            kept = self.treasury.budgetOf(number)
            assert kept["spent"] == self.spent(number, self.chain.timestamp)
            assert (kept["closed"], kept["frozen"]) == (budget.closed, budget.stopped)
            for payment in everything:
                assert self.spent(number, payment.second) <= budget.limit


SEEDS = [1, 2, 3, int(os.environ["PHEMEXIA_SEED"])]


@pytest.mark.parametrize("seed", SEEDS, ids=["1", "2", "3", "random"])
def test_budgets_over_random_sequences(seed):
    paid = 0
    for sequence in range(4):
        world = World(f"{seed}/{sequence}")
        for _ in range(160):
            if world.chain.timestamp < START + 700 * DAY:
                world.step()
                world.look()
        paid += sum(len(payments) for payments in world.payments.values())
    assert paid > 20
