"""Contributors: what those pay who are paid, and what a group's orders cost.

A stream of 92 days, a grant's tranche and a bounty, in PT, each with points, out of a budget below the group's
own. The pass has a record of contribution, but where the key says `first_points`; the recipient has PT, but where
it says `no_pt`. Orders come from the group's Safe as if it were a wallet: each asks whether the owners of a real
Safe are the group's three members. `by_safe` is such a transaction whole, with two signatures.
"""

from __future__ import annotations

from collections.abc import Callable

from bench.chain import START, Bench
from bench.governor import DAY, PT
from bench.groups import Group

PASS = 6
"""The executive has pass 1, the group's members and a candidate the next four."""
GROUP, BUDGET = 1, 2
TERM = 92 * DAY
TEXT = bytes(range(1, 33))
CONTRIBUTION = b"contribution".ljust(32, b"\0")
RECORD = 12
AMOUNT = 12_345 * PT + 987_654_321
Progress = Callable[[str], None]


class Program:
    """The suite as far as the program needs it."""

    def __init__(self, chain: Bench) -> None:
        self.chain = chain
        self.group = Group(chain)
        self.dao = self.group.dao
        self.contributor = self.group.passed("contributor")
        self.account, self.timelock = self.group.safe.address, self.dao.timelock.address
        self.treasury = self.group.treasury
        self.contributors = chain.deploy(
            "Contributors",
            *(self.treasury.address, self.group.groups.address, self.dao.soul_pass.address, self.timelock),
            sender=self.dao.deployer,
        )
        chain.send(self.group.groups, self.group.timelock, "setPayer", self.contributors.address, True)
        self.group.align()
        above = self.group.terms(self.account, 1_000_000, GROUP)
        chain.send(self.treasury, self.group.timelock, "openBudget", above)
        below = self.group.terms(self.contributors.address, 1_000_000, 0)
        chain.send(self.treasury, self.account, "openBudgetBelow", 1, below)
        self.write(self.contributors.address)
        for account in (self.contributor.address, self.contributors.address):
            self.group.endow(account)

    def write(self, writer: str) -> None:
        """Name who writes the record."""
        self.chain.send(self.dao.soul_pass, self.timelock, "setWriter", CONTRIBUTION, writer)

    def record(self) -> None:
        """Give the contributor's pass a record."""
        self.write(self.timelock)
        self.chain.send(self.dao.soul_pass, self.timelock, "write", CONTRIBUTION, PASS, RECORD)
        self.write(self.contributors.address)

    def order(self, name: str, *args: object) -> int:
        """The gas of what the group's account orders, without the Safe's own."""
        return self.chain.send(self.contributors, self.account, name, *args)

    def draw(self, name: str, *args: object, to: str = "") -> int:
        """The gas of a contributor's own call."""
        return self.chain.send(
            self.contributors, self.contributor.address, name, *args, to or self.contributor.address
        )

    def stream(self, claimed: int = TERM // 2) -> int:
        """Open one, and let so many seconds of it pass; its number is 1."""
        self.order("openStream", PASS, (BUDGET, AMOUNT, TERM, 9, TEXT), "")
        self.chain.at(START + claimed)
        return 1

    def grant(self, vesting: int = 0) -> tuple[int, int]:
        """Open one of two tranches, and approve the second."""
        stone = (AMOUNT, vesting, 2, TEXT)
        self.order("openGrant", PASS, BUDGET, [stone, stone])
        self.order("approveTranche", 1, 2, "")
        return 1, 2

    def bounty(self) -> int:
        """Post one, take it up and approve it."""
        offer = (BUDGET, AMOUNT, START + 90 * DAY, 2, TEXT)
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


def _stop(chain: Bench, scene: Program) -> int:
    """In the month in which it was opened, so that headroom returns."""
    return scene.order("stopStream", scene.stream(5 * DAY))


def _open(chain: Bench, scene: Program) -> int:
    """The second of a month."""
    scene.stream(5 * DAY)
    return scene.order("openStream", PASS, (BUDGET, AMOUNT, TERM, 9, TEXT), "")


def _approve(chain: Bench, scene: Program) -> int:
    """The second of a month."""
    scene.grant()
    return scene.order("approveTranche", 1, 1, "")


def _approve_by_safe(chain: Bench, scene: Program) -> int:
    scene.grant()
    return scene.group.act(scene.contributors.address, scene.contributors.data("approveTranche", 1, 1, ""))


def _grant(chain: Bench, scene: Program) -> int:
    """Of 16 tranches."""
    return scene.order("openGrant", PASS, BUDGET, [(AMOUNT, 0, 2, TEXT)] * 16)


SCENARIOS: dict[str, Callable[[Bench, Program], int]] = {
    "Contributors.claimStream": _claim,
    "Contributors.claimStream/first_points": _claim_first_points,
    "Contributors.claimStream/no_pt": _claim_no_pt,
    "Contributors.payTranche": _tranche,
    "Contributors.payTranche/vesting": _tranche_vesting,
    "Contributors.payTranche/no_pt": _tranche_no_pt,
    "Contributors.payBounty": _bounty,
    "Contributors.openStream": _open,
    "Contributors.stopStream": _stop,
    "Contributors.openGrant/16_tranches": _grant,
    "Contributors.approveTranche": _approve,
    "Contributors.approveTranche/by_safe": _approve_by_safe,
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
