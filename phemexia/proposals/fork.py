"""A copy of the chain in which a proposal passes: its whole life is played there, at the times it would take.

Nothing of the execution is imitated: governor and timelock run as they stand, from `propose` to `execute`. Only
the vote is: while it lasts, stand-ins of the pass and the escrow say that one voter may do everything and weighs
more than all. They are gone before anything is executed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from eth_utils import to_checksum_address
from hexbytes import HexBytes
from web3 import HTTPProvider, Web3
from web3.types import TxReceipt

from phemexia.anvil import Anvil, NodeError
from phemexia.artifacts import error_name
from phemexia.errors import Failed, Refused
from phemexia.proposals.dao import STATES, Dao
from phemexia.proposals.draft import Proposal
from phemexia.proposals.life import TEAM_WINDOW
from phemexia.suite import Suite

VOTER = to_checksum_address("0x" + "50".zfill(40))
"""An address that nobody has."""
FOR = 1
GAS = 16_000_000
"""Of one transaction: what chains let one have at most."""

PASS_STAND_IN = "0x633b9aca005f52633b9aca0060205260405ff3"
"""Answers whatever it is asked with 10^9, twice: a pass that nobody has, held since the year 2001."""
ESCROW_STAND_IN = "0x6b204fce5e3e250261100000005f5260205ff3"
"""Answers whatever it is asked with 10^28 wei: more than there is, and what the governor's sums hold."""


class Fork:
    """An anvil that goes on with the node's chain; a block is mined when it is told to, at the time it is told."""

    def __init__(self, dao: Dao) -> None:
        if dao.url is None or not dao.url.startswith("http"):
            raise Refused("a simulation forks the node over http, and this one is connected in another way")
        self._dao = dao
        self._node = Anvil(
            fork_url=dao.url,
            no_mining=True,
            no_storage_caching=True,
            auto_impersonate=True,
            disable_block_gas_limit=True,
        )

    def __enter__(self) -> Self:
        try:
            self._node.start()
        except NodeError as error:
            raise Failed(f"the simulation can't fork the node: {error}") from None
        self.web3 = Web3(HTTPProvider(self._node.url, {"timeout": 120}))
        self.suite = Suite(self.web3, self._dao.manifest)
        self._node.rpc("anvil_setBalance", VOTER, hex(10**24))
        return self

    def __exit__(self, *_: object) -> None:
        self._node.stop()

    def trace(self, receipt: TxReceipt) -> dict[str, Any]:
        """The tree of calls of a transaction, with logs."""
        how = {"tracer": "callTracer", "tracerConfig": {"withLog": True}}
        found: dict[str, Any] = self._node.rpc(
            "debug_traceTransaction", receipt["transactionHash"].to_0x_hex(), how
        )
        return found

    def enact(self, proposal: Proposal) -> TxReceipt:
        """Play the life up to the execution by anyone, whose receipt this is, whether it reverted or not.

        A proposal that the DAO has already, and that can still pass, goes on from where it is.
        """
        governor = self.suite.governor
        number = proposal.id
        if self._state(number) not in ("Pending", "Active", "Succeeded", "Queued"):
            number = self._propose(proposal := Proposal(f"simulated: {proposal.title}", proposal.actions))
        if self._state(number) in ("Pending", "Active"):
            self._vote(number)
        if self._state(number) == "Succeeded":
            self._must(governor.functions.queue(*proposal.lists, proposal.hashed))
        eta = governor.functions.proposalEta(number).call()
        self._until(eta + TEAM_WINDOW)
        return self._send(governor.functions.execute(*proposal.lists, proposal.hashed))

    def _state(self, number: int) -> str | None:
        functions = self.suite.governor.functions
        if not functions.proposalSnapshot(number).call():
            return None
        return STATES[functions.state(number).call()]

    def _propose(self, proposal: Proposal) -> int:
        with self._stand_ins():
            self._must(self.suite.governor.functions.propose(*proposal.lists, proposal.description))
        return proposal.id

    def _vote(self, number: int) -> None:
        functions = self.suite.governor.functions
        with self._stand_ins():
            self._until(functions.proposalSnapshot(number).call() + 1)
            self._must(functions.castVote(number, FOR))
        self._until(functions.proposalDeadline(number).call() + 1)

    @contextmanager
    def _stand_ins(self) -> Iterator[None]:
        standing = {}
        for contract, code in ((self.suite.soul_pass, PASS_STAND_IN), (self.suite.escrow, ESCROW_STAND_IN)):
            standing[contract.address] = self.web3.eth.get_code(contract.address).to_0x_hex()
            self._node.rpc("anvil_setCode", contract.address, code)
        yield
        for address, code in standing.items():
            self._node.rpc("anvil_setCode", address, code)

    def _until(self, timestamp: int) -> None:
        """Mine a block at that second, unless it is past."""
        if timestamp > self._node.now():
            self._node.warp(timestamp)

    def _must(self, call: Any) -> None:
        receipt = self._send(call)
        if receipt["status"] != 1:
            why = error_name(self.trace(receipt).get("output", "0x"))
            raise Failed(f"the simulation stops at {call.fn_name}: {why}")

    def _send(self, call: Any) -> TxReceipt:
        request = {"from": VOTER, "to": call.address, "data": call._encode_transaction_data(), "gas": hex(GAS)}
        sent = self._node.rpc("eth_sendTransaction", request)
        self._node.warp(self._node.now() + 1)
        return self.web3.eth.get_transaction_receipt(HexBytes(sent))
