"""The stage: a chain whose clock moves on demand, actors with keys, and a note of what each step cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import to_checksum_address
from rich.console import Console
from web3 import HTTPProvider, Web3
from web3.contract.contract import ContractFunction
from web3.exceptions import ContractCustomError
from web3.types import RPCEndpoint, TxReceipt

from phemexia.anvil import MNEMONIC, Anvil
from phemexia.artifacts import error_name
from phemexia.errors import Failed
from phemexia.proposals import Dao
from phemexia.suite import Suite

DAY = 86_400
WEEK = 7 * DAY
PT = 10**18

Account.enable_unaudited_hdwallet_features()


def actor(index: int) -> LocalAccount:
    """One of anvil's public test accounts."""
    account: LocalAccount = Account.from_mnemonic(MNEMONIC, account_path=f"m/44'/60'/0'/0/{index}")
    return account


@dataclass
class Step:
    """Gas of all transactions of one kind."""

    name: str
    gas: list[int] = field(default_factory=list)


class Stage:
    """A running anvil with web3, and the verbs of the story. ``dao`` is set when the suite is deployed."""

    def __init__(self, node: Anvil, console: Console) -> None:
        self.node = node
        always = {RPCEndpoint("eth_chainId")}  # web3 asks for it before every call
        provider = HTTPProvider(node.url, {"timeout": 60}, cache_allowed_requests=True, cacheable_requests=always)
        self.web3 = Web3(provider)
        self.console = console
        self.steps: dict[str, Step] = {}
        self.dao: Dao

    @property
    def suite(self) -> Suite:
        """The deployed contracts."""
        return self.dao.suite

    def chapter(self, title: str) -> None:
        """A heading, with the date on the chain."""
        self.console.print(f"\n[bold cyan]{self.date()}[/]  [bold]{title}[/]")

    def say(self, text: str) -> None:
        """A line of the story."""
        self.console.print(f"  {text}")

    def now(self) -> int:
        """The chain's clock in seconds since 1970."""
        return int(self.web3.eth.get_block("latest")["timestamp"])

    def date(self) -> str:
        """The chain's clock as a date."""
        return f"{datetime.fromtimestamp(self.now(), UTC):%d %b %Y %H:%M}"

    def until(self, timestamp: int) -> None:
        """Let time pass until that second."""
        if timestamp > self.now():
            self.node.warp(timestamp)

    def act(self, who: LocalAccount, what: str, call: ContractFunction) -> TxReceipt:
        """Sign and send a transaction; its gas is booked under ``what``."""
        try:
            nonce = self.web3.eth.get_transaction_count(who.address)
            transaction = call.build_transaction({"from": who.address, "nonce": nonce})
        except ContractCustomError as error:
            raise Failed(f"{what} would revert: {error_name(str(error.data))}") from error
        # The clock may tick between the estimate and the block, and what a step costs depends on the second.
        transaction["gas"] += transaction["gas"] // 2
        signed = who.sign_transaction(transaction)  # type: ignore[arg-type]  # web3's dictionary is eth_account's
        receipt = self.web3.eth.wait_for_transaction_receipt(
            self.web3.eth.send_raw_transaction(signed.raw_transaction)
        )
        if receipt["status"] != 1:
            raise Failed(f"the transaction {receipt['transactionHash'].to_0x_hex()} ({what}) reverted")
        self.steps.setdefault(what, Step(what)).gas.append(receipt["gasUsed"])
        return receipt

    def refused(self, who: LocalAccount, call: ContractFunction) -> str:
        """What the contract says when it refuses a call; :class:`Failed` if it does not."""
        return self.refused_from(who.address, call)

    def refused_from(self, sender: str, call: ContractFunction) -> str:
        """The same of a call by a contract, such as a Safe."""
        try:
            call.call({"from": to_checksum_address(sender)})
        except ContractCustomError as error:
            return error_name(str(error.data))
        raise Failed("a call that must be refused was not")


def pt(wei: int) -> str:
    """Wei as whole PT."""
    return f"{wei / PT:,.0f}"


def sign_typed(
    signer: LocalAccount, domain: dict[str, Any], types: dict[str, Any], message: dict[str, Any]
) -> bytes:
    """An EIP-712 signature."""
    return bytes(signer.sign_typed_data(domain, types, message).signature)
