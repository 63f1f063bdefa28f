"""Grants as they stand: what has vested, what comes when, and the plan to claim it."""

from __future__ import annotations

from dataclasses import dataclass

from eth_utils import to_checksum_address
from web3.contract import Contract

from phemexia.config import units
from phemexia.deployment.node import logs
from phemexia.distribution.grants import ROWS
from phemexia.distribution.paying import NEW_LOCK, WALLET, Target
from phemexia.distribution.schedule import Schedule
from phemexia.errors import Refused
from phemexia.holder.plan import Call, Plan
from phemexia.holder.standing import Standing
from phemexia.proposals import Dao
from phemexia.proposals.dao import show_weight


@dataclass(frozen=True)
class Held:
    """One grant in one second. Amounts are wei, times seconds since 1970."""

    row: str
    contract: Contract
    owner: str
    number: int
    amount: int
    claimed: int
    vested: int
    start: int
    firm: int
    """From when on it can be claimed from."""
    revocable: bool
    revoked: bool
    offered_to: str
    schedule: Schedule
    now: int

    @property
    def claimable(self) -> int:
        """Wei that a claim would pay now."""
        return self.vested - self.claimed if self.now >= self.firm else 0

    @property
    def next(self) -> tuple[int, int] | None:
        """When more vests, and how much; none when all has."""
        return None if self.revoked else self.schedule.next(self.start, self.amount, self.now)

    def vested_at(self, time: int) -> int:
        """Wei that have vested at a time, if nothing changes."""
        if self.revoked:
            return self.amount
        return self.schedule.unlocked(self.start, self.amount, time)

    @property
    def standing(self) -> str:
        """What is special about it."""
        if self.revoked:
            return "revoked: keeps what had vested"
        if self.now < self.firm:
            return f"can be dropped until {units.show_moment(self.firm)}"
        if self.offered_to != units.NOBODY:
            return f"offered to {self.offered_to}"
        return "revocable" if self.revocable else ""


def of_owner(dao: Dao, row: str, owner: str) -> list[Held]:
    """The grants that an account owns in one row, by number."""
    contract: Contract = getattr(dao.suite, ROWS[row][0])
    count = dao.read(contract, "grantCount", owner)
    return _read(dao, row, contract, [(owner, number) for number in range(count)])


def of_row(dao: Dao, row: str) -> list[Held]:
    """All grants of a row, in the order in which they were made."""
    attribute, name = ROWS[row]
    contract: Contract = getattr(dao.suite, attribute)
    first = dao.manifest.record.contracts[name].block or 0
    found: dict[tuple[str, int], None] = {}
    last = dao.web3.eth.block_number
    events = contract.events
    granted, moved = events.Granted(), events.Transferred()
    for raw in logs(dao.web3, contract.address, [[granted.topic, moved.topic]], first, last):
        if raw["topics"][0].to_0x_hex() == granted.topic:
            args = granted.process_log(raw)["args"]
            found[args["owner"], args["number"]] = None
        else:
            args = moved.process_log(raw)["args"]
            found[args["to"], args["newNumber"]] = None
    return _read(dao, row, contract, list(found))


def _read(dao: Dao, row: str, contract: Contract, ids: list[tuple[str, int]]) -> list[Held]:
    """Those of some grants that are there, in one block."""
    schedule = Schedule(*dao.read(contract, "plan"))
    block = dao.web3.eth.get_block("latest")
    found = []
    for owner, number in ids:
        facts = contract.functions.grantOf(owner, number).call(block_identifier=block["number"])
        amount, claimed, vested, start, firm, revocable, revoked, offered_to = facts
        if amount:
            found.append(
                Held(
                    row, contract, owner, number, amount, claimed, vested, start, firm, revocable, revoked,
                    to_checksum_address(offered_to), schedule, int(block["timestamp"]),
                )
            )  # fmt: skip
    return found


def choose(held: list[Held], wallet: str, number: int | None) -> Held:
    """The grant to claim from: the one of that number, or the only one that pays; :class:`Refused`."""
    if not held:
        raise Refused(f"{wallet} owns no grant here: 'ape run vesting show' shows them; nothing was sent")
    if number is not None:
        found = next((one for one in held if one.number == number), None)
        if found is None:
            raise Refused(f"{wallet} owns no grant {number} here: nothing was sent")
        _require_due(found)
        return found
    paying = [one for one in held if one.claimable]
    if len(paying) > 1:
        numbers = ", ".join(str(one.number) for one in paying)
        raise Refused(f"several grants have vested something, {numbers}: name one; nothing was sent")
    if not paying:
        soonest = min(held, key=lambda one: max(one.firm, one.next[0] if one.next else 0))
        _require_due(soonest)
    return paying[0]


def _require_due(one: Held) -> None:
    if one.claimable:
        return
    if one.now < one.firm:
        raise Refused(
            f"grant {one.number} can be claimed from on {units.show_moment(one.firm)} and later: nothing was sent"
        )
    if one.next is None:
        raise Refused(f"all of grant {one.number} was claimed: nothing was sent")
    raise Refused(
        f"all that has vested of grant {one.number} was claimed: the next part comes on "
        f"{units.show_moment(one.next[0])}; nothing was sent"
    )


def plan(me: Standing, one: Held, target: Target) -> Plan:
    """Claim what has vested of a grant, to where the target says."""
    what = f"{show_weight(one.claimable, 'PT')} of grant {one.number} ({one.row}){target.where}"
    if target.way == WALLET:
        call = Call(one.contract, "claim", (one.number, target.to))
    else:
        call = Call(one.contract, "claimToLock", (one.number, target.to, target.way == NEW_LOCK))
    records = target.after.records if target.after else ()
    return Plan(
        me.wallet, f"claim {what}", f"claimed {what}", call, target.changes, target.notes, 0, records
    )  # fmt: skip
