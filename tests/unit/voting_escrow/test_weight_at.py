"""Weight of a lock at any time, past or future (`weightAt`), and votes (`votesAt`)."""

import pytest
from support.escrow import MAX_TERM, PT, WEEK, boundary, weight

READS = ["weightAt", "votesAt"]


@pytest.fixture(params=READS)
def read(request, escrow):
    return getattr(escrow, request.param)


def test_at_the_present_agrees_with_the_present(chain, escrow, holder, lock, read):
    lock(holder, 7 * PT)
    assert read(holder, chain.timestamp) == escrow.getVotes(holder) == escrow.balanceOf(holder)


def test_at_the_future_previews_the_decay(chain, escrow, holder, lock, read):
    """V13: what a wallet shows before anyone signs is what will be."""
    end = lock(holder, 7 * PT)
    for time in (chain.timestamp + 1, chain.timestamp + WEEK, end - 1, end, end + 1, end + 300 * WEEK):
        assert read(holder, time) == weight(7 * PT, end, time)
    preview = read(holder, end - 5)
    chain.warp(end - 5)
    assert escrow.getVotes(holder) == preview


def test_at_the_past_agrees_with_the_past(chain, escrow, holder, lock, fund, read):
    """V15: the past is answered from the past, not from the present lock."""
    end = lock(holder, 7 * PT)
    made = chain.timestamp
    fund(holder, 7 * PT)
    chain.sleep(WEEK)
    escrow.add(7 * PT, sender=holder)
    assert read(holder, made) == weight(7 * PT, end, made) == escrow.getPastVotes(holder, made)
    assert read(holder, made + WEEK) == weight(14 * PT, end, made + WEEK)


@pytest.mark.parametrize("time", [0, 2**32, 2**64, 2**128])
def test_at_far_times(escrow, holder, delegatee, lock, permanent, read, time):
    """V8: a decaying lock weighs nothing then, a permanent one its amount."""
    lock(holder, 7 * PT)
    permanent(delegatee, 2 * PT)
    assert read(holder, time) == 0
    assert read(delegatee, time) == (2 * PT if time else 0)


@pytest.mark.parametrize("time", [2**255, 2**256 - 1])
def test_at_the_end_of_time_for_oneself(escrow, holder, delegatee, lock, permanent, read, time):
    """V8: no time makes the arithmetic overflow."""
    lock(holder, 7 * PT)
    permanent(delegatee, 2 * PT)
    assert (read(holder, time), read(delegatee, time)) == (0, 2 * PT)


@pytest.mark.parametrize("ends", ["in one week", "in two weeks"])
def test_votes_at_the_end_of_time_by_delegation(escrow, holder, second_holder, delegatee, lock, ends):
    """V8: nor for what is delegated."""
    lock(holder, 7 * PT)
    lock(second_holder, 7 * PT, weeks=52 if ends == "in one week" else 53)
    for account in (holder, second_holder):
        escrow.delegate(delegatee, sender=account)
    assert escrow.votesAt(delegatee, 2**256 - 1) == 0


def test_before_genesis(escrow, genesis, holder, lock, read):
    lock(holder)
    assert read(holder, genesis - 1) == 0 == read(holder, genesis)


def test_weight_at_stays_with_the_owner(chain, escrow, holder, delegatee, lock):
    """Delegating moves votes, not weight."""
    end = lock(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    later = chain.timestamp + WEEK
    assert escrow.weightAt(holder, later) == weight(7 * PT, end, later) == escrow.votesAt(delegatee, later)
    assert escrow.weightAt(delegatee, later) == 0 == escrow.votesAt(holder, later)


def test_votes_at_sums_own_and_delegated(chain, escrow, holder, delegatee, lock):
    """V1: one division of one sum, at a time to come, too."""
    end = lock(holder, 7 * PT + 1)
    own = lock(delegatee, 2 * PT + 1, weeks=20)
    escrow.delegate(delegatee, sender=holder)
    for time in (chain.timestamp + 1, own - 1, own, own + 1, end - 1, end):
        undivided = (7 * PT + 1) * max(0, end - time) + (2 * PT + 1) * max(0, own - time)
        assert escrow.votesAt(delegatee, time) == undivided // MAX_TERM


def test_votes_at_of_permanent_locks_alone(chain, escrow, holder, delegatee, permanent):
    """N14: a line without decaying amount, far ahead."""
    permanent(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    assert escrow.votesAt(delegatee, chain.timestamp + 1_000 * WEEK) == 7 * PT


def test_at_a_time_after_withdrawing(chain, escrow, holder, expired, read):
    """A7: no weight to come without tokens."""
    end = expired(holder, 7 * PT)
    escrow["withdraw()"](sender=holder)
    assert read(holder, end - 1) == weight(7 * PT, end, end - 1)
    assert read(holder, end) == 0 == read(holder, boundary(end, 10))
