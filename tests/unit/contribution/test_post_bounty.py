"""A bounty is posted with its money."""

import pytest
from support.contributors import BOUNTY, DAY, GROUP, LIMIT, TEXT

from phemexia.evm import Event, reverts

OPEN = 1


def test_post_bounty_takes_its_money_out_of_the_budget(program, chain, contributors, treasury, token, account):
    receipt = contributors.postBounty(program.offer(), "a bug", sender=account)
    bounty, deadline = receipt.returned, chain.timestamp + 30 * DAY
    assert receipt.named("Paid")[0].args["category"] == b"bounty".ljust(32, b"\0")
    assert receipt.named("Paid")[0].args["memo"] == "a bug"
    assert receipt.events[-1] == Event(
        "BountyPosted",
        contributors.address,
        {"bounty": bounty, "group": GROUP, "deadline": deadline, "text": TEXT},
    )
    assert contributors.bountyOf(bounty) == {"state": OPEN, "accepted": 0, "deadline": deadline}
    award = contributors.awardOf(bounty)
    assert (award["kind"], award["pass"], award["amount"], award["returned"]) == (BOUNTY, 0, 10**6, 0)
    assert contributors.claimable(bounty) == 0
    assert token.balanceOf(contributors) == 10**6
    assert treasury.headroom(program.budget) == LIMIT - 10**6


@pytest.mark.parametrize(
    ("ahead", "sound"), [(0, False), (1, True), (366 * DAY, True), (366 * DAY + 1, False)],
    ids=["now", "a second", "the most", "a second too far"],
)  # fmt: skip
def test_post_bounty_with_a_deadline_in_sight(program, chain, contributors, account, ahead, sound):
    offer = program.offer(deadline=chain.timestamp + ahead)
    if sound:
        contributors.postBounty(offer, "", sender=account)
    else:
        with reverts("Contributors__InvalidTerms"):
            contributors.postBounty(offer, "", sender=account)


@pytest.mark.parametrize("changes", [{"amount": 0}, {"points": 0}])
def test_post_bounty_wants_sound_terms(program, contributors, account, changes):
    with reverts("Contributors__InvalidTerms"):
        contributors.postBounty(program.offer(**changes), "", sender=account)


def test_post_bounty_is_the_groups_alone(program, contributors, account, dao, stranger, unspoken):
    for caller in (dao, stranger, program.other_account):
        with reverts("Contributors__NotGroup", group=GROUP, caller=caller):
            contributors.postBounty(program.offer(), "", sender=caller)
    unspoken()
    with reverts("Contributors__NotGroup", caller=account):
        contributors.postBounty(program.offer(), "", sender=account)
    unspoken(speaks=True)
    with reverts("Contributors__NotOurs"):
        contributors.postBounty(program.offer(budget=program.parent), "", sender=account)
    with reverts("Budgets__AboveLimit"):
        contributors.postBounty(program.offer(amount=LIMIT + 1), "", sender=account)
