"""Sponsored ballots: signed off chain into files, brought by anyone, many in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eth_account import Account
from eth_account.messages import SignableMessage, encode_typed_data
from eth_utils import is_address, to_checksum_address
from hexbytes import HexBytes
from web3 import Web3

from phemexia.deployment.manifest import shown
from phemexia.errors import Refused
from phemexia.proposals.dao import Dao

SUPPORT = ("against", "for", "abstain")
"""The ways to vote, by OpenZeppelin's numbers."""
NAME, VERSION = "Phemexia DAO", "1"

REASONS = (
    "its deadline has passed",
    "it is neither for, against nor abstain",
    "its voter has held no Soul Pass since before the snapshot",
    "its voter's pass has a ballot already",
    "its voter weighed nothing at the snapshot",
    "it is not signed by its voter",
)
"""Why the governor skips one, by ISponsoredBallots.Skipped."""
TOO_LATE, ALREADY_CAST, INVALID_SIGNATURE = 0, 3, 5

TYPES = {
    "EIP712Domain": [
        {"name": "name", "type": "string"},
        {"name": "version", "type": "string"},
        {"name": "chainId", "type": "uint256"},
        {"name": "verifyingContract", "type": "address"},
    ],
    "SponsoredBallot": [
        {"name": "proposalId", "type": "uint256"},
        {"name": "support", "type": "uint8"},
        {"name": "voter", "type": "address"},
        {"name": "deadline", "type": "uint256"},
    ],
}


class Signer(Protocol):
    """Who signs: any account of ape."""

    @property
    def address(self) -> Any:
        """Checksummed."""

    def sign_message(self, msg: Any) -> Any:
        """The signature of an EIP-712 message; none if its owner does not sign."""


@dataclass(frozen=True)
class Ballot:
    """A ballot and where it is good. ``deadline`` is the last second in which it may be brought."""

    chain_id: int
    governor: str
    proposal: int
    voter: str
    support: int
    deadline: int
    signature: bytes = b""

    @property
    def message(self) -> SignableMessage:
        """The EIP-712 message that the voter signs."""
        return encode_typed_data(full_message=self.typed_data)

    @property
    def typed_data(self) -> dict[str, Any]:
        """What a wallet shows and signs (`eth_signTypedData_v4`)."""
        return {
            "types": TYPES,
            "primaryType": "SponsoredBallot",
            "domain": {
                "name": NAME,
                "version": VERSION,
                "chainId": self.chain_id,
                "verifyingContract": self.governor,
            },
            "message": {
                "proposalId": self.proposal,
                "support": self.support,
                "voter": self.voter,
                "deadline": self.deadline,
            },
        }

    @property
    def is_signed_by_key(self) -> bool:
        """Whether the voter's own key made the signature; a wallet that is a contract has none."""
        try:
            return bool(Account.recover_message(self.message, signature=HexBytes(self.signature)) == self.voter)
        except Exception:  # whatever is wrong with it: it is not the voter's
            return False

    def as_tuple(self) -> tuple[str, int, int, bytes]:
        """As the governor takes it."""
        return self.voter, self.support, self.deadline, self.signature

    def to_json(self) -> dict[str, Any]:
        """What its file holds. Integers that a browser would round are text."""
        return {
            "chainId": self.chain_id,
            "governor": self.governor,
            "proposal": str(self.proposal),
            "voter": self.voter,
            "support": SUPPORT[self.support],
            "deadline": self.deadline,
            "signature": "0x" + self.signature.hex(),
        }


def sign(ballot: Ballot, signer: Signer) -> Ballot:
    """The ballot with its voter's signature; :class:`Refused` if its owner does not sign."""
    if to_checksum_address(str(signer.address)) != ballot.voter:
        raise Refused(f"the ballot is of {ballot.voter}, and {signer.address} would sign")
    signature = signer.sign_message(ballot.message)
    if signature is None:
        raise Refused("the ballot was not signed")
    raw = signature.encode_rsv() if hasattr(signature, "encode_rsv") else signature.signature
    return Ballot(**{**vars(ballot), "signature": bytes(raw)})


