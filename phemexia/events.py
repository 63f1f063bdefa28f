"""A contract's events, scanned in bounded ranges of blocks and kept, so that each block is searched once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eth_utils import event_abi_to_log_topic
from web3 import Web3
from web3.contract import Contract
from web3.types import LogReceipt

from phemexia.deployment.manifest import Record
from phemexia.deployment.node import answering, logs

RANGE = 10_000
"""Blocks searched in one question to the node."""
UNSETTLED = 64
"""The latest blocks, which a chain may still exchange for others: searched again each time."""


def file_name(record: Record, contract: Contract) -> str:
    """Of what is kept of a contract's events: no two chains share it."""
    return f"{record.chain_id}-{record.genesis[2:10]}-{contract.address[2:10].lower()}.json"


class Events:
    """Some of the events of one contract."""

    def __init__(self, web3: Web3, contract: Contract, names: Sequence[str], first: int, file: Path) -> None:
        """``first`` is the block to begin with, ``file`` where it is kept what was found."""
        self._web3 = web3
        self._contract = contract
        self._first = first
        self._file = file
        self._topics = {bytes(event_abi_to_log_topic(contract.events[name]().abi)): name for name in names}

    def read(self, progress: Callable[[int, int], None] = lambda done, last: None) -> list[dict[str, Any]]:
        """All of them, the oldest first: name, block, index, time (seconds), and args.

        Of the args, bytes are hexadecimal digits, and integers text. ``progress`` hears which block
        of how many has been searched.
        """
        with answering():
            found = self._scan(progress)
        return sorted(found, key=lambda event: (event["block"], event["index"]))

    def _scan(self, progress: Callable[[int, int], None]) -> list[dict[str, Any]]:
        eth, kept = self._web3.eth, self._read()
        last = eth.block_number
        until, events = kept["until"], kept["events"]
        while until < last:
            first, end = until + 1, min(until + RANGE, last)
            found = logs(self._web3, self._contract.address, self._filter(), first, end)
            fresh = [self._plain(log) for log in found]
            self._stamp(fresh)
            events, until = events + fresh, end
            progress(end, last)
            if last - end >= UNSETTLED:
                self._write(end, events)
        settled = max(last - UNSETTLED, kept["until"])
        if settled >= self._first:
            self._write(settled, [event for event in events if event["block"] <= settled])
        return list(events)

    def _filter(self) -> list[Any]:
        return [["0x" + topic.hex() for topic in self._topics]]

    def _plain(self, log: LogReceipt) -> dict[str, Any]:
        name = self._topics[bytes(log["topics"][0])]
        found = self._contract.events[name]().process_log(log)
        args = {key: _json(value) for key, value in found["args"].items()}
        return {"name": name, "block": log["blockNumber"], "index": log["logIndex"], "args": args}

    def _stamp(self, events: list[dict[str, Any]]) -> None:
        times: dict[int, int] = {}
        for event in events:
            block = event["block"]
            if block not in times:
                times[block] = int(self._web3.eth.get_block(block)["timestamp"])
            event["time"] = times[block]

    def _read(self) -> dict[str, Any]:
        """What was kept, if the chain is still the same."""
        nothing = {"until": self._first - 1, "events": []}
        try:
            kept: dict[str, Any] = json.loads(self._file.read_text())
            eth = self._web3.eth
            is_there = kept["contract"] == self._contract.address and kept["until"] <= eth.block_number
            if is_there and eth.get_block(kept["until"])["hash"].to_0x_hex() == kept["hash"]:
                return kept
        except (OSError, ValueError, KeyError, TypeError):
            pass  # none was kept, or it can't be read: search from the beginning
        return nothing

    def _write(self, until: int, events: list[dict[str, Any]]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        kept = {
            "contract": self._contract.address,
            "until": until,
            "hash": self._web3.eth.get_block(until)["hash"].to_0x_hex(),
            "events": events,
        }
        scratch = self._file.with_suffix(".tmp")
        scratch.write_text(json.dumps(kept))
        scratch.replace(self._file)


def _json(value: Any) -> Any:
    """JSON has no bytes, and its integers lose digits in other programs."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (list, tuple)):
        return [_json(part) for part in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
