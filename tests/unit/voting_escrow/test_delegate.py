"""Letting somebody else vote with one's lock: `delegate` and `delegates`."""

import pytest
from support.escrow import MAX_TERM, PERMANENT, PT, SUPPLY, WEEK, boundary, event, line, raw, weight

from phemexia.evm import ZERO, reverts


def test_delegates_is_oneself_by_default(escrow, holder, lock):
    """D11: a lock votes from its first second on, without any call to activate it."""
    assert escrow.delegates(holder) == holder
    lock(holder)
    assert escrow.delegates(holder) == holder
    assert escrow.getVotes(holder) == escrow.totalSupply() > 0


def test_delegate_moves_the_votes(chain, escrow, holder, delegatee, lock):
    end = lock(holder, 7 * PT)
    votes = weight(7 * PT, end, chain.timestamp)
    receipt = escrow.delegate(delegatee, sender=holder)
    assert receipt.events == [
        event(escrow, "DelegateChanged", delegator=holder, fromDelegate=holder, toDelegate=delegatee),
        event(escrow, "DelegateVotesChanged", delegate=holder, previousVotes=votes, newVotes=0),
        event(escrow, "DelegateVotesChanged", delegate=delegatee, previousVotes=0, newVotes=votes),
    ]
    assert escrow.delegates(holder) == delegatee
    assert (escrow.getVotes(holder), escrow.getVotes(delegatee)) == (0, votes)
    assert escrow.balanceOf(holder) == votes == escrow.totalSupply()


