"""Claims by signature: a holder signs where its PT shall go, anybody brings it and pays the gas, many at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.messages import SignableMessage, encode_typed_data
from eth_utils import is_address, to_checksum_address
from hexbytes import HexBytes
from web3.logs import DISCARD

from phemexia.artifacts import load
from phemexia.attest.chain import CHECK_GAS
from phemexia.deployment.manifest import shown
from phemexia.distribution.claims import Due, Round, due
from phemexia.distribution.paying import Target
from phemexia.distribution.proofs import Proofs
from phemexia.errors import Refused
from phemexia.holder.plan import Call
from phemexia.proposals import Dao
from phemexia.proposals.ballots import Signer, Skip

NAME, VERSION = "Phemex Campaign", "1"
ORDER_GAS = 40_000
"""Besides the estimate, for each order: one that is skipped while it is tried may pay when it is mined."""
MOST_BATCH = 50
TYPES = {
    "EIP712Domain": [
        {"name": "name", "type": "string"},
        {"name": "version", "type": "string"},
        {"name": "chainId", "type": "uint256"},
        {"name": "verifyingContract", "type": "address"},
    ],
    "Order": [
        {"name": "holder", "type": "address"},
        {"name": "passId", "type": "uint256"},
        {"name": "kind", "type": "uint8"},
        {"name": "to", "type": "address"},
        {"name": "way", "type": "uint8"},
        {"name": "nonce", "type": "uint256"},
        {"name": "deadline", "type": "uint256"},
    ],
}


@dataclass(frozen=True)
class Order:
    """What a holder signs. ``deadline`` is the last second in which it can be brought."""

    chain_id: int
    campaign: str
    holder: str
    pass_id: int
    kind: int
    to: str
    way: int
    nonce: int
    deadline: int
    signature: bytes = b""

    @property
    def message(self) -> SignableMessage:
        """The EIP-712 message that the holder signs."""
        return encode_typed_data(
            full_message={
                "types": TYPES,
                "primaryType": "Order",
                "domain": {
                    "name": NAME,
                    "version": VERSION,
                    "chainId": self.chain_id,
                    "verifyingContract": self.campaign,
                },
                "message": {
                    "holder": self.holder,
                    "passId": self.pass_id,
                    "kind": self.kind,
                    "to": self.to,
                    "way": self.way,
                    "nonce": self.nonce,
                    "deadline": self.deadline,
                },
            }
        )

    @property
    def is_signed_by_key(self) -> bool:
        """Whether the holder's own key made the signature; a wallet that is a contract has none."""
        try:
            return bool(
                Account.recover_message(self.message, signature=HexBytes(self.signature)) == self.holder
            )  # fmt: skip
        except Exception:  # whatever is wrong with it: it is not the holder's
            return False

    def with_leaf(self, one: Due) -> tuple[Any, ...]:
        """As the campaign takes it, with the leaf it is brought with."""
        order = (self.holder, self.to, self.way, self.nonce, self.deadline)
        return one.leaf, order, self.signature

    def to_json(self) -> dict[str, Any]:
        """What a file holds. Integers that a browser would round are text."""
        return {
            "chainId": self.chain_id,
            "campaign": self.campaign,
            "holder": self.holder,
            "passId": str(self.pass_id),
            "kind": self.kind,
            "to": self.to,
            "way": self.way,
            "nonce": str(self.nonce),
            "deadline": self.deadline,
            "signature": "0x" + self.signature.hex(),
        }


def sign(dao: Dao, round_: Round, paying: list[Due], target: Target, seconds: int, signer: Signer) -> list[Order]:
    """An order for each grant, in the order of their nonces; :class:`Refused` if its owner does not sign."""
    holder = to_checksum_address(str(signer.address))
    first = int(dao.read(round_.contract, "nonces", holder))
    signed = []
    for i, one in enumerate(paying):
        order = Order(
            dao.web3.eth.chain_id, round_.contract.address, holder, one.pass_id, one.kind, target.to, target.way,
            first + i, round_.now + seconds,
        )  # fmt: skip
        signature = signer.sign_message(order.message)
        if signature is None:
            raise Refused("the order was not signed: nothing was written")
        raw = signature.encode_rsv() if hasattr(signature, "encode_rsv") else signature.signature
        signed.append(Order(**{**vars(order), "signature": bytes(raw)}))
    return signed


def write(path: Path, orders: list[Order]) -> None:
    """The file of some orders; :class:`Refused` if there is one already."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(json.dumps({"orders": [order.to_json() for order in orders]}, indent=2) + "\n")
    except FileExistsError:
        raise Refused(f"{path} exists, and is not replaced: name another file") from None
    except OSError as error:
        raise Refused(f"{path} can't be written: {error.strerror}") from None


def read(path: Path) -> list[Order]:
    """The orders of a file; a :class:`ValueError` says what is wrong with it."""
    try:
        found = [
            Order(
                int(one["chainId"]),
                one["campaign"],
                one["holder"],
                int(one["passId"]),
                int(one["kind"]),
                one["to"],
                int(one["way"]),
                int(one["nonce"]),
                int(one["deadline"]),
                bytes.fromhex(one["signature"].removeprefix("0x")),
            )
            for one in json.loads(path.read_text(encoding="utf-8"))["orders"]
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ValueError("it holds no orders") from None
    for order in found:
        if not all(map(is_address, (order.campaign, order.holder, order.to))) or not 0 <= order.way <= 2:
            raise ValueError("it holds no orders")
    return [
        Order(**{**vars(order), **{name: to_checksum_address(getattr(order, name)) for name in ADDRESSES}})
        for order in found
    ]


ADDRESSES = ("campaign", "holder", "to")


@dataclass(frozen=True)
class Gathered:
    """The orders of a folder that may be carried out, each with its leaf, and the others."""

    ready: list[tuple[Order, Due]] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Wei of PT that they pay now."""
        return sum(one.now for _, one in self.ready)


