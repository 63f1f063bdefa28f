"""The DAO replaces the publisher in one step."""

from support.suite import ROOT_DELAY

from phemexia.evm import ZERO, Event, reverts

ROOT = b"\x01" * 32


def test_set_publisher_by_the_dao(campaign, publisher, dao, stranger):
    receipt = campaign.setPublisher(stranger, sender=dao)
    args = {"previous": publisher, "current": stranger}
    assert receipt.events == [Event("PublisherSet", campaign.address, args)]
    with reverts("Campaign__NotPublisher", caller=publisher):
        campaign.proposeRoot(ROOT, 5, sender=publisher)
    campaign.proposeRoot(ROOT, 5, sender=stranger)


def test_set_publisher_refuses_everybody_else(campaign, publisher, guardian, stranger):
    for caller in (publisher, guardian, stranger):
        with reverts("Campaign__NotDao", caller=caller):
            campaign.setPublisher(stranger, sender=caller)


def test_set_publisher_to_nobody(campaign, publisher, dao):
    campaign.setPublisher(ZERO, sender=dao)
    assert campaign.publisher() == ZERO
    with reverts("Campaign__NotPublisher", caller=publisher):
        campaign.proposeRoot(ROOT, 5, sender=publisher)


def test_set_publisher_leaves_a_root_that_waits(chain, campaign, publisher, dao, stranger):
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    campaign.setPublisher(stranger, sender=dao)
    chain.sleep(ROOT_DELAY)
    campaign.activateRoot(sender=stranger)
    assert campaign.activeRoot()["root"] == ROOT
