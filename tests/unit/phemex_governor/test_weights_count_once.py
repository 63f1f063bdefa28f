"""No order of vote, change, split, delegation, revocation, burn, recovery and re-mint counts any weight twice.

Pass, escrow and governor together, against a model that knows, for each wallet, what it weighed at the snapshot,
and for each pass, which wallet has held it since before. Random orders come from the run's seed; the ones that a
thief would try first are written out.
"""

import os
import random

import pytest
from eth_abi.packed import encode_packed
from eth_utils import keccak
from support.suite import CONSTITUTIONAL, DAY, PT

from phemexia.evm import Reverted, reverts

from .conftest import ABSTAIN, ACTIVE, AGAINST, FOR
from .test_cast_ballots_by_sig import BALLOT, skipped

SPLIT = 255
WAIT = 7 * DAY
STRUCK = 30 * DAY
CHOICES = (AGAINST, FOR, ABSTAIN)
VOUCHER = [
    {"name": "wallet", "type": "address"},
    {"name": "account", "type": "bytes32"},
    {"name": "nonce", "type": "uint256"},
    {"name": "deadline", "type": "uint256"},
]
ACTIONS = [
    *["vote"] * 8,
    *["split"] * 8,
    *["sponsor"] * 3,
    *["delegate"] * 2,
    "revoke",
    "lift",
    "burn",
    "mint",
    "recover",
    *["complete"] * 2,
    *["wait"] * 2,
]
"""What happens, and how often beside the others."""
STEPS = 100


def start_recovery(suite, account, wallet):
    """Begin to move an account's pass (its commitment's text) to a wallet; issuer and wallet sign."""
    commitment = keccak(text=account)
    voucher = (
        wallet.address,
        commitment,
        suite.soul_pass.accountNonce(commitment),
        suite.chain.timestamp,
    )
    message = dict(zip((field["name"] for field in VOUCHER), voucher, strict=True))
    signatures = [
        suite.sign(signer, "Phemex Soul Pass", suite.soul_pass, kind, {kind: VOUCHER}, message)
        for kind, signer in (("RecoveryVoucher", suite.issuer), ("RecoveryConsent", wallet))
    ]
    return suite.soul_pass.startRecovery(voucher, *signatures, sender=suite.deployer).returned


def split(suite, proposal, voter, parts):
    params = encode_packed(["uint128"] * 3, parts)
    return suite.governor.castVoteWithReasonAndParams(proposal.id, SPLIT, "", params, sender=voter)


def sponsored(suite, proposal, voter, support):
    """A ballot that somebody else brings, whether or not it counts."""
    deadline = suite.chain.timestamp
    message = {"proposalId": proposal.id, "support": support, "voter": voter.address, "deadline": deadline}
    types = {"SponsoredBallot": BALLOT}
    signature = suite.sign(voter, "Phemexia DAO", suite.governor, "SponsoredBallot", types, message)
    return voter.address, support, deadline, signature


@pytest.fixture
def rule_change(draft, class_actions, chair):
    """The longest of all votes, so that a recovery fits into it."""
    return draft(class_actions[CONSTITUTIONAL], description="rules").propose(chair)


def votes(suite, proposal):
    return list(suite.governor.proposalVotes(proposal.id))


