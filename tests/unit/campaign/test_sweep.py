"""What is left goes to the treasury, strictly after the deadline."""

from support.suite import FUNDS, IN_TREASURY, PT

from phemexia.evm import Event, reverts


def test_sweep_sends_the_rest_to_the_treasury(suite, campaign, round_one, holder, claim, stranger):
    claim(round_one, 0, holder)
    suite.chain.warp(suite.deadline + 1)
    receipt = campaign.sweep(sender=stranger)
    rest = FUNDS - 100 * PT
    assert receipt.returned == rest
    assert receipt.events[0] == Event("Swept", campaign.address, {"amount": rest})
    assert suite.token.balanceOf(suite.treasury) == IN_TREASURY + rest
    assert suite.token.balanceOf(campaign) == 0


def test_sweep_never_before_the_deadline_is_past(suite, campaign, dao, publisher, stranger):
    """M8: at the deadline itself nobody sweeps; a second later anyone does."""
    suite.chain.warp(suite.deadline)
    for caller in (dao, publisher, stranger):
        with reverts("Campaign__NotEnded", deadline=suite.deadline):
            campaign.sweep(sender=caller)
    suite.chain.sleep(1)
    campaign.sweep(sender=stranger)


def test_sweep_and_claim_share_no_second(suite, campaign, round_one, holder, claim, stranger):
    """M8: at each second around the deadline exactly one of the two works."""
    for second, claims in ((-1, True), (0, True), (1, False), (2, False)):
        suite.chain.warp(suite.deadline + second)
        with suite.chain.isolate():
            if claims:
                claim(round_one, 0, holder)
            else:
                campaign.sweep(sender=stranger)
        with reverts("Campaign__NotEnded" if claims else "Campaign__Ended"):
            campaign.sweep(sender=stranger) if claims else claim(round_one, 0, holder)


def test_sweep_again_takes_what_came_later(suite, campaign, stranger):
    suite.chain.warp(suite.deadline + 1)
    campaign.sweep(sender=stranger)
    assert campaign.sweep(sender=stranger).returned == 0
    suite.pay(campaign, 7)
    assert campaign.sweep(sender=stranger).returned == 7
