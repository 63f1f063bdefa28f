"""Who takes a seat away, and from whom."""

import pytest

from phemexia.evm import ZERO, Event, reverts


@pytest.mark.parametrize("by", ["lead", "dao", "member"])
def test_remove_member_by_lead_dao_or_itself(groups, dao, group, lead, member, other, by):
    caller = {"lead": lead, "dao": dao, "member": member}[by]
    receipt = groups.removeMember(group, member, sender=caller)
    assert receipt.events == [Event("Unseated", groups.address, {"group": group, "account": member.address})]
    assert set(groups.membersOf(group)) == {lead.address, other.address}
    assert not groups.isMember(group, member.address)


def test_remove_member_by_nobody_else(groups, group, member, other, stranger):
    for caller in (other, stranger):
        with reverts("WorkingGroups__NotAllowed", group=group, caller=caller.address):
            groups.removeMember(group, member, sender=caller)


def test_remove_member_by_a_lead_until_the_term_is_over(chain, groups, group, lead, member, until):
    chain.warp(until)
    with reverts("WorkingGroups__NotAllowed", group=group, caller=lead.address):
        groups.removeMember(group, member, sender=lead)


@pytest.mark.parametrize("by", ["lead", "dao"])
def test_remove_member_takes_the_lead_out(groups, dao, group, lead, member, other, by):
    groups.removeMember(group, lead, sender={"lead": lead, "dao": dao}[by])
    assert groups.leadOf(group) == groups.groupOf(group)["lead"] == ZERO
    assert set(groups.membersOf(group)) == {member.address, other.address}


@pytest.mark.parametrize("position", range(3))
def test_remove_member_keeps_the_others(groups, dao, group, lead, member, other, until, position):
    """The last in the list moves: everyone else must still be found, once."""
    seated = [lead, member, other]
    gone = seated.pop(position)
    groups.removeMember(group, gone, sender=dao)
    assert set(groups.membersOf(group)) == {account.address for account in seated}
    for account in seated:
        assert groups.isMember(group, account.address)
        groups.removeMember(group, account, sender=account)
    assert groups.seatsOf(group) == []


def test_remove_member_by_the_dao_after_the_lead(groups, dao, group, lead, member):
    """A lead can't make a decision of several actions fail by doing one of them a moment before."""
    groups.removeMember(group, member, sender=lead)
    assert groups.removeMember(group, member, sender=dao).events == []
    assert len(groups.seatsOf(group)) == 2


def test_remove_member_who_has_no_seat(groups, group, lead, stranger):
    with reverts("WorkingGroups__NotSeated", group=group, account=stranger.address):
        groups.removeMember(group, stranger, sender=lead)
    with reverts("WorkingGroups__NotSeated", group=group, account=stranger.address):
        groups.removeMember(group, stranger, sender=stranger)


def test_remove_member_from_a_closed_group(groups, dao, group, member):
    groups.close(group, sender=dao)
    groups.removeMember(group, member, sender=dao)
    assert len(groups.seatsOf(group)) == 2


def test_remove_member_of_an_unknown_group(groups, dao, member):
    with reverts("WorkingGroups__Unknown", group=3):
        groups.removeMember(3, member, sender=dao)


def test_remove_member_can_be_seated_again(groups, group, lead, member, until):
    groups.removeMember(group, member, sender=lead)
    groups.addMember(group, member, until, sender=lead)
    assert groups.isMember(group, member.address)
    assert len(groups.seatsOf(group)) == 3
