"""The table of classes in a suite, with a timelock that the tests speak for."""

import pytest
from support.suite import ACTIONS, RULES, Suite, selector

from phemexia.evm import Chain


@pytest.fixture
def suite():
    return Suite(Chain())


@pytest.fixture
def classes(suite):
    return suite.action_classes


@pytest.fixture
def dao(suite):
    """A plain key in the timelock's place."""
    return suite.chain.account("dao")


@pytest.fixture
def kept(suite, dao):
    """The same table, kept by the plain key."""
    entries = [
        (suite.at(contract), selector(contract, name), class_)
        for (contract, name), class_ in ((key.split("."), class_) for key, class_ in ACTIONS.items())
    ]
    return suite.chain.deploy("ActionClasses", suite.governor, dao, RULES, entries)


@pytest.fixture
def stranger(suite):
    return suite.chain.account("stranger")
