"""N7: what an action is, whatever hides it."""

import pytest
from support.suite import CONSTITUTIONAL, GENERAL, ORGANIZATION, TREASURY, selector

from phemexia.evm import reverts

SPEND = selector("Treasury", "spend")
SIGNAL = selector("Mandates", "signal")


def test_class_of_a_known_call(suite, classes):
    assert classes.actionClass(suite.mandates, 0, SIGNAL + bytes(32)) == GENERAL
    assert classes.actionClass(suite.treasury, 0, SPEND) == TREASURY
    assert classes.actionClass(suite.core_team, 0, selector("CoreTeam", "appoint")) == ORGANIZATION


def test_class_of_an_unknown_call(suite, classes, stranger):
    """The table names target and selector together."""
    assert classes.actionClass(suite.treasury, 0, SIGNAL) == CONSTITUTIONAL
    assert classes.actionClass(stranger, 0, SPEND) == CONSTITUTIONAL


@pytest.mark.parametrize("value", [0, 1])
def test_class_of_a_bare_transfer(suite, classes, stranger, value):
    for target in (stranger, suite.treasury.address, suite.mandates.address):
        assert classes.actionClass(target, value, b"") == TREASURY


@pytest.mark.parametrize("length", [1, 2, 3])
@pytest.mark.parametrize("value", [0, 1])
def test_class_of_too_little_call_data(suite, classes, length, value):
    """One to three bytes reach a fallback that no table can name."""
    assert classes.actionClass(suite.mandates, value, SIGNAL[:length]) == CONSTITUTIONAL


def test_class_of_a_call_with_value_is_at_least_treasury(suite, classes):
    assert classes.actionClass(suite.mandates, 1, SIGNAL) == TREASURY
    assert classes.actionClass(suite.treasury, 1, SPEND) == TREASURY
    assert classes.actionClass(suite.core_team, 1, selector("CoreTeam", "appoint")) == ORGANIZATION
    assert classes.actionClass(suite.mandates, 1, SPEND) == CONSTITUTIONAL


@pytest.mark.parametrize("data", [b"", b"a", SPEND, SIGNAL])
@pytest.mark.parametrize("keystone", ["governor", "timelock", "action_classes"])
def test_class_of_a_call_to_a_keystone(suite, classes, keystone, data):
    """G15: whatever it says."""
    assert classes.actionClass(getattr(suite, keystone), 0, data) == CONSTITUTIONAL
    assert classes.isFixed(getattr(suite, keystone), SPEND)


@pytest.mark.parametrize("place", range(3))
def test_class_of_many_is_the_strictest(suite, classes, place):
    targets, data = [suite.mandates] * 3, [SIGNAL] * 3
    assert classes.classOf(targets, [0] * 3, data) == GENERAL
    targets[place], data[place] = suite.treasury, SPEND
    assert classes.classOf(targets, [0] * 3, data) == TREASURY
    data[place] = b"??"
    assert classes.judge(targets, [0] * 3, data) == (CONSTITUTIONAL, classes.rulesOf(CONSTITUTIONAL))


@pytest.mark.parametrize("lengths", [(1, 2, 1), (1, 1, 2), (2, 1, 1)])
def test_class_of_lists_of_different_length(suite, classes, lengths):
    targets, values, data = lengths
    with reverts("ActionClasses__InvalidLength", targets=targets, values=values, calldatas=data):
        classes.classOf([suite.treasury] * targets, [0] * values, [b""] * data)
