"""The table at its birth."""

import pytest
from support.suite import ACTIONS, CONSTITUTIONAL, RULES, selector

from phemexia.evm import Chain, reverts

NOBODY = "0x" + "00" * 20


def test_constructor_takes_rules_and_entries(suite, classes):
    assert (classes.governor(), classes.timelock()) == (suite.governor.address, suite.timelock.address)
    for class_, rules in enumerate(RULES):
        assert tuple(classes.rulesOf(class_).values()) == rules
    for action, class_ in ACTIONS.items():
        contract, name = action.split(".")
        assert classes.entryOf(suite.at(contract), selector(contract, name)) == (True, class_)


def test_constructor_refuses_an_entry_that_is_fixed():
    chain = Chain()
    governor, timelock = chain.account("governor"), chain.account("timelock")
    with reverts("ActionClasses__Fixed", target=governor):
        chain.deploy("ActionClasses", governor, timelock, RULES, [(governor, b"abcd", 0)])


@pytest.mark.parametrize("missing", [0, 1])
def test_constructor_refuses_nobody(missing):
    chain = Chain()
    keys = [chain.account("governor"), chain.account("timelock")]
    keys[missing] = NOBODY
    with reverts("ActionClasses__ZeroAddress"):
        chain.deploy("ActionClasses", *keys, RULES, [])


def test_constructor_knows_nothing_else(suite, classes):
    assert classes.entryOf(suite.treasury, b"abcd") == (False, 0)
    assert classes.actionClass(suite.treasury, 0, b"abcd") == CONSTITUTIONAL
