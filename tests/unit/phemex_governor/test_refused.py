"""What the governor never does, whoever asks: relay calls, change its timelock, take deposits."""

import pytest

from phemexia.evm import reverts


def test_relay_refuses_everybody(suite, governor, stranger):
    """N7: no call hides inside a call."""
    with reverts("PhemexGovernor__NoRelay"):
        governor.relay(suite.treasury, 0, b"", sender=stranger)


def test_relay_refuses_even_a_decision(suite, governor, decide):
    """N7: nor when the DAO itself decides it."""
    data = governor.relay.encode(suite.token, 0, b"")
    with reverts("PhemexGovernor__NoRelay"):
        decide((governor, 0, data))


def test_update_timelock_refuses_everybody(governor, stranger):
    with reverts("PhemexGovernor__TimelockIsFixed"):
        governor.updateTimelock(stranger, sender=stranger)


def test_update_timelock_refuses_even_a_decision(suite, governor, decide, stranger):
    """G14: another timelock would orphan all that belongs to this one."""
    with reverts("PhemexGovernor__TimelockIsFixed"):
        decide((governor, 0, governor.updateTimelock.encode(stranger)))
    assert governor.timelock() == suite.timelock.address


def test_receive_refuses_ether(suite, governor, stranger):
    """Since nothing is relayed, what came in could never leave."""
    with reverts("GovernorDisabledDeposit"):
        suite.chain.send(stranger, governor, value=1)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("onERC721Received", (1, b"")),
        ("onERC1155Received", (1, 1, b"")),
        ("onERC1155BatchReceived", ([1], [1], b"")),
    ],
)
def test_receive_refuses_tokens(governor, stranger, name, args):
    with reverts("GovernorDisabledDeposit"):
        getattr(governor, name)(stranger, stranger, *args, sender=stranger)
