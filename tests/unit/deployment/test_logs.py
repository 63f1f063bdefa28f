"""Nodes limit how many blocks one search for logs may cover."""

from types import SimpleNamespace

import pytest
from web3.exceptions import Web3RPCError

from phemexia.deployment.node import LEAST_RANGE, logs

ADDRESS = "0x0000000000000000000000000000000000000001"


class Node:
    """Answers with the blocks of a range, if there are not too many."""

    def __init__(self, limit):
        self.limit, self.asked = limit, 0
        self.eth = SimpleNamespace(get_logs=self.get_logs)

    def get_logs(self, query):
        self.asked += 1
        first, last = query["fromBlock"], query["toBlock"]
        if last - first >= self.limit:
            raise Web3RPCError("range too large")
        return [block for block in (0, 1_234, 49_999, 99_999) if first <= block <= last]


@pytest.mark.parametrize("limit", [100_000, 99_999, 10_000, 1_000])
def test_logs_misses_and_repeats_nothing_whatever_the_limit(limit):
    assert logs(Node(limit), ADDRESS, [], 0, 99_999) == [0, 1_234, 49_999, 99_999]


def test_logs_asks_once_where_the_node_allows_it():
    node = Node(100_000)
    logs(node, ADDRESS, [], 0, 99_999)
    assert node.asked == 1


def test_logs_gives_up_on_a_node_that_refuses_small_ranges():
    with pytest.raises(Web3RPCError):
        logs(Node(LEAST_RANGE // 4), ADDRESS, [], 0, 99_999)


def test_logs_of_no_block_are_none():
    node = Node(1)
    assert logs(node, ADDRESS, [], 5, 4) == []
    assert node.asked == 0
