"""What the DAO says, and nobody else; and whom the mandates know."""

import pytest

from phemexia.evm import ZERO, Event, reverts

from .conftest import TEXT


def test_signal_by_the_dao(mandates, dao):
    assert mandates.signal(TEXT, sender=dao).events == [Event("Signaled", mandates.address, {"textHash": TEXT})]


def test_signal_by_a_stranger(mandates, stranger):
    with reverts("Mandates__NotDao", caller=stranger.address):
        mandates.signal(TEXT, sender=stranger)


def test_constructor_keeps_whom_it_asks(mandates, dao, groups, suite):
    assert (mandates.dao(), mandates.groups(), mandates.coreTeam()) == (
        dao,
        groups.address,
        suite.core_team.address,
    )
    assert mandates.mandates() == 0


@pytest.mark.parametrize("missing", range(3))
def test_constructor_refuses_nobody(chain, dao, groups, suite, missing):
    arguments = [dao, groups.address, suite.core_team.address]
    arguments[missing] = ZERO
    with reverts("Mandates__ZeroAddress"):
        chain.deploy("Mandates", *arguments)
