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
    assert vesting.drop([(owner, 0)], sender=caller).events == []
    assert vesting.promised() == 5


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


def test_drop_leaves_out_what_is_gone(vesting, grant, grantor, guardian, dao, owner):
    """M10: the guardian was quicker with one; the DAO's decision, and what is bundled with it, still holds."""
    grant(sender=grantor)
    grant(amount=5, sender=grantor)
    vesting.drop([(owner, 0)], sender=guardian)
    receipt = vesting.drop([(owner, 0), (owner, 1), (owner, 1), (owner, 7)], sender=dao)
    args = {"owner": owner, "number": 1, "amount": 5}
    assert receipt.events == [Event("Dropped", vesting.address, args)]
    assert vesting.promised() == 0


def test_drop_of_one_that_is_firm_drops_none(chain, vesting, grant, grantor, guardian, owner):
    grant(sender=grantor)
    chain.sleep(1)
    grant(sender=grantor)
    chain.sleep(NOTICE - 1)
    with reverts("Vesting__Firm", firm=chain.timestamp):
        vesting.drop([(owner, 1), (owner, 0)], sender=guardian)
    assert vesting.promised() == 2 * AMOUNT
