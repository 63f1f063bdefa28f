"""The DAO keeps the table."""

import pytest
from support.suite import CONSTITUTIONAL, GENERAL, ORGANIZATION, selector

from phemexia import artifacts
from phemexia.evm import Event, Reverted, reverts

SPEND = selector("Treasury", "spend")


def test_set_classes_enters_and_changes(suite, kept, dao, stranger):
    entries = [(suite.treasury, SPEND, ORGANIZATION), (stranger, b"abcd", GENERAL)]
    receipt = kept.setClasses(entries, sender=dao)
    assert [event.args["class"] for event in receipt.named("ActionClassSet")] == [ORGANIZATION, GENERAL]
    assert kept.actionClass(suite.treasury, 0, SPEND) == ORGANIZATION
    assert kept.actionClass(stranger, 0, b"abcdefgh") == GENERAL


def test_set_classes_refuses_everybody_else(classes, stranger):
    with reverts("ActionClasses__NotDao", caller=stranger):
        classes.setClasses([], sender=stranger)
    with reverts("ActionClasses__NotDao", caller=stranger):
        classes.forget(stranger, SPEND, sender=stranger)


def test_set_classes_refuses_a_keystone(suite, kept, dao):
    for target in (suite.governor, dao, kept):
        with reverts("ActionClasses__Fixed", target=target, selector=SPEND):
            kept.setClasses([(target, SPEND, GENERAL)], sender=dao)


@pytest.mark.parametrize(
    "name", ["SoulPass.nominateIssuer", "Campaign.setPublisher", "PhemexGovernor.setGuardian"]
)
def test_set_classes_refuses_a_setter_of_an_office(suite, kept, dao, stranger, name):
    """Constitutional in code, wherever it is called."""
    chosen = selector(*name.split("."))
    with reverts("ActionClasses__Fixed", selector=chosen):
        kept.setClasses([(stranger, chosen, GENERAL)], sender=dao)
    assert kept.isFixed(stranger, chosen)
    assert kept.actionClass(stranger, 0, chosen + bytes(32)) == CONSTITUTIONAL


def test_set_classes_knows_every_setter_of_an_office_in_the_suite(suite, classes):
    """Whatever sets a role, an owner, an operator or a guardian is fixed; a new one must be added to the code."""
    words = (
        "Guardian",
        "Issuer",
        "Publisher",
        "Owner",
        "Role",
        "Operator",
        "Admin",
        "Authority",
        "Writer",
        "Ownership",
    )
    found = set()
    for name in artifacts.names():
        for item in artifacts.load(name).abi:
            if item["type"] != "function" or item["stateMutability"] in ("view", "pure"):
                continue
            if item["name"].startswith(("set", "nominate", "grant", "revoke", "renounce", "transfer", "accept")):
                if not item["name"].endswith(words):
                    continue
                found.add(item["name"])
                chosen = selector(name, item["name"])
                assert classes.isFixed(suite.deployer, chosen), f"{name}.{item['name']}"
    assert {"setGuardian", "nominateIssuer", "setPublisher", "grantRole"} <= found


def test_forget_makes_constitutional(suite, kept, dao):
    receipt = kept.forget(suite.treasury, SPEND, sender=dao)
    args = {"target": suite.treasury.address, "selector": SPEND}
    assert receipt.events == [Event("ActionForgotten", kept.address, args)]
    assert kept.actionClass(suite.treasury, 0, SPEND) == CONSTITUTIONAL
    with reverts("ActionClasses__Unknown", selector=SPEND):
        kept.forget(suite.treasury, SPEND, sender=dao)


def test_set_classes_takes_no_fifth_class(suite, kept, dao):
    with pytest.raises(Reverted):
        kept.setClasses([(suite.treasury, SPEND, 4)], sender=dao)
