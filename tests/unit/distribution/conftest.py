"""Vesting contracts in the process, which the schedules of the commands are compared with."""

import pytest
from support.suite import Suite

from phemexia.evm import Chain


@pytest.fixture(scope="module")
def suite():
    return Suite(Chain())
