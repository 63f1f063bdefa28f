"""The issuer's voucher and the new wallet's signature start a recovery."""

import pytest
from eth_account import Account
from eth_utils import keccak
from support.passes import elector_since
from support.solidity import compile_source

from phemexia.evm import ZERO, Event, reverts

DAY = 86_400


def test_start_recovery(soul_pass, chain, recovery, pass_id, holder, account, newcomer, stranger):
    receipt = soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    assert receipt.returned == pass_id
    now = chain.timestamp
    started = {"id": pass_id, "from": holder, "to": newcomer.address, "completableAt": now + 7 * DAY}
    assert receipt.events == [Event("RecoveryStarted", soul_pass.address, started)]
    assert soul_pass.recoveryOf(pass_id) == {
        "to": newcomer.address,
        "startedAt": now,
        "completableAt": now + 7 * DAY,
        "expiresAt": now + 30 * DAY,
        "blockedUntil": 0,
    }
    assert soul_pass.accountNonce(account) == 2


def test_start_recovery_moves_nothing_yet(soul_pass, recovery, pass_id, holder, account, newcomer, stranger):
    since = soul_pass.holderSince(holder)
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    assert soul_pass.ownerOf(pass_id) == holder
    assert elector_since(soul_pass, holder) == soul_pass.holderSince(holder) == since
    assert soul_pass.passOf(newcomer.address) == 0


@pytest.mark.parametrize("kind", ["Voucher", "Consent", "RecoveryConsent"])
def test_start_recovery_with_the_issuers_signature_of_another_type(
    soul_pass, recovery, sign, issuer, pass_id, account, newcomer, stranger, kind
):
    """S7: a voucher for a mint does not move a pass."""
    paper, _, consent = recovery(newcomer, account)
    with reverts("SoulPass__NotAttested", issuer=issuer):
        soul_pass.startRecovery(paper, sign(kind, paper, issuer), consent, sender=stranger)


@pytest.mark.parametrize("kind", ["Voucher", "Consent", "RecoveryVoucher"])
def test_start_recovery_with_the_wallets_signature_of_another_type(
    soul_pass, recovery, sign, pass_id, account, newcomer, stranger, kind
):
    paper, attestation, _ = recovery(newcomer, account)
    with reverts("SoulPass__NotConsented", wallet=newcomer):
        soul_pass.startRecovery(paper, attestation, sign(kind, paper, newcomer), sender=stranger)


def test_start_recovery_needs_the_signature_of_the_wallet_even_as_the_sender(
    soul_pass, chain, recovery, pass_id, account, newcomer
):
    paper, attestation, _ = recovery(newcomer, account)
    with reverts("SoulPass__NotConsented", wallet=newcomer):
        soul_pass.startRecovery(paper, attestation, b"", sender=newcomer)


def test_start_recovery_by_a_former_issuer(soul_pass, recovery, dao, pass_id, account, newcomer, stranger):
    papers = recovery(newcomer, account)
    soul_pass.nominateIssuer(stranger, sender=dao)
    soul_pass.acceptIssuer(sender=stranger)
    with reverts("SoulPass__NotAttested", issuer=stranger):
        soul_pass.startRecovery(*papers, sender=stranger)


@pytest.mark.parametrize("late", [0, 1], ids=["at", "second after"])
def test_start_recovery_at_the_deadline(soul_pass, chain, recovery, pass_id, account, newcomer, stranger, late):
    papers = recovery(newcomer, account, deadline=chain.timestamp + 50)
    chain.sleep(50 + late)
    if late:
        with reverts("SoulPass__VoucherExpired", deadline=chain.timestamp - 1):
            soul_pass.startRecovery(*papers, sender=stranger)
    else:
        soul_pass.startRecovery(*papers, sender=stranger)


@pytest.mark.parametrize("nonce", [0, 2, 2**64 + 1])
def test_start_recovery_with_a_wrong_nonce(soul_pass, recovery, pass_id, account, newcomer, stranger, nonce):
    with reverts("SoulPass__WrongNonce", account=account, expected=1, given=nonce):
        soul_pass.startRecovery(*recovery(newcomer, account, nonce=nonce), sender=stranger)


