"""What a schedule has unlocked, by the calendar of Python's standard library, independent of the contracts."""

from calendar import monthrange
from datetime import UTC, datetime
from fractions import Fraction

WEEKS, MONTHS, LINEAR = range(3)
WEEK = 604_800
Plan = tuple[int, int, int, int, int]
"""At the start in ten-thousandths, cliff, steps, step, pace."""

RETAIL: Plan = (2_500, 0, 3, 1, WEEKS)
API: Plan = (1_250, 0, 7, 1, WEEKS)
COLLABORATORS: Plan = (5_000, 0, 6, 1, MONTHS)
INVESTORS: Plan = (0, 24, 20, 3, MONTHS)
OPERATIONS: Plan = (2_000, 0, 60, 1, MONTHS)
BUILDERS: Plan = (0, 12, 48, 1, MONTHS)
LINEARLY: Plan = (400, 2, 60, 1, LINEAR)
AT_ONCE: Plan = (10_000, 0, 0, 0, 0)


def moment(text: str) -> int:
    """`2027-01-31 12:00` (UTC) in seconds since 1970."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def add_months(start: int, count: int) -> int:
    """The same day and time so many months on, or the month's last day."""
    then = datetime.fromtimestamp(start, UTC)
    year, month = divmod(then.year * 12 + then.month - 1 + count, 12)
    day = min(then.day, monthrange(year, month + 1)[1])
    return int(then.replace(year=year, month=month + 1, day=day).timestamp())


def instalments(plan: Plan, start: int) -> list[int]:
    """The second of each instalment."""
    _, cliff, steps, step, pace = plan
    units = [cliff + (i + 1) * step for i in range(steps)]
    return [start + n * WEEK for n in units] if pace == WEEKS else [add_months(start, n) for n in units]


def unlocked(plan: Plan, start: int, amount: int, time: int) -> int:
    """Wei unlocked of an amount, rounded down."""
    share, cliff, steps, step, pace = plan
    if time < start:
        return 0
    if not steps:
        return amount
    if pace == LINEAR:
        first, last = add_months(start, cliff), add_months(start, cliff + steps * step)
        part = min(max(Fraction(time - first, last - first), Fraction(0)), Fraction(1))
    else:
        part = Fraction(sum(second <= time for second in instalments(plan, start)), steps)
    return int(amount * (Fraction(share, 10_000) + Fraction(10_000 - share, 10_000) * part))
