"""Why the escrow refuses: one exception for each error of the contract, of the same name and arguments.

``VotingEscrow__LockExists(address account)`` is :class:`LockExists` with the field ``account``; ``name`` and
``arguments`` give the contract's spelling, so a revert and a refusal can be compared as values.
"""

from dataclasses import dataclass, fields
from typing import ClassVar


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


@dataclass(eq=False)
class Refused(Exception):
    """The action is refused and nothing has changed."""

    PREFIX: ClassVar[str] = "VotingEscrow__"

    @property
    def name(self) -> str:
        """The name of the contract's error."""
        return self.PREFIX + type(self).__name__

    @property
    def arguments(self) -> dict[str, int | str]:
        """The error's arguments by their names in Solidity."""
        return {_camel(field.name): getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        return f"{self.name}({', '.join(f'{key}={value}' for key, value in self.arguments.items())})"


@dataclass(eq=False)
class DepositTooSmall(Refused):
    """The amount is below 1 PT."""

    amount: int
    minimum: int


@dataclass(eq=False)
class NotWeekBoundary(Refused):
    """The unlock time is not a Thursday, 00:00 UTC."""

    unlock_time: int
    below: int
    above: int


@dataclass(eq=False)
class TermTooShort(Refused):
    """Less than 30 days and 8 hours would be left."""

    unlock_time: int
    earliest: int


@dataclass(eq=False)
class TermTooLong(Refused):
    """More than 104 weeks would be left, or the end lies past the last week that the bits hold."""

    unlock_time: int
    latest: int


@dataclass(eq=False)
class NotExtended(Refused):
    """The new end is not after the present one."""

    unlock_time: int
    current: int


@dataclass(eq=False)
class LockExists(Refused):
    """The account holds a lock, running or over."""

    account: str


@dataclass(eq=False)
class NoLock(Refused):
    """The account holds no lock."""

    account: str


@dataclass(eq=False)
class LockExpired(Refused):
    """The lock is over."""

    account: str
    unlock_time: int


@dataclass(eq=False)
class LockActive(Refused):
    """The lock still runs."""

    account: str
    unlock_time: int


@dataclass(eq=False)
class LockPermanent(Refused):
    """The lock is permanent."""

    account: str


@dataclass(eq=False)
class LockNotPermanent(Refused):
    """The lock is not permanent."""

    account: str


@dataclass(eq=False)
class NotOperator(Refused):
    """The caller may not pay into this lock, or not create it."""

    owner: str
    caller: str


@dataclass(eq=False)
class NotDao(Refused):
    """Only the Timelock may."""

    caller: str


@dataclass(eq=False)
class NotMigratable(Refused):
    """The successor is not announced, or not for 30 days yet."""

    # `from` is a keyword of Python; `arguments` has the contract's name.
    successor: str
    since: int

    @property
    def arguments(self) -> dict[str, int | str]:
        """``successor`` and ``from``."""
        return {"successor": self.successor, "from": self.since}


@dataclass(eq=False)
class MigrationRefused(Refused):
    """The successor did not confirm."""

    successor: str


@dataclass(eq=False)
class BadAddress(Refused):
    """The address is zero, the escrow, or lacks code."""

    account: str


@dataclass(eq=False)
class NotTransferable(Refused):
    """vePT does not move."""


@dataclass(eq=False)
class Foreign(Refused):
    """An error that a library of the contract declares; it has no prefix."""

    PREFIX = ""


@dataclass(eq=False)
class ERC5805FutureLookup(Foreign):
    """A past lookup asks for the present or the future."""

    timepoint: int
    clock: int


@dataclass(eq=False)
class History__TimeOverflow(Foreign):
    """136 years have passed since genesis; nothing can be written any more."""

    time: int


@dataclass(eq=False)
class VotesExpiredSignature(Foreign):
    """The signed delegation came too late."""

    expiry: int


@dataclass(eq=False)
class ECDSAInvalidSignature(Foreign):
    """The signature is nobody's."""


@dataclass(eq=False)
class InvalidAccountNonce(Foreign):
    """The signature has been used, or was made for another turn."""

    account: str
    current_nonce: int


@dataclass(eq=False)
class SafeCastOverflowedUintDowncast(Foreign):
    """An operator's unlock time does not fit into 64 bits."""

    bits: int
    value: int


@dataclass(eq=False)
class ERC20InsufficientAllowance(Foreign):
    """The payer has not approved that much PT."""

    spender: str
    allowance: int
    needed: int


@dataclass(eq=False)
class ERC20InsufficientBalance(Foreign):
    """The payer does not have that much PT."""

    sender: str
    balance: int
    needed: int
