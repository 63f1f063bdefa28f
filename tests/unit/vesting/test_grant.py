"""Who grants, how much, and when it is firm."""

import pytest
from eth_utils import keccak
from support.schedule import AT_ONCE
from support.suite import DAY, PT, TEAM_WINDOW, TIMELOCK_DELAY

from phemexia.evm import ZERO, Event, reverts

from .conftest import AMOUNT, FUNDS, NOTICE, TGE

EXTENSION = 3 * DAY
"""For which late outcomes prolong a vote, at most."""
NAME = b"\1" * 32


def test_grant_by_the_dao_is_firm_at_once(chain, vesting, grant, owner):
    now = chain.timestamp
    receipt = grant(revocable=True)
    args = {"owner": owner, "number": 0, "amount": AMOUNT, "start": TGE, "firm": now, "revocable": True}
    batch = {"batch": (1).to_bytes(32), "amount": AMOUNT}
    assert receipt.events == [
        Event("Granted", vesting.address, args),
        Event("BatchGranted", vesting.address, batch),
    ]
    expected = {"amount": AMOUNT, "claimed": 0, "vested": 0, "start": TGE, "firm": now, "revocable": True}
    assert vesting.grantOf(owner, 0) == {**expected, "revoked": False, "offeredTo": ZERO}
    assert (vesting.promised(), vesting.unpromised()) == (AMOUNT, FUNDS - AMOUNT)


def test_grant_by_the_grantor_waits(chain, vesting, grant, grantor, owner):
    grant(sender=grantor)
    assert vesting.NOTICE() == NOTICE
    assert vesting.grantOf(owner, 0)["firm"] == chain.timestamp + NOTICE


def test_grant_by_the_grantor_waits_for_the_slowest_vote_there_can_be(suite, vesting):
    """Whatever the DAO makes of its rules within their bounds, a day is left to see a bad grant and to propose."""
    slowest = suite.action_classes.mostRules()
    vote = slowest["delay"] + slowest["period"] + EXTENSION + suite.timelock.MOST_DELAY() + TEAM_WINDOW
    assert vesting.NOTICE() >= vote + DAY


def test_grant_of_a_thief_is_dropped_by_a_vote(suite, chain, grantor, stranger):
    """The grantor's key is stolen, there is no guardian, and a core team that waits out its three days."""
    args = (suite.token, suite.timelock, suite.treasury, suite.escrow, grantor, ZERO, chain.timestamp, AT_ONCE)
    vesting = chain.deploy("Vesting", *args)
    suite.pay(vesting, FUNDS)
    voter = suite.member("voter", 50_000_000 * PT)
    chain.sleep(1)
    vesting.grant(NAME, [(stranger, FUNDS, 0, False)], sender=grantor)
    governor, calldata = suite.governor, vesting.drop.encode([(stranger, 0)])
    calls = ([vesting.address], [0], [calldata])
    proposal = governor.propose(*calls, "drop it", sender=voter).returned
    chain.warp(governor.proposalSnapshot(proposal) + 1)
    governor.castVote(proposal, 1, sender=voter)
    chain.warp(governor.proposalDeadline(proposal) + 1)
    digest = keccak(text="drop it")
    governor.queue(*calls, digest, sender=voter)
    chain.sleep(TIMELOCK_DELAY + TEAM_WINDOW)
    governor.execute(*calls, digest, sender=voter)
    assert vesting.promised() == 0
    with reverts("Vesting__NoGrant"):
        vesting.claim(0, stranger, sender=stranger)


def test_grant_is_for_dao_and_grantor(vesting, grant, guardian, stranger, owner):
    for caller in (guardian, stranger, owner):
        with reverts("Vesting__NotGrantor", caller=caller):
            grant(sender=caller)


def test_grant_up_to_what_is_not_promised(vesting, grant):
    """N12: to the wei, and counting what other grants were promised."""
    grant(amount=AMOUNT)
    with reverts("Vesting__NotFunded", amount=FUNDS - AMOUNT + 1, unpromised=FUNDS - AMOUNT):
        grant(amount=FUNDS - AMOUNT + 1)
    grant(amount=FUNDS - AMOUNT)
    assert vesting.unpromised() == 0
    with reverts("Vesting__NotFunded", amount=1, unpromised=0):
        grant(amount=1)


def test_grant_of_more_than_the_supply(grant):
    """M2: no bits of one figure run over into another."""
    for amount in (2**90, 2**96 - 1):
        with reverts("Vesting__NotFunded", amount=amount):
            grant(amount=amount)


def test_grant_counts_the_whole_batch(vesting, dao, owner, buyer):
    with reverts("Vesting__NotFunded", amount=FUNDS + 1):
        vesting.grant(NAME, [(owner, FUNDS, 0, False), (buyer, 1, 0, False)], sender=dao)
    assert vesting.grantCount(owner) == vesting.promised() == 0


def test_grant_uses_a_name_once(vesting, grantor, dao, owner):
    """A batch sent twice is not granted twice."""
    assert not vesting.isBatchDone(NAME)
    vesting.grant(NAME, [(owner, 1, 0, False)], sender=grantor)
    assert vesting.isBatchDone(NAME)
    for caller in (grantor, dao):
        with reverts("Vesting__BatchDone", batch=NAME):
            vesting.grant(NAME, [(owner, 2, 0, False)], sender=caller)


def test_grant_numbers_each_owner_s_grants(vesting, dao, owner, buyer):
    """M3: several grants for one person are independent."""
    rows = [(owner, 10, 0, False), (buyer, 20, 0, True), (owner, 30, TGE + DAY, True)]
    vesting.grant(NAME, rows, sender=dao)
    assert (vesting.grantCount(owner), vesting.grantCount(buyer)) == (2, 1)
    assert [vesting.grantOf(owner, i)["amount"] for i in range(3)] == [10, 30, 0]
    assert (vesting.grantOf(owner, 1)["start"], vesting.grantOf(buyer, 0)["revocable"]) == (TGE + DAY, True)


def test_grant_refuses_nobody_and_nothing(grant, owner):
    with reverts("Vesting__ZeroAddress"):
        grant(to=ZERO)
    with reverts("Vesting__ZeroAmount", owner=owner):
        grant(amount=0)


@pytest.mark.parametrize("later", [0, 500 * DAY], ids=["before the TGE", "after it"])
def test_grant_begins_no_earlier_than_the_row_and_within_a_year(chain, vesting, grant, owner, later):
    chain.warp(max(chain.timestamp, TGE + later) if later else chain.timestamp)
    latest = max(chain.timestamp, TGE) + 365 * DAY
    for start in (1, TGE - 1, latest + 1):
        with reverts("Vesting__StartOutOfBounds", start=start, earliest=TGE, latest=latest):
            grant(start=start)
    for number, start in enumerate((TGE, latest)):
        grant(start=start)
        assert vesting.grantOf(owner, number)["start"] == start


def test_grant_of_what_arrived_later(suite, vesting, grant):
    grant(amount=FUNDS)
    suite.pay(vesting, 5)
    grant(amount=5)
    assert vesting.unpromised() == 0
