"""Pre-mining in plain pandas, as one would write it: the peer of `make bench-data`. Same rules, same wei."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from phemexia.config.models import Premining
from phemexia.premining.curve import MICRO, SCALE, curves, weights
from phemexia.premining.records import COLUMNS


def mine(folder: Path, rules: Premining) -> dict[tuple[int, str], int]:
    """Wei of xPT by pass and kind, over all stages."""
    trades = pd.read_parquet(folder / "trades.parquet", columns=list(COLUMNS))
    passes = pd.read_parquet(folder / "passes.parquet")
    trades["micro"] = (trades.usd_value.astype(float) * MICRO).round().astype("int64")
    trades["fee"] = trades.fee_rate.astype(float)
    trades["time"] = trades.time.dt.tz_convert(None)
    _check(trades, rules)
    trades["main"] = trades.parent_account.fillna(trades.account)
    rebated = trades[(trades.liquidity == "maker") & (trades.fee < 0) & (trades.micro > 0)].main.unique()
    passes = passes[~passes.account.isin(rebated)].rename(columns={"account": "main"})
    passes["since"] = passes.minted_at.dt.tz_convert(None).dt.floor("min")
    trades["api"] = trades.channel == "api"
    trades["minute"] = trades.time.dt.floor("min")
    good = trades[
        trades.margin_coin.isin(rules.coins.counted)
        & trades.market.isin(rules.markets.counted)
        & ~trades.bonus
        & ~(trades.api & (trades.liquidity == "maker") & (trades.fee == 0))
    ][["main", "time", "minute", "api", "micro"]]
    good = good.merge(passes[["main", "pass_id", "since"]], on="main")
    good = good[good.minute >= good.since]

    weight, golden, granted = weights(rules), set(), {}
    for curve, dates in zip(curves(rules), rules.stages, strict=True):
        begin, end = (pd.Timestamp(at, unit="s") for at in (dates.start, dates.end))
        stage = good[(good.time >= begin) & (good.time < end)].copy()
        factor = {
            (api, gold): weight["api" if api else "retail", gold] for api in (0, 1) for gold in (False, True)
        }
        gold = stage.pass_id.isin(golden)
        stage["factor"] = np.select(
            [stage.api, gold], [factor[1, False], factor[0, True]], factor[0, False]
        )  # fmt: skip
        sums = stage.groupby(["minute", "factor"]).micro.sum().astype(object).reset_index()
        by_minute = (sums.micro * sums.factor.astype(object)).groupby(sums.minute).sum()
        rate = pd.Series(list(curve.rates(by_minute)), index=by_minute.index)
        stage["day"] = stage.minute.dt.floor("D")
        keys = ["pass_id", "main", "api", "factor", "day"]
        cells = stage.groupby([*keys, "minute"]).micro.sum().reset_index()
        cells["wei"] = (
            cells.micro.astype(object) * cells.minute.map(rate).astype(object) * cells.factor.astype(object)
        )
        daily = cells.groupby(keys)[["wei", "micro"]].sum().reset_index()
        cap = rules.api_daily_cap * SCALE
        daily["wei"] = [min(wei, cap) if api else wei for wei, api in zip(daily.wei, daily.api, strict=True)]
        mined = daily.groupby(["pass_id", "main", "api"])[["wei", "micro"]].sum().reset_index()
        mined["wei"] = mined.wei // SCALE
        board = mined.groupby(["pass_id", "main"])[["wei", "micro"]].sum().reset_index()
        order = sorted(zip(board.wei, board.micro, board.main, board.pass_id, strict=True), key=_rank)
        golden = {row[3] for row in order[: rules.shovel.winners] if row[0]}
        for number, api, wei in zip(mined.pass_id, mined.api, mined.wei, strict=True):
            if wei:
                key = (int(number), "api" if api else "retail")
                granted[key] = granted.get(key, 0) + int(wei)
    return granted


def _rank(row: tuple[int, int, str, int]) -> tuple[int, int, str]:
    return -row[0], -row[1], row[2]


def _check(trades: pd.DataFrame, rules: Premining) -> None:
    earliest, latest = (pd.Timestamp(at, unit="s") for at in (rules.records.earliest, rules.records.latest))
    bad = (
        trades.account.isna()
        | (trades.account == "")
        | ~trades.time.between(earliest, latest, inclusive="left")
        | ~trades.market.isin(rules.markets.counted + rules.markets.other)
        | ~trades.margin_coin.isin(rules.coins.counted + rules.coins.other)
        | ~trades.side.isin(["buy", "sell"])
        | ~trades.liquidity.isin(["maker", "taker"])
        | trades.fee.isna()
        | (trades.micro < 0)
        | ~trades.channel.isin(["retail", "api"])
        | trades.bonus.isna()
    )
    if bad.any():
        raise ValueError(f"{bad.sum()} bad records")
