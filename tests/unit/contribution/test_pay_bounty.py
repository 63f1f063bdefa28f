"""An approved bounty is drawn."""

from phemexia.evm import ZERO, Event, reverts


def test_pay_bounty_once(program, contributors, token, accepted, account, contributor, recipient):
    contributors.approveBounty(accepted, sender=account)
    receipt = contributors.payBounty(accepted, recipient, sender=contributor)
    assert receipt.events[0] == Event("Drawn", contributors.address, {
        "award": accepted, "pass": 1, "to": recipient, "asset": token.address, "amount": 10**6, "points": 2,
    })  # fmt: skip
    assert (receipt.returned, token.balanceOf(recipient), program.points(1)) == (10**6, 10**6, 2)
    with reverts("Contributors__NothingToClaim", award=accepted):
        contributors.payBounty(accepted, recipient, sender=contributor)


def test_pay_bounty_that_was_approved(contributors, accepted, contributor, stream):
    with reverts("Contributors__BountyIs", bounty=accepted, state=2):
        contributors.payBounty(accepted, contributor, sender=contributor)
    for other in (0, stream, 99):
        with reverts("Contributors__BountyIs", bounty=other, state=0):
            contributors.payBounty(other, contributor, sender=contributor)


def test_pay_bounty_by_who_holds_the_pass(
    program, contributors, accepted, account, neighbour, stranger, contributor, recipient
):
    contributors.approveBounty(accepted, sender=account)
    for caller in (neighbour.address, stranger, account):
        with reverts("Contributors__NotContributor", caller=caller, **{"pass": 1}):
            contributors.payBounty(accepted, recipient, sender=caller)
    with reverts("Contributors__InvalidRecipient"):
        contributors.payBounty(accepted, ZERO, sender=contributor)
    wallet = program.recover("contributor", "new wallet")
    contributors.payBounty(accepted, recipient, sender=wallet)
