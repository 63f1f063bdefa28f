"""What the governor is from its first second."""

import pytest
from support.suite import DAY, Suite

from phemexia import artifacts
from phemexia.evm import Chain, reverts

from .conftest import DELAY, FLOOR, PERIOD, QUORUM_BPS, THRESHOLD

MOST = 2**256 - 1


def rules(delay=DELAY, period=PERIOD, floor=FLOOR, bps=QUORUM_BPS):
    return (delay, period, THRESHOLD, bps, floor)


@pytest.fixture
def deploy():
    """Deploys a governor alone, for which nothing stands that it is told of."""
    chain = Chain()
    empty = [chain.account(name) for name in ("escrow", "pass", "timelock")]
    return lambda *given, **figures: chain.deploy("PhemexGovernor", *empty, rules(*given, **figures))


def test_constructor_sets_the_rules(suite, governor):
    assert governor.votingDelay() == DELAY
    assert governor.votingPeriod() == PERIOD
    assert governor.proposalThreshold() == THRESHOLD
    assert (governor["quorumNumerator()"](), governor.quorumDenominator()) == (QUORUM_BPS, 10_000)
    assert governor.quorumFloor() == FLOOR
    assert governor["quorumNumerator(uint256)"](suite.chain.timestamp) == QUORUM_BPS


def test_constructor_names_its_contracts(suite, governor):
    named = (governor.token(), governor.soulPass(), governor.timelock())
    assert named == (suite.escrow.address, suite.soul_pass.address, suite.timelock.address)


def test_constructor_calls_nothing(deploy):
    """The escrow, the pass and the timelock may stand later than the governor."""
    governor = deploy()
    assert governor.clock() == governor.chain.timestamp
    assert governor.CLOCK_MODE() == "mode=timestamp"


def test_constructor_keeps_the_names_that_signatures_and_clients_use(governor):
    assert (governor.name(), governor.version()) == ("Phemexia DAO", "1")
    assert governor.COUNTING_MODE() == "support=bravo&quorum=for,abstain"
    domain = governor.eip712Domain()
    assert (domain[1], domain[2], domain[4]) == ("Phemexia DAO", "1", governor.address)


def test_constructor_agrees_with_the_escrow_about_time(suite, governor):
    for _ in range(3):
        assert governor.clock() == suite.escrow.clock() == suite.chain.timestamp
        assert governor.CLOCK_MODE() == suite.escrow.CLOCK_MODE()
        suite.chain.sleep(1)


@pytest.mark.parametrize("delay", [DAY, 30 * DAY])
def test_constructor_takes_a_delay_at_its_bounds(deploy, delay):
    assert deploy(delay=delay).votingDelay() == delay


@pytest.mark.parametrize("delay", [0, DAY - 1, 30 * DAY + 1, 2**48 - 1])
def test_constructor_refuses_a_delay_beyond_its_bounds(deploy, delay):
    """G13: there is always a day between the proposal and its vote."""
    with reverts("PhemexGovernor__OutOfBounds", value=delay, least=DAY, most=30 * DAY):
        deploy(delay=delay)


@pytest.mark.parametrize("period", [DAY, 90 * DAY])
def test_constructor_takes_a_period_at_its_bounds(deploy, period):
    assert deploy(period=period).votingPeriod() == period


@pytest.mark.parametrize("period", [0, DAY - 1, 90 * DAY + 1, 2**32 - 1])
def test_constructor_refuses_a_period_beyond_its_bounds(deploy, period):
    with reverts("PhemexGovernor__OutOfBounds", value=period, least=DAY, most=90 * DAY):
        deploy(period=period)


def test_constructor_refuses_no_floor(deploy):
    """G6: without a floor, a single PT locked first would be quorum enough."""
    with reverts("PhemexGovernor__OutOfBounds", value=0, least=1, most=MOST):
        deploy(floor=0)
    assert deploy(floor=1).quorumFloor() == 1


def test_constructor_refuses_more_than_the_whole_as_quorum(deploy):
    with reverts("GovernorInvalidQuorumFraction", quorumNumerator=10_001, quorumDenominator=10_000):
        deploy(bps=10_001)
    assert deploy(bps=10_000)["quorumNumerator()"]() == 10_000


def test_constructor_leaves_no_power_to_the_deployer(suite):
    """G14: the governor has no owner; the timelock answers to the governor alone."""
    assert not {"owner", "admin"} & {item.get("name") for item in artifacts.load("PhemexGovernor").abi}
    for role in ("PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE"):
        value = getattr(suite.timelock, role)()
        assert suite.timelock.hasRole(value, suite.governor)
        assert not suite.timelock.hasRole(value, suite.deployer)


def test_constructor_leaves_room_for_what_is_to_come():
    """EIP-170, with some 4 KB to spare."""
    assert len(artifacts.load("PhemexGovernor").runtime) < 20_500


def test_constructor_with_no_threshold_still_asks_for_a_pass():
    suite = Suite(Chain(), (DELAY, PERIOD, 0, QUORUM_BPS, FLOOR))
    stranger = suite.wallet("stranger")
    propose = ([suite.treasury], [0], [b""], "anything")
    with reverts("PhemexGovernor__NotElector", account=stranger, since=0):
        suite.governor.propose(*propose, sender=stranger)
    suite.belong(stranger)
    suite.chain.sleep(1)
    suite.governor.propose(*propose, sender=stranger)
