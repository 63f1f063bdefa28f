"""`ape run holder`: what a holder does with its pass and its PT, shown before it is sent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from ape.api import ProviderAPI
from eth_utils import is_address
from rich.progress import Progress

from phemexia import cli as shared
from phemexia.config import Configuration
from phemexia.errors import Refused
from phemexia.holder import Plan, Sender, Standing, actions, boundary, drawing
from phemexia.holder.delegators import delegators as find_delegators
from phemexia.proposals import Dao, History, Life
from phemexia.proposals.ballots import SUPPORT

Planned = Callable[[Dao, Standing], Plan]


@click.group()
def cli() -> None:
    """A holder's own: status, mint, lock, add, extend, delegate, vote, withdraw.

    Nothing is sent without --send: a command shows what it would do, and what that costs.
    """


def command(name: str, *examples: str, sends: bool = True) -> Callable[..., Any]:
    """A command that is connected to a chain, with the options that all have, and examples in its help."""

    def wrap(function: Callable[..., Any]) -> Any:
        if sends:
            function = click.option("--send", is_flag=True, help="Do it; otherwise it is only shown.")(function)
        who = "The account: an alias of ape. Only --send unlocks it."
        function = click.option("--account", "alias", metavar="ALIAS", help=who)(function)
        lines = "\n".join(f"  ape run holder {example}" for example in examples)
        return cli.command(name, cls=shared.ChainCommand, epilog=f"\b\nExamples:\n{lines}")(
            shared.folders(function)
        )

    return wrap


permits = click.option("--approve", is_flag=True, help="Approve PT by a transaction, in place of a signed permit.")


def opened(
    provider: ProviderAPI, config: Path, records: Path, alias: str | None
) -> tuple[Dao, Standing, Configuration]:
    """The suite of this network, where the account stands, and the network's figures."""
    dao, figures = shared.dao_of(provider, config, records)
    return dao, Standing.read(dao, shared.address_of(alias, provider)), figures


def act(
    provider: ProviderAPI, folders: tuple[Path, Path], alias: str | None, send: bool, make: Planned,
    approve: bool = False,
) -> None:  # fmt: skip
    """Show what a plan does and costs; send it if that is asked for."""
    dao, me, figures = opened(provider, *folders, alias)
    plan = make(dao, me)
    sender = Sender(dao, me, plan, figures.network.fees.ceiling, approve)
    shared.out.print(drawing.plan(plan, sender.consent, sender.quote(), me.now))
    if not send:
        shared.out.print("\n[bold]Nothing was sent.[/] Add --send to do it.")
        return
    shared.print_done(plan.done, sender.send(shared.who(alias, provider)))


@command("status", "status --account me", "status 0x70997970C51812dc3A010C7d01b50e0d17dc79C8", sends=False)
@click.argument("wallet", required=False)
@click.option("--delegators", is_flag=True, help="Search the chain for who delegates to this wallet.")
def status(
    provider: ProviderAPI, wallet: str | None, delegators: bool, alias: str | None, config: Path, records: Path
) -> None:
    """Where a wallet stands: pass, PT, lock and its weight over time, votes, open proposals and its ballots."""
    if wallet is not None and not is_address(wallet):
        raise Refused(f"{wallet} is no address: an account is named by --account")
    dao, me, _ = opened(provider, config, records, wallet or alias)
    through = None
    with Progress(console=shared.err, transient=True) as bar:
        task = bar.add_task("searching the chain", total=None)
        if delegators:
            through = find_delegators(dao, me, lambda done, all_: bar.update(task, completed=done, total=all_))
        open_ = drawing.votes(dao, me)
    shared.out.print(drawing.status(me, open_, through))


@command("mint", "mint voucher.json --account me", "mint voucher.json --account me --send")
@click.argument("voucher", type=click.Path(path_type=Path))
def mint(provider: ProviderAPI, voucher: Path, alias: str | None, send: bool, config: Path, records: Path) -> None:
    """Mint the Soul Pass of the exchange's voucher, a file."""
    act(provider, (config, records), alias, send, lambda dao, me: actions.mint(dao, me, voucher))


@command("lock", "lock 1_000 2028-06-01 --account me", "lock all 2028-06-01 --account me --send")
@click.argument("amount")
@click.argument("day", metavar="YYYY-MM-DD")
@permits
def lock(
    provider: ProviderAPI, amount: str, day: str, approve: bool, alias: str | None, send: bool, config: Path,
    records: Path,
) -> None:  # fmt: skip
    """Lock PT until a Thursday, 00:00 UTC: from 30 days and 8 hours to 104 weeks ahead."""
    end = boundary(day)
    act(
        provider, (config, records), alias, send,
        lambda dao, me: actions.lock(dao, me, actions.amount(amount, me.pt), end), approve,
    )  # fmt: skip


@command("add", "add 500 --account me", "add 500 --account me --send")
@click.argument("amount")
@permits
def add(
    provider: ProviderAPI, amount: str, approve: bool, alias: str | None, send: bool, config: Path, records: Path
) -> None:
    """Add PT to the lock."""
    act(
        provider, (config, records), alias, send,
        lambda dao, me: actions.add(dao, me, actions.amount(amount, me.pt)), approve,
    )  # fmt: skip


@command("extend", "extend 2028-11-30 --account me", "extend 2028-11-30 --account me --send")
@click.argument("day", metavar="YYYY-MM-DD")
def extend(provider: ProviderAPI, day: str, alias: str | None, send: bool, config: Path, records: Path) -> None:
    """Let the lock run until a later Thursday, 00:00 UTC."""
    end = boundary(day)
    act(provider, (config, records), alias, send, lambda dao, me: actions.extend(dao, me, end))


@command(
    "delegate", "delegate 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --account me", "delegate self --account me"
)
@click.argument("to", metavar="ADDRESS_OR_SELF")
def delegate(provider: ProviderAPI, to: str, alias: str | None, send: bool, config: Path, records: Path) -> None:
    """Let somebody else vote with the lock; `self` takes the votes back. The PT stays one's own."""
    act(provider, (config, records), alias, send, lambda dao, me: actions.delegate(dao, me, to))


@command("vote", "vote 3 for --account me", 'vote 3 against --reason "Too dear" --account me --send')
@click.argument("what", metavar="PROPOSAL")
@click.argument("support", type=click.Choice(SUPPORT))
@click.option("--reason", default="", help="Kept in the chain's events.")
def vote(
    provider: ProviderAPI, what: str, support: str, reason: str, alias: str | None, send: bool, config: Path,
    records: Path,
) -> None:  # fmt: skip
    """Vote on a proposal, or change one's vote; 'ape run gov status' shows what it does.

    PROPOSAL is its number, its id, or the first digits of its id: 3, 0x5f1c09aa.
    """

    def make(dao: Dao, me: Standing) -> Plan:
        return actions.vote(dao, me, Life.of(dao, History(dao).find(what)), support, reason)

    act(provider, (config, records), alias, send, make)


@command(
    "withdraw", "withdraw --account me", "withdraw --to 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --account me"
)
@click.option("--to", metavar="ADDRESS", help="Where the PT goes, if not to the wallet itself.")
def withdraw(
    provider: ProviderAPI, to: str | None, alias: str | None, send: bool, config: Path, records: Path
) -> None:
    """Take the PT of a lock that is over."""
    act(provider, (config, records), alias, send, lambda dao, me: actions.withdraw(dao, me, to))
