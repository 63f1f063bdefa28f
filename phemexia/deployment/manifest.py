"""The record of a deployment: `deployments/<network>.json`.

It is written before a transaction is sent and after it was mined, each time as a whole or not at all. The chain is
the truth: what the record is needed for is to find a transaction that was on its way when a run died, and the
deployer and the times that the addresses and the code depend on.
"""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from phemexia.errors import Refused
from phemexia.toolchain import ROOT

FOLDER = ROOT / "deployments"
_RESTORE = "restore it, or move it away to have it rebuilt from the chain"


def record_path(network: str, folder: Path = FOLDER) -> Path:
    """The file that records the deployment on a network, such as `ethereum-sepolia`."""
    return folder / f"{network}.json"


class Entry(BaseModel):
    """One contract that stands."""

    model_config = ConfigDict(extra="forbid")

    address: str
    transaction: str | None
    """Hash; none for what a deployment proxy had made before."""
    block: int | None
    timestamp: int | None
    """Of the block, seconds since 1970."""
    arguments: dict[str, Any]
    """Of the constructor, by name; amounts in wei, durations in seconds."""
    creation_code: str
    """keccak-256 of what the compiler made, without arguments. It covers every source and setting."""
    code: str
    """keccak-256 of the runtime code on the chain."""
    configuration: str
    """SHA-256 of the figures the contract was deployed by."""


class Pending(BaseModel):
    """A transaction that was about to be sent, or was sent."""

    model_config = ConfigDict(extra="forbid")

    contract: str
    transaction: str
    nonce: int
    most: str | None = None
    """Wei that it offered for a unit of gas."""
    tip: str | None = None
    """Wei of that for the block's maker."""
    earlier: list[str] = []
    """Hashes of what it replaced, the latest first: one of them may be mined in its place."""


class Record(BaseModel):
    """What the file says."""

    model_config = ConfigDict(extra="forbid")

    network: str
    chain_id: int
    genesis: str
    """Hash of block 0: two chains with one id differ in it."""
    release: str
    deployer: str
    pending: Pending | None = None
    contracts: dict[str, Entry] = {}


class Manifest:
    """A record and its file."""

    def __init__(self, path: Path, record: Record) -> None:
        self.path = path
        self.record = record

    @classmethod
    def read(cls, path: Path) -> "Manifest | None":
        """The record in that file; none if there is no file."""
        try:
            return cls(path, Record.model_validate(json.loads(path.read_text(encoding="utf-8"))))
        except FileNotFoundError:
            return None
        except (ValidationError, ValueError, OSError):
            raise Refused(
                f"{shown(path)} is not a record of a deployment: restore it, or move it away to have it rebuilt "
                "from the chain"
            ) from None

    def write(self) -> None:
        """Replace the file as a whole; what is on disk is always one complete record."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.path.with_suffix(".tmp")
        with temporary.open("w", encoding="utf-8") as file:
            file.write(json.dumps(self.record.model_dump(), indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.path)

    @property
    def shown(self) -> str:
        """The file as a person would type it."""
        return shown(self.path)

    def require_unedited(self, at: Mapping[str, str], codes: Mapping[str, str] | None = None) -> None:
        """:class:`Refused` if it names other addresses than ``at``, or other hashes of code than ``codes``."""
        for contract, entry in self.record.contracts.items():
            if contract not in at:
                raise Refused(f"{self.shown} was edited: there is no contract {contract} in the suite; {_RESTORE}")
            if entry.address != at[contract]:
                raise Refused(
                    f"{self.shown} was edited: it has {contract} at {entry.address}, and this release has it at "
                    f"{at[contract]}; {_RESTORE}"
                )
            if codes and contract in codes and entry.code != codes[contract]:
                raise Refused(
                    f"{self.shown} was edited: it has another code for {contract} than the chain; {_RESTORE}"
                )

    def set_aside(self, say: Callable[[str], None], why: str) -> None:
        """Keep the file under its release's name, so that another record can take its place."""
        aside = self.path.with_suffix(f".{self.record.release}.json")
        self.path.replace(aside)
        say(f"{shown(self.path)} {why}; it is kept as {shown(aside)}")


def shown(path: Path) -> str:
    """A path as a person would type it in the project's folder."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
