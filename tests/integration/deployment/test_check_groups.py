"""`check` proves the working groups, their Safes and the budgets, and names what differs."""

import time

import pytest
from integration.deployment.test_check import by_dao
from support.anvil import key

from phemexia.deployment.organisation import SLOTS
from phemexia.deployment.plan import compiled

DAY = 86_400
OPENED = "open(string,bytes32,string,uint8,address,uint40)"
TERMS = "((address,address,uint112,uint8,uint40,uint40,uint24))"


def test_check_proves_the_groups(deployed):
    facts = {(kind, subject): fact for kind, subject, fact in deployed.check().proven}
    names = {subject for kind, subject in facts if kind == "group"}
    assert names == {"Operation", "Treasury Management", "Growth", "DAO to DAO"}
    assert names == {subject for kind, subject in facts if kind == "account"}
    assert facts["group", "Growth"].startswith("3 of 7 seats taken, mandate 0x")
    assert facts["account", "Growth"].endswith("exact code, module and guard; stands still, nobody in it counts")
    assert facts["payers", "WorkingGroups"].endswith("and nobody else")


def group_calls():
    lead = key(17).address
    stranger = key(5).address
    return [
        pytest.param(
            "close(uint256)", (3,), "group Growth: state closed on the chain, open configured", id="closed"
        ),
        pytest.param(
            "setSeats(uint256,uint8)", (3, 4), "group Growth: seats 4 on the chain, 7 configured", id="seats"
        ),
        pytest.param(
            "removeMember(uint256,address)", (3, key(18).address),
            f"group Growth: {key(18).address} should have a seat", id="member gone",
        ),
        pytest.param(
            "addMember(uint256,address,uint40)", (3, stranger, 1_900_000_000),
            f"group Growth: {stranger} has a seat, should not", id="member more",
        ),
        pytest.param(
            OPENED, ("Fifth", bytes(32), "", 1, "0x" + "00" * 20, 0),
            'group 5 "Fifth": on the chain, not configured', id="group more",
        ),
        pytest.param(
            "setMandate(uint256,bytes32,string)", (3, b"\1" * 32, "config/mandates/growth.md"),
            f"group Growth: mandate 0x{'01' * 32} on the chain, 0x", id="mandate",
        ),
        pytest.param(
            "setPayer(address,bool)", (lead, True), f"payer of WorkingGroups: {lead} is approved, should not be",
            id="payer",
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(("signature", "arguments", "line"), group_calls())
def test_check_names_a_changed_group(deployed, signature, arguments, line):
    if "addMember" in signature:
        arguments = (*arguments[:2], deployed.node.now() + DAY)
    by_dao(deployed, "WorkingGroups", signature, *arguments)
    (difference,) = deployed.check().differences
    assert difference.startswith(line)


def test_check_names_another_lead(deployed):
    by_dao(
        deployed, "WorkingGroups", "appointLead(uint256,address,uint40)", 3, key(5).address,
        deployed.node.now() + DAY,
    )  # fmt: skip
    assert deployed.check().differences == [
        f"group Growth: lead {key(5).address} on the chain, {key(17).address} configured",
        f"group Growth: {key(5).address} has a seat, should not",
        f"group Growth: {key(17).address} should have a seat",
    ]


@pytest.mark.parametrize("what", ["guard", "module guard", "fallback handler", "singleton"])
def test_check_names_what_a_safe_is_not_made_of(deployed, what):
    """S5: read from the storage, so that no code of the Safe's own can tell otherwise."""
    safe = deployed.node.web3.eth.contract(deployed.at("WorkingGroups"), abi=compiled("WorkingGroups").abi)
    account = safe.functions.accountOf(3).call()
    rogue = key(5).address
    word = "0x" + "00" * 12 + rogue[2:]
    deployed.node.rpc("anvil_setStorageAt", account, f"0x{SLOTS[what]:064x}", word)
    (difference,) = deployed.check().differences
    assert difference.startswith(f"account of Growth: {account} has {rogue} as its {what}, not ")


def test_check_proves_a_budget_that_is_configured(deployed):
    """The DAO's decision, and then the file that follows it."""
    now = deployed.node.now()
    groups = deployed.node.web3.eth.contract(deployed.at("WorkingGroups"), abi=compiled("WorkingGroups").abi)
    account, token = groups.functions.accountOf(3).call(), deployed.at("PhemexToken")
    start, end = now // DAY * DAY, now // DAY * DAY + 100 * DAY
    terms = (account, token, 400_000 * 10**18, 1, start, end, 3)
    by_dao(deployed, "Treasury", f"openBudget{TERMS}", terms)
    moments = [time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(moment)) for moment in (start, end)]
    told = f"a budget of 400_000 PT each month of {account} for group 3, {' to '.join(moments)}"
    assert deployed.check().differences == [f"budget 1: {told} on the chain, not configured"]

    rows = {
        "number": "1", "spender": "Growth", "limit": "400_000 PT", "period": "month", "start": moments[0],
        "end": moments[1], "group": "Growth", "large": "no",
    }  # fmt: skip
    listed = "budgets:\n  - " + "\n    ".join(f"{name}: {value}" for name, value in rows.items()) + "\n#"
    deployed.figure("networks/local.yaml", "budgets: []", listed)
    assert ("budget", "1", told) in deployed.check().proven

    deployed.figure("networks/local.yaml", "400_000 PT", "400_001 PT")
    (difference,) = deployed.check().differences
    assert difference == f"budget 1: {told} on the chain, {told.replace('400_000', '400_001')} configured"

    by_dao(deployed, "Treasury", "closeBudget(uint256)", 1)
    assert deployed.check().differences == ["budget 1: configured, but it is closed"]
