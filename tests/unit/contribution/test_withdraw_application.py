"""Who applied may step back, even when it was accepted; then the bounty is open again."""

from support.contributors import DAY

from phemexia.evm import Event, reverts


def test_withdraw_application_before_it_was_accepted(contributors, bounty, account, contributor):
    contributors.applyFor(bounty, b"", sender=contributor)
    receipt = contributors.withdrawApplication(bounty, sender=contributor)
    assert receipt.events == [Event("ApplicationWithdrawn", contributors.address, {"bounty": bounty, "pass": 1})]
    assert not contributors.hasApplied(bounty, 1)
    with reverts("Contributors__NotApplied", bounty=bounty, **{"pass": 1}):
        contributors.acceptApplicant(bounty, 1, sender=account)
    contributors.applyFor(bounty, b"", sender=contributor)
    contributors.acceptApplicant(bounty, 1, sender=account)


def test_withdraw_application_opens_the_bounty_again(
    program, contributors, accepted, account, contributor, neighbour
):
    contributors.withdrawApplication(accepted, sender=contributor)
    assert contributors.bountyOf(accepted)["state"] == 1
    assert contributors.bountyOf(accepted)["accepted"] == 0
    with reverts("Contributors__BountyIs", state=1):
        contributors.approveBounty(accepted, sender=account)
    contributors.applyFor(accepted, b"", sender=neighbour)
    contributors.acceptApplicant(accepted, 2, sender=account)
    contributors.approveBounty(accepted, sender=account)
    contributors.payBounty(accepted, neighbour, sender=neighbour)
    assert program.token.balanceOf(neighbour) == 10**6


def test_withdraw_application_of_another_leaves_who_was_accepted(
    contributors, bounty, account, contributor, neighbour
):
    for wallet in (contributor, neighbour):
        contributors.applyFor(bounty, b"", sender=wallet)
    contributors.acceptApplicant(bounty, 1, sender=account)
    contributors.withdrawApplication(bounty, sender=neighbour)
    assert contributors.bountyOf(bounty)["accepted"] == 1
    assert contributors.bountyOf(bounty)["state"] == 2


def test_withdraw_application_that_was_not_made(contributors, bounty, contributor, stranger):
    with reverts("Contributors__NotApplied", **{"pass": 1}):
        contributors.withdrawApplication(bounty, sender=contributor)
    with reverts("Contributors__NotApplied", **{"pass": 0}):
        contributors.withdrawApplication(bounty, sender=stranger)


def test_withdraw_application_not_after_the_end(program, chain, contributors, accepted, account, contributor):
    """S4: nothing is opened again that is over."""
    with chain.isolate():
        contributors.approveBounty(accepted, sender=account)
        with reverts("Contributors__BountyIs", bounty=accepted, state=3):
            contributors.withdrawApplication(accepted, sender=contributor)
    chain.sleep(30 * DAY)
    contributors.refundBounty(accepted, sender=account)
    with reverts("Contributors__BountyIs", bounty=accepted, state=4):
        contributors.withdrawApplication(accepted, sender=contributor)


def test_withdraw_application_by_the_new_wallet_and_by_one_that_no_longer_counts(
    program, chain, contributors, accepted, contributor
):
    wallet = program.recover("contributor", "new wallet")
    with reverts("Contributors__NotApplied", **{"pass": 0}):
        contributors.withdrawApplication(accepted, sender=contributor)
    program.revoke("contributor")
    chain.sleep(30 * DAY)
    contributors.withdrawApplication(accepted, sender=wallet)
