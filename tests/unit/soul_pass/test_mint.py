"""A holder mints with the issuer's voucher: once for each account, once for each wallet."""

import pytest
from eth_utils import keccak
from support.passes import elector_since
from support.solidity import compile_source

from phemexia.evm import ZERO, Chain, Event, reverts

BOTH = 2


def test_mint_with_a_voucher_of_an_independent_signer(soul_pass, chain, mint, holder, account):
    """D9: the type that eth_account signs is the type that the contract hashes."""
    receipt = mint(holder, account)
    assert receipt.returned == 1
    assert soul_pass.ownerOf(1) == holder
    assert soul_pass.balanceOf(holder) == 1
    assert soul_pass.passOf(holder) == soul_pass.idOf(account) == soul_pass.lastId() == 1
    assert soul_pass.holderSince(holder) == elector_since(soul_pass, holder) == chain.timestamp
    assert soul_pass.isMember(holder)
    assert soul_pass.accountNonce(account) == 1


def test_mint_emits(soul_pass, mint, holder, account, issuer):
    """S2: `Locked` is emitted at each mint, next to `Transfer`, `Issued` and the project's own event."""
    transfer, *others = mint(holder, account).events
    assert (transfer.name, list(transfer.args.values())) == ("Transfer", [ZERO, holder, 1])
    issued = {"from": issuer.address, "to": holder, "tokenId": 1, "burnAuth": BOTH}
    minted = {"id": 1, "account": account, "wallet": holder, "nonce": 0}
    assert others == [
        Event("Locked", soul_pass.address, {"tokenId": 1}),
        Event("Issued", soul_pass.address, issued),
        Event("PassMinted", soul_pass.address, minted),
    ]


def test_mint_numbers_passes_from_one_without_gaps(soul_pass, chain, mint):
    """Ballots are bitmaps over pass ids."""
    wallets = [chain.account() for _ in range(5)]
    ids = [mint(wallet, keccak(text=wallet)).returned for wallet in wallets]
    assert ids == [1, 2, 3, 4, 5]
    assert soul_pass.lastId() == 5


def test_mint_number_is_not_spent_by_a_failed_mint(soul_pass, mint, voucher, attest, holder, account, stranger):
    paper = voucher(holder, account)
    with reverts("SoulPass__NotAttested"):
        soul_pass.mint(paper, attest(paper, signer=stranger), sender=holder)
    assert soul_pass.idOf(account) == 0
    assert mint(holder, account).returned == 1


def test_mint_within_its_bound(mint, holder, account, other_wallet, other_account):
    """A mint is bound to 125,000 gas for the whole transaction.

    In process, what earlier calls touched stays warm, which spares some 11,300 of it.
    """
    assert mint(holder, account).gas < 125_000 - 11_300
    assert mint(other_wallet, other_account).gas < 125_000 - 11_300


# --- the voucher


@pytest.mark.parametrize("late", [-1, 0, 1], ids=["second before", "at", "second after"])
def test_mint_at_the_deadline(soul_pass, chain, voucher, attest, holder, account, late):
    deadline = chain.timestamp + 100
    paper = voucher(holder, account, deadline=deadline)
    chain.warp(deadline + late)
    if late > 0:
        with reverts("SoulPass__VoucherExpired", deadline=deadline):
            soul_pass.mint(paper, attest(paper), sender=holder)
    else:
        assert soul_pass.mint(paper, attest(paper), sender=holder).returned == 1


def test_mint_by_another_wallet(soul_pass, voucher, attest, holder, other_wallet, account):
    paper = voucher(holder, account)
    with reverts("SoulPass__NotWallet", sender=other_wallet, wallet=holder):
        soul_pass.mint(paper, attest(paper), sender=other_wallet)


@pytest.mark.parametrize("field", ["wallet", "account", "nonce", "deadline"])
def test_mint_with_an_altered_voucher(
    soul_pass, voucher, attest, holder, other_wallet, account, other_account, field, mint
):
    """Each field is bound by the signature."""
    mint(holder, account)
    soul_pass.burn(1, sender=holder)  # so that both the nonces 0 and 1 mean something
    paper = voucher(holder, account)
    altered = {
        "wallet": (other_wallet, *paper[1:]),
        "account": (paper[0], other_account, 0, paper[3]),
        "nonce": paper,
        "deadline": (*paper[:3], paper[3] + 1),
    }[field]
    signed = voucher(holder, account, nonce=2) if field == "nonce" else paper
    with reverts("SoulPass__NotAttested"):
        soul_pass.mint(altered, attest(signed), sender=altered[0])


@pytest.mark.parametrize(
    "domain",
    [{"chainId": 1}, {"verifyingContract": "0x" + "11" * 20}, {"version": "2"}, {"name": "Phemex"}],
    ids=["chain", "contract", "version", "name"],
)
def test_mint_with_a_voucher_for_another_domain(soul_pass, voucher, attest, holder, account, domain):
    paper = voucher(holder, account)
    with reverts("SoulPass__NotAttested"):
        soul_pass.mint(paper, attest(paper, **domain), sender=holder)


