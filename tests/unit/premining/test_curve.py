"""The curve: worked out by hand, and its properties for any figures and volumes."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phemexia.config import load_premining
from phemexia.premining.curve import SCALE, Curve, K, curves, weights

from .conftest import XPT, figures

HAND = Curve(1_000 * XPT, 2 * XPT, XPT)
THOUSAND = K
"""Weighted volume of 1,000 USD."""

rates = st.integers(1, 90 * XPT)
some_curves = st.builds(
    lambda budget, one, other: Curve(budget, max(one, other) + 1, min(one, other)),
    st.integers(1, 90_000_000 * XPT), rates, rates,
)  # fmt: skip
volumes = st.lists(st.integers(0, 10**22), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("thousands", "tenths"),
    [(0, 0), (100, 1_925), (200, 3_700), (400, 6_800), (667, 10_000), (10_000, 10_000)],
)
def test_given_by_hand(thousands, tenths):
    """2 v - v^2 / (4,000 / 3)."""
    assert HAND.given(thousands * THOUSAND) == tenths * XPT // 10


def test_capacity_is_where_the_budget_is_spent():
    assert HAND.capacity == -(-2_000 * THOUSAND // 3)
    assert HAND.given(HAND.capacity) == HAND.budget
    assert HAND.given(HAND.capacity - 1) < HAND.budget


def test_rate_at_the_edges():
    """It falls by 15 for each unit: (a^2 - b^2) / (2 B K^2). Between two units it is that in the middle."""
    assert HAND.rate(0, 1) == 2 * 10**17 - 8
    assert HAND.rate(1, 2) == 2 * 10**17 - 23
    assert HAND.rate(HAND.capacity - 2, HAND.capacity - 1) == 10**17 + 17
    assert HAND.rate(HAND.capacity, HAND.capacity + 1) == 0


def test_rate_past_the_capacity_shares_what_is_left():
    assert HAND.rate(0, 1_000 * THOUSAND) == HAND.budget * SCALE // (1_000 * THOUSAND)


def test_curves_of_the_configuration_fall_across_stages():
    found = curves(load_premining())
    for earlier, later in pairwise(found):
        assert earlier.first > earlier.last == later.first > later.last


def test_weights_by_hand():
    assert weights(figures()) == {
        ("retail", False): 10_000, ("retail", True): 12_000, ("api", False): 5_000, ("api", True): 5_000,
    }  # fmt: skip


@given(some_curves, volumes)
@settings(deadline=None)
def test_budget_is_never_exceeded(curve, minutes):
    paid = sum(volume * rate for volume, rate in zip(minutes, curve.rates(minutes), strict=True))
    assert paid <= curve.budget * SCALE
    exact = curve.given(sum(minutes)) * SCALE
    assert exact - paid < sum(minutes) + SCALE, "no more is lost than one part of SCALE for each unit of volume"


@given(some_curves, volumes)
@settings(deadline=None)
def test_rate_falls_from_minute_to_minute(curve, minutes):
    found = [rate for volume, rate in zip(minutes, curve.rates(minutes), strict=True) if volume]
    assert found == sorted(found, reverse=True)
    assert all(rate < 2**63 for rate in found), "a rate fits what backends multiply"


@given(some_curves, st.integers(1, 10**22), st.integers(1, 10**22), st.integers(0, 10**22), st.integers(1, 10**22))
@settings(deadline=None)
def test_volume_that_waits_for_a_later_minute_gains_nothing(curve, mine, wait, others, later):
    """A trade of ``mine + wait`` beside others, and the same with a part in the next minute."""
    at_once = Fraction((mine + wait) * curve.rate(0, mine + wait + others))
    first = mine * curve.rate(0, mine + others)
    second = wait * curve.rate(mine + others, mine + others + wait + later)
    assert first + second <= at_once + mine + wait


@given(some_curves, st.lists(st.integers(1, 10**18), min_size=1, max_size=20), st.integers(0, 10**22))
@settings(deadline=None)
def test_splitting_and_merging_earn_the_same(curve, parts, others):
    """Of trades exactly; of accounts less, by less than a wei for each."""
    rate = curve.rate(0, sum(parts) + others)
    whole = sum(parts) * rate
    assert sum(part * rate for part in parts) == whole
    split = sum(part * rate // SCALE for part in parts)
    assert whole // SCALE - len(parts) < split <= whole // SCALE
