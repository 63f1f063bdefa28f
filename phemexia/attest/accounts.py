"""The exchange's list of qualified accounts: a CSV file with the columns `account` and, if known, `wallet`.

Everything is checked before anything is done: all flaws of a file are told at once, with their line numbers.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eth_utils import is_address, is_checksum_formatted_address, to_checksum_address

from phemexia.attest.commitment import flaw
from phemexia.errors import Refused

SHOWN = 20
"""So many flaws are told in full; of the others the number."""


@dataclass(frozen=True)
class Qualified:
    """One account: the line it stands on, its id, and its wallet (checksummed) if the exchange knows it."""

    line: int
    account_id: str
    wallet: str | None


def read_accounts(path: Path) -> list[Qualified]:
    """All accounts of a file, in its order; :class:`Refused` names every line that is wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            found, flaws = _collect(path, reader)
    except FileNotFoundError:
        raise Refused(f"there is no file {path}") from None
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{path} can't be read as UTF-8 text") from None
    except csv.Error as error:
        raise Refused(f"{path} is not a CSV file: {error}") from None
    flaws += _doubles("account", ((row.account_id, row.line) for row in found))
    flaws += _doubles("wallet", ((row.wallet, row.line) for row in found if row.wallet))
    if flaws:
        flaws.sort()
        told = [text for _, text in flaws[:SHOWN]]
        rest = len(flaws) - len(told)
        more = [f"and {rest:,} more"] if rest else []
        raise Refused(f"{path}: {'; '.join(told + more)}: nothing was written")
    if not found:
        raise Refused(f"{path} names no account")
    return found


def _collect(path: Path, reader: Iterator[list[str]]) -> tuple[list[Qualified], list[tuple[int, str]]]:
    header = [name.strip().lower() for name in next(reader, [])]
    if "account" not in header:
        raise Refused(
            f'{path}, line 1: the column "account" is missing (there is: {", ".join(header) or "nothing"})'
        )
    if len(set(header)) != len(header):
        raise Refused(f"{path}, line 1: a column is named twice")
    at = header.index("account")
    wallet_at = header.index("wallet") if "wallet" in header else None
    found: list[Qualified] = []
    flaws: list[tuple[int, str]] = []
    for row in reader:
        line: int = reader.line_num  # type: ignore[attr-defined]  # csv's readers have it
        if not row:
            continue
        if len(row) != len(header):
            flaws.append((line, f"line {line} has {len(row)} fields instead of {len(header)}"))
            continue
        account, wallet = row[at], row[wallet_at].strip() if wallet_at is not None else ""
        wrong = [f"the account {text}" for text in (flaw(account),) if text]
        wrong += [f"the wallet {text}" for text in (_wallet_flaw(wallet),) if text]
        flaws += [(line, f"line {line}: {text}") for text in wrong]
        if not wrong:
            found.append(Qualified(line, account, to_checksum_address(wallet) if wallet else None))
    return found, flaws


def _wallet_flaw(wallet: str) -> str | None:
    if not wallet:
        return None
    if not wallet.startswith("0x") or not is_address(wallet.lower()):
        return "is no address"
    if int(wallet, 16) == 0:
        return "is the zero address"
    mixed = wallet != wallet.lower() and wallet != "0x" + wallet[2:].upper()
    if mixed and (not is_checksum_formatted_address(wallet) or to_checksum_address(wallet) != wallet):
        return "has a wrong checksum, so a character of it is wrong"
    return None


def _doubles(what: str, pairs: Iterator[tuple[str, int]]) -> list[tuple[int, str]]:
    """What stands in several lines; the ids themselves are not told, they are confidential."""
    lines: dict[str, list[int]] = defaultdict(list)
    for value, line in pairs:
        lines[value].append(line)
    return [
        (seen[0], f"lines {', '.join(map(str, seen[:-1]))} and {seen[-1]} name the same {what}")
        for seen in lines.values()
        if len(seen) > 1
    ]
