"""A revocation takes what has not vested, and nothing else."""

import pytest
from support.schedule import BUILDERS, add_months, instalments, unlocked

from phemexia.evm import Event, reverts

from .conftest import AMOUNT, FUNDS, TGE


@pytest.mark.parametrize("claims", [False, True], ids=["unclaimed", "claimed"])
@pytest.mark.parametrize("months", [0, 12, 13, 31, 59, 60, 90])
def test_revoke_keeps_what_has_vested(suite, chain, vesting, grant, dao, owner, months, claims):
    """M1: claimed + claimable == vested at that time, for ever after."""
    grant(revocable=True)
    chain.warp(add_months(TGE, months))
    vested = unlocked(BUILDERS, TGE, AMOUNT, chain.timestamp)
    if claims and vested:
        vesting.claim(0, owner, sender=owner)
    receipt = vesting.revoke(owner, 0, sender=dao)
    args = {"owner": owner, "number": 0, "vested": vested, "returned": AMOUNT - vested}
    assert receipt.events == [Event("Revoked", vesting.address, args)]
    grant_ = vesting.grantOf(owner, 0)
    assert (grant_["amount"], grant_["vested"], grant_["revoked"]) == (vested, vested, True)
    assert vesting.unpromised() == FUNDS - vested
    for _ in range(2):
        assert grant_["claimed"] + vesting.claimable(owner, 0) == vested
        chain.sleep(400 * 86_400)
    if vesting.claimable(owner, 0):
        vesting.claim(0, owner, sender=owner)
    assert suite.token.balanceOf(owner) == vested
    assert vesting.promised() == 0
    with reverts("Vesting__NothingToClaim"):
        vesting.claim(0, owner, sender=owner)


def test_revoke_counts_to_the_second(chain, vesting, grant, dao, owner):
    """An instalment of this very second has vested."""
    second = instalments(BUILDERS, TGE)[3]
    grant(revocable=True)
    grant(revocable=True)
    chain.warp(second - 1)
    assert vesting.revoke(owner, 0, sender=dao).events[0].args["vested"] == AMOUNT * 3 // 48
    chain.warp(second)
    assert vesting.revoke(owner, 1, sender=dao).events[0].args["vested"] == AMOUNT * 4 // 48


def test_revoke_refuses_what_is_not_revocable_or_revoked(vesting, grant, dao, owner):
    grant(revocable=False)
    grant(revocable=True)
    vesting.revoke(owner, 1, sender=dao)
    for number in (0, 1):
        with reverts("Vesting__NotRevocable", owner=owner, number=number):
            vesting.revoke(owner, number, sender=dao)


def test_revoke_is_for_the_dao(vesting, grant, grantor, guardian, owner, stranger):
    grant(revocable=True)
    for caller in (grantor, guardian, owner, stranger):
        with reverts("Vesting__NotDao", caller=caller):
            vesting.revoke(owner, 0, sender=caller)


def test_revoke_lets_the_rest_be_granted_again(vesting, grant, dao, owner, buyer):
    grant(amount=FUNDS, revocable=True)
    vesting.revoke(owner, 0, sender=dao)
    grant(amount=FUNDS, to=buyer)
    assert vesting.unpromised() == 0
