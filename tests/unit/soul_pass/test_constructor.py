"""What stands after deployment."""

import pytest

from phemexia.evm import ZERO, reverts


def test_constructor_sets_the_roles(soul_pass, chain, dao, issuer, guardian, art):
    assert (soul_pass.dao(), soul_pass.issuer(), soul_pass.nominee()) == (dao, issuer.address, ZERO)
    assert (soul_pass.guardian(), soul_pass.guardianUntil()) == (guardian, chain.timestamp + 180 * 86_400)
    assert soul_pass.art() == art.address
    assert soul_pass.issuancePaused() == (False, False)


@pytest.mark.parametrize(
    ("kind", "unit", "decimals", "may_fall"),
    [
        (b"xPT", b"xPT", 18, True),
        (b"shovel", b"shovel", 0, False),
        (b"contribution", b"point", 0, False),
        (b"governance", b"ballot", 0, False),
        (b"credit", b"point", 0, True),
    ],
)
def test_constructor_registers_the_first_kinds(soul_pass, publisher, contributors, kind, unit, decimals, may_fall):
    assert soul_pass.kindOf(kind.ljust(32, b"\0")) == {
        "writer": contributors if kind == b"contribution" else publisher,
        "decimals": decimals,
        "mayFall": may_fall,
        "registered": True,
        "unit": unit.ljust(32, b"\0"),
    }
    assert kind.ljust(32, b"\0") in soul_pass.kinds()
    assert len(soul_pass.kinds()) == 5


def test_constructor_starts_empty(soul_pass, holder, account):
    assert soul_pass.lastId() == 0
    assert soul_pass.passOf(holder) == soul_pass.idOf(account) == soul_pass.accountNonce(account) == 0


def test_constructor_names_the_collection(soul_pass):
    assert (soul_pass.name(), soul_pass.symbol()) == ("Phemex Soul Pass", "PSP")


def test_constructor_shows_its_signing_domain(soul_pass, chain):
    """ERC-5267: wallets and tools can read the domain that vouchers are signed in."""
    _, name, version, chain_id, contract, _, _ = soul_pass.eip712Domain()
    assert (name, version, chain_id, contract) == ("Phemex Soul Pass", "1", chain.chain_id, soul_pass.address)


@pytest.mark.parametrize("missing", [0, 1, 3, 4, 5], ids=["dao", "issuer", "publisher", "contributors", "art"])
def test_constructor_refuses_the_zero_address(chain, dao, issuer, guardian, publisher, contributors, art, missing):
    roles = [dao, issuer, guardian, publisher, contributors, art]
    roles[missing] = ZERO
    with reverts("SoulPass__ZeroAddress"):
        chain.deploy("SoulPass", *roles)


def test_constructor_without_a_guardian(chain, dao, issuer, publisher, contributors, art):
    """Zero stands for nobody, as it does when the DAO takes the office away."""
    soul_pass = chain.deploy("SoulPass", dao, issuer, ZERO, publisher, contributors, art)
    assert soul_pass.guardian() == ZERO
