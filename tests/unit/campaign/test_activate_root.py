"""After its wait a root counts: by anyone's call, or by itself with the first claim."""

from support.suite import PT, ROOT_DELAY

from phemexia.evm import Event, reverts

from .conftest import RETAIL, tree_of

ROOT = b"\x01" * 32


def test_activate_root_by_anyone_after_the_wait(chain, campaign, publisher, stranger):
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    since = chain.timestamp + ROOT_DELAY
    chain.sleep(ROOT_DELAY - 1)
    with reverts("Campaign__RootWaits", since=since):
        campaign.activateRoot(sender=stranger)
    chain.sleep(1)
    receipt = campaign.activateRoot(sender=stranger)
    assert receipt.events == [Event("RootActivated", campaign.address, {"root": ROOT, "total": 5})]
    assert campaign.activeRoot() == {"root": ROOT, "total": 5, "since": since}
    assert campaign.pendingRoot()["root"] == bytes(32)


def test_activate_root_refuses_when_none_waits(campaign, stranger):
    with reverts("Campaign__NoPendingRoot"):
        campaign.activateRoot(sender=stranger)


def test_activate_root_refuses_a_second_time(chain, campaign, round_one, stranger):
    with reverts("Campaign__NoPendingRoot"):
        campaign.activateRoot(sender=stranger)


def test_activate_root_until_the_deadline(suite, chain, campaign, publisher, stranger):
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    chain.warp(suite.deadline + 1)
    with reverts("Campaign__Ended", deadline=suite.deadline):
        campaign.activateRoot(sender=stranger)
    chain.warp(suite.deadline)
    campaign.activateRoot(sender=stranger)


def test_activate_root_that_claims_have_overtaken(chain, campaign, round_one, holder, claim, publisher, stranger):
    """N12: a root below what was claimed while it waited never counts, and stops no claim by its predecessor."""
    lower = tree_of([(1, RETAIL, 10 * PT)])
    campaign.proposeRoot(lower.root, 99 * PT, sender=publisher)
    claim(round_one, 0, holder)
    chain.sleep(ROOT_DELAY)
    with reverts("Campaign__TotalTooLow", total=99 * PT, claimed=100 * PT):
        campaign.activateRoot(sender=stranger)
    assert campaign.activeRoot()["root"] == round_one.root
    claim(round_one, 1, holder)
    assert campaign.claimedTotal() == 140 * PT
    # The publisher replaces it.
    receipt = campaign.proposeRoot(ROOT, 150 * PT, sender=publisher)
    assert [event.name for event in receipt.events] == ["RootDropped", "RootProposed"]


def test_activate_root_equal_to_what_was_claimed(chain, campaign, round_one, holder, claim, publisher, stranger):
    """N12: the boundary."""
    campaign.proposeRoot(ROOT, 100 * PT, sender=publisher)
    claim(round_one, 0, holder)
    chain.sleep(ROOT_DELAY)
    campaign.activateRoot(sender=stranger)
    assert campaign.activeRoot()["root"] == ROOT


def test_activate_root_happens_with_a_claim(chain, campaign, holder, publisher, claim):
    tree = tree_of([(1, RETAIL, 100 * PT)])
    campaign.proposeRoot(tree.root, 100 * PT, sender=publisher)
    chain.sleep(ROOT_DELAY - 1)
    with reverts("Campaign__InvalidProof"):
        claim(tree, 0, holder)
    chain.sleep(1)
    assert campaign.activeRoot()["root"] == tree.root
    receipt = claim(tree, 0, holder)
    assert [event.name for event in receipt.events] == ["RootActivated", "Claimed", "Transfer"]
