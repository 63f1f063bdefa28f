"""The reference model of VotingEscrow: every action, every refusal, every answer, from one list of records."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from phemexia.escrow import refusals as no
from phemexia.escrow.records import (
    LAST_SECOND,
    LAST_WEEK,
    MAX_TERM,
    MAX_WEEKS,
    MIGRATION_NOTICE,
    MIN_DEPOSIT,
    MIN_TERM,
    PERMANENT,
    WEEK,
    ZERO,
    Emitted,
    Line,
    LockView,
    Operator,
    PastLock,
    Record,
)
from phemexia.escrow.token import Permit, TokenModel


class EscrowModel:
    """One escrow, its clock and its locks.

    Amounts and weights are wei of PT, times seconds since 1970, accounts any strings (addresses, in tests). Each
    action takes its caller first, returns the events it emits, and raises a
    :class:`~phemexia.escrow.refusals.Refused`, without any effect, where the contract reverts; the checks come in
    the contract's order.

    ``records`` has every state that every lock ever had. No answer is kept: each one is added up from the records.

    Without a ``token`` nobody runs out of PT, and permits are not looked at.
    """

    def __init__(
        self, now: int, address: str = "escrow", dao: str = "dao", token: TokenModel | None = None
    ) -> None:
        self.now = now
        self.genesis = now - now % WEEK
        self.address = address
        self.dao = dao
        self.token = token
        self.records: dict[str, list[Record]] = {}
        self.operators: dict[tuple[str, str], Operator] = {}
        self.migratable_from: dict[str, int] = {}
        self.nonces: dict[str, int] = {}

    # --- records -----------------------------------------------------------------------------------------------

    def record(self, owner: str, time: int | None = None) -> Record:
        """The state of an owner's lock at a time; by default, and for the future, the present one."""
        for record in reversed(self.records.get(owner, ())):
            if time is None or record.since <= time:
                return record
        return Record(owner, 0, 0, owner, self.genesis)

    def running(self, time: int) -> Iterator[Record]:
        """The locks that weigh something at a time."""
        for owner in self.records:
            record = self.record(owner, time)
            if record.runs_at(time):
                yield record

    def _write(self, lock: Record, amount: int, unlock_time: int, kept: bool = True) -> None:
        self._append(Record(lock.owner, amount, unlock_time, lock.delegatee, self.now, kept))

    def _append(self, record: Record) -> None:
        self.records.setdefault(record.owner, []).append(record)

    # --- the owner's lock --------------------------------------------------------------------------------------

    def create(self, caller: str, amount: int, unlock_time: int, owner: str | None = None) -> list[Emitted]:
        """Lock ``amount`` wei of the caller's PT until ``unlock_time`` (for ``owner``, see :meth:`create_for`)."""
        owner = owner or caller
        self._require_deposit(amount)
        self._require_term(unlock_time)
        lock = self.record(owner)
        if lock.amount > 0:
            raise no.LockExists(owner)
        self._pull(caller, amount)
        self._write(lock, amount, unlock_time)
        return [_event("Created", owner=owner, payer=caller, amount=amount, unlockTime=unlock_time)]

    def add(self, caller: str, amount: int, owner: str | None = None) -> list[Emitted]:
        """Add to a lock with at least the shortest term left (for ``owner``, see :meth:`add_for`)."""
        owner = owner or caller
        self._require_deposit(amount)
        lock = self._running(owner)
        if not lock.is_permanent and lock.unlock_time - self.now < MIN_TERM:
            raise no.TermTooShort(lock.unlock_time, self.earliest())
        self._pull(caller, amount)
        self._write(lock, lock.amount + amount, lock.unlock_time)
        return [_event("Added", owner=owner, payer=caller, amount=amount)]

    def extend(self, caller: str, unlock_time: int) -> list[Emitted]:
        """Move the end of a decaying lock to a later week."""
        lock = self._running_decaying(caller)
        self._require_later(lock, unlock_time)
        self._require_clock()
        self._write(lock, lock.amount, unlock_time)
        return [_event("Extended", owner=caller, unlockTime=unlock_time)]

    def add_and_extend(self, caller: str, amount: int, unlock_time: int) -> list[Emitted]:
        """Both at once; the new end is what counts for adding."""
        self._require_deposit(amount)
        lock = self._running_decaying(caller)
        self._require_later(lock, unlock_time)
        self._pull(caller, amount)
        self._write(lock, lock.amount + amount, unlock_time)
        return [
            _event("Added", owner=caller, payer=caller, amount=amount),
            _event("Extended", owner=caller, unlockTime=unlock_time),
        ]

    def make_permanent(self, caller: str) -> list[Emitted]:
        """Stop the decay of a running lock."""
        lock = self._running_decaying(caller)
        end = self.genesis + ((self.now - self.genesis) // WEEK + MAX_WEEKS) * WEEK
        if end > self.genesis + LAST_WEEK * WEEK:
            raise no.TermTooLong(end, self.genesis + LAST_WEEK * WEEK)
        self._require_clock()
        self._write(lock, lock.amount, PERMANENT)
        return [_event("MadePermanent", owner=caller)]

    def start_clock(self, caller: str) -> list[Emitted]:
        """Let a permanent lock end 104 weeks after the start of this week, or in the last week there is."""
        lock = self._held(caller)
        if not lock.is_permanent:
            raise no.LockNotPermanent(caller)
        self._require_clock()
        self._write(lock, lock.amount, self.latest())
        return [_event("ClockStarted", owner=caller, unlockTime=self.latest())]

    def withdraw(self, caller: str, to: str | None = None) -> list[Emitted]:
        """Take the tokens of a lock that is over."""
        to = to if to is not None else caller
        if to in (ZERO, self.address):
            raise no.BadAddress(to)
        lock = self._expired(caller)
        self._write(lock, 0, 0, kept=False)
        if self.token:
            self.token.transfer(self.address, to, lock.amount)
        return [_event("Withdrawn", owner=caller, to=to, amount=lock.amount)]

    def relock(self, caller: str, unlock_time: int) -> list[Emitted]:
        """Begin again with the tokens of a lock that is over."""
        lock = self._expired(caller)
        self._require_term(unlock_time)
        self._require_clock()
        self._write(lock, lock.amount, unlock_time)
        return [_event("Relocked", owner=caller, amount=lock.amount, unlockTime=unlock_time)]

    def migrate(self, caller: str, successor: str, accepted: bool = True) -> list[Emitted]:
        """Move a running lock to a successor; ``accepted`` is what the successor answers."""
        since = self.migratable_from.get(successor, 0)
        if since == 0 or self.now < since:
            raise no.NotMigratable(successor, since)
        lock = self._running(caller)
        self._require_clock()
        if not accepted:
            raise no.MigrationRefused(successor)
        self._write(lock, 0, 0)
        if self.token:
            self.token.transfer(self.address, successor, lock.amount)
        end = lock.unlock_time
        return [_event("Migrated", owner=caller, successor=successor, amount=lock.amount, unlockTime=end)]

    # --- permit variants ---------------------------------------------------------------------------------------

    def create_with_permit(
        self, caller: str, amount: int, unlock_time: int, deadline: int, signed: Permit
    ) -> list[Emitted]:
        """:meth:`create` after a permit, whose failure does not matter if the allowance is there."""
        with self._permitted(caller, amount, deadline, signed):
            return self.create(caller, amount, unlock_time)

    def add_with_permit(self, caller: str, amount: int, deadline: int, signed: Permit) -> list[Emitted]:
        """:meth:`add` after a permit."""
        with self._permitted(caller, amount, deadline, signed):
            return self.add(caller, amount)

    def add_and_extend_with_permit(
        self, caller: str, amount: int, unlock_time: int, deadline: int, signed: Permit
    ) -> list[Emitted]:
        """:meth:`add_and_extend` after a permit."""
        with self._permitted(caller, amount, deadline, signed):
            return self.add_and_extend(caller, amount, unlock_time)

    @contextmanager
    def _permitted(self, caller: str, amount: int, deadline: int, signed: Permit) -> Iterator[None]:
        """Present a permit, and take it back if what follows is refused."""
        token = self.token
        if token is None:
            yield
            return
        allowances, nonces = dict(token.allowances), dict(token.nonces)
        token.permit(caller, self.address, amount, deadline, signed, self.now)
        try:
            yield
        except no.Refused:
            token.allowances, token.nonces = allowances, nonces
            raise

    # --- operators ---------------------------------------------------------------------------------------------

    def set_operator(self, caller: str, operator: str, approved: bool, unlock_time: int) -> list[Emitted]:
        """Set the terms on which an operator may pay into the caller's lock."""
        if operator == ZERO:
            raise no.BadAddress(operator)
        if unlock_time >= 2**64:
            raise no.SafeCastOverflowedUintDowncast(64, unlock_time)
        self.operators[caller, operator] = Operator(approved, unlock_time)
        return [_event("OperatorSet", owner=caller, operator=operator, approved=approved, unlockTime=unlock_time)]

    def operator_of(self, owner: str, operator: str) -> Operator:
        """The terms of an operator."""
        return self.operators.get((owner, operator), Operator())

    def create_for(self, caller: str, owner: str, amount: int) -> list[Emitted]:
        """Create the owner's lock with the caller's PT and the end that the owner chose."""
        terms = self.operator_of(owner, caller)
        if not terms.approved or terms.unlock_time == 0:
            raise no.NotOperator(owner, caller)
        return self.create(caller, amount, terms.unlock_time, owner)

    def add_for(self, caller: str, owner: str, amount: int) -> list[Emitted]:
        """Add the caller's PT to the owner's lock."""
        if not self.operator_of(owner, caller).approved:
            raise no.NotOperator(owner, caller)
        return self.add(caller, amount, owner)

    # --- delegation --------------------------------------------------------------------------------------------

    def delegate(self, caller: str, delegatee: str) -> list[Emitted]:
        """Let ``delegatee`` vote with the caller's lock; zero and the caller itself take the votes back."""
        lock = self.record(caller)
        if delegatee == ZERO:
            delegatee = caller
        if delegatee == lock.delegatee:
            return []
        self._require_clock()
        concerned = (lock.delegatee, delegatee)
        before = [self.votes_at(account, self.now) for account in concerned]
        self._append(Record(caller, lock.amount, lock.unlock_time, delegatee, self.now))
        events = [_event("DelegateChanged", delegator=caller, fromDelegate=lock.delegatee, toDelegate=delegatee)]
        if lock.runs_at(self.now):
            for account, votes in zip(concerned, before, strict=True):
                after = self.votes_at(account, self.now)
                changed = {"delegate": account, "previousVotes": votes, "newVotes": after}
                events.append(_event("DelegateVotesChanged", **changed))
        return events

    def delegate_by_sig(self, signer: str | None, delegatee: str, nonce: int, expiry: int) -> list[Emitted]:
        """:meth:`delegate` for ``signer``, whose signature over these arguments it is (None: nobody's)."""
        if self.now > expiry:
            raise no.VotesExpiredSignature(expiry)
        if signer is None:
            raise no.ECDSAInvalidSignature()
        current = self.nonces.get(signer, 0)
        if nonce != current:
            raise no.InvalidAccountNonce(signer, current)
        events = self.delegate(signer, delegatee)
        self.nonces[signer] = current + 1
        return events

    # --- successors --------------------------------------------------------------------------------------------

    def announce_successor(self, caller: str, successor: str, has_code: bool = True) -> list[Emitted]:
        """Let owners migrate to ``successor`` 30 days from now."""
        self._require_dao(caller)
        if successor == self.address or not has_code:
            raise no.BadAddress(successor)
        since = self.now + MIGRATION_NOTICE
        self.migratable_from[successor] = since
        return [_event("SuccessorAnnounced", successor=successor, **{"from": since})]

    def retract_successor(self, caller: str, successor: str) -> list[Emitted]:
        """Take an announcement back."""
        self._require_dao(caller)
        if successor not in self.migratable_from:
            raise no.NotMigratable(successor, 0)
        del self.migratable_from[successor]
        return [_event("SuccessorRetracted", successor=successor)]

    # --- upkeep ------------------------------------------------------------------------------------------------

    def checkpoint(self, caller: str, account: str | None = None) -> list[Emitted]:
        """Changes no answer; refused only when time has run out and there is a line to write."""
        del caller  # anyone may
        counted = (r for history in self.records.values() for r in history if r.runs_at(r.since))
        if any(_counts_for(account, record) for record in counted):
            self._require_clock()
        return []

    # --- answers -----------------------------------------------------------------------------------------------

    def delegates(self, account: str) -> str:
        """Who votes with the account's lock."""
        return self.record(account).delegatee

    def weight_at(self, account: str, time: int) -> int:
        """Weight of the account's own lock at any time, in wei; of the future, if nothing changes."""
        return self.record(account, time).raw_at(time) // MAX_TERM

    def votes_raw_at(self, account: str, time: int) -> int:
        """Votes of the account at any time in wei-seconds: of every lock that it votes with."""
        return sum(record.raw_at(time) for record in self.running(time) if record.delegatee == account)

    def votes_at(self, account: str, time: int) -> int:
        """Votes of the account at any time, in wei; of the future, if nothing changes."""
        return self.votes_raw_at(account, time) // MAX_TERM

    def tally(self, time: int) -> dict[str, int]:
        """:meth:`votes_raw_at` of every account that has any."""
        votes: dict[str, int] = {}
        for record in self.running(time):
            votes[record.delegatee] = votes.get(record.delegatee, 0) + record.raw_at(time)
        return votes

    def total_raw_at(self, time: int) -> int:
        """Weight of all locks at any time, in wei-seconds."""
        return sum(record.raw_at(time) for record in self.running(time))

    def balance_of(self, account: str) -> int:
        """Weight of the account's own lock now, in wei."""
        return self.weight_at(account, self.now)

    def total_supply(self) -> int:
        """Weight of all locks now, in wei."""
        return self.total_raw_at(self.now) // MAX_TERM

    def get_votes(self, account: str) -> int:
        """Votes of the account now, in wei."""
        return self.votes_at(account, self.now)

    def get_past_votes(self, account: str, time: int) -> int:
        """Votes of the account at a past time, in wei."""
        self._require_past(time)
        return self.votes_at(account, time)

    def get_past_total_supply(self, time: int) -> int:
        """Weight of all locks at a past time, in wei."""
        self._require_past(time)
        return self.total_raw_at(time) // MAX_TERM

    def lock_of(self, account: str) -> LockView:
        """The account's lock now; its tokens are there until they are withdrawn."""
        lock = self.record(account)
        return LockView(
            lock.amount, lock.unlock_time, lock.delegatee, self.balance_of(account), self.get_votes(account)
        )

    def past_lock(self, account: str, time: int) -> PastLock:
        """The lock as it stood at a past time, if it still ran then."""
        self._require_past(time)
        lock = self.record(account, time)
        delegated = lock.delegatee != account
        if not lock.runs_at(time):
            return PastLock(0, 0, delegated, 0)
        return PastLock(lock.amount, lock.unlock_time, delegated, lock.raw_at(time))

    def past_line(self, account: str, time: int) -> Line:
        """What others delegated to the account, at a past time."""
        self._require_past(time)
        return self._line((record for record in self.running(time) if _counts_for(account, record)), time)

    def past_total_line(self, time: int) -> Line:
        """All locks together, at a past time."""
        self._require_past(time)
        return self._line(self.running(time), time)

    def expiring(self, account: str | None, unlock_time: int) -> int:
        """Wei in the account's line (None: in the total) that expire at ``unlock_time``, if it is to come."""
        if unlock_time % WEEK != 0:
            return 0
        ending = (record for record in self.running(self.now) if record.unlock_time == unlock_time)
        return sum(record.amount for record in ending if _counts_for(account, record))

    def lock_history(self, account: str) -> list[Record]:
        """The records of the account that the contract keeps: the last one of each second.

        One of the genesis second that says nothing is the word zero, which is no record.
        """
        kept = {record.since: record for record in self.records.get(account, ()) if record.kept}
        return [
            record
            for record in kept.values()
            if record.since > self.genesis or record.amount or record.delegatee != account
        ]

    def locked(self) -> int:
        """Wei of PT that the escrow holds, for locks that run and locks that are over."""
        return sum(self.record(owner).amount for owner in self.records)

    def earliest(self) -> int:
        """The first unlock time that a lock made now may have."""
        return -(-(self.now + MIN_TERM) // WEEK) * WEEK

    def latest(self) -> int:
        """The last unlock time that a lock made now may have."""
        return min(self.now - self.now % WEEK + MAX_TERM, self.genesis + LAST_WEEK * WEEK)

    def _line(self, records: Iterable[Record], time: int) -> Line:
        amount = moment = raw = 0
        for record in records:
            raw += record.raw_at(time)
            if record.is_permanent:
                moment += record.amount * MAX_WEEKS
            else:
                amount += record.amount
                moment += record.amount * ((record.unlock_time - self.genesis) // WEEK)
        return Line(amount, moment, raw)

    # --- requirements ------------------------------------------------------------------------------------------

    def _held(self, account: str) -> Record:
        lock = self.record(account)
        if lock.amount == 0:
            raise no.NoLock(account)
        return lock

    def _running(self, account: str) -> Record:
        lock = self._held(account)
        if not lock.runs_at(self.now):
            raise no.LockExpired(account, lock.unlock_time)
        return lock

    def _running_decaying(self, account: str) -> Record:
        lock = self._running(account)
        if lock.is_permanent:
            raise no.LockPermanent(account)
        return lock

    def _expired(self, account: str) -> Record:
        lock = self._held(account)
        if lock.is_permanent:
            raise no.LockPermanent(account)
        if lock.runs_at(self.now):
            raise no.LockActive(account, lock.unlock_time)
        return lock

    def _pull(self, payer: str, amount: int) -> None:
        self._require_clock()
        if self.token:
            self.token.transfer_from(self.address, payer, self.address, amount)

    def _require_clock(self) -> None:
        if self.now - self.genesis > LAST_SECOND:
            raise no.History__TimeOverflow(self.now - self.genesis)

    def _require_dao(self, caller: str) -> None:
        if caller != self.dao:
            raise no.NotDao(caller)

    def _require_past(self, time: int) -> None:
        if time >= self.now:
            raise no.ERC5805FutureLookup(time, self.now)

    @staticmethod
    def _require_deposit(amount: int) -> None:
        if amount < MIN_DEPOSIT:
            raise no.DepositTooSmall(amount, MIN_DEPOSIT)

    def _require_later(self, lock: Record, unlock_time: int) -> None:
        if unlock_time <= lock.unlock_time:
            raise no.NotExtended(unlock_time, lock.unlock_time)
        self._require_term(unlock_time)

    def _require_term(self, unlock_time: int) -> None:
        if unlock_time > self.latest():
            raise no.TermTooLong(unlock_time, self.latest())
        excess = unlock_time % WEEK
        if excess:
            raise no.NotWeekBoundary(unlock_time, unlock_time - excess, unlock_time - excess + WEEK)
        if unlock_time - self.now < MIN_TERM:
            raise no.TermTooShort(unlock_time, self.earliest())


def _counts_for(account: str | None, record: Record) -> bool:
    """Whether a lock is in a line: in the total's (None) always, in an account's if another delegated it there."""
    return account is None or (record.delegatee == account and record.owner != account)


def _event(name: str, **arguments: Any) -> Emitted:
    return Emitted(name, arguments)
