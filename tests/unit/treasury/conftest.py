"""A treasury with ether and tokens; the DAO is a plain address that the tests speak for."""

import pytest
from support.solidity import compile_source

from phemexia.evm import Chain

ETHER = 10**18
HELD = 1_000 * ETHER


@pytest.fixture
def chain():
    return Chain()


@pytest.fixture
def dao(chain):
    return chain.account("dao")


@pytest.fixture
def payee(chain):
    return chain.account("payee")


@pytest.fixture
def stranger(chain):
    return chain.account("stranger")


@pytest.fixture
def treasury(chain, dao):
    """Its own token is none of those that the tests pay in: the treasury treats all alike."""
    treasury = chain.deploy("Treasury", chain.account("token"), dao)
    chain.fund(treasury.address, HELD)
    return treasury


@pytest.fixture
def odd(chain):
    """Deploys a contract of OddTokens.sol."""
    return lambda name, *args: chain.deploy(compile_source("OddTokens.sol", name), *args)


@pytest.fixture
def asset(treasury, odd):
    """A token that calls contracts which receive it."""
    return odd("HookingToken", treasury, HELD)
