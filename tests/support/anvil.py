"""An anvil of one's own: a real node on a free port, ended with the block.

with Anvil() as node:
    node.web3.eth.block_number
"""

import socket
import subprocess
import time
from types import TracebackType
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount
from web3 import HTTPProvider, Web3
from web3.types import RPCEndpoint

from phemexia.toolchain import BIN

Account.enable_unaudited_hdwallet_features()
MNEMONIC = "test test test test test test test test test test test junk"


def key(index: int) -> LocalAccount:
    """One of anvil's accounts, with 10,000 ether."""
    account: LocalAccount = Account.from_mnemonic(MNEMONIC, account_path=f"m/44'/60'/0'/0/{index}")
    return account


class Anvil:
    """The node's process and a connection to it."""

    def __init__(self, *options: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.uri = f"http://127.0.0.1:{free.getsockname()[1]}"
        self._options = options
        provider = HTTPProvider(
            self.uri,
            exception_retry_configuration=None,
            cache_allowed_requests=True,  # web3 asks for the chain's id before every call
            cacheable_requests={RPCEndpoint("eth_chainId")},
        )
        self.web3 = Web3(provider)

    def __enter__(self) -> "Anvil":
        port = self.uri.rsplit(":", 1)[1]
        self._process = subprocess.Popen([BIN / "anvil", "--quiet", "--port", port, *self._options])
        for _ in range(200):
            if self.web3.is_connected():
                return self
            time.sleep(0.05)
        self.__exit__(None, None, None)
        raise TimeoutError("anvil does not answer")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()

    def request(self, method: str, *parameters: Any) -> Any:
        """A call that web3 has no name for."""
        answer = self.web3.provider.make_request(method, list(parameters))  # type: ignore[arg-type]
        assert "error" not in answer, answer
        return answer["result"]

    def impersonate(self, sender: str, to: str, data: bytes) -> None:
        """A transaction of somebody whose key nobody has; it must succeed."""
        self.request("anvil_setBalance", sender, hex(10**18))
        self.request("anvil_impersonateAccount", sender)
        sent = self.request("eth_sendTransaction", {"from": sender, "to": to, "data": "0x" + data.hex()})
        assert self.web3.eth.wait_for_transaction_receipt(sent)["status"] == 1
        self.request("anvil_stopImpersonatingAccount", sender)
