"""From the deadline on anyone returns the money of a bounty that was not approved."""

import pytest
from support.contributors import DAY, HELD, LIMIT

from phemexia.evm import START, reverts


@pytest.mark.parametrize("state", ["open", "accepted"])
def test_refund_bounty_from_the_deadline_on(
    program, chain, contributors, treasury, token, bounty, account, contributor, stranger, state
):
    """M8: never before."""
    contributors.applyFor(bounty, b"", sender=contributor)
    if state == "accepted":
        contributors.acceptApplicant(bounty, 1, sender=account)
    chain.sleep(30 * DAY - 1)
    for caller in (stranger, account, program.dao):
        with reverts("Contributors__BeforeDeadline", bounty=bounty, deadline=START + 30 * DAY):
            contributors.refundBounty(bounty, sender=caller)
    chain.sleep(1)
    receipt = contributors.refundBounty(bounty, sender=stranger)
    assert receipt.events[0].args == {"bounty": bounty, "by": stranger}
    assert (token.balanceOf(treasury), token.balanceOf(contributors)) == (HELD, 0)
    assert treasury.headroom(program.budget) == LIMIT  # it is another month, which is whole anyway
    with reverts("Contributors__BountyIs", state=4):
        contributors.refundBounty(bounty, sender=stranger)


@pytest.mark.parametrize("gift", [1, 999_999, 10**6])
def test_refund_bounty_after_a_stranger_gave_back_for_it(
    program, chain, contributors, treasury, token, bounty, stranger, recipient, gift
):
    """A gift of a wei must not keep the rest here for ever."""
    treasury.spend(token, recipient, gift, "", sender=program.dao)
    token.approve(treasury, gift, sender=recipient)
    treasury.giveBack(program.budget, 1, gift, sender=recipient)
    chain.sleep(30 * DAY)
    contributors.refundBounty(bounty, sender=stranger)
    assert (token.balanceOf(treasury), token.balanceOf(contributors)) == (HELD, 0)
    assert token.allowance(contributors, treasury) == 0


def test_refund_bounty_that_was_approved_or_is_none(chain, contributors, accepted, account, stranger, stream):
    contributors.approveBounty(accepted, sender=account)
    chain.sleep(400 * DAY)
    with reverts("Contributors__BountyIs", bounty=accepted, state=3):
        contributors.refundBounty(accepted, sender=stranger)
    for other in (0, stream, 99):
        with reverts("Contributors__BountyIs", bounty=other, state=0):
            contributors.refundBounty(other, sender=stranger)
