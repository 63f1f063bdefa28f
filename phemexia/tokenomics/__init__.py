"""The unlock calendar: which part of each row of the allocation may have left its place, by months after TGE.

    calendar = Calendar(load_tokenomics())
    calendar.rows["Core builders"][12]  # wei free at the end of the twelfth month

Month 0 is the TGE itself, month m ends m calendar months after it. Instalments that are counted in days fall
into the first month that has surely passed them, whatever its length. Of two plans for one row, as for
pre-mining, the calendar shows the one that frees it first.
"""

from dataclasses import dataclass
from functools import cached_property

from phemexia.config.models import Allocation, Tokenomics
from phemexia.config.units import LINEAR, Span

DAY = 86_400


def unlocked(row: Allocation, month: int) -> int:
    """Wei of a row that are free at the end of a month after TGE: never more than later, all at the end."""
    plan = row.unlock
    now = row.amount * plan.at_tge // 10_000
    rest = row.amount - now
    if not any(plan.over):
        return row.amount
    if plan.every == LINEAR:
        whole = _months(plan.over)
        passed = min(max(month - _months(plan.cliff), 0), whole)
        return now + rest * passed // whole
    many = plan.over.months // plan.every.months if plan.every.months else plan.over.seconds // plan.every.seconds
    due = sum(1 for i in range(1, many + 1) if _instalment(plan.cliff, plan.every, i) <= month)
    return now + rest * due // many


def _instalment(cliff: Span, every: Span, number: int) -> int:
    """The month in which an instalment falls."""
    return _months(cliff) + _months(Span(every.months * number, every.seconds * number))


def _months(span: Span) -> int:
    """Whole months, or the fewest that are at least so many days, in whichever part of the year they lie."""
    if span.months:
        return span.months
    days, month = -(-span.seconds // DAY), 0
    while days > max(month * 365 // 12 - 2, 0):
        month += 1
    return month


@dataclass(frozen=True)
class Calendar:
    """All rows, month by month, until everything is free."""

    tokenomics: Tokenomics

    @cached_property
    def months(self) -> int:
        """The month at whose end the last row is wholly free."""
        month = 0
        while any(unlocked(row, month) < row.amount for row in self.tokenomics.allocations):
            month += 1
        return month

    @cached_property
    def rows(self) -> dict[str, list[int]]:
        """Wei free by the end of each month from 0, by row, in the order of the table."""
        return {
            row.name: [unlocked(row, month) for month in range(self.months + 1)]
            for row in self.tokenomics.allocations
        }

    @cached_property
    def total(self) -> list[int]:
        """Wei free by the end of each month from 0, of all rows."""
        return [sum(column) for column in zip(*self.rows.values(), strict=True)]