def test_start_recovery_of_an_account_without_a_pass(soul_pass, recovery, account, newcomer, stranger):
    with reverts("SoulPass__NotHeld", account=account):
        soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)


def test_start_recovery_of_a_dormant_pass(soul_pass, recovery, pass_id, holder, account, newcomer, stranger):
    """Whoever burned can mint; there is nothing to recover."""
    soul_pass.burn(pass_id, sender=holder)
    with reverts("SoulPass__NotHeld", account=account):
        soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)


def test_start_recovery_to_a_wallet_that_holds_a_pass(
    soul_pass, mint, recovery, pass_id, account, other_account, newcomer, stranger
):
    """No way to hold two passes."""
    mint(newcomer.address, other_account)
    with reverts("SoulPass__WalletHasPass", wallet=newcomer, id=2):
        soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)


def test_start_recovery_to_the_present_holder(soul_pass, chain, apply, recovery, newcomer, account, stranger):
    """It would restart the holder's time, and tell the world of a move that is none."""
    number = soul_pass.sponsor(apply(newcomer, account), sender=stranger).returned
    with reverts("SoulPass__WalletHasPass", wallet=newcomer, id=number):
        soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)


def test_start_recovery_while_one_waits(
    soul_pass, chain, recovery, pass_id, account, newcomer, other_newcomer, stranger
):
    """S4: a second start does not overwrite the first."""
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    for age in (0, 30 * DAY - 1):
        chain.sleep(age)
        with reverts("SoulPass__RecoveryPending", id=pass_id, to=newcomer):
            soul_pass.startRecovery(*recovery(other_newcomer, account), sender=stranger)


def test_start_recovery_after_the_one_before_expired(
    soul_pass, chain, recovery, pass_id, account, newcomer, other_newcomer, stranger
):
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    chain.sleep(30 * DAY)
    soul_pass.startRecovery(*recovery(other_newcomer, account), sender=stranger)
    assert soul_pass.recoveryOf(pass_id)["to"] == other_newcomer.address
    assert soul_pass.recoveryOf(pass_id)["startedAt"] == chain.timestamp


def test_start_recovery_with_used_papers(soul_pass, chain, recovery, pass_id, account, newcomer, stranger, dao):
    """S7: what was stopped does not start again with the same signatures."""
    papers = recovery(newcomer, account, deadline=2**40)
    soul_pass.startRecovery(*papers, sender=stranger)
    soul_pass.stopRecovery(pass_id, sender=dao)
    chain.sleep(30 * DAY)
    with reverts("SoulPass__WrongNonce", account=account, expected=2, given=1):
        soul_pass.startRecovery(*papers, sender=stranger)


def test_start_recovery_to_a_contract_wallet(
    soul_pass, chain, voucher, sign, issuer, pass_id, account, newcomer, stranger
):
    wallet = chain.deploy(compile_source("Wallet.sol", "Wallet"), newcomer)
    paper = voucher(wallet.address, account)
    consent = sign("RecoveryConsent", paper, newcomer)
    soul_pass.startRecovery(paper, sign("RecoveryVoucher", paper, issuer), consent, sender=stranger)
    chain.sleep(7 * DAY)
    soul_pass.completeRecovery(pass_id, sender=stranger)
    assert soul_pass.ownerOf(pass_id) == wallet.address


# --- limits


