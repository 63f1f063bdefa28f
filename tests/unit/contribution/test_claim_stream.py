"""What a stream has earned is drawn by who holds the pass."""

import pytest
from support.contributors import CONTRIBUTION, DAY, LIMIT, PT, TERM

from phemexia.evm import ZERO, Event, reverts


def test_claim_stream_pays_by_the_second(program, chain, contributors, token, stream, contributor, recipient):
    with reverts("Contributors__NothingToClaim", award=stream):
        contributors.claimStream(stream, recipient, sender=contributor)
    drawn = 0
    for second in (8, 16, 1_000, TERM // 2, TERM - 1, TERM):
        chain.warp(contributors.awardOf(stream)["start"] + second)
        earned = 10**6 * second // TERM
        assert contributors.claimable(stream) == earned - drawn
        contributors.claimStream(stream, recipient, sender=contributor)
        drawn = earned
        assert token.balanceOf(recipient) == contributors.awardOf(stream)["claimed"] == drawn
    assert (drawn, token.balanceOf(contributors)) == (10**6, 0)
    chain.sleep(1)
    with reverts("Contributors__NothingToClaim"):
        contributors.claimStream(stream, recipient, sender=contributor)


def test_claim_stream_emits_and_returns(program, chain, contributors, token, stream, contributor, recipient):
    chain.sleep(TERM // 2)
    receipt = contributors.claimStream(stream, recipient, sender=contributor)
    assert receipt.returned == 500_000
    assert receipt.events[0] == Event(
        "Drawn",
        contributors.address,
        {"award": stream, "pass": 1, "to": recipient, "asset": token.address, "amount": 500_000, "points": 2},
    )
    assert receipt.named("RecordWritten")[0].args["value"] == 2


def test_claim_stream_by_who_holds_the_pass(
    program, chain, contributors, stream, contributor, neighbour, stranger, account, recipient
):
    """M9: nobody else chooses when or where."""
    chain.sleep(DAY)
    for caller in (neighbour.address, stranger, account):
        with reverts("Contributors__NotContributor", caller=caller, **{"pass": 1}):
            contributors.claimStream(stream, recipient, sender=caller)


def test_claim_stream_after_a_recovery_by_the_new_wallet(
    program, chain, contributors, token, stream, contributor, recipient
):
    """S8: a contributor is a pass."""
    chain.sleep(DAY)
    wallet = program.recover("contributor", "new wallet")
    with reverts("Contributors__NotContributor", caller=contributor.address):
        contributors.claimStream(stream, recipient, sender=contributor)
    contributors.claimStream(stream, recipient, sender=wallet)
    assert token.balanceOf(recipient) == 10**6 * 8 * DAY // TERM


def test_claim_stream_waits_for_a_pass_that_was_burned(program, chain, contributors, token, stream, contributor):
    chain.sleep(TERM)
    program.burn("contributor")
    with reverts("Contributors__NotContributor", **{"pass": 1}):
        contributors.claimStream(stream, contributor, sender=contributor)
    assert contributors.claimable(stream) == 10**6
    chain.sleep(500 * DAY)
    program.belong("contributor")
    contributors.claimStream(stream, contributor, sender=contributor)
    assert token.balanceOf(contributor) == 10**6


@pytest.mark.parametrize(("age", "pays"), [(30 * DAY - 1, True), (30 * DAY, False)], ids=["last", "first second"])
def test_claim_stream_for_thirty_days_after_a_revocation(
    program, chain, contributors, stream, contributor, age, pays
):
    """N3: as governance judges it."""
    program.revoke("contributor")
    chain.sleep(age)
    if pays:
        contributors.claimStream(stream, contributor, sender=contributor)
    else:
        with reverts("Contributors__NotContributor"):
            contributors.claimStream(stream, contributor, sender=contributor)
        program.soul_pass.reinstate(1, sender=program.dao)
        contributors.claimStream(stream, contributor, sender=contributor)
    assert contributors.awardOf(stream)["claimed"] == 10**6 * age // TERM


def test_claim_stream_to_no_bad_place(chain, contributors, stream, contributor):
    chain.sleep(DAY)
    for to in (ZERO, contributors.address):
        with reverts("Contributors__InvalidRecipient", to=to):
            contributors.claimStream(stream, to, sender=contributor)


def test_claim_stream_is_for_streams(program, chain, contributors, grant, bounty, account, contributor):
    contributors.approveTranche(grant, 1, "", sender=account)
    for award in (0, bounty, bounty + 1, bounty + 2):
        with reverts("Contributors__NoStream", stream=award):
            contributors.claimStream(award, contributor, sender=contributor)


def test_claim_stream_adds_all_points_in_any_number_of_parts(
    program, chain, contributors, account, contributor, recipient
):
    """The first payment brings a point, the last payment the rest; never more than agreed."""
    stream = contributors.openStream(1, program.terms(points=7, amount=100, term=100), "", sender=account).returned
    program.soul_pass.setWriter(CONTRIBUTION, program.dao, sender=program.dao)
    program.soul_pass.write(CONTRIBUTION, 1, 40, sender=program.dao)
    program.soul_pass.setWriter(CONTRIBUTION, contributors, sender=program.dao)
    for second, points in ((1, 1), (14, 1), (15, 2), (28, 2), (29, 3), (99, 7), (100, 7)):
        chain.warp(contributors.awardOf(stream)["start"] + second)
        contributors.claimStream(stream, recipient, sender=contributor)
        assert program.points(1) == 40 + points


def test_claim_stream_does_not_depend_on_who_writes_the_record(
    program, chain, contributors, token, stream, contributor, recipient
):
    program.soul_pass.setWriter(CONTRIBUTION, program.publisher, sender=program.dao)
    chain.sleep(TERM)
    receipt = contributors.claimStream(stream, recipient, sender=contributor)
    assert receipt.named("PointsKept") == [Event("PointsKept", contributors.address, {"pass": 1, "points": 3})]
    assert (token.balanceOf(recipient), contributors.pointsKept(1), program.points(1)) == (10**6, 3, 0)


def test_claim_stream_in_ether(program, chain, contributors, account, contributor, recipient):
    budget = program.budget_in(ZERO)
    stream = contributors.openStream(1, program.terms(budget=budget), "", sender=account).returned
    chain.sleep(TERM // 4)
    before = chain.balance(recipient)
    contributors.claimStream(stream, recipient, sender=contributor)
    assert chain.balance(recipient) - before == 250_000
    assert chain.balance(contributors) == 750_000


def test_claim_stream_of_the_most_there_is(program, chain, contributors, token, account, contributor, recipient):
    """M2: no sum overflows."""
    stream = contributors.openStream(1, program.terms(amount=LIMIT, points=250), "", sender=account).returned
    chain.sleep(TERM - 1)
    contributors.claimStream(stream, recipient, sender=contributor)
    assert token.balanceOf(recipient) == LIMIT * (TERM - 1) // TERM > 10**6 * PT
    chain.sleep(1)
    contributors.claimStream(stream, recipient, sender=contributor)
    assert (token.balanceOf(recipient), program.points(1)) == (LIMIT, 250)


def test_claim_stream_leaves_the_streams_of_others(
    program, chain, contributors, token, stream, account, contributor, neighbour, odd
):
    """M10, M3: a recipient that takes no ether fails alone, and may choose another."""
    budget = program.budget_in(ZERO)
    one = contributors.openStream(1, program.terms(budget=budget), "", sender=account).returned
    two = contributors.openStream(2, program.terms(budget=budget), "", sender=account).returned
    chain.sleep(TERM)
    with reverts("FailedCall"):
        contributors.claimStream(one, token, sender=contributor)
    contributors.claimStream(two, neighbour, sender=neighbour)
    contributors.claimStream(one, contributor, sender=contributor)
    contributors.claimStream(stream, contributor, sender=contributor)
    assert chain.balance(contributors) == token.balanceOf(contributors) == 0
