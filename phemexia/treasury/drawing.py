"""How the treasury's books look on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.markup import escape
from rich.progress_bar import ProgressBar
from rich.table import Table

from phemexia.config import units
from phemexia.proposals.identity import plain
from phemexia.proposals.names import Names
from phemexia.treasury.books import Books, Budget, Payment

MOST_MEMO = 300
"""Characters of a memo that are shown; the report has all of it."""


def balances(books: Books) -> Table:
    """What it holds."""
    table = Table("asset", f"held by {books.address}")
    table.columns[1].justify = "right"
    for asset in books.assets.values():
        table.add_row(escape(asset.symbol), escape(asset.show(asset.held)))
    return table


def budgets(books: Books, names: Names) -> Table:
    """Each budget with what is left of it in its period, as a bar."""
    table = Table("", "group", "spender", "limit", "spent", "", "can pay now", "until", "", title="Budgets")
    for column in (3, 4, 6):
        table.columns[column].justify = "right"
    for one in books.budgets:
        standing = one.standing(books.now)
        bar = ProgressBar(one.limit, one.spent, width=16, complete_style=_colour(one), finished_style="red")
        table.add_row(
            f"{'  ' * (one.depth - 1)}{one.number}", escape(one.group), names.name(one.spender),
            f"{escape(books.show(one.asset, one.limit))} {'a ' if one.period != 'once' else ''}{one.period}",
            escape(books.show(one.asset, one.spent)), bar, escape(books.show(one.asset, one.headroom)),
            units.show_moment(one.end), standing + (", large" if one.large else ""),
            style="" if standing == "open" else "dim",
        )  # fmt: skip
    return table


def _colour(one: Budget) -> str:
    return "yellow" if one.spent * 10 >= one.limit * 8 else "green"


def by_group(books: Books, most: int = 6) -> Group:
    """Net payments by group and month, a table for each asset; the latest ``most`` months."""
    months = books.months[-most:]
    tables = []
    for asset in books.assets.values():
        sums = books.by_group_and_month(asset.address)
        if not sums:
            continue
        table = Table("group", *months, "in all", title=f"Paid in {escape(asset.symbol)}")
        for column in table.columns[1:]:
            column.justify = "right"
        for group, of in sums.items():
            cells = [escape(asset.show(of[month])) if month in of else "" for month in months]
            table.add_row(escape(group), *cells, escape(asset.show(sum(of.values()))))
        tables.append(table)
    return Group(*tables)


def payments(books: Books, found: Sequence[Payment], names: Names) -> Table:
    """One line for each payment."""
    table = Table("when", "by", "to", "amount", "given back", "category", "memo", title="Payments")
    for column in (3, 4):
        table.columns[column].justify = "right"
    for one in found:
        by = one.group if not one.budget else f"{one.group}, {one.budget}.{one.number}"
        back = escape(books.show(one.asset, one.given_back)) if one.given_back else ""
        table.add_row(
            units.show_moment(one.time), escape(by), names.name(one.to), escape(books.show(one.asset, one.amount)),
            back, escape(plain(one.category)), escape(_short(plain(one.memo))),
        )  # fmt: skip
    return table


def _short(text: str) -> str:
    return text if len(text) <= MOST_MEMO else f"{text[: MOST_MEMO - 1]}…"