def read(path: Path) -> Ballot:
    """The ballot in a file; a :class:`ValueError` says what is wrong with it."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        ballot = Ballot(
            int(values["chainId"]), values["governor"], int(values["proposal"]), values["voter"],
            SUPPORT.index(values["support"]), int(values["deadline"]),
            bytes.fromhex(values["signature"].removeprefix("0x")),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ValueError("it is no ballot") from None
    if not (is_address(ballot.voter) and is_address(ballot.governor)):
        raise ValueError("it is no ballot")
    addresses = {"voter": to_checksum_address(ballot.voter), "governor": to_checksum_address(ballot.governor)}
    return Ballot(**{**vars(ballot), **addresses})


@dataclass(frozen=True)
class Skip:
    """A ballot that was left out, by its file's name or its voter, and why."""

    which: str
    why: str


@dataclass(frozen=True)
class Sorted:
    """The ballots of a folder that may count, by proposal, in the order that costs least; and the others."""

    ready: dict[int, list[Ballot]]
    skipped: list[Skip]


def gather(dao: Dao, source: Path) -> Sorted:
    """Read a file, or all .json files of a folder, and leave out what can't count."""
    paths = sorted(source.glob("*.json")) if source.is_dir() else [source]
    if not source.exists() or not paths:
        raise Refused(f"there are no ballots at {shown(source)}")
    chain_id, governor, now = dao.web3.eth.chain_id, dao.governor.address, dao.now()
    ready: dict[int, list[Ballot]] = {}
    skipped: list[Skip] = []
    seen: set[tuple[int, str]] = set()
    for path in paths:
        try:
            ballot = read(path)
            _require_good(dao, ballot, chain_id, governor, now)
            if (ballot.proposal, ballot.voter) in seen:
                raise ValueError("another file has a ballot of that voter")
        except ValueError as error:
            skipped.append(Skip(path.name, str(error)))
            continue
        seen.add((ballot.proposal, ballot.voter))
        ready.setdefault(ballot.proposal, []).append(ballot)
    return Sorted({number: _in_order(dao, ballots) for number, ballots in ready.items()}, skipped)


def _require_good(dao: Dao, ballot: Ballot, chain_id: int, governor: str, now: int) -> None:
    """What is cheap to see here; the rest is for the governor to say."""
    if (ballot.chain_id, ballot.governor) != (chain_id, governor):
        raise ValueError(f"it is for the governor {ballot.governor} on chain {ballot.chain_id}")
    if not dao.exists(ballot.proposal):
        raise ValueError("it is for a proposal that the DAO does not have")
    if ballot.deadline < now:
        raise ValueError(REASONS[TOO_LATE])
    if dao.ask("hasVoted", ballot.proposal, ballot.voter):
        raise ValueError(REASONS[ALREADY_CAST])
    if not ballot.is_signed_by_key and not dao.web3.eth.get_code(Web3.to_checksum_address(ballot.voter)):
        raise ValueError(REASONS[INVALID_SIGNATURE])


def _in_order(dao: Dao, ballots: list[Ballot]) -> list[Ballot]:
    """By the ids of the passes: 64 neighbours share a word of the chain's memory."""
    ids = {b.voter: dao.read(dao.suite.soul_pass, "passOf", b.voter) for b in ballots}
    return sorted(ballots, key=lambda ballot: int(ids[ballot.voter]))


def cast(
    dao: Dao, number: int, ballots: list[Ballot], size: int, send: Callable[..., Any]
) -> Iterator[tuple[int, list[Skip]]]:
    """Bring ballots on one proposal, ``size`` in a transaction; for each, how many counted, and the others.

    ``send`` is :meth:`Dao.send` with an account.
    """
    for start in range(0, len(ballots), size):
        part = ballots[start : start + size]
        receipt = send("castBallotsBySig", number, [ballot.as_tuple() for ballot in part])
        skipped = [
            Skip(event["voter"], REASONS[event["reason"]]) for event in dao.events(receipt, "BallotSkipped")
        ]
        yield len(part) - len(skipped), skipped
