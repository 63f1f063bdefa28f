"""Grants of a vesting contract and claims of a campaign, against models that recompute all from the calendar.

After every step: paid + held = funded, and nobody was paid more than has vested.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from support.schedule import API, BUILDERS, INVESTORS, LINEARLY, OPERATIONS, RETAIL, unlocked
from support.suite import PT, ROOT_DELAY, Suite

from phemexia.evm import Chain, reverts
from phemexia.merkle import StandardTree

DAY = 86_400
FUNDS = 1_000 * PT
NOTICE = 30 * DAY
LEAF = ("uint256", "uint8", "uint256")

actors = st.integers(0, 2)
amounts = st.one_of(st.integers(1, 400 * PT), st.integers(1, 100))
spans = st.sampled_from([1, DAY, 7 * DAY - 1, 7 * DAY, NOTICE - 1, NOTICE, 31 * DAY, 92 * DAY, 400 * DAY])


@dataclass
class Grant:
    amount: int
    start: int
    firm: int
    revocable: bool
    claimed: int = 0
    revoked: bool = False


class VestingMachine(RuleBasedStateMachine):
    """Grantor, DAO, guardian and owners do what they can, for years."""

    @initialize(plan=st.sampled_from([INVESTORS, OPERATIONS, BUILDERS, LINEARLY, RETAIL]), wait=st.integers(0, 60))
    def deploy(self, plan, wait) -> None:
        suite = self.suite = Suite(Chain())
        self.chain, self.plan, self.start = suite.chain, plan, suite.chain.timestamp + wait * DAY
        self.dao, self.grantor, self.guardian = map(self.chain.account, ("dao", "grantor", "drops"))
        args = (suite.token, self.dao, suite.treasury, suite.escrow, self.grantor, self.guardian, self.start, plan)
        self.vesting = self.chain.deploy("Vesting", *args)
        suite.pay(self.vesting, FUNDS)
        self.term = max(self.chain.timestamp, self.start) + 180 * DAY
        self.returned = self.before = suite.token.balanceOf(suite.treasury)
        self.owners = [self.chain.account(f"owner {i}") for i in range(3)]
        self.grants: dict[tuple[int, int], Grant] = {}
        self.counts = [0, 0, 0]
        self.paid = [0, 0, 0]
        self.batch = 0

    # --- the model

    def promised(self) -> int:
        return sum(grant.amount - grant.claimed for grant in self.grants.values())

    def free(self) -> int:
        return FUNDS - sum(self.paid) - (self.returned - self.before) - self.promised()

    def vested(self, grant: Grant) -> int:
        if grant.revoked:
            return grant.amount
        return unlocked(self.plan, grant.start, grant.amount, self.chain.timestamp)

    def pick(self, owner: int, number: int) -> tuple[int, Grant | None]:
        number = number % self.counts[owner] if self.counts[owner] else 0
        return number, self.grants.get((owner, number))

    # --- steps

    @rule(by_dao=st.booleans(), rows=st.lists(st.tuples(actors, amounts, st.booleans()), max_size=3), late=actors)
    def grant(self, by_dao, rows, late) -> None:
        self.batch += 1
        now = self.chain.timestamp
        start = max(self.start, now) + late * 30 * DAY
        given = [(self.owners[o], amount, start if late else 0, revocable) for o, amount, revocable in rows]
        call, sender = self.vesting.grant, self.dao if by_dao else self.grantor
        if sum(row[1] for row in rows) > self.free():
            with reverts("Vesting__NotFunded", unpromised=self.free()):
                call(self.batch.to_bytes(32), given, sender=sender)
            return
        call(self.batch.to_bytes(32), given, sender=sender)
        for owner, amount, revocable in rows:
            firm = now if by_dao else now + NOTICE
            grant = Grant(amount, start if late else self.start, firm, revocable)
            self.grants[owner, self.counts[owner]] = grant
            self.counts[owner] += 1

    @rule(owner=actors, number=st.integers(0, 20))
    def claim(self, owner, number) -> None:
        number, grant = self.pick(owner, number)
        wallet = self.owners[owner]
        if grant is None:
            with reverts("Vesting__NoGrant"):
                self.vesting.claim(number, wallet, sender=wallet)
        elif self.chain.timestamp < grant.firm:
            with reverts("Vesting__Waits", firm=grant.firm):
                self.vesting.claim(number, wallet, sender=wallet)
        elif self.vested(grant) == grant.claimed:
            with reverts("Vesting__NothingToClaim"):
                self.vesting.claim(number, wallet, sender=wallet)
        else:
            due = self.vested(grant) - grant.claimed
            assert self.vesting.claim(number, wallet, sender=wallet).returned == due
            grant.claimed += due
            self.paid[owner] += due

    @rule(owner=actors, number=st.integers(0, 20))
    def revoke(self, owner, number) -> None:
        number, grant = self.pick(owner, number)
        if grant is None or not grant.revocable or grant.revoked:
            with reverts("Vesting__NoGrant" if grant is None else "Vesting__NotRevocable"):
                self.vesting.revoke(self.owners[owner], number, sender=self.dao)
            return
        vested = self.vested(grant)
        self.vesting.revoke(self.owners[owner], number, sender=self.dao)
        grant.amount, grant.revoked = vested, True

    @rule(owner=actors, number=st.integers(0, 20))
    def drop(self, owner, number) -> None:
        number, grant = self.pick(owner, number)
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
        else:
            call(ids, sender=sender)
            del self.grants[owner, number]

    @rule(owner=actors, number=st.integers(0, 20), to=actors)
    def transfer(self, owner, number, to) -> None:
        number, grant = self.pick(owner, number)
        if grant is None:
            return
        self.vesting.offer(number, self.owners[to], sender=self.owners[owner])
        least = grant.amount - grant.claimed
        waits = self.chain.timestamp < grant.firm
        if waits or (grant.revocable and not grant.revoked):
            with reverts("Vesting__Waits" if waits else "Vesting__Revocable"):
                self.vesting.accept(self.owners[owner], number, least, sender=self.owners[to])
            return
        with reverts("Vesting__TooLittleLeft", left=least):
            self.vesting.accept(self.owners[owner], number, least + 1, sender=self.owners[to])
        moved = self.vesting.accept(self.owners[owner], number, least, sender=self.owners[to]).returned
        assert moved == self.counts[to]
        self.grants[to, moved] = self.grants.pop((owner, number))
        self.counts[to] += 1

    @rule(part=st.sampled_from([1, 2, 10]))
    def give_back(self, part) -> None:
        amount = self.free() // part
        self.vesting.returnUnpromised(amount, sender=self.dao)
        self.returned += amount

    @rule(span=spans)
    def sleep(self, span) -> None:
        self.chain.sleep(span)

    # --- laws

    @invariant()
    def paid_and_held_are_funded(self) -> None:
        token = self.suite.token
        held = token.balanceOf(self.vesting)
        assert held + sum(self.paid) + self.returned - self.before == FUNDS
        assert [token.balanceOf(owner) for owner in self.owners] == self.paid
        assert token.balanceOf(self.suite.treasury) == self.returned
        assert (self.vesting.promised(), self.vesting.unpromised()) == (self.promised(), self.free())

    @invariant()
    def nobody_is_paid_more_than_vested(self) -> None:
        for (owner, number), grant in self.grants.items():
            shown = self.vesting.grantOf(self.owners[owner], number)
            assert shown["claimed"] == grant.claimed <= shown["vested"] == self.vested(grant) <= grant.amount
            assert (shown["amount"], shown["firm"], shown["revoked"]) == (grant.amount, grant.firm, grant.revoked)


class CampaignMachine(RuleBasedStateMachine):
    """A publisher, honest or not, a guardian, holders who claim, lose and revive their passes, and the sweep."""

    @initialize(wait=st.integers(0, 20))
    def deploy(self, wait) -> None:
        suite = self.suite = Suite(Chain())
        self.chain, self.tge = suite.chain, suite.chain.timestamp + wait * DAY
        self.deadline = self.tge + 100 * DAY
        self.dao, self.plans = self.chain.account("dao"), [RETAIL, API]
        args = (
            suite.token,
            suite.soul_pass,
            self.dao,
            suite.treasury,
            suite.escrow,
            suite.core_team,
            suite.publisher,
            suite.guardian,
        )
        terms = (self.tge, ROOT_DELAY, self.deadline, FUNDS // 2)
        self.campaign = self.chain.deploy("Campaign", *args, FUNDS, terms, self.plans)
        suite.pay(self.campaign, FUNDS)
        self.wallets = [suite.wallet(f"holder {i}") for i in range(3)]
        for wallet in self.wallets:
            suite.belong(wallet)
        self.before = suite.token.balanceOf(suite.treasury)
        self.active: tuple[StandardTree | None, int] = (None, 0)
        self.waits: tuple[StandardTree, int, int] | None = None
        self.claimed = dict.fromkeys(((p, k) for p in (1, 2, 3) for k in (0, 1)), 0)
        self.swept = 0
        self.moves = 0

    def paid(self) -> int:
        return sum(self.claimed.values())

    def settle(self) -> None:
        if self.waits and self.chain.timestamp >= self.waits[2] and self.waits[1] >= self.paid():
            self.active, self.waits = self.waits[:2], None

    def over(self) -> bool:
        return self.chain.timestamp > self.deadline

    @rule(grants=st.lists(amounts, min_size=6, max_size=6), cut=st.sampled_from([0, 0, 0, 1, PT]))
    def propose(self, grants, cut) -> None:
        leaves = [(p, k, grants[2 * p - 2 + k]) for p in (1, 2, 3) for k in (0, 1)]
        tree, total = StandardTree(leaves, LEAF), max(sum(grants) - cut, 0)
        if self.over():
            with reverts("Campaign__Ended"):
                self.campaign.proposeRoot(tree.root, total, sender=self.suite.publisher)
            return
        self.settle()
        most = min(FUNDS, self.active[1] + FUNDS // 2)
        error = "TotalTooHigh" if total > most else "TotalTooLow" if total < self.paid() else ""
        if error:
            with reverts(f"Campaign__{error}"):
                self.campaign.proposeRoot(tree.root, total, sender=self.suite.publisher)
            return
        self.campaign.proposeRoot(tree.root, total, sender=self.suite.publisher)
        self.waits = (tree, total, self.chain.timestamp + ROOT_DELAY)

    @rule()
    def drop(self) -> None:
        if self.waits is None or self.campaign.pendingRoot()["since"] == 0:
            return
        within = self.chain.timestamp < self.campaign.guardianUntil()
        self.campaign.dropRoot(sender=self.suite.guardian if within else self.dao)
        self.waits = None

    @rule(holder=actors, kind=st.integers(0, 1))
    def claim(self, holder, kind) -> None:
        self.settle_on_claim(holder, kind)

    def settle_on_claim(self, holder: int, kind: int) -> None:
        number, wallet = holder + 1, self.wallets[holder]
        due_root = self.waits
        ready = due_root and self.chain.timestamp >= due_root[2] and due_root[1] >= self.paid()
        tree, total = due_root[:2] if ready and due_root else self.active
        if tree is None or self.over():
            return
        index = 2 * holder + kind
        leaf, proof = tree.leaves[index], tree.proof(index)
        open_ = unlocked(self.plans[kind], self.tge, min(leaf[2], total), self.chain.timestamp)
        due = min(open_ - self.claimed[number, kind], total - self.paid())
        if due <= 0:
            name = "NothingToClaim" if open_ <= self.claimed[number, kind] else "TotalExhausted"
            with reverts(f"Campaign__{name}"):
                self.campaign.claim(*leaf, proof, wallet, sender=wallet)
            return
        assert self.campaign.claim(*leaf, proof, wallet, sender=wallet).returned == due
        self.settle()
        self.claimed[number, kind] += due
        assert self.claimed[number, kind] <= open_

    @rule(holder=actors)
    def revive(self, holder) -> None:
        """The account burns its pass and mints again, to the same wallet: the id and its claims stay."""
        wallet = self.wallets[holder]
        self.suite.soul_pass.burn(holder + 1, sender=wallet)
        assert self.suite.belong(wallet) == holder + 1

    @rule()
    def sweep(self) -> None:
        if not self.over():
            with reverts("Campaign__NotEnded"):
                self.campaign.sweep(sender=self.dao)
            return
        self.swept += self.campaign.sweep(sender=self.dao).returned

    @rule(span=spans)
    def sleep(self, span) -> None:
        self.chain.sleep(span)

    @invariant()
    def paid_and_held_are_funded(self) -> None:
        token = self.suite.token
        assert token.balanceOf(self.campaign) + self.paid() + self.swept == FUNDS
        assert token.balanceOf(self.suite.treasury) == self.before + self.swept
        assert sum(token.balanceOf(wallet) for wallet in self.wallets) == self.paid()
        if not self.swept:
            assert self.campaign.claimedTotal() == self.paid()

    @invariant()
    def nothing_is_claimed_beyond_the_root(self) -> None:
        assert self.paid() <= max(self.active[1], self.waits[1] if self.waits else 0)
        for (number, kind), amount in self.claimed.items():
            assert self.campaign.claimed(number, kind) == amount


short = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
VestingMachine.TestCase.settings = short
CampaignMachine.TestCase.settings = short
TestVesting = VestingMachine.TestCase
TestCampaign = CampaignMachine.TestCase
