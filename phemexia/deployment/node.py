"""What deploying and proving ask of a node, over web3: the right chain, logs from any range, plain errors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from eth_utils import to_checksum_address
from hexbytes import HexBytes
from requests.exceptions import RequestException
from web3 import Web3
from web3.exceptions import ContractLogicError, Web3Exception, Web3RPCError
from web3.types import FilterParams, LogReceipt

from phemexia.artifacts import error_name
from phemexia.config import Configuration
from phemexia.errors import Failed, Refused

LEAST_RANGE = 500
"""Blocks; a node that refuses to search so few for logs is not asked for fewer."""


@contextmanager
def answering(stop: Callable[[str], Exception] = Failed) -> Iterator[None]:
    """Turn what a silent or confused node raises into a sentence, and ``stop`` into what is raised."""
    try:
        yield
    except (RequestException, ConnectionError, TimeoutError) as error:
        raise stop(f"the node does not answer ({type(error).__name__})") from error
    except Web3Exception as error:
        raise stop(f"the node refuses: {first_line(error)}") from error


def first_line(error: Exception) -> str:
    """What a node says, without the wrapping."""
    if isinstance(error, Web3RPCError) and error.rpc_response is not None:
        message = error.rpc_response.get("error", {})
        if isinstance(message, dict) and "message" in message:
            return str(message["message"])
    if isinstance(error, ContractLogicError):
        if (
            isinstance(error.data, str)
            and len(error.data) >= 10
            and (name := error_name(error.data)) != error.data
        ):
            return name
        return error.message if error.message and not error.message.startswith("0x") else "execution reverted"
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def identify(web3: Web3, config: Configuration, notice: Callable[[str], None] | None = None) -> str:
    """Make sure that the node answers for the configured chain; returns the hash of its block 0.

    What a node says of itself is not enough: its chain is asked, too, by running code on it.
    """
    due = config.network
    try:
        with answering():
            chain_id = web3.eth.chain_id
            genesis = web3.eth.get_block(0)["hash"].to_0x_hex()
            run = _chain_id_by_code(web3)
    except Failed as error:
        raise Refused(str(error)) from error
    if chain_id != due.chain_id:
        raise Refused(
            f"the node answers for the chain with id {chain_id}, but config/networks/{config.name}.yaml is for "
            f"{due.chain_id}"
        )
    if run not in (None, chain_id):
        raise Refused(
            f"the node says that its chain has the id {chain_id}, and contracts on it see {run}: "
            "don't use this node"
        )
    if due.genesis not in ("any", genesis):
        if not due.rehearsal:
            raise Refused(
                f"block 0 of this chain is {genesis[:10]}..., not {due.genesis[:10]}... as configured: it is a "
                "stand-in, a fork or another chain, and this is no rehearsal"
            )
        if notice:
            notice(f"block 0 of this chain is {genesis[:10]}..., not {due.genesis[:10]}...: this is a stand-in")
    return genesis


CHAIN_ID_CODE = "0x4660005260206000f3"
"""Returns the chain's id: CHAINID, PUSH 0, MSTORE, PUSH 32, PUSH 0, RETURN."""


def _chain_id_by_code(web3: Web3) -> int | None:
    """What a contract on this chain would see; none if the node runs no code without an address."""
    try:
        return int.from_bytes(web3.eth.call({"data": HexBytes(CHAIN_ID_CODE)}))
    except Web3RPCError:
        return None


def logs(web3: Web3, address: str, topics: list[Any], first: int, last: int) -> list[LogReceipt]:
    """The logs of a contract in blocks ``first`` to ``last``; asks in halves where a node limits the range."""
    if first > last:
        return []
    query: FilterParams = {
        "address": to_checksum_address(address),
        "topics": topics,
        "fromBlock": first,
        "toBlock": last,
    }
    try:
        return list(web3.eth.get_logs(query))
    except (Web3RPCError, RequestException):
        if last - first < LEAST_RANGE:
            raise
        middle = (first + last) // 2
        return logs(web3, address, topics, first, middle) + logs(web3, address, topics, middle + 1, last)
