"""What has become of the proposals of a DAO, as the governor's events tell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from phemexia.errors import Refused
from phemexia.events import Events, file_name
from phemexia.proposals.dao import Dao
from phemexia.proposals.draft import Action, Proposal
from phemexia.proposals.values import CLASSES
from phemexia.toolchain import ROOT

CACHE = ROOT / ".cache" / "proposals"
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
        first = record.contracts["PhemexGovernor"].block or 0
        file = (folder or CACHE) / file_name(record, dao.governor)
        self._events = Events(dao.web3, dao.governor, KEPT, first, file)

    def proposals(self, progress: Callable[[int, int], None] = lambda done, last: None) -> list[Recorded]:
        """All proposals, the oldest first. ``progress`` hears which block of how many has been searched."""
        return _told(self._events.read(progress))

    def find(self, text: str) -> Recorded:
        """A proposal by its number, by its id, or by the first digits of its id in hexadecimal (six or more)."""
        proposals = self.proposals()
        found = [one for one in proposals if _is_meant(text, one)]
        if not found:
            raise Refused(f"there is no proposal {text}: 'ape run gov status' lists them")
        if len(found) > 1:
            raise Refused(f"{text} may be several proposals: write more digits of the id")
        return found[0]


def _is_meant(text: str, one: Recorded) -> bool:
    if text.isdecimal():
        return int(text) in (one.number, one.id)
    whole = f"{one.id:064x}"
    digits = text.lower().removeprefix("0x")
    return len(digits) >= 6 and whole.startswith(digits)


def _told(events: list[dict[str, Any]]) -> list[Recorded]:
    found: dict[int, Recorded] = {}
    for event in events:
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
