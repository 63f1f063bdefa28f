"""A group cancels a bounty while nobody was accepted."""

from support.contributors import GROUP, HELD, LIMIT

from phemexia.evm import ZERO, Event, reverts


def test_cancel_bounty_returns_its_money(program, contributors, treasury, token, bounty, account, contributor):
    contributors.applyFor(bounty, b"", sender=contributor)
    receipt = contributors.cancelBounty(bounty, sender=account)
    assert receipt.events[:2] == [
        Event("BountyReturned", contributors.address, {"bounty": bounty, "by": account}),
        Event("Returned", contributors.address, {"award": bounty, "asset": token.address, "amount": 10**6}),
    ]
    assert (token.balanceOf(treasury), token.balanceOf(contributors)) == (HELD, 0)
    assert treasury.headroom(program.budget) == LIMIT
    assert contributors.awardOf(bounty)["returned"] == 10**6
    for again in (contributors.cancelBounty, contributors.refundBounty, contributors.approveBounty):
        with reverts("Contributors__BountyIs", bounty=bounty, state=4):
            again(bounty, sender=account)
    with reverts("Contributors__BountyIs", state=4):
        contributors.acceptApplicant(bounty, 1, sender=account)


def test_cancel_bounty_not_once_somebody_was_accepted(contributors, accepted, account, contributor, dao):
    for caller in (account, dao):
        with reverts("Contributors__BountyIs", bounty=accepted, state=2):
            contributors.cancelBounty(accepted, sender=caller)
    contributors.withdrawApplication(accepted, sender=contributor)
    contributors.cancelBounty(accepted, sender=account)


def test_cancel_bounty_by_group_or_dao(program, chain, contributors, bounty, account, dao, stranger, unspoken):
    for caller in (stranger, program.other_account):
        with reverts("Contributors__NotGroup", group=GROUP, caller=caller):
            contributors.cancelBounty(bounty, sender=caller)
    unspoken()
    with reverts("Contributors__NotGroup", caller=account):
        contributors.cancelBounty(bounty, sender=account)
    contributors.cancelBounty(bounty, sender=dao)


def test_cancel_bounty_gives_ether_back(program, chain, contributors, treasury, account):
    offer = program.offer(budget=program.budget_in(ZERO))
    bounty = contributors.postBounty(offer, "", sender=account).returned
    assert chain.balance(treasury) == HELD - 10**6
    contributors.cancelBounty(bounty, sender=account)
    assert (chain.balance(treasury), chain.balance(contributors)) == (HELD, 0)


def test_cancel_bounty_that_is_none(contributors, stream, account):
    for other in (0, stream, 99):
        with reverts("Contributors__BountyIs", bounty=other, state=0):
            contributors.cancelBounty(other, sender=account)
