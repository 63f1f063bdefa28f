"""Compiles the Solidity that only tests need (``tests/contracts/``), kept out of the suite's own build.

``chain.deploy(compile_source("Places.sol", "Place"), token)`` deploys the contract ``Place`` of that file.
A name with a folder is one of the project's: ``compile_source("docs/examples/VipGate.sol")``.
"""

import hashlib
import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from phemexia.artifacts import Artifact
from phemexia.toolchain import BIN, ROOT

SOURCES = ROOT / "tests" / "contracts"
ROOMS = [SOURCES, ROOT / "contracts", ROOT / "abi", ROOT / "docs"]
CACHE = ROOT / ".cache" / "test-contracts"


@cache
def compile_source(file: str, contract: str | None = None) -> Artifact:
    """One contract of a file; by default the contract that is called like the file."""
    name = contract or Path(file).stem
    entry = _compiled(file)[name]
    code = {key: bytes.fromhex(entry["evm"][key]["object"]) for key in ("bytecode", "deployedBytecode")}
    return Artifact(name, _place(file), entry["abi"], code["bytecode"], code["deployedBytecode"])


def _place(file: str) -> str:
    """The file's path in the project."""
    return file if "/" in file else f"{SOURCES.relative_to(ROOT)}/{file}"


@cache
def _checksum() -> str:
    """One sum over the compiler and every source a test contract may import."""
    total = hashlib.sha256((ROOT / "package-lock.json").read_bytes())
    for path in sorted(path for room in ROOMS for path in room.rglob("*.sol")):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


@cache
def _compiled(file: str) -> dict[str, Any]:
    kept = CACHE / f"{Path(file).stem}-{_checksum()}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    source = _place(file)
    settings = {
        "evmVersion": "cancun",
        "optimizer": {"enabled": True, "runs": 200},
        "remappings": [
            "@openzeppelin/contracts=node_modules/@openzeppelin/contracts",
            "@safe-global/safe-smart-account=node_modules/@safe-global/safe-smart-account",
            "solady=node_modules/solady/src",
            "phemexia-abi=abi",
        ],
        "outputSelection": {"*": {"*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"]}},
    }
    request = {
        "language": "Solidity",
        "sources": {source: {"content": (ROOT / source).read_text()}},
        "settings": settings,
    }
    command = [str(BIN / "solc"), "--standard-json", "--base-path", str(ROOT)]
    done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    errors = [item["formattedMessage"] for item in answer.get("errors", []) if item["severity"] == "error"]
    if errors:
        raise RuntimeError("\n".join(errors))
    contracts = answer["contracts"][source]
    CACHE.mkdir(parents=True, exist_ok=True)
    scratch = kept.with_suffix(f".{id(contracts)}")  # two workers may compile at once; the rename is atomic
    scratch.write_text(json.dumps(contracts))
    scratch.replace(kept)
    return contracts
