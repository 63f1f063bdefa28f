"""The model, second part: proposals and ballots. Every ballot is kept with its weight; nothing is a running sum.

Weights are those of :class:`phemexia.escrow.EscrowModel` at the snapshot, in wei of vePT. Methods mirror the
governor's functions: they return the events that it must emit, or raise :class:`Refused` and change nothing.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from enum import IntEnum

from stateful.governor.realm import Action, Realm, Refused
from support import passes
from support.suite import DAY, EXPIRY, PT, TEAM_WINDOW

from phemexia.escrow import EscrowModel

AGAINST, FOR, ABSTAIN, SPLIT = 0, 1, 2, 255
LATE, MOST_EXTENSION = DAY, 3 * DAY

Emitted = tuple[str, dict]
Events = list[Emitted]
State = IntEnum("State", "PENDING ACTIVE CANCELED DEFEATED SUCCEEDED QUEUED EXPIRED EXECUTED", start=0)
Skipped = IntEnum(
    "Skipped", "TOO_LATE INVALID_SUPPORT NOT_ELECTOR ALREADY_CAST NO_WEIGHT INVALID_SIGNATURE", start=0
)


@dataclass
class Ballot:
    """What one pass said: ``wallet`` had ``weight`` at the snapshot, ``parts`` are against, for, abstain."""

    wallet: str
    weight: int
    parts: list[int]
    split: bool = False

    @property
    def kind(self) -> int:
        """As the contract numbers it: none, against, for, abstain, split."""
        return 4 if self.split else 1 + self.parts.index(self.weight)


@dataclass
class Proposal:
    """A proposal under the rules of its birth. ``deadline`` is the first, ``end`` the last second of the vote."""

    id: int
    proposer: str
    actions: tuple[Action, ...]
    class_: int
    rules: tuple[int, ...]
    snapshot: int
    deadline: int
    end: int
    ballots: dict[int, Ballot] = field(default_factory=dict)
    based: bool = False
    eta: int = 0
    canceled: bool = False
    executed: int = 0
    cleared: bool = False

    def tally(self) -> tuple[int, ...]:
        """Wei against, for, abstained: the sum of the ballots."""
        return tuple(sum(ballot.parts[i] for ballot in self.ballots.values()) for i in range(3))


@dataclass(frozen=True)
class Signed:
    """An entry of a batch; ``good``: the voter signed exactly this."""

    voter: str
    support: int
    deadline: int
    good: bool


class Model:
    """The governor with everything that it asks and that obeys it."""

    def __init__(self, realm: Realm, escrow: EscrowModel, addresses: dict[str, str]) -> None:
        self.realm = realm
        self.escrow = escrow
        self.addresses = addresses
        self.proposals: dict[int, Proposal] = {}
        self.latest: dict[str, int] = {}
        self.nonces: dict[tuple[str, int], int] = {}
        self._totals: dict[int, int] = {}

    @property
    def now(self) -> int:
        return self.realm.now

    def warp(self, now: int) -> None:
        """Let time pass, for all parts."""
        self.realm.now = self.realm.passes.now = self.escrow.now = now

    # --- what a proposal is

    def known(self, number: int) -> Proposal:
        """The proposal of that id."""
        if number not in self.proposals:
            raise Refused("GovernorNonexistentProposal", proposalId=number)
        return self.proposals[number]

    def total(self, proposal: Proposal) -> int:
        """All vePT at the snapshot; added up once, since it is past."""
        if proposal.id not in self._totals:
            self._totals[proposal.id] = self.escrow.get_past_total_supply(proposal.snapshot)
        return self._totals[proposal.id]

    def quorum(self, proposal: Proposal) -> int:
        """Wei of vePT that it takes: 500,000, the floor or half of all, and the share, whichever is the most."""
        _, _, _, floor, bps, _ = proposal.rules
        total = self.total(proposal)
        return max(500_000 * PT, min(floor * PT, (total + 1) // 2), (total * bps + 9_999) // 10_000)

    def passes(self, proposal: Proposal) -> bool:
        """Whether the ballots, as they are, decide for it under the rules of its birth."""
        against, in_favour, abstained = proposal.tally()
        majority = proposal.rules[5]
        enough = in_favour > against and in_favour * 10_000 >= (in_favour + against) * majority
        return enough and in_favour + abstained >= self.quorum(proposal)

    def state(self, proposal: Proposal) -> State:
        """Where its life stands now."""
        now = self.now
        if proposal.executed:
            return State.EXECUTED
        if proposal.canceled:
            return State.CANCELED
        if now <= proposal.snapshot:
            return State.PENDING
        if now <= proposal.end:
            return State.ACTIVE
        if not self.passes(proposal):
            return State.DEFEATED
        if proposal.eta:
            return State.EXPIRED if now >= proposal.eta + EXPIRY else State.QUEUED
        return State.EXPIRED if now >= proposal.end + EXPIRY else State.SUCCEEDED

    def _in_state(self, number: int, state: State) -> Proposal:
        proposal = self.known(number)
        current = self.state(proposal)
        if current != state:
            raise Refused("GovernorUnexpectedProposalState", proposalId=number, current=current)
        return proposal

    # --- proposing

    def live(self, account: str) -> int:
        """The account's proposal whose vote is not over, or zero."""
        number = self.latest.get(account, 0)
        voting = number and self.state(self.proposals[number]) in (State.PENDING, State.ACTIVE)
        return number if voting else 0

    def threshold(self, actions: tuple[Action, ...]) -> int:
        """Wei of vePT that proposing these actions takes now."""
        return self.realm.rules[self.realm.class_of(actions)][0] * PT

    def propose(self, proposer: str, number: int, actions: tuple[Action, ...], only_for: str | None) -> Events:
        """``only_for``: whom the description names as its proposer."""
        if only_for not in (None, proposer):
            raise Refused("GovernorRestrictedProposer", proposer=proposer)
        _, since = self.realm.elector(proposer, self.now)
        if since in (0, self.now):
            raise Refused("PhemexGovernor__NotElector", account=proposer, since=since, timepoint=self.now)
        votes, needed = self.escrow.get_past_votes(proposer, self.now - 1), self.threshold(actions)
        if votes < needed:
            raise Refused("GovernorInsufficientProposerVotes", proposer=proposer, votes=votes, threshold=needed)
        if live := self.live(proposer):
            raise Refused("PhemexGovernor__HasLiveProposal", proposer=proposer, proposalId=live)
        if not actions:
            raise Refused("GovernorInvalidProposalLength")
        if number in self.proposals:
            raise Refused("GovernorUnexpectedProposalState", proposalId=number)
        class_ = self.realm.class_of(actions)
        rules = self.realm.rules[class_]
        snapshot = self.now + rules[1]
        end = snapshot + rules[2]
        self.proposals[number] = Proposal(number, proposer, actions, class_, rules, snapshot, end, end)
        self.latest[proposer] = number
        created = {"proposalId": number, "proposer": proposer, "voteStart": snapshot, "voteEnd": end}
        classified = {"proposalId": number, "class": class_}
        return [("ProposalCreated", created), ("ProposalClassified", classified)]

    # --- ballots

    def weight(self, proposal: Proposal, wallet: str) -> int:
        """What a wallet weighed at the snapshot."""
        return self.escrow.get_past_votes(wallet, proposal.snapshot)

    def _ballot(self, proposal: Proposal, wallet: str, number: int) -> Ballot:
        """The pass's ballot, or a new one that says nothing yet."""
        kept = proposal.ballots.get(number)
        return kept or Ballot(wallet, self.weight(proposal, wallet), [0, 0, 0])

    def cast(
        self, sender: str, voter: str, number: int, support: int, parts: tuple[int, int, int] | None = None
    ) -> Events:
        """One ballot, of the sender or of a voter who signed it; ``parts`` are what a split ballot gives."""
        proposal = self._in_state(number, State.ACTIVE)
        pass_id, since = self.realm.elector(voter, proposal.snapshot)
        if since == 0 or since >= proposal.snapshot:
            raise Refused("PhemexGovernor__NotElector", account=voter, since=since, timepoint=proposal.snapshot)
        if self.weight(proposal, voter) == 0:
            raise Refused("PhemexGovernor__NoWeight", account=voter)
        before = proposal.ballots.get(pass_id)
        after = deepcopy(self._ballot(proposal, voter, pass_id))
        assert after.wallet == voter, "a second wallet votes with a pass"
        if before and sender != voter:
            raise Refused("GovernorAlreadyCastVote", voter=voter)
        events: Events = []
        if support == SPLIT:
            weight = self._split(voter, before, after, parts)
        elif support > 2:
            raise Refused("GovernorInvalidVoteType")
        elif parts is not None:
            raise Refused("GovernorInvalidVoteParams")
        else:
            weight = after.weight
            after.parts = [weight if kind == support else 0 for kind in range(3)]
            if before:
                if before.split or before.kind == after.kind:
                    raise Refused("GovernorAlreadyCastVote", voter=voter)
                if self.now > proposal.deadline - LATE:
                    until = proposal.deadline - LATE
                    raise Refused("PhemexGovernor__ChangesClosed", proposalId=number, until=until)
                moved = {"from": before.kind, "to": after.kind, "weight": weight}
                events.append(("BallotChanged", {"proposalId": number, "voter": voter, **moved}))
        events += self._count(proposal, {pass_id: after})
        name = "VoteCast" if parts is None else "VoteCastWithParams"
        events.append((name, {"voter": voter, "proposalId": number, "support": support, "weight": weight}))
        return events

    @staticmethod
    def _split(voter: str, before: Ballot | None, after: Ballot, parts: tuple[int, int, int] | None) -> int:
        if before and not before.split:
            raise Refused("GovernorAlreadyCastVote", voter=voter)
        if parts is None:
            raise Refused("GovernorInvalidVoteParams")
        left = after.weight - sum(after.parts)
        if not 0 < sum(parts) <= left:
            raise Refused("PhemexGovernor__InvalidSplit", account=voter, weight=sum(parts), left=left)
        after.split = True
        after.parts = [had + more for had, more in zip(after.parts, parts, strict=True)]
        return sum(parts)

    def cast_by_sig(self, sender: str, voter: str, number: int, support: int, key: int | None) -> Events:
        """``key``: under which nonce the voter signed this (0: its own, or the proposal's); None: it did not."""
        if key is None:
            raise Refused("GovernorInvalidSignature", voter=voter)
        events = self.cast(sender, voter, number, support)
        self.nonces[voter, key] = self.nonces.get((voter, key), 0) + 1
        return events

    def sponsor(self, number: int, batch: list[Signed]) -> Events:
        """Many signed first ballots: the bad are skipped, the others counted at once."""
        proposal = self._in_state(number, State.ACTIVE)
        events: Events = []
        counted: dict[int, Ballot] = {}
        for entry in batch:
            pass_id, reason = self._flaw(proposal, entry, counted)
            if reason is not None:
                skipped = {"proposalId": number, "voter": entry.voter, "reason": reason}
                events.append(("BallotSkipped", skipped))
                continue
            weight = self.weight(proposal, entry.voter)
            parts = [weight if kind == entry.support else 0 for kind in range(3)]
            counted[pass_id] = Ballot(entry.voter, weight, parts)
            cast = {"voter": entry.voter, "proposalId": number, "support": entry.support, "weight": weight}
            events.append(("VoteCast", cast))
        return events + self._count(proposal, counted)

    def _flaw(self, proposal: Proposal, entry: Signed, counted: dict[int, Ballot]) -> tuple[int, Skipped | None]:
        if self.now > entry.deadline:
            return 0, Skipped.TOO_LATE
        if entry.support > 2:
            return 0, Skipped.INVALID_SUPPORT
        pass_id, since = self.realm.elector(entry.voter, proposal.snapshot)
        if since == 0 or since >= proposal.snapshot:
            return 0, Skipped.NOT_ELECTOR
        if pass_id in proposal.ballots or pass_id in counted:
            return 0, Skipped.ALREADY_CAST
        if self.weight(proposal, entry.voter) == 0:
            return 0, Skipped.NO_WEIGHT
        return pass_id, None if entry.good else Skipped.INVALID_SIGNATURE

    def _count(self, proposal: Proposal, ballots: dict[int, Ballot]) -> Events:
        """Put ballots in their places; a late turn of the outcome gives the others a day, three in all."""
        if not ballots:
            return []
        events = self.fix_base(proposal.id)
        before = self.passes(proposal)
        proposal.ballots |= ballots
        if self.now + LATE > proposal.end and self.passes(proposal) != before:
            later = min(self.now + LATE, proposal.deadline + MOST_EXTENSION)
            if later > proposal.end:
                proposal.end = later
                extended = {"proposalId": proposal.id, "extendedDeadline": later}
                events.append(("ProposalExtended", extended))
        return events

    def fix_base(self, number: int) -> Events:
        """By anyone, or by the first ballot."""
        proposal = self.known(number)
        if proposal.based:
            return []
        if self.now <= proposal.snapshot:
            raise Refused("ERC5805FutureLookup", timepoint=proposal.snapshot, clock=self.now)
        total = self.total(proposal)
        proposal.based = total != 0
        return [("QuorumBaseFixed", {"proposalId": number, "base": total})]

    # --- from decision to execution

    def queue(self, number: int) -> Events:
        """By anyone."""
        proposal = self._in_state(number, State.SUCCEEDED)
        proposal.eta = self.now + self.realm.delay
        return [("ProposalQueued", {"proposalId": number, "etaSeconds": proposal.eta})]

    def execute(self, caller: str, number: int) -> Events:
        """By the team first, then by anyone."""
        proposal = self.known(number)
        window = proposal.eta + TEAM_WINDOW
        if proposal.eta and self.now < window and not self.realm.is_member(caller):
            raise Refused("PhemexGovernor__CoreTeamOnly", proposalId=number, until=window)
        self._in_state(number, State.QUEUED)
        if self.now < proposal.eta:
            raise Refused("TimelockUnexpectedOperationState")
        realm = deepcopy(self.realm)
        for action in proposal.actions:
            try:
                realm.carry_out(action, self.addresses)
            except passes.Refusal as refusal:
                raise Refused(f"SoulPass__{refusal}") from None
        self.realm = realm
        proposal.executed += 1
        done: Events = [("ProposalExecuted", {"proposalId": number})]
        named = [
            ("GuardianSet", {"guardian": action.args[0], "until": realm.guardian_until})
            for action in proposal.actions
            if (action.target, action.function) == ("governor", "setGuardian")
        ]
        return named + done

    def cancel(self, caller: str, number: int) -> Events:
        """By its proposer until its vote is over, by the guardian until execution, but not its own removal."""
        proposal = self.known(number)
        state = self.state(proposal)
        own = caller == proposal.proposer and state in (State.PENDING, State.ACTIVE)
        open_ = state in (State.PENDING, State.ACTIVE, State.SUCCEEDED, State.QUEUED)
        removal = all(action.function == "setGuardian" for action in proposal.actions)
        if not own and not (open_ and not removal and caller == self.realm.present_guardian()):
            raise Refused("GovernorUnableToCancel", proposalId=number, account=caller)
        proposal.canceled = True
        return [("ProposalCanceled", {"proposalId": number})]

    def clear(self, number: int) -> Events:
        """Take what expired after it was queued out of the timelock, once."""
        proposal = self._in_state(number, State.EXPIRED)
        if not proposal.eta or proposal.cleared:
            raise Refused("TimelockUnexpectedOperationState")
        proposal.cleared = True
        return [("ExpiredCleared", {"proposalId": number})]
