"""Two deployers at one factory."""

import pytest
from support.solidity import compile_source
from support.suite import initcode

from phemexia import artifacts
from phemexia.evm import Chain


@pytest.fixture
def chain():
    return Chain()


@pytest.fixture
def factory(chain):
    return chain.deploy("Create3Factory")


@pytest.fixture
def deployer(chain):
    return chain.account("deployer")


@pytest.fixture
def squatter(chain):
    return chain.account("squatter")


@pytest.fixture
def code(chain):
    """Creation code of a small contract, with an argument that tells one copy from another."""
    return lambda argument: initcode(compile_source("Places.sol", "Place"), argument)


@pytest.fixture
def treasury_code():
    return lambda token, dao: initcode(artifacts.load("Treasury"), token, dao, dao, dao)
