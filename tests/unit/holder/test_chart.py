"""The picture of a weight over time."""

from itertools import pairwise

from support.suite import PT, WEEK

from phemexia.escrow import MAX_TERM, PERMANENT, Record
from phemexia.holder.chart import HEIGHT, WIDTH, chart, span, weight_at
from phemexia.holder.standing import _records

NOW = 1_800_000_000 // WEEK * WEEK
EIGHTHS = " ▁▂▃▄▅▆▇█"


def rows(text):
    """The lines of the picture without axis and labels."""
    return [line.partition("┤")[2].ljust(WIDTH) for line in str(text).splitlines()[:HEIGHT]]


def columns(text):
    """Height of each column in eighths of a line."""
    lines = rows(text)
    return [sum(EIGHTHS.index(line[column]) for line in lines) for column in range(WIDTH)]


def test_weight_at_is_the_contracts(suite):
    """By the lock's own history, at every time: before it, through changes, to its end and after."""
    chain, escrow, holder = suite.chain, suite.escrow, suite.wallet("holder")
    start = chain.timestamp
    suite.lock(holder, 1_000 * PT, weeks=20)
    chain.sleep(3 * WEEK + 5)
    suite.pay(holder, 77 * PT)
    suite.token.approve(escrow, 77 * PT, sender=holder)
    escrow.add(77 * PT, sender=holder)
    chain.sleep(WEEK)
    escrow.extend(chain.timestamp // WEEK * WEEK + 60 * WEEK, sender=holder)
    chain.sleep(WEEK)
    escrow.makePermanent(sender=holder)
    chain.sleep(WEEK)
    escrow.startClock(sender=holder)
    chain.sleep(1)
    page, length = escrow.lockHistory(holder, 0, 64)
    entries = [(e["time"], e["amount"], e["unlockTime"], e["delegated"]) for e in map(_plain, page)]
    records = list(_records(holder.address, entries))
    assert len(records) == length == 5
    end = records[-1].unlock_time
    for time in [*range(start - WEEK, end + WEEK, WEEK // 3), end - 1, end, end + 1]:
        assert weight_at(records, time) == escrow.weightAt(holder, time), time


def _plain(entry):
    return (
        entry
        if isinstance(entry, dict)
        else dict(zip(("time", "amount", "unlockTime", "delegated"), entry, strict=True))
    )


def test_chart_of_a_new_lock_falls_in_a_straight_line():
    record = Record("holder", 1_000 * PT, NOW + MAX_TERM, "holder", NOW)
    drawn = columns(chart([record], NOW))
    assert drawn[0] == HEIGHT * 8
    assert drawn[-1] == 0
    steps = [a - b for a, b in pairwise(drawn)]
    assert set(steps) <= {0, 1}
    text = str(chart([record], NOW))
    assert "1,000 ┤" in text
    assert "now, 2027-01-14" in text
    assert text.rstrip().endswith("2029-01-11")


def test_chart_shows_whatever_weighs_anything():
    record = Record("holder", 1_000 * PT, NOW + MAX_TERM, "holder", NOW)
    drawn = columns(chart([record], NOW))
    assert drawn[-2] == 1


def test_chart_puts_now_between_past_and_future():
    record = Record("holder", PT, NOW + 10 * WEEK, "holder", NOW - 30 * WEEK)
    lines = str(chart([record], NOW)).splitlines()
    at = lines[HEIGHT].index("▲") - lines[0].index("┤") - 1
    assert abs(at - 45) <= 1  # three quarters of the way
    assert "2026-06-18" in lines[-1]
    assert "now, 2027-01-14" in lines[-1]
    assert lines[-1].rstrip().endswith("2027-03-25")


def test_chart_of_a_permanent_lock_is_flat():
    record = Record("holder", 5 * PT, PERMANENT, "holder", NOW)
    assert set(columns(chart([record], NOW))) == {HEIGHT * 8}
    assert span([record], NOW) == (NOW, NOW + 52 * WEEK)


def test_chart_looks_back_two_years_at_most():
    record = Record("holder", 5 * PT, PERMANENT, "holder", NOW - 3 * MAX_TERM)
    assert span([record], NOW)[0] == NOW - MAX_TERM


def test_chart_without_a_lock_is_empty():
    assert str(chart([], NOW)) == ""
    assert str(chart([Record("holder", 0, 0, "another", NOW)], NOW)) == ""
