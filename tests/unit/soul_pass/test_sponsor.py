"""Anyone mints for a holder who agreed by a signature, and pays the gas."""

import pytest
from support.solidity import compile_source

from phemexia.evm import Event, reverts


def test_sponsor_mints_for_the_signer(soul_pass, chain, apply, newcomer, account, stranger):
    receipt = soul_pass.sponsor(apply(newcomer, account), sender=stranger)
    assert receipt.returned == 1
    assert (soul_pass.ownerOf(1), soul_pass.passOf(newcomer.address)) == (newcomer.address, 1)
    assert soul_pass.passOf(stranger.address) == 0
    assert soul_pass.holderSince(newcomer.address) == chain.timestamp
    assert [event.name for event in receipt.events] == ["Transfer", "Locked", "Issued", "PassMinted"]
    minted = {"id": 1, "account": account, "wallet": newcomer.address, "nonce": 0}
    assert receipt.events[-1] == Event("PassMinted", soul_pass.address, minted)


def test_sponsor_by_the_wallet_itself_needs_no_consent(soul_pass, voucher, attest, holder, account):
    paper = voucher(holder, account)
    assert soul_pass.sponsor((paper, attest(paper), b""), sender=holder).returned == 1


@pytest.mark.parametrize(
    "consent", ["none", "of another wallet", "of another type", "to another deadline", "of the issuer"]
)
def test_sponsor_without_consent(
    soul_pass, voucher, attest, sign, newcomer, other_newcomer, issuer, account, stranger, consent
):
    """S7: nobody gets a pass that it did not agree to, and a consent is to exactly one voucher."""
    paper = voucher(newcomer.address, account)
    given = {
        "none": b"",
        "of another wallet": sign("Consent", paper, other_newcomer),
        "of another type": sign("Voucher", paper, newcomer),
        "to another deadline": sign("Consent", (*paper[:3], paper[3] + 1), newcomer),
        "of the issuer": sign("Consent", paper, issuer),
    }[consent]
    with reverts("SoulPass__NotConsented", wallet=newcomer):
        soul_pass.sponsor((paper, attest(paper), given), sender=stranger)


def test_sponsor_without_attestation(soul_pass, apply, attest, newcomer, account, stranger):
    paper, _, consent = apply(newcomer, account)
    with reverts("SoulPass__NotAttested"):
        soul_pass.sponsor((paper, attest(paper, signer=newcomer), consent), sender=stranger)


def test_sponsor_twice(soul_pass, apply, newcomer, account, stranger):
    application = apply(newcomer, account)
    soul_pass.sponsor(application, sender=stranger)
    with reverts("SoulPass__WalletHasPass", wallet=newcomer, id=1):
        soul_pass.sponsor(application, sender=stranger)


def test_sponsor_with_a_consent_from_before_a_burn(soul_pass, chain, apply, newcomer, account, stranger):
    """S7: an old consent does not bring back a pass that its holder burned."""
    application = apply(newcomer, account)
    soul_pass.sponsor(application, sender=stranger)
    chain.fund(newcomer.address)
    soul_pass.burn(1, sender=newcomer)
    with reverts("SoulPass__WrongNonce", account=account, expected=1, given=0):
        soul_pass.sponsor(application, sender=stranger)


def test_sponsor_with_a_consent_of_before_and_a_voucher_of_now(
    soul_pass, chain, apply, voucher, attest, newcomer, account, stranger
):
    """S7: the consent bears the nonce as well."""
    _, _, old_consent = application = apply(newcomer, account)
    soul_pass.sponsor(application, sender=stranger)
    soul_pass.burn(1, sender=newcomer)
    paper = voucher(newcomer.address, account)
    with reverts("SoulPass__NotConsented", wallet=newcomer):
        soul_pass.sponsor((paper, attest(paper), old_consent), sender=stranger)


@pytest.mark.parametrize("late", [0, 1], ids=["at", "second after"])
def test_sponsor_at_the_deadline(soul_pass, chain, apply, newcomer, account, stranger, late):
    application = apply(newcomer, account, deadline=chain.timestamp + 100)
    chain.sleep(100 + late)
    if late:
        with reverts("SoulPass__VoucherExpired", deadline=chain.timestamp - 1):
            soul_pass.sponsor(application, sender=stranger)
    else:
        assert soul_pass.sponsor(application, sender=stranger).returned == 1


def test_sponsor_while_paused(soul_pass, apply, newcomer, account, stranger, guardian):
    application = apply(newcomer, account)
    soul_pass.pauseIssuance(sender=guardian)
    with reverts("SoulPass__IssuancePaused"):
        soul_pass.sponsor(application, sender=stranger)


def test_sponsor_a_contract_wallet(soul_pass, chain, voucher, attest, sign, newcomer, account, stranger):
    """ERC-1271: the wallet's own check decides."""
    wallet = chain.deploy(compile_source("Wallet.sol", "Wallet"), newcomer)
    paper = voucher(wallet.address, account)
    with reverts("SoulPass__NotConsented", wallet=wallet):
        soul_pass.sponsor((paper, attest(paper), sign("Consent", paper, stranger)), sender=stranger)
    receipt = soul_pass.sponsor((paper, attest(paper), sign("Consent", paper, newcomer)), sender=stranger)
    assert soul_pass.ownerOf(receipt.returned) == wallet.address


@pytest.mark.parametrize(
    "kind", ["BooleanWallet", "ShortWallet", "RevertingWallet", "BombWallet", "BurningWallet", "Actor"]
)
def test_sponsor_a_contract_that_does_not_agree(soul_pass, chain, voucher, attest, account, stranger, kind):
    """S6: no answer but the one word of ERC-1271 counts, however long, short or dear it is."""
    source = "Actor.sol" if kind == "Actor" else "Wallet.sol"
    wallet = chain.deploy(compile_source(source, kind))
    paper = voucher(wallet.address, account)
    with reverts("SoulPass__NotConsented", wallet=wallet):
        soul_pass.sponsor((paper, attest(paper), b"\x01" * 65), sender=stranger)
