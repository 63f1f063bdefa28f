"""The present state of locks for wallets and indexers: `lockOf` and `locksOf`."""

from support.escrow import PERMANENT, PT, weight

EMPTY = {"amount": 0, "unlockTime": 0, "weight": 0, "votes": 0}


def test_lock_of_nobody(escrow, stranger):
    assert escrow.lockOf(stranger) == EMPTY | {"delegatee": stranger}


def test_lock_of_a_delegator_and_its_delegatee(chain, escrow, holder, delegatee, lock):
    """D8: weight stays with the owner, votes are with the delegatee."""
    end = lock(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    now = weight(7 * PT, end, chain.timestamp)
    assert escrow.lockOf(holder) == {
        "amount": 7 * PT,
        "unlockTime": end,
        "delegatee": delegatee,
        "weight": now,
        "votes": 0,
    }
    assert escrow.lockOf(delegatee) == EMPTY | {"delegatee": delegatee, "votes": now}


def test_lock_of_a_permanent_lock(escrow, holder, permanent):
    permanent(holder, 7 * PT)
    assert escrow.lockOf(holder) == {
        "amount": 7 * PT,
        "unlockTime": PERMANENT,
        "delegatee": holder,
        "weight": 7 * PT,
        "votes": 7 * PT,
    }


def test_lock_of_an_expired_lock(escrow, holder, expired):
    """A7: over, but still to be withdrawn."""
    end = expired(holder, 7 * PT)
    assert escrow.lockOf(holder) == EMPTY | {"delegatee": holder, "amount": 7 * PT, "unlockTime": end}
    escrow["withdraw()"](sender=holder)
    assert escrow.lockOf(holder) == EMPTY | {"delegatee": holder}


def test_lock_of_after_withdrawing_and_delegating(chain, escrow, holder, delegatee, expired):
    """A7: the head that delegating writes then holds no lock either."""
    expired(holder, 7 * PT)
    escrow["withdraw()"](sender=holder)
    chain.sleep(1)
    escrow.delegate(delegatee, sender=holder)
    assert escrow.lockOf(holder) == EMPTY | {"delegatee": delegatee}


def test_locks_of_many(escrow, holder, second_holder, delegatee, stranger, lock, permanent):
    lock(holder)
    permanent(second_holder)
    escrow.delegate(delegatee, sender=holder)
    accounts = [holder, second_holder, delegatee, stranger, holder]
    assert escrow.locksOf(accounts) == [escrow.lockOf(account) for account in accounts]


def test_locks_of_none(escrow):
    assert escrow.locksOf([]) == []
