"""What a lock weighed, weighs and will weigh, as a picture of characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from phemexia.escrow import MAX_TERM, PERMANENT, Record
from phemexia.holder.weeks import show_day
from phemexia.proposals.dao import show_weight

WIDTH, HEIGHT = 60, 6
"""Columns and lines."""
EIGHTHS = " ▁▂▃▄▅▆▇█"
YEAR = 52 * 604_800


def weight_at(records: Sequence[Record], time: int) -> int:
    """Weight of the lock at a time, in wei: by the last record that is not later."""
    for record in reversed(records):
        if record.since <= time:
            return record.raw_at(time) // MAX_TERM
    return 0


def span(records: Sequence[Record], now: int) -> tuple[int, int] | None:
    """From when to when there is something to see, in seconds; none if there never was."""
    first = next((record.since for record in records if record.amount), None)
    if first is None:
        return None
    last = records[-1]
    end = now + YEAR if last.unlock_time == PERMANENT else max(now, last.unlock_time)
    return max(first, now - MAX_TERM), end


def chart(records: Sequence[Record], now: int) -> Text:
    """The weight over time: what is past is dim. Empty if there never was a lock."""
    seen = span(records, now)
    return Text() if seen is None else draw(*seen, now, lambda time: weight_at(records, time))


def draw(begin: int, end: int, now: int, at: Callable[[int], int]) -> Text:
    """Wei over time, from one second to another: what is past is dim. Empty if there never is any."""
    if begin >= end:
        return Text()
    times = [begin + (end - begin) * column // (WIDTH - 1) for column in range(WIDTH)]
    amounts = [at(time) for time in times]
    top = max(amounts)
    if not top:
        return Text()
    here = min(range(WIDTH), key=lambda column: abs(times[column] - now))
    labels = {HEIGHT - 1: show_weight(top, ""), 0: "0"}
    margin = max(map(len, labels.values()))
    lines = Text()
    for level in reversed(range(HEIGHT)):
        lines.append(labels.get(level, "").strip().rjust(margin) + " ┤", style="dim")
        for column, amount in enumerate(amounts):
            eighths = -(-amount * HEIGHT * 8 // top) - level * 8  # rounded up: what is anything is seen
            lines.append(EIGHTHS[max(0, min(8, eighths))], style="dim" if column < here else "green")
        lines.append("\n")
    lines.append(_axis(margin, here, begin, now, end))
    return lines


def _axis(margin: int, at: int, begin: int, now: int, end: int) -> Text:
    line = " " * (margin + 2) + " " * at + "▲"
    days = [" "] * (margin + 2 + WIDTH + 12)

    def put(column: int, text: str) -> None:
        days[column : column + len(text)] = text

    last = show_day(end)
    put(margin + 2 + WIDTH - len(last), last)
    if at > 26:
        put(margin + 2, show_day(begin))
    label = f"now, {show_day(now)}"
    put(margin + 2 + max(0, min(at, WIDTH - len(last) - len(label) - 2)), label)
    return Text(f"{line}\n{''.join(days).rstrip()}", style="dim")
