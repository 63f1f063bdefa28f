"""A proposal as people write it: a YAML file with title, text and actions; see docs/proposals.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from eth_abi import encode, is_encodable_type
from eth_abi.grammar import normalize
from eth_utils import function_signature_to_4byte_selector
from eth_utils.abi import collapse_if_tuple

from phemexia.config.source import Key, Source
from phemexia.config.source import read as read_yaml
from phemexia.deployment.manifest import shown
from phemexia.errors import Refused
from phemexia.proposals import identity, values
from phemexia.proposals.names import Names
from phemexia.proposals.values import Misfit, functions, signature_of

KEYS = {"title", "text", "actions", "accounts", "proposer"}
PARTS = {"contract", "function", "arguments", "value"}


@dataclass(frozen=True)
class Action:
    """One call that the timelock makes."""

    target: str
    """Checksummed."""
    value: int
    """Wei of ether that go along, out of the timelock's own."""
    data: bytes


@dataclass(frozen=True)
class Proposal:
    """A proposal that can be proposed."""

    description: str
    actions: tuple[Action, ...]

    @property
    def title(self) -> str:
        """The first line of the description."""
        return identity.title_of(self.description)

    @property
    def lists(self) -> identity.Lists:
        """Targets, wei, call data: as the governor takes them."""
        return (
            [action.target for action in self.actions],
            [action.value for action in self.actions],
            [action.data for action in self.actions],
        )

    @property
    def hashed(self) -> bytes:
        """Hash of the description."""
        return identity.description_hash(self.description)

    @property
    def id(self) -> int:
        """The governor's."""
        return identity.proposal_id(*self.lists, self.hashed)


def read(path: Path, names: Names) -> tuple[Proposal, Names]:
    """The proposal in a file, and the names it is read with; :class:`Refused` names line and key."""
    source = read_yaml(path, shown(path))
    if not isinstance(source.values, dict):
        raise source.refuse((), "should hold the keys title, text and actions")
    for key in source.values:
        if key not in KEYS:
            raise source.refuse((key,), _unknown(key, KEYS))
    title, text = _text(source, "title"), _text(source, "text")
    if "\n" in title.strip():
        raise source.refuse(("title",), "should be one line")
    names = _named(source, names)
    proposer = _proposer(source, names)
    actions = source.values.get("actions")
    if actions is None:
        raise source.refuse(("actions",), "is missing")
    if not isinstance(actions, list) or not actions:
        raise source.refuse(
            ("actions",), "should be a list of calls; to say something and do nothing, call Mandates.signal"
        )
    read_ = [_action(source, i, entry, names, text.strip()) for i, entry in enumerate(actions)]
    return Proposal(identity.describe(title, text, proposer), tuple(read_)), names


def _text(source: Source, key: str) -> str:
    value = source.values.get(key)
    if value is None:
        raise source.refuse((key,), "is missing")
    if not isinstance(value, str) or not value.strip():
        raise source.refuse((key,), "should be text")
    return value


def _unknown(key: str, known: set[str]) -> str:
    close = get_close_matches(key, known, n=1)
    return "is not a known key" + (f" (is it meant to be {close[0]}?)" if close else "")


def _named(source: Source, names: Names) -> Names:
    accounts = source.values.get("accounts", {})
    if not isinstance(accounts, dict):
        raise source.refuse(("accounts",), "should hold names and their addresses")
    for name, value in accounts.items():
        try:
            names = names.plus({name: Names({}).address(str(value))})
        except ValueError as error:
            raise source.refuse(("accounts", name), str(error)) from None
    return names


def _proposer(source: Source, names: Names) -> str | None:
    value = source.values.get("proposer")
    if value is None:
        return None
    try:
        return names.address(str(value))
    except ValueError as error:
        raise source.refuse(("proposer",), str(error)) from None


