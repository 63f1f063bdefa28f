"""A model escrow at a time that is not a week boundary, and the times that tests count from."""

import pytest

from phemexia.escrow import WEEK, EscrowModel, TokenModel

START = 1_800_000_000
PT = 10**18


@pytest.fixture
def token() -> TokenModel:
    """Every party has 1,000,000 PT and lets the escrow take it."""
    token = TokenModel(dict.fromkeys(("holder", "second", "operator"), 1_000_000 * PT))
    for name in list(token.balances):
        token.approve(name, "escrow", 2**256 - 1)
    return token


@pytest.fixture
def model(token) -> EscrowModel:
    return EscrowModel(START, token=token)


@pytest.fixture
def week() -> int:
    """Start of the present week."""
    return START - START % WEEK
