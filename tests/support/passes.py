"""A model of the Soul Pass in plain Python: who holds what, and which error comes when something can't be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

DAY = 86_400
WAIT, LIFE, BLOCK = 7 * DAY, 30 * DAY, 30 * DAY
VOICELESS, STRUCK = 14 * DAY, 30 * DAY
STARTS = 20


def elector_since(soul_pass: Any, wallet: Any) -> int:
    """What the contract tells governance about a wallet now (seconds)."""
    return soul_pass.electorAt(wallet, soul_pass.chain.timestamp)[1]


class Refusal(Exception):
    """The contract must revert with this error (without its prefix)."""


@dataclass
class Pass:
    """One id. ``wallet`` is None while the pass is dormant; ``revoked`` is when, or None."""

    account: int
    wallet: int | None = None
    since: int = 0
    revoked: int | None = None
    pending: tuple[int, int, int] | None = None  # wallet, start, term of the issuer
    blocked_until: int = 0
    blocked_by_holder: bool = False
    burned_by: int | None = None  # who burned it while it was revoked, until it is reinstated
    record: dict[str, tuple[int, int]] = field(default_factory=dict)


class Model:
    """Wallets and accounts are numbers; times are in seconds. Methods mirror the contract's functions."""

    def __init__(self, now: int) -> None:
        self.now = now
        self.passes: dict[int, Pass] = {}
        self.nonces: dict[int, int] = {}
        self.term = 0
        self.paused: set[str] = set()
        self.starts: dict[int, int] = {}

    # --- what is known

    def id_of(self, account: int) -> int:
        """The account's id, zero if it never minted."""
        return next((number for number, one in self.passes.items() if one.account == account), 0)

    def pass_of(self, wallet: int) -> int:
        """The wallet's id, zero if none."""
        return next((number for number, one in self.passes.items() if one.wallet == wallet), 0)

    def occupant_of(self, wallet: int) -> int:
        """The id that keeps the wallet from getting another, zero if none."""
        burned = (number for number, one in self.passes.items() if one.burned_by == wallet)
        return self.pass_of(wallet) or next(burned, 0)

    def revoked_for(self, number: int, seconds: int) -> bool:
        """Whether a pass has been revoked for so long."""
        revoked = self.passes[number].revoked
        return revoked is not None and self.now - revoked >= seconds

    def elector_at(self, wallet: int, timepoint: int) -> tuple[int, int]:
        """What governance is told when it asks about a second."""
        number = self.pass_of(wallet)
        if not number:
            return 0, 0
        one = self.passes[number]
        struck = one.revoked is not None and timepoint - one.revoked >= STRUCK
        return number, 0 if struck else one.since

    def is_pending(self, number: int) -> bool:
        """Whether a recovery waits that counts."""
        pending = self.passes[number].pending
        return pending is not None and pending[2] == self.term and self.now - pending[1] < LIFE

    # --- what is done

    def check_mint(self, account: int, wallet: int) -> None:
        """Raise what stands in the way of a mint with a good voucher."""
        number = self.id_of(account)
        if self.occupant_of(wallet):
            raise Refusal("WalletHasPass")
        if number and self.passes[number].wallet is not None:
            raise Refusal("AccountHasPass")
        if number and self.passes[number].revoked is not None:
            raise Refusal("Revoked")

    def mint(self, account: int, wallet: int) -> int:
        """Returns the id."""
        if self.paused:
            raise Refusal("IssuancePaused")
        self.check_mint(account, wallet)
        number = self.id_of(account)
        if not number:
            number = len(self.passes) + 1
            self.passes[number] = Pass(account)
        self.nonces[account] = self.nonces.get(account, 0) + 1
        self.passes[number].wallet, self.passes[number].since = wallet, self.now
        return number

    def burn(self, wallet: int, number: int) -> None:
        """By a wallet."""
        if number not in self.passes or self.passes[number].wallet != wallet:
            raise Refusal("NotHolder")
        one = self.passes[number]
        one.burned_by = wallet if one.revoked is not None else None
        one.wallet = one.pending = None

    def revoke(self, number: int) -> None:
        """By the issuer."""
        if self.passes[number].revoked is not None:
            raise Refusal("Revoked")
        self.passes[number].revoked, self.passes[number].pending = self.now, None

    def reinstate(self, number: int, by: str) -> None:
        """By ``dao`` or ``issuer``."""
        if self.passes[number].revoked is None:
            raise Refusal("NotRevoked")
        struck = self.revoked_for(number, STRUCK)
        if by != "dao" and struck:
            raise Refusal("MayNotReinstate")
        self.passes[number].revoked = self.passes[number].burned_by = None
        if struck:
            self.passes[number].since = self.now

    def start(self, account: int, wallet: int) -> int:
        """Start a recovery; returns the id."""
        number = self.id_of(account)
        if not number or self.passes[number].wallet is None:
            raise Refusal("NotHeld")
        if self.occupant_of(wallet):
            raise Refusal("WalletHasPass")
        if self.is_pending(number):
            raise Refusal("RecoveryPending")
        one = self.passes[number]
        ignored = one.blocked_by_holder and self.revoked_for(number, VOICELESS)
        if self.now < one.blocked_until and not ignored:
            raise Refusal("RecoveryBlocked")
        today = self.now // DAY
        if self.starts.get(today, 0) == STARTS:
            raise Refusal("TooManyRecoveries")
        self.starts[today] = self.starts.get(today, 0) + 1
        self.nonces[account] += 1
        one.pending = (wallet, self.now, self.term)
        return number

    def stop(self, number: int, by: str, wallet: int | None = None) -> None:
        """By ``dao``, ``guardian`` or a ``wallet``."""
        one = self.passes[number]
        started = one.pending[1] if one.pending is not None else 0
        voiceless = one.revoked is not None and started - one.revoked >= VOICELESS
        if by == "wallet" and (one.wallet != wallet or voiceless):
            raise Refusal("MayNotStop")
        if not self.is_pending(number):
            raise Refusal("NoRecovery")
        one.pending, one.blocked_until, one.blocked_by_holder = None, self.now + BLOCK, by == "wallet"

    def complete(self, number: int) -> None:
        """By anyone."""
        if not self.is_pending(number):
            raise Refusal("NoRecovery")
        one = self.passes[number]
        assert one.pending is not None
        wallet, start, _ = one.pending
        if self.now - start < WAIT:
            raise Refusal("RecoveryWaits")
        if self.occupant_of(wallet):
            raise Refusal("WalletHasPass")
        one.wallet, one.since, one.pending = wallet, self.now, None

    def write(self, number: int, kind: str, value: int, by_dao: bool = False) -> None:
        """By the publisher, for whom only ``credit`` may fall, or by the DAO, for whom all may."""
        if number not in self.passes:
            raise Refusal("UnknownPass")
        before = self.passes[number].record.get(kind, (0, 0))[0]
        if kind != "credit" and value < before and not by_dao:
            raise Refusal("MayNotFall")
        self.passes[number].record[kind] = (value, self.now)
