"""What an explorer wants to see the sources of a deployment: standard JSON input and constructor arguments.

Each input has the sources that its contract imports, no others, and the settings that it was compiled by. It is
compiled before it is written, so what is in a bundle gives the code that was deployed.
"""

import hashlib
import json
import posixpath
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from hexbytes import HexBytes
from web3 import Web3

from phemexia import artifacts
from phemexia.deployment.manifest import Manifest
from phemexia.deployment.node import answering
from phemexia.deployment.origin import DEPLOY
from phemexia.deployment.plan import FACTORY, code_name, compiled
from phemexia.errors import Failed, Refused
from phemexia.toolchain import BIN, ROOT

CACHE = ROOT / ".cache" / "verified"
IMPORT = re.compile(r"""^\s*import\s+(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']""", re.MULTILINE)
MIT = 3
"""Etherscan's number for the licence of our sources."""


@dataclass(frozen=True)
class Verification:
    """One contract, as an explorer takes it."""

    contract: str
    address: str
    transaction: str | None
    source: str
    """The path of its file within the input."""
    input: dict[str, Any]
    """Standard JSON input."""
    arguments: str
    """ABI-encoded constructor arguments, hexadecimal, without 0x."""

    @property
    def name(self) -> str:
        """The contract as explorers name it: `contracts/treasury/Treasury.sol:Treasury`."""
        return f"{self.source}:{code_name(self.contract)}"


@dataclass(frozen=True)
class Bundle:
    """All contracts of a deployment, and the compiler's long version."""

    compiler: str
    contracts: list[Verification]


def bundle(web3: Web3, manifest: Manifest) -> Bundle:
    """The deployment of a record; :class:`Failed` if the sources no longer give the code that was deployed."""
    version, settings = _compiler()
    with answering():
        made = [
            Verification(
                contract=name,
                address=entry.address,
                transaction=entry.transaction,
                source=compiled(name).source,
                input=_input(name, settings),
                arguments=_arguments(web3, name, entry.transaction),
            )
            for name, entry in manifest.record.contracts.items()
            if name not in artifacts.FOREIGN  # explorers have the sources from their makers
        ]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_recompile, made))
    return Bundle(f"v{version}", made)


def _compiler() -> tuple[str, dict[str, Any]]:
    """The version and the settings that the build was made by."""
    compilers = json.loads(artifacts.BUILD.read_text())["compilers"]
    (compiler,) = (each for each in compilers if each["name"] == "solidity")
    settings = {key: value for key, value in compiler["settings"].items() if key != "outputSelection"}
    return compiler["version"], settings


def _input(name: str, settings: dict[str, Any]) -> dict[str, Any]:
    source = compiled(name).source
    remappings = [tuple(line.split("=")) for line in settings.get("remappings", [])]
    found: dict[str, dict[str, str]] = {}
    open_ = [source]
    while open_:
        path = open_.pop()
        if path in found:
            continue
        text = (ROOT / path).read_text(encoding="utf-8")
        found[path] = {"content": text}
        open_ += [_resolved(path, imported, remappings) for imported in IMPORT.findall(text)]
    output = {source: {code_name(name): ["abi", "evm.bytecode.object", "evm.deployedBytecode.object", "metadata"]}}
    return {
        "language": "Solidity",
        "sources": dict(sorted(found.items())),
        "settings": {**settings, "outputSelection": output},
    }


def _resolved(path: str, imported: str, remappings: list[tuple[str, ...]]) -> str:
    if imported.startswith("."):
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), imported))
    for prefix, target in remappings:
        if imported.startswith(f"{prefix}/"):
            return target + imported[len(prefix) :]
    return imported


def _arguments(web3: Web3, name: str, transaction: str | None) -> str:
    """What the constructor was given, from the transaction: the configuration may have changed since."""
    if name == FACTORY:
        return ""
    if transaction is None:
        raise Refused(f"the record has no transaction for {name}: run 'ape run deploy' again to complete it")
    data, code = bytes(web3.eth.get_transaction(HexBytes(transaction))["input"]), compiled(name).initcode
    start = data.find(code)
    if data[:4] != DEPLOY or start < 0:
        raise Failed(f"{name} was deployed from other sources: check out those of the deployment, and compile")
    length = int.from_bytes(data[start - 32 : start])  # of code and arguments, as the ABI writes it before them
    return data[start + len(code) : start + length].hex()


def _recompile(verification: Verification) -> None:
    """Compile an input as an explorer does; :class:`Failed` if other code comes out than was deployed."""
    request = json.dumps(verification.input)
    seen = CACHE / hashlib.sha256(request.encode()).hexdigest()
    code = compiled(verification.contract).initcode
    if not (seen.exists() and seen.read_bytes() == code):
        command = [str(BIN / "solc"), "--standard-json", "--base-path", str(CACHE)]
        CACHE.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(command, input=request, capture_output=True, text=True, check=True)
        contracts = json.loads(done.stdout).get("contracts", {})
        made = contracts.get(verification.source, {}).get(code_name(verification.contract), {})
        if bytes.fromhex(made.get("evm", {}).get("bytecode", {}).get("object", "")) != code:
            raise Failed(
                f"the sources of {verification.contract} give other code on their own: nothing was written"
            )
        seen.write_bytes(code)


class Client(Protocol):
    """What the plugin ape-etherscan offers for one address."""

    def verify_source_code(self, standard_json_output: dict[str, Any], compiler_version: str, **more: Any) -> str:
        """Hand in the sources; returns a ticket."""

    def check_verify_status(self, guid: str) -> str:
        """What became of it."""


def publish(client: Client, verification: Verification, compiler: str) -> str:
    """Hand in one contract to the explorer; returns the ticket.

    ape's own way looks for the constructor's arguments in the first transaction of an address; ours came through a
    factory, so they are given here.
    """
    optimizer = verification.input["settings"]["optimizer"]
    return client.verify_source_code(
        verification.input,
        compiler,
        contract_name=verification.name,
        optimization_used=optimizer["enabled"],
        optimization_runs=optimizer["runs"],
        constructor_arguments=verification.arguments,
        evm_version=verification.input["settings"]["evmVersion"],
        license_type=MIT,
        via_ir=True,
    )
