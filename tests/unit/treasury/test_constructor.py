"""A treasury says whose it is and what it was built for."""

from phemexia.evm import Event


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