def test_start_recovery_limit_of_a_day(soul_pass, chain, apply, recovery, stranger):
    """N5: who steals the issuer's key can start 20 a day, and no more."""
    people = [(Account.from_key(keccak(text=f"wallet {i}")), keccak(text=f"account {i}")) for i in range(22)]
    soul_pass.sponsorMany([apply(*person) for person in people], sender=stranger)
    new = [Account.from_key(keccak(text=f"new wallet {i}")) for i in range(22)]
    chain.warp((chain.timestamp // DAY + 1) * DAY)
    assert soul_pass.recoveriesLeft() == 20
    for i in range(20):
        soul_pass.startRecovery(*recovery(new[i], people[i][1]), sender=stranger)
    assert soul_pass.recoveriesLeft() == 0
    for later in (0, DAY - 1):  # the same day, to its last second
        chain.sleep(later)
        with reverts("SoulPass__TooManyRecoveries", limit=20):
            soul_pass.startRecovery(*recovery(new[20], people[20][1]), sender=stranger)
    chain.sleep(1)
    assert soul_pass.recoveriesLeft() == 20
    soul_pass.startRecovery(*recovery(new[20], people[20][1]), sender=stranger)
    assert soul_pass.recoveriesLeft() == 19


def test_start_recovery_limit_is_not_spent_by_failures(soul_pass, recovery, pass_id, account, newcomer, stranger):
    """Nobody but the issuer uses the day's starts up."""
    paper, _, consent = recovery(newcomer, account)
    with reverts("SoulPass__NotAttested"):
        soul_pass.startRecovery(paper, b"\x01" * 65, consent, sender=stranger)
    assert soul_pass.recoveriesLeft() == 20


# --- what a veto blocks


@pytest.mark.parametrize("role", ["holder", "guardian", "dao"])
@pytest.mark.parametrize("early", [1, 0], ids=["last second", "over"])
def test_start_recovery_after_a_veto(
    soul_pass, chain, recovery, pass_id, account, newcomer, stranger, role, early, request
):
    """N5: a veto keeps the pass where it is for 30 days."""
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    soul_pass.stopRecovery(pass_id, sender=request.getfixturevalue(role))
    until = chain.timestamp + 30 * DAY
    chain.sleep(30 * DAY - early)
    if early:
        with reverts("SoulPass__RecoveryBlocked", id=pass_id, until=until):
            soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    else:
        soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)


@pytest.mark.parametrize("role", ["holder", "guardian", "dao"])
def test_start_recovery_of_a_revoked_pass_after_a_veto(
    soul_pass, chain, recovery, pass_id, account, newcomer, stranger, issuer, role, request
):
    """A thief's veto falls when the pass has been revoked for 14 days; the guardian's and the DAO's stand."""
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    soul_pass.stopRecovery(pass_id, sender=request.getfixturevalue(role))
    soul_pass.revoke(pass_id, 1, sender=issuer)
    chain.sleep(14 * DAY - 1)
    with reverts("SoulPass__RecoveryBlocked", id=pass_id):
        soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    chain.sleep(1)
    if role == "holder":
        soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    else:
        with reverts("SoulPass__RecoveryBlocked", id=pass_id):
            soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)


def test_start_recovery_after_the_late_veto_of_a_revoked_holder(
    soul_pass, chain, recovery, pass_id, holder, account, newcomer, stranger, issuer
):
    """A thief who vetoes in the last second gains a week, no block, and the issuer still can reinstate."""
    soul_pass.revoke(pass_id, 1, sender=issuer)
    chain.sleep(14 * DAY - 1)
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    chain.sleep(7 * DAY - 1)
    soul_pass.stopRecovery(pass_id, sender=holder)
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    with reverts("SoulPass__MayNotStop"):
        soul_pass.stopRecovery(pass_id, sender=holder)
    chain.sleep(7 * DAY)
    soul_pass.completeRecovery(pass_id, sender=stranger)
    soul_pass.reinstate(pass_id, sender=issuer)
    assert soul_pass.isMember(newcomer.address)


def test_start_recovery_after_a_veto_and_a_burn(
    soul_pass, recovery, mint, pass_id, holder, account, newcomer, stranger, guardian
):
    """A veto outlives burning and minting again: it is on the id."""
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    soul_pass.stopRecovery(pass_id, sender=guardian)
    soul_pass.burn(pass_id, sender=holder)
    mint(holder, account)
    with reverts("SoulPass__RecoveryBlocked", id=pass_id):
        soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)


def test_start_recovery_after_the_issuer_changed(
    soul_pass, recovery, voucher, sign, dao, pass_id, account, newcomer, other_newcomer, stranger
):
    """What the former issuer started does not stand in the way of the next."""
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    soul_pass.nominateIssuer(stranger, sender=dao)
    soul_pass.acceptIssuer(sender=stranger)
    assert soul_pass.recoveryOf(pass_id)["to"] == ZERO
    paper = voucher(other_newcomer.address, account)
    attestation, consent = sign("RecoveryVoucher", paper, stranger), sign("RecoveryConsent", paper, other_newcomer)
    soul_pass.startRecovery(paper, attestation, consent, sender=stranger)
    assert soul_pass.recoveryOf(pass_id)["to"] == other_newcomer.address
