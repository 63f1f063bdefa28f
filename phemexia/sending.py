"""A call's way to the chain by an account of ape, the same on local and on live networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eth_utils import to_checksum_address
from web3 import Web3

from phemexia.deployment.node import answering
from phemexia.errors import Failed

if TYPE_CHECKING:
    from ape.api import AccountAPI
    from web3.contract.contract import ContractFunction
    from web3.types import TxReceipt

MOST_GAS = 2**24
"""What the network lets one transaction have (EIP-7825)."""
MARGIN = 11, 10
"""Times the estimate is what a transaction may use: the chain moves on between the two."""


def send(web3: Web3, account: AccountAPI, call: ContractFunction, spare: int = 0) -> TxReceipt:
    """Sign and send a call that would not revert now, and wait for it; :class:`Failed` if it does then.

    ``spare`` is gas that it gets on top of the estimate. The estimate is asked for here, since ape asks for it
    without saying who sends, and a call that only an office may make has none then.
    """
    gas = call.estimate_gas({"from": to_checksum_address(str(account.address))})
    fields: dict[str, Any] = {
        "receiver": call.address,
        "data": bytes.fromhex(call._encode_transaction_data()[2:]),
        "gas_limit": min(gas * MARGIN[0] // MARGIN[1] + spare, MOST_GAS),
    }
    with answering():
        receipt = account.call(account.provider.network.ecosystem.create_transaction(**fields))
        if receipt.failed:
            raise Failed(f"the transaction {receipt.txn_hash} reverted")
        return web3.eth.get_transaction_receipt(receipt.txn_hash)
