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


@pytest.mark.parametrize("time", ["zero", "before genesis", "genesis", "the end of time"])
def test_expiring_where_nothing_can(escrow, genesis, holder, lock, time):
    lock(holder)
    when = {"zero": 0, "before genesis": genesis - WEEK, "genesis": genesis}.get(
        time, 2**256 - 1 - (2**256 - 1) % WEEK
    )
    assert escrow.expiringTotal(when) == 0 == escrow.expiring(holder, when)


def test_expiring_of_permanent_locks(chain, escrow, holder, delegatee, permanent):
    """N14: nothing of theirs expires."""
    permanent(holder)
    escrow.delegate(delegatee, sender=holder)
    assert all(escrow.expiringTotal(boundary(chain.timestamp, week)) == 0 for week in range(106))
    assert all(escrow.expiring(delegatee, boundary(chain.timestamp, week)) == 0 for week in range(106))


def test_expiring_stays_on_record_after_its_week(chain, escrow, holder, expired):
    """V15: readers of the past need it; withdrawing leaves it."""
    end = expired(holder, 7 * PT)
    escrow["withdraw()"](sender=holder)
    chain.sleep(WEEK)
    assert escrow.expiringTotal(end) == 7 * PT
