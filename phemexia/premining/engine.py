"""From records to xPT, by the rules of docs/premining.md. Written once, in Ibis, for whatever backend computes.

The records that count are read once. For each stage they are asked twice: for the weighted volume of each
minute, from which the rates come (:mod:`phemexia.premining.curve`, a number for each minute), and for what each
account earned. Sums are decimals of 38 digits without places: a stage's budget in wei times SCALE, the largest
there is, has 38. Nothing is divided by the backend, so that every backend gives the same integers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from ibis import _

from phemexia.config.models import Premining, StageDates
from phemexia.premining.curve import SCALE, Curve, curves, weights
from phemexia.premining.passes import Passes
from phemexia.premining.records import MINUTE, Expression, Records

Run = Callable[[Expression], pa.Table]
EXACT = "decimal(38, 0)"
RETAIL, API = "retail", "api"
DAY = 86_400


@dataclass(frozen=True)
class Unmined:
    """Wei of a stage's budget that nobody earned: volume never came, the daily cap cut, or rounding left over."""

    volume: int
    cap: int
    rounding: int

    @property
    def total(self) -> int:
        """What goes to the treasury."""
        return self.volume + self.cap + self.rounding


@dataclass(frozen=True)
class Stage:
    """What a stage came to. Columns have one entry for each account with counted volume, best first.

    ``rows`` are positions in the passes; ``volumes`` are micro-dollars, ``amounts`` wei of xPT, by kind.
    The first ``winners`` accounts hold a shovel in the next stage.
    """

    number: int
    curve: Curve
    rows: npt.NDArray[np.int64]
    volumes: dict[str, list[int]]
    amounts: dict[str, list[int]]
    winners: int
    unmined: Unmined

    @property
    def mined(self) -> int:
        """Wei of xPT that all accounts earned."""
        return sum(sum(column) for column in self.amounts.values())


def disqualified(records: Records) -> set[str]:
    """Main accounts with any volume at a negative maker fee, in any record there is: they earn nothing."""
    rebated = records.table.filter(_.liquidity == "maker", _.fee < 0, _.micro > 0)
    found = records.backend.to_pyarrow(rebated.select("main").distinct())
    return set(found["main"].to_pylist())


