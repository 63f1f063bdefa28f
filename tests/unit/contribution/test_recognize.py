"""Points without money, within what a group has to give."""

import pytest
from support.contributors import CONTRIBUTION, DAY, GROUP, OTHER_GROUP, TEXT

from phemexia.evm import Event, reverts

MOST = 250
SPAN = 30 * DAY


def test_recognize_writes_the_record(program, contributors, contributor, account):
    receipt = contributors.recognize(GROUP, 1, 4, TEXT, sender=account)
    assert receipt.events[0] == Event(
        "Recognized", contributors.address, {"group": GROUP, "pass": 1, "points": 4, "text": TEXT}
    )
    contributors.recognize(GROUP, 1, 1, TEXT, sender=account)
    assert program.points(1) == 5
    assert contributors.pointsLeft(GROUP) == MOST - 5
    assert contributors.pointsLeft(OTHER_GROUP) == MOST


def test_recognize_is_the_groups_alone(program, contributors, contributor, account, dao, stranger, unspoken):
    for caller in (dao, stranger, contributor.address, program.other_account):
        with reverts("Contributors__NotGroup", group=GROUP, caller=caller):
            contributors.recognize(GROUP, 1, 1, TEXT, sender=caller)
    with reverts("Contributors__NotGroup", group=99):
        contributors.recognize(99, 1, 1, TEXT, sender=account)
    unspoken()
    with reverts("Contributors__NotGroup", caller=account):
        contributors.recognize(GROUP, 1, 1, TEXT, sender=account)


def test_recognize_a_pass_that_counts_for_something(program, contributors, contributor, account):
    with reverts("Contributors__InvalidTerms"):
        contributors.recognize(GROUP, 1, 0, TEXT, sender=account)
    for number in (0, 2):
        with reverts("Contributors__DoesNotCount", **{"pass": number}):
            contributors.recognize(GROUP, number, 1, TEXT, sender=account)
    program.burn("contributor")
    with reverts("Contributors__DoesNotCount", **{"pass": 1}):
        contributors.recognize(GROUP, 1, 1, TEXT, sender=account)


def test_recognize_within_what_a_span_gives(program, chain, contributors, contributor, account):
    """A captured account makes no reputation at will."""
    chain.warp((chain.timestamp // SPAN + 1) * SPAN - 2)
    with reverts("Contributors__TooManyPoints", group=GROUP, points=MOST + 1, left=MOST):
        contributors.recognize(GROUP, 1, MOST + 1, TEXT, sender=account)
    contributors.recognize(GROUP, 1, MOST, TEXT, sender=account)
    chain.sleep(1)
    with reverts("Contributors__TooManyPoints", points=1, left=0):
        contributors.recognize(GROUP, 1, 1, TEXT, sender=account)
    chain.sleep(1)
    assert contributors.pointsLeft(GROUP) == MOST
    contributors.recognize(GROUP, 1, MOST, TEXT, sender=account)


@pytest.mark.parametrize("kind", ["stream", "renewal", "grant", "bounty"])
def test_recognize_counts_with_what_is_promised_with_money(program, contributors, contributor, account, kind):
    with reverts("Contributors__TooManyPoints", points=MOST + 1):
        contributors.openStream(1, program.terms(points=MOST + 1), "", sender=account)
    if kind == "grant":
        milestones = [program.milestone(points=MOST - 2), program.milestone(points=2)]
        contributors.openGrant(1, program.budget, milestones, sender=account)
    elif kind == "bounty":
        contributors.postBounty(program.offer(points=MOST), "", sender=account)
    else:
        points = MOST if kind == "stream" else MOST - 1
        stream = contributors.openStream(1, program.terms(points=points), "", sender=account).returned
        if kind == "renewal":
            contributors.renewStream(stream, program.terms(points=1), "", sender=account)
    assert contributors.pointsLeft(GROUP) == 0
    with reverts("Contributors__TooManyPoints", points=1, left=0):
        contributors.recognize(GROUP, 1, 1, TEXT, sender=account)


def test_recognize_waits_for_the_record(program, contributors, contributor, account):
    program.soul_pass.setWriter(CONTRIBUTION, program.publisher, sender=program.dao)
    contributors.recognize(GROUP, 1, 4, TEXT, sender=account)
    assert (contributors.pointsKept(1), program.points(1)) == (4, 0)
