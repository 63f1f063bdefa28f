"""`ape run vesting`: grants out of the rows that vest, from a file; claims, and where grants stand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from ape.api import ProviderAPI
from eth_utils import is_address, to_checksum_address

from phemexia import cli as shared
from phemexia.distribution import drawing, grants, vesting
from phemexia.distribution.paying import Errand, to_lock, to_wallet
from phemexia.errors import Refused
from phemexia.holder import Standing
from phemexia.holder import drawing as shows
from phemexia.holder.courier import Courier
from phemexia.proposals.dao import show_weight

NOTHING = "\n[bold]Nothing was sent.[/] Add --send to do it."


@click.group()
def cli() -> None:
    """Vesting of investors, operations and builders: grant, claim, show.

    Nothing is sent without --send: a command shows what it would do, and what that costs.
    """


def command(name: str, *examples: str, sends: bool = True) -> Callable[..., Any]:
    """A command that is connected to a chain, with the options that all have, and examples in its help."""

    def wrap(function: Callable[..., Any]) -> Any:
        if sends:
            function = click.option("--send", is_flag=True, help="Do it; otherwise it is only shown.")(function)
        function = click.option("--account", "alias", metavar="ALIAS", help="The account: an alias of ape.")(
            function
        )
        lines = "\n".join(f"  ape run vesting {example}" for example in examples)
        return cli.command(name, cls=shared.ChainCommand, epilog=f"\b\nExamples:\n{lines}")(
            shared.folders(function)
        )

    return wrap


row = click.argument("row", type=click.Choice(list(grants.ROWS)))


@command(
    "grant",
    "grant builders builders.csv --account grantor",
    "grant builders builders.csv --account grantor --send",
)
@row
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--batch", type=click.IntRange(1, grants.MOST_BATCH), default=50, help="Grants at once. [default: 50]"
)
@click.option("--label", help="What the batches are named by. [default: the file's name]")
@click.option("--again", is_flag=True, help="Also what was granted before under another label.")
def grant(
    provider: ProviderAPI, row: str, file: Path, batch: int, label: str | None, again: bool, alias: str | None,
    send: bool, config: Path, records: Path,
) -> None:  # fmt: skip
    """Grant what FILE lists (CSV: owner, amount, and if wanted start, revocable) out of a ROW.

    All of it is checked before anything is sent. A run that broke off is simply repeated: what was granted is left
    out.
    """
    dao, figures = shared.dao_of(provider, config, records)
    contract, wallet = getattr(dao.suite, grants.ROWS[row][0]), shared.address_of(alias, provider)
    courier = Courier(dao, wallet, figures.network.fees.ceiling)
    if send:
        courier.settle(poll=shared.poll(provider))
    found = grants.prepare(dao, contract, wallet, file, batch, label, again)
    shared.out.print(drawing.granting(found, grants.firm_at(dao, contract, wallet), row))
    calls = list(found.calls())
    if not calls:
        shared.out.print("\nAll of it was granted already: nothing to send.")
        return
    count = sum(number for _, number in calls)
    gas = courier.attempt(calls[0][0]) * count // calls[0][1]
    shared.out.print(f"it costs {courier.price(gas, transactions=len(calls)).text}")
    if not send:
        shared.out.print(NOTHING)
        return
    account, receipts = shared.who(alias, provider), []
    with shared.progress() as bar:
        task = bar.add_task("granting", total=count)
        for call, number in calls:
            receipts.append(courier.send(account, call))
            bar.advance(task, number)
    shared.print_done(f"{drawing.many(count, 'grant')} of {show_weight(found.total, 'PT')}", receipts)


@command(
    "claim",
    "claim builders --account me",
    "claim builders 0 --account me --to 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --send",
    "claim builders --account me --lock --until 2028-06-01 --send",
)
@row
@click.argument("number", type=click.IntRange(0), required=False)
@click.option("--to", metavar="ADDRESS", help="Where the PT goes, or whose lock; otherwise the account's own.")
@click.option("--lock", is_flag=True, help="Into a lock instead of a wallet.")
@click.option("--until", metavar="YYYY-MM-DD", help="When a new lock ends.")
def claim(
    provider: ProviderAPI, row: str, number: int | None, to: str | None, lock: bool, until: str | None,
    alias: str | None, send: bool, config: Path, records: Path,
) -> None:  # fmt: skip
    """Claim what has vested of a grant: the one of that NUMBER, or the only one that has."""
    if until and not lock:
        raise Refused("--until is for --lock: nothing was sent")
    dao, figures = shared.dao_of(provider, config, records)
    me = Standing.read(dao, shared.address_of(alias, provider))
    one = vesting.choose(vesting.of_owner(dao, row, me.wallet), me.wallet, number)
    target = (
        to_lock(dao, me, to, until, one.contract, one.claimable) if lock else to_wallet(dao, me, to, one.claimable)
    )
    plan = vesting.plan(me, one, target)
    errand = Errand(dao, me, plan, target.before, figures.network.fees.ceiling)
    shared.out.print(shows.plan(plan, errand.consent, errand.quote(), me.now))
    if not send:
        shared.out.print(NOTHING)
        return
    shared.print_done(plan.done, errand.send(shared.who(alias, provider)))


@command(
    "show",
    "show --account me",
    "show 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    "show --row builders",
    sends=False,
)
@click.argument("owner", required=False)
@click.option(
    "--row", type=click.Choice(list(grants.ROWS)), help="Only this one; without an owner, all its grants."
)
def show(
    provider: ProviderAPI, owner: str | None, row: str | None, alias: str | None, config: Path, records: Path
) -> None:
    """Grants: what has vested, what was claimed, what comes next; and all of it over time."""
    if owner is not None and not is_address(owner):
        raise Refused(f"{owner} is no address: an account is named by --account")
    dao, _ = shared.dao_of(provider, config, records)
    names = [row] if row else list(grants.ROWS)
    if owner is None and alias is None and row is not None:
        held = vesting.of_row(dao, row)
    else:
        wallet = to_checksum_address(owner) if owner else shared.address_of(alias, provider)
        held = [one for name in names for one in vesting.of_owner(dao, name, wallet)]
    if not held:
        shared.out.print("There are no grants.")
        return
    shared.out.print(drawing.grants(held))
