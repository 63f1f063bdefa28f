"""What accounts earn, worked out by hand.

In the first stage the rate falls from 2 to 1 xPT for 1,000 USD, over 2,000 / 3 thousand USD: after v thousand USD,
2 v - v^2 / (4,000 / 3) xPT are given. In the second it falls from 1 to 0.5 over 4,000 / 3 thousand USD: after v
thousand USD, v - v^2 / (16,000 / 3).
"""

from decimal import Decimal

import pytest

from .conftest import XPT, at, figures, record


def tenths(number: str) -> int:
    """XPT as wei."""
    return int(Decimal(number) * XPT)


def test_mine_pays_the_area_under_the_curve(season):
    (earned, stage), _ = season([record()])
    assert earned == {("trader", "retail"): tenths("192.5")}
    assert stage.unmined.volume == tenths("807.5")
    assert (stage.unmined.cap, stage.unmined.rounding) == (0, 0)
    assert stage.volumes == {"retail": [10**11], "api": [0]}


def test_mine_pays_all_volume_of_a_minute_alike(season):
    records = [record(time=at(0, 0.9), usd_value=60_000), record(account="other", usd_value=40_000)]
    assert season(records)[0][0] == {("trader", "retail"): tenths("115.5"), ("other", "retail"): 77 * XPT}


def test_mine_pays_the_next_minute_less(season):
    """177.5 of 370: the mean rate from 100,000 to 200,000 is that at 150,000, 1.775."""
    records = [record(account="other", time=at(0, 1)), record()]
    earned = season(records)[0][0]
    assert earned == {("trader", "retail"): tenths("192.5"), ("other", "retail"): tenths("177.5")}


def test_mine_counts_api_volume_by_half(season):
    """100,000 USD weigh 50,000: 100 - 2,500 / (4,000 / 3)."""
    records = [record(channel="api")]
    rules = figures(api_daily_cap="1_000 xPT")
    assert season(records, rules=rules)[0][0] == {("trader", "api"): tenths("98.125")}


def test_mine_caps_api_by_day_and_reports_what_is_cut(season):
    """The second day begins at 50,000 weighted: from there to 100,000 lie 94.375."""
    records = [record(channel="api"), record(channel="api", time=at(1)), record(time=at(1, 1), usd_value=1_000)]
    (earned, stage), _ = season(records)
    assert earned["trader", "api"] == 100 * XPT
    assert stage.unmined.cap == tenths("98.125") + tenths("94.375") - 100 * XPT
    assert earned["trader", "retail"] == tenths("1.84925")


@pytest.mark.parametrize(("value", "kept"), [("50_500", "50"), ("50_800", "50"), ("40_000", "39.7")], ids=str)
def test_mine_cap_at_its_boundary(season, value, kept):
    """40,000 USD of API weigh 20,000: 40 - 0.3; the cap of 50 xPT is passed at about 50,480 USD."""
    assert season([record(channel="api", usd_value=int(value))])[0][0] == {("trader", "api"): tenths(kept)}


def test_mine_caps_the_sub_accounts_of_one_account_together(season):
    records = [record(channel="api", account=f"sub{i}", parent_account="trader", usd_value=50_000) for i in (1, 2)]
    assert season(records)[0][0] == {("trader", "api"): 50 * XPT}


def test_mine_gives_the_budget_and_no_more(season):
    records = [record(usd_value=1_000_000), record(account="other", time=at(0, 1))]
    (earned, stage), _ = season(records)
    assert earned == {("trader", "retail"): 1_000 * XPT}
    assert stage.unmined.total == 0


def test_mine_golden_shovel_counts_a_fifth_more_on_retail(season):
    """120,000 weighted in stage 2: 120 - 14,400 / (16,000 / 3)."""
    records = [record(), record(account="other", usd_value=1), record(time=at(4))]
    (_, first), (second, _) = season(records)
    assert first.winners == 1
    assert second == {("trader", "retail"): tenths("117.3")}


def test_mine_golden_shovel_does_nothing_for_api(season):
    records = [record(), record(time=at(4), channel="api", usd_value=40_000)]
    assert season(records)[1][0] == {("trader", "api"): tenths("19.925")}


