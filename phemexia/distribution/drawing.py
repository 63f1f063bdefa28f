"""How publishing, grants and claims look on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from phemexia.config import units
from phemexia.distribution.claims import Due, Round, instalments
from phemexia.distribution.grants import Granting, show_start
from phemexia.distribution.publishing import NAMES, Publication
from phemexia.distribution.vesting import Held
from phemexia.holder import chart
from phemexia.proposals.dao import show_weight

NOT_CLAIMED = "of this, to be claimed now"


def calendar(round_: Round, dues: list[Due]) -> Group:
    """What was granted, what comes now and what comes when."""
    head = Table("granted to pass", "PT in all", "unlocked", "claimed", NOT_CLAIMED)
    for column in head.columns[1:]:
        column.justify = "right"
    for one in dues:
        now = _pt(one.now)
        head.add_row(
            f"{one.pass_id}, {one.name}", _pt(one.cumulative), _pt(one.unlocked),
            _pt(one.claimed), f"[bold green]{now}[/]" if one.now else now,
        )  # fmt: skip
    table = Table("unlocks at", *[one.name for one in dues], "in all so far", title="What comes when, in PT")
    for column in table.columns[1:]:
        column.justify = "right"
    so_far = 0
    for second, parts in instalments(dues):
        so_far += sum(parts.values())
        past = second <= round_.now
        amounts = [_pt(parts[one.kind]) if parts[one.kind] else "" for one in dues]
        table.add_row(units.show_moment(second), *amounts, _pt(so_far), style="dim" if past else "")
    last = Text(f"Claims end on {units.show_moment(round_.deadline)}; what is left then is the treasury's.")
    return Group(head, table, last)


def publication(one: Publication, batch: int) -> Group:
    """What publishing takes."""
    earnings = one.earnings
    table = Table("", "to be sent", "stands already", title=f"Stage {earnings.stage} of {earnings.folder}")
    for writes in one.writes:
        what = NAMES[writes.kind]
        times = -(-len(writes.values) // batch)
        sends = f"{len(writes.values):,} passes, in {many(times, 'transaction')}" if writes.values else "nothing"
        table.add_row(f"{what} on passes", sends, f"{writes.stand:,} passes")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    if (root := one.root) is not None:
        text = f"0x{root.tree.root.hex()[:16]}..., {len(root.tree):,} leaves, {show_weight(root.total, 'PT')}"
        stands = {
            "new": "",
            "waits": f"waits until {units.show_moment(root.since)}",
            "active": f"counts since {units.show_moment(root.since)}",
        }[root.state]
        table.add_row("root of the campaign", text if root.state == "new" else "nothing", stands)
        if root.state == "new":
            grid.add_row(
                "the root", f"waits until {units.show_moment(root.since)}; guardian, core team or DAO can drop it"
            )
        if root.replaces is not None:
            grid.add_row("[yellow]note[/]", f"the root 0x{root.replaces.hex()[:16]}..., which waits, is replaced")
    if one.without:
        wei = sum(account.total for account in one.without)
        grid.add_row(
            "[yellow]note[/]",
            f"{many(len(one.without), 'account')} without a pass, with {show_weight(wei, 'xPT')}: not lost; "
            "publish again when they have minted",
        )
        shown = ", ".join(account.account for account in one.without[:5])
        grid.add_row("", escape(shown) + (" ..." if len(one.without) > 5 else ""))
    if one.renumbered:
        grid.add_row(
            "[yellow]note[/]",
            f"{many(one.renumbered, 'account')} with another pass than the file of passes says: the chain's "
            "counts",
        )
    for writes in one.writes:
        if writes.kept:
            grid.add_row(
                "[yellow]note[/]",
                f"{many(writes.kept, 'pass', 'es')} with more shovels than the season gives: only the DAO lowers "
                "them",
            )
    return Group(table, grid)


def granting(one: Granting, firm: int, row: str) -> Group:
    """What a file of grants would do."""
    table = Table("", "grants", "PT", title=f"Grants of the row {row}", title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    count = sum(len(batch.lines) for batch in one.batches)
    table.add_row("made already", f"{one.done:,}", "")
    table.add_row(f"to be made, in {many(len(one.batches), 'transaction')}", f"{count:,}", _pt(one.total))
    table.add_row("not promised now", "", _pt(one.unpromised))
    table.add_row("not promised afterwards", "", _pt(one.unpromised - one.total))
    note = f"Until {units.show_moment(firm)} guardian and DAO can drop them, and nothing can be claimed."
    return Group(table, Text(note)) if count else Group(table)


def grants(held: list[Held]) -> Group:
    """Grants with what has vested, and all of them over time."""
    owners = {one.owner for one in held}
    if alone := len(owners) == 1:  # otherwise they are all of one row
        table = Table("row", "", title=f"Grants of {held[0].owner}", title_justify="left")
    else:
        table = Table("owner", "", title=f"Grants of the row {held[0].row}", title_justify="left")
    table.columns[0].no_wrap = True
    for name in ("PT", "vested", "claimed", "claimable now"):
        table.add_column(name, justify="right")
    table.add_column("next instalment")
    table.add_column("")
    for one in held:
        coming = "none" if one.next is None else f"{show_start(one.next[0])}: {_pt(one.next[1])}"
        table.add_row(
            one.row if alone else one.owner, str(one.number), _pt(one.amount), _pt(one.vested), _pt(one.claimed),
            _pt(one.claimable), coming, one.standing,
        )  # fmt: skip
    if len(held) > 1:
        sums = (sum(getattr(one, name) for one in held) for name in ("amount", "vested", "claimed", "claimable"))
        table.add_row("all", "", *map(_pt, sums), "", "", style="bold")
    begin = min(one.start for one in held)
    end = max(one.schedule.end(one.start) for one in held)
    parts: list[RenderableType] = [table, Text("\nVested over time, in PT", style="italic")]
    margin = (end - begin) // 50  # so that what vests at once is seen as a step
    parts.append(
        chart.draw(
            min(begin, held[0].now) - margin,
            end,
            held[0].now,
            lambda time: sum(one.vested_at(time) for one in held),
        )
    )
    return Group(*parts)


def _pt(wei: int) -> str:
    return show_weight(wei, "").strip()


def many(count: int, word: str, plural: str = "s") -> str:
    """`1 order`, `2 orders`."""
    return f"{count:,} {word}{'' if count == 1 else plural}"
