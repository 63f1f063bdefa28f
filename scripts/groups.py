"""`ape run groups`: the working groups, and their Safes brought in line."""

from pathlib import Path

import click
from ape.api import ProviderAPI
from rich.markup import escape

from phemexia import cli as shared
from phemexia import groups
from phemexia.holder import Sender, Standing, drawing


@click.group()
def cli() -> None:
    """The working groups: who is seated, who counts, and whose their Safes are.

    Nothing is sent without --send.
    """


LIST = "\b\nExamples:\n  ape run groups list\n  ape run groups list 3"
ALIGN = "\b\nExamples:\n  ape run groups align 3 --account me\n  ape run groups align Growth --account me --send"


@cli.command("list", cls=shared.ChainCommand, epilog=LIST)
@click.argument("which", metavar="[GROUP]", required=False)
@shared.folders
def list_(provider: ProviderAPI, which: str | None, config: Path, records: Path) -> None:
    """Every group with its seats, terms and Safe, or one of them by number or name."""
    dao, _ = shared.dao_of(provider, config, records)
    shown = [groups.find(dao, which)] if which else groups.read_all(dao)
    shared.out.print(groups.table(shown, dao.now()))
    behind = [group for group in shown if not group.in_line and group.members]
    for group in behind:
        shared.out.print(f"{escape(group.name)} is out of line: 'ape run groups align {group.number}'")


@cli.command("align", cls=shared.ChainCommand, epilog=ALIGN)
@click.argument("which", metavar="GROUP")
@click.option("--account", "alias", metavar="ALIAS", help="Who pays the gas: anyone. Only --send unlocks it.")
@click.option("--send", is_flag=True, help="Do it; otherwise it is only shown.")
@shared.folders
def align(provider: ProviderAPI, which: str, alias: str | None, send: bool, config: Path, records: Path) -> None:
    """Make the owners of a group's Safe exactly its members, more than half of whom decide."""
    dao, figures = shared.dao_of(provider, config, records)
    wallet = shared.address_of(alias, provider)
    plan = groups.alignment(dao, groups.find(dao, which), wallet)
    sender = Sender(dao, Standing.read(dao, wallet), plan, figures.network.fees.ceiling)
    shared.out.print(drawing.plan(plan, sender.consent, sender.quote(), dao.now()))
    if not send:
        shared.out.print("\n[bold]Nothing was sent.[/] Add --send to do it.")
        return
    shared.print_done(plan.done, sender.send(shared.who(alias, provider)))
