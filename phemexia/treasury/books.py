"""What the chain says of the treasury, read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eth_utils import to_checksum_address
from web3 import Web3
from web3.exceptions import Web3Exception

from phemexia.config import units
from phemexia.events import Events, file_name
from phemexia.proposals import Dao
from phemexia.toolchain import ROOT

CACHE = ROOT / ".cache" / "treasury"
KEPT = ("Paid", "GivenBack", "Spent")
PERIODS = ("once", "month", "quarter")
"""IBudgets.Period, by number."""
DAO = "the DAO itself"
"""Whose spending is in no budget."""
MOST_DECIMALS = 30
OURS = ("pt", "ether", "eth")
"""What no other token is called here, whatever it says."""

METADATA = [
    {"type": "function", "name": name, "inputs": [], "outputs": [{"type": kind}], "stateMutability": "view"}
    for name, kind in (("symbol", "string"), ("decimals", "uint8"))
] + [
    {
        "type": "function",
        "name": "balanceOf",
        "inputs": [{"type": "address"}],
        "outputs": [{"type": "uint256"}],
        "stateMutability": "view",
    }
]
"""What is asked of a token."""


@dataclass(frozen=True)
class Asset:
    """Ether, or a token."""

    address: str
    symbol: str
    decimals: int
    held: int
    """By the treasury, in the smallest unit."""

    def show(self, amount: int) -> str:
        """`1,234.5 PT`: two decimals, rounded down."""
        whole, rest = divmod(amount * 100 // 10**self.decimals, 100)
        fraction = f".{rest:02d}".rstrip("0") if rest else ""
        return f"{whole:,}{fraction} {self.symbol}"


@dataclass(frozen=True)
class Budget:
    """A budget as it stands; amounts in the asset's smallest unit, times in seconds."""

    number: int
    parent: int
    spender: str
    asset: str
    limit: int
    period: str
    start: int
    end: int
    group: str
    """The name of the working group; empty for none."""
    spent: int
    """In the period that is running."""
    headroom: int
    """What it could pay now: never more than what is left in those above."""
    depth: int
    large: bool
    frozen: bool
    closed: bool

    def standing(self, now: int) -> str:
        """In a word."""
        if self.closed:
            return "closed"
        if now >= self.end:
            return "over"
        if self.frozen:
            return "frozen"
        return "not begun" if now < self.start else "open"


@dataclass(frozen=True)
class Payment:
    """Money that left; amounts in the asset's smallest unit."""

    time: int
    budget: int
    """Zero for what the DAO spent itself."""
    number: int
    group: str
    to: str
    asset: str
    amount: int
    category: str
    memo: str
    given_back: int = 0

    @property
    def net(self) -> int:
        """What was not given back."""
        return self.amount - self.given_back

    @property
    def month(self) -> str:
        """`2027-03`, in UTC."""
        return datetime.fromtimestamp(self.time, UTC).strftime("%Y-%m")


@dataclass(frozen=True)
class Books:
    """The treasury at one moment."""

    address: str
    now: int
    assets: dict[str, Asset]
    """By address; PT and ether first, then whatever else was paid or promised."""
    budgets: tuple[Budget, ...]
    """Each right below the one above it."""
    payments: tuple[Payment, ...]
    """The oldest first."""
    safes: dict[str, str]
    """The groups' accounts, by what they are called in tables."""

    @classmethod
    def read(
        cls, dao: Dao, folder: Path | None = None, progress: Callable[[int, int], None] | None = None
    ) -> Books:
        """Ask the chain; what was found in settled blocks is kept in ``folder``."""
        treasury, record = dao.suite.treasury, dao.manifest.record
        names, safes = {}, {}
        for number in range(1, dao.read(dao.suite.groups, "groups") + 1):
            name, _, _, account, *_ = dao.read(dao.suite.groups, "groupOf", number)
            names[number] = str(name)
            safes[f"Safe of group {number}"] = str(account)
        budgets = [_budget(dao, number, names) for number in range(1, dao.read(treasury, "budgets") + 1)]
        first = record.contracts["Treasury"].block or 0
        events = Events(dao.web3, treasury, KEPT, first, (folder or CACHE) / file_name(record, treasury))
        payments = _payments(events.read(progress or (lambda done, last: None)), budgets)
        wanted = [dao.suite.token.address, units.NOBODY]
        wanted += [one.asset for one in budgets] + [one.asset for one in payments]
        assets = {at: _asset(dao.web3, at, treasury.address, at == wanted[0]) for at in dict.fromkeys(wanted)}
        return cls(treasury.address, dao.now(), assets, tuple(_ordered(budgets)), tuple(payments), safes)

    def show(self, asset: str, amount: int) -> str:
        """An amount with its unit."""
        return self.assets[asset].show(amount)

    @property
    def months(self) -> list[str]:
        """In which something was paid, and those between."""
        paid = sorted({one.month for one in self.payments})
        return list(_months(paid[0], paid[-1])) if paid else []

    def by_group_and_month(self, asset: str) -> dict[str, dict[str, int]]:
        """Net payments in an asset: group -> month -> amount."""
        sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for one in self.payments:
            if one.asset == asset:
                sums[one.group][one.month] += one.net
        return {group: dict(months) for group, months in sorted(sums.items())}

    def by_category(self, asset: str) -> dict[str, int]:
        """Net payments in an asset out of budgets: category -> amount, the largest first."""
        sums: dict[str, int] = defaultdict(int)
        for one in self.payments:
            if one.asset == asset and one.budget:
                sums[one.category] += one.net
        return dict(sorted(sums.items(), key=lambda entry: -entry[1]))