def test_mine_second_stage_begins_at_the_rate_where_the_first_would_have_ended(season):
    records = [record(account="other"), record(time=at(4))]
    assert season(records)[1][0] == {("trader", "retail"): tenths("98.125")}


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_mine_shovel_of_equals_goes_to_the_name(season, hold, names):
    records = [record(account=name, time=at(0, 0)) for name in ("b", "a")]
    records += [record(account="b", time=at(4), usd_value=100_000)]
    (_, first), (second, _) = season(records, hold(*names))
    assert first.winners == 1
    assert second == {("b", "retail"): tenths("98.125")}  # "a" holds it


@pytest.mark.parametrize(
    "other",
    [
        {"market": "GOLD/USDT"},
        {"market": "BTC/USD", "margin_coin": "USD"},
        {"bonus": True},
        {"channel": "api", "liquidity": "maker", "fee_rate": 0},
        {"account": "stranger"},
        {"account": "sub", "parent_account": "stranger"},
        {"time": at(0, -1 / 60_000_000)},
        {"time": at(2)},
        {"time": at(3, 100)},
        {"usd_value": 0},
    ],
    ids=[
        "gold", "USD-margined", "bonus", "API maker at no fee", "no pass", "sub-account of no pass",
        "before the stage", "at the end of the stage", "between stages", "no value",
    ],
)  # fmt: skip
def test_mine_does_not_count(season, other):
    (earned, stage), (later, _) = season([record(**other)])
    assert earned == later == {}
    assert stage.unmined.total == 1_000 * XPT


@pytest.mark.parametrize(
    "other",
    [
        {"market": "BTC/USD", "margin_coin": "BTC"},
        {"liquidity": "maker", "fee_rate": 0},
        {"channel": "retail", "liquidity": "taker", "fee_rate": Decimal("-0.0001")},
        {"account": "sub", "parent_account": "trader"},
        {"parent_account": ""},
        {"side": "sell"},
        {"time": at(2, -1 / 60_000_000)},
    ],
    ids=[
        "BTC-margined", "retail maker at no fee", "taker's rebate", "sub-account", "empty parent", "sale",
        "last instant",
    ],
)  # fmt: skip
def test_mine_counts(season, other):
    assert season([record(**other)])[0][0] == {("trader", "retail"): tenths("192.5")}


def test_mine_api_taker_at_no_fee_counts(season):
    assert season([record(channel="api", fee_rate=0, usd_value=40_000)])[0][0] == {
        ("trader", "api"): tenths("39.7")
    }


@pytest.mark.parametrize(
    "rebated",
    [
        {"time": at(0, 5)},
        {"time": at(10)},
        {"market": "GOLD/USDT"},
        {"account": "sub", "parent_account": "trader"},
        {"usd_value": Decimal("0.000001")},
    ],
    ids=["in the stage", "after the season", "of gold", "by a sub-account", "of a millionth of a dollar"],
)
def test_mine_an_account_with_a_negative_maker_fee_earns_nothing(season, rebated):
    """Its volume leaves the curve, too: the other earns as if it had been alone."""
    records = [
        record(),
        record(account="other", time=at(0, 1)),
        record(**({"liquidity": "maker", "fee_rate": Decimal("-0.000001")} | rebated)),
    ]
    assert season(records)[0][0] == {("other", "retail"): tenths("192.5")}


def test_mine_counts_from_the_minute_the_pass_was_minted(season, hold):
    passes = hold(trader=at(0, 10.9))
    records = [record(time=at(0, minute), usd_value=100_000) for minute in (9.999, 10)]
    assert season(records, passes)[0][0] == {("trader", "retail"): tenths("192.5")}


def test_mine_splitting_or_merging_trades_changes_nothing(season):
    """A hundred and one parts of one minute, to the millionth of a dollar."""
    parts = [Decimal("990.099009")] * 100 + [Decimal("990.099100")]
    split = [record(usd_value=value, time=at(0, i / 102)) for i, value in enumerate(parts)]
    assert sum(parts) == 100_000
    assert season(split)[0][0] == season([record()])[0][0]


def test_mine_splitting_an_account_gains_nothing_but_caps(season, hold):
    odd = Decimal("33333.333333")
    whole = season([record(usd_value=3 * odd)], hold("trader"))[0][0]
    parts = season([record(account=name, usd_value=odd) for name in "abc"], hold("a", "b", "c"))[0][0]
    assert sum(whole.values()) - 3 < sum(parts.values()) <= sum(whole.values())


def test_mine_without_records_leaves_everything(season):
    (earned, stage), _ = season([record(account="stranger", usd_value=0)])
    assert earned == {}
    assert (stage.unmined.volume, stage.unmined.rounding) == (1_000 * XPT, 0)
