"""`ape run treasury`: what the DAO holds, what its budgets may pay, what was paid, and a report for anyone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from ape.api import ProviderAPI

from phemexia import cli as shared
from phemexia import mandates
from phemexia.errors import Refused
from phemexia.proposals import Dao
from phemexia.treasury import Books, drawing, page


@click.group()
def cli() -> None:
    """The treasury: balances, budgets and what is left of them, payments, a report.

    Nothing is sent: the DAO spends and opens budgets by proposals, groups pay by their Safes.
    """


def command(name: str, *examples: str) -> Callable[..., Any]:
    """A command that is connected to a chain, with the options that all have, and examples in its help."""

    def wrap(function: Callable[..., Any]) -> Any:
        lines = "\n".join(f"  ape run treasury {example}" for example in examples)
        return cli.command(name, cls=shared.ChainCommand, epilog=f"\b\nExamples:\n{lines}")(
            shared.folders(function)
        )

    return wrap


def opened(provider: ProviderAPI, config: Path, records: Path) -> tuple[Dao, Books]:
    """The suite of this network, and its treasury's books."""
    dao, _ = shared.dao_of(provider, config, records)
    with shared.progress() as bar:
        task = bar.add_task("reading the treasury's events", total=None)
        return dao, Books.read(dao, progress=lambda done, last: bar.update(task, completed=done, total=last))


@command("show", "show")
def show(provider: ProviderAPI, config: Path, records: Path) -> None:
    """Balances, budgets with what is left of each, and payments by group and month."""
    dao, books = opened(provider, config, records)
    shared.out.print(drawing.balances(books))
    if books.budgets:
        shared.out.print(drawing.budgets(books, dao.names.plus(books.safes)))
    shared.out.print(drawing.by_group(books) if books.payments else "nothing was paid yet")


@command("payments", "payments", "payments --group Growth --month 2027-03")
@click.option("--group", metavar="NAME", help="Only this group's.")
@click.option("--month", metavar="YYYY-MM", help="Only this month's, in UTC.")
def payments(provider: ProviderAPI, group: str | None, month: str | None, config: Path, records: Path) -> None:
    """Every payment, with what it was for."""
    dao, books = opened(provider, config, records)
    found = [
        one
        for one in books.payments
        if (group is None or one.group.lower() == group.lower()) and month in (None, one.month)
    ]
    shared.out.print(
        drawing.payments(books, found, dao.names.plus(books.safes)) if found else "there is no such payment"
    )


@command("report", "report treasury.html")
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
def report(provider: ProviderAPI, path: Path, config: Path, records: Path) -> None:
    """Write all of it, and the mandates, to one HTML FILE that can be read without a network."""
    if path.exists():
        raise Refused(f"{path} exists, and is not replaced: name another file")
    if not path.parent.is_dir():
        raise Refused(f"there is no folder {path.parent}")
    dao, books = opened(provider, config, records)
    path.write_text(
        page.render(books, dao.names.plus(books.safes), shared.network_name(provider), mandates.select(dao)),
        encoding="utf-8",
    )
    shared.out.print(f"the report is in {path}: open it in a browser")
