"""`ape run claim`: what a pass may claim of a campaign, and where to."""

from pathlib import Path

import click
from ape.api import ProviderAPI
from rich.markup import escape

from phemexia import cli as shared
from phemexia.distribution import drawing, orders
from phemexia.distribution.claims import CAMPAIGNS, Due, Round, due, plan, ready
from phemexia.distribution.paying import Errand, Target, to_lock, to_wallet
from phemexia.distribution.proofs import Proofs, open_proofs
from phemexia.errors import Refused
from phemexia.holder import Standing
from phemexia.holder import drawing as shows
from phemexia.holder.courier import Courier
from phemexia.proposals import Dao
from phemexia.proposals.dao import show_weight

EXAMPLES = """\b
Examples:
  ape run claim proof.json --account me
  ape run claim proof.json --account me --to 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --send
  ape run claim proof.json --account me --lock --until 2028-06-01 --kind retail --send
  ape run claim proof.json --account me --sign order.json
  ape run claim season/ --relay orders/ --account relayer --send
"""
DAY = 86_400


@click.command(cls=shared.ChainCommand, epilog=EXAMPLES)
@click.argument("proofs", type=click.Path(path_type=Path))
@click.option(
    "--campaign", "word", type=click.Choice(list(CAMPAIGNS)), default="xpt", help="Which. [default: xpt]"
)
@click.option("--kind", help="Only this one: retail, API. [default: all that have something]")
@click.option("--to", metavar="ADDRESS", help="Where the PT goes, or whose lock; otherwise the account's own.")
@click.option("--lock", is_flag=True, help="Into a lock instead of a wallet.")
@click.option("--until", metavar="YYYY-MM-DD", help="When a new lock ends.")
@click.option(
    "--sign", "paper", type=click.Path(path_type=Path), help="Only sign it, for others to send: a new file."
)
@click.option("--days", type=click.IntRange(1, 365), default=30, help="How long that is good. [default: 30]")
@click.option(
    "--relay", "source", type=click.Path(path_type=Path), help="Send what others signed: file or folder."
)
@click.option(
    "--batch",
    type=click.IntRange(1, orders.MOST_BATCH),
    default=20,
    help="Orders in one transaction. [default: 20]",
)
@click.option("--send", is_flag=True, help="Do it; otherwise it is only shown.")
@click.option("--account", "alias", metavar="ALIAS", help="The account: an alias of ape.")
@shared.folders
def cli(
    provider: ProviderAPI, proofs: Path, word: str, kind: str | None, to: str | None, lock: bool,
    until: str | None, paper: Path | None, days: int, source: Path | None, batch: int, send: bool,
    alias: str | None, config: Path, records: Path,
) -> None:  # fmt: skip
    """Claim the PT that a Soul Pass was granted; PROOFS leads to it.

    PROOFS is a file from the exchange for one pass, a tree, or the folder of a computed season. Without --send it
    is only shown what comes now and what comes when.
    """
    if until and not lock:
        raise Refused("--until is for --lock: nothing was sent")
    if source and (paper or lock or to or kind):
        raise Refused("--relay sends what others signed, as they signed it: nothing was sent")
    dao, figures = shared.dao_of(provider, config, records)
    me = Standing.read(dao, shared.address_of(alias, provider))
    round_ = Round.read(dao, figures, word)
    with open_proofs(proofs, round_.active[0], round_.pending) as opened:
        if source:
            courier = Courier(dao, me.wallet, figures.network.fees.ceiling)
            relay(provider, dao, courier, round_, opened, source, batch, alias, send)
            return
        if not me.pass_id:
            raise Refused(f"{me.wallet} holds no Soul Pass, and a claim takes one: nothing was sent")
        dues = due(dao, round_, opened, me.pass_id)
    shared.out.print(drawing.calendar(round_, dues))
    if not (send or paper) and not any(one.now for one in dues):
        shared.out.print("\nThere is nothing to claim now.")
        return
    paying = ready(round_, dues, kind)
    target = where(dao, me, round_, paying, to, lock, until)
    if paper:
        allowed(target)
        signed = orders.sign(dao, round_, paying, target, days * DAY, shared.who(alias, provider))
        orders.write(paper, signed)
        shared.out.print(f"\n{paper}: anybody can send it for {days} days, and nobody can change it")
        return
    claim = plan(round_, me, paying, target)
    errand = Errand(dao, me, claim, target.before, figures.network.fees.ceiling)
    shared.out.print(shows.plan(claim, errand.consent, errand.quote(), me.now))
    if not send:
        shared.out.print("\n[bold]Nothing was sent.[/] Add --send to do it.")
        return
    shared.print_done(claim.done, errand.send(shared.who(alias, provider)))


def where(
    dao: Dao, me: Standing, round_: Round, paying: list[Due], to: str | None, lock: bool, until: str | None
) -> Target:
    """To which wallet, or into which lock."""
    wei = min(sum(one.now for one in paying), round_.left)
    return to_lock(dao, me, to, until, round_.contract, wei) if lock else to_wallet(dao, me, to, wei)


def allowed(target: Target) -> None:
    """:class:`Refused` if an order for that target could not be carried out by somebody else."""
    if target.before is not None:
        raise Refused(
            "the campaign may not pay into this lock yet: claim into it once by --lock --send, or call the "
            "escrow's setOperator; nothing was signed"
        )


def relay(
    provider: ProviderAPI, dao: Dao, courier: Courier, round_: Round, proofs: Proofs, source: Path, batch: int,
    alias: str | None, send: bool,
) -> None:  # fmt: skip
    """Show what others signed, and send it if that is asked for."""
    gathered = orders.gather(dao, round_, proofs, source)
    for skip in gathered.skipped:
        shared.err.print(f"left out {escape(skip.which)}: {escape(skip.why)}")
    count = len(gathered.ready)
    total = show_weight(gathered.total, "PT")
    shared.out.print(
        f"{drawing.many(count, 'order')} can be carried out now, worth {total}; {len(gathered.skipped):,} left out"
    )
    if not count:
        return
    if not send:
        gas = courier.attempt(orders.batch(round_, gathered.ready[:batch])) * count // min(batch, count)
        quote = courier.price(gas, orders.spare(dao, gathered.ready), -(-count // batch))
        shared.out.print(f"it costs {quote.text}\n\n[bold]Nothing was sent.[/] Add --send to do it.")
        return
    courier.settle(poll=shared.poll(provider))
    account, paid, skipped = shared.who(alias, provider), 0, 0
    with shared.progress() as bar:
        task = bar.add_task("claiming", total=count)
        for brought in orders.bring(
            dao, round_, gathered, batch, lambda call, spare: courier.send(account, call, spare)
        ):
            bar.advance(task, brought.orders)
            paid, skipped = paid + brought.paid, skipped + len(brought.skipped)
            for skip in brought.skipped:
                bar.console.print(f"skipped {escape(skip.which)}: {escape(skip.why)}")
    shared.out.print(
        f"[green]done:[/] {drawing.many(count - skipped, 'order')} carried out, worth {show_weight(paid, 'PT')}; "
        f"{skipped:,} skipped"
    )
    raise SystemExit(1 if skipped else 0)
