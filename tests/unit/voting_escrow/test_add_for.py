"""An operator adds to an owner's lock."""

import pytest
from support.escrow import MIN_DEPOSIT, MIN_TERM, PT, WEEK, event, weight

from phemexia.evm import reverts


@pytest.fixture(params=[0, 1_893_456_000], ids=["may only add", "may create, too"])
def approved(request, escrow, holder, operator, fund):
    """The operator has tokens, and the owner's word."""
    escrow.setOperator(operator, True, request.param, sender=holder)
    fund(operator)


def test_add_for_the_owner_with_the_operators_tokens(chain, escrow, token, holder, operator, lock, approved):
    """A1: the amount grows, the end stays."""
    end = lock(holder, 7 * PT)
    receipt = escrow.addFor(holder, 2 * PT, sender=operator)
    assert receipt.events == [
        event(escrow, "Added", owner=holder, payer=operator, amount=2 * PT),
        event(token, "Transfer", from_=operator, to=escrow.address, value=2 * PT),
    ]
    seen = escrow.lockOf(holder)
    assert (seen["amount"], seen["unlockTime"]) == (9 * PT, end)
    assert escrow.getVotes(holder) == weight(9 * PT, end, chain.timestamp)


def test_add_for_a_permanent_lock(escrow, holder, operator, permanent, approved):
    permanent(holder, 7 * PT)
    escrow.addFor(holder, 2 * PT, sender=operator)
    assert escrow.getVotes(holder) == 9 * PT


def test_add_for_a_delegated_lock(escrow, holder, operator, delegatee, lock, approved):
    lock(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    escrow.addFor(holder, 2 * PT, sender=operator)
    assert escrow.getVotes(delegatee) == escrow.balanceOf(holder)


@pytest.mark.parametrize("caller", ["stranger", "delegatee", "dao"])
def test_add_for_by_anybody_else(request, escrow, holder, operator, delegatee, lock, fund, approved, caller):
    """A1: neither strangers nor the delegatee nor the DAO may, though somebody else is approved."""
    lock(holder)
    escrow.delegate(delegatee, sender=holder)
    account = request.getfixturevalue(caller)
    fund(account)
    with reverts("VotingEscrow__NotOperator", owner=holder, caller=account):
        escrow.addFor(holder, PT, sender=account)


def test_add_for_oneself_needs_no_operator(escrow, holder, lock, fund):
    """The owner has `add`; `addFor` is for operators alone."""
    lock(holder)
    fund(holder)
    with reverts("VotingEscrow__NotOperator", owner=holder, caller=holder):
        escrow.addFor(holder, PT, sender=holder)


def test_add_for_an_owner_without_a_lock(escrow, holder, operator, approved):
    with reverts("VotingEscrow__NoLock", account=holder):
        escrow.addFor(holder, PT, sender=operator)


def test_add_for_an_expired_lock(escrow, holder, operator, expired, approved):
    """A2: no tokens into a lock that is over."""
    end = expired(holder)
    with reverts("VotingEscrow__LockExpired", account=holder, unlockTime=end):
        escrow.addFor(holder, PT, sender=operator)


@pytest.mark.parametrize("short", [0, 1])
def test_add_for_with_the_least_term_left(chain, escrow, holder, operator, lock, approved, short):
    end = lock(holder)
    chain.warp(end - MIN_TERM + short)
    if short:
        with reverts("VotingEscrow__TermTooShort", unlockTime=end, earliest=end + WEEK):
            escrow.addFor(holder, PT, sender=operator)
    else:
        escrow.addFor(holder, PT, sender=operator)


@pytest.mark.parametrize("amount", [0, MIN_DEPOSIT - 1])
def test_add_for_below_the_least_deposit(escrow, holder, operator, lock, approved, amount):
    """V2: nor can an operator fill a history with dust."""
    lock(holder)
    with reverts("VotingEscrow__DepositTooSmall", amount=amount):
        escrow.addFor(holder, amount, sender=operator)


def test_add_for_without_the_tokens(escrow, holder, operator, lock):
    lock(holder)
    escrow.setOperator(operator, True, 0, sender=holder)
    with reverts("ERC20InsufficientAllowance", allowance=0, needed=PT):
        escrow.addFor(holder, PT, sender=operator)
