"""The life of a proposal: when what happens, how the vote stands, who may do what next.

The times mirror GovernorExecution and GovernorBallots; the tests compare them with what the contracts say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from phemexia.config import units
from phemexia.errors import Refused
from phemexia.proposals.dao import STATES, Dao
from phemexia.proposals.history import Recorded

DAY = 86_400
TEAM_WINDOW = 3 * DAY
"""From the end of the timelock's delay only the core team executes."""
EXPIRY = 14 * DAY
"""What was not queued so long after its vote, or not executed so long after it could be, has expired."""
LATE = DAY
"""Ballots can't be changed so shortly before the announced end."""

BPS = 10_000
NOBODY = units.NOBODY


@dataclass(frozen=True)
class Tally:
    """Wei of vePT. ``quorum`` is none before the snapshot; ``majority`` is in ten-thousandths."""

    against: int
    in_favour: int
    abstained: int
    quorum: int | None
    majority: int

    @property
    def counted(self) -> int:
        """What counts for the quorum."""
        return self.in_favour + self.abstained

    @property
    def is_quorate(self) -> bool:
        """Whether the quorum is reached."""
        return self.quorum is not None and self.counted >= self.quorum

    @property
    def is_majority(self) -> bool:
        """Whether For exceeds Against, and is the share that the class takes."""
        votes = self.in_favour + self.against
        return self.in_favour > self.against and self.in_favour * BPS >= votes * self.majority

    @property
    def outcome(self) -> str:
        """What would become of it, if the vote ended now."""
        if self.is_quorate and self.is_majority:
            return "would pass"
        lacks = [what for what, has in (("quorum", self.is_quorate), ("majority", self.is_majority)) if not has]
        return f"would fail: no {' and no '.join(lacks)}"


@dataclass(frozen=True)
class Moment:
    """A point of the life; ``done`` if it lies behind and did happen."""

    time: int
    what: str
    done: bool


