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


def test_past_line_from_one_week_to_many_and_back(chain, escrow, genesis, delegatee, lock, fund):
    """N14, V3, V10, V15: a line of one week keeps no schedule; when it starts to, and when it is empty again."""
    owners = [chain.account(f"escrow owner {i}") for i in range(4)]
    locks: dict[str, tuple[int, int]] = {}
    told: dict[int, tuple[int, int, int]] = {}

    def settle(owner: str) -> None:
        """Note the owner's lock, look around, and let time pass."""
        seen = escrow.lockOf(owner)
        locks[owner] = (seen["amount"], seen["unlockTime"]) if seen["delegatee"] == delegatee else (0, 0)
        now = chain.timestamp
        assert escrow.getVotes(delegatee) == line(locks.values(), genesis, now)[2] // (104 * WEEK)
        for week in range(1, 106):
            end = boundary(now, week)
            assert escrow.expiring(delegatee, end) == sum(a for a, e in locks.values() if e == end)
        chain.sleep(WEEK + 1)
        for time in (now, now + WEEK // 2, now + WEEK):
            told[time] = escrow.pastLine(delegatee, time)
            assert told[time] == line(locks.values(), genesis, time)

    def enter(owner: str, end: int) -> None:
        lock(owner, (5 + owners.index(owner)) * PT, weeks=(end - boundary(chain.timestamp, 0)) // WEEK)
        escrow.delegate(delegatee, sender=owner)
        settle(owner)

    for _ in range(3):
        end = boundary(chain.timestamp, 30)
        enter(owners[0], end)  # one lock, one week
        enter(owners[1], end)  # two locks, one week
        fund(owners[0], PT)
        escrow.add(PT, sender=owners[0])
        settle(owners[0])
        escrow.delegate(owners[1], sender=owners[1])  # one leaves
        settle(owners[1])
        escrow.delegate(delegatee, sender=owners[1])
        settle(owners[1])
        enter(owners[2], end + 5 * WEEK)  # a second week
        escrow.extend(end + 5 * WEEK, sender=owners[1])
        settle(owners[1])
        escrow.extend(end + 5 * WEEK, sender=owners[0])  # all in one week, with a schedule
        settle(owners[0])
        escrow.makePermanent(sender=owners[1])
        settle(owners[1])
        enter(owners[3], end + 6 * WEEK)
        escrow.delegate(owners[3], sender=owners[3])
        settle(owners[3])
        escrow.startClock(sender=owners[1])
        settle(owners[1])
        chain.warp(escrow.lockOf(owners[1])["unlockTime"])  # all over
        for owner in owners:
            escrow["withdraw()"](sender=owner)
            escrow.delegate(owner, sender=owner)
            settle(owner)
    assert all(escrow.pastLine(delegatee, time) == answer for time, answer in told.items())


@pytest.mark.parametrize("second", ["permanent", "decaying"])
@pytest.mark.parametrize("apart", [0, 1], ids=["in the same second", "a second later"])
def test_past_line_when_another_kind_joins_one_week(
    chain, escrow, genesis, holder, second_holder, delegatee, lock, second, apart
):
    """N14: the first lock's week goes into the schedule at that moment, and expires from there."""
    locks = [(7 * PT, lock(holder, 7 * PT, weeks=5))]
    escrow.delegate(delegatee, sender=holder)
    before = chain.timestamp
    chain.sleep(apart)
    escrow.delegate(delegatee, sender=second_holder)
    locks.append((2 * PT, lock(second_holder, 2 * PT, weeks=9)))
    if second == "permanent":
        escrow.makePermanent(sender=second_holder)
        locks[1] = (2 * PT, PERMANENT)
    now = chain.timestamp
    chain.sleep(10 * WEEK)
    if apart:
        assert escrow.pastLine(delegatee, before) == line(locks[:1], genesis, before)
    for time in (now, *(locks[0][1] + d for d in (-1, 0, 1)), now + 9 * WEEK):
        assert escrow.pastLine(delegatee, time) == line(locks, genesis, time) == escrow.pastTotalLine(time)
