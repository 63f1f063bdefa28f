"""VIP levels, each bound from both sides."""

import pytest

from phemexia.holder.vip import THRESHOLDS, level, show_level

PT = 10**18


@pytest.mark.parametrize(
    ("number", "whole"), [(1, 50_000), (2, 100_000), (3, 200_000), (4, 400_000), (5, 800_000)]
)
def test_level_at_its_threshold(number, whole):
    assert [level(whole * PT + off, True) for off in (-1, 0, 1)] == [number - 1, number, number]


def test_level_takes_a_good_pass():
    assert level(THRESHOLDS[-1], False) == 0
    assert show_level(THRESHOLDS[-1], False) == "none"
    assert show_level(THRESHOLDS[1], True) == "VIP 2"
