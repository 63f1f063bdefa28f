"""`ape run deploy`: deploy the suite, or what is left of it, and prove the result."""

from pathlib import Path

import click
from ape.api import ProviderAPI

from phemexia import artifacts
from phemexia import cli as shared
from phemexia.config import load
from phemexia.deployment import Deployer, Lines, check, print_report

EXAMPLES = """\b
Examples:
  .toolchain/bin/anvil        # in another terminal: a chain that outlives the command
  ape run deploy              # deploys to it
  ape run deploy --network ethereum:sepolia:https://... --account deployer
"""


@click.command(cls=shared.ChainCommand, epilog=EXAMPLES)
@click.option("--account", metavar="ALIAS", help="Who deploys; on a local chain the first test account.")
@click.option(
    "--timeout", type=click.IntRange(1), default=300, show_default=True, help="Seconds to wait for one block."
)
@shared.folders
def cli(provider: ProviderAPI, account: str | None, timeout: int, config: Path, records: Path) -> None:
    """Deploy what does not stand yet, and prove the result.

    The figures come from config/, what was done is recorded in deployments/. A run that broke off goes on when
    the command is run again; where everything stands, nothing is sent.
    """
    artifacts.require_fresh()
    figures, name = load(provider.network.name, config), shared.network_name(provider)
    signer = shared.ApeSigner(shared.account(account, provider.network.is_local), provider)
    progress = Lines(shared.out)
    outcome = Deployer(provider.web3, signer, figures, name, records, progress, timeout).run()

    report = check(provider.web3, figures, outcome.manifest, name)
    print_report(shared.out, report, name)
    if outcome.deployed:
        shared.out.print(f"Deployed {len(outcome.deployed)} contracts; the record is {outcome.manifest.shown}.")
    else:
        shared.out.print("Everything stood already: no transaction was sent.")
    raise SystemExit(0 if report.good else 1)
