"""Mandates of a real working group; the DAO is a plain address that the tests speak for."""

import pytest
from support.safe import Safe
from support.suite import DAY, Suite

from phemexia.evm import Chain

TERM = 90 * DAY
TEXT, EVIDENCE, REASON = (bytes([number]) * 32 for number in (1, 2, 3))
URI = "ipfs://mandate"
ISSUED, ACCEPTED, REPORTED, CONFIRMED, WITHDRAWN = range(1, 6)


@pytest.fixture
def suite():
    return Suite(Chain())


@pytest.fixture
def chain(suite):
    return suite.chain


@pytest.fixture
def dao(suite):
    return suite.chain.account("dao")


@pytest.fixture
def person(suite):
    """A wallet with a pass."""

    def make(name):
        wallet = suite.wallet(name)
        suite.belong(wallet)
        return wallet

    return make


@pytest.fixture
def lead(person):
    return person("lead")


@pytest.fixture
def member(person):
    return person("member")


@pytest.fixture
def stranger(person):
    return person("stranger")


@pytest.fixture
def executive(suite):
    """Of the core team, in no group."""
    suite.belong(suite.executives[0])
    return suite.executives[0]


@pytest.fixture
def groups(suite, dao):
    return suite.form(dao=dao)


@pytest.fixture
def group(groups, dao, lead, member, chain):
    """A group of two, whose Safe is in line."""
    until = chain.timestamp + 365 * DAY
    number = groups.open("Growth", TEXT, URI, 5, lead, until, sender=dao).returned
    groups.addMember(number, member, until, sender=lead)
    groups.align(number, sender=lead)
    return number


@pytest.fixture
def safe(chain, groups, group):
    return Safe(chain, groups.accountOf(group))


@pytest.fixture
def mandates(chain, suite, dao, groups):
    return chain.deploy("Mandates", dao, groups, suite.core_team)


@pytest.fixture
def mandate(mandates, group, dao):
    """One that was just issued."""
    return mandates.issue(group, TEXT, URI, TERM, sender=dao).returned


@pytest.fixture
def reported(mandates, mandate, lead):
    """The same, accepted and reported."""
    mandates.accept(mandate, sender=lead)
    mandates.report(mandate, EVIDENCE, "ipfs://report", sender=lead)
    return mandate
