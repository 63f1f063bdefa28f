"""A decision becomes a group's mandate."""

import pytest
from support.suite import DAY

from phemexia.evm import Event, reverts

from .conftest import ISSUED, TERM, TEXT, URI


def test_issue_to_a_group(mandates, chain, dao, group):
    done = mandates.issue(group, TEXT, URI, TERM, sender=dao)
    assert done.returned == mandates.mandates() == 1
    deadline = chain.timestamp + TERM
    told = {"mandate": 1, "group": group, "textHash": TEXT, "uri": URI, "deadline": deadline}
    assert done.events == [Event("MandateIssued", mandates.address, told)]
    one = mandates.mandateOf(1)
    assert (one["group"], one["state"], one["textHash"], one["uri"]) == (group, ISSUED, TEXT, URI)
    assert (one["issuedAt"], one["deadline"], one["disputes"]) == (chain.timestamp, deadline, 0)
    assert (one["acceptedAt"], one["reportedAt"], one["confirmedAt"]) == (0, 0, 0)
    assert (one["overdue"], one["late"]) == (False, False)
    assert mandates.issue(group, TEXT, URI, TERM, sender=dao).returned == 2


@pytest.mark.parametrize("term", [DAY, 731 * DAY])
def test_issue_with_the_shortest_and_the_longest_term(mandates, dao, group, term):
    mandates.issue(group, TEXT, URI, term, sender=dao)


@pytest.mark.parametrize("term", [0, DAY - 1, 731 * DAY + 1, 2**256 - 1])
def test_issue_beyond_the_terms(mandates, dao, group, term):
    with reverts("Mandates__InvalidTerm", term=term):
        mandates.issue(group, TEXT, URI, term, sender=dao)


@pytest.mark.parametrize("number", [0, 2, 2**24 + 1])
def test_issue_to_no_group(mandates, dao, group, number):
    with reverts("Mandates__UnknownGroup", group=number):
        mandates.issue(number, TEXT, URI, TERM, sender=dao)


def test_issue_bounds_the_address_of_the_text(mandates, dao, group):
    mandates.issue(group, TEXT, "x" * 256, TERM, sender=dao)
    with reverts("Mandates__UriTooLong", length=257):
        mandates.issue(group, TEXT, "x" * 257, TERM, sender=dao)


@pytest.mark.parametrize("who", ["lead", "executive", "stranger"])
def test_issue_by_others(mandates, group, who, request):
    caller = request.getfixturevalue(who)
    with reverts("Mandates__NotDao", caller=caller.address):
        mandates.issue(group, TEXT, URI, TERM, sender=caller)


@pytest.mark.parametrize("number", [0, 2])
def test_mandate_of_unknown(mandates, mandate, number):
    for view in (mandates.mandateOf, mandates.isOverdue):
        with reverts("Mandates__Unknown", mandate=number):
            view(number)
