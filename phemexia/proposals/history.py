"""The governor's events, scanned in bounded ranges of blocks and kept, so that each block is searched once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_utils import event_abi_to_log_topic
from web3.types import LogReceipt

from phemexia.deployment.node import answering, logs
from phemexia.errors import Refused
from phemexia.proposals.dao import Dao
from phemexia.proposals.draft import Action, Proposal
from phemexia.proposals.values import CLASSES
from phemexia.toolchain import ROOT

CACHE = ROOT / ".cache" / "proposals"
RANGE = 10_000
"""Blocks searched in one question to the node."""
UNSETTLED = 64
"""The latest blocks, which a chain may still exchange for others: searched again each time."""
KEPT = (
    "ProposalCreated", "ProposalClassified", "ProposalQueued", "ProposalExecuted", "ProposalCanceled",
    "ProposalExtended", "ExpiredCleared",
)  # fmt: skip
"""Everything but ballots, which may be many."""


@dataclass
class Recorded:
    """A proposal as the chain's events tell it. Times are seconds since 1970, none if it did not happen."""

    number: int
    """1 for the first proposal of the DAO."""
    id: int
    proposal: Proposal
    proposer: str
    created: int
    vote_start: int
    vote_end: int
    """As announced at first: late outcomes extend it."""
    class_: str = ""
    queued: int | None = None
    executed: int | None = None
    canceled: int | None = None
    cleared: int | None = None


class History:
    """What has become of the proposals of a DAO."""

    def __init__(self, dao: Dao, folder: Path | None = None) -> None:
        record = dao.manifest.record
        self._dao = dao
        self._address = dao.governor.address
        self._first = record.contracts["PhemexGovernor"].block or 0
        name = f"{record.chain_id}-{record.genesis[2:10]}-{self._address[2:10].lower()}.json"
        self._file = (folder or CACHE) / name
        self._topics = {bytes(event_abi_to_log_topic(dao.governor.events[name]().abi)): name for name in KEPT}

    def proposals(self, progress: Callable[[int, int], None] = lambda done, last: None) -> list[Recorded]:
        """All proposals, the oldest first. ``progress`` hears which block of how many has been searched."""
        with answering():
            return _told(self._scan(progress))

    def find(self, text: str) -> Recorded:
        """A proposal by its number, by its id, or by the first digits of its id in hexadecimal (six or more)."""
        proposals = self.proposals()
        found = [one for one in proposals if _is_meant(text, one)]
        if not found:
            raise Refused(f"there is no proposal {text}: 'ape run gov status' lists them")
        if len(found) > 1:
            raise Refused(f"{text} may be several proposals: write more digits of the id")
        return found[0]

    def _scan(self, progress: Callable[[int, int], None]) -> list[dict[str, Any]]:
        eth, kept = self._dao.web3.eth, self._read()
        last = eth.block_number
        until, events = kept["until"], kept["events"]
        while until < last:
            first, end = until + 1, min(until + RANGE, last)
            fresh = [self._plain(log) for log in logs(self._dao.web3, self._address, self._filter(), first, end)]
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
        found = self._dao.governor.events[name]().process_log(log)
        args = {key: _json(value) for key, value in found["args"].items()}
        return {"name": name, "block": log["blockNumber"], "index": log["logIndex"], "args": args}

    def _stamp(self, events: list[dict[str, Any]]) -> None:
        times: dict[int, int] = {}
        for event in events:
            block = event["block"]
            if block not in times:
                times[block] = int(self._dao.web3.eth.get_block(block)["timestamp"])
            event["time"] = times[block]

    def _read(self) -> dict[str, Any]:
        """What was kept, if the chain is still the same."""
        nothing = {"until": self._first - 1, "events": []}
        try:
            kept: dict[str, Any] = json.loads(self._file.read_text())
            eth = self._dao.web3.eth
            is_there = kept["governor"] == self._address and kept["until"] <= eth.block_number
            if is_there and eth.get_block(kept["until"])["hash"].to_0x_hex() == kept["hash"]:
                return kept
        except (OSError, ValueError, KeyError, TypeError):
            pass  # none was kept, or it can't be read: search from the beginning
        return nothing

    def _write(self, until: int, events: list[dict[str, Any]]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        kept = {
            "governor": self._address,
            "until": until,
            "hash": self._dao.web3.eth.get_block(until)["hash"].to_0x_hex(),
            "events": events,
        }
        scratch = self._file.with_suffix(".tmp")
        scratch.write_text(json.dumps(kept))
        scratch.replace(self._file)


def _is_meant(text: str, one: Recorded) -> bool:
    if text.isdecimal():
        return int(text) in (one.number, one.id)
    whole = f"{one.id:064x}"
    digits = text.lower().removeprefix("0x")
    return len(digits) >= 6 and whole.startswith(digits)


def _told(events: list[dict[str, Any]]) -> list[Recorded]:
    found: dict[int, Recorded] = {}
    for event in sorted(events, key=lambda e: (e["block"], e["index"])):
        args, name = event["args"], event["name"]
        number = int(args["proposalId"])
        if name == "ProposalCreated":
            datas = [bytes.fromhex(data) for data in args["calldatas"]]
            actions = zip(args["targets"], map(int, args["values"]), datas, strict=True)
            proposal = Proposal(args["description"], tuple(Action(*action) for action in actions))
            found[number] = Recorded(
                len(found) + 1, number, proposal, args["proposer"], event["time"],
                int(args["voteStart"]), int(args["voteEnd"]),
            )  # fmt: skip
        elif name == "ProposalClassified":
            found[number].class_ = CLASSES[int(args["class"])]
        elif name == "ProposalQueued":
            found[number].queued = event["time"]
        elif name == "ProposalExecuted":
            found[number].executed = event["time"]
        elif name == "ProposalCanceled":
            found[number].canceled = event["time"]
        elif name == "ExpiredCleared":
            found[number].cleared = event["time"]
    return list(found.values())


def _json(value: Any) -> Any:
    """JSON has no bytes, and its integers lose digits in other programs."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (list, tuple)):
        return [_json(part) for part in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
