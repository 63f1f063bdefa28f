"""The groups that are there from the beginning."""

import pytest

from phemexia.evm import ZERO, reverts

from .conftest import LONGEST, Founding


@pytest.mark.parametrize("which", range(6))
def test_constructor_wants_addresses(suite, which):
    arguments = [suite.chain.account(f"part {i}") for i in range(6)]
    arguments[which] = ZERO
    with reverts("WorkingGroups__ZeroAddress"):
        suite.chain.deploy("WorkingGroups", *arguments, [], [])


def test_constructor_knows_its_parts(suite, groups, dao):
    assert groups.soulPass() == suite.soul_pass.address
    assert groups.dao() == dao
    assert groups.guard() == suite.at("GroupGuard")
    assert groups.groups() == 0
    for view in (groups.singleton, groups.factory, groups.fallbackHandler):
        assert suite.chain.code(view())


def test_constructor_founds_groups_without_members(suite, dao):
    groups = suite.form(*(Founding(name=name)() for name in ("a", "b", "c", "d")), dao=dao)
    assert groups.groups() == 4
    assert not any(groups.inLine(number) for number in range(1, 5))


def test_constructor_seats_whoever_has_no_pass_yet(suite, dao, stranger):
    """At the deployment nobody has a pass; the groups fill as passes are minted."""
    groups = suite.form(Founding(lead=stranger.address)(), dao=dao)
    assert groups.membersOf(1) == []
    suite.belong(stranger)
    assert groups.membersOf(1) == [stranger.address]
    groups.align(1, sender=stranger)
    assert groups.inLine(1)


@pytest.mark.parametrize("term", [1, LONGEST])
def test_constructor_takes_terms_of_up_to_400_days(suite, dao, lead, term):
    groups = suite.form(Founding(lead=lead.address, term=term)(), dao=dao)
    assert groups.leadOf(1) == lead.address


@pytest.mark.parametrize("term", [0, LONGEST + 1])
def test_constructor_refuses_other_terms(suite, dao, lead, term):
    with reverts("DeploymentFailed"):
        suite.form(Founding(lead=lead.address, term=term)(), dao=dao)
