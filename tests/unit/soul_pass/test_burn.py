"""The holder may always leave; the id stays with the account."""

import pytest
from support.passes import elector_since

from phemexia.evm import ZERO, Event, reverts

DAY = 86_400


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


@pytest.fixture
def burned_revoked(soul_pass, issuer, pass_id, holder) -> int:
    """The holder burned its pass while it was revoked."""
    soul_pass.revoke(pass_id, 7, sender=issuer)
    soul_pass.burn(pass_id, sender=holder)
    return pass_id


def test_burn_of_a_revoked_pass(soul_pass, chain, burned_revoked, holder):
    """S3: it stays revoked, and the wallet holds nothing: no member, no elector."""
    assert soul_pass.revocationOf(burned_revoked) == (chain.timestamp, 7)
    assert (soul_pass.passOf(holder), soul_pass.balanceOf(holder), soul_pass.holderSince(holder)) == (0, 0, 0)
    assert soul_pass.electorAt(holder, soul_pass.chain.timestamp) == (0, 0)
    assert not soul_pass.isMember(holder)
    assert soul_pass.occupantOf(holder) == burned_revoked


def test_burn_of_a_revoked_pass_frees_neither_wallet_nor_account(
    soul_pass, mint, burned_revoked, holder, account, other_account, other_wallet
):
    """S3: a revocation goes on occupying both; burning is no way around it with another account's voucher."""
    with reverts("SoulPass__WalletHasPass", wallet=holder, id=burned_revoked):
        mint(holder, other_account)
    with reverts("SoulPass__Revoked", id=burned_revoked):
        mint(other_wallet, account)


def test_burn_of_a_revoked_pass_skips_the_wallet_in_batches(
    soul_pass, apply, newcomer, account, other_account, issuer, chain, stranger
):
    chain.fund(newcomer.address)
    number = soul_pass.sponsor(apply(newcomer, account), sender=stranger).returned
    soul_pass.revoke(number, 7, sender=issuer)
    soul_pass.burn(number, sender=newcomer)
    receipt = soul_pass.sponsorMany([apply(newcomer, other_account)], sender=stranger)
    assert receipt.returned == [0]
    assert len(receipt.named("MintSkipped")) == 1


def test_burn_of_a_revoked_pass_keeps_recoveries_away_from_the_wallet(
    soul_pass, chain, mint, recovery, pass_id, account, newcomer, other_account, issuer, stranger
):
    """A recovery that was started while the wallet was free does not get around the revocation either."""
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    chain.fund(newcomer.address)
    other = mint(newcomer.address, other_account).returned
    soul_pass.revoke(other, 7, sender=issuer)
    soul_pass.burn(other, sender=newcomer)
    chain.sleep(7 * DAY)
    with reverts("SoulPass__WalletHasPass", wallet=newcomer, id=other):
        soul_pass.completeRecovery(pass_id, sender=stranger)
    soul_pass.stopRecovery(pass_id, sender=soul_pass.ownerOf(pass_id))
    chain.sleep(30 * DAY)
    with reverts("SoulPass__WalletHasPass", wallet=newcomer, id=other):
        soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)


@pytest.mark.parametrize("by", ["issuer", "dao"])
@pytest.mark.parametrize("whose", ["account", "other_account"])
def test_burn_of_a_revoked_pass_until_it_is_reinstated(
    soul_pass, mint, burned_revoked, holder, by, whose, request
):
    """Reinstating frees account and wallet, each for the other or for a third."""
    soul_pass.reinstate(burned_revoked, sender=request.getfixturevalue(by))
    assert soul_pass.occupantOf(holder) == 0
    number = mint(holder, request.getfixturevalue(whose)).returned
    assert number == burned_revoked + (whose == "other_account")
    assert soul_pass.passOf(holder) == soul_pass.occupantOf(holder) == number
    assert soul_pass.balanceOf(holder) == 1


def test_burn_of_a_revoked_pass_occupies_the_last_wallet_only(
    soul_pass, mint, burned_revoked, holder, other_wallet, account, other_account, issuer
):
    """A later revocation of the same pass, held elsewhere by then, is no concern of the wallet of the first."""
    soul_pass.reinstate(burned_revoked, sender=issuer)
    mint(other_wallet, account)
    soul_pass.revoke(burned_revoked, 8, sender=issuer)
    soul_pass.burn(burned_revoked, sender=other_wallet)
    assert soul_pass.occupantOf(other_wallet) == burned_revoked
    assert soul_pass.occupantOf(holder) == 0
    mint(holder, other_account)
    soul_pass.reinstate(burned_revoked, sender=issuer)
    assert soul_pass.passOf(holder) == soul_pass.occupantOf(holder) == 2
    assert soul_pass.occupantOf(other_wallet) == 0


def test_burn_before_a_revocation_occupies_the_account_only(
    soul_pass, mint, pass_id, holder, other_wallet, account, other_account, issuer
):
    """Whoever burned a pass in good standing is not bound by what became of it afterwards."""
    soul_pass.burn(pass_id, sender=holder)
    soul_pass.revoke(pass_id, 7, sender=issuer)
    assert soul_pass.occupantOf(holder) == 0
    mint(holder, other_account)
    with reverts("SoulPass__Revoked", id=pass_id):
        mint(other_wallet, account)
