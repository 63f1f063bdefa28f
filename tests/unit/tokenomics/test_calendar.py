"""The unlock calendar, against the published schedules worked out by hand."""

import pytest
from support.schedule import LINEAR, add_months, moment
from support.schedule import unlocked as published

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


def row(*plans: dict[str, str]) -> Allocation:
    schedule = [{"kind": f"kind {i}", "cliff": "0 months", **plan} for i, plan in enumerate(plans)]
    values = {"name": "row", "share": "100 %", "amount": "100 PT", "place": "Treasury", "schedule": schedule}
    return Allocation.model_validate(values)


@pytest.mark.parametrize(
    ("weeks", "month"), [(4, 1), (5, 2), (8, 2), (9, 3), (51, 12), (52, 13)], ids=lambda value: str(value)
)
def test_unlocked_by_weeks_in_the_month_that_has_surely_passed_them(weeks, month):
    plan = row({"at_tge": "0 %", "then": f"{weeks} weekly"})
    assert unlocked(plan, month - 1) < unlocked(plan, month) == 100 * WEI


def test_unlocked_rounds_down_until_the_last():
    plan = row({"at_tge": "0 %", "then": "3 monthly"})
    assert [unlocked(plan, month) for month in range(5)] == [
        0, 100 * WEI // 3, 200 * WEI // 3, 100 * WEI, 100 * WEI,
    ]  # fmt: skip


def test_unlocked_shows_the_plan_that_frees_first():
    plans = {"at_tge": "50 %", "then": "4 monthly"}, {"at_tge": "0 %", "then": "2 monthly"}
    assert [unlocked(row(*plans), month) // WEI for month in range(4)] == [50, 62, 100, 100]


def test_unlocked_agrees_with_the_contracts_at_the_end_of_each_month():
    """Counted from a first of a month, against the calendar of the standard library."""
    start = moment("2027-03-01 00:00")
    for allocation in load_tokenomics().allocations:
        (plan, *others) = (tuple(kind.plan().values()) for kind in allocation.schedule)
        if others or plan[4] == LINEAR:
            continue
        for month in range(90):
            assert unlocked(allocation, month) == published(
                plan, start, allocation.amount, add_months(start, month)
            )


def test_picture_is_current():
    assert PICTURE.read_text(encoding="utf-8") == picture(load_tokenomics()), (
        "python -m phemexia.tokenomics.picture"
    )
