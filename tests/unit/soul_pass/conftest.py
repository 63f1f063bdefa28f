"""A Soul Pass contract, its issuer's key, and vouchers signed with an independent library."""

from collections.abc import Callable
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

from phemexia.evm import Chain, Contract, Receipt

WORDS = [
    {"name": "wallet", "type": "address"},
    {"name": "account", "type": "bytes32"},
    {"name": "nonce", "type": "uint256"},
    {"name": "deadline", "type": "uint256"},
]

Voucher = tuple[str, bytes, int, int]
Application = tuple[Voucher, bytes, bytes]


@pytest.fixture
def chain() -> Chain:
    return Chain()


@pytest.fixture
def dao(chain) -> str:
    return chain.account("dao")


@pytest.fixture
def issuer(chain) -> LocalAccount:
    key = Account.from_key(keccak(text="issuer"))
    chain.fund(key.address)
    return key


@pytest.fixture
def guardian(chain) -> str:
    return chain.account("guardian")


@pytest.fixture
def publisher(chain) -> str:
    """Who writes the first kinds of the record."""
    return chain.account("publisher")


@pytest.fixture
def art(chain) -> Contract:
    return chain.deploy("PassArt")


@pytest.fixture
def stranger(chain) -> LocalAccount:
    """Somebody with a key and no role."""
    key = Account.from_key(keccak(text="stranger"))
    chain.fund(key.address)
    return key


@pytest.fixture
def holder(chain) -> str:
    return chain.account("holder")


@pytest.fixture
def other_wallet(chain) -> str:
    return chain.account("other wallet")


@pytest.fixture
def newcomer() -> LocalAccount:
    """A wallet with a key and without ether: it signs, others send."""
    return Account.from_key(keccak(text="newcomer"))


@pytest.fixture
def other_newcomer() -> LocalAccount:
    return Account.from_key(keccak(text="other newcomer"))


@pytest.fixture
def account() -> bytes:
    """The commitment to the holder's account of the exchange."""
    return keccak(text="account of the holder")


@pytest.fixture
def other_account() -> bytes:
    return keccak(text="another account")


@pytest.fixture
def contributors(chain) -> str:
    """Who writes what people did for the DAO."""
    return chain.account("contributors")


@pytest.fixture
def soul_pass(chain, dao, issuer, guardian, publisher, contributors, art) -> Contract:
    return chain.deploy("SoulPass", dao, issuer, guardian, publisher, contributors, art)


@pytest.fixture
def voucher(chain, soul_pass) -> Callable[..., Voucher]:
    """``voucher(wallet, account, nonce=, deadline=)``: as the issuer would fill it, good for an hour."""

    def make(wallet: str, account: bytes, nonce: int | None = None, deadline: int | None = None) -> Voucher:
        return (
            wallet,
            account,
            soul_pass.accountNonce(account) if nonce is None else nonce,
            chain.timestamp + 3600 if deadline is None else deadline,
        )

    return make


@pytest.fixture
def sign(soul_pass) -> Callable[..., bytes]:
    """``sign(kind, voucher, signer, **domain)``: the four words, as one of the types, in the domain."""

    def run(kind: str, voucher: Voucher, signer: LocalAccount, **domain: Any) -> bytes:
        fields = {"name": "Phemex Soul Pass", "version": "1", "chainId": soul_pass.chain.chain_id}
        fields |= {"verifyingContract": soul_pass.address} | domain
        message = dict(zip((field["name"] for field in WORDS), voucher, strict=True))
        return bytes(signer.sign_message(encode_typed_data(fields, {kind: WORDS}, message)).signature)

    return run


@pytest.fixture
def attest(sign, issuer) -> Callable[..., bytes]:
    """``attest(voucher, signer=, **domain)``: the issuer's signature for a mint."""

    def run(voucher: Voucher, signer: LocalAccount = issuer, **domain: Any) -> bytes:
        return sign("Voucher", voucher, signer, **domain)

    return run


@pytest.fixture
def apply(voucher, attest, sign) -> Callable[..., Application]:
    """``apply(wallet, account, **voucher fields)``: what anyone needs to mint for a wallet that agreed."""

    def run(wallet: LocalAccount, account: bytes, **fields: int) -> Application:
        paper = voucher(wallet.address, account, **fields)
        return paper, attest(paper), sign("Consent", paper, wallet)

    return run


@pytest.fixture
def recovery(voucher, sign, issuer) -> Callable[..., Application]:
    """``recovery(wallet, account, **voucher fields)``: the arguments that start a recovery to that wallet."""

    def run(wallet: LocalAccount, account: bytes, **fields: int) -> Application:
        paper = voucher(wallet.address, account, **fields)
        return paper, sign("RecoveryVoucher", paper, issuer), sign("RecoveryConsent", paper, wallet)

    return run


@pytest.fixture
def mint(soul_pass, voucher, attest) -> Callable[[str, bytes], Receipt]:
    """``mint(wallet, account)``: the whole way from attestation to pass; ``.returned`` is the id."""

    def run(wallet: str, account: bytes) -> Receipt:
        paper = voucher(wallet, account)
        return soul_pass.mint(paper, attest(paper), sender=wallet)

    return run


@pytest.fixture
def pass_id(mint, holder, account) -> int:
    """The holder has its pass."""
    return mint(holder, account).returned
