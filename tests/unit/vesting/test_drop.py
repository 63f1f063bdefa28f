"""What the grantor grants can be dropped until it is firm."""

import pytest

from phemexia.evm import Event, reverts

from .conftest import AMOUNT, FUNDS, NOTICE


@pytest.mark.parametrize("who", ["dao", "guardian"])
def test_drop_frees_what_was_promised(request, vesting, grant, grantor, owner, who):
    caller = request.getfixturevalue(who)
    grant(sender=grantor)
    grant(amount=5, sender=grantor)
    receipt = vesting.drop([(owner, 0)], sender=caller)
    args = {"owner": owner, "number": 0, "amount": AMOUNT}
    assert receipt.events == [Event("Dropped", vesting.address, args)]
    assert (vesting.promised(), vesting.unpromised()) == (5, FUNDS - 5)
    assert (vesting.grantOf(owner, 0)["amount"], vesting.grantOf(owner, 1)["amount"]) == (0, 5)
    with reverts("Vesting__NoGrant", owner=owner, number=0):
        vesting.drop([(owner, 0)], sender=caller)


def test_drop_until_the_grant_is_firm(chain, vesting, grant, grantor, guardian, owner):
    grant(sender=grantor)
    grant(sender=grantor)
    firm = chain.timestamp + NOTICE
    chain.warp(firm - 1)
    vesting.drop([(owner, 0)], sender=guardian)
    chain.warp(firm)
    with reverts("Vesting__Firm", firm=firm):
        vesting.drop([(owner, 1)], sender=guardian)


def test_drop_never_reaches_what_the_dao_granted(chain, vesting, grant, guardian, dao, owner):
    grant()
    for caller in (guardian, dao):
        with reverts("Vesting__Firm", firm=chain.timestamp):
            vesting.drop([(owner, 0)], sender=caller)


def test_drop_is_for_guardian_and_dao(vesting, grant, grantor, owner, stranger):
    grant(sender=grantor)
    for caller in (grantor, owner, stranger):
        with reverts("Vesting__NotGuardian", caller=caller):
            vesting.drop([(owner, 0)], sender=caller)


def test_drop_takes_the_offer_along(vesting, grant, grantor, guardian, owner, buyer):
    """S4: nothing pending survives."""
    grant(sender=grantor)
    vesting.offer(0, buyer, sender=owner)
    vesting.drop([(owner, 0)], sender=guardian)
    with reverts("Vesting__NoGrant"):
        vesting.accept(owner, 0, 0, sender=buyer)


def test_drop_is_all_or_nothing(vesting, grant, grantor, guardian, owner):
    grant(sender=grantor)
    with reverts("Vesting__NoGrant", number=1):
        vesting.drop([(owner, 0), (owner, 1)], sender=guardian)
    assert vesting.promised() == AMOUNT
