"""The mandates of the DAO: what was decided, who has it in hand, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_utils import keccak
from rich.markup import escape
from rich.table import Table

from phemexia.config import units
from phemexia.errors import Refused
from phemexia.proposals import Dao
from phemexia.proposals.identity import plain

STATES = ("None", "Issued", "Accepted", "Reported", "Confirmed", "Withdrawn")
"""Those of IMandates, by number."""
PAST = {"accept": "accepted", "report": "reported", "confirm": "confirmed"}
"""What a mandate is after that call."""


@dataclass(frozen=True)
class Mandate:
    """One mandate as it stands. Times are seconds, zero for what has not happened."""

    number: int
    group: int
    group_name: str
    state: str
    text_hash: bytes
    uri: str
    issued_at: int
    deadline: int
    accepted_at: int
    reported_at: int
    confirmed_at: int
    evidence_hash: bytes
    evidence_uri: str
    disputes: int
    overdue: bool
    late: bool

    @property
    def evidence(self) -> str:
        """Where the report is, and its hash."""
        if not any(self.evidence_hash):
            return "none"
        return f"{self.evidence_uri or 'not said where'}, 0x{self.evidence_hash.hex()}"

    @property
    def standing(self) -> str:
        """The state in a few words, with what time has made of it."""
        if self.overdue:
            return f"overdue since {units.show_moment(self.deadline)}"
        return f"{self.state.lower()}{', late' if self.late else ''}"

    @property
    def next(self) -> str:
        """Who has to do what."""
        return {
            "Issued": f"{self.group_name} accepts it: ape run mandates accept {self.number}",
            "Accepted": f"{self.group_name} reports: ape run mandates report {self.number}",
            "Reported": f"the core team confirms it: ape run mandates confirm {self.number}",
        }.get(self.state, "nothing")


def read(dao: Dao, number: int) -> Mandate:
    """One mandate; :class:`Refused` if there is none of that number."""
    if not 1 <= number <= count(dao):
        raise Refused(f"there is no mandate {number}: 'ape run mandates list' shows them")
    group, state, *rest = map(_line, dao.read(dao.suite.mandates, "mandateOf", number))
    name = _line(dao.read(dao.suite.groups, "groupOf", group)[0])
    return Mandate(number, group, name, STATES[state], *rest)


def _line(value: Any) -> Any:
    """Of a text, what is fit for a line on a terminal: whoever leads a group chooses the bytes."""
    return " ".join(plain(value).split()) if isinstance(value, str) else value


def count(dao: Dao) -> int:
    """How many were issued."""
    return int(dao.read(dao.suite.mandates, "mandates"))


def group_of(dao: Dao, text: str) -> int:
    """The group that a number or a name means."""
    names = [
        str(dao.read(dao.suite.groups, "groupOf", number)[0])
        for number in range(1, dao.read(dao.suite.groups, "groups") + 1)
    ]
    if text.isdecimal() and 1 <= int(text) <= len(names):
        return int(text)
    found = [number for number, name in enumerate(names, 1) if name.lower() == text.lower()]
    if len(found) != 1:
        raise Refused(f'there is no group "{text}": they are {", ".join(names)}')
    return found[0]


def select(dao: Dao, group: int | None = None, states: Sequence[str] = (), overdue: bool = False) -> list[Mandate]:
    """The mandates of that group, in one of those states, that are overdue; each only if it is asked for."""
    every = (read(dao, number) for number in range(1, count(dao) + 1))
    return [
        one
        for one in every
        if group in (None, one.group) and (not states or one.state in states) and (one.overdue or not overdue)
    ]


def evidence_hash(evidence: Path) -> bytes:
    """What the chain keeps of a file."""
    if not evidence.is_file():
        raise Refused(f"there is no file {evidence}: nothing was sent")
    return bytes(keccak(evidence.read_bytes()))


# --- how it looks


def table(mandates: Sequence[Mandate]) -> Table:
    """A line for each."""
    shown = Table("", "group", "text", "deadline", "standing", "next", title="Mandates")
    for one in mandates:
        style = "red" if one.overdue else "dim" if one.state in ("Confirmed", "Withdrawn") else ""
        shown.add_row(
            str(one.number), escape(one.group_name), escape(one.uri or f"0x{one.text_hash.hex()}"),
            units.show_moment(one.deadline), one.standing, escape(one.next), style=style,
        )  # fmt: skip
    return shown


def facts(one: Mandate) -> Table:
    """All that is known of one."""
    shown = Table("", "", title=f"Mandate {one.number}", show_header=False)
    rows = [
        ("group", f"{one.group_name} ({one.group})"),
        ("text", one.uri or "not said where"),
        ("its hash", f"0x{one.text_hash.hex()}"),
        ("standing", one.standing),
        ("issued", units.show_moment(one.issued_at)),
        ("deadline", units.show_moment(one.deadline)),
        ("accepted", _moment(one.accepted_at)),
        ("reported", _moment(one.reported_at)),
        ("confirmed", _moment(one.confirmed_at)),
        ("evidence", one.evidence),
        ("disputed", f"{one.disputes} times" if one.disputes else "never"),
        ("next", one.next),
    ]
    for label, value in rows:
        shown.add_row(label, escape(value), style="red" if one.overdue and label == "standing" else "")
    return shown


def _moment(seconds: int) -> str:
    return units.show_moment(seconds) if seconds else "not yet"
