"""Publishing a computed season: xPT and shovels onto passes, and the root of what each pass may claim.

What is to be done is the difference between the season and the chain, asked anew each time. So a run that died
goes on where it stopped, and one that was finished sends nothing. An account is found by the commitment of its
pass, whatever the file of passes said; one that has no pass on the chain keeps what it earned, is told, and is
published by the first run after it has minted.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from phemexia.attest.chain import READS_AT_ONCE, Passes
from phemexia.attest.commitment import CommitmentKey, flaw
from phemexia.config import units
from phemexia.errors import Refused
from phemexia.holder.plan import Call
from phemexia.premining.earnings import Earned, Earnings
from phemexia.premining.results import LEAF, PUBLISHED
from phemexia.proposals import Dao
from phemexia.proposals.dao import show_weight

if TYPE_CHECKING:
    from phemexia.merkle import LargeTree

XPT, SHOVEL = (name.encode().ljust(32, b"\0") for name in ("xPT", "shovel"))
"""The kinds of a pass's record."""
NAMES = {XPT: "xPT", SHOVEL: "shovel"}
MOST_BATCH = 400
"""Records in one transaction: some 30,000 gas each, and the network gives one 2^24."""
WITHOUT = "without-pass-{}.csv"
"""A file that is added to the season's folder: accounts that have earned xPT, and have no pass."""

Advance = Callable[[int], None]


@dataclass(frozen=True)
class Writes:
    """Numbers of one kind that passes are to have and do not have yet."""

    kind: bytes
    values: dict[int, int]
    """By the id of the pass."""
    stand: int
    """How many passes have theirs already."""
    kept: int = 0
    """How many have a higher one that must not fall: shovels of an account that was struck out afterwards."""


@dataclass(frozen=True)
class Root:
    """The root to announce, and where the chain stands with it."""

    tree: LargeTree
    file: Path
    total: int
    state: str
    """`new`, `waits` or `active`."""
    since: int
    """From when on it counts, or would; seconds since 1970."""
    replaces: bytes | None
    """Another root that waits, and would be dropped."""
    before: int
    """Wei of PT that the root on the chain grants in all, the waiting one's if one waits."""


@dataclass(frozen=True)
class Publication:
    """What publishing a stage takes now."""

    earnings: Earnings
    writes: tuple[Writes, ...]
    root: Root | None
    """None where nobody with a pass has earned anything."""
    without: list[Earned]
    """Accounts that have no pass on the chain."""
    renumbered: int
    """Accounts whose pass has another id on the chain than in the file of passes: the chain's counts."""

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to send."""
        return not any(writes.values for writes in self.writes) and not (self.root and self.root.state == "new")

    def calls(self, campaign: Any, soul_pass: Any, size: int) -> Iterator[tuple[Call, int]]:
        """All transactions in order, each with how many passes it writes; 0 for the root, which comes last."""
        for writes in self.writes:
            rows = sorted(writes.values.items())
            for i in range(0, len(rows), size):
                part = rows[i : i + size]
                ids, values = [number for number, _ in part], [value for _, value in part]
                yield Call(soul_pass, "writeMany", (writes.kind, ids, values)), len(part)
        if self.root and self.root.state == "new":
            yield Call(campaign, "proposeRoot", (self.root.tree.root, self.root.total)), 0

    def keep(self) -> list[Path]:
        """Write the files that are needed afterwards into the season's folder; their paths."""
        written = []
        if self.root and not self.root.file.exists():
            self.root.tree.write(self.root.file)
            written.append(self.root.file)
        told = self.earnings.folder / WITHOUT.format(self.earnings.stage)
        if self.without:
            beside = told.with_name(told.name + ".partial")
            with beside.open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(["account", "retail", "api", "total"])
                writer.writerows([one.account, one.retail, one.api, one.total] for one in self.without)
            beside.replace(told)
            written.append(told)
        else:
            told.unlink(missing_ok=True)
        return written


def prepare(
    dao: Dao, earnings: Earnings, key: CommitmentKey, lower: bool = False, advance: Advance = lambda done: None
) -> Publication:
    """Compare a season with the chain; :class:`Refused` if it can't be published.

    ``lower`` allows a root that grants less than the one on the chain; ``advance`` is told of each pass that was
    asked for.
    """
    ids = _ids(dao, earnings, key)
    writes = _writes(dao, earnings, ids, advance)
    members = [one for one in earnings.accounts if ids[one.account]]
    root = _root(dao, earnings, ids, members) if members else None
    if root is not None and root.state == "new" and root.total < root.before and not lower:
        raise Refused(
            f"the root of stage {earnings.stage} grants {show_weight(root.before - root.total, 'PT')} less than "
            "the one on the chain: is it the right stage? If somebody was struck out, say --lower; "
            "nothing was sent"
        )
    return Publication(
        earnings,
        writes,
        root,
        [one for one in earnings.accounts if not ids[one.account]],
        sum(1 for one in members if ids[one.account] != one.pass_id),
    )


