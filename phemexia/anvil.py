"""An anvil node of one's own: started on a free port, ended with the block that uses it.

with Anvil(timestamp=1_800_000_000) as node:
    node.rpc("eth_chainId")
"""

from __future__ import annotations

import itertools
import socket
import subprocess
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import requests

from phemexia.config.public_keys import MNEMONIC
from phemexia.toolchain import BIN


class NodeError(Exception):
    """The node did not start, or refused a request; the text says which."""


def free_port() -> int:
    """A TCP port on this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Anvil:
    """One anvil process with plain JSON-RPC access.

    ``options`` are anvil's own flags, without dashes: ``Anvil(chain_id=11155111, block_time=1)``.
    """

    def __init__(
        self,
        port: int | None = None,
        accounts: int = 10,
        preexec: Callable[[], None] | None = None,
        **options: Any,
    ) -> None:
        """``preexec`` runs in the new process before it becomes anvil."""
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        flags = itertools.chain.from_iterable(
            (f"--{key.replace('_', '-')}",) if value is True else (f"--{key.replace('_', '-')}", str(value))
            for key, value in options.items()
        )
        self._command = [
            str(BIN / "anvil"), "--silent", "--port", str(self.port), "--accounts", str(accounts),
            "--mnemonic", MNEMONIC, *flags,
        ]  # fmt: skip
        self._preexec = preexec
        self._process: subprocess.Popen[bytes] | None = None
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy has no business between two programs of this machine
        self._ids = itertools.count(1)

    def start(self, patience: float = 20.0) -> Self:
        """Start the process and wait until it answers (seconds); raises :class:`NodeError`."""
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=self._preexec
        )
        deadline = time.monotonic() + patience
        while True:
            try:
                self.rpc("web3_clientVersion")
            except requests.ConnectionError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise NodeError(f"anvil did not start on port {self.port}") from None
                time.sleep(0.02)
            else:
                return self

    def stop(self) -> None:
        """End the process, if it still runs."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            if self._process.stderr:
                self._process.stderr.close()
            self._process = None
        self._session.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def rpc(self, method: str, *params: Any) -> Any:
        """The result of one JSON-RPC request; raises :class:`NodeError` with the node's own words."""
        request = {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": params}
        answer = self._session.post(self.url, json=request, timeout=120).json()
        if "error" in answer:
            raise NodeError(
                f"{method}: {answer['error'].get('message')} {answer['error'].get('data', '')}".rstrip()
            )
        return answer["result"]

    def warp(self, timestamp: int) -> None:
        """Mine a block at that second (since 1970)."""
        self.rpc("evm_setNextBlockTimestamp", timestamp)
        self.rpc("evm_mine")

    def now(self) -> int:
        """Timestamp of the latest block."""
        return int(self.rpc("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
