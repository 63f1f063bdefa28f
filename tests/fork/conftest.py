"""The deployment of the record, on a fork of its network: `ape test --network ethereum:sepolia-fork:foundry`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ape
import pytest
from eth_account import Account
from eth_account.signers.local import LocalAccount
from web3 import Web3

from phemexia import cli
from phemexia.config import FOLDER as FIGURES
from phemexia.config import Configuration, load
from phemexia.deployment import Manifest, Report, check, record_path
from phemexia.deployment.manifest import FOLDER as RECORDS
from phemexia.suite import Suite

YES = "0x631626ba7e60e01b5f5260205ff3"
"""Code that takes any signature (ERC-1271): PUSH the magic value, shift it to the left, return it."""


@dataclass
class Fork:
    """The suite on a fork, and what an operator may do there: turn the clock, be anybody."""

    web3: Web3
    config: Configuration
    manifest: Manifest
    name: str

    def __post_init__(self) -> None:
        self.suite = Suite(self.web3, self.manifest)

    def check(self) -> Report:
        return check(self.web3, self.config, self.manifest, self.name)

    def rpc(self, method: str, *parameters: Any) -> Any:
        answer = self.web3.provider.make_request(method, list(parameters))  # type: ignore[arg-type]
        assert "error" not in answer, answer
        return answer["result"]

    def now(self) -> int:
        return int(self.web3.eth.get_block("latest")["timestamp"])

    def until(self, timestamp: int) -> None:
        if timestamp > self.now():
            self.rpc("evm_setNextBlockTimestamp", timestamp)
            self.rpc("evm_mine")

    def act(self, sender: str, call: Any) -> Any:
        """A call as that account, whoever has its key; it must succeed."""
        self.rpc("anvil_setBalance", sender, hex(10**18))
        self.rpc("anvil_impersonateAccount", sender)
        try:
            sent = call.transact({"from": sender, "gas": 5_000_000, "gasPrice": 2 * self.web3.eth.gas_price})
            receipt = self.web3.eth.wait_for_transaction_receipt(sent)
        finally:
            self.rpc("anvil_stopImpersonatingAccount", sender)
        assert receipt["status"] == 1
        return receipt

    @contextmanager
    def issuer_agrees(self) -> Iterator[None]:
        """While this lasts, the issuer's signature is whatever one likes."""
        issuer = self.suite.soul_pass.functions.issuer().call()
        before = self.web3.eth.get_code(issuer)
        self.rpc("anvil_setCode", issuer, YES)
        yield
        self.rpc("anvil_setCode", issuer, "0x" + before.hex())


@pytest.fixture
def fork() -> Fork:
    """The network that ape is connected to; the tests are meant for a fork, and for nothing that lasts."""
    provider = ape.networks.active_provider
    if provider is None or not provider.network.name.endswith("-fork"):
        pytest.exit("these tests want a fork: ape test --network ethereum:sepolia-fork:foundry", returncode=2)
    name = cli.network_name(provider)
    records = Path(os.environ.get(cli.RECORDS_VARIABLE, RECORDS))
    manifest = Manifest.read(record_path(name, records))
    if manifest is None:
        pytest.exit(f"nothing is recorded for {name}: deploy first, or fetch the record", returncode=2)
    figures = Path(os.environ.get(cli.FIGURES_VARIABLE, FIGURES))
    return Fork(provider.web3, load(cli.configured(provider), figures), manifest, name)


@pytest.fixture
def holder() -> LocalAccount:
    """Somebody who was never on this chain."""
    return Account.create()
