"""setMandate, setSeats, setPayer, close and reopen: what the DAO alone sets."""

import pytest

from phemexia.evm import ZERO, Event, reverts

from .conftest import TEXT, URI


def test_set_mandate(groups, dao, group):
    receipt = groups.setMandate(group, bytes(32), "ipfs://text", sender=dao)
    values = {"group": group, "textHash": bytes(32), "uri": "ipfs://text"}
    assert receipt.events == [Event("MandateSet", groups.address, values)]
    stands = groups.groupOf(group)
    assert (stands["textHash"], stands["uri"]) == (bytes(32), "ipfs://text")


def test_set_seats(groups, dao, group):
    receipt = groups.setSeats(group, 12, sender=dao)
    assert receipt.events == [Event("SeatsSet", groups.address, {"group": group, "seats": 12})]
    assert groups.groupOf(group)["seats"] == 12


@pytest.mark.parametrize("seats", [0, 13])
def test_set_seats_from_1_to_12(groups, dao, group, seats):
    with reverts("WorkingGroups__InvalidCharter"):
        groups.setSeats(group, seats, sender=dao)


def test_set_seats_lower_takes_nobodys_seat(groups, dao, group, lead, candidate, until, burn, member, other):
    """A lead could otherwise stop the DAO's proposal by seating one more."""
    groups.setSeats(group, 2, sender=dao)
    assert len(groups.membersOf(group)) == 3
    burn(other)
    with reverts("WorkingGroups__NoSeat", group=group):  # one seat of a lapsed one is not enough
        groups.addMember(group, candidate, until, sender=lead)
    groups.removeMember(group, other, sender=lead)
    with reverts("WorkingGroups__NoSeat", group=group):
        groups.addMember(group, candidate, until, sender=lead)
    groups.removeMember(group, member, sender=lead)
    groups.addMember(group, candidate, until, sender=lead)


def test_close_and_reopen(groups, dao, group, lead, member):
    receipt = groups.close(group, sender=dao)
    assert receipt.events == [Event("GroupClosed", groups.address, {"group": group})]
    assert groups.groupOf(group)["closed"]
    assert groups.leadOf(group) == ZERO
    assert groups.membersOf(group) == []
    assert not groups.isMember(group, lead.address)
    assert not groups.maySpend(group, member.address)
    assert [seat["counts"] for seat in groups.seatsOf(group)] == [False] * 3
    assert not groups.inLine(group)

    receipt = groups.reopen(group, sender=dao)
    assert receipt.events == [Event("GroupReopened", groups.address, {"group": group})]
    assert groups.leadOf(group) == lead.address
    assert len(groups.membersOf(group)) == 3
    assert groups.inLine(group)


def test_close_what_is_closed(groups, dao, group):
    groups.close(group, sender=dao)
    with reverts("WorkingGroups__Closed", group=group, closed=True):
        groups.close(group, sender=dao)


def test_reopen_what_is_open(groups, dao, group):
    with reverts("WorkingGroups__Closed", group=group, closed=False):
        groups.reopen(group, sender=dao)


def test_set_payer(chain, groups, dao, group):
    payer = chain.account("payer")
    for approved in (True, False):
        receipt = groups.setPayer(payer, approved, sender=dao)
        assert receipt.events == [Event("PayerSet", groups.address, {"payer": payer, "approved": approved})]
        assert groups.isPayer(payer) == groups.maySpend(group, payer) == approved
        with reverts("WorkingGroups__NothingToChange", payer=payer):
            groups.setPayer(payer, approved, sender=dao)


CALLS = {
    "setMandate": (1, TEXT, URI),
    "setSeats": (1, 3),
    "close": (1,),
    "reopen": (1,),
    "setPayer": ("0x" + "11" * 20, True),
}


@pytest.mark.parametrize("function", CALLS)
def test_set_is_the_daos(groups, group, lead, function):
    with reverts("WorkingGroups__NotDao", caller=lead.address):
        getattr(groups, function)(*CALLS[function], sender=lead)


@pytest.mark.parametrize("function", [name for name in CALLS if name != "setPayer"])
def test_set_needs_a_known_group(groups, dao, function):
    with reverts("WorkingGroups__Unknown", group=1):
        getattr(groups, function)(*CALLS[function], sender=dao)


@pytest.mark.parametrize("function", ["setMandate", "setSeats"])
def test_set_needs_an_open_group(groups, dao, group, function):
    groups.close(group, sender=dao)
    with reverts("WorkingGroups__Closed", group=group, closed=True):
        getattr(groups, function)(*CALLS[function], sender=dao)
