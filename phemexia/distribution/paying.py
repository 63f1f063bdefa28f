"""Where a claim goes: to a wallet, or into a lock; what has to be allowed first, and what both cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eth_abi import encode
from eth_utils import is_address, keccak, to_checksum_address
from web3.contract import Contract
from web3.exceptions import Web3Exception
from web3.types import StateOverride, TxReceipt

from phemexia.config.units import NOBODY
from phemexia.errors import Refused
from phemexia.holder.actions import refusing
from phemexia.holder.courier import Courier, Quote
from phemexia.holder.plan import Call, Change, Plan, compare
from phemexia.holder.standing import Standing
from phemexia.holder.weeks import boundary, show_boundary
from phemexia.proposals import Dao
from phemexia.proposals.dao import show_weight

if TYPE_CHECKING:
    from ape.api import AccountAPI

WALLET, ADD_TO_LOCK, NEW_LOCK = range(3)
"""`Way` in contracts/distribution/IDistribution.sol."""
OPERATORS = 7
"""Storage slot of the escrow's operators: used to ask what a claim would do if it were allowed, and verified."""
LOCK_GAS = 300_000
"""What a claim into a lock takes at most, where the node can't imagine that it is allowed."""


@dataclass(frozen=True)
class Target:
    """Where PT goes, and what its owner has to send before."""

    way: int
    to: str
    where: str
    """In words, after an amount: ` to 0x...`, ` into the lock`."""
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    before: Call | None = None
    after: Standing | None = None
    """Where the wallet stands then, if it is its own lock."""


def to_wallet(dao: Dao, me: Standing, to: str | None, wei: int) -> Target:
    """To the wallet itself, or to another address."""
    target = me.wallet if to is None else _address(dao, to)
    comes = wei if target == me.wallet else 0
    changes = [Change("PT in the wallet", show_weight(me.pt, "PT"), show_weight(me.pt + comes, "PT"))]
    if target != me.wallet:
        held = dao.read(dao.suite.token, "balanceOf", target)
        changes.append(Change(f"PT of {target}", show_weight(held, "PT"), show_weight(held + wei, "PT")))
    return Target(WALLET, target, "" if target == me.wallet else f" to {target}", tuple(changes))


def to_lock(dao: Dao, me: Standing, to: str | None, until: str | None, payer: Contract, wei: int) -> Target:
    """Into the wallet's own lock, or into that of somebody who allows it. ``until`` is the day a new one ends."""
    if to is not None and _address(dao, to) != me.wallet:
        return _to_anothers(dao, _address(dao, to), until, payer)
    approved, term = dao.read(dao.suite.escrow, "operatorOf", me.wallet, payer.address)
    model, creates = me.model(), not me.amount
    if creates:
        if until is None and not (approved and term):
            raise Refused(
                f"{me.wallet} has no lock: say by --until on which day the new one ends; nothing was sent"
            )
        end = boundary(until) if until is not None else int(term)
    elif until is not None:
        raise Refused(
            f"{me.wallet} has a lock, which keeps its end: 'ape run holder extend' moves it; nothing was sent"
        )
    else:
        end = 0
    with refusing():
        if creates:
            model.create(me.wallet, wei, end)
        else:
            model.add(me.wallet, wei)
    allowed = approved and (not creates or term == end)
    before = None if allowed else Call(dao.suite.escrow, "setOperator", (payer.address, True, end))
    after = me.changed(model, me.pt)
    return Target(
        NEW_LOCK if creates else ADD_TO_LOCK,
        me.wallet,
        f" into a new lock until {show_boundary(end)}" if creates else " into the lock",
        compare(me, after),
        ("locked PT can't be taken out before its end, by nobody and for no price",),
        before,
        after,
    )


def _to_anothers(dao: Dao, owner: str, until: str | None, payer: Contract) -> Target:
    if until is not None:
        raise Refused(f"when a lock of {owner} ends is for its owner to say, not for --until: nothing was sent")
    approved, _ = dao.read(dao.suite.escrow, "operatorOf", owner, payer.address)
    if not approved:
        raise Refused(
            f"{owner} does not allow this to be paid into a lock of its own: the escrow's setOperator does; "
            "nothing was sent"
        )
    if not dao.read(dao.suite.escrow, "lockOf", owner)[0]:
        raise Refused(f"{owner} has no lock, and nobody else makes a new one for it: nothing was sent")
    return Target(
        ADD_TO_LOCK, owner, f" into the lock of {owner}", (), ("the PT is then that owner's, not yours",)
    )


def _address(dao: Dao, text: str) -> str:
    if not is_address(text):
        raise Refused(f'"{text}" is no address: nothing was sent')
    at = to_checksum_address(text)
    if at in (NOBODY, dao.suite.token.address, dao.suite.escrow.address):
        raise Refused(f"the PT can't go to {at}: nothing was sent")
    return at


class Errand:
    """A plan, with what has to be sent before it."""

    def __init__(self, dao: Dao, me: Standing, plan: Plan, before: Call | None, ceiling: int) -> None:
        """``ceiling`` is the most that a unit of gas may cost, in wei."""
        self._dao = dao
        self._me = me
        self._plan = plan
        self._before = before
        self._courier = Courier(dao, me.wallet, ceiling)

    @property
    def consent(self) -> str | None:
        """What it takes besides, in words."""
        if self._before is None:
            return None
        payer = self._dao.names.name(str(self._before.arguments[0]))
        return f"a transaction of its own before: {payer} may pay into the lock, and nothing else"

    def quote(self) -> Quote:
        """Try it without sending, and say what it costs; :class:`Refused` if it would revert, or can't be paid."""
        if self._before is None:
            return self._courier.price(self._courier.attempt(self._plan.call))
        gas, state = self._courier.attempt(self._before), self._allowed(self._before)
        gas += self._courier.attempt(self._plan.call, state) if state is not None else LOCK_GAS
        return self._courier.price(gas, transactions=2)

    def send(self, account: AccountAPI) -> list[TxReceipt]:
        """Sign and send all of it, and wait for it."""
        calls = [self._plan.call] if self._before is None else [self._before, self._plan.call]
        return [self._courier.send(account, call) for call in calls]

    def _allowed(self, before: Call) -> StateOverride | None:
        """The state in which the payer may pay into the lock; none if the node can't imagine one."""
        escrow, me = self._dao.suite.escrow, self._me.wallet
        payer, _, end = before.arguments
        inner = keccak(encode(["address", "uint256"], [me, OPERATORS]))
        slot = "0x" + keccak(encode(["address", "bytes32"], [payer, inner])).hex()
        word = f"0x{(end << 8) | 1:064x}"
        state: StateOverride = {escrow.address: {"stateDiff": {slot: word}}}  # type: ignore[dict-item]
        try:
            seen = escrow.functions.operatorOf(me, payer).call(state_override=state)
        except (Web3Exception, ValueError):
            return None
        return state if tuple(seen) == (True, end) else None
