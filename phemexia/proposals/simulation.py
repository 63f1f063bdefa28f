"""What the execution of a proposal would change: the calls one by one, what they say, and who has more or less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi import decode
from eth_typing import ChecksumAddress
from eth_utils import function_abi_to_4byte_selector, keccak, to_checksum_address
from eth_utils.abi import collapse_if_tuple
from web3 import Web3
from web3.contract import Contract
from web3.exceptions import Web3Exception

from phemexia import artifacts
from phemexia.evm import UNREADABLE, Event, events
from phemexia.proposals import decoding
from phemexia.proposals.dao import Dao
from phemexia.proposals.draft import Action, Proposal
from phemexia.proposals.fork import VOTER, Fork
from phemexia.proposals.names import Names
from phemexia.proposals.values import functions

EXECUTE_BATCH = "0xe38335e5"
"""Of the timelock: its calls are the actions."""
TRANSFER = "0x" + keccak(text="Transfer(address,address,uint256)").hex()
MOST_SYMBOL = 16
OURS = ("pt", "vept", "ether", "eth")
"""What no foreign token is called here, whatever it says."""


@dataclass(frozen=True)
class Outcome:
    """What became of one action. ``error`` is what it reverted with; none if it did what it says."""

    action: Action
    reached: bool
    """Whether it was called at all: after a revert nothing is."""
    error: str | None
    events: tuple[Event, ...]
    """None where the execution reverted: what is rolled back said nothing."""
    hollow: bool = False
    """Whether it calls a function where no contract stands: that succeeds, and does nothing."""


@dataclass(frozen=True)
class Change:
    """A balance before and after, in the asset's smallest unit."""

    holder: str
    asset: str
    """`ether`, or the symbol of a token."""
    decimals: int
    before: int
    after: int


@dataclass(frozen=True)
class Simulation:
    """The execution of a proposal on a copy of the chain."""

    time: int
    """Of the execution, seconds since 1970."""
    gas: int
    outcomes: tuple[Outcome, ...]
    changes: tuple[Change, ...]
    """Empty if the execution reverted: then nothing changes."""
    error: str | None
    """What the execution as a whole reverted with."""

    @property
    def good(self) -> bool:
        """Whether everything was done."""
        return self.error is None

    def sentence(self, names: Names) -> str:
        """Why it is not good: which action, and what it reverts with."""
        for number, outcome in enumerate(self.outcomes, 1):
            if outcome.error is not None:
                what = decoding.call(outcome.action, names).what
                return f"action {number} of {len(self.outcomes)}, {what}, reverts with {outcome.error}"
        return f"the execution reverts with {self.error}"


def simulate(dao: Dao, proposal: Proposal, names: Names) -> Simulation:
    """Play a proposal's life on a fork of the node's chain, as if it passed, and look at its execution."""
    with Fork(dao) as fork:
        receipt = fork.enact(proposal)
        block, tree = receipt["blockNumber"], fork.trace(receipt)
        good = receipt["status"] == 1
        calls: list[dict[str, Any]] = next(
            (frame["calls"] for frame in _frames(tree) if _is_batch(frame, dao)), []
        )
        short = fork.web3.eth.get_balance(dao.suite.timelock.address, block - 1) < sum(proposal.lists[1])
        standing = {at for at in proposal.lists[0] if fork.web3.eth.get_code(to_checksum_address(at))}
        outcomes = tuple(_outcomes(proposal, calls, short, standing, names))
        touched = _touched(proposal, tree, names)
        changes = tuple(_changes(fork.web3, block, touched, _tokens(dao, tree), names)) if good else ()
        return Simulation(
            int(fork.web3.eth.get_block(block)["timestamp"]), receipt["gasUsed"], outcomes, changes,
            None if good else decoding.error(_bytes(tree.get("output")), names),
        )  # fmt: skip


def _outcomes(
    proposal: Proposal, calls: list[dict[str, Any]], short: bool, standing: set[str], names: Names
) -> Iterator[Outcome]:
    failed = False
    for i, action in enumerate(proposal.actions):
        frame = calls[i] if i < len(calls) else None
        error = None
        if failed or (frame is None and not short):
            yield Outcome(action, False, None, ())
            continue
        if frame is None or "error" in frame:
            failed = True
            unit = decoding.call(action, names).unit
            error = decoding.error(_bytes(frame.get("output") if frame else None), names, unit)
            if short and action.value:
                error = "too little ether: the timelock has less than the proposal sends along"
        found = () if error is not None or frame is None else tuple(_events(frame))
        yield Outcome(action, True, error, found, bool(action.data) and action.target not in standing)


