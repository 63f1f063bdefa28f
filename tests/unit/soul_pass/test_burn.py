"""The holder may always leave; the id stays with the account."""

import pytest
from support.passes import elector_since

from phemexia.evm import ZERO, Event, reverts


def test_burn_makes_the_pass_dormant(soul_pass, pass_id, holder, account):
    soul_pass.burn(pass_id, sender=holder)
    assert (soul_pass.passOf(holder), soul_pass.balanceOf(holder)) == (0, 0)
    assert (soul_pass.holderSince(holder), elector_since(soul_pass, holder)) == (0, 0)
    assert not soul_pass.isMember(holder)
    assert (soul_pass.idOf(account), soul_pass.accountNonce(account), soul_pass.lastId()) == (pass_id, 1, 1)
    with reverts("TokenDoesNotExist"):
        soul_pass.ownerOf(pass_id)


def test_burn_emits(soul_pass, pass_id, holder):
    transfer, burned = soul_pass.burn(pass_id, sender=holder).events
    assert (transfer.name, list(transfer.args.values())) == ("Transfer", [holder, ZERO, pass_id])
    assert burned == Event("PassBurned", soul_pass.address, {"id": pass_id, "wallet": holder})


@pytest.mark.parametrize("role", ["dao", "issuer", "stranger"])
def test_burn_by_anyone_else(soul_pass, pass_id, role, request):
    """N3: not even the issuer burns, which would reach governance at once."""
    sender = request.getfixturevalue(role)
    address = getattr(sender, "address", sender)
    with reverts("SoulPass__NotHolder", sender=address, id=pass_id):
        soul_pass.burn(pass_id, sender=sender)


def test_burn_of_the_pass_of_another_holder(soul_pass, mint, pass_id, other_wallet, other_account):
    mint(other_wallet, other_account)
    with reverts("SoulPass__NotHolder", sender=other_wallet, id=pass_id):
        soul_pass.burn(pass_id, sender=other_wallet)


def test_burn_twice(soul_pass, pass_id, holder):
    soul_pass.burn(pass_id, sender=holder)
    with reverts("SoulPass__NotHolder", sender=holder, id=pass_id):
        soul_pass.burn(pass_id, sender=holder)


@pytest.mark.parametrize("unknown", [0, 2, 2**96, 2**256 - 1])
def test_burn_of_an_unknown_id(soul_pass, pass_id, holder, unknown):
    with reverts("SoulPass__NotHolder", sender=holder, id=unknown):
        soul_pass.burn(unknown, sender=holder)


def test_burn_of_a_revoked_pass(soul_pass, issuer, chain, pass_id, holder, mint, other_account):
    """S3: it stays revoked; only the wallet is free, for an account that has a voucher of its own."""
    soul_pass.revoke(pass_id, 7, sender=issuer)
    soul_pass.burn(pass_id, sender=holder)
    assert soul_pass.revocationOf(pass_id) == (chain.timestamp, 7)
    assert mint(holder, other_account).returned == pass_id + 1
    assert soul_pass.isMember(holder)
    assert soul_pass.revocationOf(pass_id + 1) == (0, 0)
