"""Roots and claims of a campaign, against a model that recomputes everything from the calendar.

After every step: paid + held = funded and given, nobody was paid more than has unlocked, and the root that counts
is the model's.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from support.schedule import API, RETAIL, instalments, unlocked
from support.suite import DAY, PT, ROOT_DELAY, WEEK, Suite

from phemexia.evm import Chain, reverts
from phemexia.merkle import StandardTree

FUNDS = 1_000 * PT
STEP = 600 * PT
LEAF = ("uint256", "uint8", "uint256")
PLANS = [RETAIL, API]
EMPTY = {"root": bytes(32), "total": 0, "since": 0}
FIELDS = ("holder", "passId", "kind", "to", "way", "nonce", "deadline")
KINDS = ("address", "uint256", "uint8", "address", "uint8", "uint256", "uint256")
TYPES = {"Order": [{"name": name, "type": kind} for name, kind in zip(FIELDS, KINDS, strict=True)]}

actors = st.integers(0, 2)
kinds = st.integers(0, 1)
amounts = st.one_of(st.integers(PT, 150 * PT), st.integers(0, 100))
rounds = st.lists(amounts, min_size=6, max_size=6)
offsets = st.sampled_from([0, -1, 1])
ways = st.sampled_from(["call", "many", "order", "lock", "to the campaign"])


class CampaignMachine(RuleBasedStateMachine):
    """A publisher, honest or not, those who drop, donors, holders who claim in every way and move their passes."""

    reached: ClassVar[Counter[str]] = Counter()

    @initialize(wait=st.integers(0, 20), rows=rounds)
    def deploy(self, wait, rows) -> None:
        suite = self.suite = Suite(Chain())
        self.chain, self.tge = suite.chain, suite.chain.timestamp + wait * DAY
        self.deadline = self.tge + 100 * DAY
        self.dao = self.chain.account("dao")
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
        terms = (self.tge, ROOT_DELAY, self.deadline, STEP)
        self.campaign = self.chain.deploy("Campaign", *args, FUNDS, terms, PLANS)
        suite.pay(self.campaign, FUNDS)
        self.wallets = [suite.wallet(f"holder {i}") for i in range(3)]
        for wallet in self.wallets:
            suite.belong(wallet)
            self.approve(wallet)
        self.accounts = [wallet.address for wallet in self.wallets]
        suite.belong(suite.executives[0])
        self.droppers = [suite.guardian, suite.executives[0], self.dao]
        self.before = suite.token.balanceOf(suite.treasury)
        self.active: tuple[StandardTree | None, int, int] = (None, 0, 0)
        self.waits: tuple[StandardTree, int, int] | None = None
        self.claimed = {(p, k): 0 for p in (1, 2, 3) for k in (0, 1)}
        self.granted = dict(self.claimed)
        self.largest = dict(self.claimed)
        self.out = self.given = self.swept = self.moves = self.locked = 0
        self.publish(rows, True, 0)

    def approve(self, wallet) -> None:
        end = self.chain.timestamp // WEEK * WEEK + 104 * WEEK
        self.suite.escrow.setOperator(self.campaign, True, end, sender=wallet)

    # --- the model

    def held(self) -> int:
        return FUNDS + self.given - self.out - self.swept

    def missing(self) -> int:
        """What counts as claimed: what is missing from the allocation."""
        return max(FUNDS - self.held(), 0)

    def counts(self) -> bool:
        """Whether the root that waits has waited long enough, and claims have not overtaken it."""
        return self.waits is not None and self.chain.timestamp >= self.waits[2] and self.waits[1] >= self.missing()

    def settle(self) -> None:
        if self.counts():
            assert self.waits is not None
            self.active, self.waits = self.waits, None
            self.reached["activated"] += 1

    def over(self) -> bool:
        return self.chain.timestamp > self.deadline

    # --- roots

    @rule(rows=rounds, honest=st.booleans(), off=st.sampled_from([0, 1, 100 * PT, 900 * PT, -STEP]))
    def propose(self, rows, honest, off) -> None:
        self.publish(rows, honest, off)

    def publish(self, rows: list[int], honest: bool, off: int | None) -> None:
        """Propose a root that adds to the one before and names its sum.

        One that is not honest grants anything; its sum is off by so much, or little more than what was claimed.
        """
        call, publisher = self.campaign.proposeRoot, self.suite.publisher
        keys = list(self.granted)
        grants = {
            key: row // 3 + self.granted[key] if honest else row for key, row in zip(keys, rows, strict=True)
        }
        tree = StandardTree([(*key, grants[key]) for key in keys], LEAF)
        total = self.missing() + rows[0] // 20 if off is None else max(sum(grants.values()) - off, 0)
        honest = honest and off == 0
        if self.over():
            with reverts("Campaign__Ended"):
                call(tree.root, total, sender=publisher)
            return
        counts = self.counts()
        before = self.waits[1] if counts and self.waits else self.active[1]
        most = min(FUNDS, before + STEP)
        error = "TotalTooHigh" if total > most else "TotalTooLow" if total < self.missing() else ""
        if error:
            with reverts(f"Campaign__{error}"):
                call(tree.root, total, sender=publisher)
            self.reached[error] += 1
            return
        self.settle()
        call(tree.root, total, sender=publisher)
        self.waits = (tree, total, self.chain.timestamp + ROOT_DELAY)
        if honest:
            self.granted = grants

    @rule(rows=rounds, holder=actors, kind=kinds, way=ways)
    def undercut(self, rows, holder, kind, way) -> None:
        """A root names little more than was claimed, and claims may overtake it while it waits."""
        self.publish(rows, False, None)
        self.claim_of(holder, kind, way)
        self.chain.sleep(ROOT_DELAY)

    @rule()
    def activate(self) -> None:
        error = ""
        if self.over():
            error = "Campaign__Ended"
        elif self.waits is None:
            error = "Campaign__NoPendingRoot"
        elif self.chain.timestamp < self.waits[2]:
            error = "Campaign__RootWaits"
        elif self.waits[1] < self.missing():
            error = "Campaign__TotalTooLow"
        if error:
            with reverts(error):
                self.campaign.activateRoot(sender=self.dao)
            return
        self.campaign.activateRoot(sender=self.dao)
        self.settle()

    @rule(who=actors, really=st.sampled_from([False, False, False, True]))
    def drop(self, who, really) -> None:
        dropper = self.droppers[who]
        if self.waits is None:
            if dropper == self.dao:
                assert self.campaign.dropRoot(sender=dropper).events == []
                return
            with reverts("Campaign__NoPendingRoot"):
                self.campaign.dropRoot(sender=dropper)
        elif really:
            self.campaign.dropRoot(sender=dropper)
            self.waits = None
            self.reached["dropped"] += 1

    # --- claims

    @rule(holder=actors, kind=kinds, way=ways)
    def claim(self, holder, kind, way) -> None:
        self.claim_of(holder, kind, way)

    @rule(which=st.integers(0, 5), offset=offsets, way=ways)
    def payday(self, which, offset, way) -> None:
        """Everybody comes around the second in which something changes."""
        self.wait_for(which, offset)
        for holder in range(3):
            for kind in (0, 1):
                self.claim_of(holder, kind, way)

    def due(self, holder: int, kind: int) -> tuple[int, str]:
        """What a claim pays now, or the error that it fails with."""
        tree, total, _ = self.waits if self.counts() and self.waits else self.active
        if self.over():
            return 0, "Campaign__Ended"
        if tree is None:
            return 0, "Campaign__InvalidProof"
        leaf, before = tree.leaves[2 * holder + kind][2], self.claimed[holder + 1, kind]
        open_ = unlocked(PLANS[kind], self.tge, min(leaf, total), self.chain.timestamp)
        if open_ <= before:
            return 0, "Campaign__NothingToClaim"
        if total <= self.missing():
            return 0, "Campaign__TotalExhausted"
        if total - self.missing() < open_ - before:
            self.reached["cut short by the total"] += 1
        return min(open_ - before, total - self.missing()), ""

    def claim_of(self, holder: int, kind: int, way: str) -> None:
        wallet, number = self.wallets[holder], holder + 1
        tree = self.waits[0] if self.counts() and self.waits else self.active[0]
        index = 2 * holder + kind
        leaf = (*tree.leaves[index], tree.proof(index)) if tree else (number, kind, PT, [])
        due, error = self.due(holder, kind)
        if way == "lock" and not error and due < PT:
            error = "VotingEscrow__DepositTooSmall"
        if error:
            with reverts(error):
                self.send(wallet, leaf, way)
            self.reached[error] += 1
            return
        assert self.send(wallet, leaf, way).returned == due
        self.settle()
        self.reached[way] += 1
        self.reached["again"] += bool(self.claimed[number, kind])
        self.claimed[number, kind] += due
        self.largest[number, kind] = max(self.largest[number, kind], leaf[2])
        if way != "to the campaign":
            self.out += due
            self.locked += due if way == "lock" else 0

    def send(self, wallet, leaf: Any, way: str) -> Any:
        campaign = self.campaign
        if way == "many":
            return campaign.claimMany([leaf], wallet, sender=wallet)
        if way == "lock":
            create = not self.suite.escrow.lockOf(wallet)["amount"]
            return campaign.claimToLock(leaf, wallet, create, sender=wallet)
        if way == "order":
            values = (wallet.address, leaf[0], leaf[1], wallet.address, 0, campaign.nonces(wallet), 2**40)
            message = dict(zip(FIELDS, values, strict=True))
            signature = self.suite.sign(wallet, "Phemex Campaign", campaign, "Order", TYPES, message)
            order = tuple(message[name] for name in ("holder", "to", "way", "nonce", "deadline"))
            return campaign.claimBySig((leaf, order, signature), sender=self.dao)
        to = campaign.address if way == "to the campaign" else wallet.address
        return campaign.claim(*leaf, to, sender=wallet)

    @rule(holder=actors, kind=kinds)
    def steal(self, holder, kind) -> None:
        """With another holder's pass."""
        tree, thief = self.active[0], self.wallets[(holder + 1) % 3]
        if tree and not self.over():
            index = 2 * holder + kind
            with reverts("Campaign__NotHolder", caller=thief):
                self.campaign.claim(*tree.leaves[index], tree.proof(index), thief, sender=thief)

    @rule(holder=actors, elsewhere=st.booleans())
    def revive(self, holder, elsewhere) -> None:
        """The account burns its pass and mints again, perhaps to another wallet: the id and its claims stay."""
        wallet = self.wallets[holder]
        self.suite.soul_pass.burn(holder + 1, sender=wallet)
        if elsewhere:
            self.moves += 1
            wallet = self.suite.wallet(f"holder {holder}, moved {self.moves}")
            self.approve(wallet)
        assert self.suite.belong(wallet, account=self.accounts[holder]) == holder + 1
        self.wallets[holder] = wallet

    # --- money and time

    @rule(amount=amounts)
    def give(self, amount) -> None:
        """Whoever sends PT gives back what others claimed."""
        self.suite.pay(self.campaign, amount)
        self.given += amount

    @rule()
    def sweep(self) -> None:
        if not self.over():
            with reverts("Campaign__NotEnded"):
                self.campaign.sweep(sender=self.dao)
            return
        amount = self.held()
        assert self.campaign.sweep(sender=self.dao).returned == amount
        self.swept += amount
        self.reached["swept"] += 1

    @rule(span=st.sampled_from([1, DAY, ROOT_DELAY - 1, ROOT_DELAY, WEEK]))
    def sleep(self, span) -> None:
        self.chain.sleep(span)

    @rule(which=st.integers(0, 5), offset=offsets)
    def wait(self, which, offset) -> None:
        self.wait_for(which, offset)

    @rule(offset=offsets)
    def wait_for_the_end(self, offset) -> None:
        if self.chain.timestamp > self.tge + 21 * DAY:
            self.chain.warp(max(self.deadline + offset, self.chain.timestamp))

    def wait_for(self, which: int, offset: int) -> None:
        """For a second in which something changes, the one before or the one after."""
        found = {self.tge, *(end for plan in PLANS for end in instalments(plan, self.tge))}
        if self.waits:
            found.add(self.waits[2])
        ahead = sorted(moment for moment in found if moment > self.chain.timestamp + 1)
        if ahead:
            self.chain.warp(ahead[which % min(3, len(ahead))] + offset)

    # --- laws

    @invariant()
    def paid_and_held_are_funded(self) -> None:
        token = self.suite.token
        assert token.balanceOf(self.campaign) == self.held()
        assert self.campaign.claimedTotal() == self.missing()
        assert token.balanceOf(self.suite.treasury) == self.before + self.swept
        assert token.balanceOf(self.suite.escrow) == self.locked
        assert token.allowance(self.campaign, self.suite.escrow) == 0

    @invariant()
    def nobody_is_paid_more_than_unlocked(self) -> None:
        for (number, kind), amount in self.claimed.items():
            assert self.campaign.claimed(number, kind) == amount
            most = unlocked(PLANS[kind], self.tge, self.largest[number, kind], self.chain.timestamp)
            assert amount <= most

    @invariant()
    def the_root_that_counts_is_the_model_s(self) -> None:
        tree, total, since = self.waits if self.counts() and self.waits else self.active
        expected = {"root": tree.root, "total": total, "since": since} if tree else EMPTY
        assert self.campaign.activeRoot() == expected
        waiting = self.waits
        self.reached["overtaken"] += bool(waiting) and self.chain.timestamp >= waiting[2] and not self.counts()
        expected = {"root": waiting[0].root, "total": waiting[1], "since": waiting[2]} if waiting else EMPTY
        assert self.campaign.pendingRoot() == expected


CampaignMachine.TestCase.settings = settings(
    max_examples=100,
    stateful_step_count=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


class TestCampaign(CampaignMachine.TestCase):
    def runTest(self) -> None:
        """The laws hold, and the steps did get to what the laws are about."""
        super().runTest()
        missing = {
            *("call", "many", "order", "lock", "to the campaign", "again", "cut short by the total"),
            *("activated", "overtaken", "dropped", "swept", "TotalTooHigh", "TotalTooLow"),
            *("Campaign__Ended", "Campaign__InvalidProof", "Campaign__NothingToClaim", "Campaign__TotalExhausted"),
        } - {name for name, times in CampaignMachine.reached.items() if times}
        assert not missing, f"never reached: {missing}, of {CampaignMachine.reached}"
