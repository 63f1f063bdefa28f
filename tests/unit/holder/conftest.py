"""A suite in the process, whose escrow the pictures and previews are compared with."""

import pytest
from support.suite import Suite

from phemexia.evm import Chain


@pytest.fixture
def suite():
    return Suite(Chain())
