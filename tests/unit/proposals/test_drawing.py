"""Bars and times on a terminal."""

import pytest

from phemexia.proposals import Tally, drawing
from phemexia.proposals.dao import show_weight

PT = 10**18


@pytest.mark.parametrize(
    ("part", "whole", "mark", "filled", "at"),
    [
        (0, 100, None, 0, None),
        (1, 10_000, None, 1, None),  # something is never nothing
        (50, 100, None, 25, None),
        (100, 100, None, 50, None),
        (200, 100, None, 50, None),
        (50, 100, 50, 25, 25),
        (0, 100, 100, 0, 49),
    ],
)
def test_bar(part, whole, mark, filled, at):
    text = drawing._bar(part, whole, "green", mark).plain
    assert len(text) == drawing.WIDTH
    assert text.count("█") == filled - (at is not None and at < filled)
    assert text.find("┃") == (-1 if at is None else at)


@pytest.mark.parametrize(
    ("wei", "shown"),
    [(0, "0 vePT"), (PT, "1 vePT"), (100_000 * PT - 1, "99,999.99 vePT"), (100_000 * PT, "100,000 vePT")],
)
def test_show_weight_never_rounds_up(wei, shown):
    assert show_weight(wei) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "in 0 seconds"), (90_061, "in 1 day 1 hour"), (-3_600, "1 hour ago"), (59, "in 59 seconds")],
)
def test_when(seconds, shown):
    assert drawing._when(seconds) == shown


def test_majority_of_one_half_is_more_than_that():
    assert drawing._majority(5_000) == "more than 50 %"
    assert drawing._majority(6_667) == "66.67 %"


@pytest.mark.parametrize(
    ("amount", "decimals", "shown"), [(15, 1, "1.5"), (10**24, 18, "1,000,000"), (7, 0, "7"), (1, 6, "0.000001")]
)
def test_units(amount, decimals, shown):
    assert drawing._units(amount, decimals) == shown


def test_tally_draws_without_votes():
    assert drawing._tally(Tally(0, 0, 0, None, 5_000))
