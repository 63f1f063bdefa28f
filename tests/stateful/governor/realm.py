"""The model, first part: what the DAO's decisions change. The table of classes, their rules, the core team, money.

Written from what the documents promise, in the plainest way; it shares nothing with the contracts. Actions and
callers are named by the suite's own words (``treasury``, ``spend``) and by addresses.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from support.passes import STRUCK
from support.passes import Model as Passes
from support.suite import ACTIONS, DAY, GUARDIAN_TERM, IN_TREASURY, RULES, TIMELOCK_DELAY

GENERAL, TREASURY, ORGANIZATION, CONSTITUTIONAL = range(4)
PLACES = {
    "Mandates": "mandates",
    "Treasury": "treasury",
    "PhemexToken": "token",
    "CoreTeam": "core_team",
    "SoulPass": "soul_pass",
    "Campaign": "campaign",
}
KEYSTONES = {"governor", "timelock", "action_classes"}
ROLE_SETTERS = {"setGuardian", "setPublisher"}
LEAST = (1_000, DAY, 3 * DAY, 500_000, 100, 5_000)
MOST = (1_000_000, 3 * DAY, 14 * DAY, 50_000_000, 3_000, 8_000)
ETHER = 10**21
"""What the timelock is born with."""


class Refused(Exception):
    """The contract must revert with this error; the arguments that are named must be the same."""

    def __init__(self, name: str, **arguments: object) -> None:
        super().__init__(f"{name}({arguments})")
        self.name, self.arguments = name, arguments


@dataclass(frozen=True)
class Action:
    """One call of a proposal. Without a ``function`` it carries ether alone, or ``raw`` bytes."""

    target: str
    function: str = ""
    args: tuple = ()
    value: int = 0
    raw: bytes = b""


@dataclass
class Team:
    """Who is listed since when, and who wants whom in or out."""

    listed: dict[str, int]
    voices: dict[tuple[str, bool], set[str]] = field(default_factory=dict)

    def join(self, account: str, now: int) -> None:
        """By majority or by the DAO."""
        if account in self.listed:
            raise Refused("CoreTeam__NothingToDecide", account=account, joining=True)
        self.listed[account] = now
        self.voices.clear()

    def leave(self, account: str) -> None:
        """By majority, by oneself, by lapse or by the DAO."""
        if account not in self.listed:
            raise Refused("CoreTeam__NothingToDecide", account=account, joining=False)
        del self.listed[account]
        self.voices.clear()


class Realm:
    """Everything that a proposal can change, and the clock. ``wallets`` numbers the addresses that have keys."""

    def __init__(self, now: int, wallets: list[str], team: list[str], guardian: str, born: int) -> None:
        self.now = now
        self.wallets = {address: number for number, address in enumerate(wallets)}
        self.passes = Passes(now)
        self.team = Team(dict.fromkeys(team, born))
        self.table = {
            (PLACES[contract], name): class_
            for (contract, name), class_ in ((key.split("."), value) for key, value in ACTIONS.items())
        }
        self.rules = RULES
        self.guardian, self.guardian_until = guardian, born + GUARDIAN_TERM
        self.delay = TIMELOCK_DELAY
        self.treasury, self.paid = IN_TREASURY, 0
        self.spent: dict[int, int] = {}
        """What the DAO spent in each span of 15 days, counted from 1970."""
        self.ether, self.ether_paid = ETHER, 0
        self.signals: list[bytes] = []

    # --- who is who

    def pass_of(self, address: str) -> int:
        """The pass that an address holds, or zero."""
        return self.passes.pass_of(self.wallets[address]) if address in self.wallets else 0

    def elector(self, address: str, timepoint: int) -> tuple[int, int]:
        """The pass of an address, and since when it has counted: zero if it does not."""
        number = self.pass_of(address)
        if not number:
            return 0, 0
        one = self.passes.passes[number]
        struck = one.revoked is not None and timepoint - one.revoked >= STRUCK
        return number, 0 if struck else one.since

    def is_member(self, address: str) -> bool:
        """Whether an address may act for the team."""
        return address in self.team.listed and self.elector(address, self.now)[1] != 0

    def present_guardian(self) -> str | None:
        """Whoever may cancel now."""
        return self.guardian if self.now < self.guardian_until else None

    # --- the team

    def support(self, caller: str, account: str, joining: bool) -> None:
        """A member's voice."""
        if not self.is_member(caller):
            raise Refused("CoreTeam__NotMember", caller=caller)
        if (account in self.team.listed) == joining:
            raise Refused("CoreTeam__NothingToDecide", account=account, joining=joining)
        voices = self.team.voices.setdefault((account, joining), set())
        if caller in voices:
            raise Refused("CoreTeam__AlreadySupported", member=caller)
        voices.add(caller)
        if 2 * len(voices) > len(self.team.listed):
            if joining:
                self.team.join(account, self.now)
            else:
                self.team.leave(account)

    def drop(self, account: str) -> None:
        """Off the list, for want of a pass."""
        young = self.now < self.team.listed.get(account, 0) + 30 * DAY
        if young or self.elector(account, self.now)[1] != 0:
            raise Refused("CoreTeam__NotLapsed", account=account)
        self.team.leave(account)

    # --- classes

    def class_of(self, actions: tuple[Action, ...]) -> int:
        """The strictest among the actions."""
        return max((self._class(action) for action in actions), default=GENERAL)

    def _class(self, action: Action) -> int:
        if action.target in KEYSTONES:
            return CONSTITUTIONAL
        if not action.function:
            return CONSTITUTIONAL if action.raw else TREASURY
        if action.function in ROLE_SETTERS:
            return CONSTITUTIONAL
        known = self.table.get((action.target, action.function), CONSTITUTIONAL)
        return max(known, TREASURY) if action.value else known

    # --- what actions do

    def carry_out(self, action: Action, addresses: dict[str, str]) -> None:
        """Change what the action changes; ``addresses`` are the suite's contracts by name."""
        if not action.function:
            self._send(action)
            return
        if action.value:
            raise Refused("FailedCall")  # nothing that has a name takes ether
        match action.target, action.function:
            case "mandates", "signal":
                self.signals.append(action.args[0])
            case "treasury", "spend":
                self._spend(*action.args[:3:2], addresses)
            case "token", "transfer":
                self._short(addresses["timelock"], 0, action.args[1])
            case "core_team", "appoint":
                self.team.join(action.args[0], self.now)
            case "core_team", "dismiss":
                self.team.leave(action.args[0])
            case "soul_pass", "reinstate":
                self._reinstate(action.args[0])
            case (("soul_pass" | "campaign"), _):
                pass  # offices that nothing here depends on
            case "governor", "setGuardian":
                self.guardian, self.guardian_until = action.args[0], self.now + GUARDIAN_TERM
            case "governor", "relay":
                raise Refused("PhemexGovernor__NoRelay")
            case "timelock", "updateDelay":
                if not DAY <= action.args[0] <= 5 * DAY:
                    raise Refused("PhemexTimelock__DelayOutOfBounds", delay=action.args[0])
                self.delay = action.args[0]
            case "action_classes", "setRules":
                self._set_rules(action.args[0])
            case "action_classes", "setClasses":
                self.table |= {entry[:2]: entry[2] for entry in action.args[0]}
            case "action_classes", "forget":
                if self.table.pop(action.args, None) is None:
                    raise Refused("ActionClasses__Unknown")

    def _spend(self, asset: str, amount: int, addresses: dict[str, str]) -> None:
        """Three spans of 15 days together: 2% of what is held and was spent in them."""
        span = self.now // (15 * DAY)
        recent = sum(self.spent.get(span - back, 0) for back in range(3))
        left = max((self.treasury + recent) * 200 // 10_000 - recent, 0)
        if amount > left:
            raise Refused("Treasury__AboveCap", asset=addresses[asset], amount=amount, left=left)
        self.spent[span] = self.spent.get(span, 0) + amount
        self.treasury -= amount
        self.paid += amount

    def _send(self, action: Action) -> None:
        if action.target != "payee" or action.value > self.ether:
            raise Refused("FailedCall")
        self.ether -= action.value
        self.ether_paid += action.value

    @staticmethod
    def _short(sender: str, balance: int, needed: int) -> None:
        raise Refused("ERC20InsufficientBalance", sender=sender, balance=balance, needed=needed)

    def _reinstate(self, number: int) -> None:
        if number not in self.passes.passes:
            raise Refused("SoulPass__UnknownPass")
        self.passes.reinstate(number, "dao")

    def _set_rules(self, rules: tuple[tuple[int, ...], ...]) -> None:
        below = LEAST
        for one in rules:
            if any(not least <= x <= most for least, x, most in zip(LEAST, one, MOST, strict=True)):
                raise Refused("ActionClasses__OutOfBounds")
            if any(x < y for x, y in zip(one, below, strict=True)):
                raise Refused("ActionClasses__OutOfOrder")
            below = one
        self.rules = rules
