"""A group, and the Safe that is made with it."""

import pytest
from support.safe import Safe

from phemexia.evm import ZERO, Event, reverts

from .conftest import DAY, LONGEST, TERM, TEXT, URI, Founding


def test_open_makes_a_group_with_a_safe(chain, groups, dao, lead, until):
    receipt = groups.open("Growth", TEXT, URI, 5, lead, until, sender=dao)
    account = groups.accountOf(1)
    assert receipt.returned == groups.groups() == groups.groupByAccount(account) == 1
    assert [event for event in receipt.events if event.address == groups.address] == [
        Event("GroupOpened", groups.address, {"group": 1, "account": account, "name": "Growth"}),
        Event("MandateSet", groups.address, {"group": 1, "textHash": TEXT, "uri": URI}),
        Event("SeatsSet", groups.address, {"group": 1, "seats": 5}),
        Event("LeadAppointed", groups.address, {"group": 1, "lead": lead.address}),
        Event("Seated", groups.address, {"group": 1, "account": lead.address, "until": until}),
    ]
    assert groups.groupOf(1) == {
        "name": "Growth", "textHash": TEXT, "uri": URI, "account": account, "lead": lead.address, "seats": 5,
        "closed": False,
    }  # fmt: skip
    assert groups.leadOf(1) == lead.address
    assert groups.membersOf(1) == [lead.address]


def test_open_makes_a_safe_of_the_pinned_code(chain, groups, dao):
    """S5: a group's Safe has our module and guard from birth, and no owner that could sign."""
    groups.open("Growth", TEXT, URI, 5, ZERO, 0, sender=dao)
    safe = Safe(chain, groups.accountOf(1))
    assert safe.owners() == {groups.address}
    assert safe.threshold() == 1
    assert safe.contract.getModulesPaginated("0x" + "00" * 19 + "01", 10)[0] == [groups.address]
    assert safe.contract.VERSION() == "1.5.0"
    assert safe.contract.nonce() == 0
    assert chain.storage(safe.address, 0) == int(groups.singleton(), 16)


def test_open_each_group_has_its_own_safe(groups, dao):
    numbers = [groups.open("Growth", TEXT, URI, 1, ZERO, 0, sender=dao).returned for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert len({groups.accountOf(number) for number in numbers}) == 3


def test_open_takes_over_a_safe_that_somebody_made_first(chain, suite, groups, dao, stranger):
    """A Safe's address is a hash of how it is set up: who is quicker can only make the same one."""
    factory = chain.at("SafeProxyFactory", groups.factory())
    groups.open("First", TEXT, URI, 5, ZERO, 0, sender=dao)
    equip = chain.at("GroupGuard", groups.guard()).equip.encode()
    setup = Safe(chain, groups.accountOf(1)).contract.setup.encode(
        [groups.address], 1, groups.guard(), equip, groups.fallbackHandler(), ZERO, 0, ZERO
    )
    made = factory.createProxyWithNonce(groups.singleton(), setup, 2, sender=stranger).returned
    groups.open("Second", TEXT, URI, 5, ZERO, 0, sender=dao)
    assert groups.accountOf(2) == made


def test_open_without_lead(groups, dao):
    groups.open("Growth", TEXT, URI, 5, ZERO, 0, sender=dao)
    assert groups.leadOf(1) == groups.groupOf(1)["lead"] == ZERO
    assert groups.membersOf(1) == groups.seatsOf(1) == []


@pytest.mark.parametrize("name", ["", "x" * 65])
def test_open_needs_a_name(groups, dao, name):
    with reverts("WorkingGroups__InvalidCharter"):
        groups.open(name, TEXT, URI, 5, ZERO, 0, sender=dao)


@pytest.mark.parametrize("name", ["x", "x" * 64])
def test_open_takes_names_of_up_to_64_bytes(groups, dao, name):
    groups.open(name, TEXT, URI, 5, ZERO, 0, sender=dao)
    assert groups.groupOf(1)["name"] == name


@pytest.mark.parametrize("seats", [0, 13, 255])
def test_open_needs_1_to_12_seats(groups, dao, seats):
    with reverts("WorkingGroups__InvalidCharter"):
        groups.open("Growth", TEXT, URI, seats, ZERO, 0, sender=dao)


@pytest.mark.parametrize("seats", [1, 12])
def test_open_takes_1_to_12_seats(groups, dao, seats):
    groups.open("Growth", TEXT, URI, seats, ZERO, 0, sender=dao)
    assert groups.groupOf(1)["seats"] == seats


@pytest.mark.parametrize("term", [-1, 0, LONGEST + 1])
def test_open_bounds_the_leads_term(chain, groups, dao, lead, term):
    with reverts("WorkingGroups__InvalidTerm", until=chain.timestamp + term):
        groups.open("Growth", TEXT, URI, 5, lead, chain.timestamp + term, sender=dao)


def test_open_is_the_daos(groups, lead, until):
    with reverts("WorkingGroups__NotDao", caller=lead.address):
        groups.open("Growth", TEXT, URI, 5, lead, until, sender=lead)


def test_open_founds_groups_in_the_constructor(suite, chain, dao, lead, member):
    payer = chain.account("payer")
    first = Founding(lead=lead.address, members=(member.address,))()
    groups = suite.form(first, Founding(name="Operation", term=DAY)(), payers=(payer,), dao=dao)
    assert [groups.groupOf(number)["name"] for number in (1, 2)] == ["Growth", "Operation"]
    until = chain.timestamp + TERM
    assert groups.seatsOf(1) == [
        {"account": account.address, "until": until, "counts": True} for account in (lead, member)
    ]
    assert groups.leadOf(1) == lead.address
    assert groups.isPayer(payer)
    assert groups.dao() == dao
