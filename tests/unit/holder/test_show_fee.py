"""Small and large sums of ether, as people read them."""

import pytest

from phemexia.deployment.fees import Fees
from phemexia.holder.sending import Quote, show_ether, show_fee


@pytest.mark.parametrize(
    ("wei", "text"),
    [
        (0, "0 ether"),
        (1, "0.000000000000000001 ether"),
        (206_898_609_847_800, "0.000207 ether"),
        (123_456 * 10**12, "0.124 ether"),
        (123 * 10**15, "0.123 ether"),
        (1_234 * 10**18, "1240 ether"),
        (10**16, "0.01 ether"),
        (10**18, "1 ether"),
        (3 * 10**18 + 21 * 10**16, "3.21 ether"),
    ],
)
def test_show_fee(wei, text):
    assert show_fee(wei) == text


def test_show_ether_rounds_down():
    assert show_ether(10**22 - 1) == "9,999.9999 ether"
    assert show_ether(10**22) == "10,000.0000 ether"
    assert show_ether(0) == "0 ether"
    assert show_ether(1) == "0.0000 ether"


def test_quote_leaves_room_for_a_base_fee_that_doubles():
    quote = Quote(100_000, Fees(most=5, tip=1, expected=3))
    assert (quote.fee, quote.limit, quote.ceiling) == (300_000, 189_000, 945_000)
    assert quote.text.startswith("about 100,000 gas: ")