def _is_batch(frame: dict[str, Any], dao: Dao) -> bool:
    is_timelock = frame.get("to", "").lower() == dao.suite.timelock.address.lower()
    return is_timelock and frame["input"].startswith(EXECUTE_BATCH) and "calls" in frame


def _frames(frame: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield frame
    for inner in frame.get("calls", []):
        yield from _frames(inner)


def _logs(frame: dict[str, Any]) -> list[dict[str, Any]]:
    """Of a call and all that it made, in order; what was rolled back said nothing."""
    kept: list[dict[str, Any]] = []
    if "error" not in frame:
        kept += frame.get("logs", [])
        for inner in frame.get("calls", []):
            kept += _logs(inner)
    return sorted(kept, key=lambda log: int(log.get("index", "0x0"), 16))


@dataclass(frozen=True)
class _Log:
    """As :func:`phemexia.evm.events` takes them."""

    address: str
    data: tuple[list[bytes], bytes]


def _events(frame: dict[str, Any]) -> list[Event]:
    return events(
        [_Log(log["address"], ([_bytes(t) for t in log["topics"]], _bytes(log["data"]))) for log in _logs(frame)]
    )


def _bytes(text: str | None) -> bytes:
    return bytes.fromhex((text or "0x")[2:])


def _touched(proposal: Proposal, tree: dict[str, Any], names: Names) -> list[ChecksumAddress]:
    """The suite, whoever called or was called, who is named in an action, and both sides of each transfer."""
    found = dict.fromkeys(map(to_checksum_address, names.contracts.values()))
    for action in proposal.actions:
        contract = names.contract(action.target)
        found |= dict.fromkeys([to_checksum_address(action.target), *_named(contract, action.data)])
    for frame in _frames(tree):
        found |= dict.fromkeys(to_checksum_address(frame[key]) for key in ("from", "to") if frame.get(key))
    for log in _logs(tree):
        if _moves(log):
            found |= dict.fromkeys(to_checksum_address("0x" + topic[-40:]) for topic in log["topics"][1:3])
    return [address for address in found if address != VOTER and int(address, 16)]


def _named(contract: str | None, data: bytes) -> list[ChecksumAddress]:
    for item in functions(contract) if contract else []:
        if bytes(function_abi_to_4byte_selector(item)) == data[:4]:  # type: ignore[arg-type]  # from JSON
            kinds = [collapse_if_tuple(i) for i in item["inputs"]]
            try:
                given = zip(kinds, decode(kinds, data[4:]), strict=True)
            except UNREADABLE:
                return []
            return [to_checksum_address(value) for kind, value in given if kind == "address"]
    return []


def _moves(log: dict[str, Any]) -> bool:
    """Whether it looks like a token's transfer."""
    return bool(log["topics"][:1] == [TRANSFER])


def _tokens(dao: Dao, tree: dict[str, Any]) -> list[str]:
    """PT, and every contract that moved something like an ERC-20."""
    found = {dao.suite.token.address: None}
    for log in _logs(tree):
        if _moves(log) and len(log["topics"]) == 3:
            found[to_checksum_address(log["address"])] = None
    return list(found)


def _changes(web3: Web3, block: int, holders: Sequence[str], tokens: list[str], names: Names) -> Iterator[Change]:
    contracts = [
        web3.eth.contract(to_checksum_address(at), abi=artifacts.load("PhemexToken").abi) for at in tokens
    ]
    for holder in holders:
        at = to_checksum_address(holder)
        before, after = web3.eth.get_balance(at, block - 1), web3.eth.get_balance(at, block)
        if before != after:
            yield Change(names.name(holder), "ether", 18, before, after)
    for token in contracts:
        symbol = symbol_of(_ask(token, "symbol", None), token.address, names)
        decimals = _ask(token, "decimals", 0)
        for holder in holders:
            before, after = (_ask(token, "balanceOf", 0, holder, at=block - back) for back in (1, 0))
            if before != after:
                yield Change(names.name(holder), symbol, decimals, before, after)


def _ask(token: Contract, view: str, otherwise: Any, *arguments: Any, at: int | str = "latest") -> Any:
    """Of a contract that may be no token."""
    try:
        return token.functions[view](*arguments).call(block_identifier=at)  # type: ignore[arg-type]
    except (Web3Exception, *UNREADABLE):
        return otherwise


def symbol_of(told: Any, address: str, names: Names) -> str:
    """What a token is called; its name or address where that can't be shown, or is another's."""
    sound = isinstance(told, str) and told.isprintable() and 0 < len(told) <= MOST_SYMBOL
    if not sound or (told.strip().lower() in OURS and names.contract(address) is None):
        return names.name(address)
    return str(told)
