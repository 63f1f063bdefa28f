"""Starting the decay of a permanent lock."""

import pytest
from support.escrow import CLOCK_END, MAX_TERM, PT, WEEK, boundary, event, weight

from phemexia.evm import reverts


@pytest.mark.parametrize("into_the_week", [0, 1, WEEK // 2, WEEK - 1])
def test_start_clock_ends_104_weeks_after_this_weeks_start(chain, escrow, holder, permanent, into_the_week):
    """A9: the weight falls by less than 1% and never rises; on a boundary it stays."""
    permanent(holder, 7 * PT)
    start = boundary(chain.timestamp, 30)
    chain.warp(start + into_the_week)
    receipt = escrow.startClock(sender=holder)
    end = start + MAX_TERM
    assert receipt.events == [event(escrow, "ClockStarted", owner=holder, unlockTime=end)]
    assert escrow.lockOf(holder)["unlockTime"] == end
    votes = escrow.getVotes(holder)
    assert votes == weight(7 * PT, end, chain.timestamp) == escrow.totalSupply()
    assert 7 * PT * 99 // 100 < votes <= 7 * PT
    assert (votes == 7 * PT) == (into_the_week == 0)
    assert escrow.expiringTotal(end) == 7 * PT


def test_start_clock_of_a_delegated_lock(chain, escrow, holder, delegatee, permanent):
    permanent(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    escrow.startClock(sender=holder)
    end = boundary(chain.timestamp, 104)
    assert escrow.getVotes(delegatee) == weight(7 * PT, end, chain.timestamp)
    assert escrow.expiring(delegatee, end) == 7 * PT


def test_start_clock_then_withdraw_at_the_end(chain, escrow, token, holder, permanent):
    permanent(holder, 7 * PT)
    escrow.startClock(sender=holder)
    end = boundary(chain.timestamp, 104)
    chain.warp(end - 1)
    with reverts("VotingEscrow__LockActive", account=holder, unlockTime=end):
        escrow["withdraw()"](sender=holder)
    chain.warp(end)
    escrow["withdraw()"](sender=holder)
    assert token.balanceOf(holder) == 7 * PT


def test_start_clock_of_a_running_lock(escrow, holder, lock):
    lock(holder)
    with reverts("VotingEscrow__LockNotPermanent", account=holder):
        escrow.startClock(sender=holder)


def test_start_clock_of_an_expired_lock(escrow, holder, expired):
    """A1: an expired lock can't be made to run for 104 weeks."""
    expired(holder)
    with reverts("VotingEscrow__LockNotPermanent", account=holder):
        escrow.startClock(sender=holder)


def test_start_clock_without_a_lock(escrow, holder, stranger, permanent):
    permanent(holder)
    with reverts("VotingEscrow__NoLock", account=stranger):
        escrow.startClock(sender=stranger)


@pytest.mark.parametrize("weeks_left", [105, 104, 103, 1])
def test_start_clock_near_the_last_end_there_is(chain, escrow, holder, last_boundary, permanent, weeks_left):
    """V8: from 104 weeks before the last end on, the term is what is left."""
    permanent(holder, 7 * PT)
    chain.warp(last_boundary - weeks_left * WEEK)
    escrow.startClock(sender=holder)
    end = min(last_boundary, chain.timestamp + MAX_TERM)
    assert escrow.lockOf(holder)["unlockTime"] == end
    assert escrow.getVotes(holder) == weight(7 * PT, end, chain.timestamp) == escrow.totalSupply()
    chain.warp(end)
    escrow["withdraw()"](sender=holder)


@pytest.mark.parametrize("late", [0, 1, 100 * WEEK])
def test_start_clock_after_the_last_end_there_is(chain, escrow, token, holder, last_boundary, permanent, late):
    """V8: then a permanent lock is over at once, and leaves the total."""
    permanent(holder, 7 * PT)
    chain.warp(last_boundary + late)
    assert escrow.totalSupply() == 7 * PT
    receipt = escrow.startClock(sender=holder)
    assert receipt.events == [event(escrow, "ClockStarted", owner=holder, unlockTime=last_boundary)]
    assert escrow.getVotes(holder) == 0 == escrow.totalSupply()
    escrow["withdraw()"](sender=holder)
    assert token.balanceOf(holder) == 7 * PT


def test_start_clock_after_the_histories_clock_has_run_out(chain, genesis, escrow, holder, permanent):
    """A5, as the interface says: 136 years after genesis nothing is written; the clock starts before."""
    permanent(holder, 7 * PT)
    chain.warp(genesis + CLOCK_END)
    with reverts("History__TimeOverflow", time=CLOCK_END):
        escrow.startClock(sender=holder)


def test_start_clock_in_the_last_second_of_the_histories_clock(chain, escrow, genesis, holder, permanent):
    permanent(holder, 7 * PT)
    chain.warp(genesis + CLOCK_END - 1)
    escrow.startClock(sender=holder)
    escrow["withdraw()"](sender=holder)
