"""Votes at present."""

import pytest
from support.escrow import MAX_TERM, PT, WEEK, boundary, weight

MONTH = MAX_TERM // 24


def test_get_votes_of_nobody(escrow, stranger):
    assert escrow.getVotes(stranger) == 0


@pytest.mark.parametrize(
    ("months", "published"),
    [(1, 42), (3, 125), (6, 250), (12, 500), (24, 1_000)],
    ids=["1 month", "3 months", "6 months", "12 months", "24 months"],
)
def test_get_votes_of_the_published_terms(chain, escrow, holder, fund, months, published):
    """One PT for 1/3/6/12/24 months of 1/24 of 104 weeks weighs 0.042/0.125/0.25/0.5/1 vePT."""
    fund(holder)
    end = boundary(chain.timestamp, 104 if months == 24 else 30 if months == 3 else 60)
    chain.warp(end - months * MONTH)
    escrow.create(PT, end, sender=holder)
    assert escrow.getVotes(holder) == PT * months // 24
    assert round(escrow.getVotes(holder) / PT, 3) == published / 1000


def test_get_votes_decays_each_second(chain, escrow, holder, lock):
    """V17: linearly, to zero at the end and not before."""
    amount = MAX_TERM * 10**12  # one unit of weight for each second, times 10^12
    end = lock(holder, amount)
    previous = escrow.getVotes(holder)
    for _ in range(5):
        chain.sleep(1)
        assert previous - escrow.getVotes(holder) == 10**12
        previous = escrow.getVotes(holder)
    chain.warp(end - 1)
    assert escrow.getVotes(holder) == 10**12
    for late in (0, 1, WEEK):
        chain.warp(end + late)
        assert escrow.getVotes(holder) == 0


def test_get_votes_is_own_and_delegated(chain, escrow, holder, second_holder, lock):
    """D7: the own lock once, and what is delegated once."""
    own = lock(holder, 7 * PT)
    other = lock(second_holder, 2 * PT, weeks=20)
    escrow.delegate(holder, sender=second_holder)
    now = chain.timestamp
    assert (
        escrow.getVotes(holder) * MAX_TERM // MAX_TERM
        == (7 * PT * (own - now) + 2 * PT * (other - now)) // MAX_TERM
    )
    chain.warp(other)
    assert escrow.getVotes(holder) == weight(7 * PT, own, other)


def test_get_votes_floors_the_sum_once(chain, escrow, delegatee, lock):
    """V1: fractions of locks add up before the division cuts anything off."""
    owners = [chain.account(f"escrow owner {i}") for i in range(5)]
    end = 0
    for owner in owners:
        end = lock(owner, PT + 1)
        escrow.delegate(delegatee, sender=owner)
    now = chain.timestamp
    assert escrow.getVotes(delegatee) == 5 * (PT + 1) * (end - now) // MAX_TERM
    assert escrow.getVotes(delegatee) > sum(escrow.balanceOf(owner) for owner in owners)


def test_get_votes_weighs_amounts_that_no_term_divides(chain, escrow, holder, lock):
    """V1: no wei of the amount is without weight."""
    end = lock(holder, 10**18 + 1, weeks=5)
    now = chain.timestamp
    assert escrow.pastTotalLine(now - 1) == (0, 0, 0)
    chain.sleep(1)
    assert escrow.pastLock(holder, now)[3] == (10**18 + 1) * (end - now)


def test_get_votes_across_a_boundary_is_continuous(chain, escrow, second_holder, holder, delegatee, lock):
    """V3: nothing jumps when a week passes in which a lock ends."""
    end = lock(holder, 7 * PT, weeks=5)
    other = lock(second_holder, 2 * PT, weeks=6)
    for account in (holder, second_holder):
        escrow.delegate(delegatee, sender=account)
    for now in (end - 1, end, end + 1):
        chain.warp(now)
        assert escrow.getVotes(delegatee) == (7 * PT * max(0, end - now) + 2 * PT * (other - now)) // MAX_TERM


def test_get_votes_of_a_contract(chain, escrow, token, bank, holder, lock):
    """A4: a wrapper contract votes like anybody; that it can is accepted and stated."""
    bank.execute(token, token.approve.encode(escrow, PT), sender=holder)
    end = boundary(chain.timestamp, 52)
    bank.execute(escrow, escrow.create.encode(PT, end), sender=holder)
    lock(holder, 2 * PT)
    escrow.delegate(bank, sender=holder)
    assert escrow.getVotes(bank) == weight(3 * PT, end, chain.timestamp)
