"""N10: every figure has bounds on both sides, and no class is laxer than the one below it."""

import pytest
from support.suite import CONSTITUTIONAL, DAY, GENERAL, RULES, TEAM_WINDOW

from phemexia.evm import reverts

FIGURES = ["threshold", "delay", "period", "floor", "quorumBps", "majorityBps"]
LEAST = (1_000, DAY, 3 * DAY, 500_000, 100, 5_000)
MOST = (1_000_000, 3 * DAY, 14 * DAY, 50_000_000, 3_000, 8_000)


def changed(class_, column, value):
    """The rules with one figure changed."""
    rules = [list(row) for row in RULES]
    rules[class_][column] = value
    return rules


def test_set_rules_has_these_bounds(classes):
    assert tuple(classes.leastRules().values()) == LEAST
    assert tuple(classes.mostRules().values()) == MOST


def test_set_rules_leaves_every_decision_shorter_than_a_revocation(suite):
    """N3, N10: who revokes everybody with the issuer's key is replaced before that counts, whatever was voted."""
    # Delay, period, late extension, timelock, the core team's window, and a day for the new issuer.
    decision = MOST[1] + MOST[2] + 3 * DAY + suite.timelock.MOST_DELAY() + TEAM_WINDOW
    assert decision + DAY < 30 * DAY


@pytest.mark.parametrize("column", range(6), ids=FIGURES)
def test_set_rules_takes_the_least_and_refuses_less(kept, dao, column):
    kept.setRules(changed(GENERAL, column, LEAST[column]), sender=dao)
    assert tuple(kept.rulesOf(GENERAL).values())[column] == LEAST[column]
    figures = {"value": LEAST[column] - 1, "least": LEAST[column], "most": MOST[column]}
    with reverts("ActionClasses__OutOfBounds", **{"class": GENERAL}, **figures):
        kept.setRules(changed(GENERAL, column, LEAST[column] - 1), sender=dao)


@pytest.mark.parametrize("column", range(6), ids=FIGURES)
def test_set_rules_takes_the_most_and_refuses_more(kept, dao, column):
    kept.setRules(changed(CONSTITUTIONAL, column, MOST[column]), sender=dao)
    assert tuple(kept.rulesOf(CONSTITUTIONAL).values())[column] == MOST[column]
    with reverts("ActionClasses__OutOfBounds", value=MOST[column] + 1):
        kept.setRules(changed(CONSTITUTIONAL, column, MOST[column] + 1), sender=dao)


@pytest.mark.parametrize("column", range(6), ids=FIGURES)
@pytest.mark.parametrize("class_", [1, 2, 3])
def test_set_rules_keeps_the_order_of_every_column(kept, dao, column, class_):
    """As strict as the class below is enough; one less is not."""
    rules = [list(row) for row in RULES]
    for row in rules:
        row[column] = MOST[column] - 1
    kept.setRules(rules, sender=dao)
    for row in rules[class_:]:
        row[column] = MOST[column] - 2
    figures = {"value": MOST[column] - 2, "below": MOST[column] - 1}
    with reverts("ActionClasses__OutOfOrder", **{"class": class_}, **figures):
        kept.setRules(rules, sender=dao)


def test_set_rules_announces_each_class(kept, dao):
    events = kept.setRules([LEAST] * 4, sender=dao).named("ClassRulesSet")
    assert [event.args["class"] for event in events] == [0, 1, 2, 3]
    assert all(tuple(event.args["rules"].values()) == LEAST for event in events)


def test_set_rules_refuses_everybody_else(classes, stranger):
    with reverts("ActionClasses__NotDao", caller=stranger):
        classes.setRules(RULES, sender=stranger)
