"""What the commands say of a schedule is what the contracts pay by, to the wei and the second."""

import pytest
from support.schedule import (
    API,
    AT_ONCE,
    BUILDERS,
    COLLABORATORS,
    INVESTORS,
    LINEARLY,
    OPERATIONS,
    RETAIL,
    instalments,
    moment,
    unlocked,
)

from phemexia.distribution.schedule import Schedule

START = moment("2027-01-31 12:00")
"""A last day of a month that others do not have."""
AMOUNT = 1_000 * 10**18 + 7
PLANS = {
    "retail": RETAIL, "API": API, "collaborators": COLLABORATORS, "investors": INVESTORS,
    "operations": OPERATIONS, "builders": BUILDERS, "linearly": LINEARLY, "at once": AT_ONCE,
}  # fmt: skip


@pytest.fixture(params=PLANS.values(), ids=PLANS)
def plan(request):
    return request.param


def seconds(schedule):
    """Around every moment, and some between."""
    moments = schedule.moments(START)
    return sorted(
        {at + shift for at in (START, *moments, schedule.end(START)) for shift in (-1, 0, 1, 86_400 * 9)}
    )


def test_unlocked_is_the_contracts(suite, plan):
    """To the second around each instalment; and the independent model of the tests says the same."""
    chain, schedule = suite.chain, Schedule(*plan)
    owner, dao = chain.account("owner"), chain.account("dao")
    args = (suite.token, dao, suite.treasury, suite.escrow, dao, dao, START, plan)
    vesting = chain.deploy("Vesting", *args)
    assert Schedule(*vesting.plan().values()) == schedule
    for time in seconds(schedule):
        mine = schedule.unlocked(START, AMOUNT, time)
        assert mine == vesting.unlocked(AMOUNT, START, time) == unlocked(plan, START, AMOUNT, time), time
    assert schedule.unlocked(START, AMOUNT, schedule.end(START)) == AMOUNT
    assert vesting.grantCount(owner) == 0


def test_moments_are_those_in_which_something_unlocks(plan):
    schedule = Schedule(*plan)
    if plan != LINEARLY:
        assert list(schedule.instalments(START)) == instalments(plan, START)
        for second in schedule.moments(START):
            before, after = (schedule.unlocked(START, AMOUNT, at) for at in (second - 1, second))
            assert before < after


def test_next_is_the_first_second_with_more(plan):
    schedule = Schedule(*plan)
    time, got = START - 1, 0
    while (coming := schedule.next(START, AMOUNT, time)) is not None:
        second, more = coming
        assert second > time
        assert schedule.unlocked(START, AMOUNT, second) == got + more
        if plan != LINEARLY:
            assert schedule.unlocked(START, AMOUNT, second - 1) == got
        time, got = second, got + more
    assert got == AMOUNT
