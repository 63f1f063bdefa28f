"""A team of three with passes, and a DAO that the tests speak for."""

import pytest
from support.suite import Suite

from phemexia.evm import Chain


@pytest.fixture
def suite():
    return Suite(Chain())


@pytest.fixture
def dao(suite):
    return suite.chain.account("dao")


@pytest.fixture
def members(suite):
    for wallet in suite.executives:
        suite.belong(wallet)
    return suite.executives


@pytest.fixture
def team(suite, dao, members):
    return suite.chain.deploy("CoreTeam", suite.soul_pass, dao, members)


@pytest.fixture
def candidate(suite):
    wallet = suite.wallet("candidate")
    suite.belong(wallet)
    return wallet


@pytest.fixture
def stranger(suite):
    return suite.chain.account("stranger")
