"""VotingEscrow: each operation among N other lockers."""

from __future__ import annotations

from collections.abc import Callable

from eth_abi import encode
from eth_utils import keccak, to_checksum_address
from rlp import encode as rlp_encode  # type: ignore[import-untyped]  # has no annotations
from support.solidity import compile_source

from bench.chain import START, WEEK, Bench
from phemexia.evm import Chain

PT = 10**18
UNLIMITED = 2**256 - 1
Progress = Callable[[str], None]


def _created(sender: str, nonce: int) -> str:
    return to_checksum_address(keccak(rlp_encode([bytes.fromhex(sender[2:]), nonce]))[-20:])


def _mapped(slot: int, key: int) -> int:
    """Where a mapping at ``slot`` keeps the value of ``key``."""
    return int.from_bytes(keccak(encode(["uint256", "uint256"], [key, slot])))


def _escrow_slots(owners: list[str], checkpoints: int) -> list[int]:
    """Every slot that locks, all of them self-voting, can have written (`forge inspect VotingEscrow storage`)."""
    head, past, expiring, populated, locks = 0, 1, 2, 3, 5
    return [
        head,
        *(_mapped(past, index) for index in range(checkpoints)),
        *(_mapped(expiring, week) for week in range(256)),
        _mapped(populated, 0),
        *(_mapped(locks, int(owner, 16)) for owner in owners),
    ]


def _tuples(value: object) -> object:
    """Structs as the node's answers have them."""
    if isinstance(value, dict):
        return tuple(value.values())
    return tuple(map(_tuples, value)) if isinstance(value, (list, tuple)) else value


class Escrow:
    """A chain with PT, the escrow and ``lockers`` locks, each made in a second of its own.

    The locks end 103 or 104 weeks after the start, one of them after 52: the shared weeks. They are made in
    process, by the same bytecode, and the storage that they leave is copied: a node computes the root of its
    whole state for each block, which makes ten thousand blocks of growing state a matter of half an hour.
    """

    def __init__(self, chain: Bench, lockers: int, progress: Progress = lambda text: None) -> None:
        self.chain = chain
        deployer, dao = chain.account("deployer"), chain.account("dao")
        token = _created(deployer, 2)
        crowd = compile_source("Crowd.sol", "Crowd")
        chain.at(START)
        self.escrow = chain.deploy("VotingEscrow", token, dao, sender=deployer)
        self.crowd = chain.deploy(crowd, token, self.escrow.address, sender=deployer)
        self.pt = chain.deploy("PhemexToken", [self.crowd.address], [10**27], sender=deployer)

        twin = Chain(START)
        escrow = twin.deploy("VotingEscrow", token, dao, sender=deployer)
        place = twin.deploy(crowd, token, escrow, sender=deployer)
        pt = twin.deploy("PhemexToken", [place], [10**27], sender=deployer)
        if [escrow.address, place.address, pt.address] != [
            self.escrow.address,
            self.crowd.address,
            self.pt.address,
        ]:
            raise RuntimeError("the twin's contracts stand elsewhere")
        owners = []
        for i in range(lockers):
            twin.warp(START + 10 + i)
            week = 52 if i == 0 else 103 + i % 2
            receipt = place.spawn(i, 100 * PT, START + week * WEEK, "0x" + "00" * 20, sender=deployer)
            owners.append(receipt.named("Created")[0].args["owner"])
        progress("copying the lockers")
        for slot in _escrow_slots(owners, lockers):
            self._copy(twin, self.escrow.address, slot)
        for holder in (self.escrow.address, self.crowd.address):
            self._copy(twin, self.pt.address, _mapped(0, int(holder, 16)))

        self.start = START + 10 + lockers
        chain.warp(self.start)
        twin.warp(self.start)
        for view, *args in (("totalHistory", 0, 3), ("totalSupply",), ("expiringTotal", self.end(104))):
            if chain.read(self.escrow, view, *args) != _tuples(escrow[view](*args)):
                raise RuntimeError(f"the copy differs from its twin in {view}")

    def _copy(self, twin: Chain, address: str, slot: int) -> None:
        value = twin.storage(address, slot)
        if value:
            self.chain.rpc("anvil_setStorageAt", address, f"0x{slot:064x}", f"0x{value:064x}")

    def end(self, week: int) -> int:
        """A week boundary, counted from the start."""
        return START + week * WEEK

    def holder(self, role: str = "holder", allowance: int = UNLIMITED) -> str:
        """An account with 10,000 PT and a standing allowance for the escrow."""
        account = self.chain.account(role)
        self.chain.send(self.crowd, self.chain.account("deployer"), "fund", account, 10_000 * PT)
        self.chain.send(self.pt, account, "approve", self.escrow.address, allowance)
        return account

    def locked(self, role: str = "holder", week: int = 104, allowance: int = UNLIMITED) -> str:
        """A holder with a lock, made an hour ago."""
        account = self.holder(role, allowance)
        self.chain.send(self.escrow, account, "create", 1_000 * PT, self.end(week))
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


def _add_limited(chain: Bench, scene: Escrow) -> int:
    """With an allowance that the transfer has to reduce."""
    return chain.send(scene.escrow, scene.locked(allowance=10**24), "add", 500 * PT)


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
        holder = scene.locked(week=20)
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
    "add/limited_allowance": _add_limited,
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
