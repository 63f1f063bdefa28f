"""The ABIs of Phemexia's contracts for Python, with nothing but the standard library.

import abi
escrow = web3.eth.contract("0x...", abi=abi.load("VotingEscrow"))
"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "json"


def names() -> list[str]:
    """The contracts that have one, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def load(name: str) -> list[dict[str, Any]]:
    """The ABI of the contract of that name; a :class:`KeyError` if there is none."""
    path = FOLDER / f"{name}.json"
    if name not in names():
        raise KeyError(f"there is no contract {name}: there are {', '.join(names())}")
    abi: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return abi
