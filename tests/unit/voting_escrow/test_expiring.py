"""What expires in a week: `expiringTotal` and `expiring`."""

import pytest
from support.escrow import PT, WEEK, boundary


def test_expiring_in_a_week(chain, escrow, holder, second_holder, delegatee, lock):
    """V10, V11: amounts stand in the week of their end, in the total and with the delegatee."""
    end = lock(holder, 7 * PT)
    lock(second_holder, 2 * PT)
    escrow.delegate(delegatee, sender=holder)
    assert escrow.expiringTotal(end) == 9 * PT
    assert escrow.expiring(delegatee, end) == 7 * PT
    assert escrow.expiring(holder, end) == 0
    assert escrow.expiringTotal(end - WEEK) == 0 == escrow.expiringTotal(end + WEEK)


@pytest.mark.parametrize("off", [-1, 1])
def test_expiring_off_a_week_boundary(escrow, holder, delegatee, lock, off):
    end = lock(holder)
    escrow.delegate(delegatee, sender=holder)
    assert escrow.expiringTotal(end + off) == 0 == escrow.expiring(delegatee, end + off)


@pytest.mark.parametrize("ends", ["in one week", "in two weeks"])
@pytest.mark.parametrize("time", ["zero", "before genesis", "genesis", "far ahead"])
def test_expiring_where_nothing_can(escrow, genesis, holder, second_holder, delegatee, lock, time, ends):
    lock(holder)
    lock(second_holder, weeks=52 if ends == "in one week" else 53)
    for account in (holder, second_holder):
        escrow.delegate(delegatee, sender=account)
    when = {"zero": 0, "before genesis": genesis - WEEK, "genesis": genesis, "far ahead": 2**64 - 2**64 % WEEK}[
        time
    ]
    assert escrow.expiringTotal(when) == 0 == escrow.expiring(delegatee, when)


def test_expiring_at_the_end_of_time(escrow, holder, delegatee, lock):
    """V8: no time makes a read revert."""
    lock(holder)
    escrow.delegate(delegatee, sender=holder)
    last = 2**256 - 1 - (2**256 - 1) % WEEK
    assert escrow.expiringTotal(last) == 0 == escrow.expiring(delegatee, last)


def test_expiring_of_permanent_locks(chain, escrow, holder, delegatee, permanent):
    """N14: nothing of theirs expires."""
    permanent(holder)
    escrow.delegate(delegatee, sender=holder)
    assert all(escrow.expiringTotal(boundary(chain.timestamp, week)) == 0 for week in range(106))
    assert all(escrow.expiring(delegatee, boundary(chain.timestamp, week)) == 0 for week in range(106))


@pytest.mark.parametrize("ends", ["in one week", "in two weeks"])
def test_expiring_is_about_the_future(chain, escrow, holder, second_holder, delegatee, lock, ends):
    """V15: from its own second on a week is past, whether the line keeps a schedule or not."""
    end = lock(holder, 7 * PT)
    lock(second_holder, 2 * PT, weeks=52 if ends == "in one week" else 53)
    for account in (holder, second_holder):
        escrow.delegate(delegatee, sender=account)
    amount = 9 * PT if ends == "in one week" else 7 * PT
    chain.warp(end - 1)
    assert escrow.expiringTotal(end) == amount == escrow.expiring(delegatee, end)
    for late in (0, 1, WEEK):
        chain.warp(end + late)
        assert escrow.expiringTotal(end) == 0 == escrow.expiring(delegatee, end)


def test_expiring_of_others_when_one_leaves_the_week(chain, escrow, holder, second_holder, lock):
    """V10: a schedule that begins late begins with everything that is there."""
    end = lock(holder, 7 * PT)
    lock(second_holder, 2 * PT)
    chain.sleep(3 * WEEK)
    escrow.extend(end + WEEK, sender=second_holder)
    assert (escrow.expiringTotal(end), escrow.expiringTotal(end + WEEK)) == (7 * PT, 2 * PT)
    escrow.makePermanent(sender=second_holder)
    assert (escrow.expiringTotal(end), escrow.expiringTotal(end + WEEK)) == (7 * PT, 0)