def gas(calls: list[tuple[Call, int]], attempt: Callable[[Call], int]) -> int:
    """About what all transactions take: one of each kind is tried, the others count by their passes."""
    tried: dict[tuple[str, object], tuple[int, int]] = {}
    total = 0
    for call, count in calls:
        kind = call.function, call.arguments[0] if count else None
        if kind not in tried:
            tried[kind] = attempt(call), count
        once, passes = tried[kind]
        total += once * count // passes if passes else once
    return total


def require_offices(dao: Dao, wallet: str, publication: Publication) -> None:
    """:class:`Refused` if the chain would not take what is to be sent from this wallet."""
    for writes in publication.writes:
        writer = dao.read(dao.suite.soul_pass, "kindOf", writes.kind)[0]
        if writes.values and writer != wallet:
            raise Refused(
                f"{wallet} does not write {NAMES[writes.kind]} on passes, {writer} does: nothing was sent"
            )
    publisher = dao.read(dao.suite.campaign, "publisher")
    if publication.root and publication.root.state == "new" and publisher != wallet:
        raise Refused(f"{wallet} is not the campaign's publisher, {publisher} is: nothing was sent")


def _ids(dao: Dao, earnings: Earnings, key: CommitmentKey) -> dict[str, int]:
    """The id of each account's pass on the chain; zero for none."""
    for one in earnings.accounts:
        if found := flaw(one.account):
            raise Refused(f'the account "{one.account}" of {earnings.folder} {found}: nothing was sent')
    commitments = {one.account: key.commit(one.account) for one in earnings.accounts}
    numbers = Passes(dao.web3, dao.suite.soul_pass.address).ids(list(commitments.values()))
    return {account: numbers[commitment] for account, commitment in commitments.items()}


def _writes(dao: Dao, earnings: Earnings, ids: dict[str, int], advance: Advance) -> tuple[Writes, ...]:
    """What passes are to have and have not. xPT may fall: who was struck out is set to zero, too."""
    due = {XPT: dict[int, int](), SHOVEL: dict[int, int]()}
    for one in earnings.accounts:
        if number := ids[one.account]:
            due[XPT][number] = one.total
            due[SHOVEL][number] = one.shovels
    soul_pass = dao.suite.soul_pass
    values: dict[bytes, dict[int, int]] = {XPT: {}, SHOVEL: {}}
    stand, kept = {XPT: 0, SHOVEL: 0}, 0
    last = int(dao.read(soul_pass, "lastId"))
    for first in range(1, last + 1, READS_AT_ONCE):
        numbers = range(first, min(first + READS_AT_ONCE, last + 1))
        with dao.web3.batch_requests() as batch:
            for number in numbers:
                batch.add(soul_pass.functions.entriesOf(number, [XPT, SHOVEL]))
            answers: list[Any] = batch.execute()
        for number, entries in zip(numbers, answers, strict=True):
            for kind, (present, _) in zip((XPT, SHOVEL), entries, strict=True):
                wanted = due[kind].get(number, 0)
                if kind == SHOVEL and present > wanted:
                    kept += 1
                elif present != wanted:
                    values[kind][number] = wanted
                elif wanted:
                    stand[kind] += 1
        advance(len(numbers))
    return Writes(XPT, values[XPT], stand[XPT]), Writes(SHOVEL, values[SHOVEL], stand[SHOVEL], kept)


def _root(dao: Dao, earnings: Earnings, ids: dict[str, int], members: list[Earned]) -> Root:
    """The tree, made anew from what was earned and the chain's ids, and where the chain stands with its root."""
    from phemexia.merkle import MerkleError, TreeFile, build

    rows = [
        (ids[one.account], earnings.kinds[kind], wei)
        for one in members
        for kind, wei in (("retail", one.retail), ("api", one.api))
        if wei
    ]
    tree = build([list(column) for column in zip(*rows, strict=True)], LEAF, key=2)
    total = sum(wei for _, _, wei in rows)
    file = earnings.folder / PUBLISHED.format(earnings.stage)
    try:
        with TreeFile(earnings.tree) as computed:
            if computed.root == tree.root:
                file = earnings.tree
    except MerkleError:
        pass  # it is made anew
    if file.exists():
        with TreeFile(file) as there:
            if there.root != tree.root:  # of an earlier run, before somebody minted
                file = file.with_name(f"{file.stem}-{tree.root.hex()[:8]}.tree")
    campaign, now = dao.suite.campaign, dao.now()
    active, pending = dao.read(campaign, "activeRoot"), dao.read(campaign, "pendingRoot")
    _, delay, deadline, _ = dao.read(campaign, "terms")
    if now > deadline:
        raise Refused(f"the campaign ended on {units.show_moment(deadline)}: nothing was sent")
    waiting = pending[2] > now
    latest = pending if waiting else active
    if active[:2] == (tree.root, total):
        return Root(tree, file, total, "active", active[2], None, active[1])
    if waiting and pending[:2] == (tree.root, total):
        return Root(tree, file, total, "waits", pending[2], None, pending[1])
    return Root(tree, file, total, "new", now + delay, pending[0] if waiting else None, latest[1])
