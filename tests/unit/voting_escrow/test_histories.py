"""Histories as pages: `lockHistory`, `lineHistory`, `totalHistory`."""

import pytest
from support.escrow import PERMANENT, PT, WEEK, boundary

COUNT = 7


@pytest.fixture
def written(chain, escrow, holder, delegatee, lock, fund, genesis):
    """Seven entries each in the histories of holder, delegatee and total; what they should say."""
    escrow.delegate(delegatee, sender=holder)
    end = lock(holder, 10 * PT)
    fund(holder, 100 * PT)
    week = (end - genesis) // WEEK
    entries = [(chain.timestamp, 10 * PT)]
    for i in range(1, COUNT):
        chain.sleep(10)
        escrow.add(PT, sender=holder)
        entries.append((chain.timestamp, (10 + i) * PT))
    locks = [{"time": t, "amount": a, "unlockTime": end, "delegated": True} for t, a in entries]
    lines = [{"time": t, "amount": a, "moment": a * week} for t, a in entries]
    return {"lock": locks, "line": lines, "total": lines}


@pytest.fixture(params=["lock", "line", "total"])
def history(request, escrow, holder, delegatee, written):
    """One of the three as ``(read, expected)``."""
    read = {
        "lock": lambda *page: escrow.lockHistory(holder, *page),
        "line": lambda *page: escrow.lineHistory(delegatee, *page),
        "total": escrow.totalHistory,
    }[request.param]
    return read, written[request.param]


def test_history_in_one_page(history):
    """V5: oldest first, strictly later each."""
    read, expected = history
    assert read(0, COUNT) == (expected, COUNT)
    times = [entry["time"] for entry in expected]
    assert times == sorted(set(times))


@pytest.mark.parametrize("offset", range(COUNT + 2))
@pytest.mark.parametrize("limit", [0, 1, 3, COUNT, COUNT + 1, 2**256 - 1])
def test_history_in_pages(history, offset, limit):
    read, expected = history
    assert read(offset, limit) == (expected[offset : offset + limit], COUNT)


@pytest.mark.parametrize("offset", [2**255, 2**256 - 1])
def test_history_far_beyond_its_end(history, offset):
    """V8: an absurd page is empty, and overflows nothing."""
    read, _ = history
    assert read(offset, 2**256 - 1) == ([], COUNT)


def test_history_of_nobody(escrow, stranger):
    assert escrow.lockHistory(stranger, 0, 9) == ([], 0) == escrow.lineHistory(stranger, 0, 9)
    assert escrow.totalHistory(0, 9) == ([], 0)


def test_history_entries_do_not_change(chain, escrow, holder, history):
    """V6: an entry stays as it was written once a later one exists, whatever the owner does next."""
    read, expected = history
    chain.sleep(10)
    escrow.makePermanent(sender=holder)
    chain.sleep(10)
    escrow.startClock(sender=holder)
    chain.warp(escrow.lockOf(holder)["unlockTime"])
    escrow["withdraw()"](sender=holder)
    chain.sleep(10)
    escrow.delegate(holder, sender=holder)
    assert read(0, COUNT)[0] == expected


def test_lock_history_tells_each_form(chain, escrow, holder, delegatee, lock):
    end = lock(holder, 7 * PT)
    first = chain.timestamp
    chain.sleep(1)
    escrow.delegate(delegatee, sender=holder)
    chain.sleep(1)
    escrow.makePermanent(sender=holder)
    chain.sleep(1)
    escrow.delegate(holder, sender=holder)
    assert escrow.lockHistory(holder, 0, 9)[0] == [
        {"time": first, "amount": 7 * PT, "unlockTime": end, "delegated": False},
        {"time": first + 1, "amount": 7 * PT, "unlockTime": end, "delegated": True},
        {"time": first + 2, "amount": 7 * PT, "unlockTime": PERMANENT, "delegated": True},
        {"time": first + 3, "amount": 7 * PT, "unlockTime": PERMANENT, "delegated": False},
    ]


def test_lock_history_of_a_delegation_without_a_lock(chain, escrow, holder, delegatee):
    escrow.delegate(delegatee, sender=holder)
    record = {"time": chain.timestamp, "amount": 0, "unlockTime": 0, "delegated": True}
    assert escrow.lockHistory(holder, 0, 9) == ([record], 1)


def test_lock_history_of_a_delegation_after_withdrawing(chain, escrow, holder, delegatee, expired):
    """A7: `LockRecord.amount` is 0 for no lock, and since the withdrawal there is none."""
    expired(holder, 7 * PT)
    escrow["withdraw()"](sender=holder)
    chain.sleep(1)
    escrow.delegate(delegatee, sender=holder)
    record = {"time": chain.timestamp, "amount": 0, "unlockTime": 0, "delegated": True}
    assert escrow.lockHistory(holder, 0, 9)[0][-1] == record


def test_line_history_of_permanent_locks_alone(chain, escrow, holder, delegatee, permanent):
    """N14: amount zero, moment not."""
    permanent(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    record = {"time": chain.timestamp, "amount": 0, "moment": 104 * 7 * PT}
    assert escrow.lineHistory(delegatee, 0, 9) == ([record], 1)
    assert escrow.totalHistory(0, 9) == ([record], 1)


def test_history_of_what_expired_is_written_by_the_next(chain, escrow, genesis, holder, second_holder, lock):
    """V10: what has expired since the last entry is gone from the new one."""
    lock(holder, 7 * PT, weeks=5)
    chain.sleep(20 * WEEK)
    end = lock(second_holder, 2 * PT, weeks=5)
    assert end == boundary(chain.timestamp, 5)
    last = escrow.totalHistory(1, 1)[0][0]
    assert last == {"time": chain.timestamp, "amount": 2 * PT, "moment": 2 * PT * (end - genesis) // WEEK}
