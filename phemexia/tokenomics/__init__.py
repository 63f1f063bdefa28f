"""The unlock calendar: which part of each row of the allocation may have left its place, by months after TGE.

    calendar = Calendar(load_tokenomics())
    calendar.rows["Core builders"][12]  # wei free at the end of the twelfth month

Month 0 is the TGE itself, month m ends m calendar months after it. Instalments that are counted in weeks fall
into the first month that has surely passed them, whatever its length. Of two plans for one row, as for
pre-mining, the calendar shows the one that frees it first.
"""

from dataclasses import dataclass
from functools import cached_property

from phemexia.config.models import Allocation, Tokenomics, Unlock
from phemexia.config.units import WEEKS


def unlocked(row: Allocation, month: int) -> int:
    """Wei of a row that are free at the end of a month after TGE: never more than later, all at the end."""
    return max(_by(unlock, row.amount, month) for unlock in row.schedule)


def _by(unlock: Unlock, amount: int, month: int) -> int:
    """By one plan, divided once as the contracts do."""
    pace, steps, step = unlock.then
    if not steps:
        return amount
    units = _weeks(month) if pace == WEEKS else month
    due = min(max(units - unlock.cliff, 0) // step, steps)
    return amount * (unlock.at_tge * steps + (10_000 - unlock.at_tge) * due) // (10_000 * steps)


def _weeks(month: int) -> int:
    """How many weeks have surely passed by the end of a month, in whichever part of the year it lies."""
    return max(month * 365 // 12 - 2, 0) // 7


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
