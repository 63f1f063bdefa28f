"""A chain to measure on: everything that gas depends on is fixed (accounts, times, order), so figures repeat."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from eth_abi import decode, encode
from eth_utils import function_abi_to_4byte_selector, keccak, to_checksum_address
from eth_utils.abi import collapse_if_tuple

from phemexia.anvil import Anvil
from phemexia.artifacts import Artifact, load

WEEK = 7 * 86_400
START = 1_800_000_000 - 1_800_000_000 % WEEK + WEEK
"""Each chain begins two seconds before this week boundary, so that genesis, terms and figures are the same."""


class Contract:
    """A deployed contract: encodes calls by function name."""

    def __init__(self, address: str, abi: list[dict[str, Any]]) -> None:
        self.address = address
        self._functions: dict[str, dict[str, Any]] = {}
        for item in abi:
            if item["type"] == "function":
                types = ",".join(collapse_if_tuple(i) for i in item["inputs"])
                self._functions.setdefault(item["name"], item)
                self._functions[f"{item['name']}({types})"] = item

    def data(self, name: str, *args: Any) -> str:
        """Call data of a function, by name or by signature where it is overloaded."""
        item = self._functions[name]
        types = [collapse_if_tuple(i) for i in item["inputs"]]
        return "0x" + (function_abi_to_4byte_selector(item) + encode(types, args)).hex()

    def outputs(self, name: str) -> list[str]:
        """Types that a function returns."""
        return [collapse_if_tuple(i) for i in self._functions[name]["outputs"]]


class Bench(Anvil):
    """Anvil with free gas and any account as the sender, and the verbs of a measurement."""

    def __init__(self) -> None:
        super().__init__(
            timestamp=START - 2, auto_impersonate=True, gas_price=0, block_base_fee_per_gas=0,
            gas_limit=1_000_000_000, hardfork="prague", order="fifo",
            prune_history=True,
        )  # fmt: skip

    def start(self, patience: float = 20.0) -> Self:
        """Start the node; from now on each block comes a second after the one before."""
        super().start(patience)
        self.rpc("anvil_setBlockTimestampInterval", 1)
        return self

    def account(self, role: str) -> str:
        """An address for a role; none of its bytes is zero, so calldata costs the same for all."""
        raw = bytearray(keccak(text=f"bench {role}")[-20:])
        return to_checksum_address(bytes(byte or 1 for byte in raw))

    def _receipt(self, transaction: dict[str, Any]) -> dict[str, Any]:
        receipt: dict[str, Any] = self.rpc(
            "eth_sendTransactionSync", {"gas": hex(900_000_000), "gasPrice": "0x0", **transaction}
        )
        if receipt["status"] != "0x1":
            raise RuntimeError(f"a measured transaction reverted: {transaction}")
        return receipt

    def send(self, contract: Contract, sender: str, name: str, *args: Any) -> int:
        """Send a transaction; its whole gas (``gasUsed`` of the receipt)."""
        data = contract.data(name, *args)
        return int(self._receipt({"from": sender, "to": contract.address, "data": data})["gasUsed"], 16)

    def deploy(self, contract: str | Artifact, *args: Any, sender: str) -> Contract:
        """Deploy a compiled contract."""
        artifact = load(contract) if isinstance(contract, str) else contract
        inputs: list[Any] = next((i["inputs"] for i in artifact.abi if i["type"] == "constructor"), [])
        code = artifact.initcode + encode([collapse_if_tuple(i) for i in inputs], args)
        receipt = self._receipt({"from": sender, "data": "0x" + code.hex()})
        return Contract(to_checksum_address(receipt["contractAddress"]), artifact.abi)

    def read(self, contract: Contract, name: str, *args: Any) -> Any:
        """Value that a view returns."""
        raw = self.rpc("eth_call", {"to": contract.address, "data": contract.data(name, *args)}, "latest")
        values = decode(contract.outputs(name), bytes.fromhex(raw[2:]))
        return values[0] if len(values) == 1 else values

    def execution(self, contract: Contract, name: str, *args: Any) -> int:
        """Gas of a view's execution alone: without the transaction's base and calldata, everything cold."""
        data = bytes.fromhex(contract.data(name, *args)[2:])
        call = {"from": self.account("reader"), "to": contract.address, "data": "0x" + data.hex()}
        trace = self.rpc("debug_traceCall", call, "latest", {"tracer": "callTracer"})
        if "error" in trace:
            raise RuntimeError(f"a measured call reverted: {name}{args}")
        return int(trace["gasUsed"], 16) - 21_000 - sum(16 if byte else 4 for byte in data)

    def at(self, timestamp: int) -> None:
        """Put the next transaction's block at that second."""
        self.rpc("evm_setNextBlockTimestamp", timestamp)

    @contextmanager
    def isolate(self) -> Iterator[None]:
        """Undo everything at the end of the block."""
        mark = self.rpc("evm_snapshot")
        try:
            yield
        finally:
            self.rpc("evm_revert", mark)
