"""Stopping the decay."""

import pytest
from support.escrow import MAX_TERM, PERMANENT, PT, SUPPLY, WEEK, event, line

from phemexia.evm import reverts


def test_make_permanent_weighs_the_amount(chain, escrow, holder, lock):
    """V9: the total knows it at once, and nothing expires any more."""
    end = lock(holder, 7 * PT)
    receipt = escrow.makePermanent(sender=holder)
    assert receipt.events == [event(escrow, "MadePermanent", owner=holder)]
    seen = escrow.lockOf(holder)
    assert (seen["amount"], seen["unlockTime"], seen["weight"]) == (7 * PT, PERMANENT, 7 * PT)
    assert escrow.getVotes(holder) == 7 * PT == escrow.totalSupply()
    assert escrow.expiringTotal(end) == 0


@pytest.mark.parametrize("later", [1, WEEK, MAX_TERM, 6 * 52 * WEEK])
def test_make_permanent_does_not_decay(chain, escrow, holder, lock, later):
    """N14, V9: a total whose decaying amount is zero is not empty."""
    lock(holder, 7 * PT)
    escrow.makePermanent(sender=holder)
    chain.sleep(later)
    assert escrow.getVotes(holder) == 7 * PT == escrow.totalSupply()
    assert escrow.pastTotalLine(chain.timestamp - 1) == (0, 104 * 7 * PT, 7 * PT * MAX_TERM)


def test_make_permanent_a_delegated_lock(chain, escrow, holder, delegatee, lock):
    """N14: nor is a delegatee's."""
    lock(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    escrow.makePermanent(sender=holder)
    chain.sleep(200 * WEEK)
    assert escrow.getVotes(delegatee) == 7 * PT
    assert escrow.pastLine(delegatee, chain.timestamp - 1) == (0, 104 * 7 * PT, 7 * PT * MAX_TERM)


def test_make_permanent_among_decaying_locks(chain, escrow, genesis, holder, second_holder, lock):
    """V9: after each toggle the total is what the locks add up to."""
    other = lock(second_holder, 3 * PT, weeks=20)
    end = lock(holder, 7 * PT)
    for _ in range(3):
        escrow.makePermanent(sender=holder)
        now = chain.timestamp
        chain.sleep(WEEK + 1)
        assert escrow.pastTotalLine(now) == line([(7 * PT, PERMANENT), (3 * PT, other)], genesis, now)
        escrow.startClock(sender=holder)
        end = escrow.lockOf(holder)["unlockTime"]
        now = chain.timestamp
        chain.sleep(WEEK + 1)
        assert escrow.pastTotalLine(now) == line([(7 * PT, end), (3 * PT, other)], genesis, now)


def test_make_permanent_in_the_last_second(chain, escrow, holder, lock):
    end = lock(holder, 7 * PT)
    chain.warp(end - 1)
    escrow.makePermanent(sender=holder)
    chain.warp(end)
    assert escrow.getVotes(holder) == 7 * PT


def test_make_permanent_an_expired_lock(escrow, holder, expired):
    end = expired(holder)
    with reverts("VotingEscrow__LockExpired", account=holder, unlockTime=end):
        escrow.makePermanent(sender=holder)


def test_make_permanent_twice(escrow, holder, permanent):
    permanent(holder)
    with reverts("VotingEscrow__LockPermanent", account=holder):
        escrow.makePermanent(sender=holder)


def test_make_permanent_without_a_lock(escrow, stranger, holder, lock):
    """A1: nobody makes somebody else's lock permanent."""
    lock(holder)
    with reverts("VotingEscrow__NoLock", account=stranger):
        escrow.makePermanent(sender=stranger)


def test_make_permanent_the_whole_supply(escrow, holder, permanent):
    """V8: 104 times the supply fits into the moment."""
    permanent(holder, SUPPLY)
    assert escrow.getVotes(holder) == SUPPLY == escrow.totalSupply()


@pytest.mark.parametrize(("weeks_before", "allowed"), [(104, True), (103, False), (50, False)])
def test_make_permanent_near_the_last_end_there_is(
    chain, escrow, last_boundary, holder, lock, weeks_before, allowed
):
    """A9: where no 104 weeks are left, full weight would have no term behind it."""
    chain.warp(last_boundary - weeks_before * WEEK)
    lock(holder, 7 * PT, 40)
    chain.sleep(WEEK - 1)
    if allowed:
        escrow.makePermanent(sender=holder)
        assert escrow.getVotes(holder) == 7 * PT
    else:
        wanted = last_boundary + (104 - weeks_before) * WEEK
        with reverts("VotingEscrow__TermTooLong", unlockTime=wanted, latest=last_boundary):
            escrow.makePermanent(sender=holder)
