"""A vesting contract of 1,000,000 PT beside the suite; the DAO is a plain address that the tests speak for."""

import pytest
from support.schedule import BUILDERS, Plan, moment
from support.suite import PT, Suite

from phemexia.evm import Chain, Contract, Receipt

FUNDS = 1_000_000 * PT
AMOUNT = 1_000 * PT + 7
"""Divisible by no number of instalments."""
NOTICE = 30 * 86_400
TGE = moment("2027-01-31 12:00")
"""A last day of a month that others do not have."""


@pytest.fixture
def suite():
    return Suite(Chain())


@pytest.fixture
def chain(suite):
    return suite.chain


@pytest.fixture
def dao(chain):
    return chain.account("dao")


@pytest.fixture
def grantor(chain):
    return chain.account("grantor")


@pytest.fixture
def guardian(suite):
    return suite.guardian


@pytest.fixture
def owner(chain):
    return chain.account("owner")


@pytest.fixture
def buyer(chain):
    return chain.account("buyer")


@pytest.fixture
def stranger(chain):
    return chain.account("stranger")


@pytest.fixture
def plan() -> Plan:
    return BUILDERS


@pytest.fixture
def deploy(suite, dao, grantor, guardian, plan):
    """Deploys a vesting contract, with a plan of its own and with funds if told so."""

    def deployed(plan=plan, start=TGE, funds=FUNDS, treasury=suite.treasury) -> Contract:
        args = (suite.token, dao, treasury, suite.escrow, grantor, guardian, start, plan)
        vesting = suite.chain.deploy("Vesting", *args)
        if funds:
            suite.pay(vesting, funds)
        return vesting

    return deployed


@pytest.fixture
def vesting(deploy):
    return deploy()


@pytest.fixture
def grant(vesting, dao, owner):
    """Grants by the DAO, to the owner unless told otherwise; the batch has a new name each time."""
    batches = iter(range(1, 1_000))

    def granted(amount=AMOUNT, start=0, revocable=False, to=owner, sender=dao, contract=vesting) -> Receipt:
        return contract.grant(next(batches).to_bytes(32), [(to, amount, start, revocable)], sender=sender)

    return granted
