"""Moving a running lock to an announced successor."""

import pytest
from support.escrow import NOTICE, PERMANENT, PT, WEEK, boundary, event
from support.solidity import compile_source

from phemexia.evm import ZERO, reverts


@pytest.fixture
def successor(chain, token):
    return chain.deploy(compile_source("Successors.sol", "Successor"), token)


@pytest.fixture
def announced(chain, escrow, dao, successor):
    """A successor whose notice is over."""
    escrow.announceSuccessor(successor, sender=dao)
    chain.sleep(NOTICE)
    return successor


def test_migrate_moves_amount_and_end(escrow, token, holder, lock, announced):
    """A12: by the owner's call, the successor gets what stood here."""
    end = lock(holder, 7 * PT)
    receipt = escrow.migrate(announced, sender=holder)
    assert receipt.events == [
        event(escrow, "Migrated", owner=holder, successor=announced.address, amount=7 * PT, unlockTime=end),
        event(token, "Transfer", from_=escrow.address, to=announced.address, value=7 * PT),
    ]
    assert (announced.owner(), announced.amount(), announced.unlockTime()) == (holder, 7 * PT, end)
    assert token.balanceOf(announced) == 7 * PT
    assert escrow.lockOf(holder)["amount"] == 0 == escrow.totalSupply()
    assert escrow.expiringTotal(end) == 0


def test_migrate_tells_the_successor_last(escrow, holder, lock, announced):
    """The tokens have arrived and the lock is gone here when the successor is called."""
    lock(holder, 7 * PT)
    escrow.migrate(announced, sender=holder)
    assert (announced.balanceSeen(), announced.lockSeen()) == (7 * PT, 0)


def test_migrate_a_permanent_lock(escrow, holder, permanent, announced):
    """N14: its part of the moment leaves with it."""
    permanent(holder, 7 * PT)
    escrow.migrate(announced, sender=holder)
    assert announced.unlockTime() == PERMANENT
    assert escrow.getVotes(holder) == 0 == escrow.totalSupply()


def test_migrate_a_delegated_lock(chain, escrow, holder, second_holder, delegatee, lock, announced):
    """D8: the delegatee loses these votes and no others."""
    end = lock(holder, 7 * PT)
    lock(second_holder, 2 * PT)
    for account in (holder, second_holder):
        escrow.delegate(delegatee, sender=account)
    escrow.migrate(announced, sender=holder)
    assert escrow.expiring(delegatee, end) == 2 * PT
    assert escrow.getVotes(delegatee) == escrow.balanceOf(second_holder) > 0
    assert escrow.delegates(holder) == delegatee


def test_migrate_changes_no_past_answer(chain, escrow, holder, lock, announced):
    """V15, A7: from the second of leaving on the lock weighs nothing; before, what it did."""
    lock(holder, 7 * PT)
    start = chain.timestamp
    chain.sleep(10)
    before = escrow.getPastVotes(holder, start + 9)
    escrow.migrate(announced, sender=holder)
    chain.sleep(1)
    assert escrow.getPastVotes(holder, start + 9) == before > 0
    assert escrow.getPastVotes(holder, start + 10) == 0 == escrow.getPastTotalSupply(start + 10)


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_migrate_around_the_end_of_the_notice(chain, escrow, dao, holder, lock, successor, late):
    lock(holder)
    escrow.announceSuccessor(successor, sender=dao)
    opening = chain.timestamp + NOTICE
    chain.warp(opening + late)
    if late < 0:
        with reverts("VotingEscrow__NotMigratable", successor=successor, **{"from": opening}):
            escrow.migrate(successor, sender=holder)
    else:
        escrow.migrate(successor, sender=holder)
        assert escrow.lockOf(holder)["amount"] == 0


def test_migrate_to_what_was_never_announced(escrow, holder, lock, successor):
    """D4: leaving early needs the DAO's announcement."""
    lock(holder)
    for address in (successor.address, holder, ZERO):
        with reverts("VotingEscrow__NotMigratable", successor=address, **{"from": 0}):
            escrow.migrate(address, sender=holder)


def test_migrate_to_what_was_retracted(escrow, dao, holder, lock, announced):
    lock(holder)
    escrow.retractSuccessor(announced, sender=dao)
    with reverts("VotingEscrow__NotMigratable", successor=announced, **{"from": 0}):
        escrow.migrate(announced, sender=holder)


def test_migrate_without_a_lock(escrow, dao, holder, second_holder, lock, announced):
    """A1, A12: not even the DAO moves somebody else's lock."""
    lock(second_holder)
    for account in (holder, dao):
        with reverts("VotingEscrow__NoLock", account=account):
            escrow.migrate(announced, sender=account)


def test_migrate_twice(escrow, holder, second_holder, lock, announced):
    """A7: the tokens of others stay."""
    lock(second_holder)
    lock(holder)
    escrow.migrate(announced, sender=holder)
    with reverts("VotingEscrow__NoLock", account=holder):
        escrow.migrate(announced, sender=holder)


@pytest.mark.parametrize("early", [1, 0])
def test_migrate_around_the_locks_end(chain, escrow, holder, lock, announced, early):
    """A lock that is over is withdrawn, not moved."""
    end = lock(holder)
    chain.warp(end - early)
    if early:
        escrow.migrate(announced, sender=holder)
    else:
        with reverts("VotingEscrow__LockExpired", account=holder, unlockTime=end):
            escrow.migrate(announced, sender=holder)


@pytest.mark.parametrize("kind", ["Refuser", "Reverter", "Mute"])
def test_migrate_to_what_does_not_take_the_lock(chain, escrow, token, dao, holder, lock, kind):
    """A failed migration moves nothing."""
    file = "Places.sol" if kind == "Mute" else "Successors.sol"
    successor = chain.deploy(compile_source(file, kind))
    lock(holder, 7 * PT)
    escrow.announceSuccessor(successor, sender=dao)
    chain.sleep(NOTICE)
    name = {"Refuser": "VotingEscrow__MigrationRefused", "Reverter": "Error", "Mute": ""}[kind]
    with reverts(name):
        escrow.migrate(successor, sender=holder)
    assert escrow.lockOf(holder)["amount"] == 7 * PT == token.balanceOf(escrow)


def test_migrate_names_the_successor_that_refused(chain, escrow, dao, holder, lock):
    successor = chain.deploy(compile_source("Successors.sol", "Refuser"))
    lock(holder)
    escrow.announceSuccessor(successor, sender=dao)
    chain.sleep(NOTICE)
    with reverts("VotingEscrow__MigrationRefused", successor=successor):
        escrow.migrate(successor, sender=holder)


def test_migrate_and_lock_again(chain, escrow, holder, lock, announced):
    """Who left may come back."""
    lock(holder, 7 * PT)
    escrow.migrate(announced, sender=holder)
    chain.sleep(WEEK)
    end = lock(holder, 2 * PT, weeks=20)
    seen = escrow.lockOf(holder)
    assert (seen["amount"], seen["unlockTime"]) == (2 * PT, end) == (2 * PT, boundary(chain.timestamp, 20))


def test_migrate_in_the_second_of_creation(escrow, holder, lock, announced):
    """V5: created and moved within a second leaves one entry, of no lock."""
    lock(holder)
    escrow.migrate(announced, sender=holder)
    page, length = escrow.lockHistory(holder, 0, 9)
    assert length == 1
    assert (page[0]["amount"], page[0]["unlockTime"]) == (0, 0)
    assert escrow.totalSupply() == 0
