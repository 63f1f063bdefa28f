"""A grant is a plan: it names what is paid for what, and takes nothing from its budget."""

import pytest
from support.contributors import DAY, GROUP, LIMIT, TEXT

from phemexia.evm import Event, reverts

OPEN = 1


def test_open_grant_promises_and_takes_nothing(program, contributors, treasury, token, account, contributor):
    milestones = [program.milestone(amount=100, vesting=50, points=2), program.milestone(amount=2**112 - 1)]
    receipt = contributors.openGrant(1, program.budget, milestones, sender=account)
    assert receipt.returned == contributors.grants() == 1
    named = [{"amount": 100, "vesting": 50, "points": 2, "text": TEXT}]
    named += [{"amount": 2**112 - 1, "vesting": 0, "points": 1, "text": TEXT}]
    assert receipt.events == [
        Event(
            "GrantOpened",
            contributors.address,
            {"grant": 1, "pass": 1, "budget": program.budget, "milestones": named},
        )
    ]
    assert contributors.grantOf(1) == {
        "pass": 1, "budget": program.budget, "group": GROUP, "tranches": 2, "ended": False,
    }  # fmt: skip
    assert contributors.trancheOf(1, 1) == {"milestone": named[0], "state": OPEN, "award": 0}
    assert contributors.trancheOf(1, 2) == {"milestone": named[1], "state": OPEN, "award": 0}
    assert (token.balanceOf(contributors), contributors.awards()) == (0, 0)
    assert treasury.headroom(program.budget) == LIMIT


@pytest.mark.parametrize(("count", "sound"), [(0, False), (1, True), (16, True), (17, False)])
def test_open_grant_of_one_to_sixteen_milestones(program, contributors, account, contributor, count, sound):
    milestones = [program.milestone() for _ in range(count)]
    if sound:
        contributors.openGrant(1, program.budget, milestones, sender=account)
        assert contributors.trancheOf(1, count)["state"] == OPEN
        assert [contributors.trancheOf(1, other)["state"] for other in (0, count + 1)] == [0, 0]
    else:
        with reverts("Contributors__InvalidTerms"):
            contributors.openGrant(1, program.budget, milestones, sender=account)


@pytest.mark.parametrize(
    "changes",
    [{"amount": 0}, {"points": 0}, {"vesting": 1461 * DAY + 1}],
    ids=["nothing", "no points", "too long"],
)
def test_open_grant_wants_sound_milestones(program, contributors, account, contributor, changes):
    milestones = [program.milestone(), program.milestone(**changes)]
    with reverts("Contributors__InvalidTerms"):
        contributors.openGrant(1, program.budget, milestones, sender=account)
    contributors.openGrant(1, program.budget, [program.milestone(vesting=1461 * DAY)], sender=account)


def test_open_grant_is_the_groups_alone(program, contributors, contributor, account, dao, stranger, unspoken):
    milestones = [program.milestone()]
    for caller in (dao, stranger, contributor.address, program.other_account):
        with reverts("Contributors__NotGroup", group=GROUP, caller=caller):
            contributors.openGrant(1, program.budget, milestones, sender=caller)
    unspoken()
    with reverts("Contributors__NotGroup", caller=account):
        contributors.openGrant(1, program.budget, milestones, sender=account)
    with reverts("Contributors__NotOurs", budget=program.parent):
        contributors.openGrant(1, program.parent, milestones, sender=account)


def test_open_grant_for_a_pass_that_counts(program, contributors, account, contributor):
    for number in (0, 2, 2**64 + 1):
        with reverts("Contributors__DoesNotCount", **{"pass": number}):
            contributors.openGrant(number, program.budget, [program.milestone()], sender=account)
