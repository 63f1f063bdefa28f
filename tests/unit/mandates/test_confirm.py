"""The core team says that it is so; nobody confirms their own work."""

import pytest
from support.suite import DAY

from phemexia.evm import Event, reverts

from .conftest import ACCEPTED, CONFIRMED, EVIDENCE, ISSUED


def test_confirm_by_the_team(mandates, chain, reported, executive):
    done = mandates.confirm(reported, EVIDENCE, sender=executive)
    told = {"mandate": reported, "by": executive.address}
    assert done.events == [Event("MandateConfirmed", mandates.address, told)]
    one = mandates.mandateOf(reported)
    assert (one["state"], one["confirmedAt"]) == (CONFIRMED, chain.timestamp)


def test_confirm_another_report_than_the_one_that_stands(mandates, reported, lead, executive):
    mandates.report(reported, b"\7" * 32, "", sender=lead)
    with reverts("Mandates__WrongState"):
        mandates.confirm(reported, EVIDENCE, sender=executive)
    mandates.confirm(reported, b"\7" * 32, sender=executive)


@pytest.mark.parametrize("who", ["lead", "stranger", "dao"])
def test_confirm_by_others(mandates, reported, who, request):
    caller = request.getfixturevalue(who)
    address = getattr(caller, "address", caller)
    with reverts("Mandates__MayNotConfirm", mandate=reported, caller=address):
        mandates.confirm(reported, EVIDENCE, sender=address)


def test_confirm_by_one_of_the_team_without_a_pass(mandates, reported, suite):
    with reverts("Mandates__MayNotConfirm"):
        mandates.confirm(reported, EVIDENCE, sender=suite.executives[1])


def test_confirm_ones_own_work(mandates, reported, groups, group, lead, executive, chain):
    groups.addMember(group, executive, chain.timestamp + DAY, sender=lead)
    with reverts("Mandates__MayNotConfirm", mandate=reported, caller=executive.address):
        mandates.confirm(reported, EVIDENCE, sender=executive)


def test_confirm_ones_own_work_after_leaving(mandates, mandate, groups, group, lead, executive, chain):
    """Out of the group before the report, and back in it afterwards."""
    groups.addMember(group, executive, chain.timestamp + DAY, sender=lead)
    mandates.accept(mandate, sender=lead)
    groups.removeMember(group, executive, sender=executive)
    mandates.report(mandate, EVIDENCE, "", sender=lead)
    with reverts("Mandates__MayNotConfirm", mandate=mandate, caller=executive.address):
        mandates.confirm(mandate, EVIDENCE, sender=executive)


@pytest.mark.parametrize("end", ["term", "closed", "lead"])
def test_confirm_ones_own_work_when_the_seat_is_over(mandates, mandate, groups, group, dao, executive, chain, end):
    until = chain.timestamp + DAY
    groups.appointLead(group, executive, until, sender=dao)
    mandates.accept(mandate, sender=executive)
    mandates.report(mandate, EVIDENCE, "", sender=executive)
    if end == "term":
        chain.warp(until)
    elif end == "closed":
        groups.close(group, sender=dao)
    else:
        groups.removeMember(group, executive, sender=executive)
    with reverts("Mandates__MayNotConfirm", mandate=mandate, caller=executive.address):
        mandates.confirm(mandate, EVIDENCE, sender=executive)


@pytest.mark.parametrize(("earlier", "may"), [(0, False), (1, True)])
def test_confirm_by_who_had_left_before_it_was_accepted(
    mandates, mandate, groups, group, lead, executive, chain, earlier, may
):
    until = chain.timestamp + DAY
    groups.addMember(group, executive, until, sender=lead)
    chain.warp(until + earlier)
    mandates.accept(mandate, sender=lead)
    mandates.report(mandate, EVIDENCE, "", sender=lead)
    if may:
        mandates.confirm(mandate, EVIDENCE, sender=executive)
        return
    with reverts("Mandates__MayNotConfirm"):
        mandates.confirm(mandate, EVIDENCE, sender=executive)


def test_confirm_what_is_not_reported(mandates, mandate, lead, executive):
    for state in (ISSUED, ACCEPTED):
        with reverts("Mandates__WrongState", mandate=mandate, state=state):
            mandates.confirm(mandate, bytes(32), sender=executive)
        if state == ISSUED:
            mandates.accept(mandate, sender=lead)


def test_confirm_twice(mandates, reported, executive):
    mandates.confirm(reported, EVIDENCE, sender=executive)
    with reverts("Mandates__WrongState", mandate=reported, state=CONFIRMED):
        mandates.confirm(reported, EVIDENCE, sender=executive)