def _action(source: Source, index: int, entry: Any, names: Names, text: str) -> Action:
    here: Key = ("actions", index)
    if not isinstance(entry, dict):
        raise source.refuse(here, "should hold the keys contract, function and arguments")
    for key in entry:
        if key not in PARTS:
            raise source.refuse((*here, key), _unknown(key, PARTS))
    if not isinstance(entry.get("contract"), str):
        raise source.refuse((*here, "contract"), "is missing" if "contract" not in entry else "should be a name")
    try:
        target = names.address(entry["contract"])
    except ValueError as error:
        raise source.refuse((*here, "contract"), str(error)) from None
    value = _ether(source, (*here, "value"), entry.get("value", "0"))
    if "function" not in entry:
        if value == 0 or "arguments" in entry:
            raise source.refuse((*here, "function"), "is missing (a bare payment of ether has a value alone)")
        return Action(target, value, b"")
    function = _function(source, (*here, "function"), entry["function"], names.contract(target))
    if value and function.get("stateMutability") != "payable":
        raise source.refuse((*here, "value"), f"is ether, and {function['name']} takes none")
    given = entry.get("arguments", [])
    try:
        arguments = values.read_all(function["inputs"], given, names, text)
    except Misfit as misfit:
        raise source.refuse((*here, "arguments", *misfit.path), misfit.problem) from None
    return Action(target, value, encoded(function, arguments))


def _ether(source: Source, path: Key, value: Any) -> int:
    try:
        return values.amount(value if isinstance(value, str) else "")
    except ValueError as error:
        raise source.refuse(path, str(error)) from None


def encoded(function: dict[str, Any], arguments: list[Any]) -> bytes:
    """Selector and arguments."""
    selector = bytes(function_signature_to_4byte_selector(signature_of(function)))
    return selector + encode([collapse_if_tuple(item) for item in function["inputs"]], arguments)


def _function(source: Source, path: Key, wanted: Any, contract: str | None) -> dict[str, Any]:
    if not isinstance(wanted, str):
        raise source.refuse(path, "should be the name of a function")
    plain = wanted.replace(" ", "")
    if contract is None:
        return _foreign(source, path, plain)
    same = [f for f in functions(contract) if plain in (f["name"], signature_of(f))]
    acting = [f for f in same if f["stateMutability"] not in ("view", "pure")]
    if len(acting) == 1:
        return acting[0]
    if acting:
        raise source.refuse(path, f"is one of {', '.join(map(signature_of, acting))}: write which")
    if same:
        raise source.refuse(path, f"is {wanted}, which reads and changes nothing")
    every = [f["name"] for f in functions(contract) if f["stateMutability"] not in ("view", "pure")]
    close = get_close_matches(plain.partition("(")[0], every, n=1)
    hint = f" (is it meant to be {close[0]}?)" if close else ""
    raise source.refuse(path, f"is {wanted}, which {contract} does not have{hint}")


def _foreign(source: Source, path: Key, signature: str) -> dict[str, Any]:
    """A function of a contract that is not of the suite: nothing is known but what is written.

    Abbreviations (`uint`) are written out, since the selector depends on the full names.
    """
    match = re.fullmatch(r"(\w+)\(([\w\[\],]*)\)", signature)
    types = [normalize(kind) for kind in match[2].split(",") if kind] if match else []  # type: ignore[no-untyped-call]
    if match is None or not all(map(is_encodable_type, types)):
        raise source.refuse(
            path, f'should be a name with types, such as "transfer(address,uint256)", not "{signature}"'
        )
    return {
        "type": "function",
        "name": match[1],
        "inputs": [{"name": "", "type": kind} for kind in types],
        "stateMutability": "payable",
    }


def require_proposer(proposal: Proposal, account: str) -> None:
    """:class:`Refused` if the description says that somebody else proposes it."""
    _, mark, bound = proposal.description.rpartition(identity.SUFFIX)
    if mark and len(bound) == 42 and bound.lower() != account.lower():
        raise Refused(f"only {bound} can propose this, and {account} would: nothing was sent")
