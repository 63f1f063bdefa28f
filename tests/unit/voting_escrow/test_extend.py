"""Letting a lock run longer."""

import pytest
from support.escrow import MAX_TERM, MIN_TERM, PT, WEEK, boundary, event, weight

from phemexia.evm import reverts


def test_extend_moves_the_end(chain, escrow, holder, lock):
    """V10, V12: the amount leaves the week it was to expire in, and expires in the new one."""
    old = lock(holder, 7 * PT, weeks=20)
    chain.sleep(3 * WEEK)
    new = boundary(chain.timestamp, 100)
    receipt = escrow.extend(new, sender=holder)
    assert receipt.events == [event(escrow, "Extended", owner=holder, unlockTime=new)]
    assert escrow.lockOf(holder)["unlockTime"] == new
    assert escrow.getVotes(holder) == weight(7 * PT, new, chain.timestamp) == escrow.totalSupply()
    assert (escrow.expiringTotal(old), escrow.expiringTotal(new)) == (0, 7 * PT)


def test_extend_leaves_others_in_the_old_week(chain, escrow, holder, second_holder, lock):
    """V10: only what the owner had there is taken out of a week."""
    old = lock(holder, 7 * PT, weeks=20)
    lock(second_holder, 2 * PT, weeks=20)
    escrow.extend(old + WEEK, sender=holder)
    assert (escrow.expiringTotal(old), escrow.expiringTotal(old + WEEK)) == (2 * PT, 7 * PT)
    chain.warp(old + 1)
    assert escrow.pastTotalLine(old)[0] == 7 * PT


def test_extend_a_delegated_lock(chain, escrow, holder, delegatee, lock):
    old = lock(holder, 7 * PT, weeks=20)
    escrow.delegate(delegatee, sender=holder)
    new = old + 10 * WEEK
    escrow.extend(new, sender=holder)
    assert escrow.getVotes(delegatee) == weight(7 * PT, new, chain.timestamp)
    assert (escrow.expiring(delegatee, old), escrow.expiring(delegatee, new)) == (0, 7 * PT)


@pytest.mark.parametrize("off", [0, -WEEK, -1])
def test_extend_to_no_later_end(escrow, holder, lock, off):
    end = lock(holder)
    with reverts("VotingEscrow__NotExtended", unlockTime=end + off, current=end):
        escrow.extend(end + off, sender=holder)


def test_extend_by_one_second(escrow, holder, lock):
    end = lock(holder)
    with reverts("VotingEscrow__NotWeekBoundary", unlockTime=end + 1, below=end, above=end + WEEK):
        escrow.extend(end + 1, sender=holder)


def test_extend_by_one_week(escrow, holder, lock):
    end = lock(holder)
    escrow.extend(end + WEEK, sender=holder)
    assert escrow.lockOf(holder)["unlockTime"] == end + WEEK


def test_extend_to_the_longest_term(chain, escrow, holder, lock):
    """A9: 104 weeks ahead and not a week more."""
    lock(holder, 104 * PT)
    latest = boundary(chain.timestamp, 104)
    with reverts("VotingEscrow__TermTooLong", unlockTime=latest + WEEK, latest=latest):
        escrow.extend(latest + WEEK, sender=holder)
    escrow.extend(latest, sender=holder)
    assert escrow.lockOf(holder)["unlockTime"] == latest <= chain.timestamp + MAX_TERM


@pytest.mark.parametrize("short", [0, 1])
def test_extend_at_the_least_term(chain, escrow, holder, lock, short):
    """V13: the new end has to be the least term away, though less would be later than the old one."""
    old = lock(holder, weeks=5)
    new = old + WEEK
    chain.warp(new - MIN_TERM + short)
    if short:
        with reverts("VotingEscrow__TermTooShort", unlockTime=new, earliest=new + WEEK):
            escrow.extend(new, sender=holder)
    else:
        escrow.extend(new, sender=holder)


def test_extend_in_the_last_second(chain, escrow, holder, lock):
    end = lock(holder, 7 * PT)
    chain.warp(end - 1)
    new = boundary(end, 5)
    escrow.extend(new, sender=holder)
    chain.warp(end)
    assert escrow.getVotes(holder) == weight(7 * PT, new, end) == escrow.totalSupply()


@pytest.mark.parametrize("late", [0, 1])
def test_extend_an_expired_lock(chain, escrow, holder, expired, late):
    """A2: an expired lock begins again by `relock` only."""
    end = expired(holder)
    chain.sleep(late)
    with reverts("VotingEscrow__LockExpired", account=holder, unlockTime=end):
        escrow.extend(boundary(end, 20), sender=holder)


def test_extend_a_permanent_lock(chain, escrow, holder, permanent):
    permanent(holder)
    with reverts("VotingEscrow__LockPermanent", account=holder):
        escrow.extend(boundary(chain.timestamp, 104), sender=holder)


def test_extend_without_a_lock(chain, escrow, stranger, holder, lock):
    """A1: everybody extends a lock of its own, or none."""
    end = lock(holder)
    with reverts("VotingEscrow__NoLock", account=stranger):
        escrow.extend(end + WEEK, sender=stranger)


def test_extend_past_the_last_end_there_is(chain, escrow, holder, last_boundary, lock):
    chain.warp(last_boundary - 20 * WEEK)
    lock(holder, weeks=20)
    with reverts("VotingEscrow__TermTooLong", unlockTime=last_boundary + WEEK, latest=last_boundary):
        escrow.extend(last_boundary + WEEK, sender=holder)


def test_extend_to_the_last_end_there_is(chain, escrow, holder, last_boundary, lock):
    chain.warp(last_boundary - 20 * WEEK)
    lock(holder, weeks=19)
    escrow.extend(last_boundary, sender=holder)
    chain.warp(last_boundary)
    escrow["withdraw()"](sender=holder)
