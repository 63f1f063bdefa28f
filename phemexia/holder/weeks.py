"""Days of the calendar as the escrow's week boundaries, never rounded."""

from datetime import UTC, datetime, timedelta

from phemexia.errors import Refused

THURSDAY = 3
"""The day on which weeks begin (Monday is 0): 1970 began on one."""


def boundary(text: str) -> int:
    """`2028-06-01` as the second in which that day begins, if it is a Thursday; :class:`Refused` otherwise."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise Refused(f'a lock ends on a day such as 2028-06-01, not "{text}": nothing was sent') from None
    excess = timedelta((day.weekday() - THURSDAY) % 7)
    if excess:
        try:
            below, above = day - excess, day - excess + timedelta(7)
        except OverflowError:
            raise Refused(f"{text} is beyond all calendars: nothing was sent") from None
        raise Refused(
            f"{text} is a {day:%A}, and locks end on Thursdays at 00:00 UTC: the nearest are {below:%Y-%m-%d} and "
            f"{above:%Y-%m-%d}; nothing was sent"
        )
    return int(day.timestamp())


def show_boundary(seconds: int) -> str:
    """`Thursday 2028-06-01 00:00 UTC`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%A %Y-%m-%d %H:%M UTC")


def show_day(seconds: int) -> str:
    """`2028-06-01`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
