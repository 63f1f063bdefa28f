"""A Soul Pass contract, its issuer's key, and vouchers signed with an independent library."""

from collections.abc import Callable
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

from phemexia.evm import Chain, Contract, Receipt

VOUCHER = [
    {"name": "wallet", "type": "address"},
    {"name": "account", "type": "bytes32"},
    {"name": "nonce", "type": "uint256"},
    {"name": "deadline", "type": "uint256"},
]

Voucher = tuple[str, bytes, int, int]


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
def account() -> bytes:
    """The commitment to the holder's account of the exchange."""
    return keccak(text="account of the holder")


@pytest.fixture
def other_account() -> bytes:
    return keccak(text="another account")


@pytest.fixture
def soul_pass(chain, dao, issuer) -> Contract:
    return chain.deploy("SoulPass", dao, issuer)


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
def attest(soul_pass, issuer) -> Callable[..., bytes]:
    """``attest(voucher, signer=, **domain)``: the signature; keywords replace fields of the domain."""

    def sign(voucher: Voucher, signer: LocalAccount = issuer, **domain: Any) -> bytes:
        fields = {"name": "Phemex Soul Pass", "version": "1", "chainId": soul_pass.chain.chain_id}
        fields |= {"verifyingContract": soul_pass.address} | domain
        message = dict(zip((field["name"] for field in VOUCHER), voucher, strict=True))
        return bytes(signer.sign_message(encode_typed_data(fields, {"Voucher": VOUCHER}, message)).signature)

    return sign


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
