"""Votes at any second of the past."""

import pytest
from support.escrow import CLOCK_END, MAX_TERM, PT, WEEK, boundary, weight

from phemexia.evm import reverts


@pytest.mark.parametrize("ahead", [0, 1, WEEK])
def test_get_past_votes_of_the_present(chain, escrow, holder, lock, ahead):
    """V16: the present second can still change, so it is not past."""
    lock(holder)
    time = chain.timestamp + ahead
    with reverts("ERC5805FutureLookup", timepoint=time, clock=chain.timestamp):
        escrow.getPastVotes(holder, time)


def test_get_past_votes_of_the_absurd_future(chain, escrow, holder):
    """V16: nor is the end of time."""
    with reverts("ERC5805FutureLookup", timepoint=2**256 - 1):
        escrow.getPastVotes(holder, 2**256 - 1)


def test_get_past_votes_a_second_ago(chain, escrow, holder, lock):
    """V16, A6: a lock votes from the second after it was made, for the second in which it was made."""
    end = lock(holder, 7 * PT)
    made = chain.timestamp
    chain.sleep(1)
    assert escrow.getPastVotes(holder, made) == weight(7 * PT, end, made)
    assert escrow.getPastVotes(holder, made - 1) == 0


@pytest.mark.parametrize("before", [1, WEEK, 0])
def test_get_past_votes_before_genesis(chain, escrow, genesis, holder, lock, before):
    lock(holder)
    chain.sleep(1)
    assert escrow.getPastVotes(holder, genesis - before) == 0
    assert escrow.getPastVotes(holder, 0) == 0


def test_get_past_votes_never_change(chain, escrow, holder, delegatee, second_delegatee, lock, fund):
    """V15, V6: whatever the owner does later, an answer once given stays the answer."""
    start = chain.timestamp
    told: dict[tuple[str, int], int] = {}
    voters = [holder, delegatee, second_delegatee]

    def watch() -> None:
        now = chain.timestamp
        chain.sleep(3 * 86_400 + 7)
        for voter in voters:
            for time in range(start, now + 1, 86_400):
                answer = escrow.getPastVotes(voter, time)
                assert told.setdefault((voter, time), answer) == answer

    lock(holder, 7 * PT, weeks=20)
    fund(holder, 100 * PT)
    watch()
    steps = [
        ("delegate(address)", delegatee),
        ("add(uint256)", 2 * PT),
        ("extend(uint256)", boundary(start, 60)),
        ("delegate(address)", second_delegatee),
        ("addAndExtend(uint256,uint256)", 3 * PT, boundary(start, 80)),
        ("makePermanent()",),
        ("delegate(address)", holder),
        ("add(uint256)", PT),
        ("delegate(address)", delegatee),
        ("startClock()",),
        ("checkpoint(address)", delegatee),
        ("checkpoint()",),
    ]
    for name, *arguments in steps:
        escrow[name](*arguments, sender=holder)
        watch()
    chain.warp(escrow.lockOf(holder)["unlockTime"])
    watch()
    escrow["relock(uint256)"](boundary(chain.timestamp, 30), sender=holder)
    watch()
    chain.warp(escrow.lockOf(holder)["unlockTime"])
    escrow["withdraw()"](sender=holder)
    watch()
    lock(holder, 2 * PT)
    watch()
    assert len({answer for answer in told.values() if answer}) > 100


def test_get_past_votes_finds_each_of_many_entries(chain, escrow, holder, lock, fund):
    """V5: the search hits the very second of each entry, and the one before it."""
    end = lock(holder, 10 * PT, weeks=104)
    fund(holder, 100 * PT)
    times = [chain.timestamp]
    for _ in range(33):
        chain.sleep(5)
        escrow.add(PT, sender=holder)
        times.append(chain.timestamp)
    chain.sleep(1)
    for i, time in enumerate(times):
        assert escrow.getPastVotes(holder, time) == weight((10 + i) * PT, end, time)
        before = 9 + i if i else 0
        assert escrow.getPastVotes(holder, time - 1) == weight(before * PT, end, time - 1)


def test_get_past_votes_after_years_of_silence(chain, escrow, holder, delegatee, lock):
    """V4: every second of six years in which nobody came has its answer."""
    end = lock(holder, 7 * PT, weeks=104)
    lock(delegatee, 2 * PT, weeks=104)
    escrow.delegate(delegatee, sender=holder)
    start = chain.timestamp
    chain.sleep(6 * 366 * 86_400)
    for time in (start, start + 1, start + 50 * WEEK, end - 1):
        assert escrow.getPastVotes(delegatee, time) == 9 * PT * (end - time) // MAX_TERM
    assert escrow.getPastVotes(delegatee, end) == 0 == escrow.getPastVotes(delegatee, chain.timestamp - 1)


def test_get_past_votes_after_the_histories_clock_has_run_out(chain, escrow, genesis, holder, lock):
    """V4: reading knows no end."""
    end = lock(holder, 7 * PT)
    start = chain.timestamp
    chain.warp(genesis + CLOCK_END + WEEK)
    assert escrow.getPastVotes(holder, start) == weight(7 * PT, end, start)
    assert escrow.getPastVotes(holder, chain.timestamp - 1) == 0
