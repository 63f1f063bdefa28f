"""Proving the working groups, their Safes and the budgets against the configuration.

What a Safe is made of is read from its storage, not from what its code answers.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from eth_utils import keccak, to_checksum_address
from web3 import Web3

from phemexia import artifacts
from phemexia.config import Configuration
from phemexia.config.models import BudgetTerms
from phemexia.config.units import NOBODY, Holding, show_amount, show_moment
from phemexia.deployment.plan import Addresses

SENTINEL = "0x" + "00" * 19 + "01"
SLOTS = {
    "guard": int.from_bytes(keccak(text="guard_manager.guard.address")),
    "module guard": int.from_bytes(keccak(text="module_manager.module_guard.address")),
    "fallback handler": int.from_bytes(keccak(text="fallback_manager.handler.address")),
    "singleton": 0,
}
"""Where a Safe keeps what it is made of."""
PERIODS = ("once", "month", "quarter")
MOST_BUDGETS = 10_000
"""More than this are not gone through: anyone with a budget can open some below it."""

View = Callable[..., Any]


class Finding(NamedTuple):
    """A proven fact of a kind about a subject, or, without a kind, a difference."""

    kind: str
    subject: str
    fact: str


def differs(line: str) -> Finding:
    """A difference, as one line."""
    return Finding("", "", line)


class Organisation:
    """What the groups' contract and the treasury say as of one block."""

    def __init__(
        self, web3: Web3, config: Configuration, at: Addresses, view: View, who: Callable[[str], str], block: int
    ) -> None:
        """``view(contract, name, *arguments)`` asks a contract; ``who`` shows an address to people."""
        self.web3, self.config, self.at, self.block = web3, config, at, block
        self.view, self.who = view, who

    def groups(self) -> Iterator[Finding]:
        """Each group: charter, people, and its Safe."""
        due = list(zip(self.config.governance.groups, self.config.network.groups, strict=True))
        count = self.view("WorkingGroups", "groups")
        for number in range(len(due) + 1, count + 1):
            name = self.view("WorkingGroups", "groupOf", number)[0]
            yield differs(f'group {number} "{name}": on the chain, not configured')
        for number, (charter, staff) in enumerate(due, 1):
            if number > count:
                yield differs(f'group {number} "{charter.name}": configured, not on the chain')
                continue
            name, text, uri, account, lead, seats, closed = self.view("WorkingGroups", "groupOf", number)
            seated = {seat[0] for seat in self.view("WorkingGroups", "seatsOf", number)}
            wrong = []
            mandate = self.config.mandates[charter.mandate]
            for what, stands, wanted in (
                ("name", name, charter.name),
                ("mandate", "0x" + text.hex(), mandate),
                ("mandate's address", uri, f"config/{charter.mandate}"),
                ("seats", seats, charter.seats),
                ("lead", self._person(lead), self._person(staff.lead)),
                ("state", "closed" if closed else "open", "open"),
            ):
                if stands != wanted:
                    wrong.append(f"{what} {stands} on the chain, {wanted} configured")
            wrong += [f"{self.who(one)} has a seat, should not" for one in sorted(seated - set(staff.everyone()))]
            wrong += [f"{self.who(one)} should have a seat" for one in sorted(set(staff.everyone()) - seated)]
            for line in wrong:
                yield differs(f"group {charter.name}: {line}")
            if not wrong:
                yield Finding(
                    "group", charter.name, f"{len(seated)} of {seats} seats taken, mandate {mandate[:10]}..."
                )
            yield from self._safe(number, charter.name, account)

    def _safe(self, number: int, name: str, account: str) -> Iterator[Finding]:
        """The group's account: its code, what it is made of, and whether it is its members'."""
        proxy = artifacts.load("SafeProxy").runtime
        wrong = []
        if bytes(self.web3.eth.get_code(to_checksum_address(account), self.block)) != proxy:
            wrong.append("has other code than Safe's proxy")
        due = {
            "guard": self.at["GroupGuard"],
            "module guard": NOBODY,
            "fallback handler": self.at["CompatibilityFallbackHandler"],
            "singleton": self.at["SafeL2"],
        }
        for what, wanted in due.items():
            stands = self._slot(account, SLOTS[what])
            if stands != wanted:
                wrong.append(f"has {self.who(stands)} as its {what}, not {self.who(wanted)}")
        for line in wrong:
            yield differs(f"account of {name}: {account} {line}")
        if wrong:
            return
        modules, _ = self._ask(account, "getModulesPaginated", SENTINEL, 10)
        if modules != [self.at["WorkingGroups"]]:
            yield differs(
                f"account of {name}: {account} has the modules {', '.join(map(self.who, modules)) or 'none'}"
            )
            return
        members = self.view("WorkingGroups", "membersOf", number)
        if self.view("WorkingGroups", "inLine", number):
            state = f"{self._ask(account, 'getThreshold')} of {len(members)} members decide"
        elif members:
            state = f"out of line: 'ape run groups align {number}' brings it in line"
        else:
            state = "stands still, nobody in it counts"
        yield Finding("account", name, f"Safe {account}, exact code, module and guard; {state}")

    def payers(self, approved: Iterator[str]) -> Iterator[Finding]:
        """No contract may pay for groups but the contributor program."""
        due = {self.at["Contributors"]}
        found = {payer for payer in due.union(approved) if self.view("WorkingGroups", "isPayer", payer)}
        for payer in sorted(found - due):
            yield differs(f"payer of WorkingGroups: {self.who(payer)} is approved, should not be")
        for payer in sorted(due - found):
            yield differs(f"payer of WorkingGroups: {self.who(payer)} should be approved, is not")
        for payer in sorted(found & due):
            yield Finding("payers", "WorkingGroups", f"{self.who(payer)} and nobody else")

    def budgets(self) -> Iterator[Finding]:
        """The budgets that the DAO opened and that are neither closed nor over are those configured."""
        now = self.web3.eth.get_block(self.block)["timestamp"]
        due = {budget.number: budget for budget in self.config.network.budgets}
        count = min(self.view("Treasury", "budgets"), MOST_BUDGETS)
        below = 0
        for number in range(1, count + 1):
            terms, parent, _, _, _, large, frozen, closed = self.view("Treasury", "budgetOf", number)
            wanted = due.pop(number, None)
            if closed or parent or terms[5] <= now:
                below += bool(parent and not closed and terms[5] > now)
                if wanted is not None:
                    state = "is below another" if parent else "is closed" if closed else "is over"
                    yield differs(f"budget {number}: configured, but it {state}")
                continue
            stands = self._told(terms, large)
            if wanted is None:
                yield differs(f"budget {number}: {stands} on the chain, not configured")
            elif (told := self._configured(wanted)) != stands:
                yield differs(f"budget {number}: {stands} on the chain, {told} configured")
            else:
                yield Finding("budget", str(number), stands + (", frozen" if frozen else ""))
        for number in sorted(due):
            yield differs(f"budget {number}: configured, not on the chain")
        yield Finding("budgets", "Treasury", f"{below} below others, none of the DAO's own but those configured")

    # Small things

    def _told(self, terms: tuple[Any, ...], large: bool) -> str:
        """Terms as the treasury has them, in words."""
        spender, asset, limit, period, start, end, group = terms
        kind = "a large budget" if large else "a budget"
        amount = self._amount(Holding(asset, limit))
        behind = f" for group {group}" if group else ""
        each = "once" if PERIODS[period] == "once" else f"each {PERIODS[period]}"
        return (
            f"{kind} of {amount} {each} of {self.who(spender)}{behind}, {show_moment(start)} to {show_moment(end)}"
        )

    def _configured(self, budget: BudgetTerms) -> str:
        names = [group.name for group in self.config.governance.groups]
        spender = budget.spender
        if spender in names:
            spender = self.view("WorkingGroups", "accountOf", names.index(spender) + 1)
        asset = {"PT": self.at["PhemexToken"], "ether": NOBODY}.get(budget.limit.asset, budget.limit.asset)
        group = names.index(budget.group) + 1 if budget.group in names else 0
        period = PERIODS.index(budget.period)
        terms = (spender, asset, budget.limit.amount, period, budget.start, budget.end, group)
        return self._told(terms, budget.large)

    def _amount(self, holding: Holding) -> str:
        units = {self.at["PhemexToken"]: "PT", NOBODY: "ether"}
        if holding.asset in units:
            return show_amount(holding.amount, units[holding.asset])
        return f"{holding.amount:_} of {holding.asset}"

    def _person(self, account: str) -> str:
        return "nobody" if account == NOBODY else self.who(account)

    def _slot(self, account: str, slot: int) -> str:
        word = self.web3.eth.get_storage_at(to_checksum_address(account), slot, self.block)
        return to_checksum_address(bytes(word).rjust(32, b"\0")[-20:])

    def _ask(self, account: str, name: str, *arguments: Any) -> Any:
        safe = self.web3.eth.contract(to_checksum_address(account), abi=artifacts.load("SafeL2").abi)
        return safe.functions[name](*arguments).call(block_identifier=self.block)
