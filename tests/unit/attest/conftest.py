"""A commitment key, an issuer, a place for files."""

import pytest
from eth_account import Account
from eth_utils import keccak, to_checksum_address

from phemexia.attest import CommitmentKey, Domain, KeySigner

NOW = 1_800_000_000


@pytest.fixture
def key() -> CommitmentKey:
    return CommitmentKey(bytes(range(32)))


@pytest.fixture
def issuer() -> KeySigner:
    return KeySigner(Account.from_key(keccak(text="issuer")))


@pytest.fixture
def domain() -> Domain:
    return Domain(31337, to_checksum_address("0x" + "11" * 20))


@pytest.fixture
def csv(tmp_path):
    """``csv(text)``: a file with that content."""

    def write(text: str):
        path = tmp_path / "accounts.csv"
        path.write_text(text)
        return path

    return write


def wallet(number: int) -> str:
    return to_checksum_address(keccak(text=f"wallet {number}")[-20:])
