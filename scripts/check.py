"""`ape run check`: prove that what stands on a chain is what is configured."""

from pathlib import Path

import click
from ape.api import ProviderAPI

from phemexia import artifacts
from phemexia import cli as shared
from phemexia.config import load
from phemexia.deployment import Manifest, check, print_report, record_path

EXAMPLES = """\b
Examples:
  ape run check               # the anvil that 'ape run deploy' deployed to
  ape run check --network ethereum:sepolia:node
"""


@click.command(cls=shared.ChainCommand, epilog=EXAMPLES)
@shared.folders
def cli(provider: ProviderAPI, config: Path, records: Path) -> None:
    """Prove code, roles, owners, parameters and the birth of PT against config/.

    Leaves with 0 if all is as configured, with 1 on any difference, with 2 if there is nothing to compare.
    """
    artifacts.require_fresh()
    figures, name = load(shared.configured(provider), config), shared.network_name(provider)
    report = check(provider.web3, figures, Manifest.read(record_path(name, records)), name)
    print_report(shared.out, report, name)
    raise SystemExit(0 if report.good else 1)
