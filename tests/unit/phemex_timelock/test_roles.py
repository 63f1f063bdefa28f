"""N9: nobody but the governor schedules, executes or cancels."""

import pytest
from eth_utils import keccak

from phemexia.evm import reverts

from .conftest import DELAY, NO_PREDECESSOR, SALT

CALL = ([], [], [], NO_PREDECESSOR, SALT)
EMPTY = ("0x" + "11" * 20, 0, b"", NO_PREDECESSOR, SALT)


@pytest.fixture
def scheduled(timelock, governor):
    """An operation in each form, ready to execute."""
    timelock.schedule(*EMPTY, DELAY, sender=governor)
    timelock.scheduleBatch(*CALL, DELAY, sender=governor)
    timelock.chain.sleep(DELAY)
    return timelock.hashOperation(*EMPTY)


def refused(role, account):
    return reverts("AccessControlUnauthorizedAccount", account=account, neededRole=keccak(text=role))


def test_schedule_refuses_everybody_else(timelock, stranger):
    """N9: no proposal reaches the timelock around the governor."""
    with refused("PROPOSER_ROLE", stranger):
        timelock.schedule(*EMPTY, DELAY, sender=stranger)
    with refused("PROPOSER_ROLE", stranger):
        timelock.scheduleBatch(*CALL, DELAY, sender=stranger)


def test_execute_refuses_everybody_else(timelock, scheduled, stranger, governor):
    """N9: a ready operation can't be executed around the governor's window."""
    with refused("EXECUTOR_ROLE", stranger):
        timelock.execute(*EMPTY, sender=stranger)
    with refused("EXECUTOR_ROLE", stranger):
        timelock.executeBatch(*CALL, sender=stranger)
    timelock.execute(*EMPTY, sender=governor)
    assert timelock.isOperationDone(scheduled)


def test_cancel_refuses_everybody_else(timelock, scheduled, stranger, governor):
    """N9: and not cancelled around the guardian's limits."""
    with refused("CANCELLER_ROLE", stranger):
        timelock.cancel(scheduled, sender=stranger)
    timelock.cancel(scheduled, sender=governor)
    assert not timelock.isOperation(scheduled)


def test_grant_role_refuses_everybody_even_the_governor(timelock, stranger, governor):
    """G14: roles change by a decision that waited, and in no other way."""
    for caller in (stranger, governor):
        with reverts("AccessControlUnauthorizedAccount", account=caller, neededRole=b"\0" * 32):
            timelock.grantRole(keccak(text="PROPOSER_ROLE"), caller, sender=caller)


def test_grant_role_by_a_decision(timelock, decide, stranger):
    decide(timelock.grantRole.encode(keccak(text="PROPOSER_ROLE"), stranger))
    assert timelock.hasRole(keccak(text="PROPOSER_ROLE"), stranger)


def test_schedule_refuses_less_than_the_delay(timelock, governor):
    with reverts("TimelockInsufficientDelay", delay=DELAY - 1, minDelay=DELAY):
        timelock.schedule(*EMPTY, DELAY - 1, sender=governor)


def test_execute_waits_to_the_second(timelock, governor):
    timelock.schedule(*EMPTY, DELAY, sender=governor)
    timelock.chain.sleep(DELAY - 1)
    with reverts("TimelockUnexpectedOperationState"):
        timelock.execute(*EMPTY, sender=governor)
    timelock.chain.sleep(1)
    timelock.execute(*EMPTY, sender=governor)


def test_receive_takes_ether(timelock, stranger):
    timelock.chain.send(stranger, timelock, value=5)
    assert timelock.chain.balance(timelock) == 5
