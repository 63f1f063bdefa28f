"""The working groups as people see them: who is seated, who counts, and whether a group's Safe follows.

Everything is read from the chain at once; nothing is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eth_utils import to_checksum_address
from rich.markup import escape
from rich.table import Table

from phemexia import artifacts
from phemexia.config import units
from phemexia.errors import Refused
from phemexia.holder.plan import Call, Change, Plan
from phemexia.proposals import Dao

NOBODY = units.NOBODY


@dataclass(frozen=True)
class Seat:
    """Who is seated; ``until`` is the first second in which the term is over (since 1970)."""

    account: str
    until: int
    counts: bool
    """As a member now: its term runs, its pass counts, the group is open."""


@dataclass(frozen=True)
class Group:
    """A working group as it stands."""

    number: int
    name: str
    uri: str
    account: str
    """Its Safe."""
    lead: str
    """Whom the DAO appointed, whether he counts or not; the zero address: nobody."""
    seats: int
    """How many there are."""
    closed: bool
    seated: tuple[Seat, ...]
    owners: tuple[str, ...]
    """Of the Safe."""
    threshold: int
    """How many of them decide."""
    in_line: bool

    @property
    def members(self) -> tuple[str, ...]:
        """Who counts."""
        return tuple(seat.account for seat in self.seated if seat.counts)

    @property
    def state(self) -> str:
        """Of its Safe, in words."""
        if self.closed:
            return "closed"
        if self.in_line:
            return f"in line, {self.threshold} of {len(self.owners)} decide"
        return "out of line" if self.members else "nobody counts"


def read(dao: Dao, number: int) -> Group:
    """One group; :class:`Refused` if there is none of that number."""
    contract = dao.suite.groups
    name, _, uri, account, lead, seats, closed = dao.read(contract, "groupOf", number)
    safe = dao.web3.eth.contract(to_checksum_address(account), abi=artifacts.load("SafeL2").abi)
    return Group(
        number, name, uri, account, lead, seats, closed,
        seated=tuple(Seat(*seat) for seat in dao.read(contract, "seatsOf", number)),
        owners=tuple(dao.read(safe, "getOwners")),
        threshold=dao.read(safe, "getThreshold"),
        in_line=dao.read(contract, "inLine", number),
    )  # fmt: skip


def read_all(dao: Dao) -> list[Group]:
    """All groups, by number."""
    return [read(dao, number) for number in range(1, dao.read(dao.suite.groups, "groups") + 1)]


def find(dao: Dao, which: str) -> Group:
    """The group of that number or name; :class:`Refused` if there is none, or more than one."""
    groups = read_all(dao)
    found = [group for group in groups if which in (str(group.number), group.name)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{group.number} {group.name}" for group in groups)
    if found:
        raise Refused(f'more than one group is called "{which}": name it by its number ({known})')
    raise Refused(f'there is no group "{which}": choose from {known or "none"}')


def alignment(dao: Dao, group: Group, wallet: str) -> Plan:
    """Bringing a group's Safe in line, with what changes; :class:`Refused` if nothing would."""
    itself = dao.suite.groups.address
    wanted = group.members or (itself,)
    threshold = len(wanted) // 2 + 1
    if set(wanted) == set(group.owners) and threshold == group.threshold:
        why = "" if group.members else ", which is nobody's while no member counts"
        raise Refused(f"the Safe of {group.name} is in line already{why}")

    def shown(owner: str) -> str:
        return f"{owner} (nobody: the groups' contract, which never signs)" if owner == itself else owner

    rows = [
        Change(
            shown(owner), "owner" if owner in group.owners else "", "owner" if owner in wanted else "is removed"
        )
        for owner in (*group.owners, *(one for one in wanted if one not in group.owners))
    ]
    before = f"{group.threshold} of {len(group.owners)}"
    return Plan(
        wallet=wallet,
        what=f"bring the Safe of {group.name} in line, {group.account}",
        done=f"the Safe of {group.name} is its {len(group.members)} members'",
        call=Call(dao.suite.groups, "align", (group.number,)),
        changes=(*rows, Change("signatures needed", before, f"{threshold} of {len(wanted)}")),
        notes=() if group.members else ("nobody counts: the Safe stands still until somebody does",),
    )


def table(groups: Sequence[Group], now: int) -> Table:
    """Every group and every seat; ``now`` in seconds since 1970."""
    drawn = Table("group", "seat", "term ends", "counts", "account", title="Working groups")
    for group in groups:
        head = [f"[bold]{group.number} {escape(group.name)}[/]", escape(group.uri)]
        head += [f"{len(group.seated)} of {group.seats} seats taken"]
        rows = [
            (
                f"{seat.account}{' [bold]lead[/]' if seat.account == group.lead else ''}",
                units.show_moment(seat.until),
                "yes" if seat.counts else _why_not(group, seat, now),
            )
            for seat in group.seated
        ]
        state = group.state
        colour = "green" if group.in_line else "yellow"
        account = [f"Safe {group.account}", f"[{colour}]{state}[/]"]
        for i in range(max(len(head), len(rows), len(account))):
            drawn.add_row(
                head[i] if i < len(head) else "",
                *(rows[i] if i < len(rows) else ("", "", "")),
                account[i] if i < len(account) else "",
            )
        drawn.add_section()
    return drawn


def _why_not(group: Group, seat: Seat, now: int) -> str:
    if group.closed:
        return "[yellow]no, closed[/]"
    return "[yellow]no, term over[/]" if seat.until <= now else "[yellow]no, no pass that counts[/]"
