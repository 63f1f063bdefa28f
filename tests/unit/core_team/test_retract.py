"""A voice lasts as long as its member stands by it."""

from support.suite import DAY

from phemexia.evm import Event, reverts


def test_retract_by_the_member_itself(team, members, candidate):
    """N1: who has changed its mind is not counted with those who come later."""
    team.support(candidate, True, sender=members[0])
    receipt = team.retract(members[0], candidate, True, sender=members[0])
    args = {"member": members[0].address, "account": candidate.address, "joining": True, "voices": 0}
    assert receipt.events == [Event("Retracted", team.address, args)]
    team.support(candidate, True, sender=members[1])
    assert (team.voices(candidate, True), team.isMember(candidate)) == (1, False)
    team.support(candidate, True, sender=members[0])
    assert team.isMember(candidate)


def test_retract_by_anyone_once_the_member_is_out(suite, team, members, candidate, stranger):
    """G12: who is out by the rules has no say left, also while it can't be dropped from the list yet."""
    team.support(candidate, True, sender=members[0])
    with reverts("CoreTeam__MayNotRetract", caller=stranger, member=members[0]):
        team.retract(members[0], candidate, True, sender=stranger)
    suite.soul_pass.burn(suite.soul_pass.passOf(members[0]), sender=members[0])
    with reverts("CoreTeam__NotLapsed", account=members[0]):
        team.drop(members[0], sender=stranger)
    team.retract(members[0], candidate, True, sender=stranger)
    team.support(candidate, True, sender=members[1])
    assert not team.isMember(candidate)


def test_retract_of_a_member_whose_pass_was_revoked_for_30_days(suite, team, members, stranger):
    """N3: to the second."""
    team.support(members[2], False, sender=members[0])
    suite.soul_pass.revoke(suite.soul_pass.passOf(members[0]), 1, sender=suite.issuer)
    suite.chain.sleep(30 * DAY - 1)
    with reverts("CoreTeam__MayNotRetract", caller=stranger, member=members[0]):
        team.retract(members[0], members[2], False, sender=stranger)
    suite.chain.sleep(1)
    team.retract(members[0], members[2], False, sender=stranger)
    assert team.voices(members[2], False) == 0


def test_retract_takes_a_voice(team, members, candidate, dao):
    """Neither twice, nor what a change of the team made void."""
    with reverts("CoreTeam__NothingToRetract", member=members[0], account=candidate, joining=True):
        team.retract(members[0], candidate, True, sender=members[0])
    team.support(candidate, True, sender=members[0])
    with reverts("CoreTeam__NothingToRetract", joining=False):
        team.retract(members[0], candidate, False, sender=members[0])
    team.retract(members[0], candidate, True, sender=members[0])
    with reverts("CoreTeam__NothingToRetract", member=members[0]):
        team.retract(members[0], candidate, True, sender=members[0])
    team.support(candidate, True, sender=members[0])
    team.dismiss(members[2], sender=dao)
    with reverts("CoreTeam__NothingToRetract", member=members[0]):
        team.retract(members[0], candidate, True, sender=members[0])
