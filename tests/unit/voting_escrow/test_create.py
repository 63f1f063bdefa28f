"""Locking PT."""

import pytest
from support.escrow import LAST_WEEK, MAX_TERM, MIN_DEPOSIT, MIN_TERM, PT, SUPPLY, WEEK, boundary, event, weight
from support.solidity import compile_source

from phemexia.evm import START, Chain, reverts


def test_create_takes_the_tokens_and_tells(chain, escrow, token, holder, fund):
    fund(holder, 1_000 * PT)
    end = boundary(chain.timestamp, 52)
    receipt = escrow.create(1_000 * PT, end, sender=holder)
    assert receipt.events == [
        event(escrow, "Created", owner=holder, payer=holder, amount=1_000 * PT, unlockTime=end),
        event(token, "Transfer", from_=holder, to=escrow.address, value=1_000 * PT),
    ]
    assert token.balanceOf(escrow) == 1_000 * PT
    assert escrow.lockOf(holder) == {
        "amount": 1_000 * PT,
        "unlockTime": end,
        "delegatee": holder,
        "weight": weight(1_000 * PT, end, chain.timestamp),
        "votes": weight(1_000 * PT, end, chain.timestamp),
    }


@pytest.mark.parametrize("amount", [MIN_DEPOSIT, MIN_DEPOSIT + 1])
def test_create_from_the_least_deposit_on(chain, escrow, holder, lock, amount):
    """V2: the least deposit weighs something."""
    lock(holder, amount, weeks=5)
    assert escrow.getVotes(holder) > 0


@pytest.mark.parametrize("amount", [0, MIN_DEPOSIT - 1])
def test_create_below_the_least_deposit(chain, escrow, holder, fund, amount):
    """V2: dust makes no lock."""
    fund(holder)
    with reverts("VotingEscrow__DepositTooSmall", amount=amount, minimum=MIN_DEPOSIT):
        escrow.create(amount, boundary(chain.timestamp, 52), sender=holder)


@pytest.mark.parametrize("off", [-1, 1])
def test_create_off_a_week_boundary(chain, escrow, holder, fund, off):
    """V11, V13: an end off the grid is refused with its neighbours named, never rounded."""
    fund(holder)
    end = boundary(chain.timestamp, 52)
    below = end - WEEK if off < 0 else end
    with reverts("VotingEscrow__NotWeekBoundary", unlockTime=end + off, below=below, above=below + WEEK):
        escrow.create(PT, end + off, sender=holder)


@pytest.mark.parametrize("early", [0, 1])
def test_create_at_the_least_term(chain, escrow, holder, fund, early):
    """V13: the least term is the published one, checked on the exact end that was asked for."""
    fund(holder, 24 * PT)
    end = boundary(chain.timestamp, 10)
    chain.warp(end - MIN_TERM - early)
    escrow.create(24 * PT, end, sender=holder)
    assert escrow.getVotes(holder) == weight(24 * PT, end, chain.timestamp) >= PT


def test_create_a_second_below_the_least_term(chain, escrow, holder, fund):
    fund(holder)
    end = boundary(chain.timestamp, 10)
    chain.warp(end - MIN_TERM + 1)
    with reverts("VotingEscrow__TermTooShort", unlockTime=end, earliest=end + WEEK):
        escrow.create(PT, end, sender=holder)


def test_create_names_the_earliest_end_that_is_allowed(chain, escrow, holder, fund):
    fund(holder)
    with reverts("VotingEscrow__TermTooShort", earliest=boundary(chain.timestamp, 5)):
        escrow.create(PT, boundary(chain.timestamp, 4), sender=holder)
    escrow.create(PT, boundary(chain.timestamp, 5), sender=holder)


@pytest.mark.parametrize("end", [0, WEEK, START - START % WEEK - WEEK, START - START % WEEK])
def test_create_ending_in_the_past(escrow, holder, fund, end):
    fund(holder)
    with reverts("VotingEscrow__TermTooShort", unlockTime=end):
        escrow.create(PT, end, sender=holder)


