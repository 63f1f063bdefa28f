"""The treasury's report: one HTML file with its pictures inside, which needs no network to be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from phemexia.config import units
from phemexia.drawing import COLOURS, FAINT, INK
from phemexia.mandates import Mandate
from phemexia.proposals.identity import plain
from phemexia.proposals.names import Names
from phemexia.treasury.books import Asset, Books

TEMPLATE = "report.html.j2"
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 860, 300, 90, 40, 16
MOST_MONTHS = 24


def render(books: Books, names: Names, network: str, mandates: Sequence[Mandate]) -> str:
    """The report as HTML, with all mandates in a list."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["plain"] = plain
    environment.globals.update(
        moment=units.show_moment, name=names.name, show=books.show, bars=lambda asset: bars(books, asset)
    )
    paid = [asset for asset in books.assets.values() if books.by_group_and_month(asset.address)]
    return environment.get_template(TEMPLATE).render(
        books=books, network=network, paid=paid, mandates=mandates, colours=colours(books)
    )


def colours(books: Books) -> dict[str, str]:
    """One for each group that was paid by, the same in each picture."""
    groups = sorted({one.group for one in books.payments})
    return {group: COLOURS[place % len(COLOURS)] for place, group in enumerate(groups)}


def bars(books: Books, asset: Asset) -> str:
    """SVG: a bar for each month, the groups stacked; the latest 24 months."""
    sums, months, colour = books.by_group_and_month(asset.address), books.months[-MOST_MONTHS:], colours(books)
    totals = [sum(of.get(month, 0) for of in sums.values()) for month in months]
    most = max(totals) or 1
    wide = (WIDTH - LEFT) / len(months)

    def high(amount: int) -> float:
        return amount / most * (HEIGHT - BOTTOM - TOP)

    parts = []
    for quarter in range(5):
        y = HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * quarter / 4
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH}" y2="{y:.1f}" stroke="{FAINT}"/>')
        parts.append(_text(LEFT - 8, y + 4, asset.show(most * quarter // 4), "end"))
    for place, month in enumerate(months):
        x, y = LEFT + place * wide + wide * 0.2, float(HEIGHT - BOTTOM)
        for group, of in sums.items():
            amount = of.get(month, 0)
            if not amount:
                continue
            y -= high(amount)
            told = escape(f"{group}, {month}: {asset.show(amount)}")
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide * 0.6:.1f}" height="{high(amount):.1f}" '
                f'fill="{colour[group]}"><title>{told}</title></rect>'
            )
        parts.append(_text(x + wide * 0.3, HEIGHT - BOTTOM + 20, month, "middle"))
    title = f"Paid in {asset.symbol}, by month and group"
    head = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{escape(title)}</title>'
    return "\n".join([head, *parts, "</svg>"])


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="12" fill="{INK}">{escape(words)}</text>'
    )
