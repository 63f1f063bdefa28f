"""Records and passes that are refused, with their rows; nothing is written then."""

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from phemexia.errors import Refused
from phemexia.premining.records import check, connect, open_records
from phemexia.premining.results import Question, compute

from .conftest import at, record

WORDS = [name for name in record() if name != "time"]


def refusal(path: Path, rules, tmp_path: Path, url: str = "duckdb://") -> str:
    with pytest.raises(Refused) as raised:
        check(open_records(str(path), connect(url), tmp_path), rules)
    return str(raised.value)


def comma_separated(path: Path, records: list[dict]) -> Path:
    """The records as a CSV file."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(records[0]))
        writer.writeheader()
        for line in records:
            plain = {key: "" if value is None else value for key, value in line.items()}
            time = plain["time"]
            plain["time"] = time if isinstance(time, str) else f"{time:%Y-%m-%dT%H:%M:%S.%fZ}"
            writer.writerow(plain | {"bonus": str(plain["bonus"]).lower()})
    return path


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        ({"account": ""}, "no account"),
        ({"account": None}, "no account"),
        ({"time": None}, "a bad timestamp"),
        ({"time": at(-32)}, "a bad timestamp"),
        ({"time": at(30)}, "a bad timestamp"),
        ({"market": "DOGE/USDT"}, "an unknown market"),
        ({"market": None}, "an unknown market"),
        ({"margin_coin": "EUR"}, "an unknown margin coin"),
        ({"side": "hold"}, "a side that is neither buy nor sell"),
        ({"liquidity": None}, "a liquidity that is neither maker nor taker"),
        ({"fee_rate": None}, "no fee rate"),
        ({"usd_value": None}, "no USD value of at most 6 decimals"),
        ({"usd_value": -1}, "a negative USD value"),
        ({"usd_value": 1_000_000_001}, "a USD value above 1,000,000,000"),
        ({"channel": "phone"}, "a channel that is neither retail nor api"),
        ({"bonus": None}, "no bonus flag"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_check_names_rows_and_problem(save, rules, tmp_path, url, other, problem):
    path = save([record(), record(**other), record(), record(**other)])
    assert refusal(path, rules, tmp_path, url) == (
        f"{path} has 2 bad records of 4, the first: row 2 ({problem}), row 4 ({problem}); "
        "rows are counted from 1, nothing was written"
    )


@pytest.mark.parametrize(
    "other",
    [{"time": at(-31)}, {"time": at(29, 1439)}, {"usd_value": 0}, {"usd_value": 10**9}],
    ids=["earliest", "just before the latest", "nothing", "a billion"],
)
def test_check_takes_the_boundaries(save, rules, tmp_path, url, other):
    assert check(open_records(str(save([record(**other)])), connect(url), tmp_path), rules) == 1


def test_check_names_ten_rows_and_counts_all(save, rules, tmp_path):
    said = refusal(save([record(side="hold")] * 25), rules, tmp_path)
    assert said.startswith(f"{tmp_path}/trades.parquet has 25 bad records of 25, the first: row 1 (")
    assert said.count("row ") == 10


@pytest.mark.parametrize("name", list(record()))
def test_open_refuses_a_missing_column(save, rules, tmp_path, name):
    path = save([record()])
    pq.write_table(pq.read_table(path).drop_columns([name]), path)
    assert refusal(path, rules, tmp_path) == f"{path} has no column {name}"


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("time", pa.timestamp("us", "Asia/Tokyo"), "a timestamp in UTC"),
        ("usd_value", pa.float64(), "a decimal of at most 6 places"),
        ("usd_value", pa.decimal128(38, 18), "a decimal of at most 6 places"),
    ],
    ids=["time of Tokyo", "float", "eighteen places"],
)
def test_open_refuses_a_column_of_another_type(save, rules, tmp_path, name, kind, wanted):
    path = save([record()])
    table = pq.read_table(path)
    i = table.column_names.index(name)
    pq.write_table(table.set_column(i, name, table[name].cast(kind)), path)
    assert refusal(path, rules, tmp_path, "polars://").endswith(f"it should be {wanted}")


def test_open_refuses_what_is_not_there(rules, tmp_path):
    assert "there is no such file" in refusal(tmp_path / "none.parquet", rules, tmp_path)
    (tmp_path / "text.parquet").write_text("no Parquet")
    assert "can't be read as Parquet" in refusal(tmp_path / "text.parquet", rules, tmp_path)
    (tmp_path / "trades.xls").write_text("")
    assert "should end in .parquet or .csv" in refusal(tmp_path / "trades.xls", rules, tmp_path)


def test_connect_refuses_a_backend_that_is_not_there():
    with pytest.raises(Refused, match="no backend behind nothing://"):
        connect("nothing://")


def test_open_reads_comma_separated_records(rules, tmp_path, url):
    path = comma_separated(tmp_path / "trades.csv", [record(), record(account="sub", parent_account="trader")])
    opened = open_records(str(path), connect(url), tmp_path)
    assert check(opened, rules) == 2
    rows = opened.backend.to_pyarrow(opened.table.select("main", "micro", "minute", "bonus")).to_pylist()
    assert [(row["main"], row["micro"], row["bonus"]) for row in rows] == [("trader", 10**11, False)] * 2
    assert all(row["minute"] == at(0).timestamp() // 60 for row in rows)


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        ({"time": "yesterday"}, "a bad timestamp"),
        ({"time": "2026-06-31T00:00:00Z"}, "a bad timestamp"),
        ({"time": "2026-06-01T00:00:00+02:00"}, "a bad timestamp"),
        ({"time": "1780272000"}, "a bad timestamp"),
        ({"usd_value": "1.0000001"}, "no USD value of at most 6 decimals"),
        ({"usd_value": "1e3"}, "no USD value of at most 6 decimals"),
        ({"usd_value": "-0.000001"}, "a negative USD value"),
        ({"fee_rate": "low"}, "no fee rate"),
        ({"bonus": "perhaps"}, "no bonus flag"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(next(iter(value.values()))),
)
def test_check_names_rows_of_comma_separated_records(rules, tmp_path, other, problem):
    path = comma_separated(tmp_path / "trades.csv", [record(), record(**other)])
    assert f"1 bad records of 2, the first: row 2 ({problem});" in refusal(path, rules, tmp_path)


def test_compute_writes_nothing_when_it_refuses(save, hold, rules, tmp_path):
    trades, passes = save([record(usd_value=-1)]), hold("trader")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refused, match="a negative USD value"):
        compute(Question(str(trades), passes, tmp_path / "season", rules))
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("account,pass_id\na,1\n", "has no column minted_at"),
        ("account,pass_id,minted_at\na,0,2026-06-01T00:00Z\n", 'row 1: "0" is no id of a pass'),
        ("account,pass_id,minted_at\na,1,2026-06-01T00:00Z\nb,x,2026-06-01T00:00Z\n", 'row 2: "x" is no id'),
        ("account,pass_id,minted_at\na,1,soon\n", "row 1: minted_at is no time"),
        ("account,pass_id,minted_at\na,1,2026-06-01T00:00Z\na,2,2026-06-01T00:00Z\n", "row 2: account a is there"),
        ("account,pass_id,minted_at\na,1,2026-06-01T00:00Z\nb,1,2026-06-01T00:00Z\n", "row 2: pass 1 is there"),
        ("account,pass_id,minted_at\n,1,2026-06-01T00:00Z\n", "row 1: no account"),
    ],
    ids=["column", "zero", "word", "time", "account twice", "pass twice", "no account"],
)
def test_compute_refuses_bad_passes(save, rules, tmp_path, text, said):
    (tmp_path / "passes.csv").write_text(text)
    with pytest.raises(Refused) as raised:
        compute(Question(str(save([record()])), tmp_path / "passes.csv", tmp_path / "season", rules))
    assert said in str(raised.value)
