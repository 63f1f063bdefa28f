"""VotingEscrow: each operation among N other lockers."""

from __future__ import annotations

from collections.abc import Callable

from eth_utils import keccak, to_checksum_address
from rlp import encode as rlp_encode  # type: ignore[import-untyped]  # has no annotations

from bench.chain import START, WEEK, Bench
from support.solidity import compile_source

PT = 10**18
Progress = Callable[[str], None]


def _created(sender: str, nonce: int) -> str:
    return to_checksum_address(keccak(rlp_encode([bytes.fromhex(sender[2:]), nonce]))[-20:])


class Escrow:
    """A chain with PT, the escrow and ``lockers`` locks, each made in a block and a second of its own.

    The locks end 103 or 104 weeks after the start, one of them after 52: the shared weeks.
    """

    def __init__(self, chain: Bench, lockers: int, progress: Progress = lambda text: None) -> None:
        self.chain = chain
        deployer = chain.account("deployer")
        token = _created(deployer, 2)
        chain.at(START)
        self.escrow = chain.deploy("VotingEscrow", token, chain.account("dao"), sender=deployer)
        crowd = compile_source("Crowd.sol", "Crowd")
        self.crowd = chain.deploy(crowd, token, self.escrow.address, sender=deployer)
        self.pt = chain.deploy("PhemexToken", [self.crowd.address], [10**27], sender=deployer)
        self.genesis = chain.read(self.escrow, "GENESIS")
        for i in range(lockers):
            week = 52 if i == 0 else 103 + i % 2
            chain.at(START + 10 + i)
            chain.send(self.crowd, deployer, "spawn", i, 100 * PT, START + week * WEEK, "0x" + "00" * 20)
            if i % 1000 == 999:
                progress(f"{i + 1:,} lockers")
        length = chain.read(self.escrow, "totalHistory", 0, 0)[1]
        if length != lockers:
            raise RuntimeError(f"{lockers} lockers left {length} checkpoints")
        self.start = START + 10 + lockers

    def end(self, week: int) -> int:
        """A week boundary, counted from the start."""
        return START + week * WEEK

    def holder(self, role: str = "holder", amount: int = 10_000 * PT) -> str:
        """An account with PT and an allowance for the escrow that is larger than what it will lock."""
        account = self.chain.account(role)
        self.chain.send(self.crowd, self.chain.account("deployer"), "fund", account, amount)
        self.chain.send(self.pt, account, "approve", self.escrow.address, 10**24)
        return account

    def locked(self, role: str = "holder", week: int = 104, amount: int = 1_000 * PT, **funds: int) -> str:
        """A holder with a lock, made an hour ago."""
        account = self.holder(role, **funds)
        self.chain.send(self.escrow, account, "create", amount, self.end(week))
        self.chain.at(self.chain.now() + 3_600)
        return account


def measure(lockers: int, progress: Progress = lambda text: None) -> dict[str, int]:
    """Every figure of the escrow among that many lockers: operation -> gas."""
    with Bench() as chain:
        scene = Escrow(chain, lockers, progress)
        figures: dict[str, int] = {}
        for name, scenario in SCENARIOS.items():
            progress(name)
            with chain.isolate():
                figures[f"VotingEscrow.{name}"] = scenario(chain, scene)
        return figures


def _act(name: str, *args: int, week: int = 104) -> Callable[[Bench, Escrow], int]:
    """Gas of one call by a holder with a lock."""

    def scenario(chain: Bench, scene: Escrow) -> int:
        return chain.send(scene.escrow, scene.locked(week=week), name, *args)

    return scenario


def _create(week: int) -> Callable[[Bench, Escrow], int]:
    def scenario(chain: Bench, scene: Escrow) -> int:
        holder = scene.holder()
        return chain.send(scene.escrow, holder, "create", 1_000 * PT, scene.end(week))

    return scenario


def _create_after(silent_weeks: int, week: int) -> Callable[[Bench, Escrow], int]:
    def scenario(chain: Bench, scene: Escrow) -> int:
        holder = scene.holder()
        chain.at(scene.end(silent_weeks) - 7_200 if silent_weeks < 100 else scene.start + silent_weeks * WEEK)
        return chain.send(scene.escrow, holder, "create", 1_000 * PT, scene.end(week))

    return scenario


def _create_delegated(chain: Bench, scene: Escrow) -> int:
    """A second lock of an account that delegates, in weeks that its delegatee's line knows."""
    delegatee = chain.account("delegatee")
    other = scene.locked("other")
    chain.send(scene.escrow, other, "delegate", delegatee)
    holder = scene.holder()
    chain.send(scene.escrow, holder, "delegate", delegatee)
    return chain.send(scene.escrow, holder, "create", 1_000 * PT, scene.end(104))


