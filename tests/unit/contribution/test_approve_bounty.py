"""What was delivered is approved: from then on the money is the contributor's."""

from support.contributors import DAY, GROUP

from phemexia.evm import Event, reverts


def test_approve_bounty_makes_it_the_contributors(chain, contributors, accepted, account):
    receipt = contributors.approveBounty(accepted, sender=account)
    assert receipt.events == [Event("BountyApproved", contributors.address, {"bounty": accepted, "pass": 1})]
    award = contributors.awardOf(accepted)
    assert (award["pass"], award["start"], award["end"]) == (1, chain.timestamp, chain.timestamp)
    assert contributors.claimable(accepted) == 10**6
    with reverts("Contributors__BountyIs", state=3):
        contributors.approveBounty(accepted, sender=account)


def test_approve_bounty_that_was_accepted(contributors, bounty, account, contributor, stream):
    with reverts("Contributors__BountyIs", bounty=bounty, state=1):
        contributors.approveBounty(bounty, sender=account)
    for other in (0, stream, 99):
        with reverts("Contributors__BountyIs", bounty=other, state=0):
            contributors.approveBounty(other, sender=account)


def test_approve_bounty_is_the_groups_alone(program, contributors, accepted, dao, stranger, contributor, unspoken):
    for caller in (dao, stranger, contributor.address, program.other_account):
        with reverts("Contributors__NotGroup", group=GROUP, caller=caller):
            contributors.approveBounty(accepted, sender=caller)
    unspoken()
    with reverts("Contributors__NotGroup", caller=program.account):
        contributors.approveBounty(accepted, sender=program.account)


def test_approve_bounty_after_the_deadline_as_long_as_the_money_is_here(chain, contributors, accepted, account):
    chain.sleep(31 * DAY)
    with chain.isolate():
        contributors.refundBounty(accepted, sender=account)
        with reverts("Contributors__BountyIs", state=4):
            contributors.approveBounty(accepted, sender=account)
    contributors.approveBounty(accepted, sender=account)
    with reverts("Contributors__BountyIs", state=3):
        contributors.refundBounty(accepted, sender=account)
    with reverts("Contributors__BountyIs", state=3):
        contributors.cancelBounty(accepted, sender=account)


def test_approve_bounty_waits_for_its_pass(program, contributors, token, accepted, account, contributor):
    program.burn("contributor")
    contributors.approveBounty(accepted, sender=account)
    with reverts("Contributors__NotContributor"):
        contributors.payBounty(accepted, contributor, sender=contributor)
    program.belong("contributor")
    contributors.payBounty(accepted, contributor, sender=contributor)
    assert token.balanceOf(contributor) == 10**6
