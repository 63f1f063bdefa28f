"""Ids and hashes are those of the contracts."""

import pytest
from eth_utils import keccak
from support.suite import Suite

from phemexia.evm import Chain
from phemexia.proposals import identity

from .conftest import PAYEE


@pytest.fixture(scope="module")
def suite():
    return Suite(Chain())


LISTS = ([PAYEE, "0x" + "11" * 20], [0, 5], [b"", b"\1\2\3\4" + bytes(40)])


@pytest.mark.parametrize("lists", [LISTS, ([], [], []), ([PAYEE], [2**256 - 1], [b"x" * 33])])
def test_ids_are_the_contracts(suite, lists):
    hashed = identity.description_hash("# Zürich\n\ntext")
    assert hashed == keccak(text="# Zürich\n\ntext")
    assert identity.proposal_id(*lists, hashed) == suite.governor.hashProposal(*lists, hashed)
    salt = bytes(a ^ b for a, b in zip(bytes.fromhex(suite.governor.address[2:]) + bytes(12), hashed, strict=True))
    expected = suite.timelock.hashOperationBatch(*lists, bytes(32), salt)
    assert identity.operation_id(suite.governor.address, lists, hashed) == expected


def test_operation_id_is_what_the_governor_queues(suite):
    """G3: the salt holds the governor's address."""
    chain, lists = suite.chain, ([suite.mandates.address], [0], [suite.mandates.signal.encode(bytes(32))])
    member = suite.member("member", 10_000_000 * 10**18)
    chain.sleep(1)
    suite.governor.propose(*lists, "x", sender=member)
    hashed = identity.description_hash("x")
    number = identity.proposal_id(*lists, hashed)
    chain.warp(suite.governor.proposalSnapshot(number) + 1)
    suite.governor.castVote(number, 1, sender=member)
    chain.warp(suite.governor.proposalDeadline(number) + 1)
    suite.governor.queue(*lists, hashed, sender=member)
    assert suite.timelock.isOperationPending(identity.operation_id(suite.governor.address, lists, hashed))


def test_describe_is_a_heading_and_a_text():
    assert identity.describe(" Pay ", "\nwhy\n") == "# Pay\n\nwhy"


def test_describe_binds_the_proposer_as_the_governor_reads_it(suite):
    """G2: nobody else can take the id."""
    description = identity.describe("Pay", "why", suite.issuer.address.lower())
    assert description.endswith(f"#proposer={suite.issuer.address}")
    assert identity.title_of(description) == "Pay"
    assert identity.text_of(description) == "why"


@pytest.mark.parametrize(
    ("description", "title", "text"),
    [
        ("# A\n\nb\nc", "A", "b\nc"),
        ("\n\n## A ##\nb", "A ##", "b"),
        ("one line", "one line", ""),
        ("", "(without a title)", ""),
        ("A\n\nsee #proposer=me", "A", "see #proposer=me"),
    ],
)
def test_title_and_text_of_any_description(description, title, text):
    assert (identity.title_of(description), identity.text_of(description)) == (title, text)


def test_text_of_others_does_not_move_the_cursor():
    assert identity.title_of("# a\x1b[2Jb\u202ec") == "a?[2Jb?c"
    assert identity.text_of("t\n\né\tx\ny\x07") == "é\tx\ny?"


def test_short_is_the_beginning_of_the_id():
    assert identity.short(1) == "0x00000000"
    assert identity.short(0xABCDEF01 << 224) == "0xabcdef01"
