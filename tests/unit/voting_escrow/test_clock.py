"""The clock (ERC-6372)."""

import pytest
from support.escrow import CLOCK_END, PT, WEEK, weight


def test_clock_is_the_timestamp(chain, escrow):
    """V14: seconds since 1970."""
    assert escrow.clock() == chain.timestamp
    chain.sleep(12_345)
    assert escrow.clock() == chain.timestamp


def test_clock_mode(escrow):
    """V14, V17: said in the words of the standard."""
    assert escrow.CLOCK_MODE() == "mode=timestamp"


@pytest.mark.parametrize("blocks", [1, 10, 10_000])
def test_clock_counts_no_blocks(chain, escrow, holder, lock, blocks):
    """V14: how many blocks a week has changes nothing."""
    end = lock(holder, 7 * PT)
    start = chain.timestamp
    for i in range(min(blocks, 100)):
        chain.warp(start + i * WEEK // blocks)
    chain.warp(start + WEEK)
    assert escrow.getVotes(holder) == weight(7 * PT, end, start + WEEK)
    assert escrow.getPastVotes(holder, start + WEEK // 3) == weight(7 * PT, end, start + WEEK // 3)


def test_clock_beyond_the_histories(chain, escrow, genesis):
    """V4: the clock tells the time for longer than entries can be written."""
    chain.warp(genesis + CLOCK_END + 1)
    assert escrow.clock() == genesis + CLOCK_END + 1
