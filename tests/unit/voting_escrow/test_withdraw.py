"""Taking the tokens of an expired lock: `withdraw()` and `withdraw(to)`."""

import pytest
from support.escrow import CLOCK_END, MAX_TERM, PT, WEEK, boundary, event
from support.solidity import compile_source

from phemexia.evm import ZERO, reverts


def test_withdraw_to_oneself(escrow, token, holder, expired):
    expired(holder, 7 * PT)
    receipt = escrow["withdraw()"](sender=holder)
    assert receipt.events == [
        event(escrow, "Withdrawn", owner=holder, to=holder, amount=7 * PT),
        event(token, "Transfer", from_=escrow.address, to=holder, value=7 * PT),
    ]
    assert token.balanceOf(holder) == 7 * PT
    assert escrow.lockOf(holder) == {"amount": 0, "unlockTime": 0, "delegatee": holder, "weight": 0, "votes": 0}


def test_withdraw_to_another_address(escrow, token, holder, stranger, expired):
    expired(holder, 7 * PT)
    receipt = escrow["withdraw(address)"](stranger, sender=holder)
    assert receipt.events == [
        event(escrow, "Withdrawn", owner=holder, to=stranger, amount=7 * PT),
        event(token, "Transfer", from_=escrow.address, to=stranger, value=7 * PT),
    ]
    assert (token.balanceOf(holder), token.balanceOf(stranger)) == (0, 7 * PT)


@pytest.mark.parametrize("to", ["zero", "the escrow"])
def test_withdraw_to_where_tokens_are_lost(escrow, holder, expired, to):
    expired(holder)
    address = ZERO if to == "zero" else escrow.address
    with reverts("VotingEscrow__BadAddress", account=address):
        escrow["withdraw(address)"](address, sender=holder)


def test_withdraw_a_second_before_the_end(chain, escrow, holder, lock):
    """D4: nobody leaves early."""
    end = lock(holder)
    chain.warp(end - 1)
    with reverts("VotingEscrow__LockActive", account=holder, unlockTime=end):
        escrow["withdraw()"](sender=holder)


@pytest.mark.parametrize("late", [0, 1, 6 * 52 * WEEK])
def test_withdraw_from_the_second_of_the_end_on(chain, escrow, token, holder, expired, late):
    """D1, V4: at the end, and after years in which nobody came."""
    expired(holder, 7 * PT)
    chain.sleep(late)
    escrow["withdraw()"](sender=holder)
    assert token.balanceOf(holder) == 7 * PT


def test_withdraw_twice(escrow, token, holder, second_holder, expired, lock):
    """A7: what is out is out."""
    lock(second_holder)
    expired(holder, 7 * PT)
    escrow["withdraw()"](sender=holder)
    with reverts("VotingEscrow__NoLock", account=holder):
        escrow["withdraw()"](sender=holder)


def test_withdraw_without_a_lock(escrow, stranger, holder, expired):
    """A1: nobody withdraws for somebody else."""
    expired(holder)
    with reverts("VotingEscrow__NoLock", account=stranger):
        escrow["withdraw(address)"](stranger, sender=stranger)


def test_withdraw_a_permanent_lock(chain, escrow, holder, permanent):
    permanent(holder)
    chain.sleep(2 * MAX_TERM)
    with reverts("VotingEscrow__LockPermanent", account=holder):
        escrow["withdraw()"](sender=holder)


def test_withdraw_a_delegated_lock(escrow, token, holder, delegatee, expired):
    """D1, D8: the delegatee is not asked, and has lost the votes by itself."""
    expired(holder, 7 * PT, delegatee=delegatee)
    assert escrow.getVotes(delegatee) == 0
    escrow["withdraw()"](sender=holder)
    assert token.balanceOf(holder) == 7 * PT
    assert escrow.getVotes(delegatee) == 0
    assert escrow.delegates(holder) == delegatee


