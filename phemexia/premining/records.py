"""Trading records: where they come from, what they must look like, and which of them are refused.

A record is one side of one fill. Its columns, in a Parquet file, a folder of them, a CSV file, or a table of the
backend:

| column | Parquet | CSV | meaning |
|---|---|---|---|
| `account` | text | text | who traded |
| `parent_account` | text, or null | text, or empty | the main account of a sub-account |
| `time` | timestamp (UTC, or without zone) | `2026-06-01T12:00:00Z` | when |
| `market` | text | text | such as BTC/USDT |
| `margin_coin` | text | text | what the contract is margined in |
| `side` | text | text | `buy` or `sell` |
| `liquidity` | text | text | `maker` or `taker` |
| `fee_rate` | any number | number | of the value; below zero: a rebate |
| `usd_value` | decimal of at most 6 places, or whole | the same | US dollars traded |
| `channel` | text | text | `retail` or `api` |
| `bonus` | boolean | `true` or `false` | made with a trading bonus |
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.datatypes as dt
from ibis import _

from phemexia.config.models import Premining
from phemexia.errors import Refused
from phemexia.premining.curve import MICRO

COLUMNS = (
    "account", "parent_account", "time", "market", "margin_coin", "side", "liquidity", "fee_rate", "usd_value",
    "channel", "bonus",
)  # fmt: skip
MINUTE = 60
TABLE = "table:"
"""How a table of the backend is named where a file could be."""
MOST_VALUE = 10**9
"""US dollars that a record may be worth."""
SHOWN = 10
"""Bad records that a refusal names."""
DUCKDB = "duckdb://"

Expression = Any
"""An Ibis expression. The library has no types that a strict checker could follow."""


@dataclass(frozen=True)
class Records:
    """Records as an expression with the columns of :func:`shape`, on the backend that computes."""

    name: str
    table: Expression
    backend: Any
    files: tuple[Path, ...]


def connect(
    url: str = DUCKDB, memory: str | None = None, spill: Path | None = None, threads: int | None = None
) -> Any:
    """The Ibis backend behind a connection string, such as `duckdb://`, `polars://` or `trino://user@host/catalog`.

    The other arguments are for DuckDB: how much memory it may use (`3GB`), where it may spill, on how many
    threads.
    """
    try:
        backend = ibis.connect(url)
    except Exception as error:  # whatever a backend's library says
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise Refused(f"there is no backend behind {url}: {first}") from None
    if backend.name == "duckdb":
        settings = {"TimeZone": "UTC", "preserve_insertion_order": "false", "enable_progress_bar": "false"}
        if memory:
            settings["memory_limit"] = memory
        if spill:
            settings["temp_directory"] = str(spill)
        if threads:
            settings["threads"] = str(threads)
        for key, value in settings.items():
            backend.raw_sql(f"SET {key} = '{value.replace(chr(39), chr(39) * 2)}'")
    return backend


def files_of(source: str) -> tuple[Path, ...]:
    """The files behind a path, sorted; :class:`Refused` if there is none."""
    path = Path(source)
    found = tuple(sorted(path.glob("*.parquet"))) if path.is_dir() else (path,)
    if not found or not all(file.is_file() for file in found):
        raise Refused(f"{source} can't be read: there is no such file of records")
    if path.suffix not in ("", ".parquet", ".csv"):
        raise Refused(f"{source} should end in .parquet or .csv, or be a folder of Parquet files")
    return found


def open_records(source: str, backend: Any, work: Path) -> Records:
    """Records of a path or `table:NAME`, typed, not yet checked.

    A CSV file is read by DuckDB, whatever computes; another backend gets it as a Parquet file in ``work``.
    Raises :class:`Refused` for what is not there, a missing column, or one of another type.
    """
    if source.startswith(TABLE):
        name = source.removeprefix(TABLE)
        try:
            raw = backend.table(name)
        except Exception:
            raise Refused(f'the backend has no table "{name}"') from None
        _check_columns(source, raw)
        return Records(source, shape(raw), backend, ())
    files = files_of(source)
    if files[0].suffix == ".csv":
        table = _text(files[0], backend if backend.name == "duckdb" else connect())
        if backend.name != "duckdb":
            typed = work / "records.parquet"
            table.to_parquet(typed)
            table = backend.read_parquet(typed)
        return Records(source, table, backend, files)
    return Records(source, shape(_parquet(source, files, backend)), backend, files)


def _parquet(source: str, files: tuple[Path, ...], backend: Any) -> Expression:
    try:
        raw = backend.read_parquet([str(file) for file in files] if len(files) > 1 else str(files[0]))
        schema = raw.schema()
    except Exception:
        raise Refused(f"{source} can't be read as Parquet") from None
    _check_columns(source, raw)
    for name, kind in schema.items():
        wanted = _wanted(name, kind)
        if wanted:
            raise Refused(f"{source} has a column {name} of the type {kind}: it should be {wanted}")
    return raw


def _check_columns(source: str, raw: Expression) -> None:
    missing = [name for name in COLUMNS if name not in raw.columns]
    if missing:
        raise Refused(f"{source} has no column {', '.join(missing)}")


def _wanted(name: str, kind: dt.DataType) -> str | None:
    """What a column of Parquet should be, if it is not."""
    if name == "time":
        good = kind.is_timestamp() and getattr(kind, "timezone", None) in (None, "UTC")
        return None if good else "a timestamp in UTC"
    if name == "usd_value":
        good = kind.is_integer() or (kind.is_decimal() and (getattr(kind, "scale", None) or 0) <= 6)
        return None if good else "a decimal of at most 6 places"
    if name == "fee_rate":
        return None if kind.is_numeric() else "a number"
    if name == "bonus":
        return None if kind.is_boolean() else "a boolean"
    return None if name not in COLUMNS or kind.is_string() or kind.is_null() else "text"


def shape(raw: Expression) -> Expression:
    """Typed records in the form that is computed with; what can't be read is null.

    A dollar value passes through a float: below 10^9 dollars that is off by less than an eighth of a
    micro-dollar, and rounding makes it exact again; it is several times as fast as the backends' wide decimals.

    `account`, `main`, `minute` (whole ones since 1970), `market`, `margin_coin`, `side`, `liquidity`, `fee`
    (the sign of the fee rate), `micro` (micro-dollars, int64), `channel`, `bonus`.
    """
    fee = raw.fee_rate
    return raw.select(
        account=raw.account,
        main=ibis.coalesce(raw.parent_account.cast("string").nullif(""), raw.account),
        minute=(raw.time.epoch_seconds() // MINUTE).cast("int64"),
        market=raw.market,
        margin_coin=raw.margin_coin,
        side=raw.side,
        liquidity=raw.liquidity,
        fee=ibis.cases((fee > 0, 1), (fee == 0, 0), (fee < 0, -1), else_=ibis.null("int8")).cast("int8"),
        micro=(raw.usd_value.cast("float64").clip(-1, MOST_VALUE + 1) * MICRO).round().cast("int64"),
        channel=raw.channel,
        bonus=raw.bonus,
    )


def _text(path: Path, duck: Any) -> Expression:
    """A CSV file in the form of :func:`shape`."""
    try:
        raw = duck.read_csv(str(path), all_varchar=True, header=True, delim=",", quote='"', null_padding=False)
    except duckdb.Error as error:
        raise Refused(f"{path} can't be read as CSV: {str(error).splitlines()[0]}") from None
    _check_columns(str(path), raw)
    number = raw.usd_value.re_search(r"^-?\d{1,11}(\.\d{1,6})?$")
    moment = raw.time.re_search(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)?$")
    plain = raw.time.re_replace(r"(Z|\+00:00)$", "")
    return shape(
        raw.mutate(
            time=ibis.ifelse(moment, plain, None).try_cast("timestamp"),
            fee_rate=raw.fee_rate.try_cast("decimal(18, 12)"),
            usd_value=ibis.ifelse(number, raw.usd_value, None).try_cast("decimal(18, 6)"),
            bonus=raw.bonus.cases(("true", True), ("false", False), else_=ibis.null("boolean")),
        )
    )


def problems(rules: Premining) -> list[tuple[str, Expression]]:
    """What is wrong with a bad record, and how to see it, the first that applies."""
    earliest, latest = rules.records.earliest // MINUTE, rules.records.latest // MINUTE
    return [
        ("no account", _.account.isnull() | (_.account == "")),
        ("a bad timestamp", _.minute.isnull() | (_.minute < earliest) | (_.minute >= latest)),
        ("an unknown market", _unless(_.market, rules.markets.counted + rules.markets.other)),
        ("an unknown margin coin", _unless(_.margin_coin, rules.coins.counted + rules.coins.other)),
        ("a side that is neither buy nor sell", _unless(_.side, ["buy", "sell"])),
        ("a liquidity that is neither maker nor taker", _unless(_.liquidity, ["maker", "taker"])),
        ("no fee rate", _.fee.isnull()),
        ("no USD value of at most 6 decimals", _.micro.isnull()),
        ("a negative USD value", _.micro < 0),
        (f"a USD value above {MOST_VALUE:,}", _.micro > MOST_VALUE * MICRO),
        ("a channel that is neither retail nor api", _unless(_.channel, ["retail", "api"])),
        ("no bonus flag", _.bonus.isnull()),
    ]


def _unless(column: Expression, words: list[str]) -> Expression:
    return column.isnull() | column.notin(words)


def check(records: Records, rules: Premining) -> int:
    """The number of records, if all are good; otherwise :class:`Refused` names how many are not, and the first."""
    named = problems(rules)
    bad = ibis.or_(*(test for _name, test in named))
    try:
        counted = records.backend.to_pyarrow(records.table.aggregate(all=_.count(), bad=bad.sum()))
    except Exception as error:  # text that a backend only now finds not to be records
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise Refused(f"{records.name} can't be read: {first}") from None
    every, wrong = counted["all"][0].as_py(), counted["bad"][0].as_py() or 0
    if not wrong:
        return int(every)
    first = ", ".join(f"row {row} ({problem})" for row, problem in _locate(records, rules))
    rest = f", the first: {first}" if first else ""
    raise Refused(
        f"{records.name} has {wrong:,} bad records of {every:,}{rest}; "
        "rows are counted from 1, nothing was written"
    )


def _locate(records: Records, rules: Premining) -> list[tuple[int, str]]:
    """The first bad rows, in the order of the files; rows of a table in a warehouse have none."""
    if not records.files:
        return []
    duck = connect()
    duck.raw_sql("SET preserve_insertion_order = 'true'")
    csv = records.files[0].suffix == ".csv"
    table = _text(records.files[0], duck) if csv else shape(_parquet(records.name, records.files, duck))
    numbered = table.mutate(row=ibis.row_number() + 1)
    wrong = numbered.mutate(problem=ibis.cases(*((test, name) for name, test in problems(rules))))
    first = wrong.filter(_.problem.notnull()).select("row", "problem").order_by("row").limit(SHOWN)
    return [(line["row"], line["problem"]) for line in duck.to_pyarrow(first).to_pylist()]
