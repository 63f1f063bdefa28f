"""Letting somebody else pay into one's lock."""

import pytest
from support.escrow import PT, boundary, event

from phemexia.evm import ZERO, reverts


def test_operator_of_nobody_by_default(escrow, holder, operator):
    assert escrow.operatorOf(holder, operator) == {"approved": False, "unlockTime": 0}


@pytest.mark.parametrize("unlock_time", [0, 1_893_456_000, 2**64 - 1])
def test_set_operator_keeps_the_terms(escrow, holder, operator, unlock_time):
    receipt = escrow.setOperator(operator, True, unlock_time, sender=holder)
    assert receipt.events == [
        event(escrow, "OperatorSet", owner=holder, operator=operator, approved=True, unlockTime=unlock_time)
    ]
    assert escrow.operatorOf(holder, operator) == {"approved": True, "unlockTime": unlock_time}


def test_set_operator_is_one_sided(escrow, holder, operator, second_holder):
    escrow.setOperator(operator, True, 0, sender=holder)
    assert not escrow.operatorOf(operator, holder)["approved"]
    assert not escrow.operatorOf(second_holder, operator)["approved"]


def test_set_operator_takes_the_right_back(escrow, holder, operator, lock, fund):
    lock(holder)
    fund(operator)
    escrow.setOperator(operator, True, 0, sender=holder)
    receipt = escrow.setOperator(operator, False, 0, sender=holder)
    assert receipt.events == [
        event(escrow, "OperatorSet", owner=holder, operator=operator, approved=False, unlockTime=0)
    ]
    with reverts("VotingEscrow__NotOperator", owner=holder, caller=operator):
        escrow.addFor(holder, PT, sender=operator)


def test_set_operator_of_zero(escrow, holder):
    with reverts("VotingEscrow__BadAddress", account=ZERO):
        escrow.setOperator(ZERO, True, 0, sender=holder)


@pytest.mark.parametrize("unlock_time", [2**64, 2**256 - 1])
def test_set_operator_with_an_absurd_end(escrow, holder, operator, unlock_time):
    """V8: an end that does not fit is refused, not cut."""
    with reverts("SafeCastOverflowedUintDowncast", bits=64, value=unlock_time):
        escrow.setOperator(operator, True, unlock_time, sender=holder)


def test_set_operator_touches_no_lock(chain, escrow, holder, operator, lock):
    lock(holder)
    before = escrow.lockOf(holder)
    escrow.setOperator(operator, True, boundary(chain.timestamp, 104), sender=holder)
    assert escrow.lockOf(holder) == before
    assert escrow.lockHistory(holder, 0, 9)[1] == 1


def test_operator_can_not_leave_extend_or_delegate(chain, escrow, holder, operator, delegatee, expired):
    """A1, A3: what an operator calls besides paying in concerns a lock of its own, or none."""
    end = expired(holder)
    escrow.setOperator(operator, True, 0, sender=holder)
    for name, arguments in [
        ("withdraw(address)", [operator]),
        ("relock(uint256)", [boundary(end, 104)]),
        ("extend(uint256)", [boundary(end, 104)]),
        ("makePermanent()", []),
        ("startClock()", []),
    ]:
        with reverts("VotingEscrow__NoLock", account=operator):
            escrow[name](*arguments, sender=operator)
    escrow.delegate(delegatee, sender=operator)
    assert escrow.delegates(holder) == holder
