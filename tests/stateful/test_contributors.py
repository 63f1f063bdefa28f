"""Grants, streams and bounties of two groups in three assets, against a model of integers.

The contract must take an action just when the model would. Laws, after each step and for each asset: what was
taken out of budgets is what was drawn, what went back and what is held; what the contract has is exactly what is
held; no award pays more than was earned; the record of a pass has the points of what was drawn. Rows M1, M3, M8,
M11, S4.
"""

import os
import random

import pytest
from support.awards import (
    ACCEPTED,
    APPROVED,
    BOUNTY,
    OPEN,
    POINTS,
    RETURNED,
    SPAN,
    STREAM,
    TRANCHE,
    WAIT,
    Award,
    Bounty,
    Grant,
    Pass,
)
from support.contributors import CONTRIBUTION, DAY, GROUP, OTHER_GROUP, TERM, TEXT, Program
from support.solidity import compile_source

from phemexia.evm import START, ZERO, Reverted

LIMIT = 10_000
NAMES = ["designer", "writer", "tester"]
END = START + 690 * DAY
LOST = 3
"""The pass that is seldom minted again once it was burned."""


class World:
    """The program, its model, and what they must agree on."""

    def __init__(self, seed, code="Contributors"):
        self.random = random.Random(seed)
        self.program = Program(code)
        self.chain, self.contract = self.program.chain, self.program.contributors
        self.treasury = self.program.treasury
        self.taxed = self.chain.deploy(compile_source("OddTokens.sol", "TaxedToken"), self.treasury, 10**9)
        self.accounts = {GROUP: self.program.account, OTHER_GROUP: self.program.other_account}
        self.speaks = dict.fromkeys(self.accounts, True)
        self.assets = {
            self.program.token.address: self.program.token,
            self.taxed.address: self.taxed,
            ZERO: None,
        }
        self.budgets: dict[int, tuple[int, str]] = {}
        for group, account in self.accounts.items():
            for asset in self.assets:
                parent = self.program.open_parent(asset, group, limit=LIMIT)
                budget = self.program.open_budget(parent, account, limit=LIMIT)
                self.budgets[budget] = (group, asset)
        for name in NAMES:
            self.program.belong(name)
        self.passes = {self.program.passes[name]: Pass(name, name) for name in NAMES}
        self.awards: list[Award] = []
        self.grants: list[Grant] = []
        self.bounties: dict[int, Bounty] = {}
        self.payments: dict[int, int] = {}
        self.given: dict[tuple[int, int], int] = {}
        self.points = dict.fromkeys(self.passes, 0)
        self.kept = dict.fromkeys(self.passes, 0)
        self.writes = True
        self.taken, self.drawn = dict.fromkeys(self.assets, 0), dict.fromkeys(self.assets, 0)
        self.tally: dict[str, int] = {}
        self.recoveries = self.steps = 0

    # -- what is asked of both

    @property
    def now(self):
        return self.chain.timestamp

    def took(self, expected, function, *args, sender):
        """Whether the contract took it, which must be what the model expects; what it returned."""
        name = function.abi["name"]
        try:
            returned, refusal = function(*args, sender=sender).returned, None
        except Reverted as reverted:
            returned, refusal = None, reverted
        assert (refusal is None) == bool(expected), f"{name}{args}: {refusal}"
        self.tally[name] = self.tally.get(name, 0) + (refusal is None)
        return refusal is None, returned

    def counts(self, number):
        return number in self.passes and self.passes[number].counts(self.now)

    def left(self, group):
        """Points that a group may still give."""
        return POINTS - self.given.get((group, self.now // SPAN), 0)

    def give(self, group, points):
        key = (group, self.now // SPAN)
        self.given[key] = self.given.get(key, 0) + points

    def ordering(self, group):
        """Who calls: most often the group's account; and whether its word is the group's."""
        who = self.random.choice([group] * 6 + list(self.accounts) + [None])
        sender = self.program.stranger if who is None else self.accounts[who]
        return sender, who == group and self.speaks[group]

    def ending(self, group):
        """The same for what the DAO may do, too."""
        if self.random.random() < 0.2:
            return self.program.dao, True
        return self.ordering(group)

    def holder(self, number):
        """Who draws: most often who holds the pass; and whether that works."""
        name = self.passes[number].wallet if number in self.passes else None
        if name is None or self.random.random() < 0.15:
            other = self.random.choice(list(self.program.wallets))
            return self.program.wallets[other], other == name and self.counts(number)
        return self.program.wallets[name], self.counts(number)

    def arrives(self, asset, amount):
        return amount - amount // 100 if asset == self.taxed.address else amount

    def pays(self, budget, amount):
        """Whether the treasury pays so much here; nothing else is asked of it."""
        return 0 < amount <= self.treasury.headroom(budget)

    def amount(self, budget):
        left = self.treasury.headroom(budget)
        return self.random.choice(
            [1, 7, 100, 101, 333, 999, left // 3 + 1, left // 5, left // 9 + 1, left, left + 1]
        )

    def hold(self, kind, number, budget, amount, points, start, span):
        """Book what came out of a budget; returns the award's number."""
        group, asset = self.budgets[budget]
        self.payments[budget] = self.payments.get(budget, 0) + 1
        arrived = self.arrives(asset, amount)
        self.taken[asset] += arrived
        self.awards.append(
            Award(kind, number, group, asset, budget, self.payments[budget], arrived, points, start, span)
        )
        return len(self.awards)

    def pick(self, kind=None, likely=Award.held):
        """The number of an award, most often one of that kind of which ``likely`` holds; zero if there is none."""
        fitting = [i for i, a in enumerate(self.awards, 1) if kind in (None, a.kind)]
        lively = [i for i in fitting if likely(self.awards[i - 1])]
        if self.random.random() < 0.05:
            return self.random.randrange(len(self.awards) + 2)
        return self.random.choice(lively * 5 + fitting) if fitting else 0

    def pick_bounty(self, *states):
        """The same for a bounty in one of those states."""
        numbers = {id(self.awards[number - 1]) for number, one in self.bounties.items() if one.state in states}
        return self.pick(BOUNTY, lambda award: id(award) in numbers)

    def pick_tranche(self, likely):
        """A grant and a tranche, most often such that ``likely(grant, tranche)``."""
        every = [(n, t) for n, grant in enumerate(self.grants, 1) for t in range(len(grant.tranches) + 2)]
        lively = [(n, t) for n, t in every if likely(self.grants[n - 1], t)]
        return self.random.choice(lively if lively and self.random.random() < 0.8 else every)

    def award(self, number, kind):
        """The award of that number, if it is of that kind."""
        award = self.awards[number - 1] if 1 <= number <= len(self.awards) else None
        return award if award is not None and award.kind == kind else None

    # -- streams

    def some_terms(self, group=None):
        budget = self.random.choice([b for b, (g, _) in self.budgets.items() if group in (None, g)])
        term = self.random.choice([1, 100, 10 * DAY, 30 * DAY + 7, 60 * DAY, TERM, TERM + 1])
        return budget, self.amount(budget), term, self.random.choice([0, 1, 1, 3, 3, 7, 10, 10, 60])

    def sound(self, budget, amount, term, points):
        return (
            1 <= term <= TERM and 1 <= points <= self.left(self.budgets[budget][0]) and self.pays(budget, amount)
        )

    def open_stream(self):
        number, terms = self.random.choice([*self.passes, *self.passes, 9]), self.some_terms()
        group = self.budgets[terms[0]][0]
        sender, may = self.ordering(group)
        fits = may and self.counts(number) and self.sound(*terms)
        ok, returned = self.took(fits, self.contract.openStream, number, (*terms, TEXT), "", sender=sender)
        if ok:
            self.give(group, terms[3])
            assert returned == self.hold(STREAM, number, terms[0], terms[1], terms[3], self.now, terms[2])

    def renew_stream(self):
        number = self.pick(STREAM, lambda stream: not stream.renewed and not stream.stopped)
        stream = self.award(number, STREAM)
        terms = self.some_terms(stream.group if stream and self.random.random() < 0.9 else None)
        group = self.budgets[terms[0]][0]
        sender, may = self.ordering(group)
        fits = (
            stream is not None
            and may
            and group == stream.group
            and not stream.stopped
            and not stream.renewed
            and self.now >= stream.start
            and self.counts(stream.number)
            and self.sound(*terms)
        )
        ok, returned = self.took(fits, self.contract.renewStream, number, (*terms, TEXT), "", sender=sender)
        if ok:
            stream.renewed = True
            self.give(group, terms[3])
            start = max(self.now, stream.start + stream.span)
            assert returned == self.hold(STREAM, stream.number, terms[0], terms[1], terms[3], start, terms[2])

    def stop_stream(self):
        if self.random.random() < 0.5:
            return
        number = self.pick(STREAM)
        stream = self.award(number, STREAM)
        sender, may = self.ending(stream.group if stream else GROUP)
        fits = stream is not None and may and self.now < stream.end
        if self.took(fits, self.contract.stopStream, number, sender=sender)[0]:
            stream.stopped = self.now
            stream.give_back(stream.amount - stream.earned(self.now))

    # -- drawing

    def draw(self, award, fits, function, *args):
        """Draw from an award of which ``fits`` says whether it may be drawn at all."""
        sender, holds = self.holder(award.number if award else 0)
        to = self.random.choice(
            [self.chain.account("recipient"), sender.address] * 4 + [ZERO, self.contract.address]
        )
        fits = fits and holds and award.due(self.now) > 0 and to not in (ZERO, self.contract.address)
        ok, returned = self.took(fits, function, *args, to, sender=sender)
        if ok:
            amount, points = award.draw(self.now)
            assert returned == amount
            self.drawn[award.asset] += amount
            self.add_points(award.number, points)

    def claim_stream(self):
        number = self.pick(STREAM, lambda stream: stream.due(self.now))
        stream = self.award(number, STREAM)
        self.draw(stream, stream is not None, self.contract.claimStream, number)

    def pay_tranche(self):
        if self.grants:
            number, tranche = self.pick_tranche(lambda grant, tranche: grant.awards.get(tranche))
            at = self.grants[number - 1].awards.get(tranche)
            award = self.awards[at - 1] if at else None
            self.draw(award, award is not None, self.contract.payTranche, number, tranche)

    def pay_bounty(self):
        number = self.pick_bounty(APPROVED)
        bounty = self.bounties.get(number)
        fits = bounty is not None and bounty.state == APPROVED
        self.draw(self.award(number, BOUNTY), fits, self.contract.payBounty, number)

    def add_points(self, number, points):
        """On the record, or kept while another writes it."""
        where = self.points if self.writes else self.kept
        where[number] += points

    # -- grants

    def open_grant(self):
        if len(self.grants) > 12:
            return
        number, budget = (
            self.random.choice([*self.passes, *self.passes, 9]),
            self.random.choice(list(self.budgets)),
        )
        group = self.budgets[budget][0]
        tranches = [
            (self.random.choice([1, 50, 333, LIMIT]), self.random.choice([0, 0, 1, 40 * DAY, 400 * DAY]), 2)
            for _ in range(self.random.randrange(1, 5))
        ]
        sender, may = self.ordering(group)
        fits = may and self.counts(number) and 2 * len(tranches) <= self.left(group)
        milestones = [(*tranche, TEXT) for tranche in tranches]
        ok, returned = self.took(fits, self.contract.openGrant, number, budget, milestones, sender=sender)
        if ok:
            self.give(group, 2 * len(tranches))
            self.grants.append(Grant(number, budget, group, tranches))
            assert returned == len(self.grants)

    def approve_tranche(self):
        if not self.grants:
            return
        number, tranche = self.pick_tranche(Grant.is_open)
        grant = self.grants[number - 1]
        sender, may = self.ordering(grant.group)
        fits = may and grant.is_open(tranche) and self.pays(grant.budget, grant.tranches[tranche - 1][0])
        ok, returned = self.took(fits, self.contract.approveTranche, number, tranche, "", sender=sender)
        if ok:
            amount, vesting, points = grant.tranches[tranche - 1]
            award = self.hold(TRANCHE, grant.number, grant.budget, amount, points, self.now, vesting)
            grant.awards[tranche] = award
            assert returned == award

    def drop_tranche(self):
        if self.grants and self.random.random() < 0.4:
            number, tranche = self.pick_tranche(Grant.is_open)
            grant = self.grants[number - 1]
            sender, may = self.ending(grant.group)
            fits = may and grant.is_open(tranche)
            if self.took(fits, self.contract.dropTranche, number, tranche, sender=sender)[0]:
                grant.awards[tranche] = None

    def end_grant(self):
        if self.grants and self.random.random() < 0.2:
            number = self.random.randrange(len(self.grants)) + 1
            grant = self.grants[number - 1]
            sender, may = self.ending(grant.group)
            if self.took(may and not grant.ended, self.contract.endGrant, number, sender=sender)[0]:
                grant.ended = True

    # -- bounties

    def post_bounty(self):
        budget = self.random.choice(list(self.budgets))
        group, amount = self.budgets[budget][0], self.amount(budget)
        ahead = [0, 1, 5 * DAY, 20 * DAY, 60 * DAY, 60 * DAY, 366 * DAY, 366 * DAY + 1]
        deadline = self.now + self.random.choice(ahead)
        points = self.random.choice([0, 1, 2, 5, 5, 200])
        sender, may = self.ordering(group)
        fits = (
            may
            and self.now < deadline <= self.now + 366 * DAY
            and 1 <= points <= self.left(group)
            and self.pays(budget, amount)
        )
        offer = (budget, amount, deadline, points, TEXT)
        ok, returned = self.took(fits, self.contract.postBounty, offer, "", sender=sender)
        if ok:
            self.give(group, points)
            assert returned == self.hold(BOUNTY, 0, budget, amount, points, 0, 0)
            self.bounties[returned] = Bounty(deadline)

    def apply_for(self):
        number = self.pick_bounty(OPEN)
        bounty, who = self.bounties.get(number), self.random.choice(list(self.passes))
        name = self.passes[who].wallet
        if name is not None:
            fits = (
                bounty is not None
                and bounty.state == OPEN
                and self.now < bounty.deadline
                and self.counts(who)
                and who not in bounty.applied
            )
            sender = self.program.wallets[name]
            if self.took(fits, self.contract.applyFor, number, TEXT, sender=sender)[0]:
                bounty.applied.add(who)

    def withdraw_application(self):
        number = self.pick_bounty(OPEN, ACCEPTED)
        bounty, who = self.bounties.get(number), self.random.choice(list(self.passes))
        name = self.passes[who].wallet
        if name is not None and self.random.random() < 0.4:
            fits = bounty is not None and who in bounty.applied and bounty.state in (OPEN, ACCEPTED)
            sender = self.program.wallets[name]
            if self.took(fits, self.contract.withdrawApplication, number, sender=sender)[0]:
                bounty.applied.remove(who)
                if bounty.accepted == who:
                    bounty.accepted, bounty.state = 0, OPEN

    def accept_applicant(self):
        number = self.pick_bounty(OPEN)
        bounty, award = self.bounties.get(number), self.award(number, BOUNTY)
        applied = sorted(bounty.applied) if bounty else []
        who = self.random.choice(applied * 3 + list(self.passes))
        sender, may = self.ordering(award.group if award else GROUP)
        fits = (
            bounty is not None
            and may
            and bounty.state == OPEN
            and self.now < bounty.deadline
            and who in bounty.applied
            and self.counts(who)
        )
        if self.took(fits, self.contract.acceptApplicant, number, who, sender=sender)[0]:
            bounty.accepted, bounty.state = who, ACCEPTED

    def approve_bounty(self):
        number = self.pick_bounty(ACCEPTED)
        bounty, award = self.bounties.get(number), self.award(number, BOUNTY)
        sender, may = self.ordering(award.group if award else GROUP)
        fits = bounty is not None and may and bounty.state == ACCEPTED
        if self.took(fits, self.contract.approveBounty, number, sender=sender)[0]:
            bounty.state, award.number, award.start = APPROVED, bounty.accepted, self.now

    def cancel_bounty(self):
        number = self.pick_bounty(OPEN)
        bounty, award = self.bounties.get(number), self.award(number, BOUNTY)
        sender, may = self.ending(award.group if award else GROUP)
        fits = bounty is not None and may and bounty.state == OPEN
        if self.random.random() < 0.3 and self.took(fits, self.contract.cancelBounty, number, sender=sender)[0]:
            bounty.state = RETURNED
            award.give_back(award.held())

    def refund_bounty(self):
        number = self.pick_bounty(OPEN, ACCEPTED)
        bounty, award = self.bounties.get(number), self.award(number, BOUNTY)
        fits = bounty is not None and bounty.state in (OPEN, ACCEPTED) and self.now >= bounty.deadline
        sender = self.program.stranger
        if self.took(fits, self.contract.refundBounty, number, sender=sender)[0]:
            bounty.state = RETURNED
            award.give_back(award.held())

    # -- passes, points, the world around

    def note_lapse(self):
        number = self.pick(None, lambda award: award.held() and not self.counts(award.number))
        award = self.awards[number - 1] if 1 <= number <= len(self.awards) else None
        lapsed = award is not None and not self.counts(award.number)
        fits = award is not None and award.number and award.held() and lapsed != bool(award.lapsed)
        if self.took(fits, self.contract.noteLapse, number, sender=self.program.stranger)[0]:
            award.lapsed = self.now if lapsed else 0

    def take_back(self):
        number = self.pick(None, lambda award: award.lapsed and award.held())
        award = self.awards[number - 1] if 1 <= number <= len(self.awards) else None
        if award is not None and award.lapsed and self.steps > 200 and self.random.random() < 0.6:
            self.chain.warp(max(self.now, award.lapsed + WAIT - self.random.randrange(2), award.end))
        fits = (
            award is not None
            and award.lapsed
            and not self.counts(award.number)
            and self.now >= max(award.lapsed + WAIT, award.end)
            and award.held()
        )
        if self.took(fits, self.contract.takeBack, number, sender=self.program.stranger)[0]:
            award.give_back(award.held())

    def recognize(self):
        group, who, points = self.random.choice(list(self.accounts)), self.random.choice(list(self.passes)), 3
        sender, may = self.ordering(group)
        fits = may and self.counts(who) and points <= self.left(group)
        if self.took(fits, self.contract.recognize, group, who, points, TEXT, sender=sender)[0]:
            self.give(group, points)
            self.add_points(who, points)

    def change_writer(self):
        if self.random.random() < 0.3:
            self.writes = not self.writes
            writer = self.contract if self.writes else self.program.publisher
            self.program.soul_pass.setWriter(CONTRIBUTION, writer, sender=self.program.dao)
        who = self.random.choice(list(self.passes))
        fits = self.writes and self.kept[who]
        if self.took(fits, self.contract.writePoints, who, sender=self.program.stranger)[0]:
            self.points[who] += self.kept[who]
            self.kept[who] = 0

    def change_pass(self):
        number = self.random.choice(list(self.passes))
        one, soul_pass = self.passes[number], self.program.soul_pass
        burns = 0.6 if number == LOST and len(self.awards) > 15 else 0.1
        if one.wallet is None:
            if one.revoked is not None:
                soul_pass.reinstate(number, sender=self.program.dao)
                one.revoked = None
            elif self.random.random() < (0.1 if number == LOST else 0.5):
                one.wallet = self.program.belong(f"{one.account}'s next", one.account) and f"{one.account}'s next"
        elif one.revoked is not None and self.random.random() < 0.7:
            soul_pass.reinstate(number, sender=self.program.dao)
            one.revoked = None
        elif one.revoked is None and self.random.random() < 0.12:
            soul_pass.revoke(number, 1, sender=self.program.issuer)
            one.revoked = self.now
        elif self.random.random() < burns:
            soul_pass.burn(number, sender=self.program.wallets[one.wallet])
            one.wallet = None
        elif self.random.random() < 0.15:
            self.recoveries += 1
            to = f"{one.account} {self.recoveries}"
            self.program.recover(one.account, to)
            one.wallet = to

    def change_offices(self):
        group = self.random.choice(list(self.accounts))
        if self.random.random() < (0.08 if self.speaks[group] else 0.95):
            self.speaks[group] = not self.speaks[group]
            self.program.offices.setSpends(
                group, self.accounts[group], self.speaks[group], sender=self.program.dao
            )
        budget = self.random.choice(list(self.budgets))
        if self.treasury.budgetOf(budget)["frozen"]:
            self.treasury.unfreezeBudget(budget, sender=self.program.dao)
        elif self.random.random() < 0.04:
            self.treasury.freezeBudget(budget, sender=self.program.dao)

    def gift(self):
        """A stranger gives back, in ether, for a payment that was ours."""
        fitting = [award for award in self.awards if award.asset == ZERO]
        if fitting and self.random.random() < 0.5:
            award = self.random.choice(fitting)
            left, _ = self.treasury.paymentOf(award.budget, award.payment)
            if left:
                gift = self.random.choice([1, left, left // 2 + 1])
                self.treasury.giveBack(award.budget, award.payment, gift, sender=self.program.stranger, value=gift)

    def wait(self):
        aims = {self.now + 1, self.now + DAY, self.now + 25 * DAY, (self.now // SPAN + 1) * SPAN}
        for award in self.awards:
            aims |= {award.end - 1, award.end, award.start, award.end + 1}
            if award.lapsed:
                aims |= {award.lapsed + WAIT - 1, award.lapsed + WAIT}
        for bounty in self.bounties.values():
            aims |= {bounty.deadline - 1, bounty.deadline}
        for one in self.passes.values():
            aims |= {one.revoked + 30 * DAY - 1, one.revoked + 30 * DAY} if one.revoked else set()
        ahead = sorted(aim for aim in aims if self.now < aim)
        near = [aim for aim in ahead if aim <= self.now + 15 * DAY]
        self.chain.warp(self.random.choice(near * 6 + ahead[:6]))

    ACTIONS = (
        [open_stream, claim_stream, wait] * 3
        + [renew_stream, stop_stream, open_grant, pay_tranche, approve_tranche, approve_tranche, pay_bounty] * 2
        + [drop_tranche, end_grant, post_bounty, apply_for, apply_for, withdraw_application, accept_applicant]
        + [accept_applicant, approve_bounty, cancel_bounty, refund_bounty, note_lapse, take_back, recognize]
        + [post_bounty, accept_applicant, approve_bounty, change_pass, change_offices]
        + [change_writer, change_pass, change_offices, gift, note_lapse, take_back]
    )

    def step(self):
        self.steps += 1
        self.random.choice(self.ACTIONS)(self)

    def look(self):
        """The laws."""
        for asset, contract in self.assets.items():
            of = [award for award in self.awards if award.asset == asset]
            held = sum(award.held() for award in of)
            assert self.taken[asset] == self.drawn[asset] + sum(award.returned for award in of) + held
            assert sum(award.claimed for award in of) == self.drawn[asset]
            have = self.chain.balance(self.contract) if contract is None else contract.balanceOf(self.contract)
            assert have == held
        for number, award in enumerate(self.awards, 1):
            assert 0 <= award.due(self.now) <= award.held()
            assert self.contract.claimable(number) == award.due(self.now)
            shown = self.contract.awardOf(number)
            assert (shown["claimed"], shown["returned"]) == (award.claimed, award.returned)
            assert (shown["amount"], shown["pass"], shown["lapsedAt"]) == (
                award.amount,
                award.number,
                award.lapsed,
            )
        for number in self.passes:
            assert self.program.points(number) == self.points[number]
            assert self.contract.pointsKept(number) == self.kept[number]
        for group in self.accounts:
            assert self.contract.pointsLeft(group) == self.left(group) >= 0


SEEDS = [1, 2, 3, int(os.environ["PHEMEXIA_SEED"])]


def play(seed, sequences=4, steps=350, code="Contributors"):
    """Random sequences; how often each function was taken."""
    tally: dict[str, int] = {}
    for sequence in range(sequences):
        world = World(f"{seed}/{sequence}", code)
        for _ in range(steps):
            if world.now < END:
                world.step()
                world.look()
        for name, count in world.tally.items():
            tally[name] = tally.get(name, 0) + count
    return tally


@pytest.mark.parametrize("seed", SEEDS, ids=["1", "2", "3", "random"])
def test_contributors_over_random_sequences(seed):
    tally = play(seed)
    assert sum(tally.values()) > 100
    assert sum(tally[name] for name in ("claimStream", "payTranche", "payBounty", "stopStream")) > 12
