"""What a pass may claim of a campaign, now and later, and the plan to claim it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from web3.contract import Contract

from phemexia.config import Configuration, units
from phemexia.distribution.paying import NEW_LOCK, WALLET, Target
from phemexia.distribution.proofs import Proofs
from phemexia.distribution.schedule import Schedule
from phemexia.errors import Refused
from phemexia.holder.plan import Call, Plan
from phemexia.holder.standing import Standing
from phemexia.merkle import Grant
from phemexia.proposals import Dao
from phemexia.proposals.dao import show_weight

CAMPAIGNS = {"xpt": ("campaign", "Campaign"), "collaborators": ("collaborators", "CollaboratorCampaign")}
"""By the word for it: the suite's attribute and the contract's name."""


@dataclass(frozen=True)
class Round:
    """A campaign as it is in one second. Amounts are wei, times seconds since 1970."""

    contract: Contract
    kinds: tuple[str, ...]
    """The word for each kind, by number."""
    schedules: tuple[Schedule, ...]
    start: int
    deadline: int
    now: int
    active: tuple[bytes, int, int]
    """Root, total and since when; zeros for none."""
    pending: tuple[bytes, int] | None
    """The root that waits, and until when."""
    left: int
    """What can still be paid under the root's total, whatever its leaves say."""

    @classmethod
    def read(cls, dao: Dao, figures: Configuration, word: str) -> Round:
        """Ask the chain; :class:`Refused` if the campaign is over."""
        attribute, name = CAMPAIGNS[word]
        contract: Contract = getattr(dao.suite, attribute)
        start, _, deadline, _ = dao.read(contract, "terms")
        now = dao.now()
        if now > deadline:
            raise Refused(
                f"claims ended on {units.show_moment(deadline)}, and what was left is the treasury's: "
                "nothing was sent"
            )
        active, waiting = dao.read(contract, "activeRoot"), dao.read(contract, "pendingRoot")
        named = [unlock.kind for unlock in figures.tokenomics.row(name).schedule]
        schedules = tuple(Schedule(*plan) for plan in dao.read(contract, "plans"))
        kinds = named if len(named) == len(schedules) else [f"kind {i}" for i in range(len(schedules))]
        claimed = dao.read(contract, "claimedTotal")
        return cls(
            contract, tuple(kinds), schedules, start, deadline, now, tuple(active),
            (waiting[0], waiting[2]) if waiting[2] > now else None, max(0, active[1] - claimed),
        )  # fmt: skip


@dataclass(frozen=True)
class Due:
    """What a pass was granted under one kind."""

    kind: int
    name: str
    grant: Grant
    claimed: int
    unlocked: int
    schedule: Schedule
    start: int

    @property
    def pass_id(self) -> int:
        """Whose it is."""
        return self.grant.values[0]

    @property
    def cumulative(self) -> int:
        """Wei granted in all."""
        return self.grant.values[2]

    @property
    def now(self) -> int:
        """Wei that have unlocked and were not claimed."""
        return max(0, self.unlocked - self.claimed)

    @property
    def leaf(self) -> tuple[int, int, int, list[bytes]]:
        """As the campaign takes it."""
        return (self.pass_id, self.kind, self.cumulative, self.grant.proof)


def due(dao: Dao, round_: Round, proofs: Proofs, pass_id: int) -> list[Due]:
    """All that a pass was granted, by kind; :class:`Refused` if that is nothing."""
    found = []
    for kind, (name, schedule) in enumerate(zip(round_.kinds, round_.schedules, strict=True)):
        if (grant := proofs.find(pass_id, kind)) is not None:
            claimed = dao.read(round_.contract, "claimed", pass_id, kind)
            unlocked = schedule.unlocked(round_.start, grant.values[2], round_.now)
            found.append(Due(kind, name, grant, claimed, unlocked, schedule, round_.start))
    if not found:
        raise Refused(f"nothing was granted to pass {pass_id} in {proofs.path}: nothing was sent")
    return found


def instalments(dues: list[Due]) -> list[tuple[int, dict[int, int]]]:
    """When something unlocks, and wei by kind that do so then, in order."""
    moments = sorted({second for one in dues for second in one.schedule.moments(one.start)})
    told, before = [], {one.kind: 0 for one in dues}
    for second in moments:
        parts = {}
        for one in dues:
            unlocked = one.schedule.unlocked(one.start, one.cumulative, second)
            parts[one.kind], before[one.kind] = unlocked - before[one.kind], unlocked
        told.append((second, parts))
    return told


def ready(round_: Round, dues: list[Due], kind: str | None = None) -> list[Due]:
    """Those that a claim would pay something of; :class:`Refused` if there are none."""
    if kind is not None and kind not in [one.name for one in dues]:
        raise Refused(
            f'there is no grant of the kind "{kind}", only {", ".join(one.name for one in dues)}: nothing was sent'
        )
    chosen = [one for one in dues if kind in (None, one.name)]
    paying = [one for one in chosen if one.now]
    if paying and not round_.left:
        raise Refused("all that this root grants in all was claimed: nothing was sent")
    if not paying:
        coming = [
            found
            for one in chosen
            if (found := one.schedule.next(one.start, one.cumulative, round_.now)) is not None
        ]
        if not coming:
            raise Refused("everything was claimed already: nothing was sent")
        raise Refused(
            "all that has unlocked was claimed: the next part comes on "
            f"{units.show_moment(min(second for second, _ in coming))}; nothing was sent"
        )
    return paying


def plan(round_: Round, me: Standing, paying: list[Due], target: Target) -> Plan:
    """One claim to where the target says; several kinds in one transaction, to a wallet."""
    wei = min(sum(one.now for one in paying), round_.left)
    notes = list(target.notes)
    if wei < sum(one.now for one in paying):
        notes.append("less is left under the root's total than its leaves grant: the rest stays granted")
    what = f"{show_weight(wei, 'PT')} of {' and '.join(one.name for one in paying)}{target.where}"
    return Plan(
        me.wallet, f"claim {what}", f"claimed {what}", call(round_, paying, target),
        target.changes, tuple(notes), 0, target.after.records if target.after else (),
    )  # fmt: skip


def call(round_: Round, paying: list[Due], target: Target) -> Call:
    """The transaction of such a claim."""
    return Call(round_.contract, *_function(paying, target))


def _function(paying: list[Due], target: Target) -> tuple[str, tuple[Any, ...]]:
    if target.way != WALLET:
        if len(paying) > 1:
            raise Refused(
                f"{' and '.join(one.name for one in paying)} both have something: choose one for the lock by "
                "--kind; nothing was sent"
            )
        return "claimToLock", (paying[0].leaf, target.to, target.way == NEW_LOCK)
    if len(paying) == 1:
        return "claim", (*paying[0].leaf, target.to)
    return "claimMany", ([one.leaf for one in paying], target.to)
