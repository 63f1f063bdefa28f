"""One delegatee for whom locks end in every week there is: the longest walk a reader can be sent on."""

import pytest
from stateful.stage import PT, Stage
from stateful.stage import stage as stage_of

from phemexia.escrow import MAX_TERM, MAX_WEEKS, WEEK, EscrowModel


@pytest.fixture(scope="module")
def stage() -> Stage:
    return stage_of("first second")


@pytest.fixture
def crowd(stage):
    """(model, delegatee): 100 owners, one for each end from the fifth week to the last, all delegating to one."""
    chain, escrow, token = stage.chain, stage.escrow, stage.token
    with chain.isolate():
        chain.warp(chain.timestamp + 190 * WEEK)  # so that the ends fall into two words of the bitmap
        model = EscrowModel(chain.timestamp, escrow.address, stage.dao)
        model.genesis = escrow.GENESIS()
        delegatee = stage.strangers[0]
        for weeks in range(5, MAX_WEEKS + 1):
            owner = chain.account(f"owner {weeks}")
            amount, end = (weeks * 7 + 1) * PT + weeks, chain.timestamp + weeks * WEEK
            token.transfer(owner, amount, sender=stage.actors[0])
            token.approve(escrow, amount, sender=owner)
            escrow.create(amount, end, sender=owner)
            escrow.delegate(delegatee, sender=owner)
            model.create(owner, amount, end)
            model.delegate(owner, delegatee)
        yield model, delegatee


@pytest.mark.parametrize("poked", [False, True], ids=["silent", "checkpointed on the way"])
def test_votes_over_every_week(stage, crowd, poked):
    """V3, V4, N13: years of silence change no answer, nor does a checkpoint; the walk is bounded."""
    model, delegatee = crowd
    chain, escrow = stage.chain, stage.escrow
    began = model.now
    for weeks in (1, 5, 6, 55, 66, 67, 103, 104, 105, 400):
        for offset in (-1, 0, 1):
            model.now = began + weeks * WEEK + offset
            chain.warp(model.now)
            if poked and weeks in (6, 66):
                escrow["checkpoint()"](sender=delegatee)
                escrow["checkpoint(address)"](delegatee, sender=delegatee)
            assert escrow.getVotes(delegatee) == model.get_votes(delegatee)
            assert escrow.totalSupply() == model.total_supply()
    for time in range(began - 1, began + 106 * WEEK, 3 * WEEK + 1):
        line = model.past_line(delegatee, time)
        assert escrow.pastLine(delegatee, time) == (line.amount, line.moment, line.raw)
        assert escrow.getPastVotes(delegatee, time) == model.get_past_votes(delegatee, time)


def test_write_after_every_week_passed(stage, crowd):
    """V4: the first action after the longest silence walks over 100 populated weeks in both lines, no further."""
    model, delegatee = crowd
    owner = next(iter(model.records))
    stage.chain.warp(stage.chain.timestamp + MAX_TERM)
    model.now = stage.chain.timestamp
    receipt = stage.escrow.relock(model.latest(), sender=owner)
    model.relock(owner, model.latest())
    assert receipt.gas < 2 * MAX_WEEKS * 2_500 + 200_000
    assert stage.escrow.getVotes(delegatee) == model.get_votes(delegatee) == model.balance_of(owner)
