"""What a campaign promises from its first second."""

import pytest
from support.suite import AT_ONCE, DAY, FUNDS, MAX_STEP, ROOT_DELAY

from phemexia.evm import ZERO, Event, reverts

EMPTY = {"root": bytes(32), "total": 0, "since": 0}


def test_constructor_names_its_contracts(suite):
    campaign = suite.campaign
    named = (campaign.token(), campaign.soulPass(), campaign.dao(), campaign.treasury(), campaign.coreTeam())
    contracts = (suite.token, suite.soul_pass, suite.timelock, suite.treasury, suite.core_team)
    assert named == tuple(contract.address for contract in contracts)
    assert (campaign.publisher(), campaign.guardian()) == (suite.publisher, suite.guardian)


def test_constructor_keeps_the_terms(suite):
    terms = {"start": suite.tge, "rootDelay": ROOT_DELAY, "deadline": suite.deadline, "maxStep": MAX_STEP}
    assert suite.campaign.terms() == terms


def test_constructor_begins_with_funds_and_without_a_root(suite):
    """N11: the campaign is a place of genesis, and PT was born in it."""
    campaign = suite.campaign
    assert (campaign.allocation(), campaign.claimedTotal()) == (FUNDS, 0)
    assert campaign.activeRoot() == campaign.pendingRoot() == EMPTY


NAMES = ("token", "pass", "dao", "treasury", "escrow", "team", "publisher", "guardian")
RETAIL_PLAN = (2_500, 0, 3, 1, 0)


@pytest.fixture
def deploy(suite):
    """Deploys a campaign with one of its terms changed, and one kind that unlocks at once."""
    addresses = [suite.chain.account(name) for name in NAMES]

    def deployed(
        delay=ROOT_DELAY,
        deadline=suite.deadline,
        step=MAX_STEP,
        start=suite.tge,
        allocation=FUNDS,
        plans=(AT_ONCE,),
    ):
        terms = (start, delay, deadline, step)
        return suite.chain.deploy("Campaign", *addresses, allocation, terms, list(plans))

    return deployed


def test_constructor_calls_nothing(deploy):
    """Nothing needs to stand that it is told of."""
    assert deploy().token() != ZERO


def test_constructor_takes_a_day_of_waiting_at_least(deploy):
    with reverts("Campaign__InvalidTerms"):
        deploy(delay=DAY - 1)
    assert deploy(delay=DAY).terms()["rootDelay"] == DAY


def test_constructor_takes_a_deadline_that_the_first_root_can_meet(suite, deploy):
    long = 60 * DAY
    first = suite.chain.timestamp + long
    for deadline in (0, first):
        with reverts("Campaign__InvalidTerms"):
            deploy(delay=long, deadline=deadline)
    assert deploy(delay=long, deadline=first + 1).terms()["deadline"] == first + 1


def test_constructor_leaves_thirty_days_after_the_last_instalment(suite, deploy):
    """M8: nobody's last instalment is swept away before it can be claimed."""
    last = suite.tge + 3 * 7 * DAY + 30 * DAY
    with reverts("Campaign__InvalidTerms"):
        deploy(deadline=last - 1, plans=(AT_ONCE, RETAIL_PLAN))
    deploy(deadline=last, plans=(AT_ONCE, RETAIL_PLAN))


def test_constructor_takes_a_start_around_the_present(suite, deploy):
    now = suite.chain.timestamp
    for start in (now - 365 * DAY, now + 730 * DAY):
        assert deploy(start=start, deadline=now + 1_000 * DAY).terms()["start"] == start
    for start in (now - 365 * DAY - 1, now + 730 * DAY + 1, 0):
        with reverts("Schedule__StartOutOfBounds", start=start):
            deploy(start=start, deadline=now + 1_000 * DAY)


def test_constructor_takes_one_to_five_kinds(deploy):
    for count in (0, 6):
        with reverts("Campaign__InvalidKinds", count=count):
            deploy(plans=[AT_ONCE] * count)
    names = ("atStart", "cliff", "steps", "step", "pace")
    plans = [RETAIL_PLAN, AT_ONCE, (1_250, 0, 7, 1, 0), (5_000, 0, 6, 1, 1), (1, 0, 1, 1, 2)]
    for count in (1, 5):
        campaign = deploy(plans=plans[:count], deadline=2**32 - 1)
        assert campaign.plans() == [dict(zip(names, plan, strict=True)) for plan in plans[:count]]


@pytest.mark.parametrize(
    "plan",
    [
        (0, 0, 0, 0, 0),
        (9_999, 0, 0, 0, 0),
        (10_000, 0, 1, 1, 0),
        (10_000, 1, 0, 0, 1),
        (10_001, 0, 0, 0, 0),
        (5_000, 0, 3, 0, 0),
        (5_000, 0, 0, 3, 0),
        (0, 1, 120, 1, 1),
        (0, 0, 255, 3, 0),
    ],
)
def test_constructor_refuses_a_plan_that_makes_no_sense(deploy, plan):
    with reverts("Schedule__Invalid"):
        deploy(plans=[plan])


def test_constructor_takes_an_allocation_that_fits(deploy):
    for allocation in (0, 2**96):
        with reverts("Campaign__InvalidTerms"):
            deploy(allocation=allocation)
    assert deploy(allocation=2**96 - 1).allocation() == 2**96 - 1


def test_constructor_takes_a_step_that_fits(deploy):
    """N12, M2: with a boundless step, the second root's bound would overflow, and no root follow the first."""
    for step in (0, 2**96, 2**256 - 1):
        with reverts("Campaign__InvalidTerms"):
            deploy(step=step)
    for step in (1, 2**96 - 1):
        assert deploy(step=step).terms()["maxStep"] == step


def test_constructor_refuses_terms_that_overflow(deploy):
    with reverts("Campaign__InvalidTerms"):
        deploy(delay=2**48 - 1)


def test_constructor_announces_the_publisher(campaign, publisher, dao):
    receipt = campaign.setPublisher(ZERO, sender=dao)
    args = {"previous": publisher, "current": ZERO}
    assert receipt.events == [Event("PublisherSet", campaign.address, args)]


@pytest.mark.parametrize("missing", range(7), ids=NAMES[:7])
def test_constructor_refuses_the_zero_address(suite, terms, missing):
    addresses = [ZERO if i == missing else suite.chain.account(str(i)) for i in range(8)]
    with reverts("Campaign__ZeroAddress"):
        suite.chain.deploy("Campaign", *addresses, FUNDS, terms, [AT_ONCE])


def test_constructor_takes_nobody_as_guardian(suite, terms):
    """Core team and DAO drop roots then."""
    addresses = [suite.chain.account(str(i)) for i in range(7)]
    campaign = suite.chain.deploy("Campaign", *addresses, ZERO, FUNDS, terms, [AT_ONCE])
    assert campaign.guardian() == ZERO
