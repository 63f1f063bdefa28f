"""The example of docs/integrators.md, on the real pass and escrow."""

import pytest
from support.solidity import compile_source
from support.suite import DAY, PT, Suite

from phemexia.evm import Chain, reverts
from phemexia.holder import vip


@pytest.fixture
def suite():
    return Suite(Chain())


@pytest.fixture
def gate(suite):
    return suite.chain.deploy(compile_source("docs/examples/VipGate.sol"), suite.soul_pass, suite.escrow)


@pytest.mark.parametrize(("whole", "level"), [(50_000, 1), (100_000, 2), (200_000, 3), (400_000, 4), (800_000, 5)])
def test_level_of_at_its_threshold(suite, gate, whole, level):
    """A permanent lock weighs exactly what it holds; one wei less is the level below. As the commands say it."""
    for name, weight, expected in (("reaches", whole * PT, level), ("lacks a wei", whole * PT - 1, level - 1)):
        holder = suite.member(name, weight)
        assert gate.levelOf(holder) == expected
        assert vip.level(weight, True) == expected


def test_level_of_falls_with_the_weight(suite, gate):
    holder = suite.wallet("holder")
    suite.belong(holder)
    suite.lock(holder, 51_000 * PT)
    assert gate.levelOf(holder) == 1
    suite.chain.sleep(60 * DAY)
    assert gate.levelOf(holder) == 0


def test_level_of_takes_a_pass_that_is_not_revoked(suite, gate):
    suite.lock(suite.wallet("stranger"), 1_000_000 * PT)
    assert gate.levelOf(suite.wallet("stranger")) == 0
    holder = suite.member("holder", 1_000_000 * PT)
    assert gate.levelOf(holder) == 5
    suite.soul_pass.revoke(suite.soul_pass.passOf(holder), 1, sender=suite.issuer)
    assert gate.levelOf(holder) == 0


def test_level_of_is_not_delegated(suite, gate):
    holder, delegatee = suite.member("holder", 100_000 * PT), suite.member("delegatee", 0)
    suite.escrow.delegate(delegatee, sender=holder)
    assert (gate.levelOf(holder), gate.levelOf(delegatee)) == (2, 0)
    assert (gate.votesOf(holder), gate.votesOf(delegatee)) == (0, 100_000 * PT)


def test_enter(suite, gate):
    assert gate.enter(sender=suite.member("holder", 50_000 * PT)) == "welcome"
    other = suite.member("other", 50_000 * PT - 1)
    with reverts("VipGate__LevelTooLow", account=other.address, level=0, needed=1):
        gate.enter(sender=other)


def test_ballot_weight_is_the_governors(suite, gate):
    """A pass held since before the snapshot, strictly; the weight of that second."""
    chain, holder = suite.chain, suite.wallet("holder")
    suite.lock(holder, 10 * PT)
    chain.sleep(DAY)
    suite.belong(holder)
    joined = suite.soul_pass.holderSince(holder)
    chain.sleep(DAY)
    assert gate.ballotWeight(holder, joined) == 0
    assert gate.ballotWeight(holder, joined + 1) == suite.escrow.getPastVotes(holder, joined + 1) > 0
