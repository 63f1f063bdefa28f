"""From the chain's bytes to words: call data, events and errors with the names of contracts and accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from eth_abi import decode, encode
from eth_utils import function_abi_to_4byte_selector, is_address
from eth_utils.abi import collapse_if_tuple

from phemexia.config import units
from phemexia.evm import UNREADABLE, Event, Reverted, decode_revert
from phemexia.proposals.draft import Action
from phemexia.proposals.identity import plain
from phemexia.proposals.names import Names
from phemexia.proposals.values import functions, show

SENTENCES = {
    "PhemexGovernor__NotElector": "{account} has held no Soul Pass that counts since before {timepoint}",
    "PhemexGovernor__NoWeight": "{account} weighed nothing at the snapshot",
    "PhemexGovernor__ChangesClosed": "ballots could be changed until {until}",
    "GovernorAlreadyCastVote": "{voter} has a ballot that says so already, or a split one",
}
"""What voters hear most often, in words. Moments are arguments of these names: timepoint, until."""


@dataclass(frozen=True)
class Call:
    """An action in words."""

    what: str
    """`Treasury.spend`, or the target's name where the function is not known."""
    arguments: tuple[tuple[str, str], ...]
    """Names and values."""
    value: int
    """Wei of ether."""
    unit: str = ""
    """What its large integers most likely count."""

    @property
    def sentence(self) -> str:
        """On one line."""
        given = ", ".join(f"{name}: {value}" if name else value for name, value in self.arguments)
        ether = f", with {units.show_amount(self.value, 'ether')}" if self.value else ""
        return f"{self.what}({given}){ether}"


def call(action: Action, names: Names) -> Call:
    """An action in words; what can't be decoded is shown in hexadecimal."""
    target = names.name(action.target)
    if not action.data:
        return Call(f"pay {target}", (), action.value)
    contract = names.contract(action.target)
    for item in functions(contract) if contract else []:
        if bytes(function_abi_to_4byte_selector(item)) != action.data[:4]:  # type: ignore[arg-type]  # from JSON
            continue
        types = [collapse_if_tuple(i) for i in item["inputs"]]
        try:
            given = decode(types, action.data[4:])
        except UNREADABLE:
            break
        if encode(types, given) != action.data[4:]:
            break  # too short, too long or folded: words could say something else than the call does
        unit = _unit(contract, given, names)
        shown = ((i["name"], show(i, v, names, unit)) for i, v in zip(item["inputs"], given, strict=True))
        return Call(f"{target}.{item['name']}", tuple(shown), action.value, unit)
    return Call(target, (("", f"0x{action.data.hex()}"),), action.value)


def error(output: bytes, names: Names, unit: str = "") -> str:
    """What a call reverted with: the custom error's name and arguments."""
    reverted = decode_revert(output)
    return f"0x{output.hex()}" if reverted.name.startswith("0x") else refusal(reverted, names, unit)


def sentence(output: bytes, names: Names) -> str:
    """As :func:`error`, in plain words where the error is a common one, with its name behind."""
    reverted = decode_revert(output)
    if reverted.name not in SENTENCES:
        return error(output, names)
    moments = {key: units.show_moment(reverted.arguments.get(key, 0)) for key in ("timepoint", "until")}
    given = {key: _plain(value, names) for key, value in reverted.arguments.items()}
    return f"{SENTENCES[reverted.name].format_map(given | moments)} ({reverted.name})"


def refusal(reverted: Reverted, names: Names, unit: str = "") -> str:
    """A decoded error in words."""
    if reverted.name == "Error":
        return f'"{plain(reverted.arguments["message"])}"'
    if not reverted.name:
        return "no reason given"
    given = ", ".join(f"{key}: {_plain(value, names, unit)}" for key, value in reverted.arguments.items())
    return f"{reverted.name}({given})"


def event(found: Event, names: Names) -> str:
    """An event in words: who says it, and what."""
    unit = _unit(names.contract(found.address), found.args.values(), names)
    given = ", ".join(f"{key}: {_plain(value, names, unit)}" for key, value in found.args.items())
    return f"{names.name(found.address)}: {found.name}({given})"


def _unit(contract: str | None, given: Iterable[Any], names: Names) -> str:
    """What large integers count: PT where PT speaks or is named, ether where the treasury pays without a token."""
    if contract in ("PhemexToken", "VotingEscrow"):
        return "PT"
    named = [names.name(value) for value in given if isinstance(value, str) and is_address(value)]
    if "PhemexToken" in named:
        return "PT"
    return "ether" if contract == "Treasury" and named[:1] == ["the zero address"] else ""


def _plain(value: Any, names: Names, unit: str = "") -> str:
    """A value whose type is not at hand."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return show({"type": "uint256"}, value, names, unit)
    if isinstance(value, str):
        return names.name(value) if is_address(value) else f'"{plain(value)}"'
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_plain(part, names, unit)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(_plain(part, names, unit) for part in value) + "]"
