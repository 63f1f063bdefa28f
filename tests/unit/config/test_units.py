"""Figures, read and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phemexia.config import units


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (lambda t: units.amount(t, "PT"), "1_000_000_000 PT", 10**27),
        (lambda t: units.amount(t, "PT"), "1000 PT", 10**21),
        (lambda t: units.amount(t, "PT"), "0.000000000000000001 PT", 1),
        (units.duration, "1 day", 86_400),
        (units.duration, "30 days 8 hours", 2_620_800),
        (units.duration, "1 week", 604_800),
        (units.share, "12.5 %", 1_250),
        (units.share, "66.67%", 6_667),
        (units.share, "100 %", 10_000),
        (units.share, "10_000 bps", 10_000),
        (units.moment, "1970-01-02 00:01 UTC", 86_460),
        (units.count, "11_155_111", 11_155_111),
    ],
)
def test_reads_what_people_write(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (lambda t: units.amount(t, "PT"), "-1 PT"),
        (lambda t: units.amount(t, "PT"), "1.0000000000000000001 PT"),
        (lambda t: units.amount(t, "PT"), "1 PT "),
        (lambda t: units.amount(t, "PT"), "1e27 PT"),
        (units.duration, "days"),
        (units.duration, "2 days, 1 hour"),
        (units.duration, "1 month"),
        (units.share, "12.555 %"),
        (units.share, "100.01 %"),
        (units.share, "-1 %"),
        (units.moment, "2028-02-30 00:00 UTC"),
        (units.moment, "2028-12-31 00:00 CET"),
        (units.count, "1_0"),
        (units.count, "1.5"),
    ],
)
def test_refuses_everything_else(read, text):
    with pytest.raises(ValueError, match=r"should be"):
        read(text)


@given(st.integers(0, 10**30))
def test_amounts_survive_the_round_trip(wei):
    assert units.amount(units.show_amount(wei, "PT"), "PT") == wei


@given(st.integers(1, 2**32))
def test_durations_survive_the_round_trip(seconds):
    assert units.duration(units.show_duration(seconds)) == seconds


@given(st.integers(0, 10_000))
def test_shares_survive_the_round_trip(points):
    assert units.share(units.show_share(points)) == points


@pytest.mark.parametrize(
    ("text", "wei"),
    [("50 gwei", 50 * 10**9), ("1_000 gwei", 10**12), ("0.000000001 gwei", 1), ("1.5 gwei", 15 * 10**8)],
)
def test_gas_price_reads_and_shows_the_same(text, wei):
    assert units.gas_price(text) == wei
    assert units.show_gas_price(wei) == text


@pytest.mark.parametrize("text", ["50", "50 wei", "0 gwei", "0.0000000001 gwei", "-1 gwei", "1e3 gwei"])
def test_gas_price_refuses_what_is_none(text):
    with pytest.raises(ValueError, match=r"should be"):
        units.gas_price(text)


def test_block_hash_is_32_bytes_in_small_letters_or_any():
    assert units.block_hash("any") == "any"
    assert units.block_hash("0x" + "ab" * 32) == "0x" + "ab" * 32
    for text in ("0x" + "AB" * 32, "0x" + "ab" * 31, "ab" * 32, "none"):
        with pytest.raises(ValueError, match="64 hexadecimal digits"):
            units.block_hash(text)
