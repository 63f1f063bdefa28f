"""What has vested is paid to the owner, to the second and to the wei."""

import pytest
from eth_utils import keccak
from support.schedule import (
    AT_ONCE,
    BUILDERS,
    INVESTORS,
    LINEARLY,
    OPERATIONS,
    RETAIL,
    add_months,
    instalments,
    moment,
    unlocked,
)
from support.solidity import compile_source
from support.suite import PT, WEEK

from phemexia.evm import ZERO, Event, reverts

from .conftest import AMOUNT, FUNDS, NOTICE, TGE

PLANS = {"investors": INVESTORS, "operations": OPERATIONS, "builders": BUILDERS, "weekly": RETAIL}
STARTS = ("2027-01-31 12:00", "2027-03-01 00:00", "2028-02-29 23:59", "2027-08-30 06:30")


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("start", STARTS)
def test_claim_around_every_instalment(chain, deploy, grant, owner, name, start):
    """The first second, the last, and a second before and at each instalment; at the end the whole to the wei."""
    plan, begins = PLANS[name], moment(start)
    vesting = deploy(plan, begins)
    grant(contract=vesting)
    seconds = instalments(plan, begins)
    paid = 0
    for second in ([begins] if plan[0] else []) + seconds:
        chain.warp(second - 1)
        assert vesting.claimable(owner, 0) == 0
        with reverts("Vesting__NothingToClaim", owner=owner, number=0):
            vesting.claim(0, owner, sender=owner)
        chain.warp(second)
        due = unlocked(plan, begins, AMOUNT, second)
        assert vesting.claimable(owner, 0) == due - paid > 0
        assert vesting.claim(0, owner, sender=owner).returned == due - paid
        paid = due
    assert (paid, vesting.promised()) == (AMOUNT, 0)
    chain.sleep(10_000 * WEEK // 10)
    with reverts("Vesting__NothingToClaim"):
        vesting.claim(0, owner, sender=owner)


def test_instalments_of_the_published_table():
    """Two years and twenty quarters; five years of months; a year and four years of months."""
    assert (instalments(INVESTORS, TGE)[0], instalments(INVESTORS, TGE)[-1]) == (
        moment("2029-04-30 12:00"),
        moment("2034-01-31 12:00"),
    )
    assert (instalments(OPERATIONS, TGE)[0], instalments(OPERATIONS, TGE)[-1]) == (
        moment("2027-02-28 12:00"),
        moment("2032-01-31 12:00"),
    )
    assert (instalments(BUILDERS, TGE)[0], instalments(BUILDERS, TGE)[-1]) == (
        moment("2028-02-29 12:00"),
        moment("2032-01-31 12:00"),
    )


def test_claim_of_a_linear_schedule(chain, deploy, grant, owner):
    vesting = deploy(LINEARLY)
    grant(contract=vesting)
    first, last = add_months(TGE, 2), add_months(TGE, 62)
    paid = 0
    for second in (TGE - 1, TGE, first - 1, first, first + 1, (first + last) // 2, last - 1, last, last + 1):
        chain.warp(second)
        due = unlocked(LINEARLY, TGE, AMOUNT, second)
        assert vesting.vestedAt(owner, 0, second) == due
        if due > paid:
            assert vesting.claim(0, owner, sender=owner).returned == due - paid
        paid = due
    assert paid == AMOUNT


def test_claim_of_a_schedule_that_ends_at_its_start(chain, deploy, grant, owner):
    vesting = deploy(AT_ONCE)
    grant(contract=vesting)
    chain.warp(TGE - 1)
    with reverts("Vesting__NothingToClaim"):
        vesting.claim(0, owner, sender=owner)
    chain.warp(TGE)
    assert vesting.claim(0, owner, sender=owner).returned == AMOUNT


def test_claim_counts_from_the_grant_s_own_start(chain, vesting, grant, owner):
    start = moment("2027-08-31 00:00")
    grant(start=start)
    chain.warp(moment("2028-09-29 23:59") + 59)
    assert vesting.claimable(owner, 0) == 0
    chain.warp(moment("2028-09-30 00:00"))
    assert vesting.claimable(owner, 0) == AMOUNT // 48


def test_claim_pays_any_address(suite, chain, vesting, grant, owner, buyer):
    """M9: the owner alone, to a recipient of its choice."""
    grant()
    chain.warp(add_months(TGE, 60))
    receipt = vesting.claim(0, buyer, sender=owner)
    args = {"owner": owner, "number": 0, "to": buyer, "amount": AMOUNT}
    assert receipt.named("Claimed") == [Event("Claimed", vesting.address, args)]
    assert suite.token.balanceOf(buyer) == receipt.returned == AMOUNT
    assert suite.token.balanceOf(vesting) == vesting.unpromised() == FUNDS - AMOUNT


def test_claim_is_for_the_owner(chain, vesting, grant, grantor, dao, stranger):
    grant()
    chain.warp(add_months(TGE, 60))
    for caller in (grantor, dao, stranger):
        with reverts("Vesting__NoGrant", owner=caller, number=0):
            vesting.claim(0, caller, sender=caller)


def test_claim_waits_for_the_notice(chain, deploy, grant, grantor, owner):
    vesting = deploy(AT_ONCE, moment("2027-01-01 00:00"))
    grant(sender=grantor, contract=vesting)
    firm = chain.timestamp + NOTICE
    chain.warp(firm - 1)
    assert vesting.claimable(owner, 0) == 0
    with reverts("Vesting__Waits", firm=firm):
        vesting.claim(0, owner, sender=owner)
    chain.warp(firm)
    assert vesting.claim(0, owner, sender=owner).returned == AMOUNT


def test_claim_of_the_whole_supply(suite, chain, deploy, grant, owner):
    """M2: the largest grant there can be."""
    vesting = deploy(funds=0)
    everything = suite.token.balanceOf(suite.origin)
    suite.pay(vesting, everything)
    grant(amount=everything, contract=vesting)
    for months in (13, 37, 60):
        chain.warp(add_months(TGE, months))
        vesting.claim(0, owner, sender=owner)
        due = unlocked(BUILDERS, TGE, everything, chain.timestamp)
        assert vesting.grantOf(owner, 0)["claimed"] == suite.token.balanceOf(owner) == due
    assert suite.token.balanceOf(owner) == everything


def test_claim_to_lock(suite, chain, vesting, grant, owner):
    """A new lock by the end that its owner chose, then more into it."""
    grant()
    chain.warp(add_months(TGE, 13))
    end = chain.timestamp // WEEK * WEEK + 104 * WEEK
    with reverts("VotingEscrow__NotOperator", owner=owner, caller=vesting):
        vesting.claimToLock(0, owner, True, sender=owner)
    suite.escrow.setOperator(vesting, True, end, sender=owner)
    first = vesting.claimToLock(0, owner, True, sender=owner).returned
    chain.warp(add_months(TGE, 20))
    second = vesting.claimToLock(0, owner, False, sender=owner).returned
    lock = suite.escrow.lockOf(owner)
    assert (lock["amount"], lock["unlockTime"]) == (first + second, end)
    assert vesting.grantOf(owner, 0)["claimed"] == first + second == AMOUNT * 8 // 48
    assert suite.token.allowance(vesting, suite.escrow) == 0


def test_claim_to_lock_makes_a_new_lock_for_the_claimant_alone(suite, chain, vesting, grant, owner, buyer):
    """A1: a stale approval lets nobody bind its owner with dust to a lock of two years; adding is a gift."""
    grant()
    chain.warp(add_months(TGE, 13))
    end = chain.timestamp // WEEK * WEEK + 104 * WEEK
    suite.escrow.setOperator(vesting, True, end, sender=buyer)
    with reverts("Vesting__NotOwnLock", owner=owner, lockOwner=buyer):
        vesting.claimToLock(0, buyer, True, sender=owner)
    suite.lock(buyer, PT, weeks=10)
    due = vesting.claimToLock(0, buyer, False, sender=owner).returned
    assert suite.escrow.lockOf(buyer)["amount"] == PT + due


def test_claim_refuses_the_zero_address(chain, vesting, grant, owner):
    grant()
    chain.warp(add_months(TGE, 60))
    with reverts("ERC20InvalidReceiver", receiver=ZERO):
        vesting.claim(0, ZERO, sender=owner)


def test_claim_from_within_a_claim(suite, chain, dao, grantor, guardian, stranger):
    """M4: everything is written before the token is called."""
    token = chain.deploy(compile_source("OddTokens.sol", "HookingToken"), suite.origin, FUNDS)
    args = (token, dao, suite.treasury, suite.escrow, grantor, guardian, TGE, AT_ONCE)
    vesting = chain.deploy("Vesting", *args)
    suite.origin.execute(token, token.transfer.encode(vesting, FUNDS), sender=stranger)
    thief = chain.deploy(compile_source("OddTokens.sol", "Reentrant"))
    vesting.grant(keccak(b""), [(thief.address, 5 * PT, 0, False), (thief.address, 2 * PT, 0, False)], sender=dao)
    chain.warp(TGE)
    call = vesting.claim.encode(0, thief)
    thief.arm(vesting, call, sender=stranger)
    thief.execute(vesting, call, sender=stranger)
    assert (thief.tried(), thief.succeeded()) == (True, False)
    assert token.balanceOf(thief) == 5 * PT
    assert vesting.promised() == 2 * PT
