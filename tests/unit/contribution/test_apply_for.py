"""Who holds a pass that counts applies, before the deadline."""

import pytest
from support.contributors import DAY

from phemexia.evm import Event, reverts

TEXT = b"I can do it".ljust(32, b"\0")


def test_apply_for_is_noted(contributors, bounty, contributor, neighbour):
    receipt = contributors.applyFor(bounty, TEXT, sender=contributor)
    assert receipt.events == [Event("Applied", contributors.address, {"bounty": bounty, "pass": 1, "text": TEXT})]
    assert contributors.hasApplied(bounty, 1)
    assert not contributors.hasApplied(bounty, 2)
    contributors.applyFor(bounty, TEXT, sender=neighbour)
    with reverts("Contributors__Applied", bounty=bounty, **{"pass": 1}):
        contributors.applyFor(bounty, TEXT, sender=contributor)


def test_apply_for_needs_a_pass_that_counts(program, chain, contributors, bounty, contributor, stranger):
    with reverts("Contributors__NotContributor", caller=stranger, **{"pass": 0}):
        contributors.applyFor(bounty, TEXT, sender=stranger)
    far = contributors.postBounty(
        program.offer(deadline=chain.timestamp + 60 * DAY), "", sender=program.account
    ).returned
    program.revoke("contributor")
    chain.sleep(30 * DAY)
    with reverts("Contributors__NotContributor", **{"pass": 1}):
        contributors.applyFor(far, TEXT, sender=contributor)
    program.soul_pass.reinstate(1, sender=program.dao)
    contributors.applyFor(far, TEXT, sender=contributor)


@pytest.mark.parametrize(
    ("age", "open_"), [(30 * DAY - 1, True), (30 * DAY, False)], ids=["last second", "deadline"]
)
def test_apply_for_before_the_deadline(chain, contributors, bounty, contributor, age, open_):
    chain.sleep(age)
    if open_:
        contributors.applyFor(bounty, TEXT, sender=contributor)
    else:
        with reverts("Contributors__AfterDeadline", bounty=bounty, deadline=chain.timestamp):
            contributors.applyFor(bounty, TEXT, sender=contributor)


def test_apply_for_an_open_bounty_alone(contributors, accepted, account, neighbour, stream):
    with reverts("Contributors__BountyIs", bounty=accepted, state=2):
        contributors.applyFor(accepted, TEXT, sender=neighbour)
    contributors.approveBounty(accepted, sender=account)
    with reverts("Contributors__BountyIs", state=3):
        contributors.applyFor(accepted, TEXT, sender=neighbour)
    for other in (0, stream, 99):
        with reverts("Contributors__BountyIs", bounty=other, state=0):
            contributors.applyFor(other, TEXT, sender=neighbour)
