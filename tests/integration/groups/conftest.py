"""A deployed suite whose group Growth has members with passes, and `ape run groups` as anyone types it."""

import ape
import pytest
from click.testing import CliRunner
from support.anvil import Node
from support.holders import Holders

from scripts import groups

BEGIN = 1_800_000_000
LEAD, MEMBER, OTHER = 17, 18, 19
"""Who is seated in Growth, by config/networks/local.yaml."""


@pytest.fixture(scope="session")
def _world(tmp_path_factory):
    with Node(accounts=20, timestamp=BEGIN) as node:
        world = Holders(node, tmp_path_factory.mktemp("records"))
        for number in (LEAD, MEMBER, OTHER):
            world.join(number)
        yield world


@pytest.fixture
def world(_world):
    """The same in each test."""
    mark = _world.node.rpc("evm_snapshot")
    yield _world
    assert _world.node.rpc("evm_revert", mark)


@pytest.fixture
def run(world, monkeypatch):
    """Run a command; ``by`` is the number of a test account."""
    monkeypatch.setenv("APE_FOUNDRY_HOST", world.node.url)
    monkeypatch.setattr("phemexia.cli.out.width", 200)

    def invoke(*arguments, by=None, exit_code=0):
        signer = [] if by is None else ["--account", f"TEST::{by}"]
        given = [*map(str, arguments), "--records", str(world.records), *signer]
        result = CliRunner(mix_stderr=False).invoke(groups.cli, given)
        assert result.exit_code == exit_code, (result.stdout, result.stderr, result.exception)
        assert "Traceback" not in result.stderr
        return result

    with ape.config.isolate_data_folder():
        yield invoke


@pytest.fixture
def refused(run):
    """The sentence that a command is refused with."""

    def attempt(*arguments, by=None):
        result = run(*arguments, by=by, exit_code=2)
        (line,) = [line for line in result.stderr.splitlines() if not line.startswith(("WARNING", "INFO"))]
        return line.removeprefix("error: ")

    return attempt
