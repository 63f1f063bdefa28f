"""Until when somebody has, or last had, a seat."""

from support.suite import DAY


def test_seated_until_the_end_of_the_term(groups, group, lead, person, chain):
    member, until = person("member of a day"), chain.timestamp + DAY
    assert groups.seatedUntil(group, member) == 0
    groups.addMember(group, member, until, sender=lead)
    assert groups.seatedUntil(group, member) == until
    chain.warp(until + 5)
    assert groups.seatedUntil(group, member) == until
    groups.removeMember(group, member, sender=lead)
    assert groups.seatedUntil(group, member) == until


def test_seated_until_it_left(groups, group, lead, person, chain):
    member = person("member of a day")
    groups.addMember(group, member, chain.timestamp + DAY, sender=lead)
    groups.removeMember(group, member, sender=member)
    assert groups.seatedUntil(group, member) == chain.timestamp
    assert not groups.isMember(group, member)
    chain.sleep(7)
    groups.addMember(group, member, chain.timestamp + DAY, sender=lead)
    assert groups.seatedUntil(group, member) == chain.timestamp + DAY


def test_seated_until_of_a_former_lead(groups, group, lead, dao, person, chain):
    groups.appointLead(group, person("next"), chain.timestamp + DAY, sender=dao)
    assert groups.seatedUntil(group, lead) == chain.timestamp


def test_seated_until_in_a_closed_group(groups, group, lead, dao):
    until = groups.seatedUntil(group, lead)
    groups.close(group, sender=dao)
    assert groups.seatedUntil(group, lead) == until != 0


def test_seated_until_elsewhere(groups, group, lead):
    assert groups.seatedUntil(group + 1, lead) == 0
