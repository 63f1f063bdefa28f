"""What the DAO wants no longer, or at another time."""

import pytest
from support.suite import DAY

from phemexia.evm import Event, reverts

from .conftest import CONFIRMED, EVIDENCE, TERM, WITHDRAWN


@pytest.mark.parametrize("which", ["mandate", "reported"])
def test_withdraw(mandates, dao, chain, which, request):
    number = request.getfixturevalue(which)
    done = mandates.withdraw(number, sender=dao)
    assert done.events == [Event("MandateWithdrawn", mandates.address, {"mandate": number})]
    assert mandates.mandateOf(number)["state"] == WITHDRAWN
    chain.sleep(TERM)
    assert not mandates.isOverdue(number)


def test_withdraw_twice(mandates, mandate, dao):
    mandates.withdraw(mandate, sender=dao)
    with reverts("Mandates__WrongState", mandate=mandate, state=WITHDRAWN):
        mandates.withdraw(mandate, sender=dao)


def test_withdraw_what_is_confirmed(mandates, reported, dao, executive):
    mandates.confirm(reported, EVIDENCE, sender=executive)
    for attempt in (
        lambda: mandates.withdraw(reported, sender=dao),
        lambda: mandates.setDeadline(reported, DAY, sender=dao),
    ):
        with reverts("Mandates__WrongState", mandate=reported, state=CONFIRMED):
            attempt()


def test_set_deadline(mandates, mandate, dao, chain):
    chain.sleep(TERM)
    assert mandates.isOverdue(mandate)
    done = mandates.setDeadline(mandate, DAY, sender=dao)
    told = {"mandate": mandate, "deadline": chain.timestamp + DAY}
    assert done.events == [Event("DeadlineSet", mandates.address, told)]
    assert not mandates.isOverdue(mandate)


@pytest.mark.parametrize("term", [DAY - 1, 731 * DAY + 1])
def test_set_deadline_beyond_the_terms(mandates, mandate, dao, term):
    with reverts("Mandates__InvalidTerm", term=term):
        mandates.setDeadline(mandate, term, sender=dao)


def test_withdraw_and_set_deadline_by_others(mandates, mandate, lead):
    for attempt in (
        lambda: mandates.withdraw(mandate, sender=lead),
        lambda: mandates.setDeadline(mandate, DAY, sender=lead),
    ):
        with reverts("Mandates__NotDao", caller=lead.address):
            attempt()
