"""What a transaction may cost: prices of gas under a ceiling, and the estimate of a whole run.

Prices are wei for a unit of gas, costs are wei.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eth_abi import encode
from eth_utils import keccak, to_checksum_address
from hexbytes import HexBytes
from web3 import Web3
from web3.exceptions import Web3Exception

from phemexia.errors import Refused

if TYPE_CHECKING:
    from phemexia.deployment.rehearsal import Rehearsed

GAS_MARGIN = 1.15
"""On the gas that a transaction is estimated at."""

BUMP = 1.25
"""Times the old price is what a replacement offers; nodes want 1.1 at least."""

ORACLES = {
    "optimism": ("0x420000000000000000000000000000000000000F", "getL1Fee(bytes)"),
    "arbitrum": ("0x00000000000000000000000000000000000000C8", "gasEstimateL1Component(address,bool,bytes)"),
}
"""Whom a second layer lets one ask what publishing costs: wei on Optimism's kind, gas on Arbitrum's."""


@dataclass(frozen=True)
class Fees:
    """The price of one transaction."""

    most: int
    """What a unit of gas may cost, base fee and tip together."""
    tip: int | None
    """Of that to the block's maker; none on a chain that knows no base fee."""
    expected: int
    """What it would cost in the next block."""

    def fields(self) -> dict[str, int]:
        """As a transaction has them."""
        if self.tip is None:
            return {"gasPrice": self.most}
        return {"maxFeePerGas": self.most, "maxPriorityFeePerGas": self.tip, "type": 2}

    def over(self, old: Fees | None, ceiling: int) -> Fees | None:
        """These fees, raised so far that nodes let them replace the old; none if the ceiling is too low for it."""
        if old is None:
            return self
        most = min(max(self.most, int(old.most * BUMP) + 1), ceiling)
        if most * 10 < old.most * 11:
            return None
        tip = None if self.tip is None else min(max(self.tip, int((old.tip or 0) * BUMP) + 1), most)
        return Fees(most, tip, self.expected)


def suggest(web3: Web3, ceiling: int) -> Fees:
    """The present price, good for a base fee that doubles, but never above the ceiling."""
    base = web3.eth.get_block("latest").get("baseFeePerGas")
    if base is None:
        price = web3.eth.gas_price
        return Fees(price, None, price)
    tip = web3.eth.max_priority_fee
    most = min(2 * base + tip, ceiling)
    return Fees(most, min(tip, most), base + tip)


@dataclass(frozen=True)
class Estimate:
    """One transaction to come."""

    contract: str
    gas: int
    """Units, with what publishing takes where it is counted in gas."""
    publishing: int
    """Wei on top of the gas, where publishing is charged so."""


@dataclass(frozen=True)
class Quote:
    """What a run is about to send, from whom, and what it may cost."""

    deployer: str
    balance: int
    fees: Fees
    estimates: tuple[Estimate, ...]

    @property
    def gas(self) -> int:
        """Of all transactions."""
        return sum(estimate.gas for estimate in self.estimates)

    def cost(self, estimate: Estimate) -> int:
        """Of one transaction at the present price."""
        return estimate.gas * self.fees.expected + estimate.publishing

    @property
    def expected(self) -> int:
        """Of all transactions at the present price."""
        return sum(map(self.cost, self.estimates))

    @property
    def most(self) -> int:
        """Of all transactions, if each takes all the gas it may at the highest price it may."""
        publishing = sum(estimate.publishing for estimate in self.estimates)
        return int(self.gas * GAS_MARGIN) * self.fees.most + int(publishing * GAS_MARGIN)


def estimates(web3: Web3, publishing: str, steps: Iterable[Rehearsed]) -> tuple[Estimate, ...]:
    """What each step takes: gas from the rehearsal, and what the chain charges for publishing it."""
    return tuple(_estimate(web3, publishing, step) for step in steps)


def _estimate(web3: Web3, publishing: str, step: Rehearsed) -> Estimate:
    amount = publishing_of(web3, publishing, step.to, step.data)
    if publishing == "arbitrum":
        return Estimate(step.contract, step.gas + amount, 0)
    return Estimate(step.contract, step.gas, amount)


def publishing_of(web3: Web3, publishing: str, to: str, data: bytes) -> int:
    """What a second layer charges for publishing a call: wei on Optimism's kind, gas on Arbitrum's, else nothing.

    :class:`Refused` if the chain does not say.
    """
    if publishing not in ORACLES:
        return 0
    oracle, signature = ORACLES[publishing]
    asked = encode(["bytes"], [data])
    if publishing == "arbitrum":
        asked = encode(["address", "bool", "bytes"], [to, False, data])
    call = {"to": to_checksum_address(oracle), "data": HexBytes(keccak(text=signature)[:4] + asked)}
    try:
        answer = bytes(web3.eth.call(call))  # type: ignore[arg-type]  # a plain dictionary
        if len(answer) < 32:
            raise ValueError  # nobody is there
        return int.from_bytes(answer[:32])
    except (Web3Exception, ValueError) as error:
        raise Refused(
            f"the chain does not say what publishing costs: is fees.publishing: {publishing} right for it?"
        ) from error
