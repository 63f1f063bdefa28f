"""Who is given a seat, by whom, for how long, and whose seat it is."""

import pytest

from phemexia.evm import ZERO, Event, reverts

from .conftest import DAY, LONGEST


@pytest.mark.parametrize("by", ["lead", "dao"])
def test_add_member_by_lead_or_dao(groups, dao, group, lead, candidate, until, by):
    receipt = groups.addMember(group, candidate, until, sender={"lead": lead, "dao": dao}[by])
    seated = {"group": group, "account": candidate.address, "until": until}
    assert receipt.events == [Event("Seated", groups.address, seated)]
    assert groups.isMember(group, candidate.address)
    assert groups.membersOf(group)[-1] == candidate.address


@pytest.mark.parametrize("by", ["member", "stranger"])
def test_add_member_by_nobody_else(groups, group, member, stranger, candidate, until, by):
    caller = {"member": member, "stranger": stranger}[by]
    with reverts("WorkingGroups__NotAllowed", group=group, caller=caller.address):
        groups.addMember(group, candidate, until, sender=caller)


def test_add_member_by_a_lead_of_another_group_only_there(groups, dao, group, lead, candidate, until):
    groups.open("Operation", b"\1" * 32, "", 3, candidate, until, sender=dao)
    with reverts("WorkingGroups__NotAllowed", group=group, caller=candidate.address):
        groups.addMember(group, candidate, until, sender=candidate)


def test_add_member_by_a_lead_until_the_term_is_over(chain, groups, group, lead, candidate, until):
    chain.warp(until - 1)
    groups.addMember(group, candidate, until, sender=lead)
    chain.warp(until)
    with reverts("WorkingGroups__NotAllowed", group=group, caller=lead.address):
        groups.addMember(group, candidate, until + DAY, sender=lead)


def test_add_member_by_a_lead_with_a_pass_only(groups, group, lead, candidate, until, burn):
    burn(lead)
    with reverts("WorkingGroups__NotAllowed", group=group, caller=lead.address):
        groups.addMember(group, candidate, until, sender=lead)


def test_add_member_prolongs_a_term(chain, groups, group, lead, member, until):
    groups.addMember(group, member, until + DAY, sender=lead)
    assert len(groups.seatsOf(group)) == 3
    chain.warp(until + DAY - 1)
    assert groups.isMember(group, member.address)
    chain.warp(until + DAY)
    assert not groups.isMember(group, member.address)


def test_add_member_can_shorten_a_term(chain, groups, group, lead, member):
    groups.addMember(group, member, chain.timestamp + 1, sender=lead)
    chain.sleep(1)
    assert member.address not in groups.membersOf(group)


@pytest.mark.parametrize("by", ["lead", "dao"])
def test_add_member_never_prolongs_the_leads_term(groups, dao, group, lead, until, by):
    with reverts("WorkingGroups__IsLead", group=group, account=lead.address):
        groups.addMember(group, lead, until + DAY, sender={"lead": lead, "dao": dao}[by])


@pytest.mark.parametrize("term", [1, LONGEST])
def test_add_member_takes_terms_of_up_to_400_days(chain, groups, group, lead, candidate, term):
    groups.addMember(group, candidate, chain.timestamp + term, sender=lead)
    chain.sleep(term - 1)
    assert groups.isMember(group, candidate.address)


@pytest.mark.parametrize("term", [-1, 0, LONGEST + 1])
def test_add_member_refuses_other_terms(chain, groups, group, lead, candidate, term):
    with reverts("WorkingGroups__InvalidTerm", until=chain.timestamp + term):
        groups.addMember(group, candidate, chain.timestamp + term, sender=lead)


def test_add_member_fills_all_seats(groups, group, lead, person, until):
    added = [person(f"member {i}") for i in range(3)]
    for account in added[:2]:
        groups.addMember(group, account, until, sender=lead)
    with reverts("WorkingGroups__NoSeat", group=group):
        groups.addMember(group, added[2], until, sender=lead)
    assert len(groups.membersOf(group)) == 5


def test_add_member_fills_twelve_seats(groups, dao, group, lead, person, until):
    groups.setSeats(group, 12, sender=dao)
    for i in range(9):
        groups.addMember(group, person(f"member {i}"), until, sender=lead)
    assert len(groups.membersOf(group)) == 12
    with reverts("WorkingGroups__NoSeat", group=group):
        groups.addMember(group, person("one more"), until, sender=lead)


def test_add_member_uses_the_seat_of_who_does_not_count(groups, group, lead, other, person, until, burn):
    for i in range(2):
        groups.addMember(group, person(f"member {i}"), until, sender=lead)
    burn(other)
    next_ = person("next")
    receipt = groups.addMember(group, next_, until, sender=lead)
    assert receipt.events == [
        Event("Unseated", groups.address, {"group": group, "account": other.address}),
        Event("Seated", groups.address, {"group": group, "account": next_.address, "until": until}),
    ]
    assert len(groups.membersOf(group)) == 5
    with reverts("WorkingGroups__NoSeat", group=group):
        groups.addMember(group, person("one more"), until, sender=lead)


def test_add_member_never_uses_the_leads_seat(groups, dao, group, lead, person, until, burn):
    for i in range(2):
        groups.addMember(group, person(f"member {i}"), until, sender=lead)
    burn(lead)
    with reverts("WorkingGroups__NoSeat", group=group):
        groups.addMember(group, person("one more"), until, sender=dao)


def test_add_member_into_a_single_seat_has_no_place(groups, dao, candidate, until):
    groups.open("Growth", b"\1" * 32, "", 1, ZERO, 0, sender=dao)
    with reverts("WorkingGroups__NoSeat", group=1):
        groups.addMember(1, candidate, until, sender=dao)


def test_add_member_without_a_pass_counts_once_there_is_one(suite, groups, group, lead, stranger, until):
    groups.addMember(group, stranger, until, sender=lead)
    assert not groups.isMember(group, stranger.address)
    suite.belong(stranger)
    assert groups.isMember(group, stranger.address)


def test_add_member_refuses_the_safe_itself(groups, group, lead, until):
    account = groups.accountOf(group)
    with reverts("WorkingGroups__InvalidMember", account=account):
        groups.addMember(group, account, until, sender=lead)


@pytest.mark.parametrize("by", ["lead", "dao"])
def test_add_member_refuses_the_safe_of_another_group(groups, dao, group, lead, candidate, until, by):
    """S5: its owners sign for it even when they are its group's members no longer."""
    other = groups.open("Operation", b"\1" * 32, "", 3, candidate, until, sender=dao).returned
    account = groups.accountOf(other)
    with reverts("WorkingGroups__InvalidMember", account=account):
        groups.addMember(group, account, until, sender={"lead": lead, "dao": dao}[by])
    with reverts("WorkingGroups__InvalidMember", account=account):
        groups.appointLead(group, account, until, sender=dao)


def test_add_member_needs_an_open_group(groups, dao, group, candidate, until):
    groups.close(group, sender=dao)
    with reverts("WorkingGroups__Closed", group=group, closed=True):
        groups.addMember(group, candidate, until, sender=dao)
    with reverts("WorkingGroups__Unknown", group=7):
        groups.addMember(7, candidate, until, sender=dao)
