"""What the commands share: errors as one sentence on stderr, exit codes, the connection to a chain.

Exit codes: 0 done, 1 something went wrong or differs, 2 bad input or circumstances (nothing was done).
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from ape.cli import ConnectedProviderCommand
from ape.exceptions import AccountsError, ApeException
from eth_utils import is_address, to_checksum_address
from requests.exceptions import RequestException
from rich.console import Console
from rich.markup import escape
from web3 import HTTPProvider, Web3

from phemexia import artifacts
from phemexia.artifacts import NotCompiled
from phemexia.config import FOLDER as FIGURES
from phemexia.config import load
from phemexia.deployment import Manifest, record_path, recorded
from phemexia.deployment.manifest import FOLDER as RECORDS
from phemexia.errors import Failed, Refused
from phemexia.suite import NAMES, Suite

if TYPE_CHECKING:
    from ape.api import AccountAPI, ProviderAPI
    from rich.progress import Progress
    from web3.types import TxReceipt

    from phemexia.config import Configuration
    from phemexia.proposals import Dao

out = Console(highlight=False, width=None if sys.stdout.isatty() else 130)
err = Console(stderr=True, highlight=False, soft_wrap=True)

RECORDS_VARIABLE, FIGURES_VARIABLE = "PHEMEXIA_RECORDS", "PHEMEXIA_CONFIG"
"""Environment variables in place of the options, for what has none: the console, the tests on a fork."""
USUAL_ANVIL = "http://127.0.0.1:8545"


def folders(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options `--config` and `--records`, for what lies elsewhere than in the project."""
    kind = click.Path(file_okay=False, path_type=Path)
    for name, variable, default, text in (
        ("--records", RECORDS_VARIABLE, RECORDS, "Where deployments are recorded."),
        ("--config", FIGURES_VARIABLE, FIGURES, "Where the figures are."),
    ):
        help_ = f"{text} [default: {default.name}/]"
        command = click.option(name, type=kind, default=default, envvar=variable, help=help_)(command)
    return command


@contextmanager
def sentences() -> Iterator[None]:
    """Errors that a person can act on end the command with one sentence; all others stay what they are."""
    try:
        yield
    except (Refused, NotCompiled) as error:
        fail(str(error), 2)
    except Failed as error:
        fail(str(error), 1)
    except click.UsageError as error:
        fail(" ".join(error.format_message().split()).rstrip("."), 2)
    except ApeException as error:
        fail(one_line(error), 2)
    except (RequestException, ConnectionError) as error:
        fail(f"the node does not answer ({type(error).__name__})", 2)


def fail(sentence: str, code: int) -> None:
    """Print the sentence on stderr and leave with that code."""
    err.print(f"[bold red]error:[/] {escape(click.unstyle(sentence))}")
    raise SystemExit(code)


def one_line(error: Exception) -> str:
    """The first line of an error's text."""
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")


class ChainCommand(ConnectedProviderCommand):
    """A command that is connected to a chain before it runs; `--network` chooses it.

    On the local network it joins the anvil at `APE_FOUNDRY_HOST`, or the one on the usual port if it runs;
    otherwise ape starts a chain that lives as long as the command.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Click's, with errors as sentences."""
        with sentences():
            return list(super().parse_args(ctx, args))

    def invoke(self, ctx: click.Context) -> Any:
        """Connect, then run."""
        with sentences():
            join_running_anvil()
            return super().invoke(ctx)


class PlainCommand(click.Command):
    """A command that asks no chain, with errors as sentences."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Click's, with errors as sentences."""
        with sentences():
            return list(super().parse_args(ctx, args))

    def invoke(self, ctx: click.Context) -> Any:
        """Run."""
        with sentences():
            return super().invoke(ctx)


def join_running_anvil() -> None:
    """Point ape at an anvil that listens on the usual port, unless the environment names another host."""
    if "APE_FOUNDRY_HOST" in os.environ:
        return
    web3 = Web3(HTTPProvider(USUAL_ANVIL, {"timeout": 2}, exception_retry_configuration=None))
    try:
        is_anvil = "anvil" in web3.client_version.lower()
    except Exception:  # whatever it is, it is not an anvil
        return
    if is_anvil:
        os.environ["APE_FOUNDRY_HOST"] = USUAL_ANVIL


class ApeSigner:
    """An account of ape that signs for :class:`phemexia.deployment.Deployer`."""

    def __init__(self, account: "AccountAPI", provider: "ProviderAPI") -> None:
        self._account = account
        self._provider = provider

    @property
    def address(self) -> str:
        """Checksummed."""
        return str(self._account.address)

    def sign(self, transaction: dict[str, Any]) -> bytes:
        """The signed transaction; :class:`Failed` if its owner does not sign."""
        prepared = self._provider.network.ecosystem.create_transaction(**transaction)
        signed = self._account.sign_transaction(prepared)
        if signed is None:
            raise Failed("the transaction was not signed: run the command again to go on")
        return bytes(signed.serialize_transaction())


def network_name(provider: "ProviderAPI") -> str:
    """Such as `ethereum-sepolia`: the name of the record. A fork has the name of the network it is a fork of."""
    return f"{provider.network.ecosystem.name}-{provider.network.name.removesuffix('-fork')}"


def configured(provider: "ProviderAPI") -> str:
    """The name of the network's file in config/networks: `sepolia`, `base-sepolia`; Ethereum's have no prefix."""
    return network_name(provider).removeprefix("ethereum-")


