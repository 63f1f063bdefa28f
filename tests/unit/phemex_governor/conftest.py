"""The DAO after genesis, with members who lock for good: their weight stands still and is exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from eth_utils import keccak
from support.suite import CONSTITUTIONAL, GENERAL, ORGANIZATION, PT, RULES, TEAM_WINDOW, TREASURY, Suite

from phemexia.evm import Chain, Receipt

_THRESHOLD, DELAY, PERIOD, _FLOOR, QUORUM_BPS, _ = RULES[TREASURY]
THRESHOLD, FLOOR = _THRESHOLD * PT, _FLOOR * PT
"""What the payment is held to that these tests propose."""
AGAINST, FOR, ABSTAIN = 0, 1, 2
PENDING, ACTIVE, CANCELED, DEFEATED, SUCCEEDED, QUEUED, EXPIRED, EXECUTED = range(8)


@dataclass
class Proposal:
    """A proposal in a governor's hands, and the clock that its life follows."""

    suite: Suite
    governor: Any
    calls: Sequence[tuple[Any, int, bytes]]
    description: str

    @property
    def lists(self) -> tuple[list[Any], list[int], list[bytes]]:
        """Targets, values, call data."""
        targets, values, data = zip(*self.calls, strict=True)
        return list(targets), list(values), list(data)

    @property
    def hashed(self) -> tuple[Any, ...]:
        """What queue, execute and cancel take."""
        return (*self.lists, keccak(text=self.description))

    @property
    def id(self) -> int:
        return self.governor.hashProposal(*self.hashed)

    @property
    def state(self) -> int:
        return self.governor.state(self.id)

    @property
    def snapshot(self) -> int:
        return self.governor.proposalSnapshot(self.id)

    @property
    def deadline(self) -> int:
        return self.governor.proposalDeadline(self.id)

    def propose(self, sender: Any) -> "Proposal":
        self.governor.propose(*self.lists, self.description, sender=sender)
        return self

    def open(self) -> "Proposal":
        """To the first second of the vote."""
        self.suite.chain.warp(self.snapshot + 1)
        return self

    def close(self) -> "Proposal":
        """To the first second after the vote."""
        self.suite.chain.warp(self.deadline + 1)
        return self

    def vote(self, voter: Any, support: int = FOR) -> Receipt:
        return self.governor.castVote(self.id, support, sender=voter)

    def queue(self, sender: Any) -> Receipt:
        return self.governor.queue(*self.hashed, sender=sender)

    def wait(self) -> "Proposal":
        """To the first second in which anyone may execute."""
        self.suite.chain.warp(self.governor.proposalEta(self.id) + TEAM_WINDOW)
        return self

    def execute(self, sender: Any) -> Receipt:
        return self.governor.execute(*self.hashed, sender=sender)

    def pass_and_queue(self, proposer: Any, voter: Any) -> "Proposal":
        """From proposal to the second in which anyone can execute it."""
        self.propose(proposer).open()
        self.vote(voter)
        self.close().queue(voter)
        return self.wait()


@pytest.fixture
def suite():
    return Suite(Chain())


@pytest.fixture
def chain(suite):
    return suite.chain


@pytest.fixture
def governor(suite):
    return suite.governor


@pytest.fixture
def proposer(suite):
    """Holds the threshold to the wei; a second has passed since."""
    wallet = suite.member("proposer", THRESHOLD)
    suite.chain.sleep(1)
    return wallet


@pytest.fixture
def voter(suite):
    """Holds the floor of the quorum to the wei."""
    wallet = suite.member("voter", FLOOR)
    suite.chain.sleep(1)
    return wallet


@pytest.fixture
def chair(suite):
    """Holds the threshold of the strictest class to the wei."""
    wallet = suite.member("chair", RULES[CONSTITUTIONAL][0] * PT)
    suite.chain.sleep(1)
    return wallet


@pytest.fixture
def executive(suite):
    """Of the core team, with a pass."""
    suite.belong(suite.executives[0])
    return suite.executives[0]


@pytest.fixture
def stranger(suite):
    return suite.chain.account("stranger")


@pytest.fixture
def payee(suite):
    return suite.chain.account("payee")


@pytest.fixture
def payment(suite, payee):
    """The call that pays 1,000 PT from the treasury."""
    data = suite.treasury.spend.encode(suite.token, payee, 1_000 * PT, "grant")
    return (suite.treasury, 0, data)


@pytest.fixture
def draft(suite, payment):
    """Makes a proposal of calls, by default of the payment; it is not proposed yet."""

    def made(*calls, description="Pay a grant", governor=None):
        return Proposal(suite, governor or suite.governor, calls or (payment,), description)

    return made


@pytest.fixture
def proposal(draft, proposer):
    """The payment, proposed."""
    return draft().propose(proposer)


@pytest.fixture
def decide(draft, chair, voter):
    """Carries calls through a whole decision; returns the receipt of the execution."""

    def decided(*calls, description="Decide"):
        return draft(*calls, description=description).pass_and_queue(chair, voter).execute(voter)

    return decided


@pytest.fixture
def class_actions(suite, payment, payee):
    """A call of each class."""
    return {
        GENERAL: (suite.mandates, 0, suite.mandates.signal.encode(bytes(32))),
        TREASURY: payment,
        ORGANIZATION: (suite.core_team, 0, suite.core_team.appoint.encode(payee)),
        CONSTITUTIONAL: (suite.governor, 0, suite.governor.setGuardian.encode(payee)),
    }
