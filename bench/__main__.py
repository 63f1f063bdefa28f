"""`make bench`: measure everything, write bench/gas.json and the table in bench/README.md, show what changed."""

from __future__ import annotations

import sys

from rich.console import Console

from bench import report, suite


def main() -> int:
    """Measure, compare with the committed figures, write the new ones."""
    console = Console()
    before = report.committed()
    with console.status("starting") as status:
        figures = suite.measure_all(lambda text: status.update(f"measuring: {text}"))
    report.write(figures)
    console.print(report.changes(before, figures))
    over = report.over_bounds(figures)
    for line in over:
        console.print(f"[red]over its bound:[/] {line}")
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
