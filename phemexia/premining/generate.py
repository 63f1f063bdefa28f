"""Record sets of any size, from a seed: an exchange's trading, with every case that the rules exclude.

    generate(Path("records"), rows=1_000_000, seed=7, rules=load_premining())

writes `records/trades.parquet` and `records/passes.parquet`. The same arguments write the same rows.

What is in it: a few accounts make most of the volume (a Pareto law); one in a hundred is an API bot, most of
which quote as makers, some of them for nothing; a handful are market makers with a rebate; one in twenty is a
sub-account; pairs of accounts wash: the same value, market and millisecond on both sides; bonuses, gold, USD
margin; days between stages; passes minted late or never.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from phemexia.config.models import Premining
from phemexia.errors import Refused
from phemexia.premining.curve import MICRO, WHOLE, K

ROWS_OF_AN_ACCOUNT = 250
FEWEST_ACCOUNTS = 40
CHUNK = 1_000_000
"""Rows that are made at once. Each chunk has a seed and a slice of time of its own, so rows ascend in time."""
BEYOND = 2 * 86_400
"""Seconds before the first stage and after the last in which there are records, too."""
MOST_MICRO = 500_000_000 * MICRO
WASHED = 0.04

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Prominent:
    """An account that makes a given part of all volume, on average, never at a rebate or for nothing."""

    share: float
    """Of the volume of all accounts, between 0 and 1."""
    is_bot: bool = False


@dataclass(frozen=True)
class People:
    """Accounts by their number; a sub-account's main account is another number."""

    names: pa.Array
    main: Ints
    is_bot: npt.NDArray[np.bool_]
    is_rebated: npt.NDArray[np.bool_]
    quotes_free: npt.NDArray[np.bool_]
    activity: npt.NDArray[np.float64]
    """How likely a record is one of this account's or of one before it, ascending to 1."""
    size: npt.NDArray[np.float64]
    """By what a record of this account is larger than the usual."""


