"""A treasury says whose it is and what it was built for."""

import pytest

from phemexia import artifacts
from phemexia.evm import ZERO, Event, reverts


def test_constructor_names_whom_it_asks(chain, dao):
    addresses = [chain.account("token"), dao, chain.account("governor"), chain.account("groups")]
    treasury = chain.deploy("Treasury", *addresses)
    assert addresses == [treasury.token(), treasury.dao(), treasury.guardianSource(), treasury.groups()]


def test_receive_takes_ether_and_says_from_whom(chain, treasury, stranger):
    before = chain.balance(treasury)
    receipt = chain.send(stranger, treasury, value=7)
    assert receipt.events == [Event("Received", treasury.address, {"from": stranger, "amount": 7})]
    assert chain.balance(treasury) == before + 7


def test_receive_fits_the_gas_that_old_contracts_send(chain, treasury, stranger):
    gas = chain.send(stranger, treasury, value=7).gas
    assert gas - 21_000 <= 2_300


@pytest.mark.parametrize("missing", range(4), ids=("token", "dao", "guardians", "groups"))
def test_constructor_refuses_the_zero_address(chain, missing):
    addresses = [ZERO if i == missing else chain.account(str(i)) for i in range(4)]
    with reverts("Treasury__ZeroAddress"):
        chain.deploy("Treasury", *addresses)


def test_the_treasury_changes_nothing_but_by_these_functions():
    """N7: it has no function that forwards a call, approves or delegates."""
    abi = artifacts.load("Treasury").abi
    changing = {
        item["name"]
        for item in abi
        if item["type"] == "function" and item["stateMutability"] not in ("view", "pure")
    }
    spending = {"spend", "spendLarge", "pay", "payMany", "giveBack"}
    opening = {"openBudget", "openLargeBudget", "openBudgetBelow"}
    assert changing == spending | opening | {"closeBudget", "freezeBudget", "unfreezeBudget"}
    assert not [item for item in abi if item["type"] == "fallback"]
