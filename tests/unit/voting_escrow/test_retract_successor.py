"""Taking the announcement of a successor back."""

import pytest
from support.escrow import NOTICE, event
from support.solidity import compile_source

from phemexia.evm import reverts


@pytest.fixture
def announced(chain, escrow, token, dao):
    successor = chain.deploy(compile_source("Successors.sol", "Successor"), token)
    escrow.announceSuccessor(successor, sender=dao)
    return successor


@pytest.mark.parametrize("after", [0, NOTICE, NOTICE + 1])
def test_retract_successor_closes_it(chain, escrow, dao, announced, after):
    chain.sleep(after)
    receipt = escrow.retractSuccessor(announced, sender=dao)
    assert receipt.events == [event(escrow, "SuccessorRetracted", successor=announced.address)]
    assert escrow.migratableFrom(announced) == 0


def test_retract_successor_by_a_stranger(escrow, stranger, announced):
    with reverts("VotingEscrow__NotDao", caller=stranger):
        escrow.retractSuccessor(announced, sender=stranger)


def test_retract_successor_that_was_not_announced(escrow, dao, holder):
    with reverts("VotingEscrow__NotMigratable", successor=holder, **{"from": 0}):
        escrow.retractSuccessor(holder, sender=dao)


def test_retract_successor_twice(escrow, dao, announced):
    escrow.retractSuccessor(announced, sender=dao)
    with reverts("VotingEscrow__NotMigratable", successor=announced, **{"from": 0}):
        escrow.retractSuccessor(announced, sender=dao)
