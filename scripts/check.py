"""`ape run check`: prove that what stands on a chain is what is configured."""

import click
from ape.api import ProviderAPI

from phemexia import cli as shared
from phemexia.config import load
from phemexia.deployment import Manifest, check, print_report, record_path

EXAMPLES = """\b
Examples:
  ape run check               # the anvil that 'ape run deploy' deployed to
  ape run check --network ethereum:sepolia:https://...
"""


@click.command(cls=shared.ChainCommand, epilog=EXAMPLES)
def cli(provider: ProviderAPI) -> None:
    """Prove code, roles, owners, parameters and the birth of PT against config/.

    Leaves with 0 if all is as configured, with 1 on any difference, with 2 if there is nothing to compare.
    """
    config, name = load(provider.network.name), shared.network_name(provider)
    report = check(provider.web3, config, Manifest.read(record_path(name)), name)
    print_report(shared.out, report, name)
    raise SystemExit(0 if report.good else 1)
