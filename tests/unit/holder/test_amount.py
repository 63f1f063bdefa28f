"""Amounts of PT as a holder types them."""

import pytest

from phemexia.errors import Refused
from phemexia.holder.actions import amount

PT = 10**18


@pytest.mark.parametrize(
    ("text", "wei"),
    [
        ("1000", 1_000 * PT),
        ("1_000", 1_000 * PT),
        ("1,000.5", 1_000 * PT + PT // 2),
        ("0.000000000000000001", 1),
        ("12 PT", 12 * PT),
        ("all", 77),
    ],
)
def test_amount(text, wei):
    assert amount(text, 77) == wei


@pytest.mark.parametrize("text", ["", "-1", "1e3", "10,00", "1.0000000000000000001", "a thousand", "1.5.5", "ALL"])
def test_amount_refuses_what_may_mean_something_else(text):
    with pytest.raises(Refused, match="is written like"):
        amount(text, 77)
