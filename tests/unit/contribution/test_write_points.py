"""Points that waited, because another wrote the record, are written by anyone."""

import pytest
from support.contributors import CONTRIBUTION, GROUP, TEXT

from phemexia.evm import Event, reverts


@pytest.fixture
def kept(program, contributors, contributor, account):
    program.soul_pass.setWriter(CONTRIBUTION, program.publisher, sender=program.dao)
    for points in (3, 4):
        contributors.recognize(GROUP, 1, points, TEXT, sender=account)
    return 7


def test_write_points_on_top_of_what_another_wrote(program, contributors, kept, stranger):
    program.soul_pass.write(CONTRIBUTION, 1, 20, sender=program.publisher)
    program.soul_pass.setWriter(CONTRIBUTION, contributors, sender=program.dao)
    receipt = contributors.writePoints(1, sender=stranger)
    assert receipt.events[0] == Event("PointsWritten", contributors.address, {"pass": 1, "points": kept})
    assert (program.points(1), contributors.pointsKept(1)) == (20 + kept, 0)
    with reverts("Contributors__NoPoints", **{"pass": 1}):
        contributors.writePoints(1, sender=stranger)


def test_write_points_not_before_it_is_the_writer(program, contributors, kept, stranger):
    with reverts("SoulPass__NotWriter"):
        contributors.writePoints(1, sender=stranger)
    assert contributors.pointsKept(1) == kept


def test_write_points_above_the_highest_number(program, contributors, kept, stranger, account):
    """A writer that left the highest number there is keeps nobody from being paid."""
    program.soul_pass.write(CONTRIBUTION, 1, 2**192 - 1, sender=program.publisher)
    program.soul_pass.setWriter(CONTRIBUTION, contributors, sender=program.dao)
    with reverts("SoulPass__MayNotFall"):
        contributors.writePoints(1, sender=stranger)
    contributors.recognize(GROUP, 1, 1, TEXT, sender=account)
    assert contributors.pointsKept(1) == kept + 1
