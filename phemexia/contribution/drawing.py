"""How grants, streams and bounties look on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from phemexia.config import units
from phemexia.contribution.board import Award, Board, Bounty, Grant
from phemexia.contribution.orders import Order

BAR = 20
"""Cells of a bar."""
COLOURS = {"running": "green", "open": "green", "accepted": "yellow", "approved": "green", "stopped": "red"}


def status(board: Board, wallet: str, pass_id: int) -> RenderableType:
    """What a pass can draw, and its points."""
    mine = [award for award in board.awards() if award.pass_id == pass_id]
    points, kept = board.points(pass_id)
    waits = f", and {kept} that wait to be written" if kept else ""
    head = Text(f"{wallet}: pass {pass_id}, {points} points{waits}", style="bold", overflow="fold")
    parts: list[RenderableType] = [head]
    if not board.ask(board.contract, "counts", pass_id):
        parts.append(Text("The pass does not count at present: what it has earned waits.", style="yellow"))
    if not mine:
        return Group(*parts, Text("Nothing was promised to it yet."))
    table = Table("award", "what", "drawn, earned, to come", "state")
    table.add_column("drawn", justify="right")
    table.add_column("can be drawn", justify="right")
    table.add_column("still to come", justify="right")
    for award in mine:
        table.add_row(
            str(award.number), award.kind, _bar(award), _state(award.state(board.now)),
            award.asset.show(award.claimed), f"[bold]{award.asset.show(award.claimable)}[/]",
            award.asset.show(award.held - award.claimable),
        )  # fmt: skip
    return Group(*parts, table)


def streams(found: Iterable[Award], now: int) -> RenderableType:
    """All streams."""
    table = Table("stream", "pass", "group", "drawn, earned, to come", "state", "until")
    for title in ("amount", "drawn", "can be drawn"):
        table.add_column(title, justify="right")
    for award in found:
        show = award.asset.show
        table.add_row(
            str(award.number), str(award.pass_id), str(award.group), _bar(award), _state(award.state(now)),
            units.show_moment(award.stopped_at or award.end), show(award.amount), show(award.claimed),
            show(award.claimable),
        )  # fmt: skip
    return _or(table, "There is no stream.")


def grants(found: Iterable[Grant]) -> RenderableType:
    """All grants, a line for each tranche."""
    table = Table("grant", "pass", "group", "tranche", "state", "vests over")
    table.add_column("amount", justify="right")
    table.add_column("points", justify="right")
    for grant in found:
        for tranche in grant.tranches:
            first = tranche.number == 1
            labels = (str(grant.number), str(grant.pass_id), str(grant.group)) if first else ("", "", "")
            table.add_row(
                *labels, str(tranche.number), _state(tranche.state),
                units.show_duration(tranche.vesting) if tranche.vesting else "at once",
                grant.asset.show(tranche.amount), str(tranche.points),
                end_section=tranche.number == len(grant.tranches),
            )  # fmt: skip
    return _or(table, "There is no grant.")


def bounties(found: Iterable[Bounty], now: int) -> RenderableType:
    """All bounties."""
    table = Table("bounty", "group", "state", "accepted", "deadline")
    table.add_column("amount", justify="right")
    table.add_column("points", justify="right")
    for bounty in found:
        past = bounty.state in ("open", "accepted") and now >= bounty.deadline
        table.add_row(
            str(bounty.award.number), str(bounty.award.group), _state(bounty.state),
            f"pass {bounty.accepted}" if bounty.accepted else "nobody",
            units.show_moment(bounty.deadline) + (" [yellow](past: anyone may refund it)[/]" if past else ""),
            bounty.award.asset.show(bounty.award.amount), str(bounty.award.points),
        )  # fmt: skip
    return _or(table, "There is no bounty.")


def order(one: Order, gas: int) -> RenderableType:
    """What a group is about to order, and what its Safe has to send."""
    table = Table("", "now", "after")
    for change in one.changes:
        table.add_row(escape(change.what), escape(change.before), f"[bold]{escape(change.after)}[/]")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for note in one.notes:
        grid.add_row("[yellow]note[/]", escape(note))
    grid.add_row("from", f"{one.account}, the account of group {one.group}")
    grid.add_row("to", one.call.contract.address)
    grid.add_row("data", one.call.data)
    grid.add_row("it costs", f"about {gas:,} gas, and what the Safe itself takes")
    head = Text(f"Group {one.group}: {one.what}", style="bold", overflow="fold")
    return Group(head, table, Text(), grid)


def _bar(award: Award) -> str:
    """Drawn, earned and not drawn, and to come, as parts of the whole; what went back is left out."""
    if not award.amount:
        return ""
    drawn = BAR * award.claimed // award.amount
    earned = BAR * (award.claimed + award.claimable) // award.amount - drawn
    rest = BAR * (award.amount - award.returned) // award.amount - drawn - earned
    return f"[green]{'█' * drawn}[/][yellow]{'▓' * earned}[/][dim]{'░' * rest}[/]"


def _state(text: str) -> str:
    colour = COLOURS.get(text)
    return f"[{colour}]{text}[/]" if colour else text


def _or(table: Table, nothing: str) -> RenderableType:
    return table if table.row_count else Text(nothing)
