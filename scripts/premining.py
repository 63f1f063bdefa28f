"""`ape run premining`: from trading records to xPT, and from there onto the chain."""

from pathlib import Path
from typing import Any

import click
from ape.api import ProviderAPI
from rich.table import Table

from phemexia import cli as shared
from phemexia.attest import CommitmentKey, read_accounts
from phemexia.config import FOLDER, load_premining
from phemexia.config.units import WEI

KEY = Path("commitment.key")
NAMES = {"retail": "retail", "api": "API"}


def figures(command: Any) -> Any:
    """The option for where the rules are."""
    kind = click.Path(file_okay=False, path_type=Path)
    return click.option("--config", type=kind, default=FOLDER, help="Where the figures are. [default: config/]")(
        command
    )


def example(text: str) -> str:
    """The end of a command's help."""
    return f"\b\nExamples:\n  ape run premining {text}"


def xpt(wei: int) -> str:
    """Whole xPT for people, rounded down; the exact wei are in the files."""
    return f"{wei // WEI:,}"


@click.group()
def cli() -> None:
    """Pre-mining: compute xPT from trading records, show it, publish it."""


@cli.command(
    cls=shared.PlainCommand, epilog=example("compute trades.parquet season/ --passes passes.parquet --stages 1")
)
@click.argument("records")
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--passes", type=click.Path(path_type=Path), required=True, help="Passes: account, pass_id, minted_at."
)
@click.option("--stages", type=click.IntRange(1), help="Compute only the first so many. [default: all]")
@click.option("--backend", default="duckdb://", help="An Ibis connection string. [default: duckdb://]")
@click.option("--memory", default="3GB", help="What DuckDB may use; it spills the rest to disk. [default: 3GB]")
@click.option("--threads", type=click.IntRange(1), help="For DuckDB. [default: all processors]")
@figures
def compute(
    records: str, target: Path, passes: Path, stages: int | None, backend: str, memory: str, threads: int | None,
    config: Path,
) -> None:  # fmt: skip
    """Compute xPT from RECORDS (.parquet, .csv, a folder, or table:NAME of the backend) into the folder TARGET.

    Bad records are refused with their rows, and nothing is written. A run that broke off goes on when it is
    started again; where the result stands, nothing is done.
    """
    from phemexia.premining import results

    question = results.Question(records, passes, target, load_premining(config), backend, memory, threads, stages)
    with shared.err.status("reading") as status:
        report = results.compute(question, status.update)
    table = Table(
        "stage",
        "mined",
        "retail",
        "API",
        "to the treasury",
        "accounts",
        "root",
        title=f"Pre-mining: xPT in {target}",
    )
    for column in table.columns[1:6]:
        column.justify = "right"
    for stage in report["stages"]:
        root = stage["root"][:10] + "…" if stage["root"] else "none"
        amounts = [xpt(stage[key]) for key in ("mined", "retail", "api", "to_treasury")]
        table.add_row(str(stage["stage"]), *amounts, f"{stage['accounts']:,}", root)
    shared.out.print(table)
    shared.out.print(
        f"{report['records']:,} records; {report['passes']:,} passes, {report['disqualified']:,} accounts with "
        f"a negative maker fee earn nothing"
    )


@cli.command(cls=shared.PlainCommand, epilog=example("show season/ u0000017"))
@click.argument("season", type=click.Path(path_type=Path))
@click.argument("who", metavar="ACCOUNT_OR_ID")
@click.option("--proof", type=click.Path(path_type=Path), help="Write what its holder claims with to a new file.")
def show(season: Path, who: str, proof: Path | None) -> None:
    """What an account has earned in a computed season, and the proofs of its grants."""
    from phemexia.premining import results

    found = results.standing(season, who)
    if proof is not None:
        from phemexia.distribution.proofs import write_proof

        write_proof(proof, found.root, found.grants.values())
    table = Table("", "", title=f"xPT of {found.account}, pass {found.pass_id}", show_header=False)
    for kind, wei in found.amounts.items():
        table.add_row(NAMES[kind], f"{xpt(wei)} xPT ({wei:,} wei)")
    for kind, grant in found.grants.items():
        table.add_row(f"{NAMES[kind]} leaf", str(grant.values))
        table.add_row(f"{NAMES[kind]} proof", "\n".join("0x" + node.hex() for node in grant.proof))
    shared.out.print(table)


@cli.command(cls=shared.PlainCommand, epilog=example("leaderboard season/ --stage 2 --top 20"))
@click.argument("season", type=click.Path(path_type=Path))
@click.option("--stage", type=click.IntRange(1), help="Which. [default: the last]")
@click.option("--top", type=click.IntRange(1, 1000), default=10, help="How many. [default: 10]")
def leaderboard(season: Path, stage: int | None, top: int) -> None:
    """The best accounts of a stage; a shovel is held in the next stage."""
    from phemexia.premining import results

    found = results.leaderboard(season, stage, top)
    table = Table("rank", "account", "pass", "xPT", "retail", "API", "shovel", title=f"The best of {season}")
    for column in (*table.columns[2:6], table.columns[0]):
        column.justify = "right"
    for row in found.to_pylist():
        retail, api = int(row["retail"]), int(row["api"])
        shovel = "golden" if row["shovel"] else ""
        table.add_row(
            str(row["rank"]), row["account"], str(row["pass_id"]), xpt(retail + api), xpt(retail), xpt(api), shovel
        )
    shared.out.print(table)


