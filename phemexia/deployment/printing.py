"""How a deployment and its proof look on a terminal."""

from itertools import pairwise

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from phemexia.config.units import show_ether, show_gas_price
from phemexia.deployment.fees import Quote
from phemexia.deployment.manifest import Entry
from phemexia.deployment.proof import Report
from phemexia.deployment.sending import Progress


class Lines(Progress):
    """A line for each thing that happens."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def notice(self, text: str) -> None:
        """Yellow: it needs a thought."""
        self._console.print(f"[yellow]{escape(text)}[/]")

    def planned(self, standing: list[str], missing: list[str]) -> None:
        """What will not be deployed, and how much will."""
        for contract in standing:
            self._console.print(f"[dim]{contract} stands already[/]")
        if missing:
            self._console.print(f"{len(missing)} contracts to deploy")

    def sending(self, contract: str, transaction: str) -> None:
        """So that a transaction can be looked up while it is on its way."""
        self._console.print(f"{contract}: sending {transaction}")

    def done(self, contract: str, entry: Entry) -> None:
        """Where it stands."""
        self._console.print(f"[green]{contract}: stands at {entry.address}, block {entry.block}[/]")


def print_quote(console: Console, quote: Quote) -> None:
    """What is about to be sent, and what it costs."""
    price, most = show_gas_price(quote.fees.expected), show_gas_price(quote.fees.most)
    table = Table(title=f"To send from {quote.deployer}", title_justify="left", show_footer=True)
    table.add_column("transaction", footer=f"all {len(quote.estimates)}")
    table.add_column("gas", footer=f"{quote.gas:,}", justify="right")
    table.add_column(f"ether, at {price}", footer=show_ether(quote.expected).split()[0], justify="right")
    for estimate in quote.estimates:
        cost = show_ether(quote.cost(estimate)).split()[0]
        table.add_row(estimate.contract, f"{estimate.gas:,}", cost)
    console.print(table)
    console.print(
        f"About {show_ether(quote.expected)}, and {show_ether(quote.most)} at the most ({most} for each gas); "
        f"the account holds {show_ether(quote.balance)}."
    )


def print_report(console: Console, report: Report, network: str) -> None:
    """A table of what was proven, then a line for each difference."""
    table = Table("", "subject", "as configured", title=f"Proven on {network}", title_justify="left")
    for column in table.columns:
        column.overflow = "fold"
    for row, following in pairwise([*report.proven, ("", "", "")]):
        table.add_row(*map(escape, row), end_section=row[0] != following[0])
    console.print(table)
    for line in report.differences:
        console.print(f"[bold red]{escape(line)}[/]", soft_wrap=True)
    if report.good:
        console.print(f"[bold green]{len(report.proven)} facts proven, no difference.[/]")
    else:
        console.print(f"[bold red]{len(report.differences)} differences, {len(report.proven)} facts proven.[/]")
