"""A contributor program on a node, and `ape run contribute` as people type it.

The group is a real one with a real Safe, which the node lets act without its owners' signatures; what a command
finds in a deployment's record is given to it. How it finds that by itself: test_deployed.py.
"""

from types import SimpleNamespace

import ape
import pytest
from click.testing import CliRunner
from web3 import HTTPProvider, Web3

from bench.chain import START, Bench
from bench.contribution import BUDGET, GROUP, PASS, Program
from phemexia import cli
from phemexia.config import load as figures
from phemexia.contribution import Board
from scripts import contribute

DAY = 86_400
PT = 10**18
__all__ = ["BUDGET", "DAY", "GROUP", "PASS", "PT"]


class World:
    """The program, and verbs for what others do. ``contributor`` holds pass 6, budget 2 pays."""

    def __init__(self, chain):
        self.chain, self.program = chain, Program(chain)
        self.web3 = Web3(HTTPProvider(chain.url, exception_retry_configuration=None))
        self.contributor = self.program.contributor.address
        self.account = self.program.account
        chain.rpc("anvil_setBalance", self.contributor, hex(10**20))

    @property
    def board(self):
        return Board(self.web3, self.program.contributors.address)

    def at(self, second):
        """The next block comes in that second; nothing else happens in it."""
        self.chain.rpc("evm_setNextBlockTimestamp", second)
        self.chain.rpc("evm_mine")

    def order(self, one):
        """The group's account does what an order says."""
        one.require(self.board)
        self.chain._receipt({"from": one.account, "to": one.call.contract.address, "data": one.call.data})

    def act(self, plan):
        """A wallet does what its plan says."""
        self.chain._receipt({"from": plan.wallet, "to": plan.call.contract.address, "data": plan.call.data})

    def balance(self, wallet):
        return self.chain.read(self.program.dao.pt, "balanceOf", wallet)

    @property
    def dao(self):
        """As much of a recorded deployment as a contributor's command looks at."""
        return SimpleNamespace(web3=self.web3, error=str, publishing="included")


@pytest.fixture(scope="session")
def _world():
    with Bench() as chain:
        world = World(chain)
        world.at(START + DAY)
        yield world


@pytest.fixture
def world(_world):
    """The same in each test."""
    with _world.chain.isolate():
        yield _world


@pytest.fixture
def run(world, monkeypatch):
    """Run a command; what it prints."""
    monkeypatch.setenv("APE_FOUNDRY_HOST", world.chain.url)
    monkeypatch.setattr(contribute, "opened", lambda *_: (world.dao, world.board, figures("local")))
    monkeypatch.setattr(cli, "address_of", lambda alias, provider: world.contributor)

    def invoke(*arguments, exit_code=0):
        result = CliRunner(mix_stderr=False).invoke(contribute.cli, [str(argument) for argument in arguments])
        assert result.exit_code == exit_code, (result.stdout, result.stderr, result.exception)
        assert "Traceback" not in result.stderr
        return result

    with ape.config.isolate_data_folder():
        yield invoke


@pytest.fixture
def refuses(run):
    """What a command is refused with: one sentence."""

    def attempt(*arguments):
        lines = run(*arguments, exit_code=2).stderr.splitlines()
        lines = [line for line in lines if not line.startswith(("WARNING", "INFO"))]
        assert len(lines) == 1, lines
        return lines[0].removeprefix("error: ")

    return attempt
