"""A season small enough to work out by hand, and records for it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from phemexia.config.models import Premining
from phemexia.premining import engine
from phemexia.premining.passes import Passes, read_passes
from phemexia.premining.records import check, connect, open_records

XPT = 10**18
FIRST_DAY = datetime(2026, 6, 1, tzinfo=UTC)
SCHEMA = pa.schema(
    [
        ("account", pa.string()),
        ("parent_account", pa.string()),
        ("time", pa.timestamp("us", "UTC")),
        ("market", pa.string()),
        ("margin_coin", pa.string()),
        ("side", pa.string()),
        ("liquidity", pa.string()),
        ("fee_rate", pa.decimal128(9, 6)),
        ("usd_value", pa.decimal128(18, 6)),
        ("channel", pa.string()),
        ("bonus", pa.bool_()),
    ]
)
USUAL = {
    "account": "trader",
    "parent_account": None,
    "time": FIRST_DAY,
    "market": "BTC/USDT",
    "margin_coin": "USDT",
    "side": "buy",
    "liquidity": "taker",
    "fee_rate": Decimal("0.0006"),
    "usd_value": Decimal(100_000),
    "channel": "retail",
    "bonus": False,
}
"""100,000 USD of retail volume that counts, in the first minute of the first stage."""


def at(day: int, minute: float = 0) -> datetime:
    """A time by the day (from 0) and the minute of the season."""
    return FIRST_DAY + timedelta(days=day, minutes=minute)


def record(**other: Any) -> dict[str, Any]:
    """The usual record, but for what is named."""
    return USUAL | other


def figures(**other: Any) -> Premining:
    """Two stages of two days and 1,000 xPT; 2, 1 and 0.5 xPT for 1,000 USD; 50 xPT of API a day; one shovel."""
    return Premining.model_validate(
        {
            "stages": [
                {"start": "2026-06-01 00:00 UTC", "end": "2026-06-03 00:00 UTC"},
                {"start": "2026-06-05 00:00 UTC", "end": "2026-06-07 00:00 UTC"},
            ],
            "budget": "1_000 xPT",
            "rates": ["2 xPT", "1 xPT", "0.5 xPT"],
            "weights": {"retail": "100 %", "api": "50 %"},
            "api_daily_cap": "50 xPT",
            "shovel": {"winners": "1", "bonus": "20 %"},
            "kinds": {"retail": "0", "api": "1"},
            "records": {"earliest": "2026-05-01 00:00 UTC", "latest": "2026-07-01 00:00 UTC"},
            "coins": {"counted": ["USDT", "BTC", "ETH"], "other": ["USD"]},
            "markets": {"counted": ["BTC/USDT", "BTC/USD"], "other": ["GOLD/USDT"]},
            **other,
        }
    )


@pytest.fixture
def rules() -> Premining:
    return figures()


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    """Write records to a Parquet file."""

    def write(records: list[dict[str, Any]], name: str = "trades.parquet") -> Path:
        path = tmp_path / name
        pq.write_table(pa.Table.from_pylist(records, SCHEMA), path)
        return path

    return write


@pytest.fixture
def hold(tmp_path: Path) -> Callable[..., Path]:
    """Write passes: minted a day before the season unless another time is named."""

    def write(*accounts: str, **minted: datetime) -> Path:
        rows = {name: at(-1) for name in accounts} | minted
        lines = [f"{name},{i},{when:%Y-%m-%dT%H:%M:%SZ}" for i, (name, when) in enumerate(rows.items(), 1)]
        path = tmp_path / "passes.csv"
        path.write_text("account,pass_id,minted_at\n" + "\n".join(lines) + "\n")
        return path

    return write


@pytest.fixture(params=["duckdb://", "polars://"])
def url(request) -> str:
    """Every hand-computed figure is asked of two backends."""
    return request.param


@pytest.fixture
def season(save, hold, tmp_path, url):
    """Mine all stages; for each, wei by account and kind, and the stage itself."""

    def run(
        records: list[dict[str, Any]], passes: Path | None = None, rules: Premining | None = None
    ) -> list[tuple[dict[tuple[str, str], int], engine.Stage]]:
        rules = rules or figures()
        opened = open_records(str(save(records)), connect(url), tmp_path)
        check(opened, rules)
        held: Passes = read_passes(passes or hold("trader", "other"))
        held = held.without(engine.disqualified(opened))
        volume = engine.held(opened, held, rules)
        found, golden = [], set()
        for i in range(len(rules.stages)):
            stage = engine.mine(volume, opened.backend.to_pyarrow, held, rules, i, golden)
            golden = set(stage.rows[: stage.winners].tolist())
            names = held.account.take(pa.array(stage.rows)).to_pylist()
            earned = {
                (name, kind): wei
                for kind, column in stage.amounts.items()
                for name, wei in zip(names, column, strict=True)
                if wei
            }
            found.append((earned, stage))
        return found

    return run
