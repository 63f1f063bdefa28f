"""The unlock calendar, against the published schedules worked out by hand."""

import pytest

from phemexia.config import load_tokenomics
from phemexia.config.models import Allocation
from phemexia.config.units import WEI
from phemexia.tokenomics import Calendar, unlocked
from phemexia.tokenomics.picture import PICTURE, picture

PUBLISHED = {
    "xPT pre-mining": {0: 25_000_000, 1: 100_000_000},
    "Collaborator Program": {0: 25_000_000, 3: 37_500_000, 6: 50_000_000},
    "Strategic investors": {
        24: 0, 26: 0, 27: 10_000_000, 29: 10_000_000, 30: 20_000_000, 83: 190_000_000, 84: 200_000_000,
    },
    "Ecosystem fund": {0: 150_000_000},
    "Trading rewards": {0: 0, 12: 25_000_000, 60: 125_000_000},
    "Liquidity provider rewards": {0: 5_000_000, 1: 7_000_000, 60: 125_000_000},
    "Operations & marketing": {0: 20_000_000, 3: 24_000_000, 60: 100_000_000},
    "Core builders": {0: 0, 12: 0, 16: 12_500_000, 60: 150_000_000},
}  # fmt: skip


@pytest.fixture(scope="module")
def calendar():
    return Calendar(load_tokenomics())


@pytest.mark.parametrize("row", PUBLISHED)
def test_calendar_follows_the_published_schedule(calendar, row):
    for month, amount in PUBLISHED[row].items():
        assert calendar.rows[row][month] == amount * WEI, month


def test_calendar_names_every_row(calendar):
    assert set(calendar.rows) == set(PUBLISHED)


def test_calendar_ends_with_everything_to_the_wei(calendar):
    assert calendar.months == 84
    assert calendar.total[84] == calendar.tokenomics.token.supply
    assert calendar.total[83] < calendar.tokenomics.token.supply
    assert calendar.total[0] == 225_000_000 * WEI


def test_calendar_never_falls(calendar):
    for column in [*calendar.rows.values(), calendar.total]:
        assert column == sorted(column)


def row(**plan: str) -> Allocation:
    return Allocation.model_validate(
        {"name": "row", "share": "100 %", "amount": "100 PT", "place": "Treasury", "unlock": plan}
    )


@pytest.mark.parametrize(
    ("days", "month"),
    [("28 days", 1), ("29 days", 2), ("49 days", 2), ("58 days", 2), ("59 days", 3), ("363 days", 12)],
)  # fmt: skip
def test_unlocked_by_days_in_the_month_that_has_surely_passed_them(days, month):
    plan = row(at_tge="0 %", cliff="0 days", over=days, every=days)
    assert (unlocked(plan, month - 1), unlocked(plan, month)) == (0, 100 * WEI)


def test_unlocked_rounds_down_until_the_last():
    plan = row(at_tge="0 %", cliff="0 days", over="3 months", every="1 month")
    assert [unlocked(plan, month) for month in range(5)] == [
        0, 100 * WEI // 3, 200 * WEI // 3, 100 * WEI, 100 * WEI,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        ({"at_tge": "100 %", "cliff": "1 day", "over": "0 days", "every": "linear"}, "gives everything at TGE"),
        ({"at_tge": "99 %", "cliff": "1 day", "over": "0 days", "every": "linear"}, "over should say"),
        ({"at_tge": "0 %", "cliff": "0 days", "over": "20 days", "every": "7 days"}, "no whole number of every"),
        ({"at_tge": "0 %", "cliff": "0 days", "over": "1 year", "every": "7 days"}, "no whole number of every"),
        ({"at_tge": "0 %", "cliff": "soon", "over": "1 year", "every": "1 month"}, "should be a time such as"),
    ],
)
def test_unlock_refuses_a_plan_that_does_not_add_up(plan, problem):
    with pytest.raises(ValueError, match=problem):
        row(**plan)


def test_picture_is_current():
    assert PICTURE.read_text(encoding="utf-8") == picture(load_tokenomics()), (
        "python -m phemexia.tokenomics.picture"
    )
