"""The compiled suite and its model side by side: each step is taken by both, and both must agree.

They agree when a call reverts exactly where the model refuses, with that error, and when the governor emits what
the model says. What else must hold is in :mod:`stateful.governor.laws`.
"""

from __future__ import annotations

from random import Random

from stateful.governor import realm
from stateful.governor.members import Members
from stateful.governor.model import (
    LATE,
    SPLIT,
    Proposal,
    Signed,
    State,
)
from stateful.governor.stage import DESCRIPTIONS, FAR, WALLETS, Draft, packed
from stateful.steps import Symbol
from support import passes
from support.suite import DAY, EXPIRY, TEAM_WINDOW, WEEK

from phemexia.evm import ZERO


class World(Members):
    """One sequence. Use it in a ``with`` block: at its end the stage is as it was."""

    # --- symbols -----------------------------------------------------------------------------------------------

    def _proposal(self, symbol: Symbol) -> Draft:
        """One that fits, which may take a proposal, or waiting for a vote to open; else whichever there is."""
        kind, x = symbol
        if kind == 9:
            return self._unmade(x)
        if not self.model.proposals:
            self._do_propose((0, x), (0, x), 0)
        made = list(self.model.proposals.values())
        if not made:
            return self._unmade(x)
        fitting = [one for one in made if kind in (8, self.model.state(one))]
        if not fitting and kind == State.ACTIVE:
            fitting = self._opened(x)
        chosen = fitting or made
        return self.drafts[chosen[x % len(chosen)].id]

    def _opened(self, x: int) -> list[Proposal]:
        """A proposal whose vote is made to open, if it can be."""
        if x % 4 and not any(self.model.state(one) == State.PENDING for one in self.model.proposals.values()):
            self._do_propose((0, x), (0, x), 0)
        waiting = [one for one in self.model.proposals.values() if self.model.state(one) == State.PENDING][:1]
        self._warp(waiting[0].snapshot + 1 if waiting else 0)
        return waiting

    def _unmade(self, x: int) -> Draft:
        drafts = (self.stage.draft((x + i) % len(self.stage.bills), x % DESCRIPTIONS, None) for i in range(99))
        return next(draft for draft in drafts if draft.id not in self.model.proposals)

    # --- steps: time -------------------------------------------------------------------------------------------

    def _moments(self, proposal: Proposal) -> list[int]:
        """The last second of everything that matters to a proposal."""
        found = [proposal.snapshot, proposal.deadline - LATE, proposal.end - LATE, proposal.end]
        if proposal.eta:
            found += [proposal.eta - 1, proposal.eta + TEAM_WINDOW - 1, proposal.eta + EXPIRY - 1]
        elif self.model.state(proposal) == State.SUCCEEDED:
            found += [proposal.end + EXPIRY - 1]
        return found

    def _do_warp(self, symbol: Symbol) -> None:
        kind, x = symbol
        now = self.model.now
        live = [one for one in self.model.proposals.values() if not one.executed and not one.canceled]
        coming = sorted(moment for one in live for moment in self._moments(one) if moment >= now - 1)
        match kind:
            case 0:
                to = now  # the same second in another block
            case 1:
                to = now + 1
            case 2:
                to = now + x * 2  # a day and a half
            case 3:
                to = now + x % 6 * WEEK + x % 11 * 3_600
            case 4 if coming:
                to = coming[0] + (0, 1, 1, 2)[x % 4]
            case 5 if coming:
                to = coming[x % min(4, len(coming))] + (0, 1, 1, 2)[x % 5 % 4]
            case 6:
                to = self._moment_of_a_pass(x)
            case _:
                to = self.model.realm.guardian_until + (-1, 0, 1)[x % 3] if x % 5 == 0 else now + DAY
        self.taken["warp"] += 1
        self._warp(to)

    def _moment_of_a_pass(self, x: int) -> int:
        moments = [self.model.now + 7 * DAY]
        for one in self.model.realm.passes.passes.values():
            if one.revoked is not None:
                moments += [one.revoked + passes.STRUCK] * 2
            if one.pending is not None:
                moments += [one.pending[1] + passes.WAIT] * 2
        return moments[x % len(moments)] + (-1, 0, 1)[x % 3]

    # --- steps: proposing --------------------------------------------------------------------------------------

    def _proposer(self, symbol: Symbol, actions: tuple) -> str:
        kind, x = symbol
        if kind == 2:
            return (self.stage.deployer, self.stage.guardian)[x % 2]
        model, now = self.model, self.model.now
        if kind == 0:
            needed = model.threshold(actions)
            able = [
                wallet
                for wallet in self.wallets
                if 0 < model.realm.elector(wallet, now)[1] < now
                and model.escrow.get_past_votes(wallet, now - 1) >= needed
                and not model.live(wallet)
            ]
        else:
            able = [wallet for wallet in self.wallets if kind == 3 and model.live(wallet)]
        return (able or self.wallets)[x % len(able or self.wallets)]

    def _bill(self, symbol: Symbol) -> tuple[int, int]:
        kind, x = symbol
        bill = x % len(self.stage.bills)
        if kind == 1 and self.drafts:
            again = list(self.drafts.values())[x % len(self.drafts)]
            return self.stage.bills.index(again.actions), int(again.description[9])
        texts = range(DESCRIPTIONS)  # the first that is new, so that few ballots are signed anew
        return bill, next((text for text in texts if self.stage.draft(bill, text, None).id not in self.drafts), 0)

    def _do_propose(self, who: Symbol, bill: Symbol, named: int) -> Draft | None:
        which = self._bill(bill)
        proposer = self._proposer(who, self.stage.bills[which[0]])
        only_for = (None, proposer, self.wallets[who[1] % WALLETS])[named]
        draft = self.stage.draft(*which, only_for)
        lists = [list(part) for part in draft.lists]
        receipt = self._govern(
            "propose",
            "propose",
            proposer,
            (*lists, draft.description),
            lambda: self.model.propose(proposer, draft.id, draft.actions, only_for),
        )
        if receipt is None:
            return None
        self.drafts[draft.id] = draft
        return draft

    # --- steps: voting -----------------------------------------------------------------------------------------

    def _voter(self, symbol: Symbol, draft: Draft) -> int:
        """One who can still cast a ballot, or anyone."""
        kind, x = symbol
        proposal = self.model.proposals.get(draft.id)
        fitting = list(range(WALLETS))
        if kind == 0 and proposal and self.model.now > proposal.snapshot:
            able = [who for who in fitting if self._may_vote(proposal, self.wallets[who])]
            fitting = able or fitting
        return fitting[x % len(fitting)]

    def _may_vote(self, proposal: Proposal, wallet: str) -> bool:
        return self._left(proposal, wallet) > 0

    def _left(self, proposal: Proposal, wallet: str) -> int:
        """Wei of vePT that a wallet can still cast."""
        number, since = self.model.realm.elector(wallet, proposal.snapshot)
        ballot = proposal.ballots.get(number)
        if not 0 < since < proposal.snapshot or (ballot and not ballot.split):
            return 0
        return self.model.weight(proposal, wallet) - sum(ballot.parts if ballot else ())

    def _vote(self, label: str, voter: str, draft: Draft, support: int) -> None:
        self._govern(
            label, "castVote", voter, (draft.id, support), lambda: self.model.cast(voter, voter, draft.id, support)
        )

    def _do_vote(self, on: Symbol, who: Symbol, support: int) -> None:
        draft = self._proposal(on)
        self._vote("vote", self.wallets[self._voter(who, draft)], draft, support)

    def _do_vote_for_others(self, on: Symbol, who: Symbol, support: int) -> None:
        self._vote("vote", self._person(who), self._proposal(on), support)

    def _do_change(self, on: Symbol, support: int) -> None:
        """Whoever has a whole ballot says something else."""
        draft = self._proposal(on)
        proposal = self.model.proposals.get(draft.id)
        cast = [one for one in proposal.ballots.values() if not one.split] if proposal else []
        if cast:
            ballot = cast[on[1] % len(cast)]
            self._vote("change", ballot.wallet, draft, (ballot.kind + support % 2) % 3)

    def _parts(self, proposal: Proposal, wallet: str, symbol: Symbol) -> tuple[int, int, int]:
        kind, x = symbol
        number, _ = self.model.realm.elector(wallet, proposal.snapshot)
        before = proposal.ballots.get(number)
        left = max(0, self.model.weight(proposal, wallet) - sum(before.parts if before else ()))
        against, in_favour, abstained = proposal.tally()
        random, near = Random(x), (-1, 0, 1)[x % 3]
        match kind:
            case 1 | 2:
                missing = self.model.quorum(proposal) - in_favour - abstained + near
                size = max(0, min(missing, left))
                return (0, size, 0) if kind == 1 else (0, 0, size)
            case 3 | 4:
                most = in_favour * 10_000 // proposal.rules[5] - in_favour if kind == 3 else in_favour
                return max(0, min(most - against + near, left)), 0, 0
            case 5:
                return left, 1, 0
            case 6:
                return 0, 0, 0
            case _:
                cuts = sorted(random.randrange(left + 1) for _ in range(3))
                return cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1]

    def _do_split(self, on: Symbol, who: Symbol, how: Symbol) -> None:
        """To the edge goes whoever has most left."""
        draft = self._proposal(on)
        voter = self.wallets[self._voter(who, draft)]
        proposal = self.model.proposals.get(draft.id)
        if proposal and 1 <= how[0] <= 4 and self.model.now > proposal.snapshot:
            voter = max(self.wallets, key=lambda wallet: self._left(proposal, wallet))
        begun = [one.wallet for one in proposal.ballots.values() if one.split] if proposal else []
        if how[0] == 5 and begun:
            voter = begun[who[1] % len(begun)]
        parts: tuple[int, int, int] | None = (1, 2, 3)
        if proposal and self.model.now > proposal.snapshot:
            parts = self._parts(proposal, voter, how)
        if how[0] == 7:
            parts = None
        self._split(draft, voter, parts)

    def _split(self, draft: Draft, voter: str, parts: tuple[int, int, int] | None) -> None:
        self._govern(
            "split",
            "castVoteWithReasonAndParams",
            voter,
            (draft.id, SPLIT, "", packed(parts) if parts else b""),
            lambda: self.model.cast(voter, voter, draft.id, SPLIT, parts),
        )

    def _do_cast_by_sig(self, on: Symbol, whose: Symbol, support: int, kind: int, carrier: Symbol) -> None:
        draft, sender = self._proposal(on), self._person(carrier)
        who = self._voter(whose, draft)
        voter = self.wallets[who]
        keyed = draft.id % 2**192
        key: int | None = 0 if kind == 1 else keyed
        signer, signed, nonce = who, support, self.model.nonces.get((voter, key), 0)
        if kind == 2:
            nonce += 1 if nonce == 0 or on[1] % 2 else -1
        elif kind == 3:
            signed = (support + 1) % 3
        elif kind == 4:
            signer = (who + 1) % WALLETS
        if key:
            nonce += keyed << 64
        signature = self.stage.sign(signer, "Ballot", draft.id, signed, voter, nonce)
        if kind > 1:
            key = None
        self._govern(
            "cast_by_sig",
            "castVoteBySig",
            sender,
            (draft.id, support, voter, signature),
            lambda: self.model.cast_by_sig(sender, voter, draft.id, support, key),
        )

    def _entry(self, draft: Draft, random: Random) -> tuple[tuple, Signed]:
        """A ballot of a batch: most are good."""
        who = random.randrange(WALLETS)
        voter, support, deadline, good = self.wallets[who], random.choice((0, 1, 1, 2)), FAR, True
        flaw = random.randrange(16)
        signer, signed = who, support
        if flaw == 0:
            deadline = 1
        elif flaw == 1:
            support = signed = 3
        elif flaw == 2:
            signer, good = (who + 1) % WALLETS, False
        elif flaw == 3:
            signed, good = (support + 1) % 3, False
        elif flaw == 4:
            voter, good = self.stage.bystander, False
        elif flaw == 5 and self.model.now % 2 == 0:
            deadline = self.model.now - random.randrange(2)
        signature = self.stage.sign(signer, "SponsoredBallot", draft.id, signed, voter, deadline)
        return (voter, support, deadline, signature), Signed(voter, support, deadline, good)

    def _sponsor(self, label: str, draft: Draft, sender: str, batch: list[tuple[tuple, Signed]]) -> None:
        ballots, entries = [one for one, _ in batch], [one for _, one in batch]
        self._govern(
            label,
            "castBallotsBySig",
            sender,
            (draft.id, ballots),
            lambda: self.model.sponsor(draft.id, entries),
        )

    def _do_sponsor(self, on: Symbol, size: Symbol, carrier: Symbol) -> None:
        draft, random = self._proposal(on), Random(size[1])
        batch = [self._entry(draft, random) for _ in range(size[0])]
        self._sponsor("sponsor", draft, self._person(carrier), batch)

    def _do_rally(self, on: Symbol, support: int) -> None:
        """Everybody's ballot, for the same."""
        self._rally(self._proposal(on), support)

    def _rally(self, draft: Draft, support: int) -> None:
        batch = []
        for who, voter in enumerate(self.wallets):
            signature = self.stage.sign(who, "SponsoredBallot", draft.id, support, voter, FAR)
            batch.append(((voter, support, FAR, signature), Signed(voter, support, FAR, True)))
        self._sponsor("rally", draft, self.stage.bystander, batch)

    def _do_fix_base(self, on: Symbol) -> None:
        draft = self._proposal(on)
        self._govern(
            "fix_base",
            "fixQuorumBase",
            self.stage.bystander,
            (draft.id,),
            lambda: self.model.fix_base(draft.id),
        )

    # --- steps: from decision to execution ---------------------------------------------------------------------

    def _do_queue(self, on: Symbol) -> None:
        self._queue(self._proposal(on))

    def _queue(self, draft: Draft) -> None:
        receipt = self._govern(
            "queue", "queue", self.stage.bystander, draft.hashed, lambda: self.model.queue(draft.id)
        )
        if receipt:
            assert len(receipt.named("CallScheduled")) == len(draft.actions)

    def _do_execute(self, on: Symbol, who: Symbol) -> None:
        team = [wallet for wallet in self.wallets if self.model.realm.is_member(wallet)]
        kind, x = who
        caller = team[x % len(team)] if kind == 0 and team else self._person((max(kind - 1, 0), x))
        self._execute(caller, self._proposal(on))

    def _execute(self, caller: str, draft: Draft) -> None:
        member = self.suite.core_team.isMember(caller)
        with self.reads.around_an_execution(draft.id, caller, member) as happened:
            receipt = self._govern(
                "execute", "execute", caller, draft.hashed, lambda: self.model.execute(caller, draft.id)
            )
            if receipt:
                calls = [event.args["target"] for event in receipt.named("CallExecuted")]
                assert calls == list(draft.lists[0]), "not the actions of the proposal"
                happened.append(receipt)

    def _do_cancel(self, on: Symbol, who: Symbol) -> None:
        draft = self._proposal(on)
        kind, x = who
        proposal = self.model.proposals.get(draft.id)
        if kind == 0 and proposal:
            caller = proposal.proposer
        elif kind == 1:
            caller = self.model.realm.guardian
            caller = self.stage.guardian if caller == ZERO else caller
        else:
            caller = self._person((kind - 2, x))
        self._govern("cancel", "cancel", caller, draft.hashed, lambda: self.model.cancel(caller, draft.id))

    def _do_clear(self, on: Symbol, who: Symbol) -> None:
        """What is queued may be waited for."""
        queued = [one for one in self.model.proposals.values() if self.model.state(one) == State.QUEUED]
        if on[0] == State.EXPIRED and queued:
            self._warp(queued[0].eta + EXPIRY - on[1] % 2)
            draft = self.drafts[queued[0].id]
        else:
            draft = self._proposal(on)
        self._clear(self._person(who), draft)

    def _clear(self, caller: str, draft: Draft) -> None:
        self._govern("clear", "clearExpired", caller, draft.hashed, lambda: self.model.clear(draft.id))

    def _do_trespass(self, who: Symbol, on: Symbol) -> None:
        """Nobody gets by the governor, however high its office: each of these must be refused."""
        caller = self._person(who)
        draft = self._proposal(on)
        suite, stranger = self.suite, self.stage.bystander
        batch = (*(list(part) for part in draft.lists), bytes(32), bytes(20) + draft.hashed[-1][20:])
        ways = [
            (suite.timelock.executeBatch, batch, "AccessControlUnauthorizedAccount"),
            (suite.timelock.scheduleBatch, (*batch, 5 * DAY), "AccessControlUnauthorizedAccount"),
            (suite.timelock.cancel, (bytes(32),), "AccessControlUnauthorizedAccount"),
            (suite.timelock.grantRole, (bytes(32), caller), "AccessControlUnauthorizedAccount"),
            (suite.timelock.updateDelay, (2 * DAY,), "TimelockUnauthorizedCaller"),
            (suite.treasury.spend, (suite.token, stranger, 1, ""), "Treasury__NotDao"),
            (suite.mandates.signal, (bytes(32),), "Mandates__NotDao"),
            (suite.core_team.appoint, (stranger,), "CoreTeam__NotDao"),
            (suite.core_team.dismiss, (self.wallets[0],), "CoreTeam__NotDao"),
            (suite.action_classes.setClasses, ([],), "ActionClasses__NotDao"),
            (suite.governor.setGuardian, (caller,), "GovernorOnlyExecutor"),
            (suite.governor.relay, (stranger, 0, b""), "PhemexGovernor__NoRelay"),
            (suite.governor.updateTimelock, (stranger,), "PhemexGovernor__TimelockIsFixed"),
        ]
        function, args, error = ways[who[1] // WALLETS % len(ways)]

        def refuse() -> None:
            raise realm.Refused(error)

        self._both("trespass", caller, function.contract, function, args, refuse)

    # --- the end of a sequence ---------------------------------------------------------------------------------

    def finish(self) -> None:
        """Look at everything once more; a year later nothing can be carried out any more."""
        self.reads.whole()
        self.seen.update(State(self.model.state(one)).name for one in self.model.proposals.values())
        left = (State.SUCCEEDED, State.QUEUED, State.EXPIRED)
        decided = [one for one in self.model.proposals.values() if self.model.state(one) in left]
        self._warp(self.model.now + 365 * DAY)
        for proposal in decided:
            self._execute(self.wallets[0], self.drafts[proposal.id])
        self.reads.whole()