@pytest.mark.parametrize("into_the_week", [0, 1, WEEK - 1])
def test_create_at_the_longest_term(chain, escrow, holder, fund, into_the_week):
    """A9: 104 weeks from the start of the current week; on the boundary itself a lock weighs its amount."""
    fund(holder)
    start = boundary(chain.timestamp, 1)
    chain.warp(start + into_the_week)
    with reverts("VotingEscrow__TermTooLong", unlockTime=start + MAX_TERM + WEEK, latest=start + MAX_TERM):
        escrow.create(104 * PT, start + MAX_TERM + WEEK, sender=holder)
    escrow.create(104 * PT, start + MAX_TERM, sender=holder)
    assert escrow.getVotes(holder) == 104 * PT * (MAX_TERM - into_the_week) // MAX_TERM


@pytest.mark.parametrize("end", [2**64, 2**256 - 1])
def test_create_with_an_absurd_end(escrow, holder, fund, end):
    fund(holder)
    with reverts("VotingEscrow__TermTooLong", unlockTime=end):
        escrow.create(PT, end, sender=holder)


def test_create_twice(chain, escrow, holder, lock, fund):
    end = lock(holder)
    fund(holder)
    with reverts("VotingEscrow__LockExists", account=holder):
        escrow.create(PT, end, sender=holder)


def test_create_over_an_expired_lock(chain, escrow, holder, expired, fund):
    """A2: an expired lock is withdrawn or relocked, never paid into."""
    expired(holder)
    fund(holder)
    with reverts("VotingEscrow__LockExists", account=holder):
        escrow.create(PT, boundary(chain.timestamp, 52), sender=holder)


def test_create_after_withdrawing_in_the_same_second(chain, escrow, token, holder, expired):
    """V5: the old lock and the new one are two entries, though both calls share a second."""
    old = expired(holder, 5 * PT)
    escrow["withdraw()"](sender=holder)
    end = boundary(chain.timestamp, 52)
    escrow.create(2 * PT, end, sender=holder)
    page, length = escrow.lockHistory(holder, 0, 10)
    assert [(entry["amount"], entry["unlockTime"]) for entry in page] == [(5 * PT, old), (2 * PT, end)]
    assert length == 2
    assert token.balanceOf(escrow) == 2 * PT


def test_create_without_the_tokens(chain, escrow, holder, fund):
    fund(holder, PT)
    with reverts("ERC20InsufficientBalance", balance=PT, needed=PT + 1):
        escrow.create(PT + 1, boundary(chain.timestamp, 52), sender=holder)
    assert escrow.lockOf(holder)["amount"] == 0


def test_create_without_an_allowance(chain, escrow, holder, fund):
    fund(holder, PT, approve=False)
    with reverts("ERC20InsufficientAllowance", allowance=0, needed=PT):
        escrow.create(PT, boundary(chain.timestamp, 52), sender=holder)


def test_create_with_a_token_that_only_says_no(chain, dao, holder):
    """A11: a transfer that returns false instead of reverting is a failed one."""
    sulking = chain.deploy(compile_source("OtherTokens.sol", "Sulking"))
    escrow = chain.deploy("VotingEscrow", sulking, dao)
    with reverts("SafeERC20FailedOperation", token=sulking):
        escrow.create(PT, boundary(chain.timestamp, 52), sender=holder)


@pytest.mark.parametrize("delegated", [False, True])
def test_create_with_the_whole_supply(chain, escrow, holder, delegatee, last_boundary, fund, delegated):
    """V8: one lock holds all of PT, at the last end there is, for itself or for a delegatee."""
    fund(holder, SUPPLY)
    if delegated:
        escrow.delegate(delegatee, sender=holder)
    chain.warp(last_boundary - MAX_TERM)
    escrow.create(SUPPLY, last_boundary, sender=holder)
    assert escrow.getVotes(delegatee if delegated else holder) == SUPPLY == escrow.totalSupply()
    chain.sleep(1)
    assert escrow.pastTotalLine(chain.timestamp - 1) == (SUPPLY, SUPPLY * LAST_WEEK, SUPPLY * MAX_TERM)


