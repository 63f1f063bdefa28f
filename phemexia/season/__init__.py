"""A season of the DAO on a chain of its own: what `make demo` shows.

`cast` says who takes part, `agenda` what they propose and how they vote; `stage` moves the clock and sends what
the actors do; `plot` is what happens, told in `arrival`, `mining` and `decisions`; `report` draws the tables at
the end.
"""

from phemexia.season.company import ACCOUNTS
from phemexia.season.plot import play
from phemexia.season.report import print_season
from phemexia.season.stage import Stage

BEGIN = 1_794_787_200
"""Monday 16 November 2026: each season is the same, and five stages and the TGE come after it."""

__all__ = ["ACCOUNTS", "BEGIN", "Stage", "play", "print_season"]
