"""What was delegated to an account at a past second, undivided."""

import pytest
from support.escrow import PERMANENT, PT, WEEK, boundary, line

from phemexia.evm import reverts


def test_past_line_of_nobody(chain, escrow, stranger):
    assert escrow.pastLine(stranger, chain.timestamp - 1) == (0, 0, 0)


def test_past_line_leaves_the_own_lock_out(chain, escrow, holder, lock):
    """D7: who votes for itself is in no line."""
    lock(holder)
    chain.sleep(1)
    assert escrow.pastLine(holder, chain.timestamp - 1) == (0, 0, 0)


@pytest.mark.parametrize("ahead", [0, 1])
def test_past_line_of_the_present(chain, escrow, delegatee, ahead):
    """V16: the present is not past."""
    with reverts("ERC5805FutureLookup", timepoint=chain.timestamp + ahead, clock=chain.timestamp):
        escrow.pastLine(delegatee, chain.timestamp + ahead)


def test_past_line_before_genesis(escrow, genesis, holder, delegatee, lock):
    lock(holder)
    escrow.delegate(delegatee, sender=holder)
    assert escrow.pastLine(delegatee, genesis - 1) == (0, 0, 0)


def test_past_line_is_the_sum_of_its_locks(chain, escrow, genesis, delegatee, lock):
    """V1, N14: exact integers, through every end, with and without a permanent lock."""
    locks = []
    for i, weeks in enumerate([5, 5, 6, 9, 40]):
        owner = chain.account(f"escrow owner {i}")
        locks.append((PT + i, lock(owner, PT + i, weeks=weeks)))
        escrow.delegate(delegatee, sender=owner)
    escrow.makePermanent(sender=owner)
    locks[-1] = (locks[-1][0], PERMANENT)
    start = chain.timestamp
    chain.sleep(12 * WEEK)
    for time in [*range(start, chain.timestamp, 100_000), *(e + d for _, e in locks[:4] for d in (-1, 0, 1))]:
        assert escrow.pastLine(delegatee, time) == line(locks, genesis, time)


def test_past_line_follows_each_change_of_a_lock(chain, escrow, genesis, holder, delegatee, lock, fund):
    """V12, V10: the line takes the old lock out by its old end, whatever it becomes."""
    lock(holder, 7 * PT, weeks=20)
    escrow.delegate(delegatee, sender=holder)
    fund(holder, 100 * PT)
    start = chain.timestamp
    steps = [
        ("add(uint256)", PT),
        ("extend(uint256)", boundary(start, 40)),
        ("addAndExtend(uint256,uint256)", PT, boundary(start, 50)),
        ("makePermanent()",),
        ("add(uint256)", PT),
        ("startClock()",),
        ("add(uint256)", PT),
    ]
    for name, *arguments in steps:
        escrow[name](*arguments, sender=holder)
        seen = escrow.lockOf(holder)
        now = chain.timestamp
        chain.sleep(WEEK + 1)
        expected = line([(seen["amount"], seen["unlockTime"])], genesis, now)
        assert escrow.pastLine(delegatee, now) == expected == escrow.pastTotalLine(now)
        weeks = range(1, 110)
        scheduled = {w: escrow.expiring(delegatee, boundary(now, w)) for w in weeks}
        alone = {} if seen["unlockTime"] == PERMANENT else {seen["unlockTime"]: seen["amount"]}
        assert {boundary(now, w): x for w, x in scheduled.items() if x} == alone


def test_past_line_when_two_weeks_lie_in_two_words(chain, escrow, genesis, holder, second_holder, delegatee, lock):
    """V3: the walk over the weeks goes on from one word of the bitmap (256 weeks) to the next."""
    chain.warp(genesis + 200 * WEEK)
    locks = [(7 * PT, lock(holder, 7 * PT, weeks=55)), (2 * PT, lock(second_holder, 2 * PT, weeks=57))]
    third = chain.account("escrow third holder")
    locks.append((3 * PT, lock(third, 3 * PT, weeks=56)))
    assert [(end - genesis) // WEEK for _, end in locks] == [255, 257, 256]
    for owner in (holder, second_holder, third):
        escrow.delegate(delegatee, sender=owner)
    chain.sleep(60 * WEEK)
    for _, end in locks:
        for time in (end - 1, end, end + 1):
            assert escrow.pastLine(delegatee, time) == line(locks, genesis, time)
            assert escrow.pastTotalLine(time) == line(locks, genesis, time)