def test_withdraw_writes_no_history(chain, escrow, holder, delegatee, expired):
    """V6: a bit in the head says it; lines and their histories stay as they are."""
    expired(holder, 7 * PT, delegatee=delegatee)
    before = escrow.lockHistory(holder, 0, 9), escrow.lineHistory(delegatee, 0, 9), escrow.totalHistory(0, 9)
    chain.sleep(5)
    escrow["withdraw()"](sender=holder)
    after = escrow.lockHistory(holder, 0, 9), escrow.lineHistory(delegatee, 0, 9), escrow.totalHistory(0, 9)
    assert after == before


def test_withdraw_changes_no_past_answer(chain, escrow, holder, lock):
    """V15, A6: the weight of the past stays, that of the present and of the future is zero."""
    end = lock(holder, 7 * PT, weeks=5)
    times = [*range(chain.timestamp, end, WEEK // 3), end - 1]
    chain.warp(end)
    before = [escrow.getPastVotes(holder, time) for time in times]
    assert all(before)
    escrow["withdraw()"](sender=holder)
    assert [escrow.getPastVotes(holder, time) for time in times] == before
    assert escrow.getVotes(holder) == 0 == escrow.balanceOf(holder)
    assert escrow.votesAt(holder, end) == 0 == escrow.votesAt(holder, end + WEEK)


def test_withdraw_leaves_the_tokens_of_others(escrow, token, holder, second_holder, expired, lock):
    lock(second_holder, 3 * PT)
    expired(holder, 7 * PT)
    escrow["withdraw()"](sender=holder)
    assert token.balanceOf(escrow) == 3 * PT


def test_withdraw_while_its_votes_are_asked_for(chain, escrow, holder, expired):
    """A10: whatever is being voted on, a lock that is over can leave; its past votes go on counting."""
    end = expired(holder, 7 * PT)
    escrow["withdraw()"](sender=holder)
    chain.sleep(1)
    assert escrow.getPastVotes(holder, end - 1) > 0
    assert escrow.getPastVotes(holder, end) == 0


def test_withdraw_after_flash_locking(chain, escrow, token, holder, lock):
    """A6, D3: tokens locked and out again have no votes a second later, and had none in the second they came."""
    end = lock(holder, 7 * PT, weeks=5)
    with reverts("ERC5805FutureLookup", timepoint=chain.timestamp):
        escrow.getPastVotes(holder, chain.timestamp)
    chain.warp(end)
    escrow["withdraw()"](sender=holder)
    token.transfer(chain.account("somebody else"), 7 * PT, sender=holder)
    assert escrow.getVotes(holder) == 0


def test_withdraw_depends_on_nothing_but_the_token(chain, token, holder, bank):
    """A5, A8, A11: the DAO's address may hold nothing, or a contract that reverts; leaving does not ask it."""
    reverter = chain.deploy(compile_source("Successors.sol", "Reverter"))
    escrow = chain.deploy("VotingEscrow", token, reverter)
    bank.execute(token, token.transfer.encode(holder, PT), sender=holder)
    token.approve(escrow, PT, sender=holder)
    escrow.create(PT, boundary(chain.timestamp, 5), sender=holder)
    chain.warp(boundary(chain.timestamp, 5))
    escrow["withdraw()"](sender=holder)
    assert token.balanceOf(holder) == PT


@pytest.mark.parametrize("seconds", [4095 * WEEK, CLOCK_END - 1, CLOCK_END, CLOCK_END + 1, 10 * CLOCK_END])
def test_withdraw_when_clocks_have_run_out(chain, escrow, token, genesis, holder, delegatee, lock, seconds):
    """V4, V8: past the last week and past the last second of the histories, leaving works."""
    lock(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    chain.warp(genesis + seconds)
    escrow["withdraw()"](sender=holder)
    assert token.balanceOf(holder) == 7 * PT
    assert escrow.getVotes(delegatee) == 0 == escrow.totalSupply()


@pytest.mark.parametrize("late", [0, 1])
def test_withdraw_a_lock_that_had_the_last_end(chain, escrow, token, holder, last_boundary, lock, late):
    chain.warp(last_boundary - 52 * WEEK)
    lock(holder, 7 * PT)
    chain.warp(last_boundary + late)
    escrow["withdraw()"](sender=holder)
    assert token.balanceOf(holder) == 7 * PT