def poll(provider: "ProviderAPI") -> float:
    """Seconds between two questions to a node."""
    return 0.05 if provider.network.is_local else 0.5


def who(alias: str | None, provider: "ProviderAPI") -> "AccountAPI":
    """The account that signs: an alias, or `TEST::n` on a local chain."""
    from ape import accounts

    local = provider.network.is_local
    if alias is not None and local and alias.startswith("TEST::") and alias[6:].isdecimal():
        if int(alias[6:]) >= len(accounts.test_accounts):
            last = len(accounts.test_accounts) - 1
            raise Refused(f'there is no account "{alias}": the last one is TEST::{last}')
        return accounts.test_accounts[int(alias[6:])]
    if alias is None and not local:
        raise Refused("no account: name the one that signs by --account ALIAS ('ape accounts list' shows them)")
    return account(alias, local)


def account(alias: str | None, is_local: bool) -> "AccountAPI":
    """The account of that alias, unlocked; on a local chain the first test account, if none is named."""
    from ape import accounts

    if alias is None:
        if not is_local:
            raise Refused(
                "no account: name the one that deploys by --account ALIAS ('ape accounts list' shows them)"
            )
        return accounts.test_accounts[0]
    if alias not in accounts.aliases:
        raise Refused(f"there is no account \"{alias}\": 'ape accounts list' shows those that are known")
    found = accounts.load(alias)
    if hasattr(found, "set_autosign"):
        try:
            found.set_autosign(True)  # asks for the passphrase once, not for each transaction
        except AccountsError as error:
            raise Refused(f"the passphrase of {alias} is wrong: nothing was sent") from error
    return found


def address_of(alias: str | None, provider: "ProviderAPI") -> str:
    """The address of an account, which stays locked; an address is itself."""
    from ape import accounts

    if alias is not None and is_address(alias):
        return to_checksum_address(alias)
    if alias is None or alias not in accounts.aliases:
        return to_checksum_address(str(who(alias, provider).address))
    return to_checksum_address(str(accounts.load(alias).address))


def dao_of(provider: "ProviderAPI", config: Path, records: Path) -> "tuple[Dao, Configuration]":
    """The whole suite of this network, and the network's figures; :class:`Refused` if it is not there."""
    from phemexia.proposals import Dao

    artifacts.require_fresh()
    figures, name = load(configured(provider), config), network_name(provider)
    manifest = recorded(provider.web3, figures, Manifest.read(record_path(name, records)), name)
    if missing := [contract for contract in NAMES.values() if contract not in manifest.record.contracts]:
        raise Refused(f"{manifest.shown} has no {missing[0]}: the deployment is not complete")
    return Dao(provider.web3, manifest, publishing=figures.network.fees.publishing), figures


def progress() -> "Progress":
    """A bar on stderr that is gone afterwards; on what is no terminal there is none, and no empty line either."""
    from rich.progress import Progress

    return Progress(console=err, transient=True, disable=not err.is_terminal)


def print_done(done: str, receipts: "Sequence[TxReceipt]") -> None:
    """What was sent, and what it cost."""
    from phemexia.holder.courier import show_fee

    paid = sum(receipt["gasUsed"] * receipt["effectiveGasPrice"] for receipt in receipts)
    used = sum(receipt["gasUsed"] for receipt in receipts)
    last = receipts[-1]["transactionHash"].to_0x_hex()
    out.print(f"\n[green]done:[/] {escape(done)}, in {last}", soft_wrap=True)
    out.print(f"it took {used:,} gas and cost {show_fee(paid)}")


CONSOLE = {
    "soul_pass": "SoulPass",
    "pt": "PhemexToken",
    "ve": "VotingEscrow",
    "gov": "PhemexGovernor",
    "timelock": "PhemexTimelock",
    "classes": "ActionClasses",
    "team": "CoreTeam",
    "mandates": "Mandates",
    "groups": "WorkingGroups",
    "treasury": "Treasury",
    "campaign": "Campaign",
}
"""What the contracts are called in the console."""


def bound(provider: "ProviderAPI") -> dict[str, Any]:
    """The deployed suite by those names, and `suite`, `figures`, `record`.

    :class:`Refused` if nothing is recorded for the chain, or the record is of another one or was edited.
    """
    from ape import chain
    from ethpm_types import ContractType

    folder = Path(os.environ.get(FIGURES_VARIABLE, FIGURES))
    figures, name = load(configured(provider), folder), network_name(provider)
    manifest = Manifest.read(record_path(name, Path(os.environ.get(RECORDS_VARIABLE, RECORDS))))
    manifest = recorded(provider.web3, figures, manifest, name)
    if missing := [contract for contract in CONSOLE.values() if contract not in manifest.record.contracts]:
        raise Refused(
            f"{manifest.shown} has no {missing[0]}: run 'ape run deploy' again, it goes on where it stopped"
        )
    names: dict[str, Any] = {}
    for short, contract in CONSOLE.items():
        kind = ContractType.model_validate(artifacts.contract_type(contract))
        names[short] = chain.contracts.instance_at(
            manifest.record.contracts[contract].address, kind, fetch_from_explorer=False, detect_proxy=False
        )
    return names | {"suite": Suite(provider.web3, manifest), "figures": figures, "record": manifest.record}


def console_names(provider: "ProviderAPI") -> dict[str, Any]:
    """The same for the console, which goes on if there is none: the reason is told in one sentence."""
    try:
        with sentences():
            return bound(provider)
    except SystemExit:
        return {}