def test_create_with_more_than_the_bits_hold(chain, dao, holder):
    """V8: a token without PT's cap would be refused, not cut to size."""
    boundless = chain.deploy(compile_source("OtherTokens.sol", "Boundless"))
    escrow = chain.deploy("VotingEscrow", boundless, dao)
    boundless.mint(holder, 2**91, sender=holder)
    boundless.approve(escrow, 2**91, sender=holder)
    end = boundary(chain.timestamp, 52)
    with reverts("LockCheckpoint__Overflow", amount=2**90):
        escrow.create(2**90, end, sender=holder)
    escrow.create(2**90 - 1, end, sender=holder)


def test_create_when_the_sum_exceeds_the_bits(chain, dao, holder, second_holder):
    """V8: nor does the total of two locks wrap around."""
    boundless = chain.deploy(compile_source("OtherTokens.sol", "Boundless"))
    escrow = chain.deploy("VotingEscrow", boundless, dao)
    end = boundary(chain.timestamp, 52)
    for account in (holder, second_holder):
        boundless.mint(account, 2**90 - 1, sender=account)
        boundless.approve(escrow, 2**90, sender=account)
    escrow.create(2**90 - 1, end, sender=holder)
    with reverts("Checkpoint__Overflow", amount=PT):
        escrow.create(PT, end, sender=second_holder)


@pytest.mark.parametrize("born", [START, START - START % WEEK], ids=["mid-week", "on a week boundary"])
def test_create_in_the_second_of_deployment(chain: Chain, born, escrow, holder, lock):
    """V7: the first user in the first block, also when genesis and deployment are one second."""
    end = lock(holder, 104 * PT, weeks=104)
    assert escrow.getVotes(holder) == weight(104 * PT, end, born) == escrow.totalSupply()
    chain.sleep(1)
    assert escrow.getPastVotes(holder, born) == weight(104 * PT, end, born)
    assert escrow.getPastTotalSupply(born) == weight(104 * PT, end, born)
    assert escrow.getPastVotes(holder, born - 1) == 0 == escrow.getPastTotalSupply(born - 1)


def test_create_with_the_last_end_there_is(chain, escrow, holder, last_boundary, fund):
    """V8: 78 years after genesis the weeks run out; until then locks work as ever."""
    fund(holder)
    chain.warp(last_boundary - MIN_TERM)
    with reverts("VotingEscrow__TermTooLong", unlockTime=last_boundary + WEEK, latest=last_boundary):
        escrow.create(PT, last_boundary + WEEK, sender=holder)
    escrow.create(PT, last_boundary, sender=holder)
    chain.warp(last_boundary)
    escrow["withdraw()"](sender=holder)


@pytest.mark.parametrize("late", [1 - MIN_TERM, 0, WEEK])
def test_create_after_the_last_end_there_is(chain, escrow, holder, last_boundary, fund, late):
    """V8: from there on nothing can be locked any more."""
    fund(holder)
    chain.warp(last_boundary + late)
    with reverts("VotingEscrow__TermTooShort", unlockTime=last_boundary):
        escrow.create(PT, last_boundary, sender=holder)
    with reverts("VotingEscrow__TermTooLong", latest=last_boundary):
        escrow.create(PT, boundary(chain.timestamp, 10), sender=holder)


def test_create_by_a_contract(chain, escrow, token, bank):
    """A4: who calls is not asked whether it has code."""
    bank.execute(token, token.approve.encode(escrow, PT), sender=chain.account())
    end = boundary(chain.timestamp, 52)
    bank.execute(escrow, escrow.create.encode(PT, end), sender=chain.account())
    assert escrow.getVotes(bank) == weight(PT, end, chain.timestamp)
