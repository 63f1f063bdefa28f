"""Working groups with real Safes and passes; the DAO is a plain address that the tests speak for."""

from dataclasses import astuple, dataclass, replace

import pytest
from support.safe import Safe
from support.suite import DAY, Suite

from phemexia.evm import ZERO, Chain

TERM = 365 * DAY
LONGEST = 400 * DAY
TEXT = bytes(range(32))
URI = "docs/groups/growth.md"


@dataclass(frozen=True)
class Founding:
    """A group to begin with, in the contract's order."""

    name: str = "Growth"
    text_hash: bytes = TEXT
    uri: str = URI
    seats: int = 5
    lead: str = ZERO
    members: tuple[str, ...] = ()
    term: int = TERM

    def __call__(self, **changes):
        """As a tuple, with some of it changed."""
        return astuple(replace(self, **changes))


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
def other(person):
    return person("other member")


@pytest.fixture
def candidate(person):
    return person("candidate")


@pytest.fixture
def stranger(suite):
    return suite.wallet("stranger")


@pytest.fixture
def groups(suite, dao):
    return suite.form(dao=dao)


@pytest.fixture
def until(chain):
    """The end of the terms that the fixtures give."""
    return chain.timestamp + TERM


@pytest.fixture
def group(groups, dao, lead, member, other, until):
    """A group of five seats, three of which are taken, whose Safe is in line."""
    number = groups.open("Growth", TEXT, URI, 5, lead, until, sender=dao).returned
    for account in (member, other):
        groups.addMember(number, account, until, sender=lead)
    groups.align(number, sender=lead)
    return number


@pytest.fixture
def safe(chain, groups, group):
    return Safe(chain, groups.accountOf(group))


@pytest.fixture
def burn(suite):
    """Burns a wallet's pass."""

    def act(wallet):
        suite.soul_pass.burn(suite.soul_pass.passOf(wallet.address), sender=wallet)

    return act


@pytest.fixture
def revoke(suite):
    """Revokes a wallet's pass."""

    def act(wallet):
        suite.soul_pass.revoke(suite.soul_pass.passOf(wallet.address), 1, sender=suite.issuer)

    return act
