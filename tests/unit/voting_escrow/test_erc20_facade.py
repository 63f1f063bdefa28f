"""vePT as wallets and explorers see it: a token that does not move."""

import pytest
from support.escrow import PERMANENT, PT, WEEK, weight

from phemexia.evm import reverts


def test_name_symbol_decimals(escrow):
    assert (escrow.name(), escrow.symbol(), escrow.decimals()) == ("Vote-escrowed Phemex Token", "vePT", 18)


def test_balance_of_is_the_own_weight(chain, escrow, holder, delegatee, lock):
    """D8: delegated away or not."""
    end = lock(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    chain.sleep(WEEK)
    assert escrow.balanceOf(holder) == weight(7 * PT, end, chain.timestamp)
    assert escrow.balanceOf(delegatee) == 0


def test_total_supply_is_the_total_weight(chain, escrow, holder, second_holder, lock, permanent):
    """V9: permanent locks included."""
    end = lock(holder, 7 * PT)
    permanent(second_holder, 2 * PT)
    chain.sleep(WEEK)
    assert escrow.totalSupply() == weight(7 * PT, end, chain.timestamp) + 2 * PT
    chain.warp(end)
    assert escrow.totalSupply() == 2 * PT == escrow.balanceOf(second_holder)
    assert escrow.balanceOf(holder) == 0
    assert escrow.lockOf(second_holder)["unlockTime"] == PERMANENT


def test_allowance_is_zero(escrow, holder, stranger):
    assert escrow.allowance(holder, stranger) == 0


@pytest.mark.parametrize("amount", [0, 1, PT])
def test_nothing_moves_or_approves(escrow, holder, stranger, lock, amount):
    """D8: every entry point that would move or approve reverts, for zero, too."""
    lock(holder)
    with reverts("VotingEscrow__NotTransferable"):
        escrow.transfer(stranger, amount, sender=holder)
    with reverts("VotingEscrow__NotTransferable"):
        escrow.transferFrom(holder, stranger, amount, sender=stranger)
    with reverts("VotingEscrow__NotTransferable"):
        escrow.approve(stranger, amount, sender=holder)


def test_tokens_sent_to_the_escrow_make_no_lock(escrow, token, holder, fund, lock, second_holder):
    """PT sent without a call is nobody's; it weighs nothing and pays for no withdrawal of others."""
    lock(second_holder, 2 * PT)
    fund(holder, 7 * PT)
    before = escrow.totalSupply()
    token.transfer(escrow, 7 * PT, sender=holder)
    assert escrow.totalSupply() == before
    assert escrow.lockOf(holder)["amount"] == 0
