"""Weights by hand: the published figures, both sides of the end, and sums that lose nothing."""

from fractions import Fraction

import pytest

from phemexia.escrow import LAST_WEEK, MAX_TERM, MIN_TERM, PERMANENT, WEEK, EscrowModel
from phemexia.escrow.refusals import ERC5805FutureLookup

PT = 10**18


@pytest.mark.parametrize(
    ("months", "published"), [(1, "0.042"), (3, "0.125"), (6, "0.25"), (12, "0.5"), (24, "1")]
)
def test_weight_of_the_published_terms(months, published):
    model = EscrowModel(0)  # at a week boundary, so that a month of 104/24 weeks can be measured from it
    term = months * MAX_TERM // 24
    end = -(-term // WEEK) * WEEK
    model.create("holder", PT, end)
    weight = Fraction(model.weight_at("holder", end - term), PT)
    assert abs(weight - Fraction(published)) < Fraction(1, 2000)


def test_weight_is_amount_times_rest_over_longest_term(model, week):
    end = week + 52 * WEEK
    model.create("holder", 1_000 * PT, end)
    assert model.balance_of("holder") == 1_000 * PT * (end - model.now) // MAX_TERM
    assert model.weight_at("holder", end - 1) == 1_000 * PT // MAX_TERM
    assert model.weight_at("holder", end) == 0
    assert model.weight_at("holder", end + 1) == 0


def test_weight_before_the_lock_is_zero(model):
    model.create("holder", PT, model.latest())
    assert model.weight_at("holder", model.now - 1) == 0
    assert model.weight_at("holder", 0) == 0
    assert model.weight_at("holder", model.now) > 0


def test_weight_of_a_permanent_lock_is_its_amount(model):
    model.create("holder", 7 * PT, model.earliest())
    model.make_permanent("holder")
    assert model.lock_of("holder").unlock_time == PERMANENT
    assert model.weight_at("holder", model.now + 10 * MAX_TERM) == 7 * PT
    model.start_clock("holder")
    assert 7 * PT * 103 // 104 <= model.balance_of("holder") < 7 * PT


def test_votes_sum_to_the_total_without_a_rest(model, week):
    """V1: the undivided sums are equal as integers."""
    model.create("holder", 3 * PT + 1, week + 30 * WEEK)
    model.create("second", 5 * PT + 7, week + 90 * WEEK)
    model.make_permanent("second")
    model.delegate("holder", "delegatee")
    for time in (model.now, week + 30 * WEEK - 1, week + 30 * WEEK, week + 500 * WEEK):
        assert sum(model.tally(time).values()) == model.total_raw_at(time)
        line = model._line(model.running(time), time)
        assert line.moment * WEEK - line.amount * (time - model.genesis) == line.raw


def test_past_answers_stay(model, week):
    """V15: what was true stays true."""
    model.create("holder", 4 * PT, week + 10 * WEEK)
    then = model.now
    before = model.votes_at("holder", then)
    model.now += WEEK
    model.delegate("holder", "delegatee")
    model.extend("holder", model.latest())
    model.now = week + 200 * WEEK
    model.withdraw("holder")
    assert model.get_past_votes("holder", then) == before > 0
    assert model.past_lock("holder", then).unlock_time == week + 10 * WEEK


@pytest.mark.parametrize("ahead", [0, 1])
def test_past_lookup_of_the_present_is_refused(model, ahead):
    """V16: the present second may still change."""
    with pytest.raises(ERC5805FutureLookup) as error:
        model.get_past_votes("holder", model.now + ahead)
    assert error.value.arguments == {"timepoint": model.now + ahead, "clock": model.now}


def test_expiring_is_what_ends_in_that_week(model, week):
    """V10: amounts that expire later add up to what decays now."""
    model.create("holder", 2 * PT, week + 20 * WEEK)
    model.create("second", 3 * PT, week + 20 * WEEK)
    assert model.expiring(None, week + 20 * WEEK) == 5 * PT
    assert model.expiring("delegatee", week + 20 * WEEK) == 0
    model.delegate("holder", "delegatee")
    assert model.expiring("delegatee", week + 20 * WEEK) == 2 * PT
    model.now = week + 19 * WEEK
    model.extend("second", week + 40 * WEEK)
    model.now = week + 30 * WEEK
    assert model.expiring(None, week + 40 * WEEK) == 3 * PT
    assert model.expiring(None, week + 40 * WEEK + 1) == 0
    assert model.expiring(None, week + 20 * WEEK) == 0  # over


def test_terms_end_with_the_bits(model):
    model.now = model.genesis + (LAST_WEEK - 5) * WEEK
    assert model.latest() == model.genesis + LAST_WEEK * WEEK
    model.create("holder", PT, model.latest())
    assert model.earliest() - model.now == -(-MIN_TERM // WEEK) * WEEK
