"""The program with real treasury, token and passes; the gate of the groups does what the tests want."""

import pytest
from support.contributors import Program
from support.solidity import compile_source


@pytest.fixture
def program():
    return Program()


@pytest.fixture
def chain(program):
    return program.chain


@pytest.fixture
def contributors(program):
    return program.contributors


@pytest.fixture
def treasury(program):
    return program.treasury


@pytest.fixture
def token(program):
    return program.token


@pytest.fixture
def account(program):
    """The group's."""
    return program.account


@pytest.fixture
def dao(program):
    return program.dao


@pytest.fixture
def stranger(program):
    return program.stranger


@pytest.fixture
def recipient(chain):
    """Where a contributor wants its money."""
    return chain.account("recipient")


@pytest.fixture
def contributor(program):
    """Holds pass 1."""
    wallet = program.belong("contributor")
    assert program.passes["contributor"] == 1
    return wallet


@pytest.fixture
def neighbour(program, contributor):
    """Holds pass 2."""
    wallet = program.belong("neighbour")
    assert program.passes["neighbour"] == 2
    return wallet


@pytest.fixture
def stream(program, contributors, account, contributor):
    """1,000,000 wei over 92 days, for pass 1."""
    return contributors.openStream(1, program.terms(), "", sender=account).returned


@pytest.fixture
def grant(program, contributors, account, contributor):
    """Of three tranches for pass 1: 100 at once, 1,000 over 1,000 seconds, 7 at once."""
    milestones = [
        program.milestone(amount=100),
        program.milestone(amount=1_000, vesting=1_000, points=2),
        program.milestone(amount=7),
    ]
    return contributors.openGrant(1, program.budget, milestones, sender=account).returned


@pytest.fixture
def bounty(program, contributors, account, contributor):
    """1,000,000 wei, within 30 days."""
    return contributors.postBounty(program.offer(), "", sender=account).returned


@pytest.fixture
def accepted(contributors, bounty, account, contributor):
    """The bounty, for which pass 1 was accepted."""
    contributors.applyFor(bounty, b"", sender=contributor)
    contributors.acceptApplicant(bounty, 1, sender=account)
    return bounty


@pytest.fixture
def odd(program):
    """Deploys a token of a file in tests/contracts for the treasury; returns it and a budget in it."""

    def make(file, name):
        asset = program.chain.deploy(compile_source(file, name), program.treasury, 10**24)
        parent = program.open_parent(asset, limit=10**20)
        return asset, program.open_budget(parent, program.account, limit=10**20)

    return make


@pytest.fixture
def unspoken(program):
    """The group's account is out of line."""

    def silence(speaks=False):
        program.offices.setSpends(7, program.account, speaks, sender=program.dao)

    return silence
