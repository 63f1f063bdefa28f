"""Several kinds in one transaction, all or nothing."""

import pytest
from support.suite import PT

from phemexia.evm import reverts


@pytest.fixture
def leaves(round_one):
    return [(*round_one.leaves[i], round_one.proof(i)) for i in range(3)]


def test_claim_many_pays_every_kind(suite, campaign, leaves, holder, recipient):
    receipt = campaign.claimMany(leaves[:2], recipient, sender=holder)
    assert receipt.returned == suite.token.balanceOf(recipient) == campaign.claimedTotal() == 140 * PT
    assert [event.args["amount"] for event in receipt.named("Claimed")] == [100 * PT, 40 * PT]


def test_claim_many_is_all_or_nothing(campaign, leaves, holder, recipient):
    with reverts("Campaign__NotHolder", passId=2):
        campaign.claimMany(leaves, recipient, sender=holder)
    with reverts("Campaign__NothingToClaim"):
        campaign.claimMany([leaves[0], leaves[0]], recipient, sender=holder)
    assert campaign.claimedTotal() == 0


def test_claim_many_stays_under_the_total(suite, campaign, holder, recipient, publish):
    """N12: each claim of a batch counts what the one before was paid."""
    tree = publish([(1, 0, 100 * PT), (1, 1, 40 * PT)], total=120 * PT)
    leaves = [(*tree.leaves[i], tree.proof(i)) for i in range(2)]
    assert campaign.claimMany(leaves, recipient, sender=holder).returned == 120 * PT
    assert (campaign.claimed(1, 0), campaign.claimed(1, 1)) == (100 * PT, 20 * PT)


def test_claim_many_of_nothing(campaign, round_one, holder, recipient):
    assert campaign.claimMany([], recipient, sender=holder).events == []
