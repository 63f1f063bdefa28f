"""Odd tokens: what counts is what arrived; who takes too much is refused; nobody gets back in."""

import pytest
from support.contributors import DAY, TERM

from phemexia.evm import ZERO, reverts

AMOUNT = 10**6


def test_a_taxed_token_counts_by_what_arrived(
    program, chain, contributors, treasury, odd, account, contributor, recipient
):
    asset, budget = odd("OddTokens.sol", "TaxedToken")
    stream = contributors.openStream(1, program.terms(budget=budget), "", sender=account).returned
    arrived = AMOUNT * 99 // 100
    assert contributors.awardOf(stream)["amount"] == asset.balanceOf(contributors) == arrived
    chain.sleep(TERM // 3)
    contributors.claimStream(stream, recipient, sender=contributor)
    earned = arrived * (TERM // 3) // TERM
    assert asset.balanceOf(recipient) == earned - earned // 100
    contributors.stopStream(stream, sender=account)
    assert asset.balanceOf(contributors) == 0
    assert contributors.awardOf(stream)["returned"] == arrived - earned


def test_a_taxed_bounty_goes_back_whole(program, chain, contributors, treasury, odd, account):
    asset, budget = odd("OddTokens.sol", "TaxedToken")
    before = asset.balanceOf(treasury)
    bounty = contributors.postBounty(program.offer(budget=budget), "", sender=account).returned
    contributors.cancelBounty(bounty, sender=account)
    arrived = AMOUNT * 99 // 100
    assert asset.balanceOf(contributors) == 0
    assert asset.balanceOf(treasury) == before - AMOUNT + arrived - arrived // 100


def test_a_token_of_which_nothing_arrives_is_refused(program, contributors, odd, account, contributor):
    asset, budget = odd("GreedyTokens.sol", "VoidToken")
    with reverts("Contributors__NothingArrived", asset=asset):
        contributors.openStream(1, program.terms(budget=budget), "", sender=account)


def test_a_token_of_which_more_arrives_is_worth_what_was_agreed(
    program, chain, contributors, treasury, odd, account, contributor
):
    asset, budget = odd("GreedyTokens.sol", "DoublingToken")
    stream = contributors.openStream(1, program.terms(budget=budget), "", sender=account).returned
    assert contributors.awardOf(stream)["amount"] == AMOUNT
    assert asset.balanceOf(contributors) == 2 * AMOUNT
    contributors.stopStream(stream, sender=account)
    assert asset.balanceOf(contributors) == AMOUNT


def test_a_token_that_takes_more_than_it_was_told_is_refused(
    program, chain, contributors, odd, account, contributor, neighbour, recipient
):
    """It would be at the expense of who is paid in it later."""
    asset, budget = odd("GreedyTokens.sol", "GreedyToken")
    stream = contributors.openStream(1, program.terms(budget=budget), "", sender=account).returned
    contributors.openStream(2, program.terms(budget=budget), "", sender=account)
    chain.sleep(DAY)
    asset.setGreedy(True, sender=account)
    with reverts("Contributors__Overcharged", asset=asset):
        contributors.claimStream(stream, recipient, sender=contributor)
    with reverts("Contributors__Overcharged", asset=asset):
        contributors.stopStream(stream, sender=account)
    asset.setGreedy(False, sender=account)
    contributors.claimStream(stream, recipient, sender=contributor)
    contributors.stopStream(stream, sender=account)
    assert asset.balanceOf(contributors) == AMOUNT


def test_a_silent_token_is_paid_out(program, chain, contributors, odd, account, contributor, recipient):
    """It returns nothing and has no allowances: it can be paid, yet not be given back."""
    asset, budget = odd("OddTokens.sol", "SilentToken")
    stream = contributors.openStream(1, program.terms(budget=budget), "", sender=account).returned
    chain.sleep(TERM)
    contributors.claimStream(stream, recipient, sender=contributor)
    assert asset.balanceOf(recipient) == AMOUNT


@pytest.mark.parametrize("asset", ["hooking token", "ether"])
@pytest.mark.parametrize("target", ["claimStream", "stopStream", "refundBounty", "approveTranche", "takeBack"])
def test_a_recipient_gets_no_way_back_in(program, chain, contributors, odd, account, contributor, asset, target):
    """M4: it is called in the middle of its payment, and is the group's account and the contributor, too."""
    budget = program.budget_in(ZERO) if asset == "ether" else odd("OddTokens.sol", "HookingToken")[1]
    reentrant = odd_contract(program, "OddTokens.sol", "Reentrant")
    stream = contributors.openStream(1, program.terms(budget=budget), "", sender=account).returned
    other = contributors.openStream(1, program.terms(budget=budget), "", sender=account).returned
    bounty = contributors.postBounty(
        program.offer(budget=budget, deadline=chain.timestamp + 1), "", sender=account
    ).returned
    grant = contributors.openGrant(1, budget, [program.milestone()], sender=account).returned
    chain.sleep(DAY)
    program.offices.setAccount(7, reentrant, sender=account)
    program.offices.setSpends(7, reentrant, True, sender=account)
    data = {
        "claimStream": contributors.claimStream.encode(stream, reentrant),
        "stopStream": contributors.stopStream.encode(other),
        "refundBounty": contributors.refundBounty.encode(bounty),
        "approveTranche": contributors.approveTranche.encode(grant, 1, ""),
        "takeBack": contributors.takeBack.encode(stream),
    }[target]
    reentrant.arm(contributors, data, sender=account)
    contributors.claimStream(stream, reentrant, sender=contributor)
    assert (reentrant.tried(), reentrant.succeeded()) == (True, False)
    assert bytes(reentrant.answer())[:4].hex() == "3ee5aeb5"  # ReentrancyGuardReentrantCall()


def odd_contract(program, file, name):
    """A contract of the tests that is no token."""
    from support.solidity import compile_source

    return program.chain.deploy(compile_source(file, name))
