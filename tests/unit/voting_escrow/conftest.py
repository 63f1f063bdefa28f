"""A vote escrow over the real PT, an hour of whose life costs a test nothing."""

from collections.abc import Callable

import pytest
import rlp
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import keccak, to_bytes, to_checksum_address
from support.escrow import PT, SUPPLY, WEEK, boundary
from support.solidity import compile_source

from phemexia.evm import START, Chain, Contract


@pytest.fixture
def born() -> int:
    """When the escrow is deployed; a test module may say otherwise."""
    return START


@pytest.fixture
def chain(born) -> Chain:
    return Chain(born)


@pytest.fixture
def dao(chain) -> str:
    return chain.account("escrow dao")


@pytest.fixture
def bank(chain) -> Contract:
    """The only place of this genesis: it holds the supply and spends as it is told."""
    deployer = chain.account("escrow deployer")
    nonce = chain._evm.basic(deployer).nonce + 1
    expected = to_checksum_address(keccak(rlp.encode([to_bytes(hexstr=deployer), nonce]))[-20:])
    return chain.deploy(compile_source("Places.sol", "Place"), expected, sender=deployer)


@pytest.fixture
def token(chain, bank) -> Contract:
    token = chain.deploy("PhemexToken", [bank], [SUPPLY], sender=chain.account("escrow deployer"))
    assert bank.token() == token.address
    return token


@pytest.fixture
def escrow(chain, token, dao) -> Contract:
    return chain.deploy("VotingEscrow", token, dao, sender=chain.account("escrow deployer"))


@pytest.fixture
def genesis(escrow) -> int:
    return escrow.GENESIS()


def _wallet(chain: Chain, role: str) -> LocalAccount:
    account = Account.from_key(keccak(text=f"escrow {role}"))
    chain.fund(account.address)
    return account


@pytest.fixture
def signer(chain) -> LocalAccount:
    """The holder's wallet, with its key."""
    return _wallet(chain, "holder")


@pytest.fixture
def holder(signer) -> str:
    return signer.address


@pytest.fixture
def second_holder(chain) -> str:
    return chain.account("escrow second holder")


@pytest.fixture
def delegatee(chain) -> str:
    return chain.account("escrow delegatee")


@pytest.fixture
def second_delegatee(chain) -> str:
    return chain.account("escrow second delegatee")


@pytest.fixture
def operator(chain) -> str:
    return chain.account("escrow operator")


@pytest.fixture
def stranger(chain) -> str:
    return chain.account("escrow stranger")


@pytest.fixture
def fund(bank, token, escrow) -> Callable[..., None]:
    """Gives an account PT that the escrow may take."""

    def give(account: str, amount: int = 1_000 * PT, approve: bool = True) -> None:
        bank.execute(token, token.transfer.encode(account, amount), sender=account)
        if approve:
            token.approve(escrow, 2**256 - 1, sender=account)

    return give


@pytest.fixture
def lock(chain, escrow, fund) -> Callable[..., int]:
    """Gives an account PT and locks it until ``weeks`` boundaries ahead; returns the end."""

    def create(account: str, amount: int = 1_000 * PT, weeks: int = 52) -> int:
        fund(account, amount)
        end = boundary(chain.timestamp, weeks)
        escrow.create(amount, end, sender=account)
        return end

    return create


@pytest.fixture
def permanent(escrow, lock) -> Callable[..., None]:
    """Gives an account PT and locks it permanently."""

    def create(account: str, amount: int = 1_000 * PT) -> None:
        lock(account, amount)
        escrow.makePermanent(sender=account)

    return create


@pytest.fixture
def expired(chain, escrow, lock) -> Callable[..., int]:
    """Gives an account PT, locks it, and goes to the lock's end; returns the end."""

    def create(account: str, amount: int = 1_000 * PT, delegatee: str | None = None) -> int:
        end = lock(account, amount, weeks=5)
        if delegatee is not None:
            escrow.delegate(delegatee, sender=account)
        chain.warp(end)
        return end

    return create


@pytest.fixture
def last_boundary(genesis) -> int:
    """The last end that a lock can have."""
    return genesis + 4095 * WEEK
