"""Members join and leave by a majority of the members."""

from support.suite import DAY

from phemexia.evm import Event, reverts


def test_support_of_a_majority_lets_join(team, members, candidate):
    first = team.support(candidate, True, sender=members[0])
    args = {"member": members[0].address, "account": candidate.address, "joining": True, "voices": 1}
    assert first.events == [Event("Supported", team.address, args)]
    assert (team.voices(candidate, True), team.isMember(candidate)) == (1, False)
    second = team.support(candidate, True, sender=members[1])
    assert second.named("Joined") == [Event("Joined", team.address, {"account": candidate.address})]
    assert (team.size(), team.isMember(candidate)) == (4, True)


def test_support_of_a_majority_makes_leave(team, members):
    team.support(members[2], False, sender=members[0])
    receipt = team.support(members[2], False, sender=members[1])
    assert receipt.named("Left") == [Event("Left", team.address, {"account": members[2].address})]
    assert (team.size(), team.isMember(members[2])) == (2, False)


def test_support_of_half_is_not_enough(team, members, candidate, dao):
    """Two of four are no majority."""
    team.appoint(candidate, sender=dao)
    team.support(members[2], False, sender=members[0])
    team.support(members[2], False, sender=members[1])
    assert team.isMember(members[2])
    team.support(members[2], False, sender=candidate)
    assert not team.isMember(members[2])


def test_support_is_said_once(team, members, candidate):
    team.support(candidate, True, sender=members[0])
    with reverts("CoreTeam__AlreadySupported", member=members[0], account=candidate, joining=True):
        team.support(candidate, True, sender=members[0])


def test_support_takes_a_member_with_a_pass(suite, team, members, candidate, stranger):
    for outsider in (stranger, candidate.address):
        with reverts("CoreTeam__NotMember", caller=outsider):
            team.support(candidate, True, sender=outsider)
    suite.soul_pass.burn(suite.soul_pass.passOf(members[0]), sender=members[0])
    with reverts("CoreTeam__NotMember", caller=members[0]):
        team.support(candidate, True, sender=members[0])


def test_support_takes_something_to_decide(team, members, candidate):
    with reverts("CoreTeam__NothingToDecide", account=members[1], joining=True):
        team.support(members[1], True, sender=members[0])
    with reverts("CoreTeam__NothingToDecide", account=candidate, joining=False):
        team.support(candidate, False, sender=members[0])


def test_support_of_those_who_left_is_void(team, members, candidate, dao):
    """G12: any change of the team voids what was said before; nobody who left decides with those who stayed."""
    team.support(candidate, True, sender=members[0])
    team.resign(sender=members[0])
    assert team.voices(candidate, True) == 0
    team.support(candidate, True, sender=members[1])
    assert not team.isMember(candidate)
    team.support(candidate, True, sender=members[2])
    assert team.isMember(candidate)


def test_support_can_bring_back_who_was_removed(team, members):
    for joining in (False, True):
        for member in members[:2]:
            team.support(members[2], joining, sender=member)
    assert team.isMember(members[2])


def test_is_member_ends_with_a_revocation_of_30_days(suite, team, members):
    """N3: a pass revoked for 30 days is out, to the second."""
    suite.soul_pass.revoke(suite.soul_pass.passOf(members[0]), 1, sender=suite.issuer)
    suite.chain.sleep(30 * DAY - 1)
    assert team.isMember(members[0])
    suite.chain.sleep(1)
    assert not team.isMember(members[0])


def test_support_of_a_team_of_two_takes_both(team, members, candidate, dao):
    """One of two is no majority; the DAO settles what two can't."""
    team.resign(sender=members[2])
    team.support(members[1], False, sender=members[0])
    assert team.isMember(members[1])
    team.dismiss(members[1], sender=dao)
    team.support(candidate, True, sender=members[0])
    assert team.isMember(candidate)


def test_support_while_passes_are_gone(suite, team, members, candidate, dao, stranger):
    """A listed member without a pass counts until it is dropped; a team that is gone starts again by the DAO."""
    for member in members[:2]:
        suite.soul_pass.burn(suite.soul_pass.passOf(member), sender=member)
    team.support(candidate, True, sender=members[2])
    assert not team.isMember(candidate)
    suite.chain.warp(team.listedSince(members[0]) + 30 * DAY)
    for member in members[:2]:
        team.drop(member, sender=stranger)
    team.support(candidate, True, sender=members[2])
    assert (team.size(), team.isMember(candidate)) == (2, True)
    team.resign(sender=members[2])
    team.resign(sender=candidate)
    assert team.size() == 0
    team.appoint(candidate, sender=dao)
    team.support(members[2], True, sender=candidate)
    assert team.isMember(members[2])
