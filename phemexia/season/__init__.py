"""A season of the DAO on a chain of its own: what `make demo` shows.

`cast` says who takes part, `stage` moves the clock and sends what the actors do, `plot` is what happens, and
`report` draws the tables at the end.
"""

from phemexia.season.plot import play
from phemexia.season.report import print_season
from phemexia.season.stage import Stage

__all__ = ["Stage", "play", "print_season"]
