"""Adding PT to a lock."""

import pytest
from support.escrow import MIN_DEPOSIT, MIN_TERM, PERMANENT, PT, SUPPLY, WEEK, event, weight

from phemexia.evm import reverts


def test_add_raises_the_weight_and_keeps_the_end(chain, escrow, token, holder, lock, fund):
    """V1: what was there and what came weigh together what one lock of the sum would."""
    end = lock(holder, 3 * PT + 1)
    fund(holder, 2 * PT + 2)
    chain.sleep(12_345)
    receipt = escrow.add(2 * PT + 2, sender=holder)
    assert receipt.events == [
        event(escrow, "Added", owner=holder, payer=holder, amount=2 * PT + 2),
        event(token, "Transfer", from_=holder, to=escrow.address, value=2 * PT + 2),
    ]
    seen = escrow.lockOf(holder)
    assert (seen["amount"], seen["unlockTime"]) == (5 * PT + 3, end)
    assert seen["votes"] == weight(5 * PT + 3, end, chain.timestamp) == escrow.totalSupply()


def test_add_to_a_permanent_lock(escrow, holder, permanent, fund):
    permanent(holder, 3 * PT)
    fund(holder, 2 * PT)
    escrow.add(2 * PT, sender=holder)
    seen = escrow.lockOf(holder)
    assert (seen["amount"], seen["unlockTime"], seen["votes"]) == (5 * PT, PERMANENT, 5 * PT)
    assert escrow.totalSupply() == 5 * PT


def test_add_to_a_delegated_lock(chain, escrow, holder, delegatee, lock, fund):
    end = lock(holder, 3 * PT)
    escrow.delegate(delegatee, sender=holder)
    fund(holder, 2 * PT)
    escrow.add(2 * PT, sender=holder)
    assert escrow.getVotes(delegatee) == weight(5 * PT, end, chain.timestamp)
    assert escrow.getVotes(holder) == 0


@pytest.mark.parametrize("amount", [0, MIN_DEPOSIT - 1])
def test_add_below_the_least_deposit(escrow, holder, lock, fund, amount):
    lock(holder)
    fund(holder)
    with reverts("VotingEscrow__DepositTooSmall", amount=amount, minimum=MIN_DEPOSIT):
        escrow.add(amount, sender=holder)


def test_add_the_least_deposit(escrow, holder, lock, fund):
    lock(holder, 10 * PT)
    fund(holder)
    escrow.add(MIN_DEPOSIT, sender=holder)
    assert escrow.lockOf(holder)["amount"] == 11 * PT


def test_add_without_a_lock(escrow, holder, fund):
    fund(holder)
    with reverts("VotingEscrow__NoLock", account=holder):
        escrow.add(PT, sender=holder)


def test_add_after_withdrawing(escrow, holder, expired, fund):
    """A7: a lock whose tokens are out can't be revived by adding."""
    expired(holder)
    escrow["withdraw()"](sender=holder)
    fund(holder)
    with reverts("VotingEscrow__NoLock", account=holder):
        escrow.add(PT, sender=holder)


@pytest.mark.parametrize("late", [0, 1])
def test_add_to_an_expired_lock(chain, escrow, holder, expired, fund, late):
    """A2: from the second of its end on, nothing can be added."""
    end = expired(holder)
    fund(holder)
    chain.sleep(late)
    with reverts("VotingEscrow__LockExpired", account=holder, unlockTime=end):
        escrow.add(PT, sender=holder)


def test_add_with_the_least_term_left(chain, escrow, holder, lock, fund):
    """A2: adding needs what creating needs."""
    end = lock(holder, 10 * PT)
    fund(holder)
    chain.warp(end - MIN_TERM)
    escrow.add(PT, sender=holder)
    assert escrow.getVotes(holder) == weight(11 * PT, end, chain.timestamp)


def test_add_with_a_second_less_than_the_least_term_left(chain, escrow, holder, lock, fund):
    """A2: the new tokens would be in for less than the least term."""
    end = lock(holder, 10 * PT)
    fund(holder)
    chain.warp(end - MIN_TERM + 1)
    with reverts("VotingEscrow__TermTooShort", unlockTime=end, earliest=end + WEEK):
        escrow.add(PT, sender=holder)


def test_add_in_the_second_of_creation(escrow, holder, lock, fund):
    """V5: a second write in the same second replaces the first."""
    end = lock(holder, 3 * PT)
    fund(holder)
    escrow.add(PT, sender=holder)
    page, length = escrow.lockHistory(holder, 0, 9)
    assert length == 1
    assert (page[0]["amount"], page[0]["unlockTime"]) == (4 * PT, end)
    assert escrow.totalHistory(0, 9)[1] == 1


def test_add_the_rest_of_the_supply(chain, escrow, holder, lock, fund):
    """V8: the sum reaches the whole supply."""
    end = lock(holder, PT)
    fund(holder, SUPPLY - PT)
    escrow.add(SUPPLY - PT, sender=holder)
    assert escrow.getVotes(holder) == weight(SUPPLY, end, chain.timestamp)


def test_add_without_the_tokens(escrow, holder, lock):
    lock(holder)
    with reverts("ERC20InsufficientBalance", balance=0, needed=PT):
        escrow.add(PT, sender=holder)


def test_add_near_the_last_end_there_is(chain, escrow, holder, last_boundary, lock, fund):
    """V8: a lock with the last end takes more for as long as its term allows, like any other."""
    chain.warp(last_boundary - 10 * 604_800)
    lock(holder, PT, weeks=10)
    fund(holder)
    chain.warp(last_boundary - MIN_TERM)
    escrow.add(PT, sender=holder)
    assert escrow.lockOf(holder)["amount"] == 2 * PT
