"""That a pass with an award does not count is noted by anyone; that it counts again, too."""

import pytest
from support.contributors import DAY, TERM

from phemexia.evm import Event, reverts


def test_note_lapse_of_a_pass_that_does_not_count(program, chain, contributors, stream, contributor, stranger):
    with reverts("Contributors__NothingToNote", award=stream):
        contributors.noteLapse(stream, sender=stranger)
    program.burn("contributor")
    chain.sleep(DAY)
    receipt = contributors.noteLapse(stream, sender=stranger)
    assert receipt.events == [
        Event("LapseNoted", contributors.address, {"award": stream, "pass": 1, "lapsed": True})
    ]
    assert contributors.awardOf(stream)["lapsedAt"] == chain.timestamp
    chain.sleep(DAY)
    with reverts("Contributors__NothingToNote"):  # a second note would let it wait for ever
        contributors.noteLapse(stream, sender=stranger)


@pytest.mark.parametrize(
    ("age", "lapsed"), [(30 * DAY - 1, False), (30 * DAY, True)], ids=["last", "first second"]
)
def test_note_lapse_of_a_revoked_pass(program, chain, contributors, stream, stranger, age, lapsed):
    program.revoke("contributor")
    chain.sleep(age)
    if lapsed:
        contributors.noteLapse(stream, sender=stranger)
    else:
        with reverts("Contributors__NothingToNote"):
            contributors.noteLapse(stream, sender=stranger)


def test_note_lapse_clears_it_when_the_pass_counts_again(
    program, chain, contributors, stream, contributor, stranger
):
    program.burn("contributor")
    contributors.noteLapse(stream, sender=stranger)
    program.belong("contributor")
    receipt = contributors.noteLapse(stream, sender=contributor)
    assert receipt.events[0].args["lapsed"] is False
    assert contributors.awardOf(stream)["lapsedAt"] == 0


def test_note_lapse_is_cleared_by_drawing(program, chain, contributors, stream, contributor, stranger):
    program.burn("contributor")
    contributors.noteLapse(stream, sender=stranger)
    program.belong("contributor")
    chain.sleep(DAY)
    contributors.claimStream(stream, contributor, sender=contributor)
    assert contributors.awardOf(stream)["lapsedAt"] == 0


def test_note_lapse_where_something_is_left(
    program, chain, contributors, stream, bounty, account, contributor, stranger
):
    chain.sleep(TERM)
    contributors.claimStream(stream, contributor, sender=contributor)
    stopped = contributors.openStream(1, program.terms(), "", sender=account).returned
    contributors.stopStream(stopped, sender=account)
    program.burn("contributor")
    for award in (0, stream, stopped, bounty, 99):
        with reverts("Contributors__NothingToNote", award=award):
            contributors.noteLapse(award, sender=stranger)
