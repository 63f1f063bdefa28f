"""Straight into a lock, of an owner that approved the campaign as an operator."""

import pytest
from support.suite import PT, WEEK

from phemexia.evm import Event, reverts


@pytest.fixture
def leaf(round_one):
    return (*round_one.leaves[0], round_one.proof(0))


@pytest.fixture
def end(suite):
    return suite.chain.timestamp // WEEK * WEEK + 104 * WEEK


def test_claim_to_lock_creates_one_with_the_end_that_the_owner_chose(suite, campaign, leaf, holder, end):
    suite.escrow.setOperator(campaign, True, end, sender=holder)
    receipt = campaign.claimToLock(leaf, holder, True, sender=holder)
    lock = suite.escrow.lockOf(holder)
    assert (lock["amount"], lock["unlockTime"]) == (receipt.returned, end) == (100 * PT, end)
    created = {"owner": holder.address, "payer": campaign.address, "amount": 100 * PT, "unlockTime": end}
    assert receipt.named("Created") == [Event("Created", suite.escrow.address, created)]
    assert suite.token.allowance(campaign, suite.escrow) == 0


def test_claim_to_lock_adds_to_one(suite, campaign, leaf, holder):
    suite.lock(holder, 5 * PT)
    suite.escrow.setOperator(campaign, True, 0, sender=holder)
    campaign.claimToLock(leaf, holder, False, sender=holder)
    assert suite.escrow.lockOf(holder)["amount"] == 105 * PT


def test_claim_to_lock_of_another_owner_that_agreed(suite, campaign, leaf, holder):
    saver = suite.wallet("saver")
    suite.lock(saver, 5 * PT)
    suite.escrow.setOperator(campaign, True, 0, sender=saver)
    campaign.claimToLock(leaf, saver, False, sender=holder)
    assert suite.escrow.lockOf(saver)["amount"] == 105 * PT


def test_claim_to_lock_makes_a_new_lock_for_the_claimant_alone(suite, campaign, leaf, holder, end):
    """A1: a stale approval lets nobody bind its owner's wallet with dust to a lock of two years."""
    saver = suite.wallet("saver")
    suite.escrow.setOperator(campaign, True, end, sender=saver)
    with reverts("Campaign__NotOwnLock", holder=holder, lockOwner=saver):
        campaign.claimToLock(leaf, saver, True, sender=holder)
    assert suite.escrow.lockOf(saver)["amount"] == 0


def test_claim_to_lock_needs_the_lock_owner_s_approval(suite, campaign, leaf, holder, end):
    """Nobody locks anything for somebody who did not ask; the claim stays whole."""
    for create in (True, False):
        with reverts("VotingEscrow__NotOperator", owner=holder, caller=campaign):
            campaign.claimToLock(leaf, holder, create, sender=holder)
    suite.escrow.setOperator(campaign, True, 0, sender=holder)
    with reverts("VotingEscrow__NotOperator"):
        campaign.claimToLock(leaf, holder, True, sender=holder)
    assert campaign.claimed(1, 0) == 0


def test_claim_to_lock_is_for_the_holder(campaign, leaf, neighbour):
    with reverts("Campaign__NotHolder", caller=neighbour, passId=1):
        campaign.claimToLock(leaf, neighbour, True, sender=neighbour)


def test_claim_to_lock_of_less_than_the_escrow_takes(suite, campaign, holder, publish, end):
    tree = publish([(1, 0, PT - 1)])
    suite.escrow.setOperator(campaign, True, end, sender=holder)
    with reverts("VotingEscrow__DepositTooSmall", amount=PT - 1):
        campaign.claimToLock((*tree.leaves[0], tree.proof(0)), holder, True, sender=holder)
