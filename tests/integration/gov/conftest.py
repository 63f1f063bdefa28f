"""A deployed DAO with members, and `ape run gov` as they type it."""

import ape
import pytest
from click.testing import CliRunner
from eth_utils import keccak
from support.anvil import Node, data, key

from phemexia.config import load
from phemexia.deployment import Deployer, KeySigner
from phemexia.proposals import Dao, Life, draft, history
from scripts import gov

PT = 10**18
DAY = 86_400
WEEK = 7 * DAY
EXECUTIVE, STRANGER, GUARDIAN, ISSUER = 3, 6, 7, 8
PROPOSER, VOTER, SECOND, THIRD, POOR = 10, 11, 12, 13, 14
"""Numbers of test accounts."""
WEIGHTS = {PROPOSER: 300_000, VOTER: 6_000_000, SECOND: 3_000_000, THIRD: 700_000, POOR: 10}
"""Whole PT that each has locked for good: 10,000,010 together."""
BEGIN = 1_800_000_000


class World:
    """The node, the DAO, and verbs for what tests need to happen."""

    def __init__(self, node, records):
        self.node, self.records = node, records
        outcome = Deployer(node.web3, KeySigner(key(0)), load("local"), "ethereum-local", records).run()
        self.dao = Dao(node.web3, outcome.manifest)
        for number, amount in WEIGHTS.items():
            self._join(number)
            self._lock(number, amount * PT)
        self._join(EXECUTIVE)
        node.warp(node.now() + DAY)

    def _send(self, number, call):
        sent = call.transact({"from": key(number).address})
        assert self.node.web3.eth.wait_for_transaction_receipt(sent)["status"] == 1

    def _join(self, number):
        """Mint a pass."""
        soul_pass, wallet = self.dao.suite.soul_pass, key(number).address
        voucher = {"wallet": wallet, "account": keccak(text=wallet), "nonce": 0, "deadline": self.node.now() + DAY}
        types = {
            "Voucher": [
                {"name": "wallet", "type": "address"},
                {"name": "account", "type": "bytes32"},
                {"name": "nonce", "type": "uint256"},
                {"name": "deadline", "type": "uint256"},
            ]
        }
        domain = {
            "name": "Phemex Soul Pass",
            "version": "1",
            "chainId": self.node.web3.eth.chain_id,
            "verifyingContract": soul_pass.address,
        }
        signature = key(ISSUER).sign_typed_data(domain, types, voucher).signature
        self._send(number, soul_pass.functions.mint(tuple(voucher.values()), signature))

    def _lock(self, number, amount):
        suite, wallet = self.dao.suite, key(number).address
        spend = data("spendLarge(address,address,uint256,string)", suite.token.address, wallet, amount, "")
        self.node.impersonate(suite.timelock.address, suite.treasury.address, spend)
        self._send(number, suite.token.functions.approve(suite.escrow.address, amount))
        end = self.node.now() // WEEK * WEEK + 104 * WEEK
        self._send(number, suite.escrow.functions.create(amount, end))
        self._send(number, suite.escrow.functions.makePermanent())

    def propose(self, path, number=PROPOSER):
        """A file's proposal, as `ape run gov propose` would, without its simulation. Returns the id."""
        proposal, _ = draft.read(path, self.dao.names)
        self._send(number, self.dao.governor.functions.propose(*proposal.lists, proposal.description))
        return proposal.id

    def life(self, number=1) -> Life:
        return Life.of(self.dao, history.History(self.dao).proposals()[number - 1])

    def open(self, number=1):
        """To the first second of the vote."""
        self.node.warp(self.life(number).recorded.vote_start + 1)

    def close(self, number=1):
        """To the first second after the vote."""
        self.node.warp(self.life(number).deadline + 1)


@pytest.fixture(scope="session")
def _world(tmp_path_factory):
    with Node(accounts=20, timestamp=BEGIN) as node:
        yield World(node, tmp_path_factory.mktemp("records"))


@pytest.fixture
def world(_world, tmp_path, monkeypatch):
    """The DAO as it is after genesis, in each test."""
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
        records = ["--records", str(world.records)]
        result = CliRunner(mix_stderr=False).invoke(gov.cli, [*given, *records, *signer])
        assert result.exit_code == exit_code, (result.stdout, result.stderr, result.exception)
        assert "Traceback" not in result.stderr
        return result

    with ape.config.isolate_data_folder():
        yield invoke


GRANT = """
title: Pay a grant
text: |
  A thousand PT for the translation.
accounts:
  translator: "0x976EA74026E726554dB657fA54763abd0C3a0aa9"
actions:
  - contract: Treasury
    function: spend
    arguments: [PhemexToken, translator, "1,000 PT", grant]
"""

SECOND_REVERTS = (
    GRANT
    + """
  - contract: Treasury
    function: spend
    arguments: [PhemexToken, translator, "2,000,000,000 PT", more than there is]
  - contract: Mandates
    function: signal
    arguments: [hash of the text]
"""
)


@pytest.fixture
def file(tmp_path):
    """Writes a proposal's file."""

    def write(text=GRANT, name="grant.yaml"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write
