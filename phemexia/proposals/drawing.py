"""How proposals look on a terminal: actions, a simulation, the table of all, the life of one."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from phemexia.config import units
from phemexia.proposals import decoding, identity
from phemexia.proposals.dao import Rules, show_weight
from phemexia.proposals.draft import Proposal
from phemexia.proposals.history import Recorded
from phemexia.proposals.life import BPS, Life, Tally
from phemexia.proposals.names import Names
from phemexia.proposals.simulation import Change, Simulation

COLOURS = {
    "Pending": "cyan", "Active": "bold cyan", "Succeeded": "green", "Queued": "bold yellow",
    "Executed": "bold green", "Canceled": "red", "Defeated": "red", "Expired": "red",
}  # fmt: skip
WIDTH = 50
"""Characters of a bar."""
CALLDATA = 120
"""Characters of call data that are shown; the whole is in the file, or on the chain."""


def actions(proposal: Proposal, names: Names, data: bool = False) -> Table:
    """The actions in words; with ``data``, their call data below."""
    table = Table("", "action", title="What it does", title_justify="left")
    for number, action in enumerate(proposal.actions, 1):
        table.add_row(str(number), _call(action_call := decoding.call(action, names), names, action.target))
        if data and action_call.arguments:
            table.add_row("", Text(f"0x{action.data.hex()}", style="dim", overflow="fold"), end_section=True)
    return table


def _call(call: decoding.Call, names: Names, target: str) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(overflow="fold")
    for name, value in call.arguments:
        grid.add_row(f"  [dim]{escape(name)}[/]", escape(_with_address(value, names)))
    if call.value:
        grid.add_row("  [dim]ether[/]", escape(units.show_amount(call.value, "ether")))
    head = Text.assemble((call.what, "bold"), (f"   at {target}", "dim"))
    return Group(head, grid)


def _with_address(value: str, names: Names) -> str:
    """A name and what it stands for: nobody should have to trust a name."""
    known = names.contracts | names.accounts
    return f"{value}  ({known[value]})" if value in known else value


def rules(proposal: Proposal, judged: Rules, now: int, timelock_delay: int, window: int) -> Table:
    """Class, rules and dates of a proposal that is made now."""
    table = Table("", "", title="What it takes, if it is proposed now", title_justify="left", show_header=False)
    opens = now + judged.delay
    closes = opens + judged.period
    earliest = closes + 1 + timelock_delay
    for label, value in (
        ("class", judged.class_),
        ("to propose", f"{show_weight(judged.threshold)}, and a Soul Pass"),
        ("quorum", _quorum(judged)),
        ("majority", f"{_majority(judged.majority)} of For and Against"),
        ("vote", f"{units.show_moment(opens)} to {units.show_moment(closes)}"),
        ("executable", f"{units.show_moment(earliest)} by the core team"),
        ("", f"{units.show_moment(earliest + window)} by anyone"),
        ("id", f"0x{proposal.id:064x}"),
        ("", str(proposal.id)),
        ("description hash", f"0x{proposal.hashed.hex()}"),
    ):  # fmt: skip
        table.add_row(label, value)
    return table


def _quorum(judged: Rules) -> str:
    least = f"{show_weight(judged.floor)} or half of all vePT, whichever is less"
    return f"{least}; at least {units.show_share(judged.quorum)} of all, and 500,000 vePT"


def _majority(points: int) -> str:
    """A share of exactly one half would be a tie."""
    return ("more than " if points == BPS // 2 else "") + units.show_share(points)


def simulation(done: Simulation, names: Names) -> Group:
    """What each action did, what it said, and which balances changed."""
    table = Table(
        "", "action", "outcome", title=f"Executed on a copy of the chain, at {units.show_moment(done.time)}",
        title_justify="left",
    )  # fmt: skip
    table.columns[1].overflow = table.columns[2].overflow = "fold"
    for number, outcome in enumerate(done.outcomes, 1):
        call = decoding.call(outcome.action, names)
        if outcome.error is not None:
            said = f"[bold red]reverts[/] with {escape(outcome.error)}"
        elif not outcome.reached:
            said = "[dim]not reached[/]"
        else:
            lines = ["[green]done[/]" if done.good else "[dim]done, and rolled back[/]"]
            if outcome.hollow:
                lines.append("[bold yellow]no contract stands there: the call does nothing[/]")
            said = "\n".join(lines + [f"[dim]{escape(decoding.event(e, names))}[/]" for e in outcome.events])
        table.add_row(str(number), escape(call.sentence), said, end_section=True)
    parts: list[RenderableType] = [table]
    if done.changes:
        parts.append(_balances(done.changes))
    elif done.good:
        parts.append(Text("No balance changes."))
    return Group(*parts)


def _balances(changes: tuple[Change, ...]) -> Table:
    table = Table("holder", "asset", title="Balances that change", title_justify="left")
    for column in ("before", "change", "after"):
        table.add_column(column, justify="right")
    for change in changes:
        moved = change.after - change.before
        style = "green" if moved > 0 else "red"
        sign = "+" if moved > 0 else "-"
        table.add_row(
            escape(change.holder), escape(change.asset), _units(change.before, change.decimals),
            f"[{style}]{sign}{_units(abs(moved), change.decimals)}[/]", _units(change.after, change.decimals),
        )  # fmt: skip
    return table


def _units(amount: int, decimals: int) -> str:
    whole, rest = divmod(amount, 10**decimals)
    fraction = f".{rest:0{decimals}d}".rstrip("0") if rest else ""
    return f"{whole:,}{fraction}"


def overview(lives: list[Life], names: Names) -> Table:
    """All proposals, the latest first."""
    table = Table("", "id", "proposal", "class", "state", title="Proposals", title_justify="left")
    for column in ("for", "against", "quorum"):
        table.add_column(column, justify="right")
    table.add_column("next")
    for life in reversed(lives):
        one, tally = life.recorded, life.tally
        votes = tally.in_favour + tally.against
        share = f"{tally.in_favour * 100 / votes:.1f} %" if votes else ""
        quorum = f"{tally.counted * 100 / tally.quorum:.0f} %" if tally.quorum else ""
        table.add_row(
            str(one.number), identity.short(one.id), escape(one.proposal.title), one.class_,
            f"[{COLOURS[life.state]}]{life.state}[/]", share, f"{100 - float(share[:-2]):.1f} %" if share else "",
            quorum, _ahead(life),
        )  # fmt: skip
    return table


def _ahead(life: Life) -> str:
    """The next thing that time brings."""
    if life.state in ("Canceled", "Defeated", "Executed", "Expired"):
        return ""
    ahead = next((moment for moment in life.moments() if moment.time > life.now), None)
    return f"{ahead.what.partition(':')[0]} {_when(ahead.time - life.now)}" if ahead else ""


def _when(seconds: int) -> str:
    """`in 2 days 3 hours`: the two largest units."""
    words = units.show_duration(abs(seconds)).split()
    text = " ".join(words[:4])
    return f"in {text}" if seconds >= 0 else f"{text} ago"


def life(console: Console, one: Life, names: Names) -> None:
    """The life of a proposal: who, what, when, how the vote stands, who may do what next."""
    recorded = one.recorded
    head = Text.assemble(
        (recorded.proposal.title, "bold"), "\n",
        f"{recorded.class_} · ", (one.state, COLOURS[one.state]),
        f" · proposed by {names.name(recorded.proposer)}", "\n", (f"0x{recorded.id:064x}", "dim"),
    )  # fmt: skip
    console.print(Panel(head, title=f"proposal {recorded.number}", title_align="left", expand=False))
    console.print(Text(identity.text_of(recorded.proposal.description) + "\n"))
    console.print(actions(recorded.proposal, names))
    console.print(_timeline(one))
    console.print(_tally(one.tally))
    console.print(Text("\nWho may do what next", style="italic"))
    for line in one.next():
        console.print(f"  [bold]›[/] {escape(line)}", soft_wrap=True)


def _timeline(one: Life) -> Table:
    table = Table.grid(padding=(0, 2))
    table.title, table.title_justify = "Its life", "left"
    moments = one.moments()
    now = ("[bold yellow]◆[/]", f"[bold yellow]{units.show_moment(one.now)}[/]", "[bold yellow]now[/]", "")
    shown = False
    for moment in moments:
        if not shown and moment.time > one.now:
            table.add_row(*now)
            shown = True
        mark, style = ("[green]●[/]", "") if moment.done else ("○", "dim")
        text = f"[{style}]{moment.what}[/]" if style else moment.what
        away = _when(moment.time - one.now) if moment.time != one.now else "now"
        table.add_row(mark, units.show_moment(moment.time), text, f"[dim]{away}[/]")
    if not shown:
        table.add_row(*now)
    return table


def _tally(tally: Tally) -> Group:
    table = Table.grid(padding=(0, 2))
    table.title, table.title_justify = "The vote", "left"
    votes = tally.in_favour + tally.against
    most = max(tally.in_favour, tally.against, tally.abstained, 1)
    for label, weight, colour in (
        ("for", tally.in_favour, "green"),
        ("against", tally.against, "red"),
        ("abstained", tally.abstained, "yellow"),
    ):  # fmt: skip
        table.add_row(label, _bar(weight, most, colour), show_weight(weight))
    if tally.quorum is None:
        table.add_row("quorum", Text("known when the vote opens", style="dim"), "")
    else:
        scale = max(tally.counted, tally.quorum * 5 // 4, 1)
        verdict = "[green]reached[/]" if tally.is_quorate else "[red]not reached[/]"
        bar = _bar(tally.counted, scale, "green" if tally.is_quorate else "red", tally.quorum)
        table.add_row("quorum", bar, f"{show_weight(tally.counted)} of {show_weight(tally.quorum)}: {verdict}")
    verdict = "[green]reached[/]" if tally.is_majority else "[red]not reached[/]"
    share = units.show_share(tally.in_favour * BPS // votes) if votes else "no votes"
    bar = _bar(
        tally.in_favour, votes or 1, "green" if tally.is_majority else "red", (votes or 1) * tally.majority // BPS
    )
    table.add_row("majority", bar, f"{share}, takes {_majority(tally.majority)}: {verdict}")
    return Group(Text(), table)


def _bar(part: int, whole: int, colour: str, mark: int | None = None) -> Text:
    """A bar of :data:`WIDTH` characters; ``mark`` is where it has to reach."""
    filled = min(WIDTH, part * WIDTH // whole)
    if part and not filled:
        filled = 1
    bar = Text("█" * filled, style=colour)
    bar.append("░" * (WIDTH - filled), style="dim")
    if mark is not None:
        at = min(WIDTH - 1, mark * WIDTH // whole)
        bar = Text.assemble(bar[:at], ("┃", "bold"), bar[at + 1 :])
    return bar


def one_of(recorded: Recorded) -> str:
    """A proposal in a sentence."""
    return f'proposal {recorded.number} "{recorded.proposal.title}"'
