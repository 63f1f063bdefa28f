"""Announcing a successor."""

import pytest
from support.escrow import NOTICE, event
from support.solidity import compile_source

from phemexia.evm import ZERO, reverts


@pytest.fixture
def successor(chain, token):
    return chain.deploy(compile_source("Successors.sol", "Successor"), token)


def test_announce_successor_opens_it_after_the_notice(chain, escrow, dao, successor):
    """A12: owners have 30 days to look at it, and then no duty to move."""
    opening = chain.timestamp + NOTICE
    receipt = escrow.announceSuccessor(successor, sender=dao)
    assert receipt.events == [
        event(escrow, "SuccessorAnnounced", successor=successor.address, **{"from": opening})
    ]
    assert escrow.migratableFrom(successor) == opening


def test_announce_successor_again_begins_the_notice_again(chain, escrow, dao, successor):
    escrow.announceSuccessor(successor, sender=dao)
    chain.sleep(NOTICE)
    escrow.announceSuccessor(successor, sender=dao)
    assert escrow.migratableFrom(successor) == chain.timestamp + NOTICE


def test_announce_successor_beside_another(chain, escrow, token, dao, successor):
    other = chain.deploy(compile_source("Successors.sol", "Successor"), token)
    escrow.announceSuccessor(successor, sender=dao)
    chain.sleep(5)
    escrow.announceSuccessor(other, sender=dao)
    assert escrow.migratableFrom(other) == escrow.migratableFrom(successor) + 5


def test_announce_successor_by_a_stranger(escrow, stranger, holder, lock, successor):
    """D4: a way out before the end is the DAO's to open."""
    lock(holder)
    for account in (stranger, holder):
        with reverts("VotingEscrow__NotDao", caller=account):
            escrow.announceSuccessor(successor, sender=account)


@pytest.mark.parametrize("kind", ["zero", "a wallet", "the escrow"])
def test_announce_successor_that_can_not_be_one(escrow, dao, holder, kind):
    address = {"zero": ZERO, "a wallet": holder, "the escrow": escrow.address}[kind]
    with reverts("VotingEscrow__BadAddress", account=address):
        escrow.announceSuccessor(address, sender=dao)


def test_migratable_from_of_what_was_never_announced(escrow, successor):
    assert escrow.migratableFrom(successor) == 0
