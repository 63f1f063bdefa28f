"""What random steps seldom find: a whole life in a row, and the very second or wei in which something changes."""

from __future__ import annotations

from stateful.governor.model import FOR, LATE, Proposal, State
from stateful.governor.stage import Draft
from stateful.governor.world import World
from stateful.steps import Symbol
from support import passes
from support.suite import EXPIRY, TEAM_WINDOW


class Moments(World):
    """A world in which one also knows what to wait for."""

    def _of(self, on: Symbol, state: State) -> tuple[Draft, Proposal] | None:
        """A proposal in that state, if there is one now."""
        draft = self._proposal(on)
        proposal = self.model.proposals.get(draft.id)
        return (draft, proposal) if proposal and self.model.state(proposal) == state else None

    def _do_decree(self, how: Symbol, bill: Symbol) -> None:
        """What random steps seldom find: a proposal from its birth to its end, everybody being for it."""
        draft = self._do_propose((0, bill[1]), bill, 0)
        if draft is None:
            return
        proposal = self.model.proposals[draft.id]
        self._warp(proposal.snapshot + 1)
        self._rally(draft, FOR)
        self._warp(proposal.end + 1)
        self._queue(draft)
        if not proposal.eta:
            return
        kind, x = how
        self._warp(proposal.eta + (0, TEAM_WINDOW, EXPIRY)[kind] + (0, 0, -1)[x % 3])
        if kind == 0 and x % 3 == 2:
            self._do_execute((5, x), (0, x))
            self._warp(proposal.eta)
        if self.model.state(proposal) == State.QUEUED:
            self._execute(self.wallets[x % 2] if kind == 0 else self.stage.bystander, draft)
        elif self.model.state(proposal) == State.EXPIRED:
            self._clear(self.stage.bystander, draft)

    def _do_execute_in_time(self, when: int, who: Symbol) -> None:
        """To the second: before and at the end of the delay, of the window, of the whole time there is."""
        made = self.model.proposals.values()
        for proposal in [one for one in made if self.model.state(one) == State.SUCCEEDED][:1]:
            self._queue(self.drafts[proposal.id])
        queued = [one for one in made if self.model.state(one) == State.QUEUED]
        if queued:
            proposal = queued[who[1] % len(queued)]
            self._warp(proposal.eta + (0, TEAM_WINDOW, EXPIRY)[when // 2] - when % 2)
            self._do_execute((State.QUEUED, 0), who)

    def _do_change_in_time(self, on: Symbol, support: int, early: int) -> None:
        """In the last second for changes, or in the one after it."""
        found = self._of(on, State.ACTIVE)
        if found:
            self._warp(found[1].deadline - LATE + 1 - early)
            self._do_change(on, support)

    def _do_brink(self, on: Symbol, how: Symbol) -> None:
        """A vote ends with as many votes as it takes, or a wei more or less."""
        found = self._of(on, State.ACTIVE)
        if found:
            if how[0] > 2:
                self._do_split(on, (0, 0), (1, 2))
            self._do_split(on, (0, 0), how)
            self._warp(found[1].end + how[1] % 2)

    def _do_duel(self, on: Symbol, turns: int) -> None:
        """The outcome turns again and again, late."""
        found = self._of(on, State.ACTIVE)
        if found is None:
            return
        draft, proposal = found
        for turn in range(turns):
            earlier = (0, 0, LATE - 1, LATE)[(on[1] >> turn) % 4]  # just late enough, and just not
            self._warp(proposal.end - earlier)
            voter = max(self.wallets, key=lambda wallet: self._left(proposal, wallet))
            needed = self._turning(proposal)
            if sum(needed) > self._left(proposal, voter):
                return
            self._split(draft, voter, needed)

    def _turning(self, proposal: Proposal) -> tuple[int, int, int]:
        """The least that turns the outcome."""
        against, in_favour, abstained = proposal.tally()
        majority = proposal.rules[5]
        if self.model.passes(proposal):
            return min(in_favour * 10_000 // majority - in_favour + 1, in_favour) - against, 0, 0
        share = -(-majority * against // (10_000 - majority))
        return 0, max(share, against + 1, self.model.quorum(proposal) - abstained) - in_favour, 0

    def _do_at_the_snapshot(self, early: int, which: int, who: int, other: int) -> None:
        """A pass, a lock or a delegation of the snapshot's own second, or of the one before."""
        waiting = [one for one in self.model.proposals.values() if self.model.state(one) == State.PENDING]
        if waiting:
            self._warp(waiting[0].snapshot - early)
        book = self.model.realm.passes
        if which == 0 and book.pass_of(other):
            account = book.passes[book.pass_of(other)].account
            self._do_burn(other)
            self._mint(account, other)
        elif which == 0:
            self._do_mint(who, other)
        elif which == 1:
            self._do_create(who, (0, 60_000), (1, 0))
        else:
            self._do_delegate(who, other)
        if waiting:
            at = waiting[0].snapshot
            self._warp(at + 1)
            young = [wallet for wallet in self.wallets if self.model.realm.elector(wallet, at)[1] == at]
            self._vote("vote", young[0] if young else self.wallets[who], self.drafts[waiting[0].id], FOR)

    def _do_propose_in_time(self, bill: Symbol, who: int, near: int) -> None:
        """So that a revocation is 30 days old at the snapshot, or a second more or less."""
        book = self.model.realm.passes
        if not any(one.revoked is not None for one in book.passes.values()):
            self._do_revoke(who)
        revoked = [one.revoked for one in book.passes.values() if one.revoked is not None]
        delay = self.model.realm.rules[self.model.realm.class_of(self.stage.bills[self._bill(bill)[0]])][1]
        self._warp(revoked[who % len(revoked)] + passes.STRUCK + near - 1 - delay)
        draft = self._do_propose((0, bill[1]), bill, 0)
        if draft:
            proposal = self.model.proposals[draft.id]
            self._warp(proposal.snapshot + 1)
            self._rally(draft, FOR)
