"""The compiled contracts, as `ape compile` left them, readable without loading ape.

Run as a program it prints the size of each contract and fails when one exceeds the limit of EIP-170.
"""

import json
import sys
from dataclasses import dataclass
from functools import cache
from typing import Any

from eth_abi import decode
from eth_utils import keccak
from eth_utils.abi import collapse_if_tuple

from phemexia.toolchain import ROOT

BUILD = ROOT / ".build" / "__local__.json"
RUNTIME_LIMIT = 24_576
"""Bytes of runtime code that a chain accepts (EIP-170)."""

SAFE = "node_modules/@safe-global/safe-smart-account"
"""Safe 1.5.0 as npm has it, with what its makers compiled: the very code that stands on public networks."""
FOREIGN = {
    "SafeL2": "SafeL2.sol",
    "SafeProxyFactory": "proxies/SafeProxyFactory.sol",
    "SafeProxy": "proxies/SafeProxy.sol",
    "CompatibilityFallbackHandler": "handler/CompatibilityFallbackHandler.sol",
}
"""Contracts of others that the suite stands on, and their sources below `contracts`."""


class NotCompiled(Exception):
    """A contract is asked for that `ape compile` has not produced."""


@dataclass(frozen=True)
class Artifact:
    """One compiled contract.

    ``initcode`` and ``runtime`` are bytes; ``runtime`` has zeros where the constructor writes immutables.
    """

    name: str
    source: str
    abi: list[dict[str, Any]]
    initcode: bytes
    runtime: bytes


@cache
def _contract_types() -> dict[str, Any]:
    if not BUILD.exists():
        raise NotCompiled("the contracts are not compiled: run 'make compile'")
    types: dict[str, Any] = json.loads(BUILD.read_text())["contractTypes"]
    return types


def require_fresh() -> None:
    """Raise :class:`NotCompiled` if a source is not what it was when it was compiled."""
    _contract_types()
    sources = json.loads(BUILD.read_text())["sources"]
    compiled = {name: source["content"].strip() for name, source in sources.items()}
    paths = (ROOT / "contracts").rglob("*.sol")
    present = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").strip() for path in paths}
    for name in sorted(compiled.keys() | present.keys()):
        if compiled.get(name) != present.get(name):
            raise NotCompiled(f"{name} has changed since the contracts were compiled: run 'make compile'")


def _code(entry: dict[str, Any], key: str) -> bytes:
    return bytes.fromhex(entry.get(key, {}).get("bytecode", "0x").removeprefix("0x"))


def names() -> list[str]:
    """Names of all compiled contracts and interfaces, sorted."""
    return sorted(_contract_types())


@cache
def load(name: str) -> Artifact:
    """The compiled contract of that name, ours or one of :data:`FOREIGN`; raises :class:`NotCompiled`."""
    if name in FOREIGN:
        return _foreign(name)
    entry = _contract_types().get(name)
    if entry is None:
        raise NotCompiled(f"there is no compiled contract {name!r}: run 'make compile', or check the name")
    return Artifact(
        name=name,
        source=entry["sourceId"],
        abi=entry["abi"],
        initcode=_code(entry, "deploymentBytecode"),
        runtime=_code(entry, "runtimeBytecode"),
    )


def _foreign(name: str) -> Artifact:
    """As Hardhat wrote it."""
    path = ROOT / SAFE / "build" / "artifacts" / "contracts" / FOREIGN[name] / f"{name}.json"
    if not path.exists():
        raise NotCompiled(f"Safe's {name} is not installed: run 'make setup'")
    entry = json.loads(path.read_text(encoding="utf-8"))
    code = [bytes.fromhex(entry[key].removeprefix("0x")) for key in ("bytecode", "deployedBytecode")]
    return Artifact(name, f"{SAFE}/{entry['sourceName']}", entry["abi"], *code)


def contract_type(name: str) -> dict[str, Any]:
    """The compiled contract of that name as ape describes one."""
    load(name)  # says what to do if there is none
    found: dict[str, Any] = _contract_types()[name]
    return found


def error_name(data: str) -> str:
    """The custom error that revert data (hex) stands for, with its arguments; the data where none is known."""
    raw = bytes.fromhex(data.removeprefix("0x"))
    for name in names():
        for item in load(name).abi:
            if item["type"] != "error":
                continue
            types = [collapse_if_tuple(i) for i in item["inputs"]]
            if keccak(text=f"{item['name']}({','.join(types)})")[:4] == raw[:4]:
                return f"{item['name']}({', '.join(map(_shown, decode(types, raw[4:])))})"
    return data


def _shown(value: Any) -> str:
    return f"0x{value.hex()}" if isinstance(value, bytes) else str(value)


def main() -> int:
    """Print the table of sizes; 1 if a contract is too large to deploy."""
    from rich.console import Console
    from rich.table import Table

    table = Table("contract", "source", title="Contract sizes (bytes)")
    table.add_column("runtime", justify="right")
    table.add_column("free of 24,576", justify="right")
    too_large = False
    for artifact in map(load, names()):
        size = len(artifact.runtime)
        if size == 0:
            continue
        too_large |= size > RUNTIME_LIMIT
        table.add_row(artifact.name, artifact.source, f"{size:,}", f"{RUNTIME_LIMIT - size:,}")
    Console().print(table)
    return int(too_large)


if __name__ == "__main__":
    sys.exit(main())
