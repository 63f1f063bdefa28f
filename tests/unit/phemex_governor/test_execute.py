"""From a vote to what was voted: queueing, the delay, execution."""

import pytest
from eth_utils import keccak
from support.suite import PT, TIMELOCK_DELAY

from phemexia.evm import Event, reverts

from .conftest import EXECUTED, QUEUED, SUCCEEDED


def test_execute_does_what_was_voted(suite, draft, proposer, voter, payee):
    proposal = draft().pass_and_queue(proposer, voter)
    receipt = proposal.execute(voter)
    assert suite.token.balanceOf(payee) == 1_000 * PT
    assert proposal.state == EXECUTED
    assert Event("ProposalExecuted", suite.governor.address, {"proposalId": proposal.id}) in receipt.events
    args = {"asset": suite.token.address, "to": payee, "amount": 1_000 * PT, "memo": "grant"}
    assert receipt.named("Spent") == [Event("Spent", suite.treasury.address, args)]


def test_execute_and_queue_are_open_to_anyone(draft, proposer, voter, stranger):
    proposal = draft().propose(proposer).open()
    proposal.vote(voter)
    proposal.close().queue(stranger)
    proposal.wait().execute(stranger)
    assert proposal.state == EXECUTED


def test_execute_waits_for_the_delay_to_the_second(suite, draft, proposer, voter, executive):
    proposal = draft().propose(proposer).open()
    proposal.vote(voter)
    proposal.close().queue(voter)
    assert suite.governor.proposalEta(proposal.id) == suite.chain.timestamp + TIMELOCK_DELAY
    suite.chain.sleep(TIMELOCK_DELAY - 1)
    with reverts("TimelockUnexpectedOperationState"):
        proposal.execute(executive)
    suite.chain.sleep(1)
    proposal.execute(executive)


def test_execute_refuses_what_is_not_queued(draft, proposer, voter):
    proposal = draft().propose(proposer).open()
    proposal.vote(voter)
    proposal.close()
    with reverts("GovernorUnexpectedProposalState", current=SUCCEEDED):
        proposal.execute(voter)


def test_execute_refuses_a_second_time(suite, draft, proposer, voter, payee):
    proposal = draft().pass_and_queue(proposer, voter)
    proposal.execute(voter)
    with reverts("GovernorUnexpectedProposalState", current=EXECUTED):
        proposal.execute(voter)
    assert suite.token.balanceOf(payee) == 1_000 * PT


@pytest.mark.parametrize("support", [0, 2])
def test_queue_refuses_what_did_not_succeed(proposal, voter, support):
    proposal.open().vote(voter, support)
    with reverts("GovernorUnexpectedProposalState"):
        proposal.queue(voter)
    with reverts("GovernorUnexpectedProposalState"):
        proposal.close().queue(voter)


def test_queue_refuses_a_second_time(draft, proposer, voter):
    proposal = draft().pass_and_queue(proposer, voter)
    assert proposal.state == QUEUED
    with reverts("GovernorUnexpectedProposalState", current=QUEUED):
        proposal.queue(voter)


def test_execute_refuses_other_calls_than_were_voted(suite, draft, proposer, voter, stranger):
    proposal = draft().pass_and_queue(proposer, voter)
    theft = suite.treasury.spend.encode(suite.token, stranger, 10**24, "grant")
    targets, values, _, description = proposal.hashed
    with reverts("GovernorNonexistentProposal"):
        suite.governor.execute(targets, values, [theft], description, sender=stranger)


def test_execute_stops_whole_when_one_call_fails(suite, draft, payment, proposer, voter, payee):
    """Two payments, the second of more than can be spent: none is made, and the decision stays queued."""
    too_much = suite.treasury.spend.encode(suite.token, payee, 10**30, "too much")
    proposal = draft(payment, (suite.treasury, 0, too_much)).pass_and_queue(proposer, voter)
    with reverts("Treasury__AboveCap"):
        proposal.execute(voter)
    assert suite.token.balanceOf(payee) == 0
    assert proposal.state == QUEUED


def test_execute_in_the_timelock_directly_is_refused(suite, draft, proposer, voter, payee):
    """N9: nobody executes, queues or cancels in the timelock around the governor."""
    proposal = draft().pass_and_queue(proposer, voter)
    salt = bytes(
        a ^ b
        for a, b in zip(
            bytes.fromhex(suite.governor.address[2:]) + bytes(12), keccak(text=proposal.description), strict=True
        )
    )
    operation = (*proposal.lists, bytes(32), salt)
    known = suite.timelock.hashOperationBatch(*operation)
    assert suite.timelock.isOperationReady(known)
    for way in (
        lambda: suite.timelock.executeBatch(*operation, sender=voter),
        lambda: suite.timelock.scheduleBatch(*operation, TIMELOCK_DELAY, sender=voter),
        lambda: suite.timelock.cancel(known, sender=voter),
    ):
        with reverts("AccessControlUnauthorizedAccount", account=voter):
            way()
    assert suite.token.balanceOf(payee) == 0
    assert proposal.state == QUEUED


def test_execute_by_two_governors_on_one_timelock(suite, draft, decide, proposer, voter, payee):
    """G3: the same calls under the same words, decided by two governors, are two operations."""
    other = suite.chain.deploy(
        "PhemexGovernor",
        *(suite.escrow, suite.soul_pass, suite.timelock, suite.action_classes, suite.core_team, suite.guardian),
    )
    lock = suite.timelock
    grants = [lock.grantRole.encode(getattr(lock, f"{role}_ROLE")(), other) for role in ("PROPOSER", "EXECUTOR")]
    decide(*[(lock, 0, data) for data in grants], description="A second governor")

    both = [draft(governor=governor) for governor in (suite.governor, other)]
    assert both[0].id == both[1].id
    for proposal in both:
        proposal.propose(proposer)
    both[0].open()
    for proposal in both:
        proposal.vote(voter)
    both[0].close()
    for proposal in both:
        proposal.queue(voter)
    for proposal in both:
        proposal.wait().execute(voter)
    assert [proposal.state for proposal in both] == [EXECUTED, EXECUTED]
    assert suite.token.balanceOf(payee) == 2_000 * PT


def test_execute_pays_ether_of_the_treasury(suite, decide, payee):
    suite.chain.fund(suite.treasury.address, 100 * 10**18)
    before = suite.chain.balance(payee)
    data = suite.treasury.spend.encode("0x" + "00" * 20, payee, 10**18, "ether")
    decide((suite.treasury, 0, data))
    assert suite.chain.balance(payee) - before == 10**18
