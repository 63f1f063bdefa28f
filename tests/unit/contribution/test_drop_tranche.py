"""Clawback of one tranche that was not approved."""

from support.contributors import GROUP

from phemexia.evm import Event, reverts

DROPPED = 3


def test_drop_tranche_takes_it_off(program, contributors, treasury, grant, account, dao):
    receipt = contributors.dropTranche(grant, 2, sender=account)
    assert receipt.events == [
        Event("TrancheDropped", contributors.address, {"grant": grant, "tranche": 2, "by": account})
    ]
    assert [contributors.trancheOf(grant, tranche)["state"] for tranche in (1, 2, 3)] == [1, DROPPED, 1]
    contributors.dropTranche(grant, 1, sender=dao)
    assert contributors.trancheOf(grant, 1)["state"] == DROPPED


def test_drop_tranche_that_is_not_open(contributors, grant, account):
    contributors.approveTranche(grant, 1, "", sender=account)
    contributors.dropTranche(grant, 2, sender=account)
    for which in ((grant, 1), (grant, 2), (grant, 0), (grant, 4), (grant + 1, 1)):
        with reverts("Contributors__TrancheNotOpen", grant=which[0], tranche=which[1]):
            contributors.dropTranche(*which, sender=account)
    contributors.endGrant(grant, sender=account)
    with reverts("Contributors__TrancheNotOpen", tranche=3):
        contributors.dropTranche(grant, 3, sender=account)


def test_drop_tranche_by_group_or_dao(program, contributors, grant, contributor, stranger, account, unspoken):
    for caller in (stranger, contributor.address, program.other_account):
        with reverts("Contributors__NotGroup", group=GROUP, caller=caller):
            contributors.dropTranche(grant, 1, sender=caller)
    unspoken()
    with reverts("Contributors__NotGroup", caller=account):
        contributors.dropTranche(grant, 1, sender=account)
