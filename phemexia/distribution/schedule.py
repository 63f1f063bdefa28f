"""How an amount unlocks, by the plans of the contracts: `Plan` in contracts/distribution/IDistribution.sol.

Times are seconds since 1970, amounts wei. The arithmetic is that of Schedule.sol, to the wei and the second.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from phemexia.config.units import LINEAR, WEEKS

WEEK = 604_800
WHOLE = 10_000


@dataclass(frozen=True)
class Schedule:
    """A plan, as a contract answers it."""

    at_start: int
    """Ten-thousandths that unlock at the start."""
    cliff: int
    steps: int
    step: int
    pace: int
    """Weeks, months, or linear: the numbers of :mod:`phemexia.config.units`."""

    def unlocked(self, start: int, amount: int, time: int) -> int:
        """Wei of an amount that are unlocked at a time, rounded down."""
        if time < start:
            return 0
        if not self.steps:
            return amount
        if self.pace == LINEAR:
            first, last = self._after(start, self.cliff), self.end(start)
            done, all_ = min(max(time - first, 0), last - first), last - first
        else:
            done, all_ = sum(1 for second in self.instalments(start) if second <= time), self.steps
        return amount * (self.at_start * all_ + (WHOLE - self.at_start) * done) // (WHOLE * all_)

    def end(self, start: int) -> int:
        """The first second in which everything is unlocked."""
        return self._after(start, self.cliff + self.steps * self.step)

    def instalments(self, start: int) -> Iterator[int]:
        """The second of each instalment after the start; none where it unlocks by the second."""
        if self.pace != LINEAR:
            for i in range(1, self.steps + 1):
                yield self._after(start, self.cliff + i * self.step)

    def moments(self, start: int) -> list[int]:
        """Every second in which something unlocks at once; of a linear plan, where it begins and where it ends."""
        first = [start] if self.at_start or not self.steps else []
        if self.pace == LINEAR and self.steps:
            return [*first, self._after(start, self.cliff), self.end(start)]
        return [*first, *self.instalments(start)]

    def next(self, start: int, amount: int, time: int) -> tuple[int, int] | None:
        """The next second in which more of an amount is unlocked than at ``time``, and by how much more then.

        None when all of it is. Of a linear plan it is where it begins, and then its end.
        """
        now = self.unlocked(start, amount, time)
        for second in self.moments(start):
            if second > time and (more := self.unlocked(start, amount, second) - now):
                return second, more
        return None

    def _after(self, start: int, count: int) -> int:
        """So many weeks after a time; or calendar months, on the month's last day where it has no such day."""
        if self.pace == WEEKS:
            return start + count * WEEK
        then = datetime.fromtimestamp(start, UTC)
        year, month = divmod(then.year * 12 + then.month - 1 + count, 12)
        day = min(then.day, monthrange(year, month + 1)[1])
        return int(then.replace(year=year, month=month + 1, day=day).timestamp())
