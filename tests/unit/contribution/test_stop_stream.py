"""Stopping a stream: what was earned stays, the rest goes back into the budget."""

from datetime import UTC, datetime

import pytest
from support.contributors import GROUP, HELD, LIMIT, TERM

from phemexia.evm import ZERO, Event, reverts


@pytest.mark.parametrize("age", [0, 1, TERM // 3, TERM - 1], ids=["at once", "second", "third", "last second"])
@pytest.mark.parametrize("claims", [False, True], ids=["before a claim", "after a claim"])
def test_stop_stream_keeps_what_was_earned(
    program, chain, contributors, treasury, token, stream, account, contributor, recipient, age, claims
):
    """M1: what was earned and not drawn is not taken back."""
    if claims and age > TERM // 6:
        chain.sleep(TERM // 6)
        contributors.claimStream(stream, recipient, sender=contributor)
        age -= TERM // 6
    chain.sleep(age)
    earned = 10**6 * (chain.timestamp - contributors.awardOf(stream)["start"]) // TERM
    receipt = contributors.stopStream(stream, sender=account)
    assert token.balanceOf(treasury) == HELD - earned
    assert token.balanceOf(contributors) + token.balanceOf(recipient) == earned
    names = ["StreamStopped", "Returned", "GivenBack"]
    assert [event.name for event in receipt.events if event.name in names] == names
    assert receipt.events[0] == Event(
        "StreamStopped", contributors.address, {"stream": stream, "by": account, "earned": earned}
    )
    award = contributors.awardOf(stream)
    assert (award["stoppedAt"], award["returned"]) == (chain.timestamp, 10**6 - earned)
    chain.sleep(TERM)
    assert contributors.claimable(stream) == earned - award["claimed"]
    if contributors.claimable(stream):
        contributors.claimStream(stream, recipient, sender=contributor)
    assert (token.balanceOf(recipient), token.balanceOf(contributors)) == (earned, 0)


def test_stop_stream_restores_headroom_of_its_own_period(program, chain, contributors, treasury, stream, account):
    contributors.stopStream(stream, sender=account)
    assert treasury.headroom(program.budget) == treasury.headroom(program.parent) == LIMIT


def test_stop_stream_in_another_month_restores_none(program, chain, contributors, treasury, stream, account):
    chain.warp(int(datetime(2027, 2, 1, tzinfo=UTC).timestamp()))
    contributors.openStream(1, program.terms(amount=5), "", sender=account)
    contributors.stopStream(stream, sender=account)
    assert treasury.headroom(program.budget) == LIMIT - 5


def test_stop_stream_not_at_its_end(chain, contributors, stream, account):
    chain.sleep(TERM)
    with reverts("Contributors__StreamOver", stream=stream):
        contributors.stopStream(stream, sender=account)


def test_stop_stream_twice(chain, contributors, stream, account):
    chain.sleep(1)
    contributors.stopStream(stream, sender=account)
    for _ in range(2):
        with reverts("Contributors__StreamOver", stream=stream):
            contributors.stopStream(stream, sender=account)
        chain.sleep(1)


def test_stop_stream_by_group_or_dao(program, contributors, stream, account, dao, stranger, contributor, unspoken):
    for caller in (stranger, contributor.address, program.other_account):
        with reverts("Contributors__NotGroup", group=GROUP, caller=caller):
            contributors.stopStream(stream, sender=caller)
    unspoken()
    with reverts("Contributors__NotGroup", group=GROUP, caller=account):
        contributors.stopStream(stream, sender=account)
    assert contributors.stopStream(stream, sender=dao).events[0].args["by"] == dao


def test_stop_stream_that_has_not_begun(program, chain, contributors, token, stream, account, contributor):
    """The next term is a stream of its own: stopping the running one leaves it, and the other way round."""
    next_ = contributors.renewStream(stream, program.terms(amount=500), "", sender=account).returned
    chain.sleep(TERM // 2)
    contributors.stopStream(next_, sender=account)
    assert token.balanceOf(contributors) == 10**6
    assert contributors.awardOf(next_)["returned"] == 500
    chain.sleep(TERM)
    assert (contributors.claimable(next_), contributors.claimable(stream)) == (0, 10**6)
    with reverts("Contributors__NothingToClaim"):
        contributors.claimStream(next_, contributor, sender=contributor)


def test_stop_stream_leaves_the_next_term(program, chain, contributors, stream, account):
    next_ = contributors.renewStream(stream, program.terms(amount=500), "", sender=account).returned
    contributors.stopStream(stream, sender=account)
    chain.sleep(2 * TERM)
    assert (contributors.claimable(next_), contributors.claimable(stream)) == (500, 0)


def test_stop_stream_gives_ether_back(program, chain, contributors, treasury, account, contributor):
    budget = program.budget_in(ZERO)
    stream = contributors.openStream(1, program.terms(budget=budget), "", sender=account).returned
    chain.sleep(TERM // 4)
    contributors.stopStream(stream, sender=account)
    assert (chain.balance(contributors), chain.balance(treasury)) == (250_000, HELD - 250_000)


@pytest.mark.parametrize("gift", [1, 875_000, 999_999, 10**6], ids=["1 wei", "the rest", "nearly all", "all"])
@pytest.mark.parametrize("asset", ["token", "ether"])
def test_stop_stream_after_a_stranger_gave_back_for_the_same_payment(
    program, chain, contributors, treasury, token, account, contributor, recipient, gift, asset
):
    """Anyone may give back for any payment; that must not hold the rest back."""
    budget = program.budget if asset == "token" else program.budget_in(ZERO)
    stream = contributors.openStream(1, program.terms(budget=budget), "", sender=account).returned
    treasury.spend(token, recipient, gift, "", sender=program.dao)
    token.approve(treasury, gift, sender=recipient)
    treasury.giveBack(budget, 1, gift, sender=recipient, value=gift if asset == "ether" else 0)
    chain.sleep(TERM // 8)
    contributors.stopStream(stream, sender=account)
    held = token.balanceOf(contributors) if asset == "token" else chain.balance(contributors)
    assert held == 125_000
    assert treasury.headroom(budget) == LIMIT - 10**6 + gift + min(875_000, 10**6 - gift)
    assert token.allowance(contributors, treasury) == 0


def test_stop_stream_of_something_else(contributors, bounty, account):
    for award in (0, bounty, bounty + 1):
        with reverts("Contributors__NoStream", stream=award):
            contributors.stopStream(award, sender=account)
