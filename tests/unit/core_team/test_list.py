"""The list: founded by the constructor, overruled by the DAO, left at will, tidied by anyone."""

import pytest
from support.suite import DAY

from phemexia.evm import reverts

NOBODY = "0x" + "00" * 20


def test_constructor_lists_members_who_act_once_they_have_a_pass(suite):
    """The first members are named before there is any pass."""
    team, executive = suite.core_team, suite.executives[0]
    assert team.size() == 3
    assert team.listedSince(executive) > 0
    assert not team.isMember(executive)
    suite.belong(executive)
    assert team.isMember(executive)
    assert (team.dao(), team.soulPass()) == (suite.timelock.address, suite.soul_pass.address)


@pytest.mark.parametrize("missing", ["pass", "dao", "member"])
def test_constructor_refuses_nobody(suite, dao, missing):
    arguments = [suite.soul_pass.address, dao, [dao]]
    arguments[["pass", "dao", "member"].index(missing)] = [NOBODY] if missing == "member" else NOBODY
    with reverts("CoreTeam__ZeroAddress"):
        suite.chain.deploy("CoreTeam", *arguments)


def test_constructor_refuses_a_member_twice(suite, dao):
    with reverts("CoreTeam__NothingToDecide", account=dao, joining=True):
        suite.chain.deploy("CoreTeam", suite.soul_pass, dao, [dao, dao])


def test_dao_overrules(team, members, candidate, dao):
    team.appoint(candidate, sender=dao)
    assert team.isMember(candidate)
    team.dismiss(members[0], sender=dao)
    assert not team.isMember(members[0])


def test_dao_alone_overrules(team, members, candidate, stranger):
    for outsider in (stranger, members[0].address):
        with reverts("CoreTeam__NotDao", caller=outsider):
            team.appoint(candidate, sender=outsider)
        with reverts("CoreTeam__NotDao", caller=outsider):
            team.dismiss(members[1], sender=outsider)


def test_resign(team, members, stranger):
    team.resign(sender=members[0])
    assert (team.size(), team.listedSince(members[0])) == (2, 0)
    with reverts("CoreTeam__NothingToDecide", account=stranger, joining=False):
        team.resign(sender=stranger)


def test_drop_takes_off_whose_pass_is_gone(suite, team, members, stranger):
    """So that who is out no longer counts for the majority."""
    suite.soul_pass.burn(suite.soul_pass.passOf(members[0]), sender=members[0])
    since = team.listedSince(members[0])
    suite.chain.warp(since + 30 * DAY - 1)
    with reverts("CoreTeam__NotLapsed", account=members[0]):
        team.drop(members[0], sender=stranger)
    suite.chain.sleep(1)
    team.drop(members[0], sender=stranger)
    assert team.size() == 2


def test_drop_leaves_who_has_a_pass(suite, team, members, stranger):
    suite.chain.sleep(60 * DAY)
    with reverts("CoreTeam__NotLapsed", account=members[0]):
        team.drop(members[0], sender=stranger)
    with reverts("CoreTeam__NothingToDecide", account=stranger):
        team.drop(stranger, sender=stranger)
