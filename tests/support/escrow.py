"""Numbers, signatures and expectations of the vote escrow's tests.

Expected weights are computed here from ``(amount, end)`` alone, one lock at a time: nothing of the contract's
arithmetic (lines, checkpoints, bitmaps) is repeated.
"""

from collections.abc import Iterable

from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount

from phemexia.evm import Contract, Event

PT = 10**18
SUPPLY = 10**27
WEEK = 7 * 86_400
MAX_TERM = 104 * WEEK
MIN_TERM = MAX_TERM // 24
MIN_DEPOSIT = PT
NOTICE = 30 * 86_400
PERMANENT = 2**256 - 1
LAST_WEEK = 4095
CLOCK_END = 2**32
"""Seconds after genesis at which the histories' clock has run out."""


def raw(amount: int, end: int, time: int) -> int:
    """Undivided weight of one lock: wei times seconds."""
    if end == PERMANENT:
        return amount * MAX_TERM
    return amount * max(0, end - time)


def weight(amount: int, end: int, time: int) -> int:
    """Weight of one lock in wei of vePT."""
    return raw(amount, end, time) // MAX_TERM


def line(locks: Iterable[tuple[int, int]], genesis: int, time: int) -> tuple[int, int, int]:
    """``(A, C, raw)`` of a set of locks ``(amount, end)`` at a time, each lock counted by itself."""
    alive = [(amount, end) for amount, end in locks if end > time]
    decaying = sum(amount for amount, end in alive if end != PERMANENT)
    moment = sum(amount * (104 if end == PERMANENT else (end - genesis) // WEEK) for amount, end in alive)
    return decaying, moment, sum(raw(amount, end, time) for amount, end in alive)


def boundary(time: int, weeks: int) -> int:
    """The week boundary that lies ``weeks`` weeks after the one at or before ``time``."""
    return time - time % WEEK + weeks * WEEK


def event(contract: Contract, name: str, **args: object) -> Event:
    """An event as a value; arguments ``from_`` and the like lose their trailing underscore."""
    return Event(name, contract.address, {key.rstrip("_"): value for key, value in args.items()})


DELEGATION = [
    {"name": "delegatee", "type": "address"},
    {"name": "nonce", "type": "uint256"},
    {"name": "expiry", "type": "uint256"},
]
PERMIT = [
    {"name": "owner", "type": "address"},
    {"name": "spender", "type": "address"},
    {"name": "value", "type": "uint256"},
    {"name": "nonce", "type": "uint256"},
    {"name": "deadline", "type": "uint256"},
]


def _sign(signer: LocalAccount, contract: Contract, name: str, types: dict, message: dict, domain: dict) -> tuple:
    fields = {"name": name, "version": "1", "chainId": contract.chain.chain_id}
    fields |= {"verifyingContract": contract.address} | domain
    signed = signer.sign_message(encode_typed_data(fields, types, message))
    return signed.v, signed.r.to_bytes(32, "big"), signed.s.to_bytes(32, "big")


def sign_delegation(
    signer: LocalAccount, escrow: Contract, delegatee: str, nonce: int, expiry: int, **domain: object
) -> tuple[int, bytes, bytes]:
    """(v, r, s) of a delegation; keywords replace fields of the domain."""
    message = {"delegatee": delegatee, "nonce": nonce, "expiry": expiry}
    return _sign(signer, escrow, "Vote-escrowed Phemex Token", {"Delegation": DELEGATION}, message, domain)


def sign_permit(
    signer: LocalAccount, token: Contract, spender: str, value: int, deadline: int, nonce: int = 0
) -> tuple[int, bytes, bytes]:
    """(v, r, s) of a permit of PT."""
    message = {"owner": signer.address, "spender": spender, "value": value, "nonce": nonce, "deadline": deadline}
    return _sign(signer, token, "Phemex Token", {"Permit": PERMIT}, message, {})
