"""Who delegates to a wallet: found in the escrow's events, asked of the escrow."""

from __future__ import annotations

from collections.abc import Callable

from eth_abi import decode, encode
from eth_utils import event_abi_to_log_topic, to_checksum_address

from phemexia.deployment.node import answering, logs
from phemexia.events import RANGE
from phemexia.holder.standing import Standing
from phemexia.proposals import Dao


def delegators(
    dao: Dao, me: Standing, progress: Callable[[int, int], None] = lambda done, last: None
) -> list[tuple[str, int]]:
    """Who votes through this wallet now, and with what weight in wei; the heaviest first."""
    escrow = dao.suite.escrow
    topic = event_abi_to_log_topic(escrow.events.DelegateChanged().abi)
    to_me = encode(["address"], [me.wallet])
    first, last = dao.manifest.record.contracts["VotingEscrow"].block or 0, dao.web3.eth.block_number
    ever: dict[str, None] = {}
    with answering():
        while first <= last:
            end = min(first + RANGE - 1, last)
            topics = ["0x" + bytes(topic).hex(), None, None, "0x" + to_me.hex()]
            for log in logs(dao.web3, escrow.address, topics, first, end):
                ever[to_checksum_address(decode(["address"], bytes(log["topics"][1]))[0])] = None
            first = end + 1
            progress(end, last)
    found = []
    for who in ever:
        _, _, delegatee, weight, _ = dao.read(escrow, "lockOf", who)
        if delegatee == me.wallet and who != me.wallet:
            found.append((who, int(weight)))
    return sorted(found, key=lambda one: -one[1])
