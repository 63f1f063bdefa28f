"""Grants from a CSV file, checked whole and sent in batches that are never granted twice.

Columns: `owner` and `amount`, and if wanted `start` (a day or a moment; the TGE where it is empty) and `revocable`
(yes or no, which is what it is where it is empty). A batch has a name on the chain that is used once, made of a
label (the file's name by default) and the place of its first grant in the file. So a run that died goes on where
it stopped; and because what was granted under a name is compared with the file, a file that was edited meanwhile
is refused, not granted anew.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from eth_utils import keccak, to_checksum_address
from web3.contract import Contract
from web3.logs import DISCARD

from phemexia.config import units
from phemexia.deployment.node import logs
from phemexia.errors import Refused
from phemexia.holder.plan import Call
from phemexia.proposals import Dao
from phemexia.proposals.dao import show_weight

ROWS = {
    "investors": ("investors", "InvestorVesting"),
    "operations": ("operations", "OperationsVesting"),
    "builders": ("builders", "BuilderVesting"),
}
"""The rows of the allocation that vest: the suite's attribute and the contract's name."""
COLUMNS = ("owner", "amount", "start", "revocable")
MOST_WAIT = 365 * 86_400
"""A grant starts at most so long after now or the TGE, whichever is later: Vesting.sol."""
MOST_BATCH = 150
"""Grants in one transaction: some 60,000 gas each."""
SHOWN = 20
LARGEST = 2**96

Grant = tuple[str, int, int, bool]
"""Owner, wei, start in seconds since 1970 (0 for the TGE), revocable: as the contract takes it."""


@dataclass(frozen=True)
class Line:
    """A grant and the line it stands on."""

    line: int
    grant: Grant


@dataclass(frozen=True)
class Batch:
    """Grants that go in one transaction."""

    name: bytes
    lines: list[Line]

    @property
    def total(self) -> int:
        """Wei of PT."""
        return sum(line.grant[1] for line in self.lines)


@dataclass(frozen=True)
class Granting:
    """A file compared with the chain."""

    contract: Contract
    batches: list[Batch]
    """What is to be granted."""
    done: int
    """Grants of the file that were made already."""
    unpromised: int
    """Wei of PT that can be granted now."""

    @property
    def total(self) -> int:
        """Wei of PT to be granted."""
        return sum(batch.total for batch in self.batches)

    def calls(self) -> Iterator[tuple[Call, int]]:
        """The transactions, each with how many grants it makes."""
        for batch in self.batches:
            grants = [line.grant for line in batch.lines]
            yield Call(self.contract, "grant", (batch.name, grants)), len(grants)


def read_grants(path: Path) -> list[Line]:
    """All grants of a file, in its order; :class:`Refused` names every line that is wrong."""
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
    same: dict[Grant, list[int]] = defaultdict(list)
    for one in found:
        same[one.grant].append(one.line)
    for lines in same.values():
        if len(lines) > 1:
            told = f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"
            flaws.append((lines[0], f"{told} are the same grant: make them one, if both are meant"))
    _refuse(path, flaws)
    if not found:
        raise Refused(f"{path} has no grant: nothing was sent")
    return found


def _refuse(path: Path, flaws: list[tuple[int, str]]) -> None:
    if flaws:
        told = [text for _, text in sorted(flaws)[:SHOWN]]
        more = [f"and {len(flaws) - SHOWN:,} more"] if len(flaws) > SHOWN else []
        raise Refused(f"{path}: {'; '.join(told + more)}: nothing was sent")


def _collect(path: Path, reader: Iterator[list[str]]) -> tuple[list[Line], list[tuple[int, str]]]:
    header = [name.strip().lower() for name in next(reader, [])]
    if missing := [name for name in COLUMNS[:2] if name not in header]:
        raise Refused(f'{path}, line 1: the column "{missing[0]}" is missing: nothing was sent')
    if unknown := [name for name in header if name not in COLUMNS]:
        raise Refused(f'{path}, line 1: there is no column "{unknown[0]}" for grants: nothing was sent')
    if len(set(header)) != len(header):
        raise Refused(f"{path}, line 1: a column is named twice: nothing was sent")
    found: list[Line] = []
    flaws: list[tuple[int, str]] = []
    for row in reader:
        line: int = reader.line_num  # type: ignore[attr-defined]  # csv's readers have it
        if not row:
            continue
        if len(row) != len(header):
            flaws.append((line, f"line {line} has {len(row)} fields instead of {len(header)}"))
            continue
        cells = {name: cell.strip() for name, cell in zip(header, row, strict=True)}
        try:
            found.append(Line(line, _grant(cells)))
        except ValueError as error:
            flaws.append((line, f"line {line}: {error}"))
    return found, flaws


def _grant(cells: dict[str, str]) -> Grant:
    """One line's; a :class:`ValueError` says in words what is wrong with it."""
    try:
        owner = to_checksum_address(units.address(cells["owner"]))
    except ValueError as error:
        raise ValueError(f"the owner {error}") from None
    text = cells["amount"].removesuffix("PT").strip().replace(",", "_")
    try:
        amount = units.amount(f"{text} PT", "PT")
    except ValueError:
        raise ValueError(f'the amount should be PT such as 1_000.5, not "{cells["amount"]}"') from None
    if not 0 < amount < LARGEST:
        raise ValueError(f"the amount is {'nothing' if not amount else 'more than there is PT'}")
    revocable = cells.get("revocable", "") or "no"
    if revocable not in ("yes", "no"):
        raise ValueError(f'revocable should be yes or no, not "{revocable}"')
    return owner, amount, _start(cells.get("start", "")), revocable == "yes"


