"""What the sequences propose: a fixed list, so that signatures can be kept from one sequence to the next."""

from __future__ import annotations

from stateful.governor.realm import GENERAL, ORGANIZATION, TREASURY, Action
from support.suite import DAY, PT, RULES, selector

from phemexia.evm import ZERO

LAX = tuple((1_000, DAY, 3 * DAY, 500_000, 100, 5_000) for _ in range(4))
"""Every figure at its least."""
HARD = (
    *RULES[:2],
    (200_000, 3 * DAY, 8 * DAY, 50_000_000, 2_000, 7_000),
    (1_000_000, 7 * DAY, 14 * DAY, 50_000_000, 3_000, 8_000),
)
"""The strictest class at its most."""
UNORDERED = (RULES[3], *RULES[1:])

OTHERS = 60
"""Passes of people who do nothing, so that the ballots of those who do are in two words."""
SECRET = Action("mandates", raw=b"\xab\xcd")
"""Two bytes, which no table can name."""
SIGNAL, OTHER = (Action("mandates", "signal", (bytes([number]) * 32,)) for number in (1, 2))
SPEND, FORTUNE = (
    Action("treasury", "spend", ("token", "payee", amount, "grant")) for amount in (1_000 * PT, 2_000_000 * PT)
)
OLD_TABLE = (("treasury", "spend", TREASURY), ("mandates", "signal", GENERAL))
NEW_TABLE = (("treasury", "spend", GENERAL), ("mandates", "signal", ORGANIZATION))


def bills(wallets: list[str], guardian: str) -> list[tuple[Action, ...]]:
    """Each is the actions of one proposal; everything in it is known, so that its id is."""
    successor = wallets[8]
    team = {number: Action("core_team", "appoint", (wallets[number],)) for number in (2, 8)}
    out = {number: Action("core_team", "dismiss", (wallets[number],)) for number in (0, 8)}
    guardians = [Action("governor", "setGuardian", (who,)) for who in (guardian, successor, ZERO)]
    renew, replace, remove = guardians
    rules = [Action("action_classes", "setRules", (which,)) for which in (RULES, LAX, HARD, UNORDERED)]
    tables = [Action("action_classes", "setClasses", (which,)) for which in (OLD_TABLE, NEW_TABLE)]
    delays = [Action("timelock", "updateDelay", (delay,)) for delay in (DAY, 5 * DAY, 2 * DAY, 3_600)]
    lift = [Action("soul_pass", "reinstate", (number,)) for number in (OTHERS + 1, OTHERS + 3)]
    return [
        (SIGNAL,),
        (SIGNAL,),
        (OTHER,),
        (SPEND,),
        (SPEND,),
        (FORTUNE,),
        (SIGNAL, SPEND),  # money behind a word
        (team[2],),
        (team[8],),
        (out[0],),
        (SIGNAL, out[8]),  # people behind a word
        *((action,) for action in lift),
        (renew,),
        (replace,),
        (remove,),
        (replace, renew),
        (SPEND, remove),  # one bundle, within the guardian's reach
        *((action,) for action in rules),
        *((action,) for action in tables),
        (Action("action_classes", "forget", ("mandates", "signal")),),
        *((action,) for action in delays),
        (Action("payee", value=10**18),),
        (SIGNAL, Action("mandates", "signal", (bytes(32),), value=1)),  # which takes no ether
        (SIGNAL, SECRET),
        (Action("token", "transfer", ("payee", 1)),),  # of which the timelock has none
        (Action("governor", "relay", ("treasury", 0, b"")),),
        (Action("campaign", "setPublisher", ("payee",)),),
        (Action("soul_pass", "setGuardian", ("payee",)),),
        (),
    ]


def plain(arg: object, addresses: dict[str, str]) -> object:
    """An argument as the contract takes it: names become addresses, functions of the table selectors."""
    if isinstance(arg, str):
        return addresses.get(arg, arg)
    if isinstance(arg, tuple) and len(arg) == 3 and isinstance(arg[0], str):
        target, function, class_ = arg
        return addresses[target], selector_of(target, function), class_
    return [plain(one, addresses) for one in arg] if isinstance(arg, tuple) else arg


def selector_of(target: str, function: str) -> bytes:
    """The four bytes of a function of the table."""
    return selector({"treasury": "Treasury", "mandates": "Mandates"}[target], function)
