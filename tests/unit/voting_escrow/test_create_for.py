"""An operator creates an owner's lock."""

import pytest
from support.escrow import MIN_DEPOSIT, MIN_TERM, PT, WEEK, boundary, event, weight

from phemexia.evm import reverts


@pytest.fixture
def end(chain):
    return boundary(chain.timestamp, 52)


@pytest.fixture
def approved(escrow, holder, operator, end, fund):
    """The operator has tokens, and the owner's word for an end."""
    escrow.setOperator(operator, True, end, sender=holder)
    fund(operator)


def test_create_for_the_owner_with_the_operators_tokens(chain, escrow, token, holder, operator, end, approved):
    receipt = escrow.createFor(holder, 7 * PT, sender=operator)
    assert receipt.events == [
        event(escrow, "Created", owner=holder, payer=operator, amount=7 * PT, unlockTime=end),
        event(token, "Transfer", from_=operator, to=escrow.address, value=7 * PT),
    ]
    seen = escrow.lockOf(holder)
    assert (seen["amount"], seen["unlockTime"]) == (7 * PT, end)
    assert escrow.getVotes(holder) == weight(7 * PT, end, chain.timestamp)
    assert escrow.lockOf(operator)["amount"] == 0


def test_create_for_does_not_touch_the_owners_tokens(escrow, token, holder, operator, approved, fund):
    """A1: the owner's allowance is none of the operator's business."""
    fund(holder, 100 * PT)
    escrow.createFor(holder, 7 * PT, sender=operator)
    assert token.balanceOf(holder) == 100 * PT


def test_create_for_keeps_the_owners_delegation(escrow, holder, operator, delegatee, approved):
    escrow.delegate(delegatee, sender=holder)
    escrow.createFor(holder, 7 * PT, sender=operator)
    assert escrow.getVotes(delegatee) == escrow.balanceOf(holder) > 0
    assert escrow.getVotes(holder) == 0


def test_create_for_by_a_stranger(escrow, holder, stranger, fund):
    """A1: nobody locks somebody into a term it did not choose."""
    fund(stranger)
    with reverts("VotingEscrow__NotOperator", owner=holder, caller=stranger):
        escrow.createFor(holder, PT, sender=stranger)


def test_create_for_without_an_end_to_use(escrow, holder, operator, fund):
    """A1: an operator without an end may only add."""
    fund(operator)
    escrow.setOperator(operator, True, 0, sender=holder)
    with reverts("VotingEscrow__NotOperator", owner=holder, caller=operator):
        escrow.createFor(holder, PT, sender=operator)


def test_create_for_with_an_end_but_no_approval(escrow, holder, operator, end, fund):
    fund(operator)
    escrow.setOperator(operator, False, end, sender=holder)
    with reverts("VotingEscrow__NotOperator", owner=holder, caller=operator):
        escrow.createFor(holder, PT, sender=operator)


def test_create_for_an_owner_with_a_lock(escrow, holder, operator, lock, approved):
    lock(holder)
    with reverts("VotingEscrow__LockExists", account=holder):
        escrow.createFor(holder, PT, sender=operator)


def test_create_for_an_owner_with_an_expired_lock(chain, escrow, holder, operator, expired, fund):
    expired(holder)
    fund(operator)
    escrow.setOperator(operator, True, boundary(chain.timestamp, 52), sender=holder)
    with reverts("VotingEscrow__LockExists", account=holder):
        escrow.createFor(holder, PT, sender=operator)


@pytest.mark.parametrize("short", [0, 1])
def test_create_for_at_the_least_term(chain, escrow, holder, operator, end, approved, short):
    """A2: the owner's word does not override the terms."""
    chain.warp(end - MIN_TERM + short)
    if short:
        with reverts("VotingEscrow__TermTooShort", unlockTime=end, earliest=end + WEEK):
            escrow.createFor(holder, PT, sender=operator)
    else:
        escrow.createFor(holder, PT, sender=operator)


def test_create_for_with_an_end_off_a_week_boundary(escrow, holder, operator, end, fund):
    fund(operator)
    escrow.setOperator(operator, True, end + 1, sender=holder)
    with reverts("VotingEscrow__NotWeekBoundary", unlockTime=end + 1):
        escrow.createFor(holder, PT, sender=operator)


def test_create_for_with_too_long_a_term(chain, escrow, holder, operator, fund):
    fund(operator)
    latest = boundary(chain.timestamp, 104)
    escrow.setOperator(operator, True, latest + WEEK, sender=holder)
    with reverts("VotingEscrow__TermTooLong", unlockTime=latest + WEEK, latest=latest):
        escrow.createFor(holder, PT, sender=operator)
    chain.warp(boundary(chain.timestamp, 1))
    escrow.createFor(holder, PT, sender=operator)


@pytest.mark.parametrize("amount", [0, MIN_DEPOSIT - 1])
def test_create_for_below_the_least_deposit(escrow, holder, operator, approved, amount):
    with reverts("VotingEscrow__DepositTooSmall", amount=amount):
        escrow.createFor(holder, amount, sender=operator)


def test_create_for_without_the_tokens(escrow, holder, operator, end):
    escrow.setOperator(operator, True, end, sender=holder)
    with reverts("ERC20InsufficientAllowance", allowance=0, needed=PT):
        escrow.createFor(holder, PT, sender=operator)
