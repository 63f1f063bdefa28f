"""What the governor is from its first second."""

import pytest
from support.suite import GENERAL, GUARDIAN_TERM, PT, RULES

from phemexia import artifacts
from phemexia.evm import Chain


def test_constructor_answers_for_general_where_no_class_is_named(suite, governor):
    """What OpenZeppelin's clients ask before there is a proposal."""
    threshold, delay, period, floor, _, _ = RULES[GENERAL]
    assert (governor.votingDelay(), governor.votingPeriod()) == (delay, period)
    assert governor.proposalThreshold() == threshold * PT
    suite.member("everybody", 10 * floor * PT)
    suite.chain.sleep(1)
    assert governor.quorum(suite.chain.timestamp - 1) == floor * PT


def test_constructor_names_its_contracts(suite, governor):
    named = (governor.token(), governor.soulPass(), governor.timelock())
    assert named == (suite.escrow.address, suite.soul_pass.address, suite.timelock.address)
    assert governor.actionClasses() == suite.action_classes.address
    assert governor.coreTeam() == suite.core_team.address


def test_constructor_calls_nothing():
    """All that the governor is told of may stand later than the governor."""
    chain = Chain()
    empty = [chain.account(name) for name in ("escrow", "pass", "timelock", "classes", "team", "guardian")]
    governor = chain.deploy("PhemexGovernor", *empty)
    assert governor.clock() == chain.timestamp
    assert governor.CLOCK_MODE() == "mode=timestamp"


def test_constructor_begins_the_guardians_term(suite, governor):
    """G12: the first guardian has a term like any other."""
    until = governor.guardianUntil()
    assert governor.guardian() == suite.guardian
    assert 0 <= until - GUARDIAN_TERM <= suite.chain.timestamp
    suite.chain.warp(until - 1)
    assert governor.guardian() == suite.guardian
    suite.chain.warp(until)
    assert governor.guardian() == "0x" + "00" * 20


def test_constructor_keeps_the_names_that_signatures_and_clients_use(governor):
    assert (governor.name(), governor.version()) == ("Phemexia DAO", "1")
    assert governor.COUNTING_MODE() == "support=bravo,fractional&quorum=for,abstain&params=fractional"
    domain = governor.eip712Domain()
    assert (domain[1], domain[2], domain[4]) == ("Phemexia DAO", "1", governor.address)


def test_constructor_agrees_with_the_escrow_about_time(suite, governor):
    for _ in range(3):
        assert governor.clock() == suite.escrow.clock() == suite.chain.timestamp
        assert governor.CLOCK_MODE() == suite.escrow.CLOCK_MODE()
        suite.chain.sleep(1)


def test_constructor_leaves_no_power_to_the_deployer(suite):
    """G14: the governor has no owner; the timelock answers to the governor alone."""
    assert not {"owner", "admin"} & {item.get("name") for item in artifacts.load("PhemexGovernor").abi}
    for role in ("PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE"):
        value = getattr(suite.timelock, role)()
        assert suite.timelock.hasRole(value, suite.governor)
        assert not suite.timelock.hasRole(value, suite.deployer)


@pytest.mark.parametrize("contract", ["PhemexGovernor", "ActionClasses", "CoreTeam", "Mandates"])
def test_constructor_keeps_the_code_within_the_limit(contract):
    """EIP-170."""
    assert len(artifacts.load(contract).runtime) <= 24_576
