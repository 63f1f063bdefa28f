"""`ape run verify`: the sources of a deployment, ready for Etherscan and Sourcify."""

import json
from pathlib import Path

import click
from ape.api import ProviderAPI

from phemexia import artifacts
from phemexia import cli as shared
from phemexia.config import load
from phemexia.deployment import Manifest, record_path, recorded
from phemexia.deployment.bundle import bundle, publish
from phemexia.errors import Refused

EXAMPLES = """\b
Examples:
  ape run verify bundle/ --network ethereum:sepolia:node
  ETHERSCAN_API_KEY=... ape run verify bundle/ --publish --network ethereum:sepolia:node
"""


@click.command(cls=shared.ChainCommand, epilog=EXAMPLES)
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--publish", "publishing", is_flag=True, help="Hand it in, too: wants ape-etherscan and its key.")
@shared.folders
def cli(provider: ProviderAPI, target: Path, publishing: bool, config: Path, records: Path) -> None:
    """Write what an explorer needs to verify each contract: standard JSON input and constructor arguments.

    Everything is compiled first, as an explorer does, and compared with what was deployed; that takes a minute.
    """
    artifacts.require_fresh()
    figures, name = load(shared.configured(provider), config), shared.network_name(provider)
    manifest = recorded(provider.web3, figures, Manifest.read(record_path(name, records)), name)
    if target.exists():
        raise Refused(f"{target} is there already: name another folder, so that nothing is overwritten")
    explorer = provider.network.explorer
    if publishing and explorer is None:
        raise Refused(f"no explorer is known for {name}: 'ape plugins install etherscan' makes one known")

    made = bundle(provider.web3, manifest)
    index = {"chain_id": manifest.record.chain_id, "compiler": made.compiler, "contracts": {}}
    for each in made.contracts:
        folder = target / each.contract
        folder.mkdir(parents=True)
        (folder / "input.json").write_text(json.dumps(each.input, indent=1) + "\n")
        (folder / "arguments.txt").write_text(each.arguments + "\n")
        index["contracts"][each.contract] = {
            "address": each.address, "contract": each.name, "transaction": each.transaction,
        }  # fmt: skip
    (target / "index.json").write_text(json.dumps(index, indent=2) + "\n")
    shared.out.print(
        f"{len(made.contracts)} contracts in {target}: each was compiled, and gives the code deployed"
    )
    if publishing:
        for each in made.contracts:
            client = explorer._client_factory.get_contract_client(each.address)
            shared.out.print(f"{each.contract}: handed in, ticket {publish(client, each, made.compiler)}")
