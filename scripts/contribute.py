"""`ape run contribute`: what working groups pay people for, seen, drawn and ordered."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from ape.api import ProviderAPI
from eth_utils import is_address
from rich.markup import escape

from phemexia import cli as shared
from phemexia.config import Configuration
from phemexia.contribution import Board, Order, acts, drawing, orders
from phemexia.errors import Refused
from phemexia.holder import Plan
from phemexia.holder import drawing as holder
from phemexia.holder.courier import Courier
from phemexia.proposals import Dao

NUMBER = click.IntRange(0, 2**32 - 1)
"""Of a grant, a pass, a group; of points."""


@click.group()
def cli() -> None:
    """Grants, streams and bounties: what there is, what one can draw, what a group orders.

    Nothing is sent without --send. What a group orders, its Safe sends: the command tries it and writes a file for
    Safe's Transaction Builder.
    """


@cli.group()
def order() -> None:
    """What a working group orders, tried from its account; --safe writes the file that its owners sign."""


def command(group: click.Group, name: str, *examples: str) -> Callable[..., Any]:
    """A command that is connected to a chain, with examples in its help."""

    def wrap(function: Callable[..., Any]) -> Any:
        lines = "\n".join(f"  ape run contribute {example}" for example in examples)
        return group.command(name, cls=shared.ChainCommand, epilog=f"\b\nExamples:\n{lines}")(
            shared.folders(function)
        )

    return wrap


def acting(name: str, *examples: str) -> Callable[..., Any]:
    """A contributor's command."""

    def wrap(function: Callable[..., Any]) -> Any:
        function = click.option("--send", is_flag=True, help="Do it; otherwise it is only shown.")(function)
        who = "The account: an alias of ape. Only --send unlocks it."
        function = click.option("--account", "alias", metavar="ALIAS", help=who)(function)
        return command(cli, name, *examples)(function)

    return wrap


def ordering(name: str, *examples: str) -> Callable[..., Any]:
    """A group's command."""

    def wrap(function: Callable[..., Any]) -> Any:
        text = "Write it to this file, for Safe's Transaction Builder."
        kind = click.Path(dir_okay=False, path_type=Path)
        function = click.option("--safe", metavar="FILE", type=kind, help=text)(function)
        return command(order, name, *(f"order {example}" for example in examples))(function)

    return wrap


to = click.option("--to", metavar="ADDRESS", help="Where it goes, if not to the wallet itself.")
memo = click.option("--memo", default="", help="Kept in the treasury's events.")
only_group = click.option("--group", type=NUMBER, help="Of this working group only.")
only_pass = click.option("--pass", "pass_id", type=NUMBER, help="Of this pass only.")


def opened(provider: ProviderAPI, config: Path, records: Path) -> tuple[Dao, Board, Configuration]:
    """The suite of this network, its contributor program, and the network's figures."""
    dao, figures = shared.dao_of(provider, config, records)
    entry = dao.manifest.record.contracts.get("Contributors")
    if entry is None:
        raise Refused(f"{dao.manifest.shown} has no Contributors: the deployment is not complete")
    return dao, Board(provider.web3, entry.address), figures


def act(
    provider: ProviderAPI, folders: tuple[Path, Path], alias: str | None, send: bool,
    make: Callable[[Board, str], Plan],
) -> None:  # fmt: skip
    """Show what a contributor's plan does and costs; send it if that is asked for."""
    dao, board, figures = opened(provider, *folders)
    wallet = shared.address_of(alias, provider)
    plan, courier = make(board, wallet), Courier(dao, wallet, figures.network.fees.ceiling)
    shared.out.print(holder.plan(plan, None, courier.price(courier.attempt(plan.call)), board.now))
    if not send:
        shared.out.print("\n[bold]Nothing was sent.[/] Add --send to do it.")
        return
    shared.print_done(plan.done, [courier.send(shared.who(alias, provider), plan.call)])


