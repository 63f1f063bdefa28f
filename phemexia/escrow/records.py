"""What the model is made of: the constants of the escrow, a lock's record, and the shapes of its answers."""

from dataclasses import dataclass
from typing import Any

WEEK = 604_800
"""Seconds."""
MAX_WEEKS = 104
MAX_TERM = MAX_WEEKS * WEEK
"""Longest term in seconds; a lock of that term weighs its amount."""
MIN_TERM = MAX_TERM // 24
"""Shortest term: 30 days and 8 hours, in seconds."""
MIN_DEPOSIT = 10**18
"""1 PT in wei."""
MIGRATION_NOTICE = 30 * 86_400
"""Seconds between the announcement of a successor and the first migration."""
LAST_WEEK = 4095
"""The last week since genesis in which a lock can end."""
LAST_SECOND = 2**32 - 1
"""The last second since genesis in which anything can be written."""
PERMANENT = 2**256 - 1
"""The unlock time of a permanent lock."""
ZERO = "0x" + "00" * 20
"""The zero address."""


@dataclass(frozen=True)
class Record:
    """One owner's lock from the second ``since`` on, until the owner's next record.

    ``amount`` is in wei, 0 without a lock; ``unlock_time`` in seconds since 1970, :data:`PERMANENT`, or 0 without
    a lock; ``delegatee`` is who votes with it, the owner itself included. ``kept`` is False where the contract
    keeps no checkpoint: a withdrawal happens after the end, changes no weight, and is not worth a slot.
    """

    owner: str
    amount: int
    unlock_time: int
    delegatee: str
    since: int
    kept: bool = True

    @property
    def is_permanent(self) -> bool:
        """Whether it does not decay."""
        return self.amount > 0 and self.unlock_time == PERMANENT

    def runs_at(self, time: int) -> bool:
        """Whether it weighs anything at a time: it does until the second before its unlock time."""
        return self.amount > 0 and (self.unlock_time == PERMANENT or time < self.unlock_time)

    def raw_at(self, time: int) -> int:
        """Undivided weight: amount times seconds left, in wei-seconds; a permanent lock has 104 weeks left."""
        if not self.runs_at(time):
            return 0
        return self.amount * (MAX_TERM if self.is_permanent else self.unlock_time - time)


@dataclass(frozen=True)
class LockView:
    """``IVotingEscrow.LockView``: wei, seconds, address, wei, wei."""

    amount: int
    unlock_time: int
    delegatee: str
    weight: int
    votes: int


@dataclass(frozen=True)
class PastLock:
    """``IVotingEscrow.pastLock``: wei, seconds, whether somebody else voted with it, wei-seconds."""

    amount: int
    unlock_time: int
    delegated: bool
    raw: int


@dataclass(frozen=True)
class Line:
    """``IVotingEscrow.pastLine``: A in wei, C in wei-weeks, weight in wei-seconds."""

    amount: int
    moment: int
    raw: int


@dataclass(frozen=True)
class Operator:
    """Terms of an operator: whether it may pay in, and the end (seconds) it may create the lock with, or 0."""

    approved: bool = False
    unlock_time: int = 0


@dataclass(frozen=True)
class Emitted:
    """An event: name and arguments as the contract spells them."""

    name: str
    arguments: dict[str, Any]
