"""A treasury with ether and tokens; the DAO is a plain address that the tests speak for."""

from dataclasses import astuple, dataclass, replace

import pytest
from support.solidity import compile_source

from phemexia.evm import START, Chain

ETHER = 10**18
HELD = 1_000 * ETHER


@pytest.fixture
def chain():
    return Chain()


@pytest.fixture
def dao(chain):
    return chain.account("dao")


@pytest.fixture
def payee(chain):
    return chain.account("payee")


@pytest.fixture
def stranger(chain):
    return chain.account("stranger")


@pytest.fixture
def spender(chain):
    return chain.account("spender")


@pytest.fixture
def guardian(chain):
    return chain.account("guardian")


@pytest.fixture
def offices(chain, guardian):
    """Who is guardian, and who speaks for a group."""
    offices = chain.deploy(compile_source("Offices.sol"))
    offices.setGuardian(guardian, sender=guardian)
    return offices


@pytest.fixture
def treasury(chain, dao, offices):
    """Its own token is none of those that the tests pay in: the treasury treats all alike."""
    treasury = chain.deploy("Treasury", chain.account("token"), dao, offices, offices)
    chain.fund(treasury.address, HELD)
    return treasury


@pytest.fixture
def odd(chain):
    """Deploys a contract of OddTokens.sol."""
    return lambda name, *args: chain.deploy(compile_source("OddTokens.sol", name), *args)


@pytest.fixture
def asset(treasury, odd):
    """A token that calls contracts which receive it."""
    return odd("HookingToken", treasury, HELD)


ONCE, MONTH, QUARTER = range(3)
LIMIT = HELD // 100
DAY = 86_400


@dataclass(frozen=True)
class Terms:
    """What a budget is opened with, in the contract's order."""

    spender: str
    asset: str
    limit: int = LIMIT
    period: int = MONTH
    start: int = START
    end: int = START + 365 * DAY
    group: int = 0

    def __call__(self, **changes):
        """As a tuple, with some of them changed."""
        return astuple(replace(self, **changes))


@pytest.fixture
def terms(asset, spender):
    return Terms(spender, asset.address)


@pytest.fixture
def budget(treasury, terms, dao):
    """A budget of 1% a month for the spender."""
    return treasury.openBudget(terms(), sender=dao).returned
