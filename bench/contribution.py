"""Contributors: what those pay who are paid.

A stream of 92 days, a grant's tranche and a bounty, in PT, each with points. The pass has a record of contribution
already, but where the key says `first_points`; the recipient has PT, but where it says `no_pt`. Who speaks for the
group is a stand-in's word: no contributor's call asks.
"""

from __future__ import annotations

from collections.abc import Callable

from support.solidity import compile_source

from bench.chain import START, Bench
from bench.governor import DAY, PT, Dao

GROUP, PASS = 1, 2
MONTH = 1
TERM = 92 * DAY
TEXT = bytes(range(1, 33))
CONTRIBUTION = b"contribution".ljust(32, b"\0")
RECORD = 12
Progress = Callable[[str], None]


class Program:
    """The suite as far as the program needs it; the contributor has pass 2 (the first is an executive's)."""

    def __init__(self, chain: Bench) -> None:
        self.chain = chain
        self.dao = Dao(chain)
        self.contributor = self.dao.key("contributor")
        self.dao.belong(self.contributor)
        self.account, self.timelock = chain.account("group's account"), self.dao.timelock.address
        deployer = self.dao.deployer
        self.gate = chain.deploy(compile_source("GroupOffices.sol"), sender=deployer)
        self.treasury = chain.deploy(
            "Treasury", self.dao.pt.address, self.timelock, self.gate.address, self.gate.address, sender=deployer
        )
        self.contributors = chain.deploy(
            "Contributors",
            *(self.treasury.address, self.gate.address, self.dao.soul_pass.address, self.timelock),
            sender=deployer,
        )
        chain.send(self.dao.crowd, deployer, "fund", self.treasury.address, 400_000_000 * PT)
        chain.send(self.gate, deployer, "setAccount", GROUP, self.account)
        for payer in (self.account, self.contributors.address):
            chain.send(self.gate, deployer, "setSpends", GROUP, payer, True)
        self._budget(self.timelock, "openBudget", self.account)
        self._budget(self.account, "openBudgetBelow", self.contributors.address, 1)
        self.write(self.contributors.address)
        for account in (self.contributor.address, self.contributors.address):
            chain.send(self.dao.crowd, deployer, "fund", account, PT)

    def _budget(self, sender: str, name: str, spender: str, *parent: int) -> None:
        terms = (
            spender,
            self.dao.pt.address,
            1_000_000 * PT,
            MONTH,
            START,
            START + 365 * DAY,
            GROUP,
        )
        self.chain.send(self.treasury, sender, name, *parent, terms)

    def write(self, writer: str) -> None:
        """Name who writes the record."""
        self.chain.send(self.dao.soul_pass, self.timelock, "setWriter", CONTRIBUTION, writer)

    def record(self) -> None:
        """Give the contributor's pass a record."""
        self.write(self.timelock)
        self.chain.send(self.dao.soul_pass, self.timelock, "write", CONTRIBUTION, PASS, RECORD)
        self.write(self.contributors.address)

    def order(self, name: str, *args: object) -> int:
        """The gas of what the group's account orders, behind the stand-in."""
        return self.chain.send(self.contributors, self.account, name, *args)

    def draw(self, name: str, *args: object, to: str = "") -> int:
        """The gas of a contributor's own call."""
        return self.chain.send(
            self.contributors, self.contributor.address, name, *args, to or self.contributor.address
        )

    def stream(self) -> int:
        """Open one, half of which is earned; its number is 1."""
        self.order("openStream", PASS, (2, 12_345 * PT + 987_654_321, TERM, 9, TEXT), "")
        self.chain.at(START + TERM // 2)
        return 1

    def grant(self, vesting: int = 0) -> tuple[int, int]:
        """Open one of two tranches, and approve the second."""
        stone = (12_345 * PT + 987_654_321, vesting, 2, TEXT)
        self.order("openGrant", PASS, 2, [stone, stone])
        self.order("approveTranche", 1, 2, "")
        return 1, 2

    def bounty(self) -> int:
        """Post one, take it up and approve it."""
        offer = (2, 12_345 * PT + 987_654_321, START + 90 * DAY, 2, TEXT)
        self.order("postBounty", offer, "")
        self.chain.send(self.contributors, self.contributor.address, "applyFor", 1, TEXT)
        self.order("acceptApplicant", 1, PASS)
        self.order("approveBounty", 1)
        return 1


def _claim(chain: Bench, scene: Program) -> int:
    """The second claim of a stream, which adds to the record again."""
    scene.record()
    stream = scene.stream()
    scene.draw("claimStream", stream)
    chain.at(START + TERM - DAY)
    return scene.draw("claimStream", stream)


def _claim_first_points(chain: Bench, scene: Program) -> int:
    return scene.draw("claimStream", scene.stream())


def _claim_no_pt(chain: Bench, scene: Program) -> int:
    scene.record()
    return scene.draw("claimStream", scene.stream(), to=chain.account("new wallet"))


def _tranche(chain: Bench, scene: Program) -> int:
    scene.record()
    return scene.draw("payTranche", *scene.grant())


def _tranche_vesting(chain: Bench, scene: Program) -> int:
    """The second part of one that vests."""
    scene.record()
    tranche = scene.grant(vesting=365 * DAY)
    chain.at(START + 100 * DAY)
    scene.draw("payTranche", *tranche)
    chain.at(START + 200 * DAY)
    return scene.draw("payTranche", *tranche)


def _tranche_no_pt(chain: Bench, scene: Program) -> int:
    scene.record()
    return scene.draw("payTranche", *scene.grant(), to=chain.account("new wallet"))


def _bounty(chain: Bench, scene: Program) -> int:
    scene.record()
    return scene.draw("payBounty", scene.bounty())


SCENARIOS: dict[str, Callable[[Bench, Program], int]] = {
    "Contributors.claimStream": _claim,
    "Contributors.claimStream/first_points": _claim_first_points,
    "Contributors.claimStream/no_pt": _claim_no_pt,
    "Contributors.payTranche": _tranche,
    "Contributors.payTranche/vesting": _tranche_vesting,
    "Contributors.payTranche/no_pt": _tranche_no_pt,
    "Contributors.payBounty": _bounty,
}


def measure(progress: Progress = lambda text: None) -> dict[str, int]:
    """Every figure: operation -> gas."""
    with Bench() as chain:
        scene = Program(chain)
        figures: dict[str, int] = {}
        for name, scenario in SCENARIOS.items():
            progress(name)
            with chain.isolate():
                figures[name] = scenario(chain, scene)
        return figures
