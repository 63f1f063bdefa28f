"""An approved tranche is drawn as it vests."""

from support.contributors import DAY

from phemexia.evm import ZERO, Event, reverts


def test_pay_tranche_at_once(program, contributors, token, grant, account, contributor, recipient):
    contributors.approveTranche(grant, 1, "", sender=account)
    receipt = contributors.payTranche(grant, 1, recipient, sender=contributor)
    assert receipt.returned == token.balanceOf(recipient) == 100
    assert receipt.events[0] == Event(
        "Drawn",
        contributors.address,
        {"award": 1, "pass": 1, "to": recipient, "asset": token.address, "amount": 100, "points": 1},
    )
    assert program.points(1) == 1
    with reverts("Contributors__NothingToClaim", award=1):
        contributors.payTranche(grant, 1, recipient, sender=contributor)


def test_pay_tranche_as_it_vests(program, chain, contributors, token, grant, account, contributor, recipient):
    contributors.approveTranche(grant, 2, "", sender=account)
    start = chain.timestamp
    with reverts("Contributors__NothingToClaim"):
        contributors.payTranche(grant, 2, recipient, sender=contributor)
    for second, points in ((1, 1), (500, 1), (501, 2), (999, 2), (1_000, 2)):
        chain.warp(start + second)
        contributors.payTranche(grant, 2, recipient, sender=contributor)
        assert (token.balanceOf(recipient), program.points(1)) == (second, points)
    chain.sleep(DAY)
    with reverts("Contributors__NothingToClaim"):
        contributors.payTranche(grant, 2, recipient, sender=contributor)


def test_pay_tranche_is_not_touched_by_what_is_dropped(
    program, chain, contributors, token, treasury, grant, account, contributor, recipient
):
    """M1: clawback reaches what was not approved, and nothing else; nor does the budget's end."""
    contributors.approveTranche(grant, 2, "", sender=account)
    contributors.endGrant(grant, sender=account)
    treasury.freezeBudget(program.parent, sender=program.dao)
    treasury.closeBudget(program.budget, sender=account)
    chain.sleep(1_000)
    contributors.payTranche(grant, 2, recipient, sender=contributor)
    assert token.balanceOf(recipient) == 1_000


def test_pay_tranche_that_was_not_approved(contributors, grant, account, contributor):
    contributors.approveTranche(grant, 1, "", sender=account)
    contributors.dropTranche(grant, 2, sender=account)
    for which in ((grant, 2), (grant, 3), (grant, 0), (grant, 4), (grant + 1, 1), (0, 0)):
        with reverts("Contributors__TrancheNotApproved", grant=which[0], tranche=which[1]):
            contributors.payTranche(*which, contributor, sender=contributor)


def test_pay_tranche_by_who_holds_the_pass(
    program, contributors, grant, account, neighbour, stranger, contributor, recipient
):
    contributors.approveTranche(grant, 1, "", sender=account)
    for caller in (neighbour.address, stranger, account):
        with reverts("Contributors__NotContributor", caller=caller, **{"pass": 1}):
            contributors.payTranche(grant, 1, recipient, sender=caller)
    with reverts("Contributors__InvalidRecipient", to=ZERO):
        contributors.payTranche(grant, 1, ZERO, sender=contributor)
    wallet = program.recover("contributor", "new wallet")
    contributors.payTranche(grant, 1, recipient, sender=wallet)