@dataclass(frozen=True)
class Life:
    """A proposal at a moment of the chain."""

    recorded: Recorded
    now: int
    state: str
    deadline: int
    eta: int
    """When the timelock's delay ends; zero if it is not queued."""
    delay: int
    """The timelock's, seconds: what the eta will be after queueing."""
    tally: Tally
    guardian: str
    """Zero address: nobody."""
    guardian_until: int
    only_guardians: bool
    """Whether it does nothing but name guardians, which no guardian can cancel."""

    @classmethod
    def of(cls, dao: Dao, recorded: Recorded) -> Life:
        """Ask the chain."""
        number = recorded.id
        state = STATES[dao.ask("state", number)]
        now = dao.now()
        against, in_favour, abstained = dao.ask("proposalVotes", number)
        quorum = dao.ask("proposalQuorum", number) if now > recorded.vote_start else None
        tally = Tally(against, in_favour, abstained, quorum, dao.ask("proposalMajority", number))
        return cls(
            recorded, now, state, dao.ask("proposalDeadline", number), dao.ask("proposalEta", number),
            dao.read(dao.suite.timelock, "getMinDelay"), tally, dao.ask("guardian"), dao.ask("guardianUntil"),
            _only_guardians(dao, recorded),
        )  # fmt: skip

    @property
    def changes_until(self) -> int:
        """The last second in which a nominal ballot can be changed."""
        return self.recorded.vote_end - LATE

    @property
    def open_to_all(self) -> int:
        """The first second in which anyone may execute."""
        return self.eta + TEAM_WINDOW

    @property
    def expires(self) -> int:
        """The first second in which it has expired; of what passed."""
        return (self.eta or self.deadline) + EXPIRY

    def moments(self) -> list[Moment]:
        """The life in order of time, as far as it is known or ahead."""
        return sorted(self._moments(), key=lambda moment: moment.time)

    def _moments(self) -> Iterator[Moment]:
        one = self.recorded
        yield Moment(one.created, "created", True)
        ended = one.canceled or one.executed
        over = self.state in ("Canceled", "Defeated")

        def at(time: int, what: str) -> Iterator[Moment]:
            if not (ended and ended < time):
                yield Moment(time, what, time <= self.now)

        yield from at(one.vote_start, "snapshot: the vote opens")
        yield from at(self.changes_until, "the last second to change a ballot")
        extended = " (extended)" if self.deadline > one.vote_end else ""
        yield from at(self.deadline, f"the vote ends{extended}")
        if one.queued:
            yield Moment(one.queued, "queued in the timelock", True)
        elif not over:
            yield from at(self.expires, "expires, unless it is queued before")
        if self.eta:
            yield from at(self.eta, "executable: by the core team alone")
            yield from at(self.open_to_all, "executable by anyone")
            yield from at(self.expires, "expires")
        if one.executed:
            yield Moment(one.executed, "executed", True)
        if one.canceled:
            yield Moment(one.canceled, "canceled", True)
        if one.cleared:
            yield Moment(one.cleared, "cleared from the timelock", True)

    def next(self) -> list[str]:
        """Who may do what, from now on."""
        return list(self._next())

    def _next(self) -> Iterator[str]:
        if self.state == "Pending":
            yield f"voting opens after {_at(self.recorded.vote_start)}"
            yield "ape run gov ballot: voters may sign ballots already"
        elif self.state == "Active":
            yield (
                "ape run gov vote: who has held a Soul Pass since before the snapshot and weighed something "
                f"then, until {_at(self.deadline)}"
            )
            if self.now <= self.changes_until:
                yield f"voters may change their ballots until {_at(self.changes_until)}"
            yield f"if the vote ended now, it {self.tally.outcome}"
        elif self.state == "Succeeded":
            yield f"ape run gov queue: anyone, before {_at(self.expires)}"
        elif self.state == "Queued":
            if self.now < self.eta:
                yield f"it waits in the timelock until {_at(self.eta)}"
            if self.now < self.open_to_all:
                yield f"ape run gov execute: the core team, from {_at(max(self.eta, self.now))}"
            yield f"ape run gov execute: anyone, from {_at(max(self.open_to_all, self.now))}"
            yield f"it expires at {_at(self.expires)}"
        elif self.state == "Expired" and self.recorded.queued and not self.recorded.cleared:
            yield "clearExpired: anyone may take it out of the timelock"
        else:
            yield {"Defeated": f"nothing: it {self.tally.outcome.replace('would fail', 'failed')}"}.get(
                self.state, "nothing: its life is over"
            )
        yield from self._cancellers()

    def _cancellers(self) -> Iterator[str]:
        if self.state in ("Pending", "Active"):
            yield f"ape run gov cancel: its proposer, until {_at(self.deadline)}"
        if self.guardian_may_cancel:
            until = _at(self.guardian_until)
            yield f"ape run gov cancel: the guardian {self.guardian}, whose term ends at {until}"

    @property
    def guardian_may_cancel(self) -> bool:
        """Whether the guardian, if there is one, may cancel it now."""
        alive = self.state in ("Pending", "Active", "Succeeded", "Queued")
        return alive and self.guardian != NOBODY and not self.only_guardians

    # --- what a command may do

    def require_vote(self) -> None:
        """:class:`Refused` if no ballot can be cast now."""
        if self.state == "Pending":
            raise Refused(f"the vote opens after {_at(self.recorded.vote_start)}: nothing was sent")
        if self.state != "Active":
            raise Refused(f"the vote is over, the proposal is {self.state}: nothing was sent")

    def require_queue(self) -> None:
        """:class:`Refused` if it can't be queued now."""
        if self.state in ("Pending", "Active"):
            raise Refused(f"the vote goes on until {_at(self.deadline)}: nothing was sent")
        if self.state != "Succeeded":
            raise Refused(f"only what has passed can be queued, and this is {self.state}: nothing was sent")

    def require_execute(self, is_member: bool) -> None:
        """:class:`Refused` if it can't be executed now, by a member of the core team or by somebody else."""
        if self.state == "Succeeded":
            raise Refused("it passed, and must be queued first: ape run gov queue")
        if self.state != "Queued":
            raise Refused(f"only what is queued can be executed, and this is {self.state}: nothing was sent")
        if self.now < self.eta:
            raise Refused(f"it waits in the timelock until {_at(self.eta)}: nothing was sent")
        if self.now < self.open_to_all and not is_member:
            raise Refused(f"until {_at(self.open_to_all)} only the core team may execute it: nothing was sent")

    def require_cancel(self, account: str) -> None:
        """:class:`Refused` if that account can't cancel it now."""
        if self.state not in ("Pending", "Active", "Succeeded", "Queued"):
            raise Refused(f"it is {self.state}, which nobody can cancel: nothing was sent")
        voting = self.state in ("Pending", "Active")
        if voting and account == self.recorded.proposer:
            return
        if account == self.guardian:
            if self.guardian_may_cancel:
                return
            raise Refused("it names a guardian and does nothing else: no guardian can cancel that")
        who = ["its proposer"] if voting else []
        who += ["the guardian"] if self.guardian_may_cancel else []
        raise Refused(f"{' and '.join(who) or 'nobody'} may cancel it, not {account}: nothing was sent")


def _at(time: int) -> str:
    return units.show_moment(time)


def _only_guardians(dao: Dao, recorded: Recorded) -> bool:
    selector = bytes.fromhex(dao.governor.encode_abi("setGuardian", [NOBODY])[2:10])
    return all(
        action.value == 0 and len(action.data) == 36 and action.data[:4] == selector
        for action in recorded.proposal.actions
    )
