"""A batch: what is good is minted, what is bad is skipped and reported."""

import pytest
from eth_abi import decode
from eth_account import Account
from eth_utils import function_signature_to_4byte_selector, keccak
from support.solidity import compile_source

from phemexia.evm import Event, reverts


@pytest.fixture
def crowd():
    """Ten wallets and their accounts."""
    return [(Account.from_key(keccak(text=f"wallet {i}")), keccak(text=f"account {i}")) for i in range(10)]


def _skipped(receipt):
    """Index to selector and raw arguments of what was skipped."""
    return {e.args["index"]: (e.args["reason"][:4], e.args["reason"][4:]) for e in receipt.named("MintSkipped")}


def _selector(signature):
    return function_signature_to_4byte_selector(signature)


def test_sponsor_many_mints_all(soul_pass, apply, crowd, stranger):
    receipt = soul_pass.sponsorMany([apply(*person) for person in crowd], sender=stranger)
    assert receipt.returned == list(range(1, 11))
    assert [soul_pass.passOf(wallet.address) for wallet, _ in crowd] == receipt.returned
    assert len(receipt.named("PassMinted")) == len(receipt.named("Locked")) == 10
    assert not receipt.named("MintSkipped")


def test_sponsor_many_of_none(soul_pass, stranger):
    receipt = soul_pass.sponsorMany([], sender=stranger)
    assert (receipt.returned, receipt.events) == ([], [])


def test_sponsor_many_skips_what_is_bad(soul_pass, chain, apply, attest, crowd, stranger, issuer, mint, holder):
    """Each reason, in the words of the mint on its own; ids go on without gaps."""
    mint(crowd[4][0].address, keccak(text="yet another account"))
    mint(holder, crowd[5][1])
    batch = [apply(*person) for person in crowd]
    batch[0] = (batch[0][0], batch[0][1], b"")
    batch[1] = (batch[1][0], attest(batch[1][0], signer=stranger), batch[1][2])
    batch[2] = apply(*crowd[2], deadline=chain.timestamp - 1)
    batch[3] = apply(*crowd[3], nonce=1)
    batch[7] = apply(*crowd[6])  # the same person a second time
    receipt = soul_pass.sponsorMany(batch, sender=stranger)
    assert receipt.returned == [0, 0, 0, 0, 0, 0, 3, 0, 4, 5]
    reasons = _skipped(receipt)
    assert {index: reason for index, (reason, _) in reasons.items()} == {
        0: _selector("SoulPass__NotConsented(address)"),
        1: _selector("SoulPass__NotAttested(address)"),
        2: _selector("SoulPass__VoucherExpired(uint256)"),
        3: _selector("SoulPass__WrongNonce(bytes32,uint256,uint256)"),
        4: _selector("SoulPass__WalletHasPass(address,uint256)"),
        5: _selector("SoulPass__AccountHasPass(bytes32,uint256)"),
        7: _selector("SoulPass__WalletHasPass(address,uint256)"),
    }
    assert decode(["bytes32", "uint256", "uint256"], reasons[3][1]) == (crowd[3][1], 0, 1)
    assert decode(["bytes32", "uint256"], reasons[5][1]) == (crowd[5][1], 2)
    first = receipt.named("MintSkipped")[0]
    assert first == Event(
        "MintSkipped",
        soul_pass.address,
        {"index": 0, "wallet": crowd[0][0].address, "account": crowd[0][1], "reason": first.args["reason"]},
    )
    assert soul_pass.lastId() == 5


def test_sponsor_many_skips_the_revoked(
    soul_pass, apply, mint, issuer, holder, account, crowd, stranger, newcomer
):
    """S3: a batch is no way around a revocation."""
    number = mint(holder, account).returned
    soul_pass.burn(number, sender=holder)
    soul_pass.revoke(number, 1, sender=issuer)
    receipt = soul_pass.sponsorMany([apply(newcomer, account), apply(*crowd[0])], sender=stranger)
    assert receipt.returned == [0, 2]
    assert _skipped(receipt) == {0: (_selector("SoulPass__Revoked(uint256)"), number.to_bytes(32, "big"))}


def test_sponsor_many_with_an_entry_of_the_caller(soul_pass, apply, voucher, attest, crowd, holder, account):
    """The caller's own voucher needs no consent; those of others do."""
    own = voucher(holder, account)
    other = apply(*crowd[0])
    batch = [(own, attest(own), b""), other, (*apply(*crowd[1])[:2], b"")]
    assert soul_pass.sponsorMany(batch, sender=holder).returned == [1, 2, 0]


@pytest.mark.parametrize("kind", ["RevertingWallet", "BombWallet", "BurningWallet"])
def test_sponsor_many_with_hostile_wallets(soul_pass, chain, apply, voucher, attest, crowd, stranger, kind):
    """S6: wallets that burn gas or answer without end cost at most 300,000 gas each, and spoil nothing."""
    batch = [apply(*crowd[0])]
    for i in range(3):
        wallet = chain.deploy(compile_source("Wallet.sol", kind))
        paper = voucher(wallet.address, keccak(text=f"hostile {i}"))
        batch.append((paper, attest(paper), b"\x01" * 65))
    batch.append(apply(*crowd[1]))
    receipt = soul_pass.sponsorMany(batch, sender=stranger)
    assert receipt.returned == [1, 0, 0, 0, 2]
    assert receipt.gas < 2 * 125_000 + 3 * 330_000


def test_sponsor_many_while_paused(soul_pass, apply, crowd, stranger, issuer):
    batch = [apply(*crowd[0])]
    soul_pass.pauseIssuance(sender=issuer)
    with reverts("SoulPass__IssuancePaused"):
        soul_pass.sponsorMany(batch, sender=stranger)


def test_sponsor_many_revives(soul_pass, apply, mint, holder, account, newcomer, crowd, stranger):
    """N4: in a batch, too, an account gets its own id back."""
    mint(holder, account)
    soul_pass.burn(1, sender=holder)
    receipt = soul_pass.sponsorMany([apply(*crowd[0]), apply(newcomer, account)], sender=stranger)
    assert receipt.returned == [2, 1]
    assert receipt.named("MetadataUpdate") == [Event("MetadataUpdate", soul_pass.address, {"_tokenId": 1})]
