"""A genesis in small: two places that name PT before it exists, and PT at the address they expected."""

from collections.abc import Callable

import pytest
import rlp
from eth_account import Account
from eth_utils import keccak, to_bytes, to_checksum_address
from support.solidity import compile_source

from phemexia.evm import Chain, Contract

SUPPLY = 10**27
"""1,000,000,000 PT in wei."""


def next_address(chain: Chain, deployer: str) -> str:
    """Where the deployer's next contract will stand."""
    nonce = chain._evm.basic(deployer).nonce
    return to_checksum_address(keccak(rlp.encode([to_bytes(hexstr=deployer), nonce]))[-20:])


@pytest.fixture
def chain() -> Chain:
    return Chain()


@pytest.fixture
def deployer(chain) -> str:
    return chain.account("token deployer")


@pytest.fixture
def expected(chain, deployer) -> str:
    """The address PT gets when the deployer deploys it next."""
    return next_address(chain, deployer)


@pytest.fixture
def place(chain, expected) -> Callable[[], Contract]:
    """Deploys one more place that names the expected PT."""
    return lambda: chain.deploy(compile_source("Places.sol", "Place"), expected)


@pytest.fixture
def deploy(chain, deployer) -> Callable[[list, list], Contract]:
    """Deploys PT with these places and amounts."""
    return lambda places, amounts: chain.deploy("PhemexToken", places, amounts, sender=deployer)


@pytest.fixture
def holder(chain):
    """A wallet with a key."""
    account = Account.from_key(keccak(text="token holder"))
    chain.fund(account.address)
    return account


@pytest.fixture
def spender(chain) -> str:
    return chain.account("spender")


@pytest.fixture
def token(chain, deploy, place, expected, holder) -> Contract:
    """PT after genesis; the place sent 1,000 PT on to the holder."""
    origin = place()
    token = deploy([origin], [SUPPLY])
    assert token.address == expected
    origin.execute(token, token.transfer.encode(holder, 1_000 * 10**18), sender=holder)
    return token