def _withdraw(rest: int) -> Callable[[Bench, Escrow], int]:
    def scenario(chain: Bench, scene: Escrow) -> int:
        holder = scene.locked(week=20, amount=1_000 * PT)
        balance = chain.read(scene.pt, "balanceOf", holder)
        chain.send(scene.pt, holder, "transfer", scene.crowd.address, balance - rest)
        chain.at(scene.end(20))
        return chain.send(scene.escrow, holder, "withdraw()")

    return scenario


def _withdraw_after_silence(chain: Bench, scene: Escrow) -> int:
    holder = scene.locked(week=20)
    chain.at(scene.end(20) + 6 * 52 * WEEK)
    return chain.send(scene.escrow, holder, "withdraw()")


def _relock(chain: Bench, scene: Escrow) -> int:
    holder = scene.locked(week=20)
    chain.at(scene.end(20))
    return chain.send(scene.escrow, holder, "relock", scene.end(104))


def _start_clock(chain: Bench, scene: Escrow) -> int:
    holder = scene.locked()
    chain.send(scene.escrow, holder, "makePermanent")
    return chain.send(scene.escrow, holder, "startClock")


def _create_for(chain: Bench, scene: Escrow) -> int:
    owner, operator = chain.account("owner"), scene.holder("operator")
    chain.send(scene.escrow, owner, "setOperator", operator, True, scene.end(104))
    return chain.send(scene.escrow, operator, "createFor", owner, 1_000 * PT)


def _delegate(change: str) -> Callable[[Bench, Escrow], int]:
    def scenario(chain: Bench, scene: Escrow) -> int:
        holder = scene.locked()
        if change == "used_line":
            other = scene.locked("other")
            chain.send(scene.escrow, other, "delegate", chain.account("delegatee"))
        if change in ("back", "move"):
            chain.send(scene.escrow, holder, "delegate", chain.account("first delegatee"))
        delegatee = holder if change == "back" else chain.account("delegatee")
        return chain.send(scene.escrow, holder, "delegate", delegatee)

    return scenario


def _votes_after_50(chain: Bench, scene: Escrow) -> int:
    """A self-voter's past votes, 50 checkpoints ago."""
    holder = scene.locked()
    then = chain.now()
    for _ in range(50):
        chain.at(chain.now() + 3_600)
        chain.send(scene.escrow, holder, "add", 1 * PT)
    return chain.execution(scene.escrow, "getPastVotes", holder, then)


def _votes_over_104_weeks(chain: Bench, scene: Escrow) -> int:
    """A delegatee with an expiry in each of the 104 weeks since its line was last written."""
    delegatee, deployer = chain.account("delegatee"), chain.account("deployer")
    for week in range(5, 109):
        if week == 105:
            chain.at(scene.end(4))
        chain.send(scene.crowd, deployer, "spawn", 10**9 + week, 10 * PT, scene.end(week), delegatee)
    chain.warp(scene.end(109))
    history, length = chain.read(scene.escrow, "lineHistory", delegatee, 0, 1_000)
    if length != 104 or history[-1][0] > scene.end(5):
        raise RuntimeError("the line is not what this figure is about")
    return chain.execution(scene.escrow, "getPastVotes", delegatee, scene.end(108) + 60)


def _past_total(chain: Bench, scene: Escrow) -> int:
    """The total at a second in the middle of the lockers' arrival."""
    return chain.execution(scene.escrow, "getPastTotalSupply", (START + 10 + scene.start) // 2)


SCENARIOS: dict[str, Callable[[Bench, Escrow], int]] = {
    "create/shared_week": _create(104),
    "create/new_week": _create(90),
    "create/delegated": _create_delegated,
    "create/after_99_silent_weeks": _create_after(99, 104),
    "create/after_100_silent_weeks": _create_after(100, 150),
    "createFor": _create_for,
    "add": _act("add", 500 * PT),
    "extend/shared_week": _act("extend", START + 104 * WEEK, week=103),
    "extend/new_week": _act("extend", START + 91 * WEEK, week=52),
    "addAndExtend": _act("addAndExtend", 500 * PT, START + 104 * WEEK, week=103),
    "makePermanent": _act("makePermanent"),
    "startClock": _start_clock,
    "relock": _relock,
    "withdraw": _withdraw(5 * PT),
    "withdraw/no_pt": _withdraw(0),
    "withdraw/after_6_silent_years": _withdraw_after_silence,
    "delegate/first": _delegate("first"),
    "delegate/used_line": _delegate("used_line"),
    "delegate/move": _delegate("move"),
    "delegate/back": _delegate("back"),
    "getPastVotes/50_checkpoints": _votes_after_50,
    "getPastVotes/104_weeks": _votes_over_104_weeks,
    "getPastTotalSupply": _past_total,
}
