"""A milestone is reached: its money comes out of the budget and is the contributor's."""

import pytest
from support.contributors import DAY, GROUP, LIMIT, TRANCHE

from phemexia.evm import Event, reverts

APPROVED = 2


def test_approve_tranche_takes_its_money_out_of_the_budget(
    program, chain, contributors, treasury, token, grant, account
):
    receipt = contributors.approveTranche(grant, 2, "it runs", sender=account)
    assert receipt.returned == 1
    assert receipt.named("Paid")[0].args["category"] == b"grant".ljust(32, b"\0")
    assert receipt.named("Paid")[0].args["memo"] == "it runs"
    assert receipt.events[-1] == Event(
        "TrancheApproved", contributors.address, {"grant": grant, "tranche": 2, "award": 1}
    )
    assert contributors.trancheOf(grant, 2)["state"] == APPROVED
    assert contributors.trancheOf(grant, 2)["award"] == 1
    now = chain.timestamp
    award = contributors.awardOf(1)
    assert (award["kind"], award["pass"], award["group"], award["points"]) == (TRANCHE, 1, GROUP, 2)
    assert (award["amount"], award["start"], award["end"]) == (1_000, now, now + 1_000)
    assert token.balanceOf(contributors) == 1_000
    assert treasury.headroom(program.budget) == LIMIT - 1_000


def test_approve_tranche_in_any_order_and_once(contributors, token, grant, account):
    for tranche in (3, 1, 2):
        contributors.approveTranche(grant, tranche, "", sender=account)
        with reverts("Contributors__TrancheNotOpen", grant=grant, tranche=tranche):
            contributors.approveTranche(grant, tranche, "", sender=account)
    assert token.balanceOf(contributors) == 1_107
    assert [contributors.trancheOf(grant, tranche)["award"] for tranche in (1, 2, 3)] == [2, 3, 1]


def test_approve_tranche_that_is_none(contributors, grant, account):
    for which in ((0, 1), (grant, 0), (grant, 4), (grant + 1, 1)):
        with reverts("Contributors__TrancheNotOpen", grant=which[0], tranche=which[1]):
            contributors.approveTranche(*which, "", sender=account)


def test_approve_tranche_is_the_groups_alone(program, contributors, contributor, grant, dao, stranger, unspoken):
    for caller in (dao, stranger, contributor.address, program.other_account):
        with reverts("Contributors__NotGroup", group=GROUP, caller=caller):
            contributors.approveTranche(grant, 1, "", sender=caller)
    unspoken()
    with reverts("Contributors__NotGroup", caller=program.account):
        contributors.approveTranche(grant, 1, "", sender=program.account)


def test_approve_tranche_waits_for_its_pass(program, chain, contributors, token, grant, account, contributor):
    """What was earned is not lost with the pass, and nobody's wallet makes an approval fail."""
    program.burn("contributor")
    contributors.approveTranche(grant, 1, "", sender=account)
    with reverts("Contributors__NotContributor"):
        contributors.payTranche(grant, 1, contributor, sender=contributor)
    program.belong("contributor")
    contributors.payTranche(grant, 1, contributor, sender=contributor)
    assert token.balanceOf(contributor) == 100


@pytest.mark.parametrize("short", ["limit", "over", "closed"])
def test_approve_tranche_only_if_the_budget_pays(program, chain, contributors, treasury, grant, account, short):
    """A grant is a plan: a budget that is short refuses, and the tranche stays open."""
    if short == "limit":
        contributors.openStream(1, program.terms(amount=LIMIT - 99), "", sender=account)
    elif short == "over":
        chain.sleep(700 * DAY)
    else:
        treasury.closeBudget(program.budget, sender=account)
    with reverts("Budgets__AboveLimit" if short == "limit" else "Budgets__NotOpen"):
        contributors.approveTranche(grant, 1, "", sender=account)
    assert contributors.trancheOf(grant, 1)["state"] == 1
    if short == "limit":
        contributors.approveTranche(grant, 3, "", sender=account)


def test_approve_tranche_after_others_were_dropped(contributors, grant, account):
    contributors.dropTranche(grant, 1, sender=account)
    with reverts("Contributors__TrancheNotOpen", tranche=1):
        contributors.approveTranche(grant, 1, "", sender=account)
    contributors.approveTranche(grant, 2, "", sender=account)
    contributors.endGrant(grant, sender=account)
    with reverts("Contributors__TrancheNotOpen", tranche=3):
        contributors.approveTranche(grant, 3, "", sender=account)
