"""Groups, their people and their budgets in the configuration."""

import re

import pytest
from eth_account import Account
from eth_utils import keccak

from phemexia.config import load
from phemexia.config.units import NOBODY
from phemexia.errors import Refused

GOVERNANCE, LOCAL = "governance.yaml", "networks/local.yaml"
LEAD = "0x09DB0a93B389bEF724429898f539AEB7ac2Dd55f"
BUDGET = """budgets:
  - number: 1
    spender: Growth
    limit: 400_000 PT
    period: month
    start: 2027-02-01 00:00 UTC
    end: 2028-01-01 00:00 UTC
    group: Growth
    large: no
#"""


def test_load_has_the_four_groups(folder):
    config = load("local", folder)
    assert [group.name for group in config.governance.groups] == [
        "Operation", "Treasury Management", "Growth", "DAO to DAO",
    ]  # fmt: skip
    for group, staff in zip(config.governance.groups, config.network.groups, strict=True):
        assert config.mandates[group.mandate] == "0x" + keccak((folder / group.mandate).read_bytes()).hex()
        assert len(staff.everyone()) == 3
        assert staff.lead == staff.everyone()[0]


def test_load_takes_a_group_without_a_lead(spoilt):
    config = spoilt(LOCAL, f'lead: "{LEAD}"', "lead: nobody")()
    assert config.network.groups[0].lead == NOBODY
    assert len(config.network.groups[0].everyone()) == 2


def test_hash_depends_on_the_mandates(folder):
    before = load("local", folder).hash()
    (folder / "mandates" / "growth.md").write_text("another text")
    assert load("local", folder).hash() != before


def test_load_takes_a_budget(spoilt):
    (budget,) = spoilt(LOCAL, "budgets: []", BUDGET)().network.budgets
    assert budget.limit == ("PT", 400_000 * 10**18)
    assert (budget.spender, budget.period, budget.large) == ("Growth", "month", False)


@pytest.mark.parametrize(
    ("text", "asset", "amount"),
    [("1.5 ether", "ether", 15 * 10**17), (f"5_000_000 of {LEAD}", LEAD, 5_000_000), ("1 PT", "PT", 10**18)],
)
def test_load_takes_a_limit_in_any_asset(spoilt, text, asset, amount):
    (budget,) = spoilt(LOCAL, "budgets: []", BUDGET.replace("400_000 PT", text))().network.budgets
    assert budget.limit == (asset, amount)


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        pytest.param(
            GOVERNANCE, "seats: 7", "seats: 13", "groups[2].seats should be 1 to 12, the lead's seat included",
            id="too many seats",
        ),
        pytest.param(
            GOVERNANCE, "seats: 7", "seats: 0", "groups[2].seats should be 1 to 12, the lead's seat included",
            id="no seat",
        ),
        pytest.param(
            GOVERNANCE, "term: 360 days #", "term: 401 days #",
            "groups[0].term should be more than nothing, and at most 400 days", id="too long a term",
        ),
        pytest.param(
            GOVERNANCE, "mandates/growth.md", "../growth.md",
            'groups[2].mandate should be a file such as mandates/growth.md beside this one, not "../growth.md"',
            id="mandate elsewhere",
        ),
        pytest.param(
            GOVERNANCE, "mandates/growth.md", "mandates/none.md",
            "groups[2].mandate is mandates/none.md, which can't be read", id="no such mandate",
        ),
        pytest.param(
            GOVERNANCE, "name: Growth", "name: Operation", 'groups names "Operation" twice', id="name twice"
        ),
        pytest.param(
            GOVERNANCE, "name: Growth", f"name: {'x' * 65}",
            f'groups[2].name should be at most 64 bytes, not "{"x" * 65}"',
            id="long name",
        ),
        pytest.param(
            LOCAL, "name: Growth", "name: Growht",
            "groups should be those of config/governance.yaml, in its order: Operation, Treasury Management, "
            "Growth, DAO to DAO", id="misspelt group",
        ),
        pytest.param(
            LOCAL, '"0x08135Da0A343E492FA2d4282F2AE34c6c5CC1BbE"', f'"{LEAD}"',
            f"groups has {LEAD} twice in Operation", id="seated twice",
        ),
        pytest.param(
            GOVERNANCE, "seats: 7", "seats: 2",
            "groups[2].members are 2, but Growth has 2 seats in config/governance.yaml, one of which is "
            "the lead's",
            id="more members than seats",
        ),
        pytest.param(
            LOCAL, "budgets: []", BUDGET.replace("spender: Growth", "spender: Grwth"),
            "budgets[0].spender is Grwth, neither a group of config/governance.yaml nor an address with its "
            "checksum",
            id="unknown spender",
        ),
        pytest.param(
            LOCAL, "budgets: []", BUDGET.replace("group: Growth", "group: 3"),
            "budgets[0].group is 3, which is no group of config/governance.yaml", id="unknown group",
        ),
        pytest.param(
            LOCAL, "budgets: []", BUDGET.replace("400_000 PT", "400_000"),
            'budgets[0].limit should be an amount such as "1_000 PT", "2 ether" or "5_000_000 of 0x...", '
            'not "400_000"',
            id="no unit",
        ),
        pytest.param(
            LOCAL, "budgets: []", BUDGET.replace("month", "year"),
            "budgets[0].period should be once, month or quarter, not \"year\"", id="unknown period",
        ),
        pytest.param(
            LOCAL, "budgets: []", BUDGET[:-1] + BUDGET[9:], "budgets has the number 1 twice", id="number twice"
        ),
    ],
)  # fmt: skip
def test_load_names_what_is_wrong(spoilt, file, old, new, sentence):
    with pytest.raises(Refused) as refused:
        spoilt(file, old, new)()
    found = re.fullmatch(r"config/[\w/]+\.yaml, line \d+: (.*)", str(refused.value))
    assert found
    assert found[1] == sentence


def test_load_refuses_test_accounts_in_earnest(spoilt, folder):
    """Whoever is seated can pay, so its key must be its own."""
    path = folder / LOCAL
    text = path.read_text().replace("rehearsal: yes", "rehearsal: no")
    addresses = set(re.findall(r'"(0x\w{40})"', text.partition("safe:")[0])) - {LEAD}
    for address in addresses:
        text = text.replace(address, Account.create().address)
    path.write_text(text)
    with pytest.raises(Refused, match=f"groups has {LEAD} in Operation, a test account whose key everyone knows"):
        load("local", folder)
