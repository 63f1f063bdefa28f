"""Vesting and Campaign: claims and grants.

The campaign's tree has 100,000 leaves; the proof is one of the longest, 17 hashes. Pass and amounts are those of a
holder of retail xPT, who claims a quarter at the TGE and a quarter a week later.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from bench.chain import START, Bench, Contract
from bench.governor import DAY, PT, Dao, _typed
from phemexia.merkle import StandardTree

WEEK = 7 * DAY
TGE = START + 30 * DAY
LEAVES = 100_000
BATCH = 50
MONTHS = 1
RETAIL = (2_500, 0, 3, 1, 0)
BUILDERS = (0, 12, 48, 1, MONTHS)
OPERATIONS = (2_000, 0, 60, 1, MONTHS)
ORDER = [
    ("holder", "address"),
    ("passId", "uint256"),
    ("kind", "uint8"),
    ("to", "address"),
    ("way", "uint8"),
    ("nonce", "uint256"),
    ("deadline", "uint256"),
]
Progress = Callable[[str], None]


@cache
def _tree() -> StandardTree:
    leaves = [(i + 1, 0, (1_000 + i) * PT + 123_456_789) for i in range(LEAVES)]
    return StandardTree(leaves, ("uint256", "uint8", "uint256"))


class Places:
    """The suite as far as claims need it; the holder has pass 2 (the first is an executive's)."""

    def __init__(self, chain: Bench) -> None:
        self.chain = chain
        self.dao = Dao(chain)
        self.holder = self.dao.key("holder of xPT")
        self.dao.belong(self.holder)
        self.timelock = chain.account("dao")
        self.grantor = chain.account("grantor")
        treasury, publisher, guardian = map(chain.account, ("treasury", "publisher", "guardian"))
        token, escrow, deployer = self.dao.pt.address, self.dao.escrow.address, self.dao.deployer
        common = (token, self.dao.soul_pass.address, self.timelock, treasury, escrow)
        offices = (self.dao.team.address, publisher, guardian)
        terms = (TGE, 5 * DAY, TGE + 365 * DAY, 20_000_000 * PT)
        self.campaign = chain.deploy(
            "Campaign", *common, *offices, 100_000_000 * PT, terms, [RETAIL], sender=deployer
        )
        grants = (token, self.timelock, treasury, escrow, self.grantor, guardian, TGE)
        self.builders = chain.deploy("Vesting", *grants, BUILDERS, sender=deployer)
        self.operations = chain.deploy("Vesting", *grants, OPERATIONS, sender=deployer)
        for place in (self.campaign, self.builders, self.operations):
            chain.send(self.dao.crowd, deployer, "fund", place.address, 100_000_000 * PT)
        self.publisher = publisher

    def open(self) -> None:
        """The TGE, with an active root."""
        self.chain.send(self.campaign, self.publisher, "proposeRoot", _tree().root, 20_000_000 * PT)
        self.chain.at(TGE)
        self.chain.send(self.campaign, self.publisher, "activateRoot")

    def leaf(self) -> tuple[Any, ...]:
        """The holder's leaf and its proof."""
        return (*_tree().leaves[1], _tree().proof(1))

    def claim(self) -> int:
        """Gas of the holder's claim, to itself."""
        return self.chain.send(self.campaign, self.holder.address, "claim", *self.leaf(), self.holder.address)

    def endow(self, *accounts: str) -> None:
        """Some PT, so that a recipient is not new."""
        for account in accounts:
            self.chain.send(self.dao.crowd, self.dao.deployer, "fund", account, PT)

    def owners(self) -> list[str]:
        """Owners of a batch of grants, new to the contract."""
        return [self.dao.key(f"builder {number}").address for number in range(BATCH)]

    def grant(self, vesting: Contract, owners: list[str], revocable: bool = True) -> int:
        """Gas of a batch of grants by the grantor."""
        rows = [(owner, (12_345 + i) * PT + 987_654_321, 0, revocable) for i, owner in enumerate(owners)]
        name = bytes(range(1, 33))
        return self.chain.send(vesting, self.grantor, "grant", name, rows)


def _campaign_first(chain: Bench, scene: Places) -> int:
    scene.open()
    return scene.claim()


def _campaign_again(chain: Bench, scene: Places) -> int:
    _campaign_first(chain, scene)
    chain.at(TGE + WEEK)
    return scene.claim()


def _campaign_activating(chain: Bench, scene: Places) -> int:
    chain.send(scene.campaign, scene.publisher, "proposeRoot", _tree().root, 20_000_000 * PT)
    chain.at(TGE)
    return scene.claim()


def _campaign_by_signature(chain: Bench, scene: Places) -> int:
    scene.open()
    order = (scene.holder.address, scene.holder.address, 0, 0, TGE + DAY)
    message = {
        "holder": order[0], "passId": 2, "kind": 0, "to": order[1], "way": 0, "nonce": 0, "deadline": order[4],
    }  # fmt: skip
    typed = _typed(scene.campaign, "Phemex Campaign", "Order", ORDER, message)
    signature = bytes(scene.holder.sign_typed_data(full_message=typed).signature)
    return chain.send(scene.campaign, chain.account("sponsor"), "claimBySig", (scene.leaf(), order, signature))


def _campaign_to_lock(chain: Bench, scene: Places) -> int:
    scene.open()
    operator = (scene.campaign.address, True, TGE // WEEK * WEEK + 104 * WEEK)
    chain.send(scene.dao.escrow, scene.holder.address, "setOperator", *operator)
    lock = (scene.leaf(), scene.holder.address, True)
    return chain.send(scene.campaign, scene.holder.address, "claimToLock", *lock)


def _campaign_propose(chain: Bench, scene: Places) -> int:
    return chain.send(scene.campaign, scene.publisher, "proposeRoot", _tree().root, 20_000_000 * PT)


def _vesting_claim(chain: Bench, scene: Places) -> int:
    """By its owner, in the third year; after a first claim, so that no word is new."""
    owner = scene.owners()[0]
    scene.endow(owner)
    scene.grant(scene.builders, scene.owners())
    chain.at(TGE + 800 * DAY)
    chain.send(scene.builders, owner, "claim", 0, owner)
    chain.at(TGE + 900 * DAY)
    return chain.send(scene.builders, owner, "claim", 0, owner)


def _vesting_claim_new(chain: Bench, scene: Places) -> int:
    owner = scene.owners()[0]
    """By its owner, in the first month; its notice ends a little after the TGE."""
    scene.grant(scene.operations, scene.owners())
    chain.at(TGE + DAY)
    return chain.send(scene.operations, owner, "claim", 0, owner)


def _vesting_grant(chain: Bench, scene: Places) -> int:
    """One of a batch, rounded up."""
    return -(-scene.grant(scene.builders, scene.owners()) // BATCH)


def _vesting_revoke(chain: Bench, scene: Places) -> int:
    scene.grant(scene.builders, scene.owners())
    chain.at(TGE + 800 * DAY)
    return chain.send(scene.builders, scene.timelock, "revoke", scene.owners()[0], 0)


def _vesting_accept(chain: Bench, scene: Places) -> int:
    scene.grant(scene.builders, scene.owners(), revocable=False)
    chain.at(TGE + DAY)
    first, second = scene.owners()[0], scene.dao.key("buyer").address
    chain.send(scene.builders, first, "offer", 0, second)
    return chain.send(scene.builders, second, "accept", first, 0, PT)


SCENARIOS: dict[str, Callable[[Bench, Places], int]] = {
    "Campaign.claim/first": _campaign_first,
    "Campaign.claim/again": _campaign_again,
    "Campaign.claim/activates_root": _campaign_activating,
    "Campaign.claim/by_signature": _campaign_by_signature,
    "Campaign.claim/new_lock": _campaign_to_lock,
    "Campaign.propose_root": _campaign_propose,
    "Vesting.claim": _vesting_claim,
    "Vesting.claim/no_pt": _vesting_claim_new,
    "Vesting.grant/each_of_50": _vesting_grant,
    "Vesting.revoke": _vesting_revoke,
    "Vesting.accept": _vesting_accept,
}


def measure(progress: Progress = lambda text: None) -> dict[str, int]:
    """Every figure: operation -> gas."""
    with Bench() as chain:
        scene = Places(chain)
        figures: dict[str, int] = {}
        for name, scenario in SCENARIOS.items():
            progress(name)
            with chain.isolate():
                figures[name] = scenario(chain, scene)
        return figures
