"""Which accounts hold a pass, and since when: from the chain, as the file of passes that pre-mining counts by."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from phemexia.attest.chain import READS_AT_ONCE
from phemexia.attest.commitment import CommitmentKey
from phemexia.deployment.node import logs
from phemexia.errors import Refused
from phemexia.premining.passes import COLUMNS
from phemexia.proposals import Dao

Advance = Callable[[int], None]


@dataclass(frozen=True)
class Minted:
    """An account's pass, and the second in which it was minted for the first time."""

    account: str
    pass_id: int
    minted_at: int


def minted(
    dao: Dao, accounts: list[str], key: CommitmentKey, advance: Advance = lambda done: None
) -> list[Minted]:
    """Those of some accounts that have a pass, in their order. ``advance`` is told of blocks that were read.

    A pass that was burned and minted again counts from its first mint: it is the same pass.
    """
    soul_pass = dao.suite.soul_pass
    event = soul_pass.events.PassMinted()
    first = dao.manifest.record.contracts["SoulPass"].block or 0
    found: dict[bytes, tuple[int, int]] = {}
    last = dao.web3.eth.block_number
    for raw in logs(dao.web3, soul_pass.address, [event.topic], first, last):
        one = event.process_log(raw)
        found.setdefault(bytes(one["args"]["account"]), (one["args"]["id"], one["blockNumber"]))
    blocks = sorted({block for _, block in found.values()})
    times: dict[int, int] = {}
    for i in range(0, len(blocks), READS_AT_ONCE):
        part = blocks[i : i + READS_AT_ONCE]
        with dao.web3.batch_requests() as batch:
            for block in part:
                batch.add(dao.web3.eth.get_block(block))
            answers: list[Any] = batch.execute()
        times |= {block: int(answer["timestamp"]) for block, answer in zip(part, answers, strict=True)}
        advance(len(part))
    told = []
    for account in accounts:
        if (place := found.get(key.commit(account))) is not None:
            told.append(Minted(account, place[0], times[place[1]]))
    return told


def write_passes(path: Path, rows: list[Minted]) -> None:
    """The file that `ape run premining compute --passes` takes; :class:`Refused` if there is one."""
    try:
        with path.open("x", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for one in rows:
                moment = datetime.fromtimestamp(one.minted_at, UTC)
                writer.writerow([one.account, one.pass_id, f"{moment:%Y-%m-%dT%H:%M:%SZ}"])
    except FileExistsError:
        raise Refused(f"{path} exists, and is not replaced: name another file") from None
    except OSError as error:
        raise Refused(f"{path} can't be written: {error.strerror}") from None
