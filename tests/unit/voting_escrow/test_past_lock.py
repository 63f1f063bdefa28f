"""A lock as it stood at a past second, undivided."""

import pytest
from support.escrow import MAX_TERM, PERMANENT, PT, WEEK, raw

from phemexia.evm import reverts


def test_past_lock_of_a_running_lock(chain, escrow, holder, lock):
    end = lock(holder, 7 * PT)
    made = chain.timestamp
    chain.sleep(WEEK)
    assert escrow.pastLock(holder, made) == (7 * PT, end, False, raw(7 * PT, end, made))
    assert escrow.pastLock(holder, made + 77) == (7 * PT, end, False, raw(7 * PT, end, made + 77))
    assert escrow.pastLock(holder, made - 1) == (0, 0, False, 0)


@pytest.mark.parametrize("ahead", [0, 1])
def test_past_lock_of_the_present(chain, escrow, holder, lock, ahead):
    """V16: the present is not past."""
    lock(holder)
    with reverts("ERC5805FutureLookup", timepoint=chain.timestamp + ahead, clock=chain.timestamp):
        escrow.pastLock(holder, chain.timestamp + ahead)


def test_past_lock_tells_whether_it_was_delegated(chain, escrow, holder, delegatee, lock):
    lock(holder, 7 * PT)
    made = chain.timestamp
    chain.sleep(10)
    escrow.delegate(delegatee, sender=holder)
    chain.sleep(10)
    escrow.delegate(holder, sender=holder)
    chain.sleep(1)
    assert [escrow.pastLock(holder, made + s)[2] for s in (0, 9, 10, 19, 20)] == [False, False, True, True, False]


def test_past_lock_of_a_permanent_lock(chain, escrow, holder, permanent):
    permanent(holder, 7 * PT)
    chain.sleep(300 * WEEK)
    assert escrow.pastLock(holder, chain.timestamp - 1) == (7 * PT, PERMANENT, False, 7 * PT * MAX_TERM)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_past_lock_around_its_end(chain, escrow, holder, expired, withdrawn):
    """V15, A7: in the second of its end a lock is none any more, whether its tokens are out or not."""
    end = expired(holder, 7 * PT)
    if withdrawn:
        escrow["withdraw()"](sender=holder)
    chain.sleep(1)
    assert escrow.pastLock(holder, end - 1) == (7 * PT, end, False, 7 * PT)
    assert escrow.pastLock(holder, end) == (0, 0, False, 0)


def test_past_lock_before_genesis(chain, escrow, genesis, holder, lock):
    lock(holder)
    assert escrow.pastLock(holder, genesis - 1) == (0, 0, False, 0)
    assert escrow.pastLock(holder, genesis) == (0, 0, False, 0)


def test_past_lock_of_nobody(chain, escrow, stranger):
    assert escrow.pastLock(stranger, chain.timestamp - 1) == (0, 0, False, 0)


def test_past_lock_that_was_overwritten_in_its_second(chain, escrow, holder, delegatee, lock, fund):
    """V5: of several writes in one second the last one stands."""
    end = lock(holder, 7 * PT)
    fund(holder, PT)
    escrow.extend(end + WEEK, sender=holder)
    escrow.add(PT, sender=holder)
    escrow.delegate(delegatee, sender=holder)
    now = chain.timestamp
    chain.sleep(1)
    assert escrow.pastLock(holder, now) == (8 * PT, end + WEEK, True, raw(8 * PT, end + WEEK, now))
