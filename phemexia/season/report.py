"""The tables at the end of a season: who holds what, who voted how, what was executed, what it cost."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from phemexia.season.company import CLASSES, Season, state
from phemexia.season.mining import account_of, recorded
from phemexia.season.stage import PT, Stage, pt

MARKS = {"for": "[green]for[/]", "against": "[red]no[/]", "abstain": "[yellow]abs[/]", "": ""}
COLOURS = {"Executed": "green", "Defeated": "red", "Canceled": "red", "Expired": "yellow"}


def print_season(console: Console, stage: Stage, season: Season) -> None:
    """Print every table."""
    console.print()
    for table in (
        _mined(stage, season),
        _holdings(stage, season),
        _places(stage),
        _proposals(stage, season),
        _ballots(season),
        _gas(stage),
    ):
        console.print(table)
        console.print()


def _mined(stage: Stage, season: Season) -> Table:
    weeks = sorted({week for holder in season.everybody for week in holder.claims})
    title = "From xPT to PT: what each claimed at the TGE and in the weeks after it, in thousands of PT"
    table = Table(title=title, title_justify="left")
    table.add_column("holder", no_wrap=True)
    table.add_column("account", no_wrap=True)
    for column in ("xPT", "shovels", "TGE", *map(str, weeks[1:])):
        table.add_column(column, justify="right", no_wrap=True)
    for holder in season.holders:
        xpt, shovels = recorded(stage, holder)
        claims = (_thousands(holder.claims.get(week, 0)) for week in weeks)
        table.add_row(holder.name, account_of(season, holder), pt(xpt), str(shovels), *claims)
    sums = (_thousands(sum(student.claims.get(week, 0) for student in season.students)) for week in weeks)
    xpt = sum(recorded(stage, student)[0] for student in season.students)
    table.add_row(f"{len(season.students)} students", "", pt(xpt), "", *sums)
    return table


def _thousands(wei: int) -> str:
    return f"{wei / PT / 1_000:,.1f}" if wei else ""


def _holdings(stage: Stage, season: Season) -> Table:
    table = Table(title="Who holds what", title_justify="left")
    table.add_column("holder", no_wrap=True)
    for column in ("pass", "PT", "locked PT", "until", "vePT", "votes"):
        table.add_column(column, justify="right")
    table.add_column("votes through")
    names = {holder.account.address: holder.name for holder in season.holders}
    token, escrow = stage.suite.token, stage.suite.escrow
    for holder in season.holders:
        address = holder.account.address
        amount, until, delegatee, weight, votes = escrow.functions.lockOf(address).call()
        table.add_row(
            holder.name,
            str(holder.pass_id),
            pt(token.functions.balanceOf(address).call()),
            pt(amount),
            f"{datetime.fromtimestamp(until, UTC):%d %b %Y}",
            pt(weight),
            pt(votes),
            "" if delegatee == address else names[delegatee],
        )
    weight = sum(escrow.functions.getVotes(student.account.address).call() for student in season.students)
    table.add_row(f"{len(season.students)} students", "", "", "", "", pt(weight), pt(weight), "")
    return table


def _ballots(season: Season) -> Table:
    table = Table(title="Who voted how", title_justify="left")
    table.add_column("holder", no_wrap=True)
    for number in range(len(season.proposals)):
        table.add_column(f"{number + 1}", justify="center")
    for holder in (*season.holders, season.students[0]):
        if holder.ballots:
            name = f"{len(season.students)} students" if holder in season.students else holder.name
            marks = (MARKS[holder.ballots.get(proposal.title, "")] for proposal in season.proposals)
            table.add_row(name, *marks)
    return table


def _places(stage: Stage) -> Table:
    table = Table("place", title="Where the 1,000,000,000 PT are", title_justify="left")
    table.add_column("PT", justify="right")
    token = stage.suite.token
    total = token.functions.totalSupply().call()
    held = {
        name: token.functions.balanceOf(contract.address).call()
        for name, contract in (
            ("treasury", stage.suite.treasury),
            ("xPT campaign", stage.suite.campaign),
            ("collaborators' campaign", stage.suite.collaborators),
            ("investors' vesting", stage.suite.investors),
            ("operations' vesting", stage.suite.operations),
            ("builders' vesting", stage.suite.builders),
            ("vote escrow", stage.suite.escrow),
        )
    }
    held["wallets"] = total - sum(held.values())
    for name, amount in held.items():
        table.add_row(name, pt(amount))
    table.add_row("all", pt(total), style="bold")
    return table


def _proposals(stage: Stage, season: Season) -> Table:
    table = Table("", "proposal", "class", "by", title="What was decided", title_justify="left")
    for column in ("for", "against", "abstained", "quorum"):
        table.add_column(column, justify="right")
    table.add_column("outcome")
    governor = stage.suite.governor
    for number, proposal in enumerate(season.proposals, 1):
        against, in_favour, abstained = governor.functions.proposalVotes(proposal.id).call()
        quorum = governor.functions.proposalQuorum(proposal.id).call()
        outcome = ended = state(stage, proposal)
        if ended == "Defeated":
            outcome += ": no quorum" if in_favour + abstained < quorum else ": no majority"
        table.add_row(
            str(number),
            proposal.title,
            CLASSES[governor.functions.proposalClass(proposal.id).call()],
            proposal.proposer.name,
            *map(pt, (in_favour, against, abstained, quorum)),
            f"[{COLOURS[ended]}]{outcome}[/]",
        )
    return table


def _gas(stage: Stage) -> Table:
    table = Table("step", title="What it cost (gas, whole transactions)", title_justify="left")
    for column in ("times", "least", "most", "all"):
        table.add_column(column, justify="right")
    for step in stage.steps.values():
        figures = (len(step.gas), min(step.gas), max(step.gas), sum(step.gas))
        table.add_row(step.name, *(f"{figure:,}" for figure in figures))
    total = sum(sum(step.gas) for step in stage.steps.values())
    table.add_row("all", f"{sum(len(step.gas) for step in stage.steps.values()):,}", "", "", f"{total:,}")
    return table