class Electorate:
    """What should count: the model, and the same steps in the contracts."""

    def __init__(self, suite, proposal, wallets, seed):
        self.suite, self.proposal, self.wallets = suite, proposal, wallets
        self.random = random.Random(seed)
        self.homes = {}
        """Pass id to the account's text."""
        self.held = {}
        """Wallet to pass id, since when, as the model sees it."""
        self.revoked = {}
        self.pending = {}
        """Pass id to the wallet it moves to and the start."""
        self.counted = {}
        """Pass id to the wallet that voted, what it chose, and its parts."""
        self.done = []

    @property
    def now(self):
        return self.suite.chain.timestamp

    def belong(self, wallet, account):
        number = self.suite.belong(wallet, account)
        self.homes[number] = account
        self.held[wallet.address] = (number, self.now)
        return number

    def open(self):
        self.proposal.open()
        past = self.suite.escrow.getPastVotes
        self.weights = {wallet.address: past(wallet, self.proposal.snapshot) for wallet in self.wallets}

    def elector(self, wallet):
        """The pass a wallet may vote with, or zero."""
        number, since = self.held.get(wallet.address, (0, 0))
        struck = self.proposal.snapshot >= self.revoked.get(number, 2**48) + STRUCK
        return 0 if struck or since >= self.proposal.snapshot else number

    def expect(self, allowed, call):
        """It goes through if the model says so, and only then."""
        try:
            call()
        except Reverted:
            assert not allowed, self.done
            return False
        assert allowed, self.done
        return True

    def step(self):
        name = self.random.choice(ACTIONS)
        wallet = self.random.choice(self.wallets)
        self.done.append((name, self.wallets.index(wallet), self.now - self.proposal.snapshot))
        getattr(self, name)(wallet)
        self.check()

    def vote(self, wallet):
        choice, number = self.random.choice(CHOICES), self.elector(wallet)
        before = self.counted.get(number)
        late = self.now > self.proposal.snapshot + 10 * DAY - DAY
        changed = before is None or (before[1] not in (SPLIT, choice) and not late)
        allowed = bool(number and self.weights[wallet.address] and changed)
        if self.expect(allowed, lambda: self.proposal.vote(wallet, choice)):
            parts = [self.weights[wallet.address] * (kind == choice) for kind in CHOICES]
            self.counted[number] = (wallet.address, choice, parts)

    def split(self, wallet):
        number, weight = self.elector(wallet), self.weights[wallet.address]
        parts = [self.random.choice([0, 0, 1, weight // 8, weight // 4, weight]) for _ in CHOICES]
        before = self.counted.get(number, (wallet.address, SPLIT, [0, 0, 0]))
        fits = 0 < sum(parts) <= weight - sum(before[2])
        allowed = bool(number and before[1] == SPLIT and fits)
        if self.expect(allowed, lambda: split(self.suite, self.proposal, wallet, parts)):
            self.counted[number] = (wallet.address, SPLIT, [a + b for a, b in zip(before[2], parts, strict=True)])

    def sponsor(self, wallet):
        """Twice in one batch, with another choice."""
        choice, number = self.random.choice(CHOICES), self.elector(wallet)
        ballots = [sponsored(self.suite, self.proposal, wallet, c) for c in (choice, (choice + 1) % 3)]
        receipt = self.suite.governor.castBallotsBySig(self.proposal.id, ballots, sender=self.suite.deployer)
        allowed = bool(number and number not in self.counted and self.weights[wallet.address])
        assert receipt.returned == allowed, self.done
        assert len(skipped(receipt)) == 2 - allowed
        if allowed:
            parts = [self.weights[wallet.address] * (kind == choice) for kind in CHOICES]
            self.counted[number] = (wallet.address, choice, parts)

    def delegate(self, wallet):
        self.suite.escrow.delegate(self.random.choice(self.wallets), sender=wallet)

    def revoke(self, _):
        number = self.random.choice(list(self.homes))
        if number not in self.revoked:
            self.suite.soul_pass.revoke(number, 1, sender=self.suite.issuer)
            self.revoked[number] = self.now
            self.pending.pop(number, None)

    def lift(self, _):
        number = self.random.choice(list(self.homes))
        if self.now < self.revoked.get(number, 0) + STRUCK:
            self.suite.soul_pass.reinstate(number, sender=self.suite.issuer)
            del self.revoked[number]

    def burn(self, wallet):
        if wallet.address in self.held:
            number, _ = self.held.pop(wallet.address)
            self.suite.soul_pass.burn(number, sender=wallet)
            self.pending.pop(number, None)

    def mint(self, wallet):
        number = self.random.choice(list(self.homes))
        taken = self.suite.soul_pass.occupantOf(wallet) or number in {held for held, _ in self.held.values()}
        if not taken and number not in self.revoked:
            assert self.belong(wallet, self.homes[number]) == number

    def recover(self, wallet):
        holders = [held for held, _ in self.held.values() if held not in self.pending]
        if holders and not self.suite.soul_pass.occupantOf(wallet):
            number = self.random.choice(holders)
            assert start_recovery(self.suite, self.homes[number], wallet) == number
            self.pending[number] = (wallet, self.now)

    def complete(self, _):
        for number, (wallet, start) in list(self.pending.items()):
            if self.now >= start + WAIT and not self.suite.soul_pass.occupantOf(wallet):
                self.suite.soul_pass.completeRecovery(number, sender=self.suite.deployer)
                (old,) = (address for address, (held, _) in self.held.items() if held == number)
                del self.held[old], self.pending[number]
                self.held[wallet.address] = (number, self.now)

    def wait(self, _):
        self.suite.chain.warp(min(self.now + self.random.choice([1, DAY // 2, DAY]), self.proposal.deadline))

    def check(self):
        """Tallies are what the model counted, and a wallet's weight is in them once at most."""
        parts = [parts for _, _, parts in self.counted.values()]
        assert votes(self.suite, self.proposal) == [sum(column) for column in zip(*parts, [0, 0, 0], strict=False)]
        voters = [address for address, _, _ in self.counted.values()]
        assert len(set(voters)) == len(voters), self.done
        for address, _, mine in self.counted.values():
            assert sum(mine) <= self.weights[address]
        total = self.suite.escrow.getPastTotalSupply(self.proposal.snapshot)
        assert sum(map(sum, parts)) <= total


@pytest.mark.parametrize("run", range(8))
def test_weight_counts_once_in_any_order(suite, draft, class_actions, chair, run):
    """D3, S7, S8, N4: random orders; every refusal is foreseen too."""
    wallets = [suite.wallet(f"wallet {i}") for i in range(10)]
    world = Electorate(suite, None, wallets, f"{os.environ['PHEMEXIA_SEED']}/{run}")
    for i, wallet in enumerate(wallets):
        if i < 8:
            world.belong(wallet, f"account {i}")
        suite.lock(wallet, (i + 1) * 1_000 * PT)
    # Some come into the vote with a revocation or a recovery on the way, some delegated.
    world.delegate(wallets[0])
    for _ in range(2):
        world.revoke(None)
    suite.chain.sleep(world.random.choice([DAY, 25 * DAY, 28 * DAY, 30 * DAY]))
    world.recover(wallets[8])
    world.proposal = draft(class_actions[CONSTITUTIONAL], description="rules").propose(chair)
    suite.chain.warp(world.proposal.snapshot - 1)
    for _ in range(2):
        world.burn(world.random.choice(wallets))
    world.mint(wallets[9])
    world.open()
    for _ in range(STEPS):
        world.step()
    assert world.proposal.state == ACTIVE
    assert world.counted


def test_recovery_in_mid_vote_of_a_pass_that_voted(suite, rule_change, voter):
    """S8: the ballot stays, and neither the new wallet nor the old one can cast, split or change another."""
    new = suite.wallet("new wallet")
    suite.lock(new, 1_000 * PT)
    rule_change.open().vote(voter, FOR)
    counted = votes(suite, rule_change)
    number = start_recovery(suite, voter.address, new)
    suite.chain.sleep(WAIT)
    suite.soul_pass.completeRecovery(number, sender=suite.deployer)
    assert suite.soul_pass.passOf(new) == number
    for wallet in (voter, new):
        with reverts("PhemexGovernor__NotElector", account=wallet):
            rule_change.vote(wallet, AGAINST)
        with reverts("PhemexGovernor__NotElector", account=wallet):
            split(suite, rule_change, wallet, [1, 0, 0])
    ballots = [sponsored(suite, rule_change, wallet, AGAINST) for wallet in (voter, new)]
    assert suite.governor.castBallotsBySig(rule_change.id, ballots, sender=suite.deployer).returned == 0
    assert votes(suite, rule_change) == counted
    assert suite.governor.hasVoted(rule_change.id, new)
    assert not suite.governor.hasVoted(rule_change.id, voter)


def test_recovery_in_mid_vote_of_a_pass_that_did_not_vote(suite, rule_change, voter):
    """S8: what it weighed is left uncounted; in the next vote the new wallet has its say, the old one has none."""
    new = suite.wallet("new wallet")
    suite.lock(new, 1_000 * PT)
    number = start_recovery(suite, voter.address, new)
    suite.chain.warp(max(rule_change.snapshot + 1, suite.chain.timestamp + WAIT))
    suite.soul_pass.completeRecovery(number, sender=suite.deployer)
    for wallet in (voter, new):
        with reverts("PhemexGovernor__NotElector", account=wallet):
            rule_change.vote(wallet, FOR)
    assert votes(suite, rule_change) == [0, 0, 0]


@pytest.mark.parametrize("early", [0, 1])
def test_recovery_in_the_second_of_the_snapshot(suite, draft, class_actions, chair, voter, early):
    """S8: completed one second before, the new wallet votes; in the snapshot's own second neither does."""
    new = suite.wallet("new wallet")
    suite.lock(new, 1_000 * PT)
    number = start_recovery(suite, voter.address, new)
    suite.chain.sleep(WAIT)
    proposal = draft(class_actions[CONSTITUTIONAL], description="rules").propose(chair)
    suite.chain.warp(proposal.snapshot - early)
    suite.soul_pass.completeRecovery(number, sender=suite.deployer)
    proposal.open()
    with reverts("PhemexGovernor__NotElector", account=voter, since=0):
        proposal.vote(voter, FOR)
    if early:
        assert proposal.vote(new, FOR).returned > 0
    else:
        with reverts("PhemexGovernor__NotElector", account=new, since=proposal.snapshot):
            proposal.vote(new, FOR)


def test_recovery_to_a_wallet_that_has_voted_with_a_pass_of_its_own(suite, rule_change, voter):
    """S8, N4: it burns its pass to make room for the other; its weight counted already."""
    friend = suite.member("friend", 1_000 * PT)
    suite.chain.warp(rule_change.snapshot - 1)
    rule_change.open().vote(friend, FOR)
    counted = votes(suite, rule_change)
    own = suite.soul_pass.passOf(friend)
    suite.soul_pass.burn(own, sender=friend)
    number = start_recovery(suite, voter.address, friend)
    suite.chain.sleep(WAIT)
    suite.soul_pass.completeRecovery(number, sender=suite.deployer)
    assert suite.soul_pass.passOf(friend) == number != own
    with reverts("PhemexGovernor__NotElector", account=friend):
        rule_change.vote(friend, FOR)
    # The pass it burned, minted by the wallet that lost the other one, votes no second time either.
    assert suite.belong(voter, friend.address) == own
    suite.chain.sleep(1)
    with reverts("PhemexGovernor__NotElector", account=voter):
        rule_change.vote(voter, FOR)
    assert votes(suite, rule_change) == counted


def test_delegates_count_what_was_theirs_at_the_snapshot(suite, rule_change, voter):
    """D3: the delegatee of that second votes with it; delegated on or taken back, nobody does again."""
    delegatee, other = suite.member("delegatee", 0), suite.member("other", 0)
    suite.escrow.delegate(delegatee, sender=voter)
    rule_change.open()
    suite.escrow.delegate(other, sender=voter)
    suite.chain.sleep(1)
    rule_change.vote(delegatee, FOR)
    suite.escrow.delegate(voter, sender=voter)
    suite.chain.sleep(1)
    for wallet in (voter, other):
        with reverts("PhemexGovernor__NoWeight", account=wallet):
            rule_change.vote(wallet, FOR)
    rule_change.vote(delegatee, AGAINST)
    assert votes(suite, rule_change) == [suite.escrow.getPastVotes(delegatee, rule_change.snapshot), 0, 0]
