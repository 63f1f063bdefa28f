"""The commitment to an account of the exchange: what the chain knows of it.

HMAC-SHA256 under one key. Without the key nobody can tell whether a commitment belongs to a given account,
however few account numbers there are; with it, each account has exactly one commitment. The key is therefore
**never rotated**: a new one would give every account a second commitment, and with it a second pass.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from phemexia.errors import Refused

KEY_BYTES = 32
LONGEST_ID = 128
_ACCOUNT = b"phemexia account v1:"
_FINGERPRINT = b"phemexia commitment key v1"


class CommitmentKey:
    """The secret behind all commitments, 32 bytes. It never shows in a representation or an error."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise Refused(f"a commitment key has {KEY_BYTES} bytes, this one has {len(secret)}")
        self._secret = secret

    def __repr__(self) -> str:
        return f"<CommitmentKey {self.fingerprint}>"

    @classmethod
    def create(cls, path: Path) -> CommitmentKey:
        """Make a key and write it to a new file that only its owner reads; :class:`Refused` if there is one."""
        key = cls(secrets.token_bytes(KEY_BYTES))
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise Refused(f"{path} exists: a commitment key is made once and never replaced") from None
        except OSError as error:
            raise Refused(f"{path} can't be written: {error.strerror}") from None
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key._secret.hex() + "\n")
        return key

    @classmethod
    def read(cls, path: Path) -> CommitmentKey:
        """The key of a file (64 hexadecimal digits) that nobody but its owner can read; :class:`Refused`."""
        try:
            text, mode = path.read_text(encoding="ascii").strip(), path.stat().st_mode
        except FileNotFoundError:
            raise Refused(f"there is no commitment key at {path}: 'ape run passes key {path}' makes one") from None
        except (OSError, UnicodeDecodeError):
            raise Refused(f"{path} can't be read as a commitment key") from None
        if mode & 0o077:
            raise Refused(f"{path} can be read by others: 'chmod 600 {path}', and think about who has seen it")
        try:
            return cls(bytes.fromhex(text))
        except ValueError:
            raise Refused(f"{path} is not a commitment key: it should be 64 hexadecimal digits") from None

    @property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits that tell keys apart and reveal nothing of them."""
        return hmac.digest(self._secret, _FINGERPRINT, "sha256").hex()[:8]

    def commit(self, account_id: str) -> bytes:
        """The commitment to an account, 32 bytes; :class:`Refused` for what :func:`flaw` finds."""
        if found := flaw(account_id):
            raise Refused(f"the account id {found}")
        return hmac.digest(self._secret, _ACCOUNT + account_id.encode("ascii"), "sha256")


def flaw(account_id: str) -> str | None:
    """What is wrong with an account id, or None.

    An account must have one spelling, or it would have two commitments: printable ASCII without spaces.
    """
    if not account_id:
        return "is empty"
    if len(account_id) > LONGEST_ID:
        return f"has more than {LONGEST_ID} characters"
    if not all("!" <= character <= "~" for character in account_id):
        return "has a character that is not printable ASCII, or a space"
    return None