def generate(
    folder: Path, rows: int, seed: int, rules: Premining, prominent: Mapping[int, Prominent] | None = None
) -> tuple[Path, Path]:
    """Write records and passes into a folder that may not exist yet; the paths of both files.

    ``prominent`` are accounts by their number: number 7 is `u0000007`.
    """
    if rows < 1:
        raise Refused("a set of records has at least one")
    trades, passes = folder / "trades.parquet", folder / "passes.parquet"
    if trades.exists() or passes.exists():
        raise Refused(f"{folder} holds records already: choose another folder")
    folder.mkdir(parents=True, exist_ok=True)
    people = _people(max(FEWEST_ACCOUNTS, rows // ROWS_OF_AN_ACCOUNT), seed, prominent or {})
    pq.write_table(_passes(people, seed, rules), passes)
    beside = trades.with_name(trades.name + ".partial")
    chunks = -(-rows // CHUNK)
    begin = (rules.stages[0].start - BEYOND) * 1_000
    length = (rules.stages[-1].end + BEYOND) * 1_000 - begin
    mean = _mean_value(rules, rows)
    writer: pq.ParquetWriter | None = None
    for i in range(chunks):
        random = np.random.default_rng([seed, 2, i])
        many = min(CHUNK, rows - i * CHUNK)
        slice_ = (begin + length * i // chunks, begin + length * (i + 1) // chunks)
        table = _trades(people, many, slice_, mean, random, rules)
        writer = writer or pq.ParquetWriter(beside, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=CHUNK // 4)
    assert writer is not None
    writer.close()
    beside.replace(trades)
    return trades, passes


def _mean_value(rules: Premining, rows: int) -> float:
    """Micro-dollars of a usual record, so that the season comes to a part of what all stages take."""
    capacity = sum(
        2 * rules.budget * K / (rules.rates[i] + rules.rates[i + 1]) for i in range(len(rules.stages))
    )  # fmt: skip
    return 0.6 * capacity / WHOLE / rows


def name(number: int) -> str:
    """What an account is called in the records."""
    return f"u{number:07d}"


def _people(count: int, seed: int, prominent: Mapping[int, Prominent]) -> People:
    random = np.random.default_rng([seed, 0])
    number = np.arange(count)
    is_bot = random.random(count) < 0.01
    is_bot[:2] = True
    is_sub = (random.random(count) < 0.05) & (number >= 20)
    main = np.where(is_sub, (random.random(count) * number).astype(np.int64), number)
    main = np.where(main != number, main[main], main)  # a sub-account's parent is a main account
    main = np.where(main[main] != main, number, main)
    is_rebated = (random.random(count) < 0.0005) & is_bot
    is_rebated[1] = True
    weight = random.pareto(1.2, count) + 0.05
    weight = np.minimum(weight, np.quantile(weight, 0.9999)) * np.where(is_bot, 40.0, 1.0)
    quotes_free = is_bot & (random.random(count) < 0.2)
    size = np.exp(random.normal(-0.5, 1.0, count)) * np.where(is_bot, 3.0, 1.0)
    if prominent:
        chosen = np.array(sorted(prominent))
        if chosen[-1] >= count:
            raise Refused(f"there are {count} accounts in so many records, and none with the number {chosen[-1]}")
        others = np.ones(count, np.bool_)
        others[chosen] = False
        shares = np.array([prominent[i].share for i in chosen])
        weight[chosen] = shares / (1 - shares.sum()) * (weight * size)[others].sum()
        size[chosen] = 1.0
        is_bot[chosen] = [prominent[i].is_bot for i in chosen]
        main[chosen] = chosen
        # Whoever trades at a rebate strikes its main account out.
        is_rebated &= ~np.isin(main, chosen)
        quotes_free &= others
    activity = np.cumsum(weight)
    return People(
        names=pa.array([name(i) for i in range(count)]),
        main=main.astype(np.int64),
        is_bot=is_bot,
        is_rebated=is_rebated,
        quotes_free=quotes_free,
        activity=activity / activity[-1],
        size=size,
    )


def _passes(people: People, seed: int, rules: Premining) -> pa.Table:
    random = np.random.default_rng([seed, 1])
    mains = np.flatnonzero(people.main == np.arange(len(people.main)))
    mains = mains[random.random(len(mains)) < 0.9]
    begin, end = rules.stages[0].start, rules.stages[-1].end
    early = random.random(len(mains)) < 0.7
    minted = np.where(
        early, begin - random.integers(0, 30 * 86_400, len(mains)), random.integers(begin, end, len(mains))
    )
    return pa.table(
        {
            "account": people.names.take(pa.array(mains)),
            "pass_id": pa.array(random.permutation(len(mains)) + 1),
            "minted_at": pa.array(minted * 10**6).cast(pa.timestamp("us", "UTC")),
        }
    )


def _trades(
    people: People, many: int, slice_: tuple[int, int], mean: float, random: np.random.Generator, rules: Premining
) -> pa.Table:
    account = np.searchsorted(people.activity, random.random(many)).astype(np.int64)
    time = np.sort(random.integers(slice_[0], slice_[1], many))
    names = rules.markets.counted + rules.markets.other
    popular = 1.0 / (1.0 + np.arange(len(names)))
    market = np.searchsorted(np.cumsum(popular / popular.sum()), random.random(many)).clip(0, len(names) - 1)
    micro = mean * people.size[account] * np.exp(random.normal(-0.5, 1.0, many))
    micro = np.clip(micro, 1, MOST_MICRO).astype(np.int64)
    buys = random.random(many) < 0.5

    # The second of a washed pair is the first again, on the other side, by the account with the number next to it.
    second = np.flatnonzero(random.random(many) < WASHED)
    second = second[second % 2 == 1]
    time[second], market[second], micro[second] = time[second - 1], market[second - 1], micro[second - 1]
    buys[second] = ~buys[second - 1]
    account[second] = (account[second - 1] ^ 1).clip(0, len(people.main) - 1)

    bot, rebated = people.is_bot[account], people.is_rebated[account]
    maker = random.random(many) < np.where(bot, 0.8, 0.35)
    fee = np.where(maker, 100, 600)
    fee[maker & people.quotes_free[account]] = 0
    fee[maker & rebated] = -50
    coins = rules.coins.counted + rules.coins.other
    coin = _coins(names, coins)[market, (random.random(many) < 0.5).astype(np.int64)]
    main = people.main[account]
    return pa.table(
        {
            "account": _words(account, people.names),
            "parent_account": _words(main, people.names, main == account),
            "time": pa.array(time).cast(pa.timestamp("ms", "UTC")),
            "market": _words(market, pa.array(names)),
            "margin_coin": _words(coin, pa.array(coins)),
            "side": _words(buys.astype(np.int64), pa.array(["sell", "buy"])),
            "liquidity": _words(maker.astype(np.int64), pa.array(["taker", "maker"])),
            "fee_rate": _decimals(fee, 8, 6),
            "usd_value": _decimals(micro, 18, 6),
            "channel": _words(bot.astype(np.int64), pa.array(["retail", "api"])),
            "bonus": pa.array((random.random(many) < 0.03) & ~bot),
        }
    )


def _coins(markets: list[str], coins: list[str]) -> Ints:
    """For each market the two coins that margin it: what it is quoted in, or, quoted in USD, its base or USD."""
    pairs = []
    for market in markets:
        base, _, quote = market.partition("/")
        choice = [quote, quote] if quote in coins[:-1] or base not in coins else [base, quote]
        pairs.append([coins.index(coin) if coin in coins else 0 for coin in choice])
    return np.array(pairs, np.int64)


def _words(index: Ints, words: pa.Array, nothing: npt.NDArray[np.bool_] | None = None) -> pa.Array:
    """Text from positions in a list of words, as an Arrow dictionary."""
    codes = pa.array(index.astype(np.int32), mask=nothing)
    return pa.DictionaryArray.from_arrays(codes, words).cast(pa.string())


def _decimals(values: Ints, digits: int, places: int) -> pa.Array:
    """Whole numbers as decimals: 16 bytes each, little-endian, two's complement."""
    wide = np.stack([values, np.where(values < 0, -1, 0)], axis=1)
    buffer = pa.py_buffer(np.ascontiguousarray(wide))
    return pa.Array.from_buffers(pa.decimal128(digits, places), len(values), [None, buffer])
