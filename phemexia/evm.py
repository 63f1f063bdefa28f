"""An Ethereum chain inside the Python process (revm), with contracts that read like ape's.

Some ten thousand calls a second, with a clock that is set freely: made for stateful tests and for simulations.

    chain = Chain()
    token = chain.deploy("PhemexToken", places, amounts, sender=deployer)
    token.transfer(holder, 10**18, sender=deployer)
    assert token.balanceOf(holder) == 10**18
    with reverts("ERC20InsufficientBalance", balance=10**18):
        token.transfer(deployer, 2 * 10**18, sender=holder)

Gas figures here are for comparing growth; exact ones come from `make bench` on anvil.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from eth_abi import decode, encode
from eth_abi.exceptions import DecodingError
from eth_utils import event_abi_to_log_topic, function_abi_to_4byte_selector, keccak, to_checksum_address
from eth_utils.abi import collapse_if_tuple
from pyrevm import EVM, AccountInfo, BlockEnv, CfgEnv, Env

from phemexia import artifacts

START = 1_800_000_000
"""Timestamp of a new chain: Friday 2027-01-15 08:00 UTC, not a week boundary."""

BLOCK_GAS = 1_000_000_000

UNREADABLE = (DecodingError, OverflowError, ValueError)
"""What decoding raises on data that is not what its types say; the last where a string is no UTF-8."""


class Reverted(Exception):
    """A call or transaction reverted: ``name`` of the custom error (or "Error", "Panic"), and its arguments."""

    def __init__(self, name: str, args: dict[str, Any]) -> None:
        super().__init__(f"{name}({', '.join(f'{k}={v!r}' for k, v in args.items())})")
        self.name = name
        self.arguments = args


@dataclass(frozen=True)
class Event:
    """A decoded event; equal by value: ``Event("Transfer", address, {"from": ..., ...})``."""

    name: str
    address: str
    args: dict[str, Any] = field(hash=False)


@dataclass(frozen=True)
class Receipt:
    """What a transaction left: decoded events, the value it returned, the gas it used."""

    events: list[Event]
    returned: Any
    gas: int

    def named(self, name: str) -> list[Event]:
        """The events of that name, in order."""
        return [event for event in self.events if event.name == name]


def _types(inputs: Sequence[dict[str, Any]]) -> list[str]:
    return [collapse_if_tuple(item) for item in inputs]


def _clean(kind: str, value: Any) -> Any:
    if kind == "address":
        return to_checksum_address(value)
    if kind == "address[]":
        return [to_checksum_address(item) for item in value]
    return list(value) if kind.endswith("[]") else value


def _plain(item: dict[str, Any], value: Any) -> Any:
    """A decoded value: structs become dictionaries, arrays lists, addresses checksummed."""
    kind: str = item["type"]
    if kind.endswith("]"):
        inner = {**item, "type": kind[: kind.rindex("[")]}
        return [_plain(inner, part) for part in value]
    if kind == "tuple":
        return {c["name"]: _plain(c, part) for c, part in zip(item["components"], value, strict=True)}
    return _clean(kind, value)


class Contract:
    """A deployed contract. Views return their value; other functions take ``sender=`` and return a Receipt.

    ``contract.fn.call(..., sender=)`` runs a state-changing function without keeping its effects.
    Overloaded functions are reached by signature: ``contract["fn(uint256)"]``.
    """

    def __init__(self, chain: Chain, address: str, abi: list[dict[str, Any]]) -> None:
        self.chain = chain
        self.address = to_checksum_address(address)
        self.abi = abi
        self._functions: dict[str, _Function] = {}
        for item in abi:
            if item["type"] == "function":
                function = _Function(self, item)
                self._functions.setdefault(item["name"], function)
                self._functions[f"{item['name']}({','.join(_types(item['inputs']))})"] = function

    def __getattr__(self, name: str) -> _Function:
        try:
            return self.__dict__["_functions"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(f"the contract has no function {name!r}") from None

    def __getitem__(self, signature: str) -> _Function:
        return self._functions[signature]

    def __repr__(self) -> str:
        return f"<Contract {self.address}>"


class _Function:
    def __init__(self, contract: Contract, abi: dict[str, Any]) -> None:
        self.contract = contract
        self.abi = abi
        self.inputs = _types(abi["inputs"])
        self.outputs = _types(abi["outputs"])
        self.selector = function_abi_to_4byte_selector(abi)  # type: ignore[arg-type]  # a dictionary from JSON
        self.is_view = abi["stateMutability"] in ("view", "pure")

    def encode(self, *args: Any) -> bytes:
        """The call data."""
        return self.selector + encode(self.inputs, [_unwrap(arg) for arg in args])

    def _decode(self, raw: bytes) -> Any:
        if not self.outputs:
            return None
        values = decode(self.outputs, raw)
        plain = [_plain(item, value) for item, value in zip(self.abi["outputs"], values, strict=True)]
        return plain[0] if len(plain) == 1 else tuple(plain)

    def __call__(self, *args: Any, sender: Any = None, value: int = 0) -> Any:
        chain = self.contract.chain
        if self.is_view:
            caller = _address(sender) if sender is not None else ZERO
            return self._decode(chain._read(caller, self.contract.address, self.encode(*args)))
        if sender is None:
            raise TypeError(f"{self.abi['name']} changes state: give sender=")
        raw, logs, gas = chain._transact(_address(sender), self.contract.address, self.encode(*args), value)
        return Receipt(events(logs), self._decode(raw), gas)

    def call(self, *args: Any, sender: Any = None, value: int = 0) -> Any:
        """Execute without keeping any effect; returns the decoded value."""
        chain = self.contract.chain
        caller = _address(sender) if sender is not None else ZERO
        with chain.isolate():
            raw, _, _ = chain._transact(caller, self.contract.address, self.encode(*args), value)
        return self._decode(raw)


ZERO = "0x" + "00" * 20


def _address(value: Any) -> str:
    return value if isinstance(value, str) else str(value.address)


def _unwrap(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_unwrap(item) for item in value]
    return value.address if hasattr(value, "address") else value


@cache
def _known() -> tuple[dict[bytes, dict[str, Any]], dict[bytes, dict[str, Any]]]:
    """Every error by selector and every event by topic that the compiled suite knows."""
    errors: dict[bytes, dict[str, Any]] = {
        keccak(text="Error(string)")[:4]: {
            "name": "Error",
            "inputs": [{"name": "message", "type": "string"}],
        },
        keccak(text="Panic(uint256)")[:4]: {"name": "Panic", "inputs": [{"name": "code", "type": "uint256"}]},
    }
    events: dict[bytes, dict[str, Any]] = {}
    for name in artifacts.names():
        for item in artifacts.load(name).abi:
            _learn(item, errors, events)
    return errors, events


def _learn(item: dict[str, Any], errors: dict[bytes, Any], events: dict[bytes, Any]) -> None:
    if item["type"] == "error":
        signature = f"{item['name']}({','.join(_types(item['inputs']))})"
        errors[keccak(text=signature)[:4]] = item
    elif item["type"] == "event":
        events[bytes(event_abi_to_log_topic(item))] = item  # type: ignore[arg-type]  # a dictionary from JSON


def learn(abi: list[dict[str, Any]]) -> None:
    """Teach the decoder the errors and events of contracts that are not part of the suite."""
    errors, events = _known()
    for item in abi:
        _learn(item, errors, events)


class Chain:
    """One chain in memory. Time stands still until :meth:`warp` or :meth:`sleep` moves it."""

    def __init__(self, timestamp: int = START, chain_id: int = 31337) -> None:
        self._evm = EVM(env=Env(cfg=CfgEnv(chain_id=chain_id)), gas_limit=BLOCK_GAS, spec_id="CANCUN")
        self.chain_id = chain_id
        self._made = 0
        self._number = 1
        self.timestamp = timestamp
        self.warp(timestamp)

    def warp(self, timestamp: int) -> None:
        """Set the clock (seconds since 1970); each move makes a new block."""
        self._number += 1
        self.timestamp = timestamp
        self._evm.set_block_env(BlockEnv(number=self._number, timestamp=timestamp, gas_limit=BLOCK_GAS))

    def sleep(self, seconds: int) -> None:
        """Let time pass."""
        self.warp(self.timestamp + seconds)

    def account(self, name: str = "") -> str:
        """An address that no one else has, with 1,000 ether; the same name gives the same address."""
        self._made += 1
        seed = name or f"account {self._made}"
        address = to_checksum_address(keccak(text=f"phemexia {seed}")[-20:])
        self._evm.set_balance(address, 1_000 * 10**18)
        return address

    def fund(self, address: str, wei: int = 10**21) -> None:
        """Set the ether balance of an address."""
        self._evm.set_balance(address, wei)

    def balance(self, address: Any) -> int:
        """Ether of an address in wei."""
        return int(self._evm.get_balance(_address(address)))

    def code(self, address: Any) -> bytes:
        """Runtime code at an address."""
        info = self._evm.basic(_address(address))
        return bytes(info.code or b"").rstrip(b"\0") if info.code else b""

    def install(self, address: str, code: bytes) -> None:
        """Put runtime code at an address without running a constructor."""
        self._evm.insert_account_info(address, AccountInfo(code=code))

    def code_hash(self, address: Any) -> bytes:
        """keccak-256 of the exact runtime code at an address, 32 bytes."""
        info = self._evm.basic(_address(address))
        return bytes(info.code_hash or b"")

    def storage(self, address: Any, slot: int) -> int:
        """One word of a contract's storage."""
        return int(self._evm.storage(_address(address), slot))

    def store(self, address: Any, slot: int, word: int) -> None:
        """Write one word of a contract's storage, whatever its code says."""
        self._evm.insert_account_storage(_address(address), slot, word)

    def deploy(
        self, contract: str | artifacts.Artifact, *args: Any, sender: str | None = None, value: int = 0
    ) -> Contract:
        """Deploy a compiled contract by name (or a given artifact) with its constructor arguments."""
        artifact = artifacts.load(contract) if isinstance(contract, str) else contract
        learn(artifact.abi)
        inputs: list[dict[str, Any]] = next(
            (item["inputs"] for item in artifact.abi if item["type"] == "constructor"), []
        )
        code = artifact.initcode + encode(_types(inputs), [_unwrap(arg) for arg in args])
        deployer = sender or self.account("deployer")
        try:
            address = self._evm.deploy(deployer, code, value=value, gas=BLOCK_GAS // 2)
        except RuntimeError as error:
            raise reverted(error) from None
        return Contract(self, address, artifact.abi)

    def at(self, contract: str | artifacts.Artifact, address: Any) -> Contract:
        """A contract that already stands at an address."""
        artifact = artifacts.load(contract) if isinstance(contract, str) else contract
        learn(artifact.abi)
        return Contract(self, _address(address), artifact.abi)

    def send(self, sender: Any, to: Any, data: bytes = b"", value: int = 0) -> Receipt:
        """A raw transaction."""
        raw, logs, gas = self._transact(_address(sender), _address(to), data, value)
        return Receipt(events(logs), raw, gas)

    @contextmanager
    def isolate(self) -> Iterator[None]:
        """Undo everything, clock included, at the end of the block."""
        mark, when = self._evm.snapshot(), self.timestamp
        try:
            yield
        finally:
            self._evm.revert(mark)
            self.warp(when)

    def _transact(self, sender: str, to: str, data: bytes, value: int) -> tuple[bytes, list[Any], int]:
        self._evm.reset_transient_storage()
        try:
            raw = self._evm.message_call(sender, to, calldata=data, value=value, gas=BLOCK_GAS // 2)
        except RuntimeError as error:
            raise reverted(error) from None
        result = self._evm.result
        assert result is not None  # a call that came back has one
        return bytes(raw), list(result.logs), int(result.gas_used)

    def _read(self, sender: str, to: str, data: bytes) -> bytes:
        try:
            return bytes(self._evm.message_call(sender, to, calldata=data, gas=BLOCK_GAS // 2, is_static=True))
        except RuntimeError as error:
            raise reverted(error) from None


def reverted(error: RuntimeError) -> Reverted:
    """The decoded form of what revm says about a failed call."""
    match = re.search(r"Revert \{.*output: 0x([0-9a-f]*)", str(error))
    if match is None:
        return Reverted("Halt", {"reason": str(error)})
    return decode_revert(bytes.fromhex(match[1]))


def decode_revert(output: bytes) -> Reverted:
    """The decoded form of the bytes that a call reverted with.

    An unknown error has its four bytes for a name; so has one whose arguments are cut off. The length is looked at
    first, since ape's decoder, once it is loaded, fills up with zeros.
    """
    if not output:
        return Reverted("", {})
    raw = Reverted("0x" + output[:4].hex(), {"data": output[4:]})
    item = _known()[0].get(output[:4])
    if item is None or len(output) - 4 < 32 * len(item["inputs"]):
        return raw
    try:
        values = decode(_types(item["inputs"]), output[4:])
    except UNREADABLE:
        return raw
    return Reverted(item["name"], {i["name"]: _plain(i, v) for i, v in zip(item["inputs"], values, strict=True)})


def events(logs: Sequence[Any]) -> list[Event]:
    """Decode revm's logs; logs that no compiled contract declares, or would write so, are left out."""
    found = []
    for log in logs:
        topics, data = log.data
        item = _known()[1].get(bytes(topics[0])) if topics else None
        if item is None:
            continue
        indexed = [i for i in item["inputs"] if i["indexed"]]
        plain = [i for i in item["inputs"] if not i["indexed"]]
        if len(indexed) != len(topics) - 1:  # ERC-20 and ERC-721 share the topic of Transfer
            indexed, plain = item["inputs"][: len(topics) - 1], item["inputs"][len(topics) - 1 :]
        try:
            values = dict(zip((i["name"] for i in plain), decode(_types(plain), data), strict=True))
            for i, topic in zip(indexed, topics[1:], strict=True):
                dynamic = i["type"] in ("string", "bytes") or i["type"].endswith("]") or i["type"] == "tuple"
                values[i["name"]] = bytes(topic) if dynamic else decode([i["type"]], bytes(topic))[0]
        except UNREADABLE:
            continue
        args = {i["name"]: _plain(i, values[i["name"]]) for i in item["inputs"]}
        found.append(Event(item["name"], to_checksum_address(log.address), args))
    return found


@contextmanager
def reverts(name: str, **arguments: Any) -> Iterator[None]:
    """The block must revert with that error; arguments that are given must match."""
    try:
        yield
    except Reverted as error:
        if error.name != name:
            raise AssertionError(f"reverted with {error}, not with {name}") from error
        for key, value in arguments.items():
            expected = _unwrap(value)
            if error.arguments.get(key) != expected:
                raise AssertionError(f"{error}: {key} should be {expected!r}") from error
    else:
        raise AssertionError(f"did not revert; {name} was expected")
