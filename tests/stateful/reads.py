"""Every question that the escrow answers, asked of the contract and of the model."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from eth_utils import function_signature_to_4byte_selector

from phemexia.escrow import MAX_TERM, MAX_WEEKS, PERMANENT, WEEK, ZERO

if TYPE_CHECKING:
    from stateful.world import World


def _selector(signature: str) -> bytes:
    return bytes(function_signature_to_4byte_selector(signature))


GET_VOTES = _selector("getVotes(address)")
BALANCE = _selector("balanceOf(address)")
LOCK_OF = _selector("lockOf(address)")
DELEGATES = _selector("delegates(address)")
TOTAL_SUPPLY = _selector("totalSupply()")
PAST_VOTES = _selector("getPastVotes(address,uint256)")
PAST_TOTAL = _selector("getPastTotalSupply(uint256)")
PAST_LOCK = _selector("pastLock(address,uint256)")
PAST_LINE = _selector("pastLine(address,uint256)")
PAST_TOTAL_LINE = _selector("pastTotalLine(uint256)")
WEIGHT_AT = _selector("weightAt(address,uint256)")
VOTES_AT = _selector("votesAt(address,uint256)")
EXPIRING = _selector("expiring(address,uint256)")
EXPIRING_TOTAL = _selector("expiringTotal(uint256)")
NONCES = _selector("nonces(address)")
MIGRATABLE = _selector("migratableFrom(address)")
OPERATOR_OF = _selector("operatorOf(address,address)")


def _word(value: str | int) -> bytes:
    return value.to_bytes(32, "big") if isinstance(value, int) else bytes(12) + bytes.fromhex(value[2:])


class Reads:
    """Compares answers. Raw calls, because a fuzzing run makes a hundred million of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chain = world.chain
        self.escrow = world.escrow.address
        self.accounts = [place for place in world.places if place != ZERO]
        self.words = {account: _word(account) for account in (*self.accounts, *world.successors)}
        self.numbers = {account: int(account, 16) for account in (*self.accounts, ZERO)}
        self.remembered: list[tuple[bytes, bytes]] = []
        self._locks_of = world.escrow.locksOf.encode(self.accounts)
        self._turn = 0

    def _ask(self, data: bytes) -> tuple[int, ...]:
        raw = self.chain._read(ZERO, self.escrow, data)
        return tuple(int.from_bytes(raw[i : i + 32], "big") for i in range(0, len(raw), 32))

    def present(self) -> None:
        """Every account's lock, votes, weight and delegatee now, and the total; one account by every function."""
        model = self.world.model
        now = model.now
        tally = model.tally(now)
        views: list[int] = []
        for account in self.accounts:
            lock = model.record(account)
            weight, votes = lock.raw_at(now) // MAX_TERM, tally.get(account, 0) // MAX_TERM
            views += (lock.amount, lock.unlock_time, int(lock.delegatee, 16), weight, votes)
        got = list(self._ask(self._locks_of)[2:])
        assert got == views, f"locksOf: {got}, not {views}"
        self._turn = (self._turn + 1) % len(self.accounts)
        self._one(self._turn, views)
        assert self._ask(TOTAL_SUPPLY) == (sum(tally.values()) // MAX_TERM,), "totalSupply"

    def _one(self, turn: int, views: list[int]) -> None:
        """What ``lockOf`` says of one account, asked one by one."""
        account = self.accounts[turn]
        word = self.words[account]
        view = tuple(views[turn * 5 : turn * 5 + 5])
        assert self._ask(LOCK_OF + word) == view, f"lockOf({account})"
        assert self._ask(DELEGATES + word) == (view[2],), f"delegates({account})"
        assert self._ask(BALANCE + word) == (view[3],), f"balanceOf({account})"
        assert self._ask(GET_VOTES + word) == (view[4],), f"getVotes({account})"

    def at(self, time: int) -> None:
        """Every answer about one past second, undivided ones included; Σ votes == total without a rest (V1)."""
        model, moment = self.world.model, _word(time)
        raw_sum = 0
        tally = model.tally(time)
        for account in self.accounts:
            word = self.words[account] + moment
            lock, line = model.past_lock(account, time), model.past_line(account, time)
            got = self._ask(PAST_LOCK + word)
            assert got == (lock.amount, lock.unlock_time, lock.delegated, lock.raw), f"pastLock({account}, {time})"
            raw_sum += 0 if got[2] else got[3]
            got = self._ask(PAST_LINE + word)
            assert got == (line.amount, line.moment, line.raw), f"pastLine({account}, {time})"
            raw_sum += got[2]
            votes = (tally.get(account, 0) // MAX_TERM,)
            assert self._ask(PAST_VOTES + word) == votes, f"getPastVotes({account}, {time})"
        total = model.past_total_line(time)
        got = self._ask(PAST_TOTAL_LINE + moment)
        assert got == (total.amount, total.moment, total.raw), f"pastTotalLine({time})"
        if tally.get(ZERO, 0) == 0 and set(tally) <= set(self.accounts):
            assert raw_sum == got[2], f"the votes at {time} do not add up to the total"
        assert self._ask(PAST_TOTAL + moment) == (model.get_past_total_supply(time),)

    def decay(self) -> None:
        """Σ x[w] over the weeks to come is A, in the total and in one account's line (V10)."""
        model = self.world.model
        this_week = model.now - model.now % WEEK
        line_of = self.world.random.choice(self.accounts)
        for account, ask in ((None, EXPIRING_TOTAL), (line_of, EXPIRING + self.words[line_of])):
            ends = {record.unlock_time for record in model.running(model.now)}
            total = 0
            for week in range(this_week - WEEK, this_week + (MAX_WEEKS + 2) * WEEK, WEEK):
                (amount,) = self._ask(ask + _word(week))
                expected = model.expiring(account, week) if week in ends else 0
                assert amount == expected, f"expiring({account}, {week})"
                total += amount
            with self._second_later():
                time = model.now - 1
                line = model.past_line(account, time) if account else model.past_total_line(time)
            assert total == line.amount, "the amounts that expire do not add up to A"

    def future(self) -> None:
        """Weights and votes of the future, if nothing changes."""
        world, model = self.world, self.world.model
        ends = [record.unlock_time for record in model.running(model.now) if record.unlock_time != PERMANENT]
        near = [end + offset for end in ends for offset in (-1, 0, 1)]
        far = model.now + world.random.randrange(3 * MAX_WEEKS * WEEK)
        time = world.random.choice((*near, far, 2**256 - 1))
        account = world.random.choice(self.accounts)
        word = self.words[account] + _word(time)
        assert self._ask(WEIGHT_AT + word) == (model.weight_at(account, time),), f"weightAt({account}, {time})"
        assert self._ask(VOTES_AT + word) == (model.votes_at(account, time),), f"votesAt({account}, {time})"

    def rest(self) -> None:
        """Nonces, operators, successors, and the tokens: PT held == PT locked."""
        model = self.world.model
        for account in self.world.actors:
            assert self._ask(NONCES + self.words[account]) == (model.nonces.get(account, 0),)
        for (owner, operator), terms in model.operators.items():
            if owner in self.words and operator in self.words:
                got = self._ask(OPERATOR_OF + self.words[owner] + self.words[operator])
                assert got == (terms.approved, terms.unlock_time), f"operatorOf({owner}, {operator})"
        for successor in self.world.successors:
            since = model.migratable_from.get(successor, 0)
            assert self._ask(MIGRATABLE + self.words[successor]) == (since,)
        token = model.token
        assert token is not None
        for account in (*self.accounts, *self.world.successors):
            held = self.chain._read(ZERO, self.world.token.address, BALANCE + self.words[account])
            assert int.from_bytes(held, "big") == token.balance_of(account), f"PT of {account}"
        assert token.balance_of(self.escrow) == model.locked()

    def remember(self, time: int) -> None:
        """Keep some answers about a second that has just passed; they may never change (V6, V15)."""
        account = self.words[self.world.random.choice(self.accounts)]
        for ask in (PAST_VOTES + account, PAST_LINE + account, PAST_LOCK + account, PAST_TOTAL_LINE):
            data = ask + _word(time)
            self.remembered.append((data, self.chain._read(ZERO, self.escrow, data)))

    def recall(self, count: int | None = None) -> None:
        """Ask again what was remembered."""
        again = self.remembered
        if count is not None and len(again) > count:
            again = self.world.random.sample(again, count)
        for data, answer in again:
            assert self.chain._read(ZERO, self.escrow, data) == answer, f"a past answer changed: {data.hex()}"

    def past(self) -> None:
        """One earlier second: of a change, of a week boundary, just before or after one, or any."""
        random, model = self.world.random, self.world.model
        if model.now == model.genesis:
            return
        sinces = [record.since for history in model.records.values() for record in history]
        ends = [record.unlock_time for history in model.records.values() for record in history]
        anchors = [*sinces, *(end for end in ends if 0 < end < PERMANENT), model.genesis]
        time = random.choice(anchors) + random.choice((-1, 0, 0, 1, WEEK))
        if random.random() < 0.3:
            time = random.randrange(model.genesis, model.now)
        if 0 <= time < model.now:
            self.at(time)

    def glance(self) -> None:
        """What is looked at after each step."""
        self.present()
        self.future()
        self.recall(2)

    def whole(self) -> None:
        """Everything about this second, as the past of the next; one earlier second; all that is remembered."""
        self.present()
        with self._second_later():
            self.at(self.world.model.now - 1)
        self.decay()
        self.rest()
        self.past()
        self.recall()

    def _second_later(self):
        return _SecondLater(self.world)

    def histories(self) -> None:
        """Times strictly increase (V5); each entry is what the model says about its second."""
        world, model, escrow = self.world, self.world.model, self.world.escrow
        with self._second_later():
            for account in self.accounts:
                page, length = escrow.lockHistory(account, 0, 10_000)
                kept = model.lock_history(account)
                assert [tuple(entry.values()) for entry in page] == [
                    (record.since, record.amount, record.unlock_time, record.delegatee != account)
                    for record in kept
                ], f"lockHistory({account})"
                assert length == len(kept)
                offset, limit = world.random.randrange(length + 2), world.random.randrange(length + 2)
                part, again = escrow.lockHistory(account, offset, limit)
                assert (part, again) == (page[offset : offset + limit], length)
                self._line_history(account)
            self._line_history(None)

    def _line_history(self, account: str | None) -> None:
        model, escrow = self.world.model, self.world.escrow
        read = (lambda *page: escrow.lineHistory(account, *page)) if account else escrow.totalHistory
        entries, length = read(0, 10_000)
        times = [entry["time"] for entry in entries]
        assert length == len(entries)
        assert all(earlier < later for earlier, later in pairwise(times))
        for entry in entries:
            time = entry["time"]
            line = model.past_line(account, time) if account else model.past_total_line(time)
            assert (entry["amount"], entry["moment"]) == (line.amount, line.moment), f"history at {time}"
        middle = length // 2
        assert read(middle, 3) == (entries[middle : middle + 3], length)


class _SecondLater:
    """Look at the present as the past: the clock of both goes on by a second, for the time of a block."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __enter__(self) -> None:
        self.world.chain.sleep(1)
        self.world.model.now += 1

    def __exit__(self, *details: object) -> None:
        self.world.chain.warp(self.world.chain.timestamp - 1)
        self.world.model.now -= 1
