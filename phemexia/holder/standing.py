"""Where a wallet stands, as the chain knows it in one block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from eth_utils import to_checksum_address
from web3.contract import Contract

from phemexia.escrow import EscrowModel, Record
from phemexia.holder import vip
from phemexia.proposals import Dao

RECORDS = 64
"""The latest changes of a lock, which a chart begins with."""
STRUCK = 30 * 86_400
"""A revocation reaches governance so long after it, in seconds."""


@dataclass(frozen=True)
class Standing:
    """What one wallet has. Amounts are wei, times seconds since 1970."""

    wallet: str
    now: int
    ether: int
    pass_id: int
    """Zero: none."""
    holder_since: int
    revoked_at: int
    """Zero: the pass is good."""
    pt: int
    allowance: int
    """What the escrow may take of the PT already."""
    amount: int
    """PT that is locked; zero without a lock."""
    unlock_time: int
    """:data:`phemexia.escrow.PERMANENT` for a permanent lock; zero without a lock."""
    delegatee: str
    weight: int
    """Of the own lock, whoever votes with it."""
    votes: int
    """With what others delegated to it, and without what it delegated away."""
    records: tuple[Record, ...]
    """The lock's history, its latest changes."""
    genesis: int
    """Of the escrow's weeks."""

    @classmethod
    def read(cls, dao: Dao, wallet: str) -> Standing:
        """Ask the chain; every answer is of the same block."""
        at = to_checksum_address(wallet)
        block = dao.web3.eth.get_block("latest")
        number = block["number"]

        def ask(contract: Contract, view: str, *arguments: Any) -> Any:
            return contract.functions[view](*arguments).call(block_identifier=number)

        suite = dao.suite
        pass_id = ask(suite.soul_pass, "passOf", at)
        amount, unlock_time, delegatee, weight, votes = ask(suite.escrow, "lockOf", at)
        length = ask(suite.escrow, "lockHistory", at, 0, 0)[1]
        first = max(0, length - RECORDS)
        page = ask(suite.escrow, "lockHistory", at, first, RECORDS)[0]
        return cls(
            wallet=at,
            now=int(block["timestamp"]),
            ether=dao.web3.eth.get_balance(at, number),
            pass_id=pass_id,
            holder_since=ask(suite.soul_pass, "holderSince", at),
            revoked_at=ask(suite.soul_pass, "revocationOf", pass_id)[0] if pass_id else 0,
            pt=ask(suite.token, "balanceOf", at),
            allowance=ask(suite.token, "allowance", at, suite.escrow.address),
            amount=amount,
            unlock_time=unlock_time,
            delegatee=delegatee,
            weight=weight,
            votes=votes,
            records=tuple(_records(at, page)),
            genesis=ask(suite.escrow, "GENESIS"),
        )

    @property
    def is_member(self) -> bool:
        """Whether its pass is good for what the exchange gives."""
        return bool(self.pass_id) and not self.revoked_at

    @property
    def is_elector(self) -> bool:
        """Whether its pass counts in votes that open from now on."""
        return bool(self.pass_id) and (not self.revoked_at or self.now - self.revoked_at < STRUCK)

    @property
    def is_self_delegated(self) -> bool:
        """Whether it votes with its own lock."""
        return self.delegatee == self.wallet

    @property
    def received(self) -> int:
        """What others delegated to it weighs now."""
        return self.votes - (self.weight if self.is_self_delegated else 0)

    @property
    def vip(self) -> str:
        """`VIP 2`, `none`."""
        return vip.show_level(self.weight, self.is_member)

    @property
    def lock(self) -> Record:
        """The lock as it is now; one that was withdrawn has no amount, whatever the history says last."""
        since = self.records[-1].since if self.records else self.now
        return Record(self.wallet, self.amount, self.unlock_time, self.delegatee, since)

    def model(self) -> EscrowModel:
        """The exact model with this lock alone in it, at this block's time."""
        model = EscrowModel(self.now)
        model.genesis = self.genesis
        if self.amount or not self.is_self_delegated:
            model.records[self.wallet] = [self.lock]
        return model

    def changed(self, model: EscrowModel, pt: int) -> Standing:
        """The same wallet after what was done in the model, with so much PT."""
        lock = model.record(self.wallet)
        weight = model.weight_at(self.wallet, self.now)
        own = weight if lock.delegatee == self.wallet else 0
        values = vars(self) | {
            "pt": pt, "amount": lock.amount, "unlock_time": lock.unlock_time, "delegatee": lock.delegatee,
            "weight": weight, "votes": own + self.received, "records": (*self.records, lock),
        }  # fmt: skip
        return Standing(**values)


def _records(owner: str, page: list[tuple[int, int, int, bool]]) -> Iterator[Record]:
    for time, amount, unlock_time, delegated in page:
        # Who votes with it does not matter to what it weighs: another one is any other.
        yield Record(owner, amount, unlock_time, "another" if delegated else owner, time)
