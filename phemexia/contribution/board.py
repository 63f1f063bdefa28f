"""What the chain knows of grants, streams and bounties, all of it in one block.

Amounts are in the asset's smallest unit, times in seconds since 1970.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from eth_utils import to_checksum_address
from web3 import Web3
from web3.contract import Contract
from web3.exceptions import ContractLogicError, Web3Exception

from phemexia import artifacts
from phemexia.config import units
from phemexia.errors import Refused

KINDS = ("none", "stream", "tranche", "bounty")
TRANCHES = ("none", "open", "approved", "dropped")
BOUNTIES = ("none", "open", "accepted", "approved", "returned")
CONTRIBUTION = b"contribution".ljust(32, b"\0")
EVERY_DECIMAL = 6
"""Decimals that are shown."""
OURS = ("pt", "ether", "eth")
"""What no other token is called here, whatever it says."""
MOST_AMOUNT = 2**112 - 1
"""In the smallest unit: what a contract takes."""


@dataclass(frozen=True)
class Asset:
    """An ERC-20, or ether under the zero address."""

    address: str
    symbol: str
    decimals: int

    def show(self, amount: int) -> str:
        """`1,234.5 PT`; six decimals, rounded down."""
        whole, rest = divmod(amount, 10**self.decimals)
        fraction = f"{rest:0{self.decimals}d}"[:EVERY_DECIMAL].rstrip("0") if self.decimals else ""
        return f"{whole:,}{'.' if fraction else ''}{fraction} {self.symbol}"

    def amount(self, text: str) -> int:
        """`1_234.5` or `1,234.5`, with or without the symbol; :class:`Refused`."""
        bare = text.removesuffix(self.symbol).strip().replace(",", "").replace("_", "")
        match = re.fullmatch(rf"(\d+)(?:\.(\d{{1,{max(self.decimals, 1)}}}))?", bare)
        if match is None or (match[2] and not self.decimals):
            raise Refused(f'an amount of {self.symbol} is written like 1_000 or 0.5, not "{text}"')
        whole, parts = int(match[1]), int((match[2] or "").ljust(self.decimals, "0") or 0)
        found = whole * int(10**self.decimals) + parts
        if found > MOST_AMOUNT:
            raise Refused(f"{text} is more than any contract pays: {self.show(MOST_AMOUNT)} at most")
        return found


@dataclass(frozen=True)
class Award:
    """What lies in the contract for a pass."""

    number: int
    kind: str
    pass_id: int
    """Zero: nobody's yet."""
    group: int
    asset: Asset
    budget: int
    amount: int
    claimed: int
    returned: int
    points: int
    start: int
    end: int
    stopped_at: int
    lapsed_at: int
    claimable: int

    @property
    def held(self) -> int:
        """What is still here, earned or not."""
        return self.amount - self.claimed - self.returned

    def state(self, now: int) -> str:
        """`running`, `over`, `stopped`, `not begun`."""
        if self.stopped_at:
            return "stopped"
        if now < self.start:
            return "not begun"
        return "running" if now < self.end else "over"


@dataclass(frozen=True)
class Tranche:
    """A milestone of a grant."""

    number: int
    amount: int
    vesting: int
    points: int
    text: bytes
    state: str
    award: int
    """Zero before it is approved."""


@dataclass(frozen=True)
class Grant:
    """A plan of milestones."""

    number: int
    pass_id: int
    budget: int
    group: int
    asset: Asset
    ended: bool
    tranches: tuple[Tranche, ...]


@dataclass(frozen=True)
class Bounty:
    """Beside the award of the same number."""

    award: Award
    state: str
    accepted: int
    deadline: int


