"""All locks together at a past second, undivided."""

import random

import pytest
from support.escrow import PERMANENT, PT, WEEK, boundary, line, raw

from phemexia.evm import Reverted, reverts


@pytest.mark.parametrize("ahead", [0, 1])
def test_past_total_line_of_the_present(chain, escrow, ahead):
    """V16: the present is not past."""
    with reverts("ERC5805FutureLookup", timepoint=chain.timestamp + ahead, clock=chain.timestamp):
        escrow.pastTotalLine(chain.timestamp + ahead)


def test_past_total_line_before_anything(chain, escrow, genesis):
    """V7: no first entry is needed to answer."""
    assert escrow.pastTotalLine(genesis) == (0, 0, 0) == escrow.pastTotalLine(chain.timestamp - 1)
    assert escrow.pastTotalLine(genesis - 1) == (0, 0, 0)


def test_past_total_line_ignores_delegation(chain, escrow, genesis, holder, delegatee, lock):
    """D3: who votes does not change what there is."""
    end = lock(holder, 7 * PT)
    chain.sleep(1)
    escrow.delegate(delegatee, sender=holder)
    chain.sleep(1)
    now = chain.timestamp
    for time in (now - 2, now - 1):
        assert escrow.pastTotalLine(time) == line([(7 * PT, end)], genesis, time)
    assert escrow.totalHistory(0, 9)[1] == 1


def _succeeds(call, arguments, owner) -> bool:
    """Whether a call goes through; a refusal must be one of the escrow's own."""
    try:
        call(*arguments, sender=owner)
    except Reverted as refused:
        if not refused.name.startswith("VotingEscrow__"):
            raise
        return False
    return True


@pytest.mark.parametrize("seed", range(4))
def test_past_total_line_of_a_random_history(chain, escrow, genesis, fund, seed):
    """V1, V3, V9, V10, V11, V12, V15: whatever happened, at sampled seconds sums and answers agree as integers."""
    dice = random.Random(seed)
    owners = [chain.account(f"escrow owner {i}") for i in range(6)]
    state: dict[str, list] = {owner: [0, 0, owner] for owner in owners}  # amount, end, delegatee
    told = []
    done = set()
    for owner in owners:
        fund(owner, 10_000 * PT)
    for _ in range(120):
        owner = dice.choice(owners)
        now = chain.timestamp
        end = boundary(now, dice.randrange(1, 106))
        amount = dice.choice([PT, PT + 1, 50 * PT + dice.randrange(10**18)])
        held, until, _ = state[owner]
        name, arguments, after = dice.choice(
            [
                ("create", [amount, end], (amount, end)),
                ("add", [amount], (held + amount, until)),
                ("extend", [end], (held, end)),
                ("addAndExtend", [amount, end], (held + amount, end)),
                ("makePermanent", [], (held, PERMANENT)),
                ("startClock", [], (held, boundary(now, 104))),
                ("relock", [end], (held, end)),
                ("withdraw()", [], (0, 0)),
                ("delegate", [dice.choice(owners)], (held, until)),
            ]
        )
        call = escrow[name] if "(" in name else getattr(escrow, name)
        if _succeeds(call, arguments, owner):
            done.add(name)
            state[owner][:2] = after
            if name == "delegate":
                state[owner][2] = arguments[0]
        if dice.random() < 0.6:
            chain.sleep(dice.choice([1, 1000, WEEK - 1, WEEK, 9 * WEEK]))
            locks = [(a, e) for a, e, _ in state.values()]
            seen = dice.randrange(now, chain.timestamp)
            assert escrow.pastTotalLine(seen) == line(locks, genesis, seen)
            assert all(e % WEEK == 0 or e == PERMANENT for _, e in locks)
            for voter in owners:
                mine = [(a, e) for owner, (a, e, to) in state.items() if to == voter and owner != voter]
                assert escrow.pastLine(voter, seen) == line(mine, genesis, seen)
                own = state[voter]
                voted = own[2] == voter
                assert escrow.pastLock(voter, seen)[2:] == (not voted, raw(own[0], own[1], seen))
            told.append((seen, escrow.pastTotalLine(seen)))
    assert done >= {"create", "add", "makePermanent", "delegate"}
    assert all(escrow.pastTotalLine(seen) == answer for seen, answer in told)
