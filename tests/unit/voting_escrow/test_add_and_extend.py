"""Adding to a lock and letting it run longer in one call."""

import pytest
from support.escrow import MIN_DEPOSIT, MIN_TERM, PT, WEEK, boundary, event, weight

from phemexia.evm import reverts


def test_add_and_extend_does_both(chain, escrow, token, holder, lock, fund):
    """V12: amount and end change together."""
    old = lock(holder, 3 * PT)
    fund(holder, 2 * PT)
    new = old + 10 * WEEK
    receipt = escrow.addAndExtend(2 * PT, new, sender=holder)
    assert receipt.events == [
        event(escrow, "Added", owner=holder, payer=holder, amount=2 * PT),
        event(escrow, "Extended", owner=holder, unlockTime=new),
        event(token, "Transfer", from_=holder, to=escrow.address, value=2 * PT),
    ]
    seen = escrow.lockOf(holder)
    assert (seen["amount"], seen["unlockTime"]) == (5 * PT, new)
    assert seen["votes"] == weight(5 * PT, new, chain.timestamp) == escrow.totalSupply()
    assert (escrow.expiringTotal(old), escrow.expiringTotal(new)) == (0, 5 * PT)


def test_add_and_extend_a_delegated_lock(chain, escrow, holder, delegatee, lock, fund):
    old = lock(holder, 3 * PT)
    escrow.delegate(delegatee, sender=holder)
    fund(holder, 2 * PT)
    escrow.addAndExtend(2 * PT, old + WEEK, sender=holder)
    assert escrow.getVotes(delegatee) == weight(5 * PT, old + WEEK, chain.timestamp)


def test_add_and_extend_counts_the_new_term(chain, escrow, holder, lock, fund):
    """A2: a lock too short to be added to takes more if it becomes long enough in the same call."""
    old = lock(holder, 3 * PT)
    fund(holder, 2 * PT)
    chain.warp(old - 1)
    new = boundary(old, 5)
    with reverts("VotingEscrow__TermTooShort", unlockTime=old):
        escrow.add(2 * PT, sender=holder)
    escrow.addAndExtend(2 * PT, new, sender=holder)
    assert escrow.getVotes(holder) == weight(5 * PT, new, chain.timestamp)


@pytest.mark.parametrize("amount", [0, MIN_DEPOSIT - 1])
def test_add_and_extend_below_the_least_deposit(escrow, holder, lock, fund, amount):
    old = lock(holder)
    fund(holder)
    with reverts("VotingEscrow__DepositTooSmall", amount=amount, minimum=MIN_DEPOSIT):
        escrow.addAndExtend(amount, old + WEEK, sender=holder)


def test_add_and_extend_the_least_deposit(escrow, holder, lock, fund):
    old = lock(holder, PT)
    fund(holder)
    escrow.addAndExtend(MIN_DEPOSIT, old + WEEK, sender=holder)
    assert escrow.lockOf(holder)["amount"] == 2 * PT


@pytest.mark.parametrize("off", [0, -WEEK])
def test_add_and_extend_to_no_later_end(escrow, holder, lock, fund, off):
    old = lock(holder)
    fund(holder)
    with reverts("VotingEscrow__NotExtended", unlockTime=old + off, current=old):
        escrow.addAndExtend(PT, old + off, sender=holder)


def test_add_and_extend_off_a_week_boundary(escrow, holder, lock, fund):
    old = lock(holder)
    fund(holder)
    with reverts("VotingEscrow__NotWeekBoundary", unlockTime=old + 1):
        escrow.addAndExtend(PT, old + 1, sender=holder)


def test_add_and_extend_past_the_longest_term(chain, escrow, holder, lock, fund):
    lock(holder)
    fund(holder)
    latest = boundary(chain.timestamp, 104)
    with reverts("VotingEscrow__TermTooLong", latest=latest):
        escrow.addAndExtend(PT, latest + WEEK, sender=holder)
    escrow.addAndExtend(PT, latest, sender=holder)


@pytest.mark.parametrize("short", [0, 1])
def test_add_and_extend_at_the_least_term(chain, escrow, holder, lock, fund, short):
    old = lock(holder, weeks=5)
    fund(holder)
    new = old + WEEK
    chain.warp(new - MIN_TERM + short)
    if short:
        with reverts("VotingEscrow__TermTooShort", unlockTime=new, earliest=new + WEEK):
            escrow.addAndExtend(PT, new, sender=holder)
    else:
        escrow.addAndExtend(PT, new, sender=holder)


def test_add_and_extend_an_expired_lock(escrow, holder, expired, fund):
    """A2: no new tokens into a lock that is over, though a new end comes with them."""
    end = expired(holder)
    fund(holder)
    with reverts("VotingEscrow__LockExpired", account=holder, unlockTime=end):
        escrow.addAndExtend(PT, boundary(end, 20), sender=holder)


def test_add_and_extend_a_permanent_lock(chain, escrow, holder, permanent, fund):
    permanent(holder)
    fund(holder)
    with reverts("VotingEscrow__LockPermanent", account=holder):
        escrow.addAndExtend(PT, boundary(chain.timestamp, 104), sender=holder)


def test_add_and_extend_without_a_lock(chain, escrow, holder, fund):
    fund(holder)
    with reverts("VotingEscrow__NoLock", account=holder):
        escrow.addAndExtend(PT, boundary(chain.timestamp, 52), sender=holder)


def test_add_and_extend_without_the_tokens(escrow, holder, lock):
    old = lock(holder)
    with reverts("ERC20InsufficientBalance", needed=PT):
        escrow.addAndExtend(PT, old + WEEK, sender=holder)
    assert escrow.lockOf(holder)["unlockTime"] == old


def test_add_and_extend_past_the_last_end_there_is(chain, escrow, holder, last_boundary, lock, fund):
    chain.warp(last_boundary - 20 * WEEK)
    lock(holder, weeks=19)
    fund(holder)
    with reverts("VotingEscrow__TermTooLong", latest=last_boundary):
        escrow.addAndExtend(PT, last_boundary + WEEK, sender=holder)
    escrow.addAndExtend(PT, last_boundary, sender=holder)
