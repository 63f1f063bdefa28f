"""Ballots signed here are good there."""

import json

import pytest
from eth_account import Account
from eth_utils import keccak
from support.suite import Suite

from phemexia.errors import Refused
from phemexia.evm import Chain
from phemexia.proposals import ballots
from phemexia.proposals.ballots import Ballot

FOR = 1
PT = 10**18
VOTER = Account.from_key(keccak(text="voter"))


@pytest.fixture
def ballot():
    return Ballot(31337, "0x" + "11" * 20, 7, VOTER.address, FOR, 1_900_000_000)


class Key:
    """Signs as an account of ape does."""

    def __init__(self, account, willing=True):
        self._account, self._willing = account, willing
        self.address = account.address

    def sign_message(self, message):
        return self._account.sign_message(message) if self._willing else None


def test_sign_is_what_the_governor_counts():
    """By the contract itself: its domain, its typed structure, its numbers of support."""
    suite = Suite(Chain())
    member = suite.member("member", 10_000_000 * PT)
    suite.chain.sleep(1)
    calls = ([suite.mandates.address], [0], [suite.mandates.signal.encode(bytes(32))])
    suite.governor.propose(*calls, "x", sender=member)
    number = suite.governor.hashProposal(*calls, keccak(text="x"))
    suite.chain.warp(suite.governor.proposalSnapshot(number) + 1)
    now = suite.chain.timestamp
    unsigned = Ballot(suite.chain.chain_id, suite.governor.address, number, member.address, FOR, now)
    signed = ballots.sign(unsigned, Key(member))
    stranger = suite.chain.account("stranger")
    receipt = suite.governor.castBallotsBySig(number, [signed.as_tuple()], sender=stranger)
    assert receipt.returned == 1
    assert suite.governor.proposalVotes(number)[1] == 10_000_000 * PT
    (again,) = suite.governor.castBallotsBySig(number, [signed.as_tuple()], sender=stranger).named("BallotSkipped")
    assert ballots.REASONS[again.args["reason"]] == "its voter's pass has a ballot already"
    suite.chain.sleep(1)
    (late,) = suite.governor.castBallotsBySig(number, [signed.as_tuple()], sender=stranger).named("BallotSkipped")
    assert late.args["reason"] == ballots.TOO_LATE


def test_sign_refuses_another_and_the_unwilling(ballot):
    with pytest.raises(Refused, match=f"the ballot is of {VOTER.address}"):
        ballots.sign(ballot, Key(Account.create()))
    with pytest.raises(Refused, match="was not signed"):
        ballots.sign(ballot, Key(VOTER, willing=False))


def test_a_file_says_what_was_signed(ballot, tmp_path):
    signed = ballots.sign(ballot, Key(VOTER))
    path = tmp_path / "ballot.json"
    path.write_text(json.dumps(signed.to_json()))
    assert ballots.read(path) == signed
    assert signed.is_signed_by_key
    assert json.loads(path.read_text())["support"] == "for"


@pytest.mark.parametrize("change", [{"support": 0}, {"proposal": 8}, {"deadline": 1}, {"chain_id": 1}])
def test_a_signature_is_good_for_one_ballot(ballot, change):
    signed = ballots.sign(ballot, Key(VOTER))
    assert not Ballot(**{**vars(signed), **change}).is_signed_by_key
    assert not ballot.is_signed_by_key


@pytest.mark.parametrize(
    "change", [{"support": "yes"}, {"voter": "0x12"}, {"voter": None}, {"signature": "0xzz"}, {"deadline": None}]
)
def test_read_refuses_what_is_no_ballot(ballot, tmp_path, change):
    path = tmp_path / "ballot.json"
    path.write_text(json.dumps(ballot.to_json() | change))
    with pytest.raises(ValueError, match="it is no ballot"):
        ballots.read(path)