def held(records: Records, passes: Passes, rules: Premining) -> Expression:
    """The volume that counts if it lies in a stage: `row` of the pass, `minute` (since 1970), `api`, `micro`.

    Read from the records once and kept by the backend, if it can: each stage asks for its part twice. To ask for
    the stages here would cost more than to keep the days between them. ``passes`` are those of accounts that are
    not disqualified.
    """
    table = {
        "main": passes.account,
        "row": pa.array(np.arange(len(passes), dtype=np.int32)),
        "since": pa.array(passes.since // MINUTE),
    }
    members = ibis.memtable(pa.table(table))
    free = (_.channel == API) & (_.liquidity == "maker") & (_.fee == 0)
    trades = records.table.filter(
        _.margin_coin.isin(rules.coins.counted),
        _.market.isin(rules.markets.counted),
        ~_.bonus,
        ~free,
    ).select(main=_.main, minute=_.minute, api=_.channel == API, micro=_.micro)
    found = trades.inner_join(members, "main").filter(_.minute >= _.since).select("row", "minute", "api", "micro")
    if not records.backend.supports_temporary_tables:
        return found
    return records.backend.create_table(f"phemexia_{uuid4().hex}", found, temp=True)


def _within(minute: Expression, dates: StageDates) -> Expression:
    """Whether a minute is one of a stage's, which begins and ends with a day."""
    return (minute >= dates.start // MINUTE) & (minute < dates.end // MINUTE)


def mine(
    volume: Expression, run: Run, passes: Passes, rules: Premining, stage: int, golden: set[int]
) -> Stage:  # fmt: skip
    """Compute one stage (counted from 0) from the volume of :func:`held`, of these passes.

    ``golden`` are the rows of the passes that hold a shovel in it; ``run`` is the backend's way to answer with an
    Arrow table.
    """
    curve, weight = curves(rules)[stage], weights(rules)
    holds = _.row.isin(sorted(golden)) if golden else ibis.literal(False)
    held = volume.filter(_within(_.minute, rules.stages[stage])).mutate(golden=holds)

    by_minute = held.group_by("minute", "api", "golden").agg(micro=_.micro.cast(EXACT).sum().cast(EXACT))
    minutes, volumes = _volumes(run(by_minute), weight)
    rates = pa.table(
        {
            "minute": pa.array(minutes, pa.int64()),
            "rate": pa.array(list(curve.rates(volumes)), pa.int64()),
        }
    )

    priced = held.inner_join(ibis.memtable(rates), "minute")
    priced = priced.mutate(
        wei=_.micro.cast(EXACT) * _.rate.cast(EXACT), day=(_.minute // (DAY // MINUTE)).cast("int64")
    )
    daily = priced.group_by("row", "api", "golden", "day").agg(
        wei=_.wei.sum().cast(EXACT), micro=_.micro.cast(EXACT).sum().cast(EXACT)
    )
    whole, golden_whole, api_whole = (
        ibis.literal(Decimal(weight[key]), EXACT) for key in ((RETAIL, False), (RETAIL, True), (API, False))
    )
    cap = ibis.literal(Decimal(rules.api_daily_cap * SCALE), EXACT)
    earned = (_.wei * ibis.cases((_.api, api_whole), (_.golden, golden_whole), else_=whole)).cast(EXACT)
    daily = daily.mutate(earned=earned)
    daily = daily.mutate(kept=ibis.ifelse(_.api & (_.earned > cap), cap, _.earned).cast(EXACT))
    result = run(
        daily.group_by("row", "api").agg(
            earned=_.earned.sum().cast(EXACT), kept=_.kept.sum().cast(EXACT), micro=_.micro.sum().cast(EXACT)
        )
    )
    return _settle(stage, curve, rules, passes, result, sum(volumes))


def _volumes(by_minute: pa.Table, weight: dict[tuple[str, bool], int]) -> tuple[list[int], list[int]]:
    """The minutes with volume, since 1970 and in order, and the weighted volume of each."""
    sums: dict[int, int] = {}
    times = by_minute["minute"].to_pylist()
    flags = by_minute["api"].to_pylist(), by_minute["golden"].to_pylist()
    for minute, api, golden, micro in zip(times, *flags, whole_numbers(by_minute["micro"]), strict=True):
        sums[minute] = sums.get(minute, 0) + micro * weight[API if api else RETAIL, golden]
    minutes = sorted(sums)
    return minutes, [sums[minute] for minute in minutes]


def _settle(stage: int, curve: Curve, rules: Premining, passes: Passes, result: pa.Table, volume: int) -> Stage:
    """Divide and round down once for each account and kind; rank; account for what is left of the budget."""
    rows, positions = np.unique(result["row"].to_numpy(), return_inverse=True)
    volumes = {kind: [0] * len(rows) for kind in (RETAIL, API)}
    amounts = {kind: [0] * len(rows) for kind in (RETAIL, API)}
    kept, earned = whole_numbers(result["kept"]), whole_numbers(result["earned"])
    for position, api, wei, micro in zip(
        positions.tolist(), result["api"].to_pylist(), kept, whole_numbers(result["micro"]), strict=True
    ):
        kind = API if api else RETAIL
        amounts[kind][position], volumes[kind][position] = wei // SCALE, micro
    totals = [a + b for a, b in zip(amounts[RETAIL], amounts[API], strict=True)]
    traded = [a + b for a, b in zip(volumes[RETAIL], volumes[API], strict=True)]
    names = passes.account.take(pa.array(rows)).to_pylist()
    order = sorted(range(len(rows)), key=lambda i: (-totals[i], -traded[i], names[i]))
    mined, cut = sum(totals), (sum(earned) - sum(kept)) // SCALE
    never = curve.budget - curve.given(volume)
    return Stage(
        number=stage + 1,
        curve=curve,
        rows=rows[order],
        volumes={kind: [column[i] for i in order] for kind, column in volumes.items()},
        amounts={kind: [column[i] for i in order] for kind, column in amounts.items()},
        winners=min(rules.shovel.winners, sum(1 for total in totals if total)),
        unmined=Unmined(never, cut, curve.budget - never - cut - mined),
    )


def whole_numbers(column: pa.ChunkedArray) -> list[int]:
    """A column of decimals without places as Python's integers."""
    array = column.combine_chunks()
    if not len(array):
        return []
    words = np.frombuffer(array.buffers()[1], np.int64).reshape(-1, 2)[array.offset : array.offset + len(array)]
    high, low = words[:, 1].tolist(), words[:, 0].view(np.uint64).tolist()
    return [(h << 64) | w for h, w in zip(high, low, strict=True)]