def gather(dao: Dao, round_: Round, proofs: Proofs, source: Path) -> Gathered:
    """Read a file, or all .json files of a folder, and leave out what can't be carried out now."""
    paths = sorted(source.glob("*.json")) if source.is_dir() else [source]
    if not source.exists() or not paths:
        raise Refused(f"there are no orders at {shown(source)}: nothing was sent")
    told, orders = Gathered(), list[tuple[str, Order]]()
    for path in paths:
        try:
            orders += [(path.name, order) for order in read(path)]
        except ValueError as error:
            told.skipped.append(Skip(path.name, str(error)))
    orders.sort(key=lambda pair: (pair[1].holder, pair[1].nonce))
    nonces: dict[str, int] = {}
    for name, order in orders:
        if order.holder not in nonces:
            nonces[order.holder] = int(dao.read(round_.contract, "nonces", order.holder))
        try:
            one = _good(dao, round_, proofs, order, nonces[order.holder])
        except (ValueError, Refused) as error:
            told.skipped.append(Skip(name, str(error).removesuffix(": nothing was sent")))
            continue
        nonces[order.holder] += 1
        told.ready.append((order, one))
    return told


def _good(dao: Dao, round_: Round, proofs: Proofs, order: Order, nonce: int) -> Due:
    """What is cheap to see here; the rest is for the campaign to say."""
    if (order.chain_id, order.campaign) != (dao.web3.eth.chain_id, round_.contract.address):
        raise ValueError(f"it is for the campaign {order.campaign} on chain {order.chain_id}")
    if order.nonce < nonce:
        raise ValueError("it was carried out already, or another order with its nonce was")
    if order.nonce > nonce:
        raise ValueError(f"an order of the same holder with the nonce {nonce} has to come first")
    if order.deadline < round_.now:
        raise ValueError("its deadline has passed")
    if dao.read(dao.suite.soul_pass, "passOf", order.holder) != order.pass_id:
        raise ValueError(f"its holder does not hold pass {order.pass_id}")
    if not order.is_signed_by_key and not dao.web3.eth.get_code(to_checksum_address(order.holder)):
        raise ValueError("it is not signed by its holder")
    one = next((one for one in due(dao, round_, proofs, order.pass_id) if one.kind == order.kind), None)
    if one is None or not one.now:
        raise ValueError("nothing has unlocked for it that was not claimed")
    return one


@dataclass(frozen=True)
class Brought:
    """What one transaction came to."""

    orders: int
    paid: int
    """Wei of PT."""
    skipped: list[Skip]


def bring(
    dao: Dao, round_: Round, gathered: Gathered, size: int, send: Callable[[Call, int], Any]
) -> Iterator[Brought]:
    """Bring the orders, ``size`` in a transaction. ``send`` takes a call and spare gas; it returns the receipt."""
    events = round_.contract.events
    for start in range(0, len(gathered.ready), size):
        part = gathered.ready[start : start + size]
        call = batch(round_, part)
        receipt = send(call, spare(dao, part))
        paid = events.Claimed().process_receipt(receipt, errors=DISCARD)
        skipped = [
            Skip(f"pass {event['args']['passId']}", error_of(event["args"]["reason"]))
            for event in events.OrderSkipped().process_receipt(receipt, errors=DISCARD)
        ]
        yield Brought(len(part), sum(event["args"]["amount"] for event in paid), skipped)


def batch(round_: Round, part: list[tuple[Order, Due]]) -> Call:
    """The transaction that brings some orders."""
    return Call(round_.contract, "claimManyBySig", ([order.with_leaf(one) for order, one in part],))


def spare(dao: Dao, part: list[tuple[Order, Due]]) -> int:
    """Gas besides the estimate: an order that runs out of gas is skipped, and the estimate would not notice."""
    contracts = sum(1 for order, _ in part if dao.web3.eth.get_code(to_checksum_address(order.holder)))
    return ORDER_GAS * len(part) + CHECK_GAS * contracts


def error_of(selector: bytes) -> str:
    """The name of the error that a selector stands for."""
    from eth_utils import function_abi_to_4byte_selector

    for contract in ("Campaign", "VotingEscrow"):
        for item in load(contract).abi:
            if item["type"] == "error" and function_abi_to_4byte_selector(item) == selector:  # type: ignore[arg-type]
                return str(item["name"])
    return f"0x{selector.hex()}"