def ordered(
    provider: ProviderAPI, folders: tuple[Path, Path], safe: Path | None, make: Callable[[Board], Order]
) -> None:
    """Try a group's order and show it; write its file if that is asked for."""
    _, board, _ = opened(provider, *folders)
    one = make(board)
    shared.out.print(drawing.order(one, one.require(board)))
    if safe is None:
        shared.out.print("\n[bold]Nothing was written.[/] Add --safe FILE for what the owners sign.")
        return
    one.write(board, safe)
    shared.out.print(f"\n[green]done:[/] {escape(str(safe))} is for Safe's Transaction Builder")


# --- what there is


@command(cli, "status", "status --account me", "status 0x70997970C51812dc3A010C7d01b50e0d17dc79C8")
@click.argument("wallet", required=False)
@click.option("--account", "alias", metavar="ALIAS", help="The account, if no wallet is named.")
def status(provider: ProviderAPI, wallet: str | None, alias: str | None, config: Path, records: Path) -> None:
    """What a contributor was promised, can draw, and has on its record."""
    if wallet is not None and not is_address(wallet):
        raise Refused(f"{wallet} is no address: an account is named by --account")
    _, board, _ = opened(provider, config, records)
    who = shared.address_of(wallet or alias, provider)
    shared.out.print(drawing.status(board, who, board.pass_of(who)))


@command(cli, "grants", "grants", "grants --group 1")
@only_group
@only_pass
def grants(provider: ProviderAPI, group: int | None, pass_id: int | None, config: Path, records: Path) -> None:
    """All grants, with their tranches."""
    _, board, _ = opened(provider, config, records)
    found = [g for g in board.grants() if group in (None, g.group) and pass_id in (None, g.pass_id)]
    shared.out.print(drawing.grants(found))


@command(cli, "streams", "streams", "streams --pass 12")
@only_group
@only_pass
def streams(provider: ProviderAPI, group: int | None, pass_id: int | None, config: Path, records: Path) -> None:
    """All streams."""
    _, board, _ = opened(provider, config, records)
    found = [one for one in board.awards() if one.kind == "stream"]
    found = [one for one in found if group in (None, one.group) and pass_id in (None, one.pass_id)]
    shared.out.print(drawing.streams(found, board.now))


@command(cli, "bounties", "bounties", "bounties --group 3")
@only_group
def bounties(provider: ProviderAPI, group: int | None, config: Path, records: Path) -> None:
    """All bounties."""
    _, board, _ = opened(provider, config, records)
    found = [one for one in board.bounties() if group in (None, one.award.group)]
    shared.out.print(drawing.bounties(found, board.now))


# --- a contributor's own


@acting("claim", "claim 4 --account me", "claim 4 --account me --send")
@click.argument("stream", type=NUMBER)
@to
def claim(
    provider: ProviderAPI, stream: int, to: str | None, alias: str | None, send: bool, config: Path, records: Path
) -> None:
    """Draw what a stream has earned."""
    act(provider, (config, records), alias, send, lambda board, me: acts.claim(board, me, stream, to))


@acting("tranche", "tranche 2 1 --account me", "tranche 2 1 --account me --send")
@click.argument("grant", type=NUMBER)
@click.argument("number", metavar="TRANCHE", type=NUMBER)
@to
def tranche(
    provider: ProviderAPI, grant: int, number: int, to: str | None, alias: str | None, send: bool, config: Path,
    records: Path,
) -> None:  # fmt: skip
    """Draw what has vested of an approved tranche."""
    act(provider, (config, records), alias, send, lambda board, me: acts.tranche(board, me, grant, number, to))


@acting("bounty", "bounty 7 --account me", "bounty 7 --account me --send")
@click.argument("number", metavar="BOUNTY", type=NUMBER)
@to
def bounty(
    provider: ProviderAPI, number: int, to: str | None, alias: str | None, send: bool, config: Path, records: Path
) -> None:
    """Draw an approved bounty."""
    act(provider, (config, records), alias, send, lambda board, me: acts.bounty(board, me, number, to))