def test_delegate_from_one_to_another(chain, escrow, holder, delegatee, second_delegatee, lock):
    """V10: what is scheduled to expire moves with the votes."""
    end = lock(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    chain.sleep(WEEK)
    votes = weight(7 * PT, end, chain.timestamp)
    receipt = escrow.delegate(second_delegatee, sender=holder)
    assert receipt.events == [
        event(escrow, "DelegateChanged", delegator=holder, fromDelegate=delegatee, toDelegate=second_delegatee),
        event(escrow, "DelegateVotesChanged", delegate=delegatee, previousVotes=votes, newVotes=0),
        event(escrow, "DelegateVotesChanged", delegate=second_delegatee, previousVotes=0, newVotes=votes),
    ]
    assert (escrow.expiring(delegatee, end), escrow.expiring(second_delegatee, end)) == (0, 7 * PT)


@pytest.mark.parametrize("to", ["zero", "oneself"])
def test_delegate_takes_the_votes_back(chain, escrow, holder, delegatee, lock, to):
    """D6, D2: zero means oneself, in both directions; taking back asks for nothing."""
    end = lock(holder, 7 * PT, weeks=5)
    escrow.delegate(delegatee, sender=holder)
    chain.warp(end - 1)
    votes = weight(7 * PT, end, chain.timestamp)
    receipt = escrow.delegate(ZERO if to == "zero" else holder, sender=holder)
    assert receipt.events == [
        event(escrow, "DelegateChanged", delegator=holder, fromDelegate=delegatee, toDelegate=holder),
        event(escrow, "DelegateVotesChanged", delegate=delegatee, previousVotes=votes, newVotes=0),
        event(escrow, "DelegateVotesChanged", delegate=holder, previousVotes=0, newVotes=votes),
    ]
    assert escrow.delegates(holder) == holder
    assert (escrow.getVotes(holder), escrow.getVotes(delegatee)) == (votes, 0)


@pytest.mark.parametrize("to", ["zero", "oneself"])
def test_delegate_to_oneself_changes_nothing(escrow, holder, lock, to):
    """D6, D7: votes that are not delegated away can't be counted twice, nor lost."""
    lock(holder)
    votes = escrow.getVotes(holder)
    for _ in range(2):
        assert escrow.delegate(ZERO if to == "zero" else holder, sender=holder).events == []
    assert escrow.getVotes(holder) == votes == escrow.totalSupply()
    assert escrow.getVotes(ZERO) == 0


def test_delegate_to_the_same_again_changes_nothing(chain, escrow, holder, delegatee, lock):
    """D7: and writes nothing."""
    lock(holder)
    escrow.delegate(delegatee, sender=holder)
    votes = escrow.getVotes(delegatee)
    assert escrow.delegate(delegatee, sender=holder).events == []
    assert escrow.getVotes(delegatee) == votes
    chain.sleep(1)
    escrow.delegate(delegatee, sender=holder)
    assert escrow.lockHistory(holder, 0, 9)[1] == 1
    assert escrow.lineHistory(delegatee, 0, 9)[1] == 1


def test_delegate_without_a_lock(chain, escrow, holder, delegatee, lock):
    """V7: before the first lock; what is locked later goes to the delegatee."""
    receipt = escrow.delegate(delegatee, sender=holder)
    assert receipt.events == [
        event(escrow, "DelegateChanged", delegator=holder, fromDelegate=holder, toDelegate=delegatee)
    ]
    assert escrow.lineHistory(delegatee, 0, 9) == ([], 0)
    end = lock(holder, 7 * PT)
    assert escrow.getVotes(delegatee) == weight(7 * PT, end, chain.timestamp)
    assert escrow.getVotes(holder) == 0


def test_delegate_an_expired_lock(chain, escrow, holder, delegatee, second_delegatee, expired):
    """D2: possible at any time; nothing moves, because nothing weighs."""
    end = expired(holder, 7 * PT, delegatee=delegatee)
    lines = [escrow.lineHistory(account, 0, 9) for account in (delegatee, second_delegatee)]
    receipt = escrow.delegate(second_delegatee, sender=holder)
    assert receipt.events == [
        event(escrow, "DelegateChanged", delegator=holder, fromDelegate=delegatee, toDelegate=second_delegatee)
    ]
    assert [escrow.lineHistory(account, 0, 9) for account in (delegatee, second_delegatee)] == lines
    assert escrow.getVotes(second_delegatee) == 0
    escrow.relock(boundary(end, 52), sender=holder)
    assert escrow.getVotes(second_delegatee) == weight(7 * PT, boundary(end, 52), end)
    assert escrow.getVotes(delegatee) == 0


def test_delegate_after_withdrawing(chain, escrow, holder, delegatee, expired):
    """A7: nothing is there to be delegated; the choice is kept for a lock to come."""
    expired(holder, 7 * PT)
    escrow["withdraw()"](sender=holder)
    escrow.delegate(delegatee, sender=holder)
    chain.sleep(1)
    assert escrow.getVotes(delegatee) == 0 == escrow.totalSupply()
    assert escrow.lockOf(holder)["amount"] == 0
    with reverts("VotingEscrow__NoLock", account=holder):
        escrow["withdraw()"](sender=holder)


def test_delegate_a_permanent_lock(chain, escrow, holder, delegatee, second_delegatee, permanent):
    """N14: a line of permanent locks alone is moved whole."""
    permanent(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    chain.sleep(200 * WEEK)
    assert escrow.getVotes(delegatee) == 7 * PT
    escrow.delegate(second_delegatee, sender=holder)
    chain.sleep(1)
    now = chain.timestamp - 1
    assert escrow.pastLine(delegatee, now) == (0, 0, 0)
    assert escrow.pastLine(second_delegatee, now) == (0, 104 * 7 * PT, 7 * PT * MAX_TERM)
    assert escrow.pastLine(delegatee, now - 1)[2] == 7 * PT * MAX_TERM


def test_delegate_does_not_pass_on(escrow, holder, delegatee, second_delegatee, lock):
    """D3: what a delegatee delegates is its own lock, not what was delegated to it."""
    lock(holder, 7 * PT)
    lock(delegatee, 2 * PT)
    escrow.delegate(delegatee, sender=holder)
    escrow.delegate(second_delegatee, sender=delegatee)
    assert escrow.getVotes(delegatee) == escrow.balanceOf(holder)
    assert escrow.getVotes(second_delegatee) == escrow.balanceOf(delegatee)


def test_delegate_in_a_circle(chain, escrow, holder, delegatee, lock):
    """D3: two who delegate to each other swap their votes, and the sum stays."""
    lock(holder, 7 * PT)
    lock(delegatee, 2 * PT, weeks=20)
    escrow.delegate(delegatee, sender=holder)
    escrow.delegate(holder, sender=delegatee)
    assert escrow.getVotes(holder) == escrow.balanceOf(delegatee)
    assert escrow.getVotes(delegatee) == escrow.balanceOf(holder)


def test_delegate_after_voting_gives_no_second_vote(chain, escrow, holder, delegatee, lock):
    """D3: at any one second of the past the weight counted once, whatever moved later."""
    end = lock(holder, 7 * PT)
    snapshot = chain.timestamp
    chain.sleep(1)
    assert escrow.getPastVotes(holder, snapshot) == weight(7 * PT, end, snapshot)
    escrow.delegate(delegatee, sender=holder)
    chain.sleep(1)
    assert escrow.getPastVotes(holder, snapshot) == weight(7 * PT, end, snapshot)
    assert escrow.getPastVotes(delegatee, snapshot) == 0
    assert escrow.getPastVotes(holder, snapshot + 1) == 0
    assert escrow.getPastVotes(delegatee, snapshot + 1) == weight(7 * PT, end, snapshot + 1)


def test_delegate_back_and_forth_in_one_second(chain, escrow, holder, delegatee, second_delegatee, lock):
    """V5: the second's last word counts, for everyone."""
    end = lock(holder, 7 * PT)
    chain.sleep(1)
    for to in (delegatee, second_delegatee, holder, delegatee, second_delegatee):
        escrow.delegate(to, sender=holder)
    now = chain.timestamp
    chain.sleep(1)
    assert escrow.getPastVotes(second_delegatee, now) == weight(7 * PT, end, now)
    assert escrow.getPastVotes(delegatee, now) == 0 == escrow.getPastVotes(holder, now)
    assert escrow.lockHistory(holder, 0, 9)[1] == 2
    assert escrow.lineHistory(delegatee, 0, 9)[1] == 1
    assert escrow.expiring(delegatee, end) == 0


def test_delegate_in_the_second_of_genesis(chain, token, dao, holder, delegatee, bank):
    """V7: a history whose first word has time zero and says nothing is as good as none."""
    chain.warp(boundary(chain.timestamp, 1))
    escrow = chain.deploy("VotingEscrow", token, dao)
    assert escrow.GENESIS() == chain.timestamp
    escrow.delegate(delegatee, sender=holder)
    escrow.delegate(holder, sender=holder)
    bank.execute(token, token.transfer.encode(holder, PT), sender=holder)
    token.approve(escrow, PT, sender=holder)
    end = boundary(chain.timestamp, 104)
    escrow.create(PT, end, sender=holder)
    escrow.delegate(delegatee, sender=holder)
    chain.sleep(1)
    assert escrow.getPastVotes(delegatee, chain.timestamp - 1) == PT
    assert escrow.getPastVotes(holder, chain.timestamp - 1) == 0


def test_delegate_the_whole_supply(escrow, holder, delegatee, lock):
    """V8: a delegatee's line holds it all."""
    lock(holder, SUPPLY)
    escrow.delegate(delegatee, sender=holder)
    assert escrow.getVotes(delegatee) == escrow.totalSupply() > 0


def test_delegate_keeps_every_sum(chain, escrow, genesis, delegatee, second_delegatee, lock):
    """D3, D8, V1: the votes of all delegates are the weights of all owners, as integers, as time goes on."""
    owners = [chain.account(f"escrow owner {i}") for i in range(6)]
    locks = [
        (1_000 * PT + i * 7, lock(owner, 1_000 * PT + i * 7, weeks=5 + 9 * i)) for i, owner in enumerate(owners)
    ]
    escrow.makePermanent(sender=owners[5])
    locks[5] = (locks[5][0], PERMANENT)
    choices = [delegatee, delegatee, second_delegatee, owners[3], owners[0], delegatee]
    for owner, choice in zip(owners, choices, strict=True):
        escrow.delegate(choice, sender=owner)
    for _ in range(14):
        now = chain.timestamp
        chain.sleep(4 * WEEK - 12_345)
        undivided = 0
        for voter in {*owners, delegatee, second_delegatee}:
            own = escrow.pastLock(voter, now)
            undivided += escrow.pastLine(voter, now)[2] + (0 if own[2] else own[3])
            mine = [lock for lock, choice in zip(locks, choices, strict=True) if choice == voter]
            theirs = line(
                [lock for lock in mine if voter not in owners or choices[owners.index(voter)] != voter],
                genesis,
                now,
            )
            assert escrow.getPastVotes(voter, now) == sum(raw(*lock, now) for lock in mine) // MAX_TERM
            if voter != owners[3]:
                assert escrow.pastLine(voter, now) == theirs
        assert undivided == escrow.pastTotalLine(now)[2] == sum(raw(*lock, now) for lock in locks)


def test_delegate_cost_does_not_grow_with_delegators(chain, escrow, delegatee, lock):
    """D5: no list of delegators exists; the 60th pays what the second paid."""
    costs = []
    for i in range(60):
        owner = chain.account(f"escrow delegator {i}")
        lock(owner, PT)
        chain.sleep(1)
        costs.append(escrow.delegate(delegatee, sender=owner).gas)
        chain.sleep(1)
    assert costs[59] <= costs[1] * 1.02


def test_delegate_to_a_sleeping_account_and_leave(chain, escrow, token, holder, delegatee, lock):
    """D1, D2: the delegatee's lock, or its absence, keeps nobody in."""
    end = lock(holder, 7 * PT, weeks=5)
    lock(delegatee, 2 * PT, weeks=104)
    escrow.delegate(delegatee, sender=holder)
    chain.warp(end)
    escrow["withdraw()"](sender=holder)
    assert token.balanceOf(holder) == 7 * PT
    assert escrow.getVotes(delegatee) == escrow.balanceOf(delegatee) > 0
