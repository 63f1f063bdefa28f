"""PT is born in its places, exactly, or not at all."""

import pytest
from support.solidity import compile_source

from phemexia.evm import reverts

SUPPLY = 10**27


def test_constructor_mints_to_each_place(deploy, place):
    first, second, third = place(), place(), place()
    token = deploy([first, second, third], [1, 2, SUPPLY - 3])
    assert [token.balanceOf(p) for p in (first, second, third)] == [1, 2, SUPPLY - 3]
    assert token.totalSupply() == token.SUPPLY() == SUPPLY


def test_constructor_sets_name_symbol_and_decimals(token):
    assert (token.name(), token.symbol(), token.decimals()) == ("Phemex Token", "PT", 18)


def test_constructor_leaves_nothing_to_the_deployer(token, deployer):
    assert token.balanceOf(deployer) == 0


def test_constructor_leaves_the_supply_spendable(token, holder, spender):
    receipt = token.transfer(spender, 5, sender=holder)
    (event,) = receipt.events
    assert (event.name, event.address) == ("Transfer", token.address)
    assert list(event.args.values()) == [holder.address, spender, 5]


@pytest.mark.parametrize(("places", "amounts"), [(1, 0), (1, 2), (0, 1), (2, 1)])
def test_constructor_refuses_lists_of_different_length(deploy, place, places, amounts):
    with reverts("PhemexToken__LengthMismatch", places=places, amounts=amounts):
        deploy([place() for _ in range(places)], [SUPPLY] * amounts)


def test_constructor_refuses_an_address_without_code(chain, deploy, place):
    """N11: PT cannot be minted to an address where nothing stands."""
    nobody = chain.account("nobody")
    with reverts("PhemexToken__NoCode", place=nobody):
        deploy([place(), nobody], [SUPPLY - 1, 1])


def test_constructor_refuses_its_own_address(deploy, expected):
    """N11: while it is being built, PT itself is an address without code."""
    with reverts("PhemexToken__NoCode", place=expected):
        deploy([expected], [SUPPLY])


def test_constructor_refuses_a_place_of_another_token(chain, deploy, deployer):
    """N11: a place that was built for another token."""
    stranger = chain.deploy(compile_source("Places.sol", "Place"), deployer)
    with reverts("PhemexToken__NotAPlace", place=stranger):
        deploy([stranger], [SUPPLY])


@pytest.mark.parametrize("answer", ["Bystander", "Mute"])
def test_constructor_refuses_a_contract_that_names_no_token(chain, deploy, answer):
    """N11: a contract that reverts, and one that answers nothing."""
    contract = chain.deploy(compile_source("Places.sol", answer))
    with reverts("PhemexToken__NotAPlace", place=contract):
        deploy([contract], [SUPPLY])


@pytest.mark.parametrize("answer", ["Babbler", "Dirty"])
def test_constructor_refuses_an_answer_that_is_no_clean_address(chain, deploy, expected, answer):
    """N11: the right address, but with more around it."""
    contract = chain.deploy(compile_source("Places.sol", answer), expected)
    with reverts("PhemexToken__NotAPlace", place=contract):
        deploy([contract], [SUPPLY])


def test_constructor_refuses_an_amount_of_zero(deploy, place):
    empty = place()
    with reverts("PhemexToken__ZeroAmount", place=empty):
        deploy([place(), empty], [SUPPLY, 0])


def test_constructor_refuses_a_place_twice(deploy, place):
    twice = place()
    with reverts("PhemexToken__DuplicatePlace", place=twice):
        deploy([twice, place(), twice], [1, 1, SUPPLY - 2])


@pytest.mark.parametrize("total", [1, SUPPLY - 1, SUPPLY + 1])
def test_constructor_refuses_any_other_total(deploy, place, total):
    with reverts("PhemexToken__WrongTotal", total=total):
        deploy([place()], [total])


def test_constructor_refuses_an_empty_list(deploy):
    with reverts("PhemexToken__WrongTotal", total=0):
        deploy([], [])


def test_constructor_refuses_a_sum_that_overflows(deploy, place):
    """The sum of these is the supply, modulo 2^256."""
    with reverts("Panic", code=0x11):
        deploy([place(), place()], [2**256 - 1, SUPPLY + 1])