@acting("apply", 'apply 7 "I have done two of these" --account me', "apply 7 offer.md --account me --send")
@click.argument("number", metavar="BOUNTY", type=NUMBER)
@click.argument("text")
def apply(
    provider: ProviderAPI, number: int, text: str, alias: str | None, send: bool, config: Path, records: Path
) -> None:
    """Apply for a bounty. TEXT is a file, words, or a hash; the chain gets its hash."""
    act(provider, (config, records), alias, send, lambda board, me: acts.apply(board, me, number, text))


@acting("withdraw", "withdraw 7 --account me", "withdraw 7 --account me --send")
@click.argument("number", metavar="BOUNTY", type=NUMBER)
def withdraw(
    provider: ProviderAPI, number: int, alias: str | None, send: bool, config: Path, records: Path
) -> None:
    """Withdraw an application, even after it was accepted."""
    act(provider, (config, records), alias, send, lambda board, me: acts.withdraw(board, me, number))


@acting("refund", "refund 7 --account me", "refund 7 --account me --send")
@click.argument("number", metavar="BOUNTY", type=NUMBER)
def refund(provider: ProviderAPI, number: int, alias: str | None, send: bool, config: Path, records: Path) -> None:
    """Return the money of a bounty to the treasury, from its deadline on; anyone may."""
    act(provider, (config, records), alias, send, lambda board, me: acts.refund(board, me, number))


# --- a group's orders


@ordering(
    "stream", 'stream 12 5 "9_000 PT" "92 days" 3 terms.md', "stream 12 5 9_000 '30 days' 1 terms.md --safe s.json"
)
@click.argument("pass_id", metavar="PASS", type=NUMBER)
@click.argument("budget", type=NUMBER)
@click.argument("amount")
@click.argument("term")
@click.argument("points", type=NUMBER)
@click.argument("text")
@memo
def order_stream(
    provider: ProviderAPI, pass_id: int, budget: int, amount: str, term: str, points: int, text: str, memo: str,
    safe: Path | None, config: Path, records: Path,
) -> None:  # fmt: skip
    """Open a stream that begins when the Safe sends it."""
    ordered(
        provider, (config, records), safe,
        lambda board: orders.open_stream(board, pass_id, budget, amount, term, points, text, memo),
    )  # fmt: skip


@ordering(
    "renew", 'renew 4 5 "9_000 PT" "92 days" 3 terms.md', "renew 4 5 9_000 '30 days' 1 terms.md --safe s.json"
)
@click.argument("stream", type=NUMBER)
@click.argument("budget", type=NUMBER)
@click.argument("amount")
@click.argument("term")
@click.argument("points", type=NUMBER)
@click.argument("text")
@memo
def order_renew(
    provider: ProviderAPI, stream: int, budget: int, amount: str, term: str, points: int, text: str, memo: str,
    safe: Path | None, config: Path, records: Path,
) -> None:  # fmt: skip
    """Agree on a stream's next term."""
    ordered(
        provider, (config, records), safe,
        lambda board: orders.renew_stream(board, stream, budget, amount, term, points, text, memo),
    )  # fmt: skip


@ordering("stop", "stop 4", "stop 4 --safe stop.json")
@click.argument("stream", type=NUMBER)
def order_stop(provider: ProviderAPI, stream: int, safe: Path | None, config: Path, records: Path) -> None:
    """Stop a stream; what was earned stays."""
    ordered(provider, (config, records), safe, lambda board: orders.stop_stream(board, stream))


@ordering("grant", "grant 12 5 milestones.yaml", "grant 12 5 milestones.yaml --safe grant.json")
@click.argument("pass_id", metavar="PASS", type=NUMBER)
@click.argument("budget", type=NUMBER)
@click.argument("file", type=click.Path(path_type=Path))
def order_grant(
    provider: ProviderAPI, pass_id: int, budget: int, file: Path, safe: Path | None, config: Path, records: Path
) -> None:
    """Open a grant of the milestones in a YAML file."""
    ordered(provider, (config, records), safe, lambda board: orders.open_grant(board, pass_id, budget, file))


