"""A YAML file to fill in: one action for each function that is named, with its parameters and their types."""

from __future__ import annotations

from typing import Any

from phemexia.errors import Refused
from phemexia.proposals.names import Names
from phemexia.proposals.values import CLASSES, TEXT_HASH, functions, signature_of

HEAD = """# A proposal. Fill in, then look at it: ape run gov draft {name}
title: # one line
text: |
  What is to be done, and why.

# proposer: "0x..." # only this account can propose it, and nobody can copy it first
# accounts: # names for addresses that are used below
#   market maker: "0x..."

actions: # in order; all of them happen, or none
"""

HINTS = {
    "address": "an address, or a name such as {some}",
    "bool": "yes or no",
    "string": "text",
    "bytes4": "0x and 8 digits, or Contract.function",
    "bytes32": f'0x and 64 digits, "{TEXT_HASH}", or "word ..." for a short name',
}


def skeleton(name: str, actions: list[str], names: Names) -> str:
    """The text of such a file; :class:`Refused` if there is no such function. ``name`` is the file's."""
    lines = [HEAD.format(name=name)]
    for action in actions or ["Mandates.signal"]:
        contract, _, function = action.partition(".")
        if contract not in names.contracts:
            raise Refused(f'there is no contract "{contract}": they are {", ".join(names.contracts)}')
        found = [
            item
            for item in functions(contract)
            if function in (item["name"], signature_of(item)) and item["stateMutability"] not in ("view", "pure")
        ]
        if not found:
            raise Refused(f'{contract} has no function "{function}" that changes anything')
        if len(found) > 1:
            raise Refused(f"{action} is one of {', '.join(map(signature_of, found))}: name which")
        lines.append(f"  - contract: {contract}\n    function: {function}\n")
        if found[0]["inputs"]:
            lines.append("    arguments:\n")
            lines += [_parameter(item, 6) for item in found[0]["inputs"]]
    return "".join(lines)


def _parameter(item: dict[str, Any], indent: int) -> str:
    name, kind, pad = item["name"].rstrip("_"), item["type"], " " * indent
    if kind.startswith("tuple"):
        inner = "".join(_parameter(field, indent + 4) for field in item["components"])
        if kind == "tuple":
            return f"{pad}{name}:\n" + "".join(_parameter(field, indent + 2) for field in item["components"])
        return f"{pad}{name}: # a list\n{pad}  - " + inner.lstrip()
    return f"{pad}{name}: # {_hint(item)}\n"


def _hint(item: dict[str, Any]) -> str:
    kind: str = item["type"]
    if kind.endswith("]"):
        return f"a list of {kind[: kind.rindex('[')]}"
    if item.get("internalType") == "enum IActionClasses.Class":
        return ", ".join(CLASSES)
    if kind.startswith(("uint", "int")):
        return f'{kind}: a number, or "1,000 PT", "2 days", "5 %"'
    return HINTS.get(kind, kind).format(some="Treasury")
