"""`python -m phemexia.tokenomics.picture`: draw the unlock calendar to docs/unlocks.svg."""

import sys
from pathlib import Path

from phemexia.config import load_tokenomics
from phemexia.config.models import Tokenomics
from phemexia.config.units import WEI
from phemexia.drawing import COLOURS, Diagram
from phemexia.tokenomics import Calendar
from phemexia.toolchain import ROOT

PICTURE = ROOT / "docs" / "unlocks.svg"
MILLION = 10**6 * WEI


def picture(tokenomics: Tokenomics) -> str:
    """What is free, row upon row, against the months after TGE."""
    calendar = Calendar(tokenomics)
    supply = tokenomics.token.supply // MILLION
    diagram = Diagram(
        title="PT that may have left its place",
        across="months after TGE",
        upwards="millions of PT",
        most_across=calendar.months,
        most_upwards=supply,
    )
    diagram.upwards_ticks([(supply * i / 5, f"{supply * i / 5:,.0f}") for i in range(6)])
    below = [0] * (calendar.months + 1)
    legend = []
    for i, (name, column) in enumerate(calendar.rows.items()):
        above = [low + wei for low, wei in zip(below, column, strict=True)]
        edge = [(float(month), wei / MILLION) for month, wei in enumerate(above)]
        base = [(float(month), wei / MILLION) for month, wei in enumerate(below)]
        diagram.area(edge + base[::-1], COLOURS[i % len(COLOURS)])
        legend.append((name, COLOURS[i % len(COLOURS)]))
        below = above
    diagram.across_ticks([(month, str(month)) for month in range(0, calendar.months + 1, 12)])
    diagram.legend(legend[::-1])
    return diagram.svg()


def main(path: Path = PICTURE) -> int:
    """Write the picture."""
    path.write_text(picture(load_tokenomics()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
