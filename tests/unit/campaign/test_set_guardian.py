"""The DAO replaces the guardian in one step."""

from phemexia.evm import ZERO, Event, reverts

ROOT = b"\x01" * 32


def test_set_guardian_by_the_dao(campaign, publisher, guardian, dao, stranger):
    receipt = campaign.setGuardian(stranger, sender=dao)
    args = {"previous": guardian, "current": stranger}
    assert receipt.events == [Event("GuardianSet", campaign.address, args)]
    assert campaign.guardian() == stranger
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    with reverts("Campaign__NotDaoOrGuardian", caller=guardian):
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
    with reverts("Campaign__NotDaoOrGuardian", caller=guardian):
        campaign.dropRoot(sender=guardian)
    campaign.dropRoot(sender=dao)
