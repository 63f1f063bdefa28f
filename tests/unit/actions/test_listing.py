"""N7: every function that the timelock may call has a class, and people can read it."""

import re

from eth_utils import function_abi_to_4byte_selector

from phemexia.actions import LIST, listing
from phemexia.deployment.plan import GROUND, STEPS, compiled

VESTINGS = ("Investor", "Operations", "Builder")
MONEY = {
    "returnUnpromised": "Treasury",
    "drop": "Organization",
    "revoke": "Organization",
}
GROUPS = (
    "open", "appointLead", "setMandate", "setSeats", "close", "reopen", "addMember", "removeMember", "setPayer",
)  # fmt: skip
KEYSTONES = ("PhemexGovernor", "PhemexTimelock", "ActionClasses")


def test_listing_is_what_is_committed(config):
    assert LIST.read_text() == listing(config), (
        "run `python -m phemexia.actions` and commit docs/action-classes.md"
    )


def test_listing_has_every_function(actions):
    """By selector, so that no overload is missed."""
    listed = {(action.contract, action.selector) for action in actions}
    every = {
        (step.contract, "0x" + function_abi_to_4byte_selector(item).hex())
        for step in STEPS
        if step.contract not in GROUND
        for item in compiled(step.contract).abi
        if item["type"] == "function" and item["stateMutability"] not in ("view", "pure")
    }
    assert listed == every


def test_listing_calls_the_keystones_constitutional(actions):
    """G15: the governor, the timelock and the table themselves, whatever is called."""
    for action in actions:
        if action.contract in KEYSTONES:
            assert (action.class_, action.by) == ("Constitutional", "code"), action


def test_listing_calls_what_moves_tokens_no_less_than_treasury(actions):
    """What could move money or votes of the timelock's own is Treasury at least."""
    for action in actions:
        if action.contract in ("PhemexToken", "Treasury", "VotingEscrow"):
            assert action.class_ in ("Treasury", "Organization", "Constitutional"), action


def test_listing_bounds_what_leaves_without_the_highest_class(actions):
    """G17: what is unbounded, `spendLarge` and `openLargeBudget`, is Constitutional, as is paying as a spender."""
    classes = {a.function.partition("(")[0]: a.class_ for a in actions if a.contract == "Treasury"}
    for name in ("spendLarge", "openLargeBudget", "pay", "payMany", "openBudgetBelow", "giveBack"):
        assert classes[name] == "Constitutional", name


def test_listing_leaves_exactly_these_below_constitutional(actions):
    """A new entry in the table is a decision: it changes this test."""
    lax = {
        f"{a.contract}.{a.function.partition('(')[0]}": a.class_ for a in actions if a.class_ != "Constitutional"
    }
    assert lax == {
        **{f"Mandates.{name}": "General" for name in ("signal", "issue", "setDeadline", "dispute", "withdraw")},
        **{
            f"Contributors.{name}": "Treasury"
            for name in ("stopStream", "dropTranche", "endGrant", "cancelBounty")
        },
        **{f"Treasury.{name}": "Treasury" for name in ("spend", "openBudget", "closeBudget", "freezeBudget")},
        "Treasury.unfreezeBudget": "Organization",
        **{f"WorkingGroups.{name}": "Organization" for name in GROUPS},
        "PhemexToken.transfer": "Treasury",
        "CoreTeam.appoint": "Organization",
        "CoreTeam.dismiss": "Organization",
        "SoulPass.reinstate": "Organization",
        "Campaign.dropRoot": "Organization",
        "CollaboratorCampaign.dropRoot": "Organization",
        **{f"{row}Vesting.{name}": class_ for row in VESTINGS for name, class_ in MONEY.items()},
    }


def test_listing_fixes_every_setter_of_an_office(actions):
    """N7, G12: who may do something is Constitutional in code, whatever the table will say."""
    naming = re.compile(r"^(set|nominate|accept|grant|revokeRole|renounce|transferOwnership|register|update)")
    grants = {f"{row}Vesting" for row in VESTINGS}  # where grants are granted and accepted, no offices
    offices = [
        action
        for action in actions
        if naming.match(action.function)
        and not (action.contract in grants and re.match(r"(grant|accept)\(", action.function))
        and action.contract not in ("WorkingGroups", "Contributors", "Mandates")  # people and work, no offices
    ]
    assert {action.function.partition("(")[0] for action in offices} >= {
        *(
            "setGuardian",
            "setGrantor",
            "setPublisher",
            "setWriter",
            "registerKind",
            "nominateIssuer",
            "acceptIssuer",
        ),
        *("setOperator", "grantRole", "revokeRole", "renounceRole", "setClasses", "setRules", "updateDelay"),
    }
    for action in offices:
        assert (action.class_, action.by) == ("Constitutional", "code"), action
