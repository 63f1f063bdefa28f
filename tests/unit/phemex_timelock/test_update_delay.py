"""The delay changes by the DAO's own decision, and stays within bounds."""

import pytest

from phemexia.evm import Event, reverts

from .conftest import DAY, DELAY


@pytest.mark.parametrize("delay", [DAY, DAY + 1, 5 * DAY])
def test_update_delay_by_a_decision(timelock, decide, delay):
    events = decide(timelock.updateDelay.encode(delay))
    assert timelock.getMinDelay() == delay
    change = {"oldDuration": DELAY, "newDuration": delay}
    assert Event("MinDelayChange", timelock.address, change) in events


@pytest.mark.parametrize("delay", [0, DAY - 1, 5 * DAY + 1, 2**256 - 1])
def test_update_delay_refuses_what_is_out_of_bounds(timelock, decide, delay):
    """N10: neither no delay at all, nor one that could never be taken back."""
    with reverts("PhemexTimelock__DelayOutOfBounds", delay=delay, least=DAY, most=5 * DAY):
        decide(timelock.updateDelay.encode(delay))
    assert timelock.getMinDelay() == DELAY


def test_update_delay_refuses_everybody_else(timelock, governor, stranger):
    for caller in (governor, stranger):
        with reverts("TimelockUnauthorizedCaller", caller=caller):
            timelock.updateDelay(3 * DAY, sender=caller)
