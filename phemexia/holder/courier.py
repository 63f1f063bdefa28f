"""One wallet's way to the chain: what a call costs, what it is refused with, and sending it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import ROUND_UP, Context, Decimal
from typing import TYPE_CHECKING, Any

from eth_utils import to_checksum_address
from web3.exceptions import ContractLogicError, Web3Exception
from web3.types import StateOverride, TxReceipt

from phemexia.config import units
from phemexia.deployment.fees import Fees, publishing_of, suggest
from phemexia.deployment.node import first_line
from phemexia.errors import Failed, Refused
from phemexia.holder.plan import Call
from phemexia.proposals import Dao
from phemexia.sending import MOST_GAS, carry

if TYPE_CHECKING:
    from ape.api import AccountAPI

MARGIN = 6, 5
"""Times the estimate is what a transaction may use: the chain moves on between the two."""
PUSHES = 3 * 23_000
"""Gas on top of that. Where somebody else changed a lock in the very second of the estimate, its checkpoint would
be replaced; a second later it is kept, in a new word: of the total, and of both delegates' lines."""


@dataclass(frozen=True)
class Quote:
    """What it costs."""

    gas: int
    """Of all transactions, about."""
    fees: Fees
    """Prices: the present one, and the highest that is offered."""
    spare: int = 0
    """Gas that is offered besides."""
    transactions: int = 1
    publishing: int = 0
    """Wei that a second layer charges on top of the gas, where it charges so."""

    @property
    def limit(self) -> int:
        """The gas that is offered, to all transactions together."""
        offered = self.gas * MARGIN[0] // MARGIN[1] + self.transactions * PUSHES + self.spare
        return min(offered, self.transactions * MOST_GAS)

    @property
    def fee(self) -> int:
        """Wei, about."""
        return self.gas * self.fees.expected + self.publishing

    @property
    def ceiling(self) -> int:
        """Wei at most."""
        return self.limit * self.fees.most + self.publishing * MARGIN[0] // MARGIN[1]

    @property
    def text(self) -> str:
        """On one line."""
        return f"about {self.gas:,} gas: {show_fee(self.fee)}, at most {show_fee(self.ceiling)}"


def show_ether(wei: int) -> str:
    """`1,234.5678 ether`: four decimals, rounded down."""
    return f"{wei // units.WEI:,}.{wei % units.WEI * 10**4 // units.WEI:04d} ether" if wei else "0 ether"


def show_fee(wei: int) -> str:
    """`0.000123 ether`: three figures that count, rounded up, so that "at most" is true."""
    value = Decimal(wei).scaleb(-18)
    rounded = Context(prec=3, rounding=ROUND_UP).plus(value)
    return f"{rounded.normalize():f} ether"


class Courier:
    """Tries, prices and sends the calls of one wallet."""

    def __init__(self, dao: Dao, wallet: str, ceiling: int) -> None:
        """``ceiling`` is the most that a unit of gas may cost, in wei."""
        self._dao = dao
        self.wallet = to_checksum_address(wallet)
        self._ceiling = ceiling
        self._published: list[int] = []
        self.sent = 0
        """Transactions that this courier has sent and seen mined."""

    def stop(self, sentence: str, mark: str = ";") -> Refused | Failed:
        """What ends a command: nothing was done if nothing was sent, otherwise the next run goes on."""
        if not self.sent:
            return Refused(f"{sentence}{mark} nothing was sent")
        many = "1 transaction was" if self.sent == 1 else f"{self.sent:,} transactions were"
        return Failed(f"{sentence}{mark} {many} sent before: run the command again to go on")

    def settle(self, patience: float = 120, poll: float = 0.5) -> None:
        """Wait for what an earlier run sent and is not mined yet; :class:`Refused` if that takes too long."""
        count, begun = self._dao.web3.eth.get_transaction_count, time.monotonic()
        while waiting := count(self.wallet, "pending") - count(self.wallet, "latest"):
            if time.monotonic() - begun > patience:
                raise Refused(
                    f"{self.wallet} has sent {waiting} transactions that are not mined yet: run the command again "
                    "when they are"
                )
            time.sleep(poll)

    def attempt(self, call: Call, state: StateOverride | None = None) -> int:
        """Gas of a call now; :class:`Refused` with the contract's error if it reverts."""
        request: Any = {"from": self.wallet, "to": call.contract.address, "data": call.data}
        with self._refusing():
            self._dao.web3.eth.call(request, "latest", state)
            if self._dao.publishing == "optimism":  # elsewhere an estimate of gas has it
                data = bytes.fromhex(call.data[2:])
                self._published.append(publishing_of(self._dao.web3, "optimism", call.contract.address, data))
            return int(self._dao.web3.eth.estimate_gas(request, "latest", state))

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except ContractLogicError as error:
            raise self.stop(f"the contract refuses: {self._dao.error(error)}") from None
        except Web3Exception as error:
            raise self.stop(f"the node refuses: {first_line(error)}") from None

    def price(self, gas: int, spare: int = 0, transactions: int = 1) -> Quote:
        """What so much gas costs; :class:`Refused` if it is too dear, or the wallet can't pay it."""
        fees = suggest(self._dao.web3, self._ceiling)
        if fees.expected > self._ceiling:
            raise self.stop(
                f"gas costs {units.show_gas_price(fees.expected)}, more than the ceiling of "
                f"{units.show_gas_price(self._ceiling)} in config/networks",
                ":",
            )
        # Of a batch only some calls were tried: the others are about as long.
        tried, self._published = self._published, []
        publishing = sum(tried) * max(transactions, len(tried)) // len(tried) if tried else 0
        quote = Quote(gas, fees, spare, transactions, publishing)
        ether = self._dao.web3.eth.get_balance(self.wallet)
        if ether < quote.ceiling:
            raise self.stop(
                f"{self.wallet} has {show_ether(ether)}, and this may cost up to {show_fee(quote.ceiling)}", ":"
            )
        return quote

    def send(self, account: AccountAPI, call: Call, spare: int = 0) -> TxReceipt:
        """Sign and send a call, and wait for it; :class:`Refused` if it would revert.

        ``spare`` is gas that it gets besides what it is estimated at.
        """
        quote = self.price(self.attempt(call), spare)
        fees = {"gas_price": quote.fees.most}
        if quote.fees.tip is not None:
            fees = {"max_fee": quote.fees.most, "max_priority_fee": quote.fees.tip}
        data = bytes.fromhex(call.data[2:])
        receipt = carry(
            self._dao.web3, account, receiver=call.contract.address, data=data, gas_limit=quote.limit, **fees
        )
        self.sent += 1
        return receipt
