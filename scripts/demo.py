"""`ape run demo`: a chain of its own, the suite deployed on it, and a season of the DAO."""

import tempfile
from pathlib import Path

import click

from phemexia import artifacts, mandates
from phemexia import cli as shared
from phemexia.anvil import Anvil
from phemexia.config import load
from phemexia.deployment import Deployer, KeySigner, Lines, check
from phemexia.errors import Failed
from phemexia.proposals import Dao
from phemexia.season import ACCOUNTS, BEGIN, Stage, play, print_season
from phemexia.season.company import state
from phemexia.season.hands import decided
from phemexia.season.stage import actor
from phemexia.toolchain import ROOT
from phemexia.treasury import Books, page

REPORT = ROOT / ".build" / "season" / "treasury.html"
EXAMPLES = """\b
Example:
  ape run demo
"""


@click.command(epilog=EXAMPLES)
def cli() -> None:
    """Deploy the suite on an embedded chain, play a season of the DAO, show what came of it.

    Nothing is left behind: the chain ends with the command, and its record is not kept.
    """
    with shared.sentences():
        artifacts.require_fresh()
        with tempfile.TemporaryDirectory() as records, Anvil(accounts=ACCOUNTS, timestamp=BEGIN) as node:
            stage = Stage(node, shared.out)
            figures = load("local")
            stage.chapter(f"Deploying the suite on chain {stage.web3.eth.chain_id}")
            deployer = KeySigner(actor(0))
            outcome = Deployer(stage.web3, deployer, figures, "local", Path(records), Lines(shared.out)).run()
            stage.dao = Dao(stage.web3, outcome.manifest)
            season = play(stage)
            print_season(shared.out, stage, season)
            books = Books.read(stage.dao, Path(records))
            REPORT.parent.mkdir(parents=True, exist_ok=True)
            REPORT.write_text(
                page.render(
                    books, season.names(stage.dao.names.plus(books.safes)), "season", mandates.select(stage.dao)
                )
            )
            shared.out.print(f"The treasury's report: {REPORT.relative_to(ROOT)}, to be opened in a browser")
            report = check(stage.web3, decided(figures, season), outcome.manifest, "local")
            for line in report.differences:
                shared.out.print(f"[red]{line}[/]")
            if not report.good:
                raise Failed("the deployment is no longer as configured")
            ends = ", ".join(state(stage, proposal) for proposal in season.proposals)
            shared.out.print(
                f"[bold green]{len(report.proven)} facts about the deployment proven; "
                f"{len(season.proposals)} proposals ended: {ends}[/]"
            )
