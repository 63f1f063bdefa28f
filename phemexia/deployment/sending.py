"""Sending one transaction at a time and seeing it through: recorded before it is sent, replaced while it is stuck.

All that is ever sent for a step has one nonce, so that no more than one of it can be mined.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from eth_account.signers.local import LocalAccount
from eth_utils import keccak
from hexbytes import HexBytes
from requests.exceptions import RequestException
from web3 import Web3
from web3.exceptions import ContractLogicError, TransactionNotFound, Web3RPCError
from web3.types import TxParams, TxReceipt

from phemexia.config.units import show_gas_price
from phemexia.deployment.fees import GAS_MARGIN, Fees, suggest
from phemexia.deployment.log import Log
from phemexia.deployment.manifest import Entry, Manifest, Pending
from phemexia.deployment.node import first_line
from phemexia.deployment.rehearsal import Rehearsed
from phemexia.errors import Failed, Refused

PASSED_OVER = 5
"""How often a nonce must be seen used, and no receipt of ours, to believe that another transaction used it."""


class Signer(Protocol):
    """An account that signs transactions."""

    @property
    def address(self) -> str:
        """Checksummed."""

    def sign(self, transaction: dict[str, Any]) -> bytes:
        """The signed transaction, as it is sent."""


class KeySigner:
    """A private key in this process."""

    def __init__(self, account: LocalAccount) -> None:
        self._account = account

    @property
    def address(self) -> str:
        """Checksummed."""
        return str(self._account.address)

    def sign(self, transaction: dict[str, Any]) -> bytes:
        """The signed transaction."""
        return bytes(self._account.sign_transaction(transaction).raw_transaction)


class Progress:
    """What a run tells while it goes; override what is of interest."""

    def notice(self, text: str) -> None:
        """Something a person should know."""

    def planned(self, standing: list[str], missing: list[str]) -> None:
        """What stands already, and what will be deployed."""

    def sending(self, contract: str, transaction: str) -> None:
        """The transaction is recorded, and will now be sent."""

    def sent(self, contract: str, transaction: str) -> None:
        """The node has taken the transaction."""

    def mined(self, contract: str, transaction: str) -> None:
        """The transaction succeeded; the record does not say so yet."""

    def done(self, contract: str, entry: Entry) -> None:
        """The contract stands and is recorded."""


@dataclass(frozen=True)
class Patience:
    """How long to wait for a transaction, in seconds."""

    timeout: float = 900
    """Then the run ends; the next one goes on waiting."""
    bump: float = 120
    """Then it is replaced by one that pays more."""
    poll: float = 0.5
    """Between two questions to the node."""


class Sender:
    """One account's way to the chain."""

    def __init__(
        self,
        web3: Web3,
        signer: Signer,
        chain_id: int,
        fees: Callable[[], Fees],
        ceiling: int,
        progress: Progress,
        patience: Patience,
        log: Log,
    ) -> None:
        """``fees`` gives the price for a new transaction, or raises; ``ceiling`` is in wei for a unit of gas."""
        self.web3 = web3
        self.signer = signer
        self.chain_id = chain_id
        self.fees = fees
        self.ceiling = ceiling
        self.progress = progress
        self.patience = patience
        self.log = log
        self.sent = False
        """Whether anything was sent, by this run: then there is something to go on with."""
        self._calls: dict[str, tuple[str, bytes, int]] = {}
        """By contract: whom its transaction calls, with what, for how much gas."""
        self.lost: Pending | None = None
        """What an earlier run recorded and this node does not know; another node may."""

    @property
    def address(self) -> str:
        """Checksummed."""
        return self.signer.address

    # New transactions

    def send(self, manifest: Manifest, step: Rehearsed) -> tuple[str, TxReceipt]:
        """Send the transaction of a step and wait for it; returns its hash and receipt."""
        call: TxParams = {
            "from": Web3.to_checksum_address(self.address),
            "to": Web3.to_checksum_address(step.to),
            "data": HexBytes(step.data),
        }
        try:
            gas = int(self.web3.eth.estimate_gas(call) * GAS_MARGIN)
        except ContractLogicError as error:
            raise self.stop(f"the chain refuses {step.contract}: {first_line(error)}") from error
        fees = self.fees()
        nonce = self.web3.eth.get_transaction_count(Web3.to_checksum_address(self.address), "pending")
        earlier: list[str] = []
        if self.lost is not None and self.lost.nonce == nonce:
            earlier = [self.lost.transaction, *self.lost.earlier]
            fees = fees.over(paid(self.lost), self.ceiling) or fees
        self._calls[step.contract] = step.to, step.data, gas
        pending = self._post(manifest, step.contract, step.to, step.data, gas, nonce, fees, earlier)
        self.lost = None
        return self.wait(manifest, pending)

    def stop(self, sentence: str) -> Failed | Refused:
        """What ends a run: nothing was done if nothing was sent."""
        return Failed(sentence) if self.sent else Refused(f"{sentence}: nothing was sent")

    def _post(
        self,
        manifest: Manifest,
        contract: str,
        to: str,
        data: bytes,
        gas: int,
        nonce: int,
        fees: Fees,
        earlier: list[str],
    ) -> Pending:
        raw = self.signer.sign(
            {
                "chainId": self.chain_id,
                "nonce": nonce,
                "to": to,
                "value": 0,
                "data": "0x" + data.hex(),
                "gas": gas,
                **fees.fields(),
            }
        )
        pending = Pending(
            contract=contract,
            transaction="0x" + keccak(raw).hex(),
            nonce=nonce,
            most=str(fees.most),
            tip=None if fees.tip is None else str(fees.tip),
            earlier=earlier,
        )
        manifest.record.pending = pending
        manifest.write()
        self.log.add(
            "replaced" if earlier else "sent",
            contract,
            pending.transaction,
            **({"instead": earlier[0]} if earlier else {}),
            nonce=nonce,
            gas=gas,
            most=fees.most,
            tip=fees.tip,
        )
        self.progress.sending(contract, pending.transaction)
        self.sent = True
        try:
            self.web3.eth.send_raw_transaction(HexBytes(raw))
        except Web3RPCError as error:
            if not earlier:
                raise Failed(
                    f"the node does not take the transaction for {contract}: {first_line(error)}"
                ) from error
            self.progress.notice(f"the node does not take the replacement: {first_line(error)}")
        else:
            self.progress.sent(contract, pending.transaction)
        return pending

    # Transactions on their way

    def known(self, pending: Pending) -> bool:
        """Whether the node knows a transaction that was sent for this."""
        return self._of_node(pending) is not None

    def _of_node(self, pending: Pending) -> Any:
        for transaction in (pending.transaction, *pending.earlier):
            try:
                return self.web3.eth.get_transaction(HexBytes(transaction))
            except TransactionNotFound:
                continue
        return None

    def wait(self, manifest: Manifest, pending: Pending) -> tuple[str, TxReceipt]:
        """Wait until it is mined, or what replaced it; a node that goes away meanwhile is waited for."""
        begun = since = time.monotonic()
        silent, passed_over = False, 0
        while True:
            try:
                if (found := self._mined(pending)) is not None:
                    break
                silent = False
                passed_over += self._passed_over(pending)
                if passed_over > PASSED_OVER:
                    raise Failed(
                        f"another transaction took the nonce {pending.nonce} of {self.address}, which "
                        f"{pending.transaction} for {pending.contract} had: run the command again to go on"
                    )
                if time.monotonic() - since > self.patience.bump:
                    since = time.monotonic()
                    pending = self._replace(manifest, pending)
            except (RequestException, ConnectionError, TimeoutError):
                if not silent:
                    self.progress.notice("the node does not answer; waiting for it to come back")
                silent = True
            if time.monotonic() - begun > self.patience.timeout:
                raise Failed(
                    f"the transaction {pending.transaction} for {pending.contract} is not mined after "
                    f"{self.patience.timeout:.0f} seconds: run the command again to go on waiting"
                )
            time.sleep(self.patience.poll)
        transaction, receipt = found
        self.log.mined(pending.contract, transaction, receipt)
        if receipt["status"] != 1:
            manifest.record.pending = None
            manifest.write()
            raise Failed(f"the transaction {transaction} for {pending.contract} was reverted")
        self.progress.mined(pending.contract, transaction)
        return transaction, receipt

    def _mined(self, pending: Pending) -> tuple[str, TxReceipt] | None:
        for transaction in (pending.transaction, *pending.earlier):
            try:
                return transaction, self.web3.eth.get_transaction_receipt(HexBytes(transaction))
            except TransactionNotFound:
                continue
        return None

    def _passed_over(self, pending: Pending) -> bool:
        used = self.web3.eth.get_transaction_count(Web3.to_checksum_address(self.address), "latest")
        return used > pending.nonce

    def _replace(self, manifest: Manifest, pending: Pending) -> Pending:
        """Send the same again for more, as far as the ceiling allows; a node may have forgotten it meanwhile."""
        old = self._of_node(pending)
        if old is not None and old.get("blockNumber") is not None:
            return pending  # mined just now
        if old is not None:
            self._calls[pending.contract] = Web3.to_checksum_address(old["to"]), bytes(old["input"]), old["gas"]
        if pending.contract not in self._calls:
            return pending  # of an earlier run, and forgotten since this one began: the next one sends it anew
        offered = paid(pending) or (_paid_by(old) if old is not None else None)
        fees = suggest(self.web3, self.ceiling).over(offered, self.ceiling)
        if fees is None:
            self.progress.notice(
                f"{pending.contract} is stuck, and the ceiling of {show_gas_price(self.ceiling)} leaves no room "
                "to pay more: waiting"
            )
            return pending
        self.progress.notice(f"{pending.contract} is stuck: sending it again at {show_gas_price(fees.most)}")
        return self._post(
            manifest,
            pending.contract,
            *self._calls[pending.contract],
            pending.nonce,
            fees,
            [pending.transaction, *pending.earlier],
        )


def paid(pending: Pending) -> Fees | None:
    """What the last transaction for this offered, if the record says it."""
    if pending.most is None:
        return None
    return Fees(int(pending.most), None if pending.tip is None else int(pending.tip), int(pending.most))


def _paid_by(transaction: Any) -> Fees:
    most = transaction.get("maxFeePerGas") or transaction["gasPrice"]
    return Fees(most, transaction.get("maxPriorityFeePerGas"), most)
