"""`ape run mandates`: what the DAO decided that no contract can execute, and what became of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from ape.api import ProviderAPI
from rich.markup import escape

from phemexia import cli as shared
from phemexia import mandates
from phemexia.errors import Refused
from phemexia.holder.courier import Courier
from phemexia.holder.plan import Call


@click.group()
def cli() -> None:
    """Mandates of the working groups: list, show, accept, report, confirm.

    Nothing is sent without --send. The DAO issues, disputes and withdraws them by proposals: 'ape run gov draft'.
    """


def command(name: str, *examples: str, sends: bool = False) -> Callable[..., Any]:
    """A command that is connected to a chain, with the options that all have, and examples in its help."""

    def wrap(function: Callable[..., Any]) -> Any:
        if sends:
            for option in (
                click.option("--send", is_flag=True, help="Do it; otherwise it is only tried."),
                click.option("--account", "alias", metavar="ALIAS", help="The account: an alias of ape."),
            ):
                function = option(function)
        lines = "\n".join(f"  ape run mandates {example}" for example in examples)
        return cli.command(name, cls=shared.ChainCommand, epilog=f"\b\nExamples:\n{lines}")(
            shared.folders(function)
        )

    return wrap


number_ = click.argument("number", type=click.IntRange(1))


def act(
    provider: ProviderAPI, config: Path, records: Path, alias: str | None, send: bool, number: int, function: str,
    *arguments: Any,
) -> None:  # fmt: skip
    """Try a call about a mandate, say what it costs, and send it if that was asked for."""
    dao, figures = shared.dao_of(provider, config, records)
    one = mandates.read(dao, number)
    courier = Courier(dao, shared.address_of(alias, provider), figures.network.fees.ceiling)
    call = Call(dao.suite.mandates, function, (number, *arguments))
    quote = courier.price(courier.attempt(call))
    shared.out.print(f"{function} mandate {number} of {escape(one.group_name)}, as {courier.wallet}: {quote.text}")
    if not send:
        shared.out.print("\n[bold]Nothing was sent.[/] Add --send to do it.")
        return
    shared.print_done(
        f"mandate {number} is {mandates.PAST[function]}", [courier.send(shared.who(alias, provider), call)]
    )


@command("list", "list", "list --overdue", "list --group Growth --state Issued --state Accepted")
@click.option("--group", metavar="NAME", help="Only this group's; its name or number.")
@click.option(
    "--state", "states", multiple=True, type=click.Choice(mandates.STATES[1:], case_sensitive=False),
    help="Only those; can be given more than once.",
)  # fmt: skip
@click.option("--overdue", is_flag=True, help="Only what is overdue now.")
def list_(
    provider: ProviderAPI, group: str | None, states: tuple[str, ...], overdue: bool, config: Path, records: Path
) -> None:
    """Every mandate in a line: whose it is, its deadline, how it stands, who has to do what."""
    dao, _ = shared.dao_of(provider, config, records)
    number = None if group is None else mandates.group_of(dao, group)
    found = mandates.select(dao, number, states, overdue)
    if not found:
        shared.out.print("there is no such mandate")
        return
    shared.out.print(mandates.table(found))


@command("show", "show 3")
@number_
def show(provider: ProviderAPI, number: int, config: Path, records: Path) -> None:
    """All that is known of one mandate."""
    dao, _ = shared.dao_of(provider, config, records)
    shared.out.print(mandates.facts(mandates.read(dao, number)))


@command("accept", "accept 3 --account lead", "accept 3 --account lead --send", sends=True)
@number_
def accept(provider: ProviderAPI, number: int, alias: str | None, send: bool, config: Path, records: Path) -> None:
    """Accept a mandate as the group's lead; its Safe calls `accept` of the contract."""
    act(provider, config, records, alias, send, number, "accept")


@command("report", "report 3 report.pdf --uri ipfs://... --account lead --send", sends=True)
@number_
@click.argument("evidence", type=click.Path(path_type=Path))
@click.option("--uri", default="", help="Where others can read it.")
def report(
    provider: ProviderAPI, number: int, evidence: Path, uri: str, alias: str | None, send: bool, config: Path,
    records: Path,
) -> None:  # fmt: skip
    """Report as the group's lead, with EVIDENCE: a file, of which the chain keeps the hash."""
    act(provider, config, records, alias, send, number, "report", mandates.evidence_hash(evidence), uri)


@command("confirm", "confirm 3 report.pdf --account executive --send", sends=True)
@number_
@click.argument("evidence", type=click.Path(path_type=Path))
def confirm(
    provider: ProviderAPI, number: int, evidence: Path, alias: str | None, send: bool, config: Path, records: Path
) -> None:
    """Confirm a report as one of the core team; EVIDENCE is the file that was read."""
    digest = mandates.evidence_hash(evidence)
    dao, _ = shared.dao_of(provider, config, records)
    one = mandates.read(dao, number)
    if one.state == "Reported" and one.evidence_hash != digest:
        raise Refused(
            f"{evidence} is not what was reported on mandate {number}: read that first; nothing was sent"
        )
    act(provider, config, records, alias, send, number, "confirm", digest)
