"""What an action would do: one call, and what is different after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from web3.contract import Contract

from phemexia.escrow import PERMANENT, Record
from phemexia.holder.standing import Standing
from phemexia.holder.weeks import show_boundary
from phemexia.proposals.dao import show_weight


@dataclass(frozen=True)
class Call:
    """A function of a contract and what it is told."""

    contract: Contract
    function: str
    arguments: tuple[Any, ...]

    @property
    def bound(self) -> Any:
        """As web3 sends it."""
        return self.contract.functions[self.function](*self.arguments)

    @property
    def data(self) -> str:
        """Call data, hexadecimal."""
        return str(self.bound._encode_transaction_data())


@dataclass(frozen=True)
class Change:
    """One thing, before and after; a thing that stays as it is has the same text twice."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Plan:
    """What a wallet is about to do."""

    wallet: str
    what: str
    """In the imperative: `lock 1,000 PT until Thursday 2028-06-01 00:00 UTC`."""
    done: str
    """In the past tense, for when it was sent."""
    call: Call
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()
    """What its owner should know first."""
    pays: int = 0
    """Wei of PT that the escrow takes from the wallet."""
    records: tuple[Record, ...] = ()
    """The lock's history as it would be, to be drawn; empty if it is not about the lock."""


def show_end(unlock_time: int) -> str:
    """The end of a lock in words."""
    if unlock_time == PERMANENT:
        return "never, until its clock is started"
    return show_boundary(unlock_time) if unlock_time else "no lock"


def compare(before: Standing, after: Standing) -> tuple[Change, ...]:
    """What a lock's owner looks at."""
    return (
        Change("PT in the wallet", show_weight(before.pt, "PT"), show_weight(after.pt, "PT")),
        Change("PT locked", show_weight(before.amount, "PT"), show_weight(after.amount, "PT")),
        Change("unlocks", show_end(before.unlock_time), show_end(after.unlock_time)),
        Change("weight now", show_weight(before.weight), show_weight(after.weight)),
        Change("votes now", show_weight(before.votes), show_weight(after.votes)),
        Change("VIP level", before.vip, after.vip),
    )
