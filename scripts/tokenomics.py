"""`ape run tokenomics`: when PT unlocks."""

from pathlib import Path

import click
from rich import box
from rich.table import Table

from phemexia import cli as shared
from phemexia.config import FOLDER, load_tokenomics
from phemexia.config.units import WEI
from phemexia.tokenomics import Calendar
from phemexia.tokenomics.picture import picture

EXAMPLES = """\b
Examples:
  ape run tokenomics calendar
  ape run tokenomics calendar --every 12 --svg docs/unlocks.svg
"""


@click.group()
def cli() -> None:
    """The allocation of PT and its schedules."""


@cli.command(cls=shared.PlainCommand, epilog=EXAMPLES)
@click.option("--every", type=click.IntRange(1), default=1, help="Show each so many months. [default: 1]")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw it to this file, too.")
@click.option(
    "--config", type=click.Path(file_okay=False, path_type=Path), default=FOLDER,
    help="Where the figures are. [default: config/]",
)  # fmt: skip
def calendar(every: int, svg: Path | None, config: Path) -> None:
    """PT that may have left its place by the end of each month after TGE, by row and in all, whole PT."""
    tokenomics = load_tokenomics(config)
    figures = Calendar(tokenomics)
    table = Table("month", *figures.rows, "in all", title="PT unlocked", box=box.SIMPLE_HEAD, padding=(0, 0, 0, 1))
    for column in table.columns:
        column.justify, column.min_width = "right", len("100,000,000") if column.header != "month" else None
    table.columns[-1].min_width = len("1,000,000,000")
    for month in range(figures.months + 1):
        if month % every == 0 or month == figures.months:
            cells = [*(row[month] for row in figures.rows.values()), figures.total[month]]
            table.add_row(str(month), *(f"{wei // WEI:,}" for wei in cells))
    shared.out.print(table)
    shared.out.print("xPT pre-mining: as if all of it were retail, which is free first")
    if svg is not None:
        svg.write_text(picture(tokenomics), encoding="utf-8")
        shared.out.print(f"drawn to {svg}")
