"""The actions of the suite as it is configured."""

import pytest

from phemexia.actions import enumerate_actions
from phemexia.config import load


@pytest.fixture(scope="session")
def config():
    return load("local")


@pytest.fixture(scope="session")
def actions(config):
    return enumerate_actions(config)
