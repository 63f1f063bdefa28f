"""The DAO replaces grantor and guardian, and takes back what is not promised; nobody else does."""

import pytest
from support.schedule import BUILDERS

from phemexia.evm import ZERO, Event, reverts

from .conftest import AMOUNT, FUNDS, TGE

DAY = 86_400


def test_set_grantor_by_the_dao(vesting, dao, grantor, guardian, stranger):
    for caller in (grantor, guardian, stranger):
        with reverts("Vesting__NotDao", caller=caller):
            vesting.setGrantor(caller, sender=caller)
    for new, old in ((stranger, grantor), (ZERO, stranger)):
        receipt = vesting.setGrantor(new, sender=dao)
        assert receipt.events == [Event("GrantorSet", vesting.address, {"previous": old, "current": new})]
        assert vesting.grantor() == new


def test_set_guardian_by_the_dao(chain, vesting, dao, grantor, guardian, stranger):
    for caller in (grantor, guardian, stranger):
        with reverts("Vesting__NotDao", caller=caller):
            vesting.setGuardian(caller, sender=caller)
    for new in (stranger, ZERO):
        until = chain.timestamp + 180 * DAY
        receipt = vesting.setGuardian(new, sender=dao)
        assert receipt.events == [Event("GuardianSet", vesting.address, {"guardian": new, "until": until})]
        assert (vesting.guardian(), vesting.guardianUntil()) == (new, until)


def test_set_guardian_names_it_for_a_term(chain, vesting, grant, grantor, guardian, dao, owner):
    """G12: to the second; the DAO alone drops afterwards, and renews the term."""
    until = vesting.guardianUntil()
    chain.warp(until - 1)
    grant(sender=grantor)
    grant(sender=grantor)
    vesting.drop([(owner, 0)], sender=guardian)
    chain.warp(until)
    assert vesting.guardian() == ZERO
    with reverts("Vesting__NotGuardian", caller=guardian):
        vesting.drop([(owner, 1)], sender=guardian)
    vesting.setGuardian(guardian, sender=dao)
    vesting.drop([(owner, 1)], sender=guardian)


@pytest.mark.parametrize("ahead", [-10 * DAY, 0, 700 * DAY])
def test_guardian_begins_with_the_tge(chain, deploy, grant, grantor, guardian, owner, ahead):
    """G12: before the TGE nobody has a vote to renew a term, so the first one must not run out before."""
    start = chain.timestamp + ahead
    vesting = deploy(start=start)
    until = max(chain.timestamp, start) + 180 * DAY
    assert vesting.guardianUntil() == until
    chain.warp(until - 1)
    grant(sender=grantor, contract=vesting)
    vesting.drop([(owner, 0)], sender=guardian)
    chain.warp(until)
    assert vesting.guardian() == ZERO


def test_set_grantor_ends_the_power_of_the_former(vesting, grant, grantor, dao):
    grant(sender=grantor)
    vesting.setGrantor(ZERO, sender=dao)
    with reverts("Vesting__NotGrantor"):
        grant(sender=grantor)
    assert vesting.promised() == AMOUNT


def test_return_unpromised(suite, vesting, grant, dao, stranger, grantor):
    grant()
    for caller in (stranger, grantor):
        with reverts("Vesting__NotDao", caller=caller):
            vesting.returnUnpromised(1, sender=caller)
    before, free = suite.token.balanceOf(suite.treasury), FUNDS - AMOUNT
    with reverts("Vesting__NotFunded", amount=free + 1, unpromised=free):
        vesting.returnUnpromised(free + 1, sender=dao)
    receipt = vesting.returnUnpromised(free, sender=dao)
    assert receipt.named("Returned") == [Event("Returned", vesting.address, {"amount": free})]
    assert suite.token.balanceOf(suite.treasury) == before + free
    assert (vesting.promised(), vesting.unpromised()) == (AMOUNT, 0)


def test_constructor_keeps_what_it_is_told(suite, vesting, dao, grantor, guardian):
    named = (vesting.token(), vesting.dao(), vesting.treasury(), vesting.escrow())
    assert named == (suite.token.address, dao, suite.treasury.address, suite.escrow.address)
    assert (vesting.grantor(), vesting.guardian(), vesting.start()) == (grantor, guardian, TGE)
    assert tuple(vesting.plan().values()) == BUILDERS
    assert vesting.unlocked(48, TGE, TGE + 500 * DAY) == 4


@pytest.mark.parametrize("missing", range(4), ids=("token", "dao", "treasury", "escrow"))
def test_constructor_refuses_the_zero_address(chain, missing):
    args = [ZERO if i == missing else chain.account(str(i)) for i in range(4)]
    with reverts("Vesting__ZeroAddress"):
        chain.deploy("Vesting", *args, ZERO, ZERO, TGE, BUILDERS)


def test_constructor_takes_a_start_around_the_present(chain, deploy):
    now = chain.timestamp
    for start in (now - 365 * DAY, now + 730 * DAY):
        assert deploy(start=start).start() == start
    for start in (0, now - 365 * DAY - 1, now + 730 * DAY + 1):
        with reverts("Schedule__StartOutOfBounds", start=start):
            deploy(start=start)


def test_constructor_refuses_a_plan_that_makes_no_sense(deploy):
    with reverts("Schedule__Invalid"):
        deploy((0, 12, 0, 1, 1))
