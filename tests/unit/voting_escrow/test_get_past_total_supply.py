"""The total weight at any second of the past."""

import pytest
from support.escrow import MAX_TERM, PERMANENT, PT, WEEK, boundary, raw

from phemexia.evm import reverts


@pytest.fixture
def locks(chain, lock):
    """Owners and their locks ``(amount, end)``, made at different times."""
    made = {}
    for i, weeks in enumerate([5, 5, 7, 30, 31, 52, 104]):
        owner = chain.account(f"escrow owner {i}")
        amount = 1_000 * PT + 13**i
        made[owner] = (amount, lock(owner, amount, weeks=weeks))
        chain.sleep(100_000)
    return made


@pytest.mark.parametrize("ahead", [0, 1])
def test_get_past_total_supply_of_the_present(chain, escrow, locks, ahead):
    """V16: lookups start a second ago."""
    time = chain.timestamp + ahead
    with reverts("ERC5805FutureLookup", timepoint=time, clock=chain.timestamp):
        escrow.getPastTotalSupply(time)
    assert escrow.getPastTotalSupply(chain.timestamp - 1) > 0


def test_get_past_total_supply_is_all_votes(chain, escrow, locks):
    """D11, V1: whoever locks votes, so the total is what can be voted."""
    now = chain.timestamp
    chain.sleep(1)
    undivided = sum(raw(*lock, now) for lock in locks.values())
    assert escrow.getPastTotalSupply(now) == undivided // MAX_TERM
    assert sum(escrow.pastLock(owner, now)[3] for owner in locks) == undivided
    votes = sum(escrow.getPastVotes(owner, now) for owner in locks)
    assert 0 <= escrow.getPastTotalSupply(now) - votes < len(locks)


def test_get_past_total_supply_after_years_of_silence(chain, escrow, stranger, locks):
    """V4, V3: six years without a call; each second is right, before and after a checkpoint."""
    start = chain.timestamp
    chain.sleep(6 * 366 * 86_400)
    now = chain.timestamp
    times = [*range(start, start + 105 * WEEK, WEEK // 2 + 1), *(end for _, end in locks.values())]
    times += [end + d for _, end in locks.values() for d in (-1, 1)] + [now - 1]
    expected = [sum(raw(*lock, time) for lock in locks.values()) // MAX_TERM for time in times]
    assert [escrow.getPastTotalSupply(time) for time in times] == expected
    escrow["checkpoint()"](sender=stranger)
    assert [escrow.getPastTotalSupply(time) for time in times] == expected
    assert escrow.totalSupply() == 0


def test_get_past_total_supply_of_permanent_locks_after_silence(chain, escrow, locks):
    """N14: when all that decays has gone, the permanent locks are still there."""
    owner = next(reversed(locks))
    escrow.makePermanent(sender=owner)
    chain.sleep(6 * 366 * 86_400)
    assert escrow.getPastTotalSupply(chain.timestamp - 1) == locks[owner][0]


def test_get_past_total_supply_before_the_first_lock(chain, escrow, genesis, locks):
    assert escrow.getPastTotalSupply(genesis) == 0
    assert escrow.getPastTotalSupply(genesis - 1) == 0 == escrow.getPastTotalSupply(0)


def test_get_past_total_supply_never_changes(chain, escrow, holder, locks, lock, stranger):
    """V15: neither a new lock nor a checkpoint nor time moves it."""
    now = chain.timestamp
    times = range(now - 600_000, now, 12_345)
    before = [escrow.getPastTotalSupply(time) for time in times]
    lock(holder, 7 * PT)
    escrow.makePermanent(sender=holder)
    for owner in locks:
        escrow.delegate(holder, sender=owner)
    chain.sleep(300 * WEEK)
    escrow["checkpoint()"](sender=stranger)
    assert [escrow.getPastTotalSupply(time) for time in times] == before


def test_get_past_total_supply_is_what_each_week_expects(chain, escrow, genesis, locks):
    """V10: what will expire in the weeks to come is the whole decaying amount, at every time."""
    owners = list(locks)
    escrow.extend(boundary(chain.timestamp, 90), sender=owners[3])
    escrow.makePermanent(sender=owners[4])
    for _ in range(30):
        now = chain.timestamp
        week = (now - genesis) // WEEK
        scheduled = sum(escrow.expiringTotal(genesis + w * WEEK) for w in range(week + 1, week + 106))
        chain.sleep(5 * WEEK)
        assert escrow.pastTotalLine(now)[0] == scheduled


def test_get_past_total_supply_of_a_longer_search(chain, escrow, holder, lock, fund):
    """V5: seconds with many writes have one entry each; searching finds the last of each second."""
    end = lock(holder, 10 * PT, weeks=104)
    fund(holder, 100 * PT)
    entries = {}
    for i in range(20):
        chain.sleep(1 + i % 3)
        for _ in range(3):
            escrow.add(PT, sender=holder)
        entries[chain.timestamp] = 13 + 3 * i
    chain.sleep(1)
    for time, amount in entries.items():
        assert escrow.getPastTotalSupply(time) == amount * PT * (end - time) // MAX_TERM
    assert escrow.totalHistory(0, 99)[1] == 21
    assert escrow.lockOf(holder)["unlockTime"] == end != PERMANENT
