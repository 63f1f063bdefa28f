"""Owners of a Safe become the members of its group."""

import pytest
from support.safe import Safe

from phemexia.evm import ZERO, Event, reverts


def test_align_gives_the_safe_its_members(chain, groups, dao, lead, member, other, stranger, until):
    groups.open("Growth", bytes(32), "", 5, lead, until, sender=dao)
    safe = Safe(chain, groups.accountOf(1))
    for account in (member, other):
        groups.addMember(1, account, until, sender=lead)
    assert not groups.inLine(1)
    receipt = groups.align(1, sender=stranger)
    everyone = [lead.address, member.address, other.address]
    aligned = {"group": 1, "owners": everyone, "threshold": 2}
    assert receipt.named("Aligned") == [Event("Aligned", groups.address, aligned)]
    assert safe.owners() == set(everyone)
    assert safe.threshold() == 2
    assert groups.inLine(1)
    with reverts("WorkingGroups__InLine", group=1):
        groups.align(1, sender=stranger)


@pytest.mark.parametrize(("count", "threshold"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (11, 6), (12, 7)])
def test_align_wants_more_than_half(chain, groups, dao, lead, person, until, count, threshold):
    groups.open("Growth", bytes(32), "", 12, lead, until, sender=dao)
    for i in range(count - 1):
        groups.addMember(1, person(f"member {i}"), until, sender=lead)
    groups.align(1, sender=lead)
    safe = Safe(chain, groups.accountOf(1))
    assert safe.threshold() == threshold
    assert safe.owners() == set(groups.membersOf(1))
    assert groups.inLine(1)


def rows(most):
    """Every way to go from some members out of `most` to others: as sets of numbers."""
    full = range(1, 2**most)
    sets = [{i for i in range(most) if mask >> i & 1} for mask in full]
    return [(before, after) for before in sets for after in sets if before != after]


def test_align_from_any_owners_to_any_others(chain, groups, dao, person, until):
    """S5: every way in which members come, go and replace each other, among four."""
    people = [person(f"member {i}") for i in range(4)]
    groups.open("Growth", bytes(32), "", 12, ZERO, 0, sender=dao)
    safe = Safe(chain, groups.accountOf(1))

    def seat(wanted):
        seated = {entry["account"] for entry in groups.seatsOf(1)}
        for i, account in enumerate(people):
            if i in wanted and account.address not in seated:
                groups.addMember(1, account, until, sender=dao)
            elif i not in wanted and account.address in seated:
                groups.removeMember(1, account, sender=dao)

    for before, after in rows(4):
        with chain.isolate():
            seat(before)
            groups.align(1, sender=dao)
            seat(after)
            assert not groups.inLine(1)
            groups.align(1, sender=dao)
            assert groups.inLine(1)
            assert safe.owners() == {people[i].address for i in after}
            assert safe.threshold() == len(after) // 2 + 1


def test_align_between_twelve_and_twelve_others(chain, groups, dao, person, until):
    groups.open("Growth", bytes(32), "", 12, ZERO, 0, sender=dao)
    first, second = ([person(f"{name} {i}") for i in range(11)] for name in ("first", "second"))
    for account in first:
        groups.addMember(1, account, until, sender=dao)
    groups.align(1, sender=dao)
    for old, new in zip(first, second, strict=True):
        groups.removeMember(1, old, sender=dao)
        groups.addMember(1, new, until, sender=dao)
    groups.align(1, sender=dao)
    assert Safe(chain, groups.accountOf(1)).owners() == {account.address for account in second}
    assert groups.inLine(1)


def test_align_after_a_term_is_over(chain, groups, group, safe, lead, member, other, until):
    groups.addMember(group, member, until - 1, sender=lead)
    chain.warp(until - 2)
    assert groups.inLine(group)
    chain.warp(until - 1)
    assert not groups.inLine(group)
    groups.align(group, sender=lead)
    assert safe.owners() == {lead.address, other.address}
    assert safe.threshold() == 2


def test_align_after_a_revocation_of_30_days(chain, groups, group, safe, member, revoke, stranger):
    revoke(member)
    chain.sleep(30 * 86_400 - 1)
    assert groups.inLine(group)
    chain.sleep(1)
    assert not groups.inLine(group)
    groups.align(group, sender=stranger)
    assert member.address not in safe.owners()


def test_align_after_a_lead_was_replaced(groups, dao, group, safe, lead, candidate, until):
    groups.appointLead(group, candidate, until, sender=dao)
    assert not groups.inLine(group)
    groups.align(group, sender=candidate)
    assert candidate.address in safe.owners()
    assert lead.address not in safe.owners()


def test_align_without_members_leaves_a_safe_that_is_nobodys(
    chain, groups, group, safe, lead, member, other, burn, stranger, until, dao
):
    """S5: stale signers keep nothing; once there are members again, the Safe is theirs."""
    for account in (lead, member, other):
        burn(account)
    groups.align(group, sender=stranger)
    assert safe.owners() == {groups.address}
    assert safe.threshold() == 1
    assert not groups.inLine(group)
    assert not groups.maySpend(group, safe.address)
    with reverts("WorkingGroups__InLine", group=group):
        groups.align(group, sender=stranger)


def test_align_of_a_closed_group_takes_it_from_its_members(groups, dao, group, safe, lead):
    groups.close(group, sender=dao)
    groups.align(group, sender=lead)
    assert safe.owners() == {groups.address}
    groups.reopen(group, sender=dao)
    groups.align(group, sender=lead)
    assert groups.inLine(group)
    assert len(safe.owners()) == 3


def test_align_of_an_unknown_group(groups, dao):
    with reverts("WorkingGroups__Unknown", group=1):
        groups.align(1, sender=dao)


def test_align_costs_no_more_than_its_bound(groups, dao, person, until):
    """Twelve seats are the most that is ever gone through."""
    groups.open("Growth", bytes(32), "", 12, ZERO, 0, sender=dao)
    for i in range(11):
        groups.addMember(1, person(f"member {i}"), until, sender=dao)
    assert groups.align(1, sender=dao).gas < 1_200_000
