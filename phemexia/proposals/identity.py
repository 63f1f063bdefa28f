"""What a proposal is called on the chain: description, hashes, ids; the way OpenZeppelin's contracts make them."""

from __future__ import annotations

from collections.abc import Sequence

from eth_abi import encode
from eth_utils import keccak, to_checksum_address

Lists = tuple[list[str], list[int], list[bytes]]
"""Targets, wei of ether, call data."""

SUFFIX = "#proposer="


def describe(title: str, text: str, proposer: str | None = None) -> str:
    """The description: the title as a heading, which clients show alone, then the text.

    With ``proposer`` it ends so that nobody else can propose it, neither as a copy nor to occupy its id.
    """
    description = f"# {title.strip()}\n\n{text.strip()}"
    return f"{description}\n\n{SUFFIX}{to_checksum_address(proposer)}" if proposer else description


def title_of(description: str) -> str:
    """The first line that says something, without the heading's marks."""
    lines = (line.strip().lstrip("#").strip() for line in description.splitlines())
    return next((plain(line) for line in lines if line), "(without a title)")


def text_of(description: str) -> str:
    """What stands below the title, without the proposer's suffix."""
    body = description.strip().partition("\n")[2].strip()
    head, mark, tail = body.rpartition(SUFFIX)
    return plain(head.strip() if mark and len(tail) == 42 else body)


def plain(text: str) -> str:
    """Somebody else's text, fit for a terminal: what would move the cursor or turn the writing becomes `?`."""
    return "".join(c if c.isprintable() or c in "\n\t" else "?" for c in text)


def description_hash(description: str) -> bytes:
    """keccak-256 of it, 32 bytes."""
    return bytes(keccak(text=description))


def proposal_id(targets: Sequence[str], values: Sequence[int], calldatas: Sequence[bytes], hashed: bytes) -> int:
    """The governor's id of a proposal with that hash of its description."""
    types = ["address[]", "uint256[]", "bytes[]", "bytes32"]
    packed = encode(types, [list(targets), list(values), list(calldatas), hashed])
    return int.from_bytes(keccak(packed), "big")


def operation_id(governor: str, lists: Lists, hashed: bytes) -> bytes:
    """The timelock's id of what a governor queues: its address is in the salt, so that two don't clash."""
    salt = bytes(a ^ b for a, b in zip(bytes.fromhex(governor[2:]).ljust(32, b"\0"), hashed, strict=True))
    types = ["address[]", "uint256[]", "bytes[]", "bytes32", "bytes32"]
    return bytes(keccak(encode(types, [*lists, bytes(32), salt])))


def short(number: int) -> str:
    """The first digits of an id, in hexadecimal; the commands take them for the whole."""
    return f"0x{number:064x}"[:10]
