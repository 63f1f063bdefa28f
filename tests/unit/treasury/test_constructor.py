"""A treasury says whose it is and what it was built for."""

import pytest

from phemexia.evm import ZERO, Event, reverts


def test_constructor_names_token_and_dao(chain, dao):
    token = chain.account("token")
    treasury = chain.deploy("Treasury", token, dao)
    assert (treasury.token(), treasury.dao()) == (token, dao)


def test_receive_takes_ether_and_says_from_whom(chain, treasury, stranger):
    before = chain.balance(treasury)
    receipt = chain.send(stranger, treasury, value=7)
    assert receipt.events == [Event("Received", treasury.address, {"from": stranger, "amount": 7})]
    assert chain.balance(treasury) == before + 7


def test_receive_fits_the_gas_that_old_contracts_send(chain, treasury, stranger):
    gas = chain.send(stranger, treasury, value=7).gas
    assert gas - 21_000 <= 2_300


@pytest.mark.parametrize("missing", range(2), ids=("token", "dao"))
def test_constructor_refuses_the_zero_address(chain, missing):
    addresses = [ZERO if i == missing else chain.account(str(i)) for i in range(2)]
    with reverts("Treasury__ZeroAddress"):
        chain.deploy("Treasury", *addresses)
