"""Clawback of all tranches that were not approved."""

from support.contributors import GROUP

from phemexia.evm import Event, reverts


def test_end_grant_drops_what_was_not_approved(contributors, grant, account, contributor):
    contributors.approveTranche(grant, 1, "", sender=account)
    receipt = contributors.endGrant(grant, sender=account)
    assert receipt.events == [Event("GrantEnded", contributors.address, {"grant": grant, "by": account})]
    assert contributors.grantOf(grant)["ended"]
    assert [contributors.trancheOf(grant, tranche)["state"] for tranche in range(5)] == [0, 2, 3, 3, 0]
    contributors.payTranche(grant, 1, contributor, sender=contributor)


def test_end_grant_once(contributors, grant, account, dao):
    contributors.endGrant(grant, sender=dao)
    for which in (grant, grant + 1, 0):
        with reverts("Contributors__GrantOver", grant=which):
            contributors.endGrant(which, sender=account)


def test_end_grant_by_group_or_dao(program, contributors, grant, contributor, stranger, account, unspoken):
    for caller in (stranger, contributor.address, program.other_account):
        with reverts("Contributors__NotGroup", group=GROUP, caller=caller):
            contributors.endGrant(grant, sender=caller)
    unspoken()
    with reverts("Contributors__NotGroup", caller=account):
        contributors.endGrant(grant, sender=account)
