"""What a lost pass has left lying goes to the treasury, a year after the loss was noted."""

import pytest
from support.contributors import HELD, TERM, WAIT

from phemexia.evm import Event, reverts

NEVER = 2**256 - 1


@pytest.fixture
def lapsed(program, chain, contributors, stream, contributor, stranger, recipient):
    """250,000 of the stream were drawn; it goes on."""
    chain.sleep(TERM // 4)
    contributors.claimStream(stream, recipient, sender=contributor)
    program.burn("contributor")
    contributors.noteLapse(stream, sender=stranger)
    return stream


def test_take_back_after_a_year_to_the_second(program, chain, contributors, treasury, token, lapsed, stranger):
    until = chain.timestamp + WAIT
    for second in (until - WAIT, until - 1):
        chain.warp(second)
        for caller in (stranger, program.account, program.dao):
            with reverts("Contributors__Waits", award=lapsed, until=until):
                contributors.takeBack(lapsed, sender=caller)
    chain.warp(until)
    receipt = contributors.takeBack(lapsed, sender=stranger)
    assert receipt.events[0] == Event(
        "Returned", contributors.address, {"award": lapsed, "asset": token.address, "amount": 750_000}
    )
    assert (token.balanceOf(treasury), token.balanceOf(contributors)) == (HELD - 250_000, 0)
    assert (contributors.claimable(lapsed), contributors.awardOf(lapsed)["returned"]) == (0, 750_000)
    with reverts("Contributors__NothingToClaim", award=lapsed):
        contributors.takeBack(lapsed, sender=stranger)
    with reverts("Contributors__NothingToNote"):
        contributors.noteLapse(lapsed, sender=stranger)
    contributor = program.belong("contributor")
    with reverts("Contributors__NothingToClaim"):
        contributors.claimStream(lapsed, contributor, sender=contributor)


def test_take_back_not_from_a_pass_that_counts(program, chain, contributors, token, lapsed, stranger):
    """Until the very moment it is taken the pass may come back."""
    chain.sleep(WAIT)
    with chain.isolate():
        contributors.takeBack(lapsed, sender=stranger)
    contributor = program.belong("contributor")
    with reverts("Contributors__Waits", award=lapsed, until=NEVER):
        contributors.takeBack(lapsed, sender=stranger)
    contributors.claimStream(lapsed, contributor, sender=contributor)
    assert token.balanceOf(contributor) == 750_000


def test_take_back_counts_from_the_note(program, chain, contributors, stream, stranger):
    program.burn("contributor")
    chain.sleep(2 * WAIT)
    with reverts("Contributors__Waits", until=NEVER):
        contributors.takeBack(stream, sender=stranger)
    contributors.noteLapse(stream, sender=stranger)
    with reverts("Contributors__Waits", until=chain.timestamp + WAIT):
        contributors.takeBack(stream, sender=stranger)


def test_take_back_starts_anew_after_the_pass_counted(program, chain, contributors, lapsed, stranger):
    chain.sleep(WAIT - 1)
    program.belong("contributor")
    contributors.noteLapse(lapsed, sender=stranger)
    program.burn("contributor")
    contributors.noteLapse(lapsed, sender=stranger)
    chain.sleep(1)
    with reverts("Contributors__Waits"):
        contributors.takeBack(lapsed, sender=stranger)


@pytest.mark.parametrize("early", [1, 0], ids=["a second before", "at the end"])
def test_take_back_waits_for_all_that_vests(program, chain, contributors, token, account, stranger, early):
    """What will be earned is not lost before it is."""
    program.belong("contributor")
    milestones = [program.milestone(amount=1_000, vesting=3 * WAIT)]
    grant = contributors.openGrant(1, program.budget, milestones, sender=account).returned
    award = contributors.approveTranche(grant, 1, "", sender=account).returned
    end = chain.timestamp + 3 * WAIT
    program.burn("contributor")
    contributors.noteLapse(award, sender=stranger)
    chain.warp(end - early)
    if early:
        with reverts("Contributors__Waits", until=end):
            contributors.takeBack(award, sender=stranger)
    else:
        contributors.takeBack(award, sender=stranger)
        assert token.balanceOf(contributors) == 0


def test_take_back_of_a_stream_that_was_stopped(program, chain, contributors, treasury, token, lapsed, account):
    chain.sleep(TERM // 4)
    contributors.stopStream(lapsed, sender=account)
    assert token.balanceOf(contributors) == 250_000
    chain.sleep(WAIT - TERM // 4)
    contributors.takeBack(lapsed, sender=account)
    assert token.balanceOf(treasury) == HELD - 250_000
    assert contributors.awardOf(lapsed)["returned"] == 750_000


def test_take_back_of_an_approved_bounty(
    program, chain, contributors, treasury, token, accepted, account, stranger
):
    contributors.approveBounty(accepted, sender=account)
    program.burn("contributor")
    contributors.noteLapse(accepted, sender=stranger)
    chain.sleep(WAIT)
    contributors.takeBack(accepted, sender=stranger)
    assert token.balanceOf(treasury) == HELD
    contributor = program.belong("contributor")
    with reverts("Contributors__NothingToClaim"):
        contributors.payBounty(accepted, contributor, sender=contributor)


def test_take_back_of_what_is_nobodys(chain, contributors, bounty, stranger):
    chain.sleep(2 * WAIT)
    for award in (0, bounty, 99):
        with reverts("Contributors__Waits", until=NEVER):
            contributors.takeBack(award, sender=stranger)