def _start(text: str) -> int:
    if not text:
        return 0
    moment = f"{text} 00:00 UTC" if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text
    try:
        return units.moment(moment)
    except ValueError:
        raise ValueError(f'start should be a day such as 2027-06-01, or empty for the TGE, not "{text}"') from None


def prepare(
    dao: Dao, contract: Contract, wallet: str, path: Path, size: int, label: str | None = None, again: bool = False
) -> Granting:
    """Check a file against the contract; :class:`Refused` if any of it can't be granted from this wallet.

    ``again`` allows grants that were made before under another label.
    """
    lines = read_grants(path)
    grantor = dao.read(contract, "grantor")
    if wallet not in (grantor, dao.read(contract, "dao")):
        raise Refused(f"{wallet} does not grant, {grantor} does: nothing was sent")
    start = dao.read(contract, "start")
    latest = max(dao.now(), start) + MOST_WAIT
    _refuse(
        path,
        [
            (
                one.line,
                f"line {one.line}: start should lie between the TGE, {units.show_moment(start)}, and "
                f"{units.show_moment(latest)}",
            )
            for one in lines
            if one.grant[2] and not start <= one.grant[2] <= latest
        ],
    )
    # A start that is the TGE is the same grant as one without.
    plain = [Line(one.line, (*one.grant[:2], one.grant[2] or start, one.grant[3])) for one in lines]
    granted = _granted(dao, contract)
    batches, done, at = [], 0, 0
    mine: set[bytes] = set()
    while at < len(lines):
        name = batch_name(label or path.stem, at)
        if name in granted:
            count = len(granted[name])
            _compare(path, plain[at : at + count], granted[name])
            mine.add(name)
            done, at = done + count, at + count
            continue
        end = min(at + size, len(lines))
        end = next((i for i in range(at + 1, end) if batch_name(label or path.stem, i) in granted), end)
        batches.append(Batch(name, plain[at:end]))
        at = end
    before = {grant for name, grants in granted.items() if name not in mine for grant in grants}
    twice = [one.line for batch in batches for one in batch.lines if one.grant in before]
    if twice and not again:
        shown = ", ".join(map(str, twice[:SHOWN])) + (" ..." if len(twice) > SHOWN else "")
        raise Refused(
            f"{path}: the same was granted before under another name (line {shown}): say --again if it is meant "
            "once more; nothing was sent"
        )
    found = Granting(contract, batches, done, dao.read(contract, "unpromised"))
    _require_funds(path, found)
    return found


def batch_name(label: str, first: int) -> bytes:
    """The name on the chain of the batch that begins with that grant of a file, counted from 0."""
    return bytes(keccak(text=f"phemexia grants: {label}, from {first}"))


def _granted(dao: Dao, contract: Contract) -> dict[bytes, list[Grant]]:
    """What was granted under each name, in order, with the start that the grants have."""
    name = dao.names.contract(contract.address)
    first = dao.manifest.record.contracts[name].block or 0 if name else 0
    batch_granted = contract.events.BatchGranted()
    told: dict[bytes, list[Grant]] = {}
    for raw in logs(dao.web3, contract.address, [batch_granted.topic], first, dao.web3.eth.block_number):
        batch = batch_granted.process_log(raw)
        receipt = dao.web3.eth.get_transaction_receipt(raw["transactionHash"])
        # Several batches can be granted in one transaction: a batch's grants come right before it.
        events = contract.events.Granted().process_receipt(receipt, errors=DISCARD)
        others = batch_granted.process_receipt(receipt, errors=DISCARD)
        last = max((one["logIndex"] for one in others if one["logIndex"] < batch["logIndex"]), default=-1)
        told[bytes(batch["args"]["batch"])] = [
            (args["owner"], args["amount"], args["start"], args["revocable"])
            for args in (one["args"] for one in events if last < one["logIndex"] < batch["logIndex"])
        ]
    return told


def _compare(path: Path, lines: list[Line], granted: list[Grant]) -> None:
    grants = [one.grant for one in lines]
    if grants == granted:
        return
    differs = next((one.line for one, grant in zip(lines, granted, strict=False) if one.grant != grant), None)
    where = f"line {differs} was granted otherwise" if differs else "it had more lines when it was granted"
    raise Refused(
        f"{path} was changed since a part of it was granted: {where}. Restore it, and put what is new into "
        "another file; nothing was sent"
    )


def _require_funds(path: Path, granting: Granting) -> None:
    free = granting.unpromised
    for batch in granting.batches:
        for one in batch.lines:
            free -= one.grant[1]
            if free < 0:
                raise Refused(
                    f"{path} grants {show_weight(granting.total, 'PT')}, and the contract holds "
                    f"{show_weight(granting.unpromised, 'PT')} that is not promised: it is used up at line "
                    f"{one.line}; nothing was sent"
                )


def firm_at(dao: Dao, contract: Contract, wallet: str) -> int:
    """From when on what this wallet grants now can be claimed, and no longer be dropped."""
    wait = 0 if wallet == dao.read(contract, "dao") else dao.read(contract, "NOTICE")
    return dao.now() + int(wait)


def show_start(seconds: int) -> str:
    """`2027-06-01`, with the time where it is not midnight."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment:%Y-%m-%d}" if seconds % 86_400 == 0 else f"{moment:%Y-%m-%d %H:%M}"
