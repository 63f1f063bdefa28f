"""`checkpoint()` and `checkpoint(account)`: shortening the readers' walk without changing an answer."""

import pytest
from support.escrow import MAX_TERM, PERMANENT, PT, WEEK, boundary, line

WEEKS = [5, 6, 20, 52, 103, 104]


@pytest.fixture
def populated(chain, escrow, lock, delegatee):
    """Locks that end in many weeks, one of them permanent, all delegated to one account; the list of them."""
    locks = []
    for weeks in WEEKS:
        owner = chain.account(f"escrow owner {weeks}")
        locks.append((weeks * PT, lock(owner, weeks * PT, weeks=weeks)))
        escrow.delegate(delegatee, sender=owner)
    owner = chain.account("escrow permanent owner")
    lock(owner, 3 * PT)
    escrow.makePermanent(sender=owner)
    escrow.delegate(delegatee, sender=owner)
    return [*locks, (3 * PT, PERMANENT)]


@pytest.mark.parametrize("later", [1, WEEK, 5 * WEEK, 20 * WEEK + 1, MAX_TERM, 6 * 52 * WEEK])
def test_checkpoint_changes_no_answer(chain, escrow, genesis, stranger, delegatee, populated, later):
    """V3, V4: before and after, for any age of the last one, the past and the present are what locks add up to."""
    start = chain.timestamp
    chain.sleep(later)
    now = chain.timestamp
    times = [start, start + 1, start + later // 2, now - 1, *(end for _, end in populated if end < now)]

    def answers():
        told = [(escrow.pastTotalLine(t), escrow.pastLine(delegatee, t)) for t in times if t < now]
        return told, escrow.totalSupply(), escrow.getVotes(delegatee)

    before = answers()
    assert before[0] == [(line(populated, genesis, t),) * 2 for t in times if t < now]
    assert escrow["checkpoint()"](sender=stranger).events == []
    assert escrow["checkpoint(address)"](delegatee, sender=stranger).events == []
    assert answers() == before
    chain.sleep(1)
    assert escrow.pastTotalLine(now) == line(populated, genesis, now) == escrow.pastLine(delegatee, now)


def test_checkpoint_writes_an_entry(chain, escrow, genesis, stranger, delegatee, populated):
    """V6: after the older ones, which stay as they were."""
    before, length = escrow.totalHistory(0, 99)
    chain.sleep(30 * WEEK)
    escrow["checkpoint()"](sender=stranger)
    escrow["checkpoint(address)"](delegatee, sender=stranger)
    after, longer = escrow.totalHistory(0, 99)
    amount, moment, _ = line(populated, genesis, chain.timestamp)
    assert after == [*before, {"time": chain.timestamp, "amount": amount, "moment": moment}]
    assert longer == length + 1
    assert escrow.lineHistory(delegatee, 0, 99)[0][-1] == after[-1]


def test_checkpoint_twice_in_one_second(chain, escrow, stranger, populated):
    """V5: one entry for a second."""
    chain.sleep(WEEK)
    escrow["checkpoint()"](sender=stranger)
    length = escrow.totalHistory(0, 99)[1]
    escrow["checkpoint()"](sender=stranger)
    assert escrow.totalHistory(0, 99)[1] == length


def test_checkpoint_of_nothing(escrow, stranger, holder):
    """V7: before the first lock there is nothing to bring up to date."""
    escrow["checkpoint()"](sender=stranger)
    escrow["checkpoint(address)"](holder, sender=stranger)
    assert escrow.totalHistory(0, 9) == ([], 0) == escrow.lineHistory(holder, 0, 9)


def test_checkpoint_of_an_account_that_votes_for_itself(escrow, holder, stranger, lock):
    """An own lock is in no line."""
    lock(holder)
    escrow["checkpoint(address)"](holder, sender=stranger)
    assert escrow.lineHistory(holder, 0, 9) == ([], 0)


def test_checkpoint_of_permanent_locks_alone(chain, escrow, stranger, holder, delegatee, permanent):
    """N14: a decaying amount of zero is carried on with its moment."""
    permanent(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    chain.sleep(WEEK)
    escrow["checkpoint()"](sender=stranger)
    escrow["checkpoint(address)"](delegatee, sender=stranger)
    chain.sleep(WEEK)
    assert escrow.totalSupply() == 7 * PT == escrow.getVotes(delegatee)
    assert escrow.totalHistory(0, 9)[0][-1]["moment"] == 104 * 7 * PT


def test_checkpoint_at_the_second_of_an_end(chain, escrow, stranger, holder, second_holder, lock):
    """V3: the boundary's second belongs to the week that begins."""
    end = lock(holder, 7 * PT, weeks=5)
    later = lock(second_holder, 2 * PT, weeks=6)
    for now in (end - 1, end, end + 1, later - 1, later, later + 1):
        chain.warp(now)
        escrow["checkpoint()"](sender=stranger)
        expected = (7 * PT if now < end else 0) + (2 * PT if now < later else 0)
        assert escrow.totalHistory(0, 99)[0][-1]["amount"] == expected


def test_checkpoint_bounds_what_a_griefer_can_cost(chain, escrow, holder, delegatee, stranger, bank, token, fund):
    """N13, V4: dust locks in every week there is cost a reader at most 104 weeks; then `checkpoint` clears them.

    The simulation's storage is warm, so a week costs 2,000 gas less here than on a chain.
    """

    def cost() -> int:
        escrow.getPastVotes(delegatee, chain.timestamp - 1)
        return chain._evm.result.gas_used

    fund(holder, 10 * PT)
    escrow.create(10 * PT, boundary(chain.timestamp, 104), sender=holder)
    escrow.delegate(delegatee, sender=holder)
    chain.sleep(1)
    quiet = cost()
    start = boundary(chain.timestamp, 1)
    chain.warp(start)
    for i in range(110):  # more griefers than weeks, some of whom share one
        griefer = chain.account(f"escrow griefer {i}")
        bank.execute(token, token.transfer.encode(griefer, PT), sender=griefer)
        token.approve(escrow, PT, sender=griefer)
        escrow.create(PT, start + (5 + i % 100) * WEEK, sender=griefer)
        escrow.delegate(delegatee, sender=griefer)
    assert sum(1 for week in range(105) if escrow.expiring(delegatee, start + week * WEEK)) == 100
    chain.warp(start + 103 * WEEK + 1)
    assert 98 * 200 < cost() - quiet <= 104 * 400
    chain.sleep(50 * 52 * WEEK)
    assert cost() - quiet <= 104 * 400
    escrow["checkpoint(address)"](delegatee, sender=stranger)
    chain.sleep(2)
    assert cost() <= quiet + 100


def test_checkpoint_after_the_last_end_there_is(chain, escrow, stranger, last_boundary, holder, lock):
    """V4: lines go on when no lock can be made any more."""
    lock(holder)
    chain.warp(last_boundary + WEEK)
    escrow["checkpoint()"](sender=stranger)
    assert escrow.totalHistory(0, 99)[0][-1]["amount"] == 0
