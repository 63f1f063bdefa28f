"""The DAO names the guardian for a term, in one step."""

import pytest
from support.suite import AT_ONCE, DAY, FUNDS, GUARDIAN_TERM, MAX_STEP, ROOT_DELAY

from phemexia.evm import ZERO, Event, reverts

ROOT = b"\x01" * 32


def test_set_guardian_by_the_dao(suite, campaign, publisher, guardian, dao, stranger):
    receipt = campaign.setGuardian(stranger, sender=dao)
    until = suite.chain.timestamp + GUARDIAN_TERM
    args = {"guardian": stranger, "until": until}
    assert receipt.events == [Event("GuardianSet", campaign.address, args)]
    assert (campaign.guardian(), campaign.guardianUntil()) == (stranger, until)
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    with reverts("Campaign__MayNotDrop", caller=guardian):
        campaign.dropRoot(sender=guardian)
    campaign.dropRoot(sender=stranger)


def test_set_guardian_refuses_everybody_else(campaign, publisher, guardian, stranger):
    """G12: nobody who holds the office decides about it."""
    for caller in (publisher, guardian, stranger):
        with reverts("Campaign__NotDao", caller=caller):
            campaign.setGuardian(stranger, sender=caller)


def test_set_guardian_to_nobody(campaign, publisher, guardian, dao):
    """The zero address sends no transaction, not even in a call that costs nothing."""
    campaign.setGuardian(ZERO, sender=dao)
    assert campaign.guardian() == ZERO
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    with reverts("Campaign__MayNotDrop", caller=guardian):
        campaign.dropRoot(sender=guardian)
    campaign.dropRoot(sender=dao)


def test_set_guardian_names_it_for_a_term(suite, campaign, publisher, guardian):
    """G12: to the second; afterwards it is nobody here too."""
    until = campaign.guardianUntil()
    suite.chain.warp(until - 1)
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    with suite.chain.isolate():
        campaign.dropRoot(sender=guardian)
    suite.chain.warp(until)
    assert campaign.guardian() == ZERO
    with reverts("Campaign__MayNotDrop", caller=guardian):
        campaign.dropRoot(sender=guardian)


@pytest.mark.parametrize("ahead", [-10 * DAY, 0, 700 * DAY])
def test_guardian_begins_with_the_tge(suite, ahead):
    """G12: before the TGE nobody has a vote to renew a term, so the first one must not run out before."""
    now = suite.chain.timestamp
    addresses = [suite.chain.account(str(i)) for i in range(8)]
    terms = (now + ahead, ROOT_DELAY, now + 1_000 * DAY, MAX_STEP)
    campaign = suite.chain.deploy("Campaign", *addresses, FUNDS, terms, [AT_ONCE])
    assert campaign.guardianUntil() == max(suite.chain.timestamp, now + ahead) + GUARDIAN_TERM


def test_set_guardian_renews_the_term(suite, campaign, publisher, guardian, dao):
    suite.chain.warp(campaign.guardianUntil())
    campaign.setGuardian(guardian, sender=dao)
    assert campaign.guardian() == guardian
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    campaign.dropRoot(sender=guardian)
