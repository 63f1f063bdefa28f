"""Which main accounts hold a pass, since when: a CSV or Parquet file with `account`, `pass_id`, `minted_at`."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from phemexia.errors import Refused

COLUMNS = ("account", "pass_id", "minted_at")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00)?")
MOST_ID = 2**63


@dataclass(frozen=True)
class Passes:
    """One row for each pass: the main account, the pass's id, and the minute it was minted in (as a second)."""

    account: pa.Array
    number: npt.NDArray[np.int64]
    since: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.number)

    def without(self, accounts: set[str]) -> "Passes":
        """Those of other accounts."""
        if not accounts:
            return self
        keep = ~pc.is_in(self.account, value_set=pa.array(sorted(accounts), pa.string())).to_numpy(
            zero_copy_only=False
        )
        return Passes(self.account.filter(pa.array(keep)), self.number[keep], self.since[keep])


def read_passes(path: Path) -> Passes:
    """The passes of a file; :class:`Refused` names the first bad row, counted from 1."""
    try:
        if path.suffix == ".parquet":
            table = pq.read_table(path)
        else:
            options = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(COLUMNS, pa.string()))
            table = pyarrow.csv.read_csv(path, convert_options=options)
    except (OSError, pa.ArrowInvalid):
        raise Refused(f"{path} can't be read as a table of passes") from None
    missing = [name for name in COLUMNS if name not in table.column_names]
    if missing:
        raise Refused(f"{path} has no column {', '.join(missing)}")
    account = table["account"].cast(pa.string()).combine_chunks()
    number = _numbers(path, table["pass_id"])
    since = _minutes(path, table["minted_at"])
    _refuse_first(path, pc.or_kleene(pc.is_null(account), pc.equal(account, "")).to_pylist(), "no account")
    for name, column in (("account", account), ("pass", pa.array(number))):
        if len(column) and pc.count_distinct(column).as_py() != len(column):
            seen: set[object] = set()
            for row, value in enumerate(column.to_pylist(), 1):
                if value in seen:
                    raise Refused(f"{path}, row {row}: {name} {value} is there twice")
                seen.add(value)
    return Passes(account, number, since)


def _refuse_first(path: Path, wrong: list[bool | None], what: str) -> None:
    if any(wrong):
        raise Refused(f"{path}, row {wrong.index(True) + 1}: {what}")


def _numbers(path: Path, column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    found = np.empty(len(column), np.int64)
    for row, value in enumerate(column.to_pylist()):
        text = str(value)
        if not text.isdecimal() or not 0 < int(text) < MOST_ID:
            raise Refused(f'{path}, row {row + 1}: "{text}" is no id of a pass')
        found[row] = int(text)
    return found


def _minutes(path: Path, column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    found = np.empty(len(column), np.int64)
    for row, value in enumerate(column.to_pylist()):
        if isinstance(value, str) and MOMENT.fullmatch(value):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                value = None
        if not isinstance(value, datetime):
            raise Refused(f"{path}, row {row + 1}: minted_at is no time such as 2026-06-01T12:00:00Z")
        seconds = (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
        found[row] = int(seconds // 60) * 60
    return found
