"""The DAO drops a root before it counts."""

from support.suite import PT, ROOT_DELAY

from phemexia.evm import Event, reverts

from .conftest import RETAIL, tree_of

ROOT = b"\x01" * 32


def test_drop_root_by_the_dao_while_it_waits(chain, campaign, publisher, dao, stranger):
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    receipt = campaign.dropRoot(sender=dao)
    assert receipt.events == [Event("RootDropped", campaign.address, {"root": ROOT, "by": dao})]
    chain.sleep(ROOT_DELAY)
    with reverts("Campaign__NoPendingRoot"):
        campaign.activateRoot(sender=stranger)


def test_drop_root_refuses_everybody_else(campaign, publisher, stranger):
    campaign.proposeRoot(ROOT, 5, sender=publisher)
    for caller in (publisher, stranger):
        with reverts("Campaign__NotDao", caller=caller):
            campaign.dropRoot(sender=caller)


def test_drop_root_refuses_when_none_waits(campaign, dao, round_one):
    with reverts("Campaign__NoPendingRoot"):
        campaign.dropRoot(sender=dao)


def test_drop_root_as_long_as_it_is_not_active(chain, campaign, publisher, dao, holder, round_one, claim):
    """The wait is over, nobody has claimed yet: dropping harms nobody. What was active stays."""
    greedy = tree_of([(1, RETAIL, 1_000 * PT)])
    campaign.proposeRoot(greedy.root, 1_000 * PT, sender=publisher)
    chain.sleep(ROOT_DELAY)
    campaign.dropRoot(sender=dao)
    with reverts("Campaign__InvalidProof"):
        claim(greedy, 0, holder)
    assert claim(round_one, 0, holder).returned == 100 * PT


def test_drop_root_leaves_no_step_behind(chain, campaign, publisher, dao):
    """N12: what was dropped does not raise the next total's bound."""
    campaign.proposeRoot(ROOT, 20_000_000 * PT, sender=publisher)
    campaign.dropRoot(sender=dao)
    with reverts("Campaign__TotalTooHigh", most=20_000_000 * PT):
        campaign.proposeRoot(ROOT, 20_000_000 * PT + 1, sender=publisher)
