"""A real node for tests, seen through web3.

with Node() as node:
    node.web3.eth.block_number
"""

from typing import Any

from eth_abi import encode
from eth_abi.grammar import parse
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import keccak
from web3 import HTTPProvider, Web3
from web3.types import RPCEndpoint

from phemexia.anvil import MNEMONIC, Anvil
from phemexia.deployment.plan import PROXY_CODE, SAFE_PROXY

Account.enable_unaudited_hdwallet_features()


def key(index: int) -> LocalAccount:
    """One of anvil's accounts, with 10,000 ether."""
    account: LocalAccount = Account.from_mnemonic(MNEMONIC, account_path=f"m/44'/60'/0'/0/{index}")
    return account


def data(signature: str, *arguments: Any) -> bytes:
    """Call data, without an ABI: `data("burn(uint256)", 1)`."""
    selector, types = keccak(text=signature)[:4], signature[signature.index("(") :]
    if types == "()":
        return selector
    # A dynamic tuple comes after its offset; the arguments of a call are the same tuple without it.
    return selector + encode([types], [arguments])[32 if parse(types).is_dynamic else 0 :]


class Node(Anvil):
    """An anvil of one's own with a web3 connection."""

    def start(self, patience: float = 20.0) -> "Node":
        super().start(patience)
        self.rpc("anvil_setCode", SAFE_PROXY, "0x" + PROXY_CODE.hex())  # as public networks have it
        self.web3 = Web3(
            HTTPProvider(
                self.url,
                exception_retry_configuration=None,
                cache_allowed_requests=True,  # web3 asks for the chain's id before every call
                cacheable_requests={RPCEndpoint("eth_chainId")},
            )
        )
        return self

    def impersonate(self, sender: str, to: str, data: bytes) -> None:
        """A transaction of somebody whose key nobody has; it must succeed."""
        self.rpc("anvil_setBalance", sender, hex(10**18))
        self.rpc("anvil_impersonateAccount", sender)
        sent = self.rpc("eth_sendTransaction", {"from": sender, "to": to, "data": "0x" + data.hex()})
        assert self.web3.eth.wait_for_transaction_receipt(sent)["status"] == 1
        self.rpc("anvil_stopImpersonatingAccount", sender)
