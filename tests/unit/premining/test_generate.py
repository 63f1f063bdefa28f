"""Record sets: from a seed, with every case there is; the same xPT on two backends and in pandas."""

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from bench import pandas_peer
from phemexia.config import load_premining
from phemexia.errors import Refused
from phemexia.premining.engine import whole_numbers
from phemexia.premining.generate import Prominent, generate
from phemexia.premining.generate import name as account
from phemexia.premining.records import COLUMNS
from phemexia.premining.results import Question, compute

ROWS = 30_000


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("records")
    generate(folder / "r", ROWS, 11, load_premining())
    return folder / "r"


def test_generate_is_the_same_from_the_same_seed(made, tmp_path):
    for seed, same in ((11, True), (12, False)):
        generate(tmp_path / str(seed), ROWS, seed, load_premining())
        for name in ("trades.parquet", "passes.parquet"):
            assert pq.read_table(made / name).equals(pq.read_table(tmp_path / str(seed) / name)) == same


def test_generate_has_every_case(made):
    table = pq.read_table(made / "trades.parquet")
    assert table.num_rows == ROWS
    assert tuple(table.column_names) == COLUMNS
    rules = load_premining()
    maker = pc.equal(table["liquidity"], "maker")
    api = pc.equal(table["channel"], "api")
    fee = table["fee_rate"].cast("float64")
    passes = pq.read_table(made / "passes.parquet")["account"].combine_chunks()
    cases = {
        "gold": pc.equal(table["market"], "GOLD/USDT"),
        "USD-margined": pc.equal(table["margin_coin"], "USD"),
        "BTC-margined": pc.equal(table["margin_coin"], "BTC"),
        "bonus": table["bonus"],
        "API maker for nothing": pc.and_(pc.and_(maker, api), pc.equal(fee, 0)),
        "rebate": pc.and_(maker, pc.less(fee, 0)),
        "sub-account": pc.is_valid(table["parent_account"]),
        "no pass": pc.invert(pc.is_in(table["account"], value_set=passes)),
        "before": pc.less(
            pc.floor_temporal(table["time"], unit="day").cast("int64"), rules.stages[0].start * 1_000
        ),
    }
    for name, found in cases.items():
        assert 0 < pc.sum(found).as_py() < ROWS / 2, name


def test_generate_washes(made):
    """Pairs of one millisecond, market and value, on both sides, by two accounts."""
    table = pq.read_table(made / "trades.parquet")
    first, second = table.slice(0, ROWS - 1), table.slice(1)
    pairs = pc.and_(
        pc.and_(pc.equal(first["time"], second["time"]), pc.equal(first["usd_value"], second["usd_value"])),
        pc.and_(pc.not_equal(first["side"], second["side"]), pc.not_equal(first["account"], second["account"])),
    )
    assert pc.sum(pairs).as_py() > ROWS / 100


def test_generate_has_a_heavy_tail(made):
    counts = sorted(
        (
            line["counts"]
            for line in pc.value_counts(pq.read_table(made / "trades.parquet")["account"]).to_pylist()
        ),
        reverse=True,
    )
    assert sum(counts[: len(counts) // 10]) > ROWS / 2


def test_generate_refuses_to_write_over(made):
    with pytest.raises(Refused, match="holds records already"):
        generate(made, 10, 1, load_premining())


@pytest.fixture(scope="module")
def computed(made, tmp_path_factory):
    target = tmp_path_factory.mktemp("computed") / "duckdb"
    compute(Question(str(made / "trades.parquet"), made / "passes.parquet", target, load_premining()))
    return target


def test_compute_gives_every_row_the_same_on_a_second_backend(made, computed, tmp_path):
    rules, other = load_premining(), tmp_path / "polars"
    compute(Question(str(made / "trades.parquet"), made / "passes.parquet", other, rules, backend="polars://"))
    for i in range(1, len(rules.stages) + 1):
        one = pq.read_table(computed / f"stage-{i}.parquet")
        assert one.equals(pq.read_table(other / f"stage-{i}.parquet"), check_metadata=True)
        assert len(one) > 20
    assert pq.read_table(computed / "accounts.parquet").equals(pq.read_table(other / "accounts.parquet"))
    for i in range(1, len(rules.stages) + 1):
        name = f"grants-{i}.tree"
        assert (computed / name).read_bytes() == (other / name).read_bytes()


def test_compute_gives_what_plain_pandas_gives(made, computed):
    """The peer of the benchmark is the same computation."""
    accounts = pq.read_table(computed / "accounts.parquet")
    ours = {
        (number, kind): wei
        for kind in ("retail", "api")
        for number, wei in zip(accounts["pass_id"].to_pylist(), whole_numbers(accounts[kind]), strict=True)
        if wei
    }
    assert pandas_peer.mine(made, load_premining()) == ours


def test_prominent_accounts_make_their_part_of_the_volume(tmp_path):
    rules = load_premining()
    wanted = {7: Prominent(0.2), 30: Prominent(0.1, is_bot=True)}
    trades, _ = generate(tmp_path / "r", ROWS, 11, rules, wanted)
    table = pq.read_table(trades)
    volume = sum(whole_numbers(table["usd_value"]))
    for number, one in wanted.items():
        mine = table.filter(pc.equal(table["account"], account(number)))
        share = sum(whole_numbers(mine["usd_value"])) / volume
        assert abs(share - one.share) < 0.03
        assert set(mine["channel"].to_pylist()) == {"api" if one.is_bot else "retail"}
        assert pc.min(mine["fee_rate"].cast("float64")).as_py() > 0
    assert account(7) == "u0000007"
    with pytest.raises(Refused, match="none with the number 100000"):
        generate(tmp_path / "other", ROWS, 11, rules, {100_000: Prominent(0.1)})
