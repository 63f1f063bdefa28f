"""A campaign of 100,000,000 PT after genesis; the DAO is a plain address that the tests speak for.

The suite's own campaign answers to the timelock. Decisions take days, so the tests' campaign stands beside it,
with the same terms and funds and an address in the timelock's place; `test_constructor.py` looks at the suite's.
"""

from collections.abc import Sequence

import pytest
from support.suite import AT_ONCE, FUNDS, MAX_STEP, PT, ROOT_DELAY, Suite

from phemexia.evm import Chain
from phemexia.merkle import StandardTree

RETAIL, API = 0, 1
TYPES = ("uint256", "uint8", "uint256")
Leaf = tuple[int, int, int]


def tree_of(leaves: Sequence[Leaf]) -> StandardTree:
    """A round's tree."""
    return StandardTree(leaves, TYPES)


@pytest.fixture
def suite():
    return Suite(Chain())


@pytest.fixture
def chain(suite):
    return suite.chain


@pytest.fixture
def dao(suite):
    return suite.chain.account("dao")


@pytest.fixture
def publisher(suite):
    return suite.publisher


@pytest.fixture
def guardian(suite):
    return suite.guardian


@pytest.fixture
def executive(suite):
    """Of the core team, with a pass."""
    suite.belong(suite.executives[0])
    return suite.executives[0]


@pytest.fixture
def terms(suite):
    return (suite.tge, ROOT_DELAY, suite.deadline, MAX_STEP)


@pytest.fixture
def plans():
    """How each kind unlocks: at once, but where a module of tests says otherwise."""
    return [AT_ONCE] * 5


@pytest.fixture
def campaign(suite, dao, publisher, guardian, terms, plans):
    args = (suite.token, suite.soul_pass, dao, suite.treasury, suite.escrow, suite.core_team, publisher, guardian)
    campaign = suite.chain.deploy("Campaign", *args, FUNDS, terms, plans)
    suite.pay(campaign, FUNDS)
    return campaign


@pytest.fixture
def holder(suite):
    """Holds pass 1."""
    wallet = suite.wallet("holder")
    assert suite.belong(wallet) == 1
    return wallet


@pytest.fixture
def neighbour(suite, holder):
    """Holds pass 2."""
    wallet = suite.wallet("neighbour")
    assert suite.belong(wallet) == 2
    return wallet


@pytest.fixture
def stranger(suite):
    return suite.chain.account("stranger")


@pytest.fixture
def recipient(suite):
    return suite.chain.account("recipient")


@pytest.fixture
def publish(campaign, publisher):
    """Proposes a round, waits and activates it; its total is the sum of the leaves unless one is given."""

    def published(leaves: Sequence[Leaf], total: int | None = None) -> StandardTree:
        tree = tree_of(leaves)
        campaign.proposeRoot(
            tree.root, sum(leaf[2] for leaf in leaves) if total is None else total, sender=publisher
        )
        campaign.chain.sleep(ROOT_DELAY)
        campaign.activateRoot(sender=publisher)
        return tree

    return published


@pytest.fixture
def claim(campaign, recipient):
    """Claims a leaf of a tree by its index, to the recipient unless told otherwise; returns the receipt."""

    def claimed(tree: StandardTree, index: int, sender, to=None):
        return campaign.claim(*tree.leaves[index], tree.proof(index), to or recipient, sender=sender)

    return claimed


@pytest.fixture
def round_one(holder, neighbour, publish):
    """100 PT retail and 40 PT API for the holder, 60 PT retail for the neighbour: active."""
    return publish([(1, RETAIL, 100 * PT), (1, API, 40 * PT), (2, RETAIL, 60 * PT)])
