"""The group says that it will do it."""

import pytest
from support.solidity import compile_source
from support.suite import DAY

from phemexia.evm import Event, reverts

from .conftest import ACCEPTED, TERM, TEXT, URI


def test_accept_by_the_lead(mandates, chain, mandate, lead):
    done = mandates.accept(mandate, sender=lead)
    told = {"mandate": mandate, "by": lead.address}
    assert done.events == [Event("MandateAccepted", mandates.address, told)]
    one = mandates.mandateOf(mandate)
    assert (one["state"], one["acceptedAt"]) == (ACCEPTED, chain.timestamp)


def test_accept_by_the_groups_safe(mandates, mandate, safe, lead, member):
    safe.execute([lead, member], mandates, mandates.accept.encode(mandate))
    assert mandates.mandateOf(mandate)["state"] == ACCEPTED


def test_accept_after_the_deadline(mandates, chain, mandate, lead):
    chain.sleep(TERM)
    mandates.accept(mandate, sender=lead)
    assert mandates.isOverdue(mandate)


def test_accept_twice(mandates, mandate, lead):
    mandates.accept(mandate, sender=lead)
    with reverts("Mandates__WrongState", mandate=mandate, state=ACCEPTED):
        mandates.accept(mandate, sender=lead)


@pytest.mark.parametrize("who", ["member", "stranger", "dao", "executive"])
def test_accept_by_others(mandates, mandate, group, who, request):
    caller = request.getfixturevalue(who)
    address = getattr(caller, "address", caller)
    with reverts("Mandates__NotOfGroup", group=group, caller=address):
        mandates.accept(mandate, sender=address)


def test_accept_by_another_group(mandates, mandate, groups, group, dao, person, chain):
    other = person("other lead")
    groups.open("Operation", b"\1" * 32, "", 3, other, chain.timestamp + DAY, sender=dao)
    with reverts("Mandates__NotOfGroup", group=group, caller=other.address):
        mandates.accept(mandate, sender=other)


def test_accept_by_a_lead_whose_term_is_over(mandates, dao, group, groups, lead, chain):
    number = mandates.issue(group, b"\1" * 32, "", 700 * DAY, sender=dao).returned
    last = next(seat["until"] for seat in groups.seatsOf(group) if seat["account"] == lead.address)
    chain.warp(last)
    with reverts("Mandates__NotOfGroup", group=group, caller=lead.address):
        mandates.accept(number, sender=lead)


def test_accept_by_a_lead_in_the_last_second(mandates, dao, group, groups, lead, chain):
    number = mandates.issue(group, b"\1" * 32, "", 700 * DAY, sender=dao).returned
    last = next(seat["until"] for seat in groups.seatsOf(group) if seat["account"] == lead.address)
    chain.warp(last - 1)
    mandates.accept(number, sender=lead)


def test_accept_by_an_account_that_is_not_in_line(chain, dao, suite):
    """The guard of a real Safe would stop it before; the mandates ask themselves."""
    account = chain.deploy(compile_source("Actor.sol"))
    groups = chain.deploy(compile_source("OneGroup.sol"), account)
    mandates = chain.deploy("Mandates", dao, groups, suite.core_team)
    number = mandates.issue(1, TEXT, URI, TERM, sender=dao).returned
    accept = mandates.accept.encode(number)
    with reverts("Mandates__NotOfGroup", group=1, caller=account.address):
        account.execute(mandates, accept, sender=dao)
    groups.setInLine(True, sender=dao)
    account.execute(mandates, accept, sender=dao)
    assert mandates.mandateOf(number)["state"] == ACCEPTED


def test_accept_of_a_closed_group(mandates, mandate, groups, group, lead, dao):
    groups.close(group, sender=dao)
    with reverts("Mandates__NotOfGroup", group=group, caller=lead.address):
        mandates.accept(mandate, sender=lead)


def test_accept_what_is_withdrawn(mandates, mandate, lead, dao):
    mandates.withdraw(mandate, sender=dao)
    with reverts("Mandates__WrongState"):
        mandates.accept(mandate, sender=lead)
