"""What stands after deployment."""

import pytest

from phemexia.evm import ZERO, reverts


def test_constructor_sets_the_roles(soul_pass, dao, issuer):
    assert (soul_pass.dao(), soul_pass.issuer(), soul_pass.nominee()) == (dao, issuer.address, ZERO)


def test_constructor_starts_empty(soul_pass, holder, account):
    assert soul_pass.lastId() == 0
    assert soul_pass.passOf(holder) == soul_pass.idOf(account) == soul_pass.accountNonce(account) == 0


def test_constructor_names_the_collection(soul_pass):
    assert (soul_pass.name(), soul_pass.symbol()) == ("Phemex Soul Pass", "PSP")


def test_constructor_shows_its_signing_domain(soul_pass, chain):
    """ERC-5267: wallets and tools can read the domain that vouchers are signed in."""
    _, name, version, chain_id, contract, _, _ = soul_pass.eip712Domain()
    assert (name, version, chain_id, contract) == ("Phemex Soul Pass", "1", chain.chain_id, soul_pass.address)


@pytest.mark.parametrize("missing", ["dao", "issuer"])
def test_constructor_refuses_the_zero_address(chain, dao, issuer, missing):
    roles = [ZERO if missing == "dao" else dao, ZERO if missing == "issuer" else issuer]
    with reverts("SoulPass__ZeroAddress"):
        chain.deploy("SoulPass", *roles)
