"""The next term is a stream of its own, which follows without a gap or begins now."""

import pytest
from support.contributors import DAY, GROUP, OTHER_GROUP, TERM

from phemexia.evm import ZERO, reverts


@pytest.mark.parametrize(
    "age", [0, 1, TERM - 1, TERM], ids=["at once", "a second on", "last second", "at the end"]
)
def test_renew_stream_follows_without_a_gap(program, chain, contributors, token, stream, account, age):
    end = contributors.awardOf(stream)["end"]
    chain.sleep(age)
    receipt = contributors.renewStream(stream, program.terms(amount=500), "again", sender=account)
    opened = receipt.named("StreamOpened")[0].args
    assert (opened["previous"], opened["start"], opened["end"], opened["pass"]) == (stream, end, end + TERM, 1)
    next_ = contributors.awardOf(receipt.returned)
    assert (next_["amount"], next_["start"], next_["payment"]) == (500, end, 2)
    assert token.balanceOf(contributors) == 10**6 + 500
    chain.warp(end)
    assert contributors.claimable(receipt.returned) == 0
    chain.warp(end + TERM - 1)
    assert contributors.claimable(receipt.returned) == 499
    assert contributors.claimable(stream) == 10**6


def test_renew_stream_begins_now_when_the_term_is_past(program, chain, contributors, stream, account):
    """It ended by itself: the time in between is not paid."""
    chain.sleep(TERM + 1)
    next_ = contributors.renewStream(stream, program.terms(), "", sender=account).returned
    assert contributors.awardOf(next_)["start"] == chain.timestamp == contributors.awardOf(stream)["end"] + 1


def test_renew_stream_once(program, chain, contributors, stream, account):
    next_ = contributors.renewStream(stream, program.terms(), "", sender=account).returned
    with reverts("Contributors__NotRenewable", stream=stream):
        contributors.renewStream(stream, program.terms(), "", sender=account)
    chain.sleep(TERM - 1)
    with reverts("Contributors__NotRenewable", stream=next_):  # it has not begun
        contributors.renewStream(next_, program.terms(), "", sender=account)
    chain.sleep(1)
    contributors.renewStream(next_, program.terms(), "", sender=account)


def test_renew_stream_not_after_it_was_stopped(program, chain, contributors, stream, account):
    chain.sleep(DAY)
    contributors.stopStream(stream, sender=account)
    with reverts("Contributors__NotRenewable", stream=stream):
        contributors.renewStream(stream, program.terms(), "", sender=account)


def test_renew_stream_is_the_same_groups(
    program, chain, contributors, stream, account, dao, stranger, contributor
):
    for caller in (dao, stranger, contributor.address):
        with reverts("Contributors__NotGroup", group=GROUP, caller=caller):
            contributors.renewStream(stream, program.terms(), "", sender=caller)
    others = program.budget_in(ZERO, OTHER_GROUP)
    with reverts("Contributors__NotGroup", group=OTHER_GROUP):
        contributors.renewStream(stream, program.terms(budget=others), "", sender=account)
    with reverts("Contributors__NotOurs", budget=others):
        contributors.renewStream(stream, program.terms(budget=others), "", sender=program.other_account)


def test_renew_stream_out_of_another_budget_of_the_group(program, chain, contributors, stream, account):
    budget = program.budget_in(ZERO)
    next_ = contributors.renewStream(stream, program.terms(budget=budget), "", sender=account).returned
    assert contributors.awardOf(next_)["asset"] == ZERO


def test_renew_stream_for_a_pass_that_counts(program, contributors, stream, account):
    program.burn("contributor")
    with reverts("Contributors__DoesNotCount", **{"pass": 1}):
        contributors.renewStream(stream, program.terms(), "", sender=account)


@pytest.mark.parametrize("changes", [{"term": 0}, {"term": TERM + 1}, {"amount": 0}, {"points": 0}])
def test_renew_stream_wants_sound_terms(program, contributors, stream, account, changes):
    with reverts("Contributors__InvalidTerms"):
        contributors.renewStream(stream, program.terms(**changes), "", sender=account)


def test_renew_stream_of_something_else(program, contributors, bounty, account):
    for award in (0, bounty, bounty + 1):
        with reverts("Contributors__NoStream", stream=award):
            contributors.renewStream(award, program.terms(), "", sender=account)
