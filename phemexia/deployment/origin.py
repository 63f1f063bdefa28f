"""How a contract came to stand: the factory's own event about it.

Runtime code says what a contract does from now on, and nothing of what its constructor wrote into its storage
(a hidden role, a scheduled operation). The factory's event holds the hash of the code that was run. The factory is
honest by its address (CREATE2), and a salt is used once, so there is one such event for each contract.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from eth_abi import decode, encode
from eth_abi.exceptions import DecodingError
from eth_utils import keccak, to_checksum_address
from eth_utils.abi import collapse_if_tuple
from hexbytes import HexBytes
from web3 import Web3
from web3.exceptions import TransactionNotFound

from phemexia.deployment.node import logs
from phemexia.deployment.plan import FACTORY, GROUND, STEPS, Addresses, bare, compiled, constructor, salt
from phemexia.deployment.rehearsal import Rehearsed

DEPLOYED = keccak(text="Deployed(address,bytes32,address,bytes32)")
DEPLOY = keccak(text="deploy(bytes32,bytes)")[:4]


@dataclass(frozen=True)
class Origin:
    """When and from which code a contract was made."""

    transaction: str
    """Hash, 0x-prefixed."""
    block: int
    timestamp: int
    """Of the block, seconds since 1970."""
    initcode_hash: bytes
    """keccak-256 of creation code and constructor arguments."""


def origins(
    web3: Web3,
    release: str,
    deployer: str,
    at: Addresses,
    contracts: Iterable[str],
    hints: Iterable[int | None],
    last: int,
) -> dict[str, Origin]:
    """The origin of each of these contracts of a release, as far as the chain up to block ``last`` has one.

    ``hints`` are blocks in which to look first. They save time and need no trust: what is not found there is
    searched for from block 0 on. What deployment proxies made has no origin.
    """
    names = {salt(release, name): name for name in contracts if name not in GROUND}
    blocks = [block for block in hints if block is not None and block <= last]
    found: dict[str, Origin] = {}
    for first, until in ([(min(blocks), max(blocks))] if blocks else []) + [(0, last)]:
        missing = [HexBytes(s) for s, name in names.items() if name not in found]
        if not missing:
            break
        topics = [HexBytes(DEPLOYED), HexBytes(bytes(12) + bytes.fromhex(deployer[2:])), missing]
        for log in logs(web3, at[FACTORY], topics, first, until):
            found[names[bytes(log["topics"][2])]] = Origin(
                transaction=log["transactionHash"].to_0x_hex(),
                block=log["blockNumber"],
                timestamp=web3.eth.get_block(log["blockNumber"])["timestamp"],
                initcode_hash=bytes(log["data"])[:32],
            )
    return found


def as_planned(origin: Origin, step: Rehearsed) -> bool:
    """Whether a contract was made by exactly the code and arguments of the plan."""
    return origin.initcode_hash == keccak(step.initcode)


def as_planned_once(web3: Web3, origin: Origin, step: Rehearsed, at: Addresses) -> bool:
    """Whether it was, but for arguments that the DAO can change later, and the configuration with it.

    Their old values are read from the transaction, which the hash vouches for.
    """
    changeable = next(s.changeable for s in STEPS if s.contract == step.contract)
    if not changeable:
        return False
    try:
        transaction = web3.eth.get_transaction(HexBytes(origin.transaction))
    except TransactionNotFound:
        return False
    data = bytes(transaction["input"])
    if to_checksum_address(transaction.get("to") or bytes(20)) != at[FACTORY] or data[:4] != DEPLOY:
        return False  # somebody's contract made it: ours never does
    artifact = compiled(step.contract)
    inputs, size = constructor(artifact.abi), len(artifact.initcode)
    types = [collapse_if_tuple(item) for item in inputs]
    try:
        _, code = decode(["bytes32", "bytes"], data[4:])
        given, planned = decode(types, code[size:]), decode(types, step.initcode[size:])
    except DecodingError:
        return False
    values = [
        old if bare(item["name"]) in changeable else new
        for item, old, new in zip(inputs, given, planned, strict=True)
    ]
    return origin.initcode_hash == keccak(artifact.initcode + encode(types, values))
