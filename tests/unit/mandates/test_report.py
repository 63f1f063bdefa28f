"""The group shows what it did."""

import pytest

from phemexia.evm import Event, reverts

from .conftest import CONFIRMED, EVIDENCE, ISSUED, REPORTED, TERM, WITHDRAWN


def test_report_by_the_lead(mandates, chain, mandate, lead):
    mandates.accept(mandate, sender=lead)
    done = mandates.report(mandate, EVIDENCE, "ipfs://report", sender=lead)
    told = {"mandate": mandate, "by": lead.address, "evidenceHash": EVIDENCE, "evidenceUri": "ipfs://report"}
    assert done.events == [Event("MandateReported", mandates.address, told)]
    one = mandates.mandateOf(mandate)
    assert (one["state"], one["reportedAt"], one["evidenceHash"]) == (REPORTED, chain.timestamp, EVIDENCE)
    assert (one["evidenceUri"], one["late"], one["overdue"]) == ("ipfs://report", False, False)


def test_report_by_the_groups_safe(mandates, mandate, safe, lead, member):
    safe.execute([lead, member], mandates, mandates.accept.encode(mandate))
    safe.execute([lead, member], mandates, mandates.report.encode(mandate, EVIDENCE, ""))
    assert mandates.mandateOf(mandate)["state"] == REPORTED


@pytest.mark.parametrize(("second", "late"), [(TERM - 1, False), (TERM, True)])
def test_report_around_the_deadline(mandates, chain, mandate, lead, second, late):
    mandates.accept(mandate, sender=lead)
    issued = mandates.mandateOf(mandate)["issuedAt"]
    chain.warp(issued + second)
    assert mandates.isOverdue(mandate) is late
    mandates.report(mandate, EVIDENCE, "", sender=lead)
    one = mandates.mandateOf(mandate)
    assert (one["late"], one["overdue"]) == (late, False)


def test_report_again_replaces_the_first(mandates, chain, reported, lead):
    chain.sleep(TERM)
    mandates.report(reported, b"\7" * 32, "better", sender=lead)
    one = mandates.mandateOf(reported)
    assert (one["evidenceHash"], one["evidenceUri"], one["late"]) == (b"\7" * 32, "better", True)


def test_report_that_was_late_stays_late_when_the_deadline_moves(mandates, chain, mandate, lead, dao):
    mandates.accept(mandate, sender=lead)
    chain.sleep(TERM)
    mandates.report(mandate, EVIDENCE, "", sender=lead)
    mandates.setDeadline(mandate, TERM, sender=dao)
    assert mandates.mandateOf(mandate)["late"]
    mandates.report(mandate, b"\7" * 32, "", sender=lead)
    assert not mandates.mandateOf(mandate)["late"]  # another report, within the time that the DAO gave


def test_report_that_was_late_and_disputed(mandates, chain, mandate, lead, dao):
    mandates.accept(mandate, sender=lead)
    chain.sleep(TERM)
    mandates.report(mandate, EVIDENCE, "", sender=lead)
    mandates.dispute(mandate, EVIDENCE, TERM, sender=dao)
    assert not mandates.mandateOf(mandate)["late"]


def test_report_what_was_not_accepted(mandates, mandate, lead):
    with reverts("Mandates__WrongState", mandate=mandate, state=ISSUED):
        mandates.report(mandate, EVIDENCE, "", sender=lead)


def test_report_what_is_confirmed(mandates, reported, lead, executive):
    mandates.confirm(reported, EVIDENCE, sender=executive)
    with reverts("Mandates__WrongState", mandate=reported, state=CONFIRMED):
        mandates.report(reported, EVIDENCE, "", sender=lead)


def test_report_what_is_withdrawn(mandates, reported, lead, dao):
    mandates.withdraw(reported, sender=dao)
    with reverts("Mandates__WrongState", mandate=reported, state=WITHDRAWN):
        mandates.report(reported, EVIDENCE, "", sender=lead)


@pytest.mark.parametrize("who", ["member", "stranger", "dao", "executive"])
def test_report_by_others(mandates, reported, group, who, request):
    caller = request.getfixturevalue(who)
    address = getattr(caller, "address", caller)
    with reverts("Mandates__NotOfGroup", group=group, caller=address):
        mandates.report(reported, EVIDENCE, "", sender=address)


def test_report_bounds_the_address_of_the_evidence(mandates, reported, lead):
    mandates.report(reported, EVIDENCE, "x" * 256, sender=lead)
    with reverts("Mandates__UriTooLong", length=257):
        mandates.report(reported, EVIDENCE, "x" * 257, sender=lead)
