"""One master, no administrator, and a delay within bounds from the start."""

import pytest
from eth_utils import keccak

from phemexia.evm import ZERO, reverts

from .conftest import DAY, DELAY

ADMIN = b"\0" * 32
ROLES = [keccak(text=name) for name in ("PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE")]


def test_constructor_sets_the_delay(timelock):
    assert timelock.getMinDelay() == DELAY


def test_constructor_gives_all_roles_to_the_governor_alone(chain, governor):
    """N9, G14: proposer, executor and canceller are the governor; the deployer gets nothing."""
    deployer = chain.account("deployer")
    timelock = chain.deploy("PhemexTimelock", DELAY, governor, sender=deployer)
    for role in ROLES:
        assert timelock.hasRole(role, governor)
        # The zero address as executor would let anyone execute.
        assert not any(timelock.hasRole(role, other) for other in (deployer, timelock, ZERO))


def test_constructor_leaves_the_timelock_as_its_only_administrator(chain, governor):
    """G14: no administrator is left behind, not even for a moment."""
    deployer = chain.account("deployer")
    timelock = chain.deploy("PhemexTimelock", DELAY, governor, sender=deployer)
    assert timelock.hasRole(ADMIN, timelock)
    assert not any(timelock.hasRole(ADMIN, other) for other in (deployer, governor, ZERO))
    assert all(timelock.getRoleAdmin(role) == ADMIN for role in ROLES)


@pytest.mark.parametrize("delay", [DAY, 5 * DAY])
def test_constructor_takes_a_delay_at_its_bounds(chain, governor, delay):
    assert chain.deploy("PhemexTimelock", delay, governor).getMinDelay() == delay


@pytest.mark.parametrize("delay", [0, DAY - 1, 5 * DAY + 1, 2**256 - 1])
def test_constructor_refuses_a_delay_beyond_its_bounds(chain, governor, delay):
    with reverts("PhemexTimelock__DelayOutOfBounds", delay=delay, least=DAY, most=5 * DAY):
        chain.deploy("PhemexTimelock", delay, governor)


def test_constructor_refuses_no_governor(chain):
    """N9: roles of the zero address are roles of everybody."""
    with reverts("PhemexTimelock__ZeroGovernor"):
        chain.deploy("PhemexTimelock", DELAY, ZERO)


def test_constructor_bounds_can_be_read(timelock):
    assert (timelock.LEAST_DELAY(), timelock.MOST_DELAY()) == (DAY, 5 * DAY)