def _budget(dao: Dao, number: int, names: dict[int, str]) -> Budget:
    terms, parent, spent, _, depth, large, frozen, closed = dao.read(dao.suite.treasury, "budgetOf", number)
    spender, asset, limit, period, start, end, group = terms
    headroom = dao.read(dao.suite.treasury, "headroom", number)
    return Budget(
        number, parent, spender, asset, limit, PERIODS[period], start, end, names.get(group, ""), spent, headroom,
        depth, large, frozen, closed,
    )  # fmt: skip


def _ordered(budgets: list[Budget], parent: int = 0) -> Iterator[Budget]:
    """Each budget, and right after it those below it; four deep at most."""
    for one in budgets:
        if one.parent == parent:
            yield one
            yield from _ordered(budgets, one.number)


def _payments(events: list[dict[str, Any]], budgets: list[Budget]) -> list[Payment]:
    groups = {one.number: one.group or f"budget {one.number}" for one in budgets}
    found: dict[tuple[int, int], Payment] = {}
    for place, event in enumerate(events):
        args, time = event["args"], event["time"]
        if event["name"] == "Spent":
            # The number is the event's place, which nothing refers to.
            found[0, place] = Payment(
                time, 0, place, DAO, args["to"], args["asset"], int(args["amount"]), "", args["memo"]
            )
            continue
        key = int(args["budget"]), int(args["number"])
        if event["name"] == "Paid":
            found[key] = Payment(
                time, *key, groups.get(key[0], f"budget {key[0]}"), args["to"], args["asset"], int(args["amount"]),
                word(args["category"]), args["memo"],
            )  # fmt: skip
        else:
            found[key] = replace(found[key], given_back=found[key].given_back + int(args["amount"]))
    return list(found.values())


def word(category: str) -> str:
    """A category of 32 bytes (hexadecimal digits) as a word; as it is if it is none."""
    try:
        text = bytes.fromhex(category).rstrip(b"\0").decode("ascii")
    except UnicodeDecodeError:
        return f"0x{category}"
    return text if text.isprintable() else f"0x{category}"


def _asset(web3: Web3, address: str, treasury: str, ours: bool) -> Asset:
    if address == units.NOBODY:
        return Asset(address, "ether", 18, int(web3.eth.get_balance(to_checksum_address(treasury))))
    token = web3.eth.contract(to_checksum_address(address), abi=METADATA)
    held = _ask(token, "balanceOf", treasury)
    symbol, decimals = _ask(token, "symbol"), _ask(token, "decimals")
    plain = isinstance(symbol, str) and symbol.isprintable() and 0 < len(symbol) <= 16
    plain = plain and (ours or symbol.strip().lower() not in OURS)
    sound = isinstance(decimals, int) and decimals <= MOST_DECIMALS
    return Asset(address, symbol if plain and sound else address, decimals if plain and sound else 0, held or 0)


def _ask(token: Any, view: str, *arguments: Any) -> Any:
    """None where a token has no such view: some are very old, or none at all."""
    try:
        return token.functions[view](*arguments).call()
    except (Web3Exception, OverflowError, ValueError):
        return None


def _months(first: str, last: str) -> Iterator[str]:
    year, month = map(int, first.split("-"))
    while (one := f"{year}-{month:02d}") <= last:
        yield one
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
