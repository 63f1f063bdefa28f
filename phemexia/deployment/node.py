"""What deploying and proving ask of a node, over web3: the right chain, logs from any range, plain errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from eth_utils import to_checksum_address
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
def answering() -> Iterator[None]:
    """Turn what a silent or confused node raises into a sentence."""
    try:
        yield
    except (RequestException, ConnectionError, TimeoutError) as error:
        raise Failed(f"the node does not answer ({type(error).__name__})") from error
    except Web3Exception as error:
        raise Failed(f"the node refuses: {first_line(error)}") from error


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


def identify(web3: Web3, config: Configuration) -> str:
    """Make sure that the node answers for the configured chain; returns the hash of its block 0."""
    try:
        with answering():
            chain_id = web3.eth.chain_id
            genesis = web3.eth.get_block(0)["hash"]
    except Failed as error:
        raise Refused(str(error)) from error
    if chain_id != config.network.chain_id:
        raise Refused(
            f"the node answers for the chain with id {chain_id}, but config/networks/{config.name}.yaml is for "
            f"{config.network.chain_id}"
        )
    return genesis.to_0x_hex()


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
