"""A node, and everything a deployment needs."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.anvil import Node, key

from phemexia.config import FOLDER, Configuration, load
from phemexia.deployment import (
    Deployer,
    KeySigner,
    Manifest,
    Outcome,
    Patience,
    Progress,
    Report,
    check,
    record_path,
)

NETWORK = "ethereum-local"


@pytest.fixture(scope="session")
def anvil() -> Iterator[Node]:
    with Node() as node:
        yield node


@pytest.fixture
def node(anvil: Node) -> Iterator[Node]:
    """The session's node, as new in each test."""
    mark = anvil.rpc("evm_snapshot")
    yield anvil
    anvil.rpc("evm_setAutomine", True)
    assert anvil.rpc("evm_revert", mark)


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    """A copy of the project's configuration, free to be changed."""
    return Path(shutil.copytree(FOLDER, tmp_path / "config"))


class Heard(Progress):
    """Keeps the notices of a run."""

    def __init__(self) -> None:
        self.notices: list[str] = []

    def notice(self, text: str) -> None:
        self.notices.append(text)


@dataclass
class World:
    """A node, a configuration, a folder for the record, and the account that deploys."""

    node: Node
    figures: Path
    records: Path
    signer: KeySigner

    @property
    def config(self) -> Configuration:
        return load("local", self.figures)

    def deploy(self, progress: Progress | None = None, timeout: float = 10, **more) -> Outcome:
        patience = Patience(timeout, more.pop("bump", 120), 0.05)
        return Deployer(
            self.node.web3, self.signer, self.config, NETWORK, self.records, progress, patience, **more
        ).run()

    def check(self) -> Report:
        return check(self.node.web3, self.config, self.manifest, NETWORK)

    @property
    def manifest(self) -> Manifest | None:
        return Manifest.read(record_path(NETWORK, self.records))

    def at(self, contract: str) -> str:
        assert self.manifest is not None
        return self.manifest.record.contracts[contract].address

    def sent(self) -> int:
        """How many transactions the deployer has sent and had mined."""
        return self.node.web3.eth.get_transaction_count(self.node.web3.to_checksum_address(self.signer.address))

    def figure(self, file: str, old: str, new: str) -> None:
        path = self.figures / file
        text = path.read_text()
        assert text.count(old) == 1
        path.write_text(text.replace(old, new))


@pytest.fixture
def world(node: Node, figures: Path, tmp_path: Path) -> World:
    return World(node, figures, tmp_path / "records", KeySigner(key(0)))


@pytest.fixture
def refuses(world: World) -> Callable[..., str]:
    """What a call is refused with; nothing may have been sent or recorded."""
    from phemexia.errors import Refused

    def attempt(action: Callable[[], object]) -> str:
        before = world.sent(), _content(world)
        with pytest.raises(Refused) as refused:
            action()
        assert (world.sent(), _content(world)) == before
        return str(refused.value)

    return attempt


def _content(world: World) -> dict[str, str]:
    return {path.name: path.read_text() for path in world.records.glob("*")}


@pytest.fixture(scope="module")
def once(anvil, tmp_path_factory):
    """One deployment for all tests of this file; its record's folder."""
    mark, records = anvil.rpc("evm_snapshot"), tmp_path_factory.mktemp("once")
    Deployer(anvil.web3, KeySigner(key(0)), load("local"), "ethereum-local", records).run()
    yield records
    anvil.rpc("evm_revert", mark)


@pytest.fixture
def deployed(once, world):
    shutil.copytree(once, world.records)
    return world
