"""The compiled escrow and its model side by side: each step is taken by both, and both must agree.

They agree when the contract reverts exactly where the model refuses, with the error and the arguments it names,
emits the events it names, and gives the model's answer to every question, undivided integers included.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from random import Random
from typing import Any

from stateful import stage
from stateful.reads import Reads
from stateful.stage import PT, SUPPLY
from stateful.steps import ACTORS, Step, Symbol

from phemexia.escrow import (
    LAST_WEEK,
    MAX_TERM,
    MIN_DEPOSIT,
    MIN_TERM,
    PERMANENT,
    WEEK,
    ZERO,
    Emitted,
    Operator,
    Permit,
    Refused,
)
from phemexia.escrow.records import LAST_SECOND
from phemexia.escrow.refusals import NotTransferable
from phemexia.escrow.token import UNLIMITED
from phemexia.evm import Reverted, events

FAR = 2**255
"""A deadline that never comes."""
OVERFLOWS = {"LockCheckpoint__Overflow", "Checkpoint__Overflow", "Panic"}
"""How the contract may refuse sums that nobody could pay, before it asks for the money."""


class World:
    """One sequence. Use it in a ``with`` block: at its end the stage is as it was."""

    def __init__(self, era: str = "usual") -> None:
        self.stage = stage.stage(era)
        self.chain = self.stage.chain
        self.escrow = self.stage.escrow
        self.token = self.stage.token
        self.model = self.stage.model()
        self.actors = self.stage.actors
        self.places = [
            *self.actors,
            *self.stage.strangers,
            self.token.address,
            self.escrow.address,
            ZERO,
        ]
        self.successors = [
            self.stage.accepting.address,
            self.stage.refusing.address,
            self.stage.strangers[0],  # without code
        ]
        self.taken: Counter[str] = Counter()
        self.most_gas = 0
        self.reads = Reads(self)
        self.random = Random(
            0
        )  # only for what is looked at, so that it does not depend on how a sequence came about
        self._stack = ExitStack()
        self._era = era

    def __enter__(self) -> "World":
        self._stack.enter_context(self.chain.isolate())
        begins = {"word": 200 * WEEK, "late": (LAST_WEEK - 150) * WEEK, "last": LAST_SECOND - 3 * WEEK}
        self._warp(self.model.genesis + begins.get(self._era, 0))
        return self

    def __exit__(self, *details: object) -> None:
        self._stack.close()

    # --- taking steps ------------------------------------------------------------------------------------------

    def take(self, step: Step) -> None:
        """Take one step in both and compare what came of it."""
        name, *symbols = step
        getattr(self, f"_do_{name}")(*symbols)

    def _both(
        self, sender: str, signature: str, args: tuple[Any, ...], expect: Callable[[], list[Emitted]]
    ) -> None:
        function = self.escrow[signature] if "(" in signature else getattr(self.escrow, signature)
        refusal: Refused | None = None
        expected: list[Emitted] = []
        try:
            expected = expect()
        except Refused as refused:
            refusal = refused
        try:
            _, logs, gas = self.chain._transact(sender, self.escrow.address, function.encode(*args), 0)
        except Reverted as revert:
            self.taken[f"{signature.partition('(')[0]}: {revert.name}"] += 1
            self._judge(refusal, revert)
            return
        self.taken[signature.partition("(")[0]] += 1
        assert refusal is None, f"the contract accepted what the model refuses: {refusal}"
        self.most_gas = max(self.most_gas, gas)
        got = [(event.name, event.args) for event in events(logs) if event.address == self.escrow.address]
        assert got == [(event.name, event.arguments) for event in expected]

    def _judge(self, refusal: Refused | None, revert: Reverted) -> None:
        assert refusal is not None, f"the contract reverted with {revert}; the model refuses nothing"
        if refusal.name.startswith("ERC20") and revert.name in OVERFLOWS:
            needed = int(refusal.arguments["needed"])
            assert self.model.locked() + needed > SUPPLY, f"{revert} came for {needed} wei"
            return
        assert (revert.name, revert.arguments) == (refusal.name, refusal.arguments)

    def _warp(self, time: int) -> None:
        passed = self.model.now
        if time > passed:
            self.chain.warp(time)
            self.model.now = time
            self.reads.remember(passed)

    # --- symbols -----------------------------------------------------------------------------------------------

    def _who(self, symbol: Symbol) -> int:
        """The number of an actor whose lock is of that kind; of any, if there is none."""
        kind, x = symbol
        fitting = [i for i in range(ACTORS) if kind in (4, self._kind(self.actors[i]))]
        return fitting[x % len(fitting)] if fitting else x % ACTORS

    def _kind(self, owner: str) -> int:
        lock = self.model.record(owner)
        if lock.amount == 0:
            return 0
        if not lock.runs_at(self.model.now):
            return 3
        return 2 if lock.is_permanent else 1

    def _amount(self, payer: str, symbol: Symbol) -> int:
        kind, x = symbol
        balance = self.model.token.balance_of(payer) if self.model.token else 0
        match kind:
            case 0:
                return MIN_DEPOSIT + x * 3 * PT // 2 + x
            case 1:
                return MIN_DEPOSIT
            case 2:
                return MIN_DEPOSIT - 1
            case 3:
                return balance
            case 4:
                return balance + 1
            case 5:
                return balance // (x % 5 + 1)
            case _:
                return (0, SUPPLY, 2**90, 2**256 - 1)[x % 4]

    def _end(self, owner: str, symbol: Symbol) -> int:
        kind, x = symbol
        earliest, latest = self.model.earliest(), self.model.latest()
        weeks = max((latest - earliest) // WEEK + 1, 1)
        own = self.model.record(owner).unlock_time
        match kind:
            case 0:
                return earliest + x % weeks * WEEK
            case 1:
                return latest
            case 2:
                return earliest
            case 3:  # share a week with somebody
                ends = self._ends()
                return ends[x % len(ends)] if ends else latest
            case 4:
                return earliest - WEEK
            case 5:
                return latest + WEEK
            case 6:
                return earliest + x % weeks * WEEK + (-1, 1, 12 * 3600)[x % 3]
            case 7:
                return (0, 1, PERMANENT, 2**64, 2**64 - 1, self.model.genesis, latest + 1)[x % 7]
            case 8:
                return own + (x % 12) * WEEK if own not in (0, PERMANENT) else latest
            case _:
                return own

    def _ends(self) -> list[int]:
        ends = {self.model.record(actor).unlock_time for actor in self.actors}
        return sorted(end for end in ends if end > self.model.now and end != PERMANENT)

    # --- steps: time -------------------------------------------------------------------------------------------

    def _do_warp(self, symbol: Symbol) -> None:
        kind, x = symbol
        now = self.model.now
        boundary = now - now % WEEK + WEEK
        ends = self._ends() or [boundary]
        end = ends[x % len(ends)]
        notices = sorted(self.model.migratable_from.values()) or [boundary]
        match kind:
            case 0:
                to = now  # the same second in another block
            case 1:
                to = now + 1
            case 2:
                to = now + x * 9  # up to a week
            case 3:
                to = boundary - 1
            case 4:
                to = boundary + (0, 1)[x % 2]
            case 5:
                to = end + (-1, 0, 1)[x % 3]
            case 6:
                to = now + x % 30 * WEEK + x % 11 * 3600
            case 7:
                to = end - MIN_TERM + (-1, 0, 1)[x % 3]
            case 8:
                to = notices[x % len(notices)] + (-1, 0, 1)[x % 3]
            case _:
                to = now + x * 2_900  # up to six years
        self.taken["warp"] += 1
        self._warp(to)

    _do_leap = _do_warp

    # --- steps: the owner's lock -------------------------------------------------------------------------------

    def _do_create(self, who: Symbol, amount: Symbol, end: Symbol) -> None:
        actor = self._who(who)
        owner = self.actors[actor]
        args = self._amount(owner, amount), self._end(owner, end)
        self._both(owner, "create", args, lambda: self.model.create(owner, *args))

    def _do_add(self, who: Symbol, amount: Symbol) -> None:
        actor = self._who(who)
        owner = self.actors[actor]
        wei = self._amount(owner, amount)
        self._both(owner, "add", (wei,), lambda: self.model.add(owner, wei))

    def _do_extend(self, who: Symbol, end: Symbol) -> None:
        actor = self._who(who)
        owner = self.actors[actor]
        to = self._end(owner, end)
        self._both(owner, "extend", (to,), lambda: self.model.extend(owner, to))

    def _do_add_and_extend(self, who: Symbol, amount: Symbol, end: Symbol) -> None:
        actor = self._who(who)
        owner = self.actors[actor]
        args = self._amount(owner, amount), self._end(owner, end)
        self._both(owner, "addAndExtend", args, lambda: self.model.add_and_extend(owner, *args))

    def _do_make_permanent(self, who: Symbol) -> None:
        actor = self._who(who)
        owner = self.actors[actor]
        self._both(owner, "makePermanent", (), lambda: self.model.make_permanent(owner))

    def _do_start_clock(self, who: Symbol) -> None:
        actor = self._who(who)
        owner = self.actors[actor]
        self._both(owner, "startClock", (), lambda: self.model.start_clock(owner))

    def _do_withdraw(self, who: Symbol) -> None:
        actor = self._who(who)
        owner = self.actors[actor]
        self._both(owner, "withdraw()", (), lambda: self.model.withdraw(owner))

    def _do_withdraw_to(self, who: Symbol, to: int) -> None:
        actor = self._who(who)
        owner, place = self.actors[actor], self.places[to]
        self._both(owner, "withdraw(address)", (place,), lambda: self.model.withdraw(owner, place))

    def _do_relock(self, who: Symbol, end: Symbol) -> None:
        actor = self._who(who)
        owner = self.actors[actor]
        to = self._end(owner, end)
        self._both(owner, "relock", (to,), lambda: self.model.relock(owner, to))

    def _do_migrate(self, who: Symbol, which: int) -> None:
        actor = self._who(who)
        owner, successor = self.actors[actor], self.successors[which]
        accepted = which == 0
        self._both(owner, "migrate", (successor,), lambda: self.model.migrate(owner, successor, accepted))

    # --- steps: permits ----------------------------------------------------------------------------------------

    def _permit(self, who: int, wei: int, kind: int) -> tuple[tuple[Any, ...], Permit]:
        """Arguments after the amount and the end, and what was really signed."""
        token = self.model.token
        assert token is not None
        owner = self.actors[who]
        nonce, deadline, signer, value = token.nonces.get(owner, 0), FAR, who, wei
        if kind == 2:
            nonce += 1
        elif kind == 3:
            deadline = self.model.genesis - 1
        elif kind == 4:
            signer = (who + 1) % ACTORS
        elif kind == 5:
            value += 1
        vrs = stage.sign_permit(self.stage, signer, owner, value, nonce, deadline)
        signed = Permit(self.actors[signer], self.escrow.address, value, nonce, deadline)
        if kind == 1:  # somebody saw it and was quicker
            call = self.token.permit.encode(owner, self.escrow.address, wei, deadline, *vrs)
            self.chain._transact(self.stage.strangers[0], self.token.address, call, 0)
            assert token.permit(owner, self.escrow.address, wei, deadline, signed, self.model.now)
        return (deadline, *vrs), signed

    def _do_create_with_permit(self, who: Symbol, amount: int, end: Symbol, kind: int) -> None:
        actor = self._who(who)
        owner, wei = self.actors[actor], MIN_DEPOSIT + amount * 100 * PT
        to = self._end(owner, end)
        args, signed = self._permit(actor, wei, kind)
        self._both(
            owner,
            "createWithPermit",
            (wei, to, *args),
            lambda: self.model.create_with_permit(owner, wei, to, args[0], signed),
        )

    def _do_add_with_permit(self, who: Symbol, amount: int, kind: int) -> None:
        actor = self._who(who)
        owner, wei = self.actors[actor], MIN_DEPOSIT + amount * 100 * PT
        args, signed = self._permit(actor, wei, kind)
        self._both(
            owner,
            "addWithPermit",
            (wei, *args),
            lambda: self.model.add_with_permit(owner, wei, args[0], signed),
        )

    def _do_add_and_extend_with_permit(self, who: Symbol, amount: int, end: Symbol, kind: int) -> None:
        actor = self._who(who)
        owner, wei = self.actors[actor], MIN_DEPOSIT + amount * 100 * PT
        to = self._end(owner, end)
        args, signed = self._permit(actor, wei, kind)
        self._both(
            owner,
            "addAndExtendWithPermit",
            (wei, to, *args),
            lambda: self.model.add_and_extend_with_permit(owner, wei, to, args[0], signed),
        )

    # --- steps: operators --------------------------------------------------------------------------------------

    def _do_set_operator(self, who: Symbol, operator: int, approved: int, end: Symbol) -> None:
        actor = self._who(who)
        owner, to = self.actors[actor], self._end(self.actors[actor], end)
        args = self.places[operator], bool(approved), to
        self._both(owner, "setOperator", args, lambda: self.model.set_operator(owner, *args))

    def _pair(self, symbol: Symbol, fits: Callable[[str, Operator], bool]) -> tuple[str, str]:
        """An operator and an owner."""
        kind, x = symbol
        pairs = [
            (operator, owner)
            for (owner, operator), terms in self.model.operators.items()
            if terms.approved and operator in self.actors and fits(owner, terms)
        ]
        if kind == 0 and pairs:
            return pairs[x % len(pairs)]
        return self.actors[x % ACTORS], self.actors[x // ACTORS % ACTORS]

    def _do_create_for(self, pair: Symbol, amount: Symbol) -> None:
        def fits(owner: str, terms: Operator) -> bool:
            return self._kind(owner) == 0 and terms.unlock_time > self.model.now

        caller, owner = self._pair(pair, fits)
        wei = self._amount(caller, amount)
        self._both(caller, "createFor", (owner, wei), lambda: self.model.create_for(caller, owner, wei))

    def _do_add_for(self, pair: Symbol, amount: Symbol) -> None:
        caller, owner = self._pair(pair, lambda owner, _: self._kind(owner) in (1, 2))
        wei = self._amount(caller, amount)
        self._both(caller, "addFor", (owner, wei), lambda: self.model.add_for(caller, owner, wei))

    # --- steps: delegation -------------------------------------------------------------------------------------

    def _do_delegate(self, who: Symbol, to: int) -> None:
        actor = self._who(who)
        owner, delegatee = self.actors[actor], self.places[to]
        self._both(owner, "delegate", (delegatee,), lambda: self.model.delegate(owner, delegatee))

    def _do_delegate_by_sig(self, who: Symbol, to: int, kind: int, sender: int) -> None:
        actor = self._who(who)
        signer, delegatee = self.actors[actor], self.places[to]
        nonce, expiry = self.model.nonces.get(signer, 0), FAR
        if kind == 1:
            nonce = max(nonce - 1, 0)  # used already, but for the first
        elif kind == 2:
            nonce += 1
        elif kind == 3:
            expiry = self.model.now - 1
        elif kind == 6:
            expiry = self.model.now
        signed_for = self.places[(to + 1) % len(self.places)] if kind == 4 else delegatee
        vrs = stage.sign_delegation(self.stage, actor, signed_for, nonce, expiry)
        if kind == 5:
            vrs = (29, *vrs[1:])
        recovered = (
            stage.recover_delegation(self.stage, vrs, delegatee, nonce, expiry) if kind in (4, 5) else signer
        )
        self._both(
            self.actors[sender],
            "delegateBySig",
            (delegatee, nonce, expiry, *vrs),
            lambda: self.model.delegate_by_sig(recovered, delegatee, nonce, expiry),
        )

    # --- steps: the rest ---------------------------------------------------------------------------------------

    def _do_announce(self, by_dao: int, which: int) -> None:
        caller, successor = (self.stage.dao if by_dao else self.actors[0]), self.successors[which]
        self._both(
            caller,
            "announceSuccessor",
            (successor,),
            lambda: self.model.announce_successor(caller, successor, which != 2),
        )

    def _do_retract(self, by_dao: int, which: int) -> None:
        caller, successor = (self.stage.dao if by_dao else self.actors[0]), self.successors[which]
        self._both(
            caller, "retractSuccessor", (successor,), lambda: self.model.retract_successor(caller, successor)
        )

    def _do_checkpoint(self, who: int) -> None:
        self._both(self.actors[who], "checkpoint()", (), lambda: self.model.checkpoint(self.actors[who]))

    def _do_checkpoint_of(self, who: int, of: int) -> None:
        account = self.places[of]
        self._both(
            self.actors[who],
            "checkpoint(address)",
            (account,),
            lambda: self.model.checkpoint(self.actors[who], account),
        )

    def _do_approve(self, who: int, kind: int) -> None:
        owner, value = self.actors[who], (UNLIMITED, 0, 1_000 * PT)[kind]
        call = self.token.approve.encode(self.escrow.address, value)
        self.chain._transact(owner, self.token.address, call, 0)
        assert self.model.token is not None
        self.model.token.approve(owner, self.escrow.address, value)

    def _do_pay(self, who: int, to: int, amount: Symbol) -> None:
        payer, payee, wei = self.actors[who], self.actors[to], self._amount(self.actors[who], amount)
        assert self.model.token is not None
        try:
            self.model.token.transfer(payer, payee, wei)
        except Refused:
            return
        self.chain._transact(payer, self.token.address, self.token.transfer.encode(payee, wei), 0)

    def _do_move(self, who: int, kind: int) -> None:
        def refuse() -> list[Emitted]:
            raise NotTransferable()

        owner, other = self.actors[who], self.actors[who - 1]
        name, args = (
            ("transfer", (other, 1)),
            ("transferFrom", (owner, other, 0)),
            ("approve", (other, 1)),
        )[kind]
        self._both(owner, name, args, refuse)

    # --- the end of a sequence ---------------------------------------------------------------------------------

    def finish(self) -> None:
        """Look at everything once more; then everybody leaves, and nothing may be left (D1, A5, V4)."""
        self.reads.whole()
        self.reads.histories()
        if self.model.now - self.model.genesis > LAST_SECOND:
            return  # nothing can be written any more, so permanent locks can't be ended
        for who, actor in enumerate(self.actors):
            if self.model.record(actor).is_permanent:
                self._do_start_clock((4, who))
        self._warp(self.model.now + MAX_TERM)
        for who in range(ACTORS):
            self._do_withdraw((4, who))
        assert self.model.locked() == self.model.total_supply() == 0
        self.reads.whole()
