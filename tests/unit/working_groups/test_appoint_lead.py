"""Leads come and go by the DAO."""

import pytest

from phemexia.evm import ZERO, Event, reverts

from .conftest import DAY, LONGEST, TEXT, URI


def test_appoint_lead_replaces_the_former_one(groups, dao, group, lead, member, other, candidate, until):
    receipt = groups.appointLead(group, candidate, until - 1, sender=dao)
    assert receipt.events == [
        Event("Unseated", groups.address, {"group": group, "account": lead.address}),
        Event("LeadAppointed", groups.address, {"group": group, "lead": candidate.address}),
        Event("Seated", groups.address, {"group": group, "account": candidate.address, "until": until - 1}),
    ]
    assert groups.leadOf(group) == candidate.address
    assert set(groups.membersOf(group)) == {candidate.address, member.address, other.address}
    assert not groups.isMember(group, lead.address)


def test_appoint_lead_promotes_a_member(groups, dao, group, lead, member, other, until):
    groups.appointLead(group, member, until, sender=dao)
    assert groups.leadOf(group) == member.address
    assert set(groups.membersOf(group)) == {member.address, other.address}


def test_appoint_lead_prolongs_the_term(chain, groups, dao, group, lead):
    groups.appointLead(group, lead, chain.timestamp + LONGEST, sender=dao)
    assert groups.leadOf(group) == lead.address
    assert groups.seatsOf(group)[0] == {
        "account": lead.address, "until": chain.timestamp + LONGEST, "counts": True,
    }  # fmt: skip
    assert len(groups.seatsOf(group)) == 3


@pytest.mark.parametrize("term", [1, LONGEST])
def test_appoint_lead_takes_terms_of_up_to_400_days(chain, groups, dao, group, candidate, term):
    groups.appointLead(group, candidate, chain.timestamp + term, sender=dao)
    assert groups.leadOf(group) == candidate.address
    chain.sleep(term - 1)
    assert groups.isMember(group, candidate.address)
    chain.sleep(1)
    assert groups.leadOf(group) == ZERO


@pytest.mark.parametrize("term", [-1, 0, LONGEST + 1])
def test_appoint_lead_refuses_other_terms(chain, groups, dao, group, candidate, term):
    with reverts("WorkingGroups__InvalidTerm", until=chain.timestamp + term):
        groups.appointLead(group, candidate, chain.timestamp + term, sender=dao)


def test_appoint_lead_always_finds_a_seat(groups, dao, group, lead, person, until):
    """Who leads can't give all seats away and leave, so that nobody could be appointed."""
    for i in range(2):
        groups.addMember(group, person(f"member {i}"), until, sender=lead)
    groups.removeMember(group, lead, sender=lead)
    with reverts("WorkingGroups__NoSeat", group=group):
        groups.addMember(group, person("one more"), until, sender=dao)
    next_ = person("next lead")
    groups.appointLead(group, next_, until, sender=dao)
    assert groups.leadOf(group) == next_.address
    assert len(groups.membersOf(group)) == 5


def test_appoint_lead_without_a_pass_counts_once_there_is_one(suite, groups, dao, group, stranger, until):
    groups.appointLead(group, stranger, until, sender=dao)
    assert groups.leadOf(group) == ZERO
    assert groups.groupOf(group)["lead"] == stranger.address
    suite.belong(stranger)
    assert groups.leadOf(group) == stranger.address


@pytest.mark.parametrize("whom", ["nobody", "sentinel", "safe", "groups"])
def test_appoint_lead_refuses_what_cannot_own_the_safe(groups, dao, group, until, whom):
    """S5: an owner that Safe refuses would keep the Safe from ever being aligned."""
    account = {
        "nobody": ZERO,
        "sentinel": "0x" + "00" * 19 + "01",
        "safe": groups.accountOf(group),
        "groups": groups.address,
    }[whom]
    with reverts("WorkingGroups__InvalidMember", account=account):
        groups.appointLead(group, account, until, sender=dao)


def test_appoint_lead_is_the_daos(groups, group, lead, candidate, until):
    """A lead prolongs nobody's term as a lead, least of all its own."""
    with reverts("WorkingGroups__NotDao", caller=lead.address):
        groups.appointLead(group, lead, until + DAY, sender=lead)


def test_appoint_lead_needs_an_open_group(groups, dao, group, candidate, until):
    groups.close(group, sender=dao)
    with reverts("WorkingGroups__Closed", group=group, closed=True):
        groups.appointLead(group, candidate, until, sender=dao)
    with reverts("WorkingGroups__Unknown", group=group + 1):
        groups.appointLead(group + 1, candidate, until, sender=dao)


def test_appoint_lead_leaves_the_other_groups_alone(groups, dao, group, lead, candidate, until):
    second = groups.open("Operation", TEXT, URI, 3, lead, until, sender=dao).returned
    groups.appointLead(group, candidate, until, sender=dao)
    assert groups.leadOf(second) == lead.address
