"""The issuer revokes: at once for the exchange, 30 days later for governance."""

import pytest
from support.passes import elector_since

from phemexia.evm import Event, reverts


def test_revoke_keeps_holder_account_and_wallet(soul_pass, chain, issuer, pass_id, holder, account):
    minted = chain.timestamp
    chain.sleep(5)
    soul_pass.revoke(pass_id, 3, sender=issuer)
    assert not soul_pass.isMember(holder)
    assert soul_pass.revocationOf(pass_id) == (chain.timestamp, 3)
    assert (soul_pass.ownerOf(pass_id), soul_pass.passOf(holder)) == (holder, pass_id)
    assert soul_pass.holderSince(holder) == elector_since(soul_pass, holder) == minted
    assert (soul_pass.idOf(account), soul_pass.accountNonce(account)) == (pass_id, 1)
    assert soul_pass.locked(pass_id)


def test_revoke_emits(soul_pass, issuer, pass_id):
    receipt = soul_pass.revoke(pass_id, 3, sender=issuer)
    assert receipt.events == [
        Event("PassRevoked", soul_pass.address, {"id": pass_id, "reason": 3}),
        Event("MetadataUpdate", soul_pass.address, {"_tokenId": pass_id}),
    ]


@pytest.mark.parametrize("reason", [0, 255])
def test_revoke_with_any_reason(soul_pass, chain, issuer, pass_id, holder, reason):
    """A reason of zero revokes no less."""
    soul_pass.revoke(pass_id, reason, sender=issuer)
    assert soul_pass.revocationOf(pass_id) == (chain.timestamp, reason)
    assert not soul_pass.isMember(holder)


@pytest.mark.parametrize("role", ["dao", "holder", "stranger", "guardian"])
def test_revoke_by_anyone_else(soul_pass, pass_id, role, request):
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__NotIssuer", sender=getattr(sender, "address", sender)):
        soul_pass.revoke(pass_id, 1, sender=sender)


def test_revoke_twice(soul_pass, chain, issuer, pass_id):
    """The 30 days count from the first revocation: it can't be renewed, nor its reason replaced."""
    soul_pass.revoke(pass_id, 1, sender=issuer)
    since = chain.timestamp
    chain.sleep(86_400)
    with reverts("SoulPass__Revoked", id=pass_id):
        soul_pass.revoke(pass_id, 2, sender=issuer)
    assert soul_pass.revocationOf(pass_id) == (since, 1)


@pytest.mark.parametrize("unknown", [0, 2, 2**96 + 1, 2**256 - 1])
def test_revoke_an_unknown_id(soul_pass, issuer, pass_id, unknown):
    with reverts("SoulPass__UnknownPass", id=unknown):
        soul_pass.revoke(unknown, 1, sender=issuer)


def test_revoke_a_dormant_pass(soul_pass, chain, issuer, pass_id, holder):
    """A burn just before the revocation does not get around it."""
    soul_pass.burn(pass_id, sender=holder)
    soul_pass.revoke(pass_id, 1, sender=issuer)
    assert soul_pass.revocationOf(pass_id) == (chain.timestamp, 1)


def test_revoke_outlives_the_issuer(soul_pass, dao, issuer, stranger, pass_id, holder):
    """S3: a change of issuer does not silently bring back who was revoked."""
    soul_pass.revoke(pass_id, 1, sender=issuer)
    soul_pass.nominateIssuer(stranger, sender=dao)
    soul_pass.acceptIssuer(sender=stranger)
    assert not soul_pass.isMember(holder)


def test_revoke_touches_one_pass(soul_pass, mint, issuer, pass_id, other_wallet, other_account):
    mint(other_wallet, other_account)
    soul_pass.revoke(pass_id, 1, sender=issuer)
    assert soul_pass.isMember(other_wallet)