@cli.command(cls=shared.PlainCommand, epilog=example("generate records/ --rows 1000000 --seed 7"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--rows", type=click.IntRange(1), default=1_000_000, help="How many records. [default: 1000000]")
@click.option("--seed", type=click.IntRange(0), default=1, help="The same seed makes the same rows. [default: 1]")
@figures
def generate(folder: Path, rows: int, seed: int, config: Path) -> None:
    """Make up trading records and passes, to try things out: trades.parquet and passes.parquet in FOLDER."""
    from phemexia.premining.generate import generate as make

    with shared.err.status("making records"):
        trades, passes = make(folder, rows, seed, load_premining(config))
    shared.out.print(f"{rows:,} records in {trades}, their passes in {passes}")


def holds_key(command: Any) -> Any:
    """The option for the key that accounts are found by."""
    kind = click.Path(path_type=Path)
    return click.option(
        "--key", type=kind, default=KEY, help="The commitment key, by which accounts have their passes."
    )(command)


@cli.command(
    cls=shared.ChainCommand, epilog=example("passes accounts.csv passes.csv --key commitment.key --network ...")
)
@click.argument("source", metavar="ACCOUNTS", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@holds_key
@shared.folders
def passes(
    provider: ProviderAPI, source: Path, target: Path, key: Path, config: Path, records: Path
) -> None:  # fmt: skip
    """Write which of the ACCOUNTS (CSV: account) hold a pass since when, for 'compute --passes'."""
    from phemexia.distribution.minted import minted, write_passes

    rows, secret = read_accounts(source), CommitmentKey.read(key)
    dao, _ = shared.dao_of(provider, config, records)
    with shared.err.status("reading the chain"):
        found = minted(dao, [row.account_id for row in rows], secret)
    write_passes(target, found)
    shared.out.print(f"{len(found):,} of {len(rows):,} accounts have a pass: {target}")


@cli.command(
    cls=shared.ChainCommand,
    epilog=example("publish season/ --stage 2 --key commitment.key --account publisher --send"),
)
@click.argument("season", type=click.Path(path_type=Path))
@click.option("--stage", type=click.IntRange(1), help="What was earned up to this one. [default: the last]")
@holds_key
@click.option(
    "--batch", type=click.IntRange(1, 400), default=200, help="Passes in one transaction. [default: 200]"
)
@click.option("--lower", is_flag=True, help="Also a root that grants less than the one before.")
@click.option("--send", is_flag=True, help="Do it; otherwise it is only shown.")
@click.option("--account", "alias", metavar="ALIAS", help="The publisher: an alias of ape.")
@shared.folders
def publish(
    provider: ProviderAPI, season: Path, stage: int | None, key: Path, batch: int, lower: bool, send: bool,
    alias: str | None, config: Path, records: Path,
) -> None:  # fmt: skip
    """Publish a computed season: xPT and shovels onto passes, and the root that its PT is claimed by.

    A run that broke off is simply repeated: what stands on the chain is not sent again.
    """
    from phemexia.distribution import drawing, publishing
    from phemexia.holder.courier import Courier
    from phemexia.premining.earnings import earnings

    earned, secret = earnings(season, stage), CommitmentKey.read(key)
    dao, figures = shared.dao_of(provider, config, records)
    wallet = shared.address_of(alias, provider)
    courier = Courier(dao, wallet, figures.network.fees.ceiling)
    if send:
        courier.settle(poll=shared.poll(provider))
    with shared.progress() as bar:
        task = bar.add_task("comparing with the chain", total=None)
        publication = publishing.prepare(dao, earned, secret, lower, lambda done: bar.advance(task, done))
    publishing.require_offices(dao, wallet, publication)
    shared.out.print(drawing.publication(publication, batch))
    calls = list(publication.calls(dao.suite.campaign, dao.suite.soul_pass, batch))
    if calls:
        gas = publishing.gas(calls, courier.attempt)
        shared.out.print(f"it costs {courier.price(gas, transactions=len(calls)).text}")
    if not send:
        shared.out.print("\n[bold]Nothing was sent.[/] Add --send to do it.")
        return
    for path in publication.keep():
        shared.out.print(f"written: {path}")
    if not calls:
        shared.out.print("\nAll of it stands already: nothing to send.")
        return
    account, receipts = shared.who(alias, provider), []
    with shared.progress() as bar:
        task = bar.add_task("publishing", total=sum(count for _, count in calls))
        for call, count in calls:
            receipts.append(courier.send(account, call))
            bar.advance(task, count)
    shared.print_done(f"stage {earned.stage} of {season} is published", receipts)
