"""A deployed suite with a founder, and `ape run holder` as a holder types it."""

import ape
import pytest
from click.testing import CliRunner
from support.anvil import Node, key
from support.holders import DAY, FOUNDER, PT, Holders

from phemexia.proposals import history
from scripts import holder

BEGIN = 1_800_000_000
"""Friday 2027-01-15 08:00 UTC."""


@pytest.fixture(scope="session")
def _world(tmp_path_factory):
    with Node(accounts=20, timestamp=BEGIN) as node:
        world = Holders(node, tmp_path_factory.mktemp("records"))
        world.join(FOUNDER)
        world.lock(FOUNDER, 3_000_000 * PT)
        node.warp(node.now() + DAY)
        yield world


@pytest.fixture
def world(_world, tmp_path, monkeypatch):
    """The same in each test."""
    monkeypatch.setattr(history, "CACHE", tmp_path / "history")
    mark = _world.node.rpc("evm_snapshot")
    yield _world
    assert _world.node.rpc("evm_revert", mark)


@pytest.fixture
def run(world, monkeypatch):
    """Run a command; ``by`` is the number of a test account."""
    monkeypatch.setenv("APE_FOUNDRY_HOST", world.node.url)

    def invoke(*arguments, by=None, exit_code=0):
        given = [str(argument) for argument in arguments]
        signer = [] if by is None else ["--account", f"TEST::{by}"]
        records = [] if "--records" in given else ["--records", str(world.records)]
        result = CliRunner(mix_stderr=False).invoke(holder.cli, [*given, *records, *signer])
        assert result.exit_code == exit_code, (result.stdout, result.stderr, result.exception)
        assert "Traceback" not in result.stderr
        return result

    with ape.config.isolate_data_folder():
        yield invoke


@pytest.fixture
def refuses(world, run):
    """What a command is refused with: one sentence, exit code 2, and nothing sent, though it says --send."""

    def attempt(*arguments, by):
        count = world.node.web3.eth.get_transaction_count
        before = count(key(by).address, "pending")
        sentences = []
        for send in ([], ["--send"]):
            result = run(*arguments, *send, by=by, exit_code=2)
            lines = [line for line in result.stderr.splitlines() if not line.startswith(("WARNING", "INFO"))]
            assert len(lines) == 1, result.stderr
            assert lines[0].startswith("error: ")
            sentences.append(lines[0].removeprefix("error: "))
        assert count(key(by).address, "pending") == before
        assert sentences[0] == sentences[1]
        return sentences[0]

    return attempt