def test_mint_on_the_chain_that_the_contract_is_on(issuer, dao, account, attest, voucher, holder):
    """The same voucher is good where the chain id is the one that was signed."""
    elsewhere = Chain(chain_id=1)
    there = elsewhere.deploy("SoulPass", dao, issuer, dao, dao, dao, dao)
    paper = voucher(holder, account)
    with reverts("SoulPass__NotAttested"):
        there.mint(paper, attest(paper, verifyingContract=there.address), sender=holder)
    signature = attest(paper, verifyingContract=there.address, chainId=1)
    assert there.mint(paper, signature, sender=holder).returned == 1


@pytest.mark.parametrize("nonce", [1, 2**64, 2**256 - 1])
def test_mint_with_a_nonce_of_later(soul_pass, voucher, attest, holder, account, nonce):
    """2^64 would be zero in the 64 bits that the nonce has."""
    paper = voucher(holder, account, nonce=nonce)
    with reverts("SoulPass__WrongNonce", account=account, expected=0, given=nonce):
        soul_pass.mint(paper, attest(paper), sender=holder)


def test_mint_with_a_used_voucher(soul_pass, voucher, attest, holder, account):
    """S7: after a burn, the old voucher does not mint again."""
    paper = voucher(holder, account)
    soul_pass.mint(paper, attest(paper), sender=holder)
    soul_pass.burn(1, sender=holder)
    with reverts("SoulPass__WrongNonce", account=account, expected=1, given=0):
        soul_pass.mint(paper, attest(paper), sender=holder)


def test_mint_with_the_signature_of_another_issuer(soul_pass, voucher, attest, holder, account, stranger, issuer):
    paper = voucher(holder, account)
    with reverts("SoulPass__NotAttested", issuer=issuer):
        soul_pass.mint(paper, attest(paper, signer=stranger), sender=holder)


def _malleable(signature: bytes) -> bytes:
    order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
    r, s, v = signature[:32], int.from_bytes(signature[32:64], "big"), signature[64]
    return r + (order - s).to_bytes(32, "big") + bytes([55 - v])


@pytest.mark.parametrize(
    "spoil",
    [lambda s: b"", lambda s: s[:64], lambda s: s + b"\0", lambda s: bytes(65), _malleable],
    ids=["empty", "short", "long", "zeros", "other half of the curve"],
)
def test_mint_with_a_spoilt_signature(soul_pass, voucher, attest, holder, account, spoil):
    """D10: only the one canonical form of a signature counts."""
    paper = voucher(holder, account)
    with reverts("SoulPass__NotAttested"):
        soul_pass.mint(paper, spoil(attest(paper)), sender=holder)


# --- an issuer that is a contract


@pytest.fixture
def issuing_wallet(chain, dao, soul_pass, stranger):
    """The issuer is an ERC-1271 wallet of the stranger's key."""
    wallet = chain.deploy(compile_source("Wallet.sol"), stranger.address)
    soul_pass.nominateIssuer(wallet, sender=dao)
    wallet.execute(soul_pass, soul_pass.acceptIssuer.encode(), sender=stranger)
    return wallet


def test_mint_with_a_voucher_of_a_contract(soul_pass, issuing_wallet, voucher, attest, holder, account, stranger):
    paper = voucher(holder, account)
    receipt = soul_pass.mint(paper, attest(paper, signer=stranger), sender=holder)
    assert receipt.named("Issued")[0].args["from"] == issuing_wallet.address


def test_mint_with_a_voucher_that_the_contract_refuses(
    soul_pass, issuing_wallet, voucher, attest, holder, account, issuer
):
    paper = voucher(holder, account)
    with reverts("SoulPass__NotAttested", issuer=issuing_wallet):
        soul_pass.mint(paper, attest(paper, signer=issuer), sender=holder)


@pytest.mark.parametrize("kind", ["BooleanWallet", "ShortWallet", "RevertingWallet"])
def test_mint_with_a_contract_that_answers_wrongly(chain, dao, voucher, attest, holder, account, kind):
    wallet = chain.deploy(compile_source("Wallet.sol", kind))
    soul_pass = chain.deploy("SoulPass", dao, wallet, dao, dao, dao, dao)
    paper = voucher(holder, account)
    with reverts("SoulPass__NotAttested", issuer=wallet):
        soul_pass.mint(paper, attest(paper, verifyingContract=soul_pass.address), sender=holder)


# --- one for each account and each wallet


def test_mint_to_a_second_wallet(soul_pass, mint, pass_id, account, other_wallet):
    """N4: one account, one pass."""
    with reverts("SoulPass__AccountHasPass", account=account, id=pass_id):
        mint(other_wallet, account)


