"""Trading records, as pre-mining reads them, with the stages of config/premining.yaml."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from phemexia.config import load_premining

SCHEMA = pa.schema(
    [
        *[(name, pa.string()) for name in ("account", "parent_account")],
        ("time", pa.timestamp("us", "UTC")),
        *[(name, pa.string()) for name in ("market", "margin_coin", "side", "liquidity")],
        ("fee_rate", pa.decimal128(9, 6)),
        ("usd_value", pa.decimal128(18, 6)),
        ("channel", pa.string()),
        ("bonus", pa.bool_()),
    ]
)


def trade(number: int, stage: int, dollars: int, channel: str = "retail", **other) -> dict:
    """A record of accN in the first minute of a stage."""
    start = datetime.fromtimestamp(load_premining().stages[stage - 1].start, UTC) + timedelta(minutes=1)
    usual = {
        "account": f"acc{number}", "parent_account": None, "time": start, "market": "BTC/USDT",
        "margin_coin": "USDT", "side": "buy", "liquidity": "taker", "fee_rate": Decimal("0.0006"),
        "usd_value": Decimal(dollars), "channel": channel, "bonus": False,
    }  # fmt: skip
    return usual | other


def write_trades(path, records):
    """Records as a Parquet file."""
    pq.write_table(pa.Table.from_pylist(records, SCHEMA), path)
    return path
