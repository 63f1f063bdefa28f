"""`python -m phemexia.premining.picture`: draw the curve of config/premining.yaml to docs/premining.svg."""

import sys
from pathlib import Path

from phemexia.config import load_premining
from phemexia.config.models import Premining
from phemexia.config.units import WEI
from phemexia.drawing import COLOURS, Diagram
from phemexia.premining.curve import MICRO, WHOLE, curves
from phemexia.toolchain import ROOT

PICTURE = ROOT / "docs" / "premining.svg"


def picture(rules: Premining) -> str:
    """The rate against the weighted volume, one stage after the other, each mined to its last xPT."""
    stages = curves(rules)
    billion = 10**9 * MICRO * WHOLE
    widths = [stage.capacity / billion for stage in stages]
    most = rules.rates[0] / WEI * 1.1
    diagram = Diagram(
        title="What retail volume earns, when every stage is mined out",
        across="weighted volume, billions of US dollars",
        upwards="xPT for 1,000 US dollars",
        most_across=sum(widths),
        most_upwards=most,
    )
    diagram.upwards_ticks([(wei / WEI, f"{wei / WEI:.3g}") for wei in rules.rates[:-1]] + [(0, "0")])
    begin, ticks = 0.0, [(0.0, "0")]
    for i, (stage, width) in enumerate(zip(stages, widths, strict=True)):
        end, first, last = begin + width, stage.first / WEI, stage.last / WEI
        diagram.area([(begin, 0), (begin, first), (end, last), (end, 0)], COLOURS[i % len(COLOURS)], 0.25)
        diagram.line([(begin, first), (end, last)], COLOURS[i % len(COLOURS)], 3)
        middle = (begin + end) / 2
        diagram.text((middle, last / 2), f"stage {i + 1}")
        diagram.text((middle, last / 2 - most / 18), f"{stage.budget // WEI // 10**6}M xPT")
        begin = end
        ticks.append((begin, f"{begin:.1f}"))
    diagram.across_ticks(ticks)
    return diagram.svg()


def main(path: Path = PICTURE) -> int:
    """Write the picture."""
    path.write_text(picture(load_premining()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
