"""What each account has earned up to a stage, read from a computed season: what a publisher writes and grants."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from phemexia.errors import Refused
from phemexia.premining.engine import API, RETAIL, whole_numbers
from phemexia.premining.results import BOARD, TREE, read_report


@dataclass(frozen=True)
class Earned:
    """One account after a stage: wei of xPT of all stages so far, and how many of them it won a shovel in."""

    account: str
    pass_id: int
    """As the file of passes had it when the season was computed."""
    retail: int
    api: int
    shovels: int

    @property
    def total(self) -> int:
        """Wei of both kinds."""
        return self.retail + self.api


@dataclass(frozen=True)
class Earnings:
    """All accounts that have earned anything up to a stage, counted from 1."""

    folder: Path
    stage: int
    accounts: list[Earned]
    kinds: dict[str, int]
    """The campaign's number of `retail` and `api`."""

    @property
    def total(self) -> int:
        """Wei of xPT of all accounts."""
        return sum(one.total for one in self.accounts)

    @property
    def tree(self) -> Path:
        """The file of the tree that was computed."""
        return self.folder / TREE.format(self.stage)


def earnings(folder: Path, stage: int | None = None) -> Earnings:
    """Sum the stages of a computed season up to one, the last by default.

    :class:`Refused` if the folder is no season, has no such stage, or does not add up to what its report says.
    """
    report = read_report(folder)
    many = len(report["stages"])
    number = many if stage is None else stage
    if not 0 < number <= many:
        raise Refused(f"{folder} has the stages 1 to {many}, not {number}")
    found: dict[str, Earned] = {}
    for i in range(1, number + 1):
        for one in _stage(folder / BOARD.format(i)):
            before = found.get(one.account)
            found[one.account] = one if before is None else _sum(before, one)
    told = Earnings(folder, number, [one for one in found.values() if one.total], report["kinds"])
    if told.total != report["stages"][number - 1]["total"]:
        raise Refused(f"{folder} does not add up to what its report says after stage {number}: compute it again")
    return told


def _sum(one: Earned, other: Earned) -> Earned:
    return Earned(
        one.account, one.pass_id, one.retail + other.retail, one.api + other.api, one.shovels + other.shovels
    )


def _stage(path: Path) -> list[Earned]:
    try:
        table = pq.read_table(path)
        names, ids = table["account"].to_pylist(), table["pass_id"].to_pylist()
        won = table["shovel"].to_pylist()
        retail, api = (whole_numbers(table[kind]) for kind in (RETAIL, API))
    except (OSError, KeyError, pa.ArrowInvalid):
        raise Refused(f"{path} can't be read: compute the season again") from None
    return [Earned(*row) for row in zip(names, ids, retail, api, map(int, won), strict=True)]