@ordering("approve", "approve 2 1", 'approve 2 1 --memo "it runs" --safe approve.json')
@click.argument("grant", type=NUMBER)
@click.argument("number", metavar="TRANCHE", type=NUMBER)
@memo
def order_approve(
    provider: ProviderAPI, grant: int, number: int, memo: str, safe: Path | None, config: Path, records: Path
) -> None:
    """Approve a tranche: its milestone is reached."""
    ordered(provider, (config, records), safe, lambda board: orders.approve_tranche(board, grant, number, memo))


@ordering("drop", "drop 2 3", "drop 2 --safe drop.json")
@click.argument("grant", type=NUMBER)
@click.argument("number", metavar="TRANCHE", type=NUMBER, required=False)
def order_drop(
    provider: ProviderAPI, grant: int, number: int | None, safe: Path | None, config: Path, records: Path
) -> None:
    """Drop a tranche that was not approved; without TRANCHE, end the grant."""
    ordered(provider, (config, records), safe, lambda board: orders.drop(board, grant, number))


@ordering("bounty", 'bounty 5 "500 PT" "2027-03-01 00:00 UTC" 2 task.md')
@click.argument("budget", type=NUMBER)
@click.argument("amount")
@click.argument("deadline", metavar='"YYYY-MM-DD HH:MM UTC"')
@click.argument("points", type=NUMBER)
@click.argument("text")
@memo
def order_bounty(
    provider: ProviderAPI, budget: int, amount: str, deadline: str, points: int, text: str, memo: str,
    safe: Path | None, config: Path, records: Path,
) -> None:  # fmt: skip
    """Post a bounty with its money."""
    ordered(
        provider, (config, records), safe,
        lambda board: orders.post_bounty(board, budget, amount, deadline, points, text, memo),
    )  # fmt: skip


@ordering("accept", "accept 7 12", "accept 7 12 --safe accept.json")
@click.argument("number", metavar="BOUNTY", type=NUMBER)
@click.argument("pass_id", metavar="PASS", type=NUMBER)
def order_accept(
    provider: ProviderAPI, number: int, pass_id: int, safe: Path | None, config: Path, records: Path
) -> None:
    """Accept one who applied for a bounty."""
    ordered(provider, (config, records), safe, lambda board: orders.bounty_step(board, number, "accept", pass_id))


@ordering("confirm", "confirm 7", "confirm 7 --safe confirm.json")
@click.argument("number", metavar="BOUNTY", type=NUMBER)
def order_confirm(provider: ProviderAPI, number: int, safe: Path | None, config: Path, records: Path) -> None:
    """Approve what was delivered for a bounty."""
    ordered(provider, (config, records), safe, lambda board: orders.bounty_step(board, number, "approve"))


@ordering("cancel", "cancel 7", "cancel 7 --safe cancel.json")
@click.argument("number", metavar="BOUNTY", type=NUMBER)
def order_cancel(provider: ProviderAPI, number: int, safe: Path | None, config: Path, records: Path) -> None:
    """Cancel a bounty for which nobody was accepted."""
    ordered(provider, (config, records), safe, lambda board: orders.bounty_step(board, number, "cancel"))


@ordering("recognize", "recognize 1 12 2 thanks.md")
@click.argument("group", type=NUMBER)
@click.argument("pass_id", metavar="PASS", type=NUMBER)
@click.argument("points", type=NUMBER)
@click.argument("text")
def order_recognize(
    provider: ProviderAPI, group: int, pass_id: int, points: int, text: str, safe: Path | None, config: Path,
    records: Path,
) -> None:  # fmt: skip
    """Give points without money."""
    ordered(provider, (config, records), safe, lambda board: orders.recognize(board, group, pass_id, points, text))
