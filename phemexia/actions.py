"""Every function that the timelock may call, with its class: `python -m phemexia.actions` writes the list.

Functions come from the ABIs of the suite, classes from the table's own contract with the configured entries.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from eth_utils import function_abi_to_4byte_selector
from eth_utils.abi import collapse_if_tuple

from phemexia.config import Configuration, load
from phemexia.deployment.plan import GROUND, STEPS, class_entries, class_rules, compiled
from phemexia.evm import Chain
from phemexia.toolchain import ROOT

LIST = ROOT / "docs" / "action-classes.md"
NAMES = ("General", "Treasury", "Organization", "Constitutional")
HEAD = """# What a proposal may do, and what class that makes it

Made by `python -m phemexia.actions`; don't edit. Every function of the suite that changes state, as the timelock
could call it without ether. *Code* means that no vote can give the action another class without a new contract,
*table* that the DAO's table names it; what neither names is Constitutional. Value above zero makes any call at
least Treasury, as does a bare transfer of ether. A function's own rules still apply: most refuse the timelock.

| contract | function | selector | class | by |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Action:
    """One function and the class of a proposal that calls it."""

    contract: str
    function: str
    """Name and types of the parameters."""
    selector: str
    """0x and eight hexadecimal digits."""
    class_: str
    by: str
    """What says so: "code", "table", or "nothing" for an unknown call."""


def enumerate_actions(config: Configuration) -> list[Action]:
    """All state-changing functions of the suite, in the order of the plan and of their names."""
    chain = Chain()
    contracts = [step.contract for step in STEPS if step.contract not in GROUND]
    at = {contract: chain.account(contract) for contract in contracts}
    entries = [
        (entry["target"], bytes.fromhex(entry["selector"][2:]), entry["class"])
        for entry in class_entries(config, at)
    ]
    rules = [tuple(row.values()) for row in class_rules(config)]
    governor, timelock = at["PhemexGovernor"], at["PhemexTimelock"]
    table = chain.deploy("ActionClasses", governor, timelock, rules, entries)
    at["ActionClasses"] = table.address
    actions = []
    for contract in contracts:
        for item in sorted(compiled(contract).abi, key=lambda i: str(i.get("name"))):
            if item["type"] != "function" or item["stateMutability"] in ("view", "pure"):
                continue
            selector = bytes(function_abi_to_4byte_selector(item))  # type: ignore[arg-type]  # from JSON
            types = ",".join(collapse_if_tuple(i) for i in item["inputs"])
            fixed, known = table.isFixed(at[contract], selector), table.entryOf(at[contract], selector)[0]
            actions.append(
                Action(
                    contract,
                    f"{item['name']}({types})",
                    "0x" + selector.hex(),
                    NAMES[table.actionClass(at[contract], 0, selector)],
                    "code" if fixed else "table" if known else "nothing",
                )
            )
    return actions


def listing(config: Configuration) -> str:
    """The list for people, in Markdown."""
    by = {"code": "code", "table": "table", "nothing": ""}
    rows = [
        f"| {a.contract} | `{a.function}` | `{a.selector}` | {a.class_} | {by[a.by]} |"
        for a in enumerate_actions(config)
    ]
    return HEAD + "\n".join(rows) + "\n"


def main() -> int:
    """Write the list."""
    LIST.write_text(listing(load("local")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
