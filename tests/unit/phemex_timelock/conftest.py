"""A timelock whose governor is a plain address that the tests speak for."""

import pytest

from phemexia.evm import Chain, Event

DAY = 86_400
DELAY = 2 * DAY
NO_PREDECESSOR = SALT = b"\0" * 32


@pytest.fixture
def chain():
    return Chain()


@pytest.fixture
def governor(chain):
    return chain.account("governor")


@pytest.fixture
def stranger(chain):
    return chain.account("stranger")


@pytest.fixture
def timelock(chain, governor):
    return chain.deploy("PhemexTimelock", DELAY, governor)


@pytest.fixture
def decide(chain, timelock, governor):
    """Carries a call to the timelock itself through schedule, delay and execution."""

    def carried(data: bytes) -> list[Event]:
        operation = (timelock, 0, data, NO_PREDECESSOR, SALT)
        timelock.schedule(*operation, timelock.getMinDelay(), sender=governor)
        chain.sleep(timelock.getMinDelay())
        return timelock.execute(*operation, sender=governor).events

    return carried
