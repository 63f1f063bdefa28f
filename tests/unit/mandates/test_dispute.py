"""The DAO does not believe it."""

import pytest
from support.suite import DAY

from phemexia.evm import Event, reverts

from .conftest import ACCEPTED, EVIDENCE, REASON, REPORTED, WITHDRAWN


@pytest.mark.parametrize("confirmed", [False, True])
def test_dispute_a_report(mandates, chain, reported, dao, executive, lead, confirmed):
    if confirmed:
        mandates.confirm(reported, EVIDENCE, sender=executive)
    done = mandates.dispute(reported, REASON, 30 * DAY, sender=dao)
    deadline = chain.timestamp + 30 * DAY
    told = {"mandate": reported, "reasonHash": REASON, "deadline": deadline}
    assert done.events == [Event("MandateDisputed", mandates.address, told)]
    one = mandates.mandateOf(reported)
    assert (one["state"], one["disputes"], one["deadline"]) == (ACCEPTED, 1, deadline)
    assert (one["reportedAt"], one["confirmedAt"], one["evidenceHash"]) == (0, 0, EVIDENCE)
    chain.warp(deadline - 1)
    assert not mandates.isOverdue(reported)
    chain.warp(deadline)
    assert mandates.isOverdue(reported)
    mandates.report(reported, b"\7" * 32, "", sender=lead)
    assert mandates.mandateOf(reported)["state"] == REPORTED


def test_dispute_what_is_not_reported(mandates, mandate, dao, lead):
    mandates.accept(mandate, sender=lead)
    with reverts("Mandates__WrongState", mandate=mandate, state=ACCEPTED):
        mandates.dispute(mandate, REASON, DAY, sender=dao)


def test_dispute_what_is_withdrawn(mandates, reported, dao):
    mandates.withdraw(reported, sender=dao)
    with reverts("Mandates__WrongState", mandate=reported, state=WITHDRAWN):
        mandates.dispute(reported, REASON, DAY, sender=dao)


@pytest.mark.parametrize("term", [DAY - 1, 731 * DAY + 1])
def test_dispute_beyond_the_terms(mandates, reported, dao, term):
    with reverts("Mandates__InvalidTerm", term=term):
        mandates.dispute(reported, REASON, term, sender=dao)


@pytest.mark.parametrize("who", ["lead", "executive"])
def test_dispute_by_others(mandates, reported, who, request):
    caller = request.getfixturevalue(who)
    with reverts("Mandates__NotDao", caller=caller.address):
        mandates.dispute(reported, REASON, DAY, sender=caller)