class Board:
    """The deployed program. Each answer is of the block that was the latest when the board was made."""

    def __init__(self, web3: Web3, contributors: str) -> None:
        self.web3 = web3
        self.contract = self._bind("Contributors", contributors)
        block = web3.eth.get_block("latest")
        self.block, self.now = int(block["number"]), int(block["timestamp"])
        self._assets: dict[str, Asset] = {}

    @cached_property
    def treasury(self) -> Contract:
        """Whose budgets pay."""
        return self._bind("Treasury", self.ask(self.contract, "treasury"))

    @cached_property
    def groups(self) -> Contract:
        """Who says whose word is a group's."""
        return self._bind("IGroupAccounts", self.ask(self.contract, "groups"))

    @cached_property
    def soul_pass(self) -> Contract:
        """The passes and their record."""
        return self._bind("SoulPass", self.ask(self.contract, "soulPass"))

    def ask(self, contract: Contract, view: str, *arguments: Any) -> Any:
        """What a view answered in that block; :class:`Refused` if it reverts."""
        try:
            return contract.functions[view](*arguments).call(block_identifier=self.block)
        except ContractLogicError as error:
            raise Refused(f"the contract refuses {view}: {refusal(error)}") from None

    # --- what there is

    def awards(self) -> list[Award]:
        """All of them, the oldest first."""
        return [self.award(number) for number in range(1, self.ask(self.contract, "awards") + 1)]

    def award(self, number: int) -> Award:
        """One; :class:`Refused` if there is none."""
        found = self.ask(self.contract, "awardOf", number)
        kind, pass_id, group, asset, budget, _, amount, claimed, returned, points, start, end, stopped, lapsed = (
            found
        )
        if not kind:
            raise Refused(f"there is no award {number}")
        claimable = self.ask(self.contract, "claimable", number)
        return Award(
            number, KINDS[kind], pass_id, group, self.asset(asset), budget, amount, claimed, returned, points,
            start, end, stopped, lapsed, claimable,
        )  # fmt: skip

    def stream(self, number: int) -> Award:
        """A stream; :class:`Refused` if the number is not one's."""
        if KINDS[self.ask(self.contract, "awardOf", number)[0]] != "stream":
            raise Refused(f"there is no stream {number}: 'ape run contribute streams' lists them")
        return self.award(number)

    def bounty(self, number: int) -> Bounty:
        """A bounty; :class:`Refused` if the number is not one's."""
        state, accepted, deadline = self.ask(self.contract, "bountyOf", number)
        if not state:
            raise Refused(f"there is no bounty {number}: 'ape run contribute bounties' lists them")
        return Bounty(self.award(number), BOUNTIES[state], accepted, deadline)

    def bounties(self) -> list[Bounty]:
        """All of them, the oldest first."""
        return [self.bounty(award.number) for award in self.awards() if award.kind == "bounty"]

    def grant(self, number: int) -> Grant:
        """A grant with its tranches; :class:`Refused` if there is none."""
        pass_id, budget, group, count, ended = self.ask(self.contract, "grantOf", number)
        if not count:
            raise Refused(f"there is no grant {number}: 'ape run contribute grants' lists them")
        tranches = []
        for at in range(1, count + 1):
            (amount, vesting, points, text), state, award = self.ask(self.contract, "trancheOf", number, at)
            tranches.append(Tranche(at, amount, vesting, points, bytes(text), TRANCHES[state], award))
        asset = self.asset(self.budget(budget)[0][1])
        return Grant(number, pass_id, budget, group, asset, ended, tuple(tranches))

    def grants(self) -> list[Grant]:
        """All of them, the oldest first."""
        return [self.grant(number) for number in range(1, self.ask(self.contract, "grants") + 1)]

    # --- what is around it

    def budget(self, number: int) -> Any:
        """A budget as the treasury has it: its terms first."""
        return self.ask(self.treasury, "budgetOf", number)

    def require_budget(self, number: int) -> tuple[int, Asset, int]:
        """Group, asset and headroom of a budget that pays here; :class:`Refused` if it doesn't."""
        spender, asset, _, _, _, _, group = self.budget(number)[0]
        if spender != self.contract.address or not group:
            raise Refused(
                f"budget {number} does not pay contributors: its spender is {spender}, and it is group "
                f"{group or 'nobody'}'s; the group's account opens one below its own for {self.contract.address}"
            )
        return group, self.asset(asset), self.ask(self.treasury, "headroom", number)

    def asset(self, address: str) -> Asset:
        """Symbol and decimals; a token that tells none is named by its address."""
        at = to_checksum_address(address)
        if at not in self._assets:
            self._assets[at] = self._named(at)
        return self._assets[at]

    def _named(self, at: str) -> Asset:
        if at == units.NOBODY:
            return Asset(at, "ether", 18)
        token = self._bind("PhemexToken", at)
        try:
            symbol, decimals = (token.functions[view]().call() for view in ("symbol", "decimals"))
        except (Web3Exception, OverflowError, ValueError):
            return Asset(at, f"units of {at}", 0)
        name = "".join(c for c in symbol if c.isprintable() and c not in "[]").strip()[:12]
        if not name or (name.lower() in OURS and at != self.ask(self.treasury, "token")):
            return Asset(at, f"units of {at}", 0)
        return Asset(at, name, int(decimals))

    def pass_of(self, wallet: str) -> int:
        """The pass of a wallet; :class:`Refused` if it holds none."""
        number = int(self.ask(self.soul_pass, "passOf", to_checksum_address(wallet)))
        if not number:
            raise Refused(f"{wallet} holds no Soul Pass, and contributors are passes")
        return number

    def require_counting(self, number: int) -> None:
        """:class:`Refused` unless somebody holds the pass and it counts."""
        if not self.ask(self.contract, "counts", number):
            raise Refused(f"pass {number} does not count: nobody holds it, or it was revoked 30 days ago or more")

    def points(self, number: int) -> tuple[int, int]:
        """Points on the record of a pass, and points that wait to be written there."""
        value, _ = self.ask(self.soul_pass, "entryOf", number, CONTRIBUTION)
        return int(value), int(self.ask(self.contract, "pointsKept", number))

    def account(self, group: int) -> str:
        """A group's account; :class:`Refused` if there is no such group."""
        at = str(self.ask(self.groups, "accountOf", group))
        if at == units.NOBODY:
            raise Refused(f"there is no group {group}")
        return at

    def _bind(self, name: str, at: str) -> Contract:
        return self.web3.eth.contract(address=to_checksum_address(at), abi=artifacts.load(name).abi)


def refusal(error: ContractLogicError) -> str:
    """A contract's error in words."""
    from phemexia.proposals import decoding
    from phemexia.proposals.names import Names

    data = error.data
    return decoding.sentence(bytes.fromhex(data[2:]) if isinstance(data, str) else b"", Names({}))
