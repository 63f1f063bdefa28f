"""Beginning an expired lock again with the tokens it holds."""

import pytest
from support.escrow import MIN_TERM, PT, WEEK, boundary, event, weight

from phemexia.evm import reverts


@pytest.mark.parametrize("late", [0, 1, 6 * 52 * WEEK])
def test_relock_begins_again(chain, escrow, token, holder, expired, late):
    """V4: also after years of silence."""
    old = expired(holder, 7 * PT)
    chain.sleep(late)
    end = boundary(chain.timestamp, 52)
    receipt = escrow.relock(end, sender=holder)
    assert receipt.events == [event(escrow, "Relocked", owner=holder, amount=7 * PT, unlockTime=end)]
    assert escrow.getVotes(holder) == weight(7 * PT, end, chain.timestamp) == escrow.totalSupply()
    assert token.balanceOf(escrow) == 7 * PT
    assert escrow.expiringTotal(end) == 7 * PT
    chain.sleep(1)
    assert escrow.getPastVotes(holder, old) == (0 if late else weight(7 * PT, end, old))


def test_relock_a_delegated_lock(chain, escrow, holder, delegatee, expired):
    """V12: the delegation outlives the lock; the delegatee has the new lock's votes."""
    expired(holder, 7 * PT, delegatee=delegatee)
    end = boundary(chain.timestamp, 52)
    escrow.relock(end, sender=holder)
    assert escrow.getVotes(delegatee) == weight(7 * PT, end, chain.timestamp)
    assert escrow.getVotes(holder) == 0
    assert escrow.expiring(delegatee, end) == 7 * PT


def test_relock_changes_no_past_answer(chain, escrow, holder, expired):
    """V15: between end and new beginning the lock weighed nothing, for ever."""
    end = expired(holder, 7 * PT)
    chain.warp(end + 1000)
    escrow.relock(boundary(chain.timestamp, 52), sender=holder)
    chain.sleep(1)
    assert escrow.getPastVotes(holder, end - 1) > 0
    assert escrow.getPastVotes(holder, end) == 0 == escrow.getPastVotes(holder, end + 999)
    assert escrow.getPastVotes(holder, end + 1000) > 0
    assert escrow.getPastTotalSupply(end + 999) == 0


def test_relock_a_running_lock(chain, escrow, holder, lock):
    end = lock(holder)
    chain.warp(end - 1)
    with reverts("VotingEscrow__LockActive", account=holder, unlockTime=end):
        escrow.relock(boundary(end, 52), sender=holder)


def test_relock_a_permanent_lock(chain, escrow, holder, permanent):
    permanent(holder)
    with reverts("VotingEscrow__LockPermanent", account=holder):
        escrow.relock(boundary(chain.timestamp, 52), sender=holder)


def test_relock_after_withdrawing(chain, escrow, holder, second_holder, lock, expired):
    """A7: what is out weighs nothing again, though others' tokens are there."""
    lock(second_holder)
    expired(holder, 7 * PT)
    escrow["withdraw()"](sender=holder)
    with reverts("VotingEscrow__NoLock", account=holder):
        escrow.relock(boundary(chain.timestamp, 52), sender=holder)


def test_relock_by_a_stranger(chain, escrow, holder, stranger, expired):
    """A1: nobody locks somebody else's tokens again."""
    expired(holder)
    with reverts("VotingEscrow__NoLock", account=stranger):
        escrow.relock(boundary(chain.timestamp, 52), sender=stranger)


def test_relock_off_a_week_boundary(chain, escrow, holder, expired):
    expired(holder)
    end = boundary(chain.timestamp, 52)
    with reverts("VotingEscrow__NotWeekBoundary", unlockTime=end + 1, below=end, above=end + WEEK):
        escrow.relock(end + 1, sender=holder)


@pytest.mark.parametrize("short", [0, 1])
def test_relock_at_the_least_term(chain, escrow, holder, expired, short):
    end = boundary(expired(holder), 10)
    chain.warp(end - MIN_TERM + short)
    if short:
        with reverts("VotingEscrow__TermTooShort", unlockTime=end, earliest=end + WEEK):
            escrow.relock(end, sender=holder)
    else:
        escrow.relock(end, sender=holder)


def test_relock_at_the_longest_term(chain, escrow, holder, expired):
    """A9: as for a new lock."""
    expired(holder, 7 * PT)
    latest = boundary(chain.timestamp, 104)
    with reverts("VotingEscrow__TermTooLong", unlockTime=latest + WEEK, latest=latest):
        escrow.relock(latest + WEEK, sender=holder)
    escrow.relock(latest, sender=holder)
    assert escrow.getVotes(holder) == 7 * PT


def test_relock_to_the_end_it_had(escrow, holder, expired):
    end = expired(holder)
    with reverts("VotingEscrow__TermTooShort", unlockTime=end):
        escrow.relock(end, sender=holder)


def test_relock_after_the_last_end_there_is(chain, escrow, holder, last_boundary, expired):
    expired(holder)
    chain.warp(last_boundary - MIN_TERM + 1)
    with reverts("VotingEscrow__TermTooShort", unlockTime=last_boundary):
        escrow.relock(last_boundary, sender=holder)
    with reverts("VotingEscrow__TermTooLong", latest=last_boundary):
        escrow.relock(last_boundary + WEEK, sender=holder)
