"""`ape run deploy`: deploy the suite, or what is left of it, and prove the result."""

from pathlib import Path

import click
from ape.api import ProviderAPI

from phemexia import artifacts
from phemexia import cli as shared
from phemexia.config import load
from phemexia.config.units import GWEI, show_ether
from phemexia.deployment import Deployer, Lines, Patience, Quote, check, print_quote, print_report
from phemexia.errors import Refused

EXAMPLES = """\b
Examples:
  .toolchain/bin/anvil        # in another terminal: a chain that outlives the command
  ape run deploy              # deploys to it
  ape run deploy --network ethereum:sepolia:node --account deployer
  ape run deploy --network base:sepolia:node --account deployer --max-fee 2 --yes
"""


@click.command(cls=shared.ChainCommand, epilog=EXAMPLES)
@click.option("--account", metavar="ALIAS", help="Who deploys; on a local chain the first test account.")
@click.option("--yes", is_flag=True, help="Don't ask before the first transaction.")
@click.option(
    "--max-fee",
    metavar="GWEI",
    type=click.FloatRange(0, min_open=True),
    help="The most that a unit of gas may cost. [default: fees.ceiling of the network's file]",
)
@click.option(
    "--bump", type=click.IntRange(1), default=120, show_default=True, help="Seconds until a transaction that is "
    "not mined is replaced by one that pays more.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.IntRange(1), default=900, show_default=True, help="Seconds to wait for a transaction."
)
@shared.folders
def cli(
    provider: ProviderAPI, account: str | None, yes: bool, max_fee: float | None, bump: int, timeout: int,
    config: Path, records: Path,
) -> None:  # fmt: skip
    """Deploy what does not stand yet, and prove the result.

    The figures come from config/, what was done is recorded in deployments/. On a public network the cost is shown
    and asked for before the first transaction. A run that broke off goes on when the command is run again; where
    everything stands, nothing is sent.
    """
    artifacts.require_fresh()
    figures, name = load(shared.configured(provider), config), shared.network_name(provider)
    signer = shared.ApeSigner(shared.account(account, provider.network.is_local), provider)

    def approve(quote: Quote) -> None:
        if provider.network.is_local:
            return
        print_quote(shared.out, quote)
        if yes:
            return
        try:
            agreed = click.confirm("Send them?", err=True)
        except click.Abort:
            agreed = False
        if not agreed:
            raise Refused("not agreed: nothing was sent (answer y, or say --yes)")

    deployer = Deployer(
        provider.web3, signer, figures, name, records, Lines(shared.out),
        Patience(timeout, bump, shared.poll(provider)), round(max_fee * GWEI) if max_fee else None, approve,
    )  # fmt: skip
    outcome = deployer.run()

    report = check(provider.web3, figures, outcome.manifest, name)
    print_report(shared.out, report, name)
    if outcome.deployed:
        shared.out.print(f"Deployed {len(outcome.deployed)} contracts; the record is {outcome.manifest.shown}.")
        shared.out.print(f"They cost {show_ether(deployer.log.spent)}; the log is {deployer.log.shown}.")
    else:
        shared.out.print("Everything stood already: no transaction was sent.")
    raise SystemExit(0 if report.good else 1)
