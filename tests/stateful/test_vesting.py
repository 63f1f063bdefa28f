"""Grants of a vesting contract, against a model that recomputes everything from the calendar.

After every step: paid + held = funded, nobody was paid more than has vested, and nothing vested was taken back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from support.schedule import (
    BUILDERS,
    INVESTORS,
    LINEAR,
    LINEARLY,
    OPERATIONS,
    RETAIL,
    add_months,
    instalments,
    unlocked,
)
from support.suite import DAY, PT, Suite

from phemexia.evm import Chain, reverts

FUNDS = 1_000 * PT
NOTICE = 30 * DAY

actors = st.integers(0, 2)
numbers = st.integers(0, 11)
amounts = st.one_of(st.integers(1, 100 * PT), st.integers(1, 100))
spans = st.sampled_from([1, DAY, 7 * DAY, 31 * DAY, 92 * DAY])
offsets = st.sampled_from([0, -1, 1])
recipients = st.sampled_from([0, 1, 2, "here"])


@dataclass
class Grant:
    amount: int
    start: int
    firm: int
    revocable: bool
    claimed: int = 0
    revoked: bool = False
    seen: int = 0
    """As much of it had vested at some time, and so for ever."""


class VestingMachine(RuleBasedStateMachine):
    """Grantor, DAO, guardian and owners do what they can, for years."""

    reached: ClassVar[Counter[str]] = Counter()

    @initialize(plan=st.sampled_from([RETAIL, OPERATIONS, LINEARLY, BUILDERS, INVESTORS]), wait=st.integers(0, 60))
    def deploy(self, plan, wait) -> None:
        suite = self.suite = Suite(Chain())
        self.chain, self.plan, self.start = suite.chain, plan, suite.chain.timestamp + wait * DAY
        self.dao, self.grantor, self.guardian = map(self.chain.account, ("dao", "grantor", "drops"))
        args = (suite.token, self.dao, suite.treasury, suite.escrow, self.grantor, self.guardian, self.start, plan)
        self.vesting = self.chain.deploy("Vesting", *args)
        suite.pay(self.vesting, FUNDS)
        self.term = max(self.chain.timestamp, self.start) + 180 * DAY
        self.held = FUNDS
        self.before = suite.token.balanceOf(suite.treasury)
        self.returned = 0
        self.owners = [self.chain.account(f"owner {i}") for i in range(3)]
        self.grants: dict[tuple[int, int], Grant] = {}
        self.counts = [0, 0, 0]
        self.paid = [0, 0, 0]
        self.batch = 0

    # --- the model

    def promised(self) -> int:
        return sum(grant.amount - grant.claimed for grant in self.grants.values())

    def free(self) -> int:
        return self.held - self.promised()

    def vested(self, grant: Grant) -> int:
        if grant.revoked:
            return grant.amount
        return unlocked(self.plan, grant.start, grant.amount, self.chain.timestamp)

    def pick(self, which: int) -> tuple[int, int, Grant | None]:
        """One of the grants there are, rather one that waits; for one number in twelve one that there is not."""
        if which == 11 or not self.grants:
            return which % 3, self.counts[which % 3], None
        waiting = [key for key, grant in self.grants.items() if grant.firm > self.chain.timestamp]
        keys = waiting if waiting and which % 4 == 0 else sorted(self.grants)
        owner, number = keys[which % len(keys)]
        return owner, number, self.grants[owner, number]

    def moments(self) -> list[int]:
        """Seconds of the future in which something changes."""
        found = [self.start, self.term]
        for grant in self.grants.values():
            ends = instalments(self.plan, grant.start)
            if self.plan[4] == LINEAR:
                ends = [add_months(grant.start, self.plan[1]), ends[-1]]
            ahead = [end for end in ends if end > self.chain.timestamp]
            found += [grant.firm, grant.start, *ahead[:1], *ends[-1:]]
        return sorted({moment for moment in found if moment > self.chain.timestamp + 1})

    # --- steps

    @rule(by_dao=st.booleans(), rows=st.lists(st.tuples(actors, amounts, st.booleans()), max_size=3), late=actors)
    def grant(self, by_dao, rows, late) -> None:
        self.grant_by(by_dao, rows, late)

    def has_room(self, amount: int) -> bool:
        """For a grant of so much, and for the years until its end: starts have 32 bits."""
        return 0 < amount <= self.free() and self.chain.timestamp < self.start + 40 * 365 * DAY

    def grant_by(self, by_dao: bool, rows: list[tuple[int, int, bool]], late: int) -> None:
        self.batch += 1
        now = self.chain.timestamp
        start = max(self.start, now) + late * 30 * DAY
        given = [(self.owners[o], amount, start if late else 0, revocable) for o, amount, revocable in rows]
        call, sender = self.vesting.grant, self.dao if by_dao else self.grantor
        if sum(row[1] for row in rows) > self.free():
            with reverts("Vesting__NotFunded", unpromised=self.free()):
                call(self.batch.to_bytes(32), given, sender=sender)
            self.reached["not funded"] += 1
            return
        call(self.batch.to_bytes(32), given, sender=sender)
        for owner, amount, revocable in rows:
            firm = now if by_dao else now + NOTICE
            grant = Grant(amount, start if late else self.start, firm, revocable)
            self.grants[owner, self.counts[owner]] = grant
            self.counts[owner] += 1
            self.reached["granted by the DAO" if by_dao else "granted with notice"] += 1

    @rule()
    def grant_all_there_is(self) -> None:
        """To the wei, and not a wei more."""
        self.batch += 1
        row = [(self.owners[0], self.free() + 1, 0, True)]
        with reverts("Vesting__NotFunded", unpromised=self.free()):
            self.vesting.grant(self.batch.to_bytes(32), row, sender=self.dao)
        if self.free() and self.batch % 4 == 0:
            self.grants[0, self.counts[0]] = Grant(self.free(), self.start, self.chain.timestamp, True)
            row = [(self.owners[0], row[0][1] - 1, 0, True)]
            self.vesting.grant(self.batch.to_bytes(32), row, sender=self.dao)
            self.counts[0] += 1

    @rule(which=numbers, to=recipients)
    def claim(self, which, to) -> None:
        self.claim_of(*self.pick(which), to)

    @rule(which=st.integers(0, 5), offset=offsets, to=recipients)
    def payday(self, which, offset, to) -> None:
        """Everybody comes around the second in which something changes."""
        self.wait_for(which, offset)
        for (owner, number), grant in self.grants.items():
            self.claim_of(owner, number, grant, to)

    def claim_of(self, owner: int, number: int, grant: Grant | None, to: int | str) -> None:
        wallet = self.owners[owner]
        target = self.owners[to] if isinstance(to, int) else self.vesting.address
        error = ""
        if grant is None:
            error = "Vesting__NoGrant"
        elif self.chain.timestamp < grant.firm:
            error = "Vesting__Waits"
        elif self.vested(grant) == grant.claimed:
            error = "Vesting__NothingToClaim"
        if grant is None or error:
            with reverts(error):
                self.vesting.claim(number, target, sender=wallet)
            self.reached[error] += 1
            return
        due = self.vested(grant) - grant.claimed
        assert self.vesting.claim(number, target, sender=wallet).returned == due
        self.reached["claimed again" if grant.claimed else "claimed"] += 1
        self.reached["claimed of a revoked one"] += grant.revoked
        grant.claimed += due
        if isinstance(to, int):
            self.paid[to] += due
            self.held -= due

    @rule(amount=amounts, owner=actors, which=st.integers(0, 2), offset=offsets)
    def dismiss(self, amount, owner, which, offset) -> None:
        """A grant is revoked around one of its first instalments, and its owner comes for the rest at once."""
        if not self.has_room(amount):
            return
        self.grant_by(True, [(owner, amount, True)], 1)
        number = self.counts[owner] - 1
        grant = self.grants[owner, number]
        self.transfer_of(owner, number, grant, owner)
        ends = instalments(self.plan, grant.start)
        self.chain.warp(ends[min(which, len(ends) - 1)] + offset)
        self.revoke_of(owner, number, grant)
        self.claim_of(owner, number, grant, owner)

    @rule(which=numbers)
    def revoke(self, which) -> None:
        self.revoke_of(*self.pick(which))

    def revoke_of(self, owner: int, number: int, grant: Grant | None) -> None:
        if grant is None or not grant.revocable or grant.revoked:
            with reverts("Vesting__NoGrant" if grant is None else "Vesting__NotRevocable"):
                self.vesting.revoke(self.owners[owner], number, sender=self.dao)
            return
        vested = self.vested(grant)
        self.vesting.revoke(self.owners[owner], number, sender=self.dao)
        self.reached["revoked in part" if 0 < vested < grant.amount else "revoked"] += 1
        self.reached["revoked with something to claim"] += vested > grant.claimed
        grant.amount, grant.revoked = vested, True

    @rule(amount=amounts, owner=actors, offset=offsets)
    def regret(self, amount, owner, offset) -> None:
        """A grant with notice is dropped in its last seconds, or too late."""
        if self.has_room(amount):
            self.grant_by(False, [(owner, amount, False)], 0)
            self.chain.sleep(NOTICE + offset)
            number = self.counts[owner] - 1
            grant = self.grants[owner, number]
            if offset < 0:
                self.transfer_of(owner, number, grant, owner)
            self.claim_of(owner, number, grant, owner)
            self.drop_of(owner, number, grant)

    @rule(which=numbers)
    def drop(self, which) -> None:
        self.drop_of(*self.pick(which))

    def drop_of(self, owner: int, number: int, grant: Grant | None) -> None:
        call, ids, sender = self.vesting.drop, [(self.owners[owner], number)], self.guardian
        if self.chain.timestamp >= self.term:
            with reverts("Vesting__NotGuardian"):
                call(ids, sender=sender)
            sender = self.dao
        if grant is None:
            assert call(ids, sender=sender).events == []
        elif self.chain.timestamp >= grant.firm:
            with reverts("Vesting__Firm", firm=grant.firm):
                call(ids, sender=sender)
            self.reached["firm"] += 1
        else:
            call(ids, sender=sender)
            del self.grants[owner, number]
            self.reached["dropped"] += 1

    @rule(which=numbers, to=actors)
    def transfer(self, which, to) -> None:
        self.transfer_of(*self.pick(which), to)

    def transfer_of(self, owner: int, number: int, grant: Grant | None, to: int) -> None:
        if grant is None:
            with reverts("Vesting__NoGrant"):
                self.vesting.offer(number, self.owners[to], sender=self.owners[owner])
            return
        self.vesting.offer(number, self.owners[to], sender=self.owners[owner])
        least = grant.amount - grant.claimed
        waits = self.chain.timestamp < grant.firm
        if waits or (grant.revocable and not grant.revoked):
            with reverts("Vesting__Waits" if waits else "Vesting__Revocable"):
                self.vesting.accept(self.owners[owner], number, least, sender=self.owners[to])
            self.reached["kept in its place"] += 1
            return
        with reverts("Vesting__TooLittleLeft", left=least):
            self.vesting.accept(self.owners[owner], number, least + 1, sender=self.owners[to])
        moved = self.vesting.accept(self.owners[owner], number, least, sender=self.owners[to]).returned
        assert moved == self.counts[to]
        self.grants[to, moved] = self.grants.pop((owner, number))
        self.counts[to] += 1
        self.reached["transferred"] += 1

    @rule(part=st.sampled_from([100, 10, 3, 1]), excess=st.booleans())
    def give_back(self, part, excess) -> None:
        amount = self.free() + 1 if excess else self.free() // part
        if excess:
            with reverts("Vesting__NotFunded", amount=amount):
                self.vesting.returnUnpromised(amount, sender=self.dao)
            return
        self.vesting.returnUnpromised(amount, sender=self.dao)
        self.returned += amount
        self.held -= amount

    @rule(amount=amounts)
    def fund(self, amount) -> None:
        """Whatever PT arrives counts as funds."""
        self.suite.pay(self.vesting, amount)
        self.held += amount

    @rule(span=spans)
    def sleep(self, span) -> None:
        self.chain.sleep(span)

    @rule(which=st.integers(0, 5), offset=offsets)
    def wait(self, which, offset) -> None:
        self.wait_for(which, offset)

    def wait_for(self, which: int, offset: int) -> None:
        """For a second in which something changes, the one before or the one after."""
        ahead = self.moments()
        if ahead:
            self.chain.warp(ahead[which % len(ahead)] + offset)

    # --- laws

    @invariant()
    def paid_and_held_are_funded(self) -> None:
        token = self.suite.token
        assert token.balanceOf(self.vesting) == self.held
        assert [token.balanceOf(owner) for owner in self.owners] == self.paid
        assert token.balanceOf(self.suite.treasury) == self.before + self.returned
        assert (self.vesting.promised(), self.vesting.unpromised()) == (self.promised(), self.free())

    @invariant()
    def what_is_gone_is_nobody_s(self) -> None:
        for owner, count in enumerate(self.counts):
            assert self.vesting.grantCount(self.owners[owner]) == count
            for number in range(count):
                if (owner, number) not in self.grants:
                    shown = self.vesting.grantOf(self.owners[owner], number)
                    assert (shown["amount"], shown["firm"], int(shown["offeredTo"], 16)) == (0, 0, 0)

    @invariant()
    def nobody_is_paid_more_than_vested_and_nothing_vested_is_lost(self) -> None:
        for (owner, number), grant in self.grants.items():
            shown = self.vesting.grantOf(self.owners[owner], number)
            assert shown["claimed"] == grant.claimed <= shown["vested"] == self.vested(grant) <= grant.amount
            assert (shown["amount"], shown["firm"], shown["revoked"]) == (grant.amount, grant.firm, grant.revoked)
            waits = self.chain.timestamp < grant.firm
            claimable = 0 if waits else shown["vested"] - grant.claimed
            assert self.vesting.claimable(self.owners[owner], number) == claimable
            assert shown["vested"] >= grant.seen
            grant.seen = shown["vested"]


VestingMachine.TestCase.settings = settings(
    max_examples=100,
    stateful_step_count=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


class TestVesting(VestingMachine.TestCase):
    def runTest(self) -> None:
        """The laws hold, and the steps did get to what the laws are about."""
        super().runTest()
        missing = {
            *("granted by the DAO", "granted with notice", "not funded", "claimed", "claimed again", "firm"),
            *("claimed of a revoked one", "revoked", "revoked in part", "revoked with something to claim"),
            *("dropped", "transferred", "kept in its place"),
            *("Vesting__NoGrant", "Vesting__Waits", "Vesting__NothingToClaim"),
        } - {name for name, times in VestingMachine.reached.items() if times}
        assert not missing, f"never reached: {missing}, of {VestingMachine.reached}"
