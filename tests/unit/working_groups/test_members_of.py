"""Who counts: by term, by pass, and by both again, without anyone calling anything."""

import pytest
from support.suite import DAY

from phemexia.evm import ZERO

MONTH = 30 * DAY


def counting(groups, group):
    """The members by every view that names them, which must agree."""
    members = groups.membersOf(group)
    seats = groups.seatsOf(group)
    assert [seat["account"] for seat in seats if seat["counts"]] == members
    for seat in seats:
        assert groups.isMember(group, seat["account"]) == seat["counts"]
        assert groups.maySpend(group, seat["account"]) == seat["counts"]
    assert groups.leadOf(group) in {ZERO, *members}
    return set(members)


def test_members_of_until_the_second_before_the_term_ends(chain, groups, group, lead, member, other, until):
    groups.addMember(group, member, until - DAY, sender=lead)
    chain.warp(until - DAY - 1)
    assert counting(groups, group) == {lead.address, member.address, other.address}
    chain.warp(until - DAY)
    assert counting(groups, group) == {lead.address, other.address}
    chain.warp(until - 1)
    assert counting(groups, group) == {lead.address, other.address}
    chain.warp(until)
    assert counting(groups, group) == set()
    assert groups.leadOf(group) == ZERO


def test_members_of_without_burned_passes_at_once(groups, group, lead, member, other, burn):
    burn(member)
    assert counting(groups, group) == {lead.address, other.address}


@pytest.mark.parametrize("whose", ["lead", "member"])
def test_members_of_with_a_revoked_pass_for_30_days(chain, groups, group, lead, member, other, revoke, whose):
    """N3: who holds the issuer's key can't choose a group's members either: the DAO has 30 days to act."""
    revoked = {"lead": lead, "member": member}[whose]
    revoke(revoked)
    everyone = {lead.address, member.address, other.address}
    chain.sleep(MONTH - 1)
    assert counting(groups, group) == everyone
    chain.sleep(1)
    assert counting(groups, group) == everyone - {revoked.address}
    assert groups.leadOf(group) == (ZERO if whose == "lead" else lead.address)


def test_members_of_with_a_reinstated_pass_again(suite, chain, groups, group, member, revoke):
    revoke(member)
    chain.sleep(MONTH)
    assert member.address not in counting(groups, group)
    chain.install(suite.timelock.address, b"")  # so that the DAO can act in one step
    suite.soul_pass.reinstate(suite.soul_pass.passOf(member.address), sender=suite.timelock.address)
    assert member.address in counting(groups, group)


def test_members_of_with_a_pass_minted_again(suite, groups, group, member, burn):
    """N4: the account has the pass again, and the seat was not taken meanwhile."""
    burn(member)
    assert member.address not in counting(groups, group)
    suite.belong(member)
    assert member.address in counting(groups, group)


def test_members_of_an_unknown_group(groups, stranger):
    assert groups.membersOf(9) == groups.seatsOf(9) == []
    assert groups.leadOf(9) == groups.accountOf(9) == ZERO
    assert not groups.isMember(9, stranger.address)
    assert not groups.maySpend(9, ZERO)
    assert not groups.inLine(9)


def test_members_of_counts_no_seat_of_another_group(groups, dao, group, candidate, until):
    second = groups.open("Operation", bytes(32), "", 2, candidate, until, sender=dao).returned
    assert not groups.isMember(group, candidate.address)
    assert groups.membersOf(second) == [candidate.address]