def test_mint_of_a_second_account_to_one_wallet(soul_pass, mint, pass_id, holder, other_account):
    with reverts("SoulPass__WalletHasPass", wallet=holder, id=pass_id):
        mint(holder, other_account)


def test_mint_after_burning_revives_the_id(soul_pass, chain, mint, pass_id, holder, account):
    """N4, S7: the same id for ever, and the time of holding starts again."""
    soul_pass.burn(pass_id, sender=holder)
    chain.sleep(1000)
    receipt = mint(holder, account)
    assert receipt.returned == pass_id
    assert receipt.named("PassMinted")[0].args["nonce"] == 1
    assert len(receipt.named("Locked")) == 1
    assert soul_pass.holderSince(holder) == chain.timestamp
    assert soul_pass.accountNonce(account) == 2
    assert soul_pass.lastId() == 1


def test_mint_after_burning_to_another_wallet(soul_pass, mint, pass_id, holder, other_wallet, account):
    """N4: the id moves with the account, not with the wallet."""
    soul_pass.burn(pass_id, sender=holder)
    assert mint(other_wallet, account).returned == pass_id
    assert (soul_pass.passOf(holder), soul_pass.passOf(other_wallet)) == (0, pass_id)
    assert soul_pass.ownerOf(pass_id) == other_wallet


def test_mint_of_another_account_after_burning(soul_pass, mint, pass_id, holder, other_account):
    soul_pass.burn(pass_id, sender=holder)
    assert mint(holder, other_account).returned == pass_id + 1


def test_mint_many_times_keeps_one_id(soul_pass, mint, holder, account):
    """N4: forty rounds of burning and minting leave one id and forty used nonces."""
    for nonce in range(40):
        receipt = mint(holder, account)
        assert (receipt.returned, receipt.named("PassMinted")[0].args["nonce"]) == (1, nonce)
        soul_pass.burn(1, sender=holder)
    assert (soul_pass.lastId(), soul_pass.accountNonce(account)) == (1, 40)


# --- revoked


def test_mint_while_revoked_and_held(soul_pass, mint, issuer, pass_id, other_wallet, account):
    """S3: a revoked pass goes on occupying its account."""
    soul_pass.revoke(pass_id, 1, sender=issuer)
    with reverts("SoulPass__AccountHasPass", account=account, id=pass_id):
        mint(other_wallet, account)


def test_mint_of_another_account_to_a_revoked_wallet(soul_pass, mint, issuer, pass_id, holder, other_account):
    """S3: a revoked pass goes on occupying its wallet."""
    soul_pass.revoke(pass_id, 1, sender=issuer)
    with reverts("SoulPass__WalletHasPass", wallet=holder, id=pass_id):
        mint(holder, other_account)


@pytest.mark.parametrize("where", ["same wallet", "other wallet"])
def test_mint_after_burning_a_revoked_pass(
    soul_pass, chain, mint, dao, issuer, pass_id, holder, other_wallet, account, where
):
    """S3, S7: burning does not lift a revocation, whatever wallet and however long after."""
    soul_pass.revoke(pass_id, 1, sender=issuer)
    soul_pass.burn(pass_id, sender=holder)
    chain.sleep(10 * 365 * 86_400)
    target, error = (holder, "WalletHasPass") if where == "same wallet" else (other_wallet, "Revoked")
    with reverts(f"SoulPass__{error}", id=pass_id):
        mint(target, account)
    soul_pass.reinstate(pass_id, sender=dao)
    assert mint(target, account).returned == pass_id


def test_mint_with_a_voucher_from_before_the_revocation(
    soul_pass, voucher, attest, issuer, pass_id, holder, account
):
    """A dormant pass can be revoked, so that an outstanding voucher is worth nothing."""
    soul_pass.burn(pass_id, sender=holder)
    paper = voucher(holder, account)
    soul_pass.revoke(pass_id, 1, sender=issuer)
    with reverts("SoulPass__Revoked", id=pass_id):
        soul_pass.mint(paper, attest(paper), sender=holder)


# --- other kinds of signatures, pause


@pytest.mark.parametrize("kind", ["Consent", "RecoveryVoucher", "RecoveryConsent"])
def test_mint_with_the_issuers_signature_of_another_type(soul_pass, voucher, sign, issuer, holder, account, kind):
    """S7: the types share their words, and none is good in another's place."""
    paper = voucher(holder, account)
    with reverts("SoulPass__NotAttested", issuer=issuer):
        soul_pass.mint(paper, sign(kind, paper, issuer), sender=holder)


@pytest.mark.parametrize("role", ["issuer", "guardian"])
def test_mint_while_paused(soul_pass, mint, holder, account, role, request):
    soul_pass.pauseIssuance(sender=request.getfixturevalue(role))
    with reverts("SoulPass__IssuancePaused"):
        mint(holder, account)
