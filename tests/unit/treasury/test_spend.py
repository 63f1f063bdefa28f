"""The door that the DAO opens with a Treasury decision: 2% within any 30 days."""

import pytest

from phemexia.evm import ZERO, Event, reverts

from .conftest import DAY, HELD

SPAN = 15 * DAY
CAP = HELD // 50


@pytest.fixture
def early(chain):
    """The first second of a span of 15 days."""
    chain.warp((chain.timestamp // SPAN + 1) * SPAN)


def test_spend_pays_and_tells(treasury, asset, dao, payee):
    receipt = treasury.spend(asset, payee, 40, "audit, first half", sender=dao)
    assert (asset.balanceOf(payee), asset.balanceOf(treasury)) == (40, HELD - 40)
    told = {"asset": asset.address, "to": payee, "amount": 40, "memo": "audit, first half"}
    assert receipt.events[0] == Event("Spent", treasury.address, told)


def test_spend_refuses_everybody_but_the_dao(treasury, asset, stranger):
    with reverts("Treasury__NotDao", caller=stranger):
        treasury.spend(asset, stranger, 1, "", sender=stranger)


@pytest.mark.parametrize("kind", ["tokens", "ether"])
def test_spend_up_to_the_cap_and_one_wei_more(treasury, asset, dao, payee, kind):
    """G17: many small payments are one."""
    paid = asset.address if kind == "tokens" else ZERO
    with reverts("Treasury__AboveCap", asset=paid, amount=CAP + 1, left=CAP):
        treasury.spend(paid, payee, CAP + 1, "", sender=dao)
    for _ in range(4):
        treasury.spend(paid, payee, CAP // 4, "", sender=dao)
    assert treasury.spendable(paid) == 0
    with reverts("Treasury__AboveCap", asset=paid, amount=1, left=0):
        treasury.spend(paid, payee, 1, "", sender=dao)


def test_spend_counts_each_asset_on_its_own(treasury, asset, dao, payee):
    treasury.spend(asset, payee, CAP, "", sender=dao)
    treasury.spend(ZERO, payee, CAP, "", sender=dao)


def test_spend_counts_nothing_that_was_paid_as_large(treasury, asset, dao, payee):
    treasury.spendLarge(asset, payee, HELD // 2, "", sender=dao)
    assert treasury.spendable(asset) == CAP // 2


@pytest.mark.parametrize("into", [0, 1, SPAN - 1])
def test_spend_has_its_headroom_back_after_three_spans_and_never_within_30_days(
    chain, early, treasury, asset, dao, payee, into
):
    chain.sleep(into)
    spent_at = chain.timestamp
    treasury.spend(asset, payee, CAP, "", sender=dao)
    back = (spent_at // SPAN + 3) * SPAN
    assert back - spent_at > 30 * DAY - 1
    chain.warp(back - 1)
    with reverts("Treasury__AboveCap"):
        treasury.spend(asset, payee, 1, "", sender=dao)
    chain.warp(back)
    assert treasury.spendable(asset) == (HELD - CAP) // 50
    treasury.spend(asset, payee, (HELD - CAP) // 50, "", sender=dao)


def test_spend_adds_up_over_the_edges_of_spans(chain, early, treasury, asset, dao, payee):
    """What a limit by calendar allows around its edge, this one does not."""
    chain.sleep(SPAN - 1)
    treasury.spend(asset, payee, CAP // 2, "", sender=dao)
    chain.sleep(1)
    treasury.spend(asset, payee, CAP // 4, "", sender=dao)
    chain.sleep(SPAN)
    assert treasury.spendable(asset) == CAP // 4
    treasury.spend(asset, payee, CAP // 4, "", sender=dao)
    chain.sleep(SPAN)
    # The first half is out of sight; of what is held and was spent since, 2% less that.
    recent = CAP // 2
    assert treasury.spendable(asset) == (HELD - CAP + recent) // 50 - recent


def test_spend_forgets_all_after_a_long_silence(chain, treasury, asset, dao, payee):
    treasury.spend(asset, payee, CAP, "", sender=dao)
    chain.sleep(400 * DAY)
    assert treasury.spendable(asset) == (HELD - CAP) // 50


def test_spend_counts_what_comes_in(chain, treasury, asset, dao, payee):
    treasury.spend(ZERO, payee, CAP, "", sender=dao)
    chain.fund(treasury.address, 2 * HELD)
    assert treasury.spendable(ZERO) == (2 * HELD + CAP) // 50 - CAP


def test_spend_has_nothing_left_when_what_was_held_is_gone(treasury, asset, dao, payee):
    treasury.spend(asset, payee, CAP, "", sender=dao)
    treasury.spendLarge(asset, payee, HELD - CAP, "", sender=dao)
    assert treasury.spendable(asset) == 0


def test_spend_refuses_a_sum_that_its_bits_cannot_hold(treasury, odd, dao, payee):
    vast = odd("HookingToken", treasury, 2**120)
    with reverts("SafeCastOverflowedUintDowncast", bits=112):
        treasury.spend(vast, payee, 2**112, "", sender=dao)
    treasury.spend(vast, payee, 2**112 - 1, "", sender=dao)
