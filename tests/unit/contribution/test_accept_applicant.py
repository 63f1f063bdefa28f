"""The group accepts one who applied."""

import pytest
from support.contributors import DAY, GROUP

from phemexia.evm import Event, reverts


@pytest.fixture
def applied(contributors, bounty, contributor, neighbour):
    for wallet in (contributor, neighbour):
        contributors.applyFor(bounty, b"", sender=wallet)
    return bounty


def test_accept_applicant_names_who_does_it(contributors, applied, account):
    receipt = contributors.acceptApplicant(applied, 2, sender=account)
    assert receipt.events == [Event("BountyAccepted", contributors.address, {"bounty": applied, "pass": 2})]
    assert contributors.bountyOf(applied)["state"] == 2
    assert contributors.bountyOf(applied)["accepted"] == 2
    with reverts("Contributors__BountyIs", bounty=applied, state=2):
        contributors.acceptApplicant(applied, 1, sender=account)


def test_accept_applicant_who_applied_and_counts(program, contributors, applied, account):
    for number in (0, 3, 2**64 + 1):
        with reverts("Contributors__NotApplied", **{"pass": number}):
            contributors.acceptApplicant(applied, number, sender=account)
    program.burn("neighbour")
    with reverts("Contributors__DoesNotCount", **{"pass": 2}):
        contributors.acceptApplicant(applied, 2, sender=account)


def test_accept_applicant_is_the_groups_alone(
    program, contributors, applied, dao, stranger, contributor, unspoken
):
    for caller in (dao, stranger, contributor.address, program.other_account):
        with reverts("Contributors__NotGroup", group=GROUP, caller=caller):
            contributors.acceptApplicant(applied, 1, sender=caller)
    unspoken()
    with reverts("Contributors__NotGroup", caller=program.account):
        contributors.acceptApplicant(applied, 1, sender=program.account)


@pytest.mark.parametrize(
    ("age", "open_"), [(30 * DAY - 1, True), (30 * DAY, False)], ids=["last second", "deadline"]
)
def test_accept_applicant_before_the_deadline(chain, contributors, applied, account, age, open_):
    chain.sleep(age)
    if open_:
        contributors.acceptApplicant(applied, 1, sender=account)
    else:
        with reverts("Contributors__AfterDeadline", bounty=applied):
            contributors.acceptApplicant(applied, 1, sender=account)
