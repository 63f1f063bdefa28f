"""What a campaign promises from its first second."""

import pytest
from support.suite import DAY, FUNDS, MAX_STEP, ROOT_DELAY

from phemexia.evm import ZERO, Event, reverts

EMPTY = {"root": bytes(32), "total": 0, "since": 0}


def test_constructor_names_its_contracts(suite):
    campaign = suite.campaign
    named = (campaign.token(), campaign.soulPass(), campaign.dao(), campaign.treasury(), campaign.coreTeam())
    contracts = (suite.token, suite.soul_pass, suite.timelock, suite.treasury, suite.core_team)
    assert named == tuple(contract.address for contract in contracts)
    assert (campaign.publisher(), campaign.guardian()) == (suite.publisher, suite.guardian)


def test_constructor_keeps_the_terms(suite):
    terms = {"rootDelay": ROOT_DELAY, "deadline": suite.deadline, "maxStep": MAX_STEP}
    assert suite.campaign.terms() == terms


def test_constructor_begins_with_funds_and_without_a_root(suite):
    """N11: the campaign is a place of genesis, and PT was born in it."""
    campaign = suite.campaign
    assert (campaign.funds(), campaign.claimedTotal()) == (FUNDS, 0)
    assert campaign.activeRoot() == campaign.pendingRoot() == EMPTY


@pytest.fixture
def deploy(suite):
    chain = suite.chain
    roles = ("token", "pass", "dao", "treasury", "team", "publisher", "guardian")
    addresses = [chain.account(name) for name in roles]
    return lambda delay=ROOT_DELAY, deadline=suite.deadline, step=MAX_STEP: chain.deploy(
        "Campaign", *addresses, (delay, deadline, step)
    )


def test_constructor_calls_nothing(deploy):
    """Nothing needs to stand that it is told of."""
    assert deploy().token() != ZERO


def test_constructor_takes_a_day_of_waiting_at_least(deploy):
    with reverts("Campaign__InvalidTerms"):
        deploy(delay=DAY - 1)
    assert deploy(delay=DAY).terms()["rootDelay"] == DAY


def test_constructor_takes_a_deadline_that_the_first_root_can_meet(suite, deploy):
    first = suite.chain.timestamp + ROOT_DELAY
    for deadline in (0, first):
        with reverts("Campaign__InvalidTerms"):
            deploy(deadline=deadline)
    assert deploy(deadline=first + 1).terms()["deadline"] == first + 1


def test_constructor_refuses_no_step(deploy):
    with reverts("Campaign__InvalidTerms"):
        deploy(step=0)
    assert deploy(step=1).terms()["maxStep"] == 1


def test_constructor_refuses_terms_that_overflow(deploy):
    with reverts("Campaign__InvalidTerms"):
        deploy(delay=2**48 - 1)


def test_constructor_announces_the_publisher(campaign, publisher, dao):
    receipt = campaign.setPublisher(ZERO, sender=dao)
    args = {"previous": publisher, "current": ZERO}
    assert receipt.events == [Event("PublisherSet", campaign.address, args)]


@pytest.mark.parametrize("missing", range(6), ids=("token", "pass", "dao", "treasury", "team", "publisher"))
def test_constructor_refuses_the_zero_address(suite, missing):
    chain = suite.chain
    addresses = [ZERO if i == missing else chain.account(str(i)) for i in range(7)]
    with reverts("Campaign__ZeroAddress"):
        chain.deploy("Campaign", *addresses, (ROOT_DELAY, suite.deadline, MAX_STEP))


def test_constructor_takes_nobody_as_guardian(suite):
    """Core team and DAO drop roots then."""
    chain = suite.chain
    addresses = [chain.account(str(i)) for i in range(6)]
    campaign = chain.deploy("Campaign", *addresses, ZERO, (ROOT_DELAY, suite.deadline, MAX_STEP))
    assert campaign.guardian() == ZERO
