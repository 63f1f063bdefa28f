"""How a wallet's standing and a plan look on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from phemexia.config import units
from phemexia.holder.actions import BALLOTS
from phemexia.holder.chart import chart
from phemexia.holder.plan import Plan, show_end
from phemexia.holder.sending import Quote, show_ether
from phemexia.holder.standing import Standing
from phemexia.proposals import Dao, History, Life
from phemexia.proposals.dao import show_weight


@dataclass(frozen=True)
class Vote:
    """An open proposal, and what a wallet has to do with it."""

    life: Life
    ballot: str
    weight: int | None
    """Wei at the snapshot; none before it."""
    may: bool
    """Whether its pass counts."""

    @property
    def shown(self) -> str:
        """The ballot, or why there can be none."""
        if self.ballot != "none" or self.may:
            return self.ballot
        return "none: mint a pass first" if self.weight is None else "none: no pass in time"


def votes(dao: Dao, me: Standing) -> list[Vote]:
    """The proposals that wait for their vote or are in it."""
    found = []
    for one in History(dao).proposals():
        if one.canceled or one.executed or one.queued:
            continue
        life = Life.of(dao, one)
        if life.state not in ("Pending", "Active"):
            continue
        past = life.now > one.vote_start
        weight = dao.read(dao.suite.escrow, "getPastVotes", me.wallet, one.vote_start) if past else None
        _, since = dao.read(dao.suite.soul_pass, "electorAt", me.wallet, one.vote_start)
        ballot = BALLOTS[dao.ask("ballotOf", one.id, me.wallet)]
        found.append(Vote(life, ballot, weight, 0 < since < one.vote_start))
    return found


def status(me: Standing, open_: Iterable[Vote], delegators: list[tuple[str, int]] | None = None) -> Group:
    """Everything about a wallet."""
    table = Table("", "", show_header=False)
    for label, value in facts(me):
        table.add_row(label, value)
    parts: list[RenderableType] = [_head(f"{me.wallet} at {units.show_moment(me.now)}"), table]
    if me.weight:
        parts += [Text("\nWeight of the lock, in vePT", style="italic"), chart(me.records, me.now)]
    if delegators is not None:
        parts += [Text(), _delegators(delegators)]
    parts += [Text(), _votes(list(open_))]
    return Group(*parts)


def facts(me: Standing) -> list[tuple[str, str]]:
    """Label and value of what a wallet has."""
    if not me.pass_id:
        standing = "[yellow]none[/]: 'ape run holder mint' takes the exchange's voucher"
    elif me.revoked_at:
        standing = f"{me.pass_id}, [red]revoked[/] at {units.show_moment(me.revoked_at)}"
    else:
        standing = f"{me.pass_id}, [green]good[/], held since {units.show_moment(me.holder_since)}"
    rows = [
        ("Soul Pass", standing),
        ("ether", show_ether(me.ether)),
        ("PT", show_weight(me.pt, "PT")),
    ]
    if not me.amount:
        rows.append(("lock", "none: 'ape run holder lock' makes one"))
    else:
        over = " [yellow](over: withdraw it)[/]" if not me.lock.runs_at(me.now) else ""
        rows.append(("lock", f"{show_weight(me.amount, 'PT')}, unlocks: {show_end(me.unlock_time)}{over}"))
    votes_with = "this wallet itself" if me.is_self_delegated else me.delegatee
    rows += [
        ("weight now", show_weight(me.weight)),
        ("the lock's votes belong to", votes_with),
        ("delegated to this wallet", show_weight(me.received)),
        ("votes now", f"[bold]{show_weight(me.votes)}[/]"),
        ("VIP level", me.vip),
    ]
    return rows


def _delegators(found: list[tuple[str, int]]) -> RenderableType:
    if not found:
        return Text("Nobody delegates to this wallet.")
    table = Table("who delegates to this wallet", title_justify="left")
    table.add_column("weight now", justify="right")
    for who, weight in found:
        table.add_row(who, show_weight(weight))
    return table


def _votes(open_: list[Vote]) -> RenderableType:
    if not open_:
        return Text("No proposal is open: 'ape run gov status' lists them all.")
    table = Table(
        "", "proposal", "class", "state", "until", "own ballot", title="Open proposals", title_justify="left"
    )
    table.add_column("weight at the snapshot", justify="right")
    for vote in open_:
        one = vote.life.recorded
        table.add_row(
            str(one.number), escape(one.proposal.title), one.class_, vote.life.state,
            units.show_moment(vote.life.deadline if vote.life.state == "Active" else one.vote_start),
            vote.shown,
            "not yet" if vote.weight is None else show_weight(vote.weight),
        )  # fmt: skip
    return table


def plan(one: Plan, consent: str | None, quote: Quote, now: int) -> Group:
    """What would happen, what it takes and costs."""
    table = Table("", "now", "after")
    for change in one.changes:
        same = change.before == change.after
        after = escape(change.after)
        table.add_row(
            escape(change.what), escape(change.before), f"[dim]{after}[/]" if same else f"[bold]{after}[/]"
        )
    parts: list[RenderableType] = [_head(f"{one.wallet}: {one.what}"), table]
    if one.records:
        parts += [Text("\nWeight of the lock afterwards, in vePT", style="italic"), chart(one.records, now)]
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for note in one.notes:
        grid.add_row("[yellow]note[/]", escape(note))
    if consent is not None:
        grid.add_row("it takes", escape(consent))
    grid.add_row("it costs", quote.text)
    return Group(*parts, Text(), grid)


def _head(text: str) -> Text:
    return Text(text, style="bold", overflow="fold")
