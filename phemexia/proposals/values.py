"""Arguments as people write them, and as contracts take them.

:func:`read` turns the text of a YAML value into what the ABI wants, :func:`show` turns a decoded value into text.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from eth_utils import function_signature_to_4byte_selector, keccak
from eth_utils.abi import collapse_if_tuple

from phemexia.config import units
from phemexia.deployment.plan import compiled, is_compiled
from phemexia.proposals.identity import plain as plain_text
from phemexia.proposals.names import Names

Path = tuple[str | int, ...]

CLASSES = ("General", "Treasury", "Organization", "Constitutional")
ENUMS = {"enum IActionClasses.Class": CLASSES}
"""Values of an enumeration by its type in the ABI, the first being 0."""

TEXT_HASH = "hash of the text"
"""What a bytes32 can be: keccak-256 of the proposal's own text."""

_GROUPED = re.compile(r"(?<=\d),(?=\d{3})")
_CURRENCIES = {"PT": "PT", "vePT": "vePT", "ether": "ether", "ETH": "ETH"}
_FORMS = 'a whole number, an amount such as "1,000,000 PT", a duration such as "2 days", a share such as "5 %"'


class Misfit(ValueError):
    """A value does not fit its parameter: where in it, and a sentence that follows the name of the place."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(problem)
        self.path = path
        self.problem = problem


def read(item: dict[str, Any], value: Any, names: Names, text: str = "", path: Path = ()) -> Any:
    """A value for the parameter ``item`` (of an ABI); ``text`` is the proposal's. Raises :class:`Misfit`."""
    kind: str = item["type"]
    if kind.endswith("]"):
        return _list(item, value, names, text, path)
    if kind == "tuple":
        return _struct(item, value, names, text, path)
    if not isinstance(value, str):
        raise Misfit(path, f"should be a single value of type {kind}")
    try:
        return _scalar(item, value, names, text)
    except ValueError as error:
        raise Misfit(path, str(error)) from None


def _list(item: dict[str, Any], value: Any, names: Names, text: str, path: Path) -> list[Any]:
    inner, _, length = item["type"][:-1].rpartition("[")
    if not isinstance(value, list):
        raise Misfit(path, f"should be a list of {inner}")
    if length and len(value) != int(length):
        raise Misfit(path, f"should have {length} elements, not {len(value)}")
    each = {**item, "type": inner}
    if "internalType" in item:
        each["internalType"] = item["internalType"].rpartition("[")[0]
    return [read(each, part, names, text, (*path, i)) for i, part in enumerate(value)]


def _struct(item: dict[str, Any], value: Any, names: Names, text: str, path: Path) -> tuple[Any, ...]:
    fields = item["components"]
    return tuple(read_all(fields, value, names, text, path))


def read_all(inputs: list[dict[str, Any]], value: Any, names: Names, text: str = "", path: Path = ()) -> list[Any]:
    """Values for several parameters, given by name or in order. Raises :class:`Misfit`."""
    known = [item["name"].rstrip("_") for item in inputs]
    if isinstance(value, dict) and all(known):
        for key in value:
            if key.rstrip("_") not in known:
                raise Misfit((*path, key), f"is not a parameter: they are {', '.join(known) or 'none'}")
        given = {key.rstrip("_"): (key, part) for key, part in value.items()}
        for name in known:
            if name not in given:
                raise Misfit((*path, name), "is missing")
        return [
            read(item, given[name][1], names, text, (*path, given[name][0]))
            for item, name in zip(inputs, known, strict=True)
        ]
    if not isinstance(value, list):
        if any(known):
            raise Misfit(path, f"should have a value for each of: {', '.join(known)}")
        raise Misfit(path, f"should be a list of {len(inputs)} values")
    if len(value) != len(inputs):
        wanted = f" ({', '.join(known)})" if any(known) else ""
        raise Misfit(path, f"should have {len(inputs)} values{wanted}, not {len(value)}")
    return [
        read(item, part, names, text, (*path, i)) for i, (item, part) in enumerate(zip(inputs, value, strict=True))
    ]


def _scalar(item: dict[str, Any], value: str, names: Names, text: str) -> Any:
    kind: str = item["type"]
    if kind == "string":
        return value
    if kind == "address":
        return names.address(value)
    if kind == "bool":
        if value not in ("yes", "no", "true", "false"):
            raise ValueError(f'should be yes or no, not "{value}"')
        return value in ("yes", "true")
    if kind.startswith(("uint", "int")):
        number = _enumerated(item, value)
        return _fitting(kind, integer(value) if number is None else number)
    if kind.startswith("bytes"):
        return _bytes(kind, value, text)
    raise ValueError(f"is of the type {kind}, which can't be written here")


def _enumerated(item: dict[str, Any], value: str) -> int | None:
    words = ENUMS.get(item.get("internalType", ""), ())
    if value in words:
        return words.index(value)
    if words and not value.isdecimal():
        raise ValueError(f'should be one of {", ".join(words)}, not "{value}"')
    return None


def _fitting(kind: str, number: int) -> int:
    bits = int(kind.lstrip("uint") or 256)
    least, most = (0, 2**bits - 1) if kind[0] == "u" else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    if not least <= number <= most:
        raise ValueError(f"is {number:,}, which a {kind} can't hold")
    return number


def integer(text: str) -> int:
    """A number, an amount in wei, a duration in seconds, a share in ten-thousandths, a moment since 1970."""
    plain = _GROUPED.sub("_", text.strip())
    number, _, unit = plain.rpartition(" ")
    if unit == "wei":
        plain = number
    elif unit in _CURRENCIES:
        return units.amount(plain, unit)
    elif unit == "UTC":
        return units.moment(plain)
    elif plain.endswith(("%", "bps")):
        return units.share(plain)
    elif re.search(r"[a-z]", plain):
        with suppress(ValueError):
            return units.duration(plain)
    if re.fullmatch(r"-\d+", plain):
        return int(plain)
    try:
        return units.count(plain)
    except ValueError:
        raise ValueError(f'should be {_FORMS}, not "{text}"') from None


def amount(text: str) -> int:
    """Ether to send along, in wei: `1.5 ether`, or an integer of wei."""
    plain = _GROUPED.sub("_", text.strip())
    if plain.removesuffix(" wei").replace("_", "").isdecimal():
        return integer(plain)
    unit = "ETH" if plain.endswith("ETH") else "ether"
    return units.amount(plain, unit)


def _bytes(kind: str, value: str, text: str) -> bytes:
    size = int(kind[5:] or 0)
    if kind == "bytes4" and re.fullmatch(r"[A-Z]\w*\.[a-z]\w*(\(.*\))?", value):
        return selector(value)
    if kind == "bytes32" and value == TEXT_HASH:
        return keccak(text=text)
    if kind == "bytes32" and value.startswith("word "):
        word = value[5:].encode()
        if len(word) > 32:
            raise ValueError(f'has {len(word)} bytes in "{value[5:]}", more than 32')
        return word.ljust(32, b"\0")
    digits = value.removeprefix("0x")
    if not value.startswith("0x") or len(digits) % 2 or not re.fullmatch(r"[0-9a-fA-F]*", digits):
        raise ValueError(f'should be hexadecimal, 0x and two digits for each byte, not "{value}"')
    if size and len(digits) != 2 * size:
        raise ValueError(f"should have {size} bytes, not {len(digits) // 2}")
    return bytes.fromhex(digits)


def selector(text: str) -> bytes:
    """The four bytes of `Contract.function`, or of `Contract.function(types)` where there are several."""
    contract, _, wanted = text.partition(".")
    if not is_compiled(contract):
        raise ValueError(f'names a contract "{contract}" that is not compiled here')
    found = [
        signature
        for signature in map(signature_of, functions(contract))
        if wanted in (signature, signature.partition("(")[0])
    ]
    if len(found) != 1:
        problem = f"is one of {', '.join(found)}: name which" if found else f'is no function of "{contract}"'
        raise ValueError(f'{problem} ("{wanted}")')
    return bytes(function_signature_to_4byte_selector(found[0]))


def functions(contract: str) -> list[dict[str, Any]]:
    """The functions of a compiled contract."""
    return [item for item in compiled(contract).abi if item["type"] == "function"]


def signature_of(function: dict[str, Any]) -> str:
    """Name and types: `spend(address,address,uint256,string)`."""
    return f"{function['name']}({','.join(collapse_if_tuple(item) for item in function['inputs'])})"


def show(item: dict[str, Any], value: Any, names: Names, unit: str = "") -> str:
    """A decoded value as people read it; ``unit`` is what large integers most likely count."""
    kind: str = item["type"]
    if kind.endswith("]"):
        inner = {**item, "type": kind[: kind.rindex("[")]}
        if "internalType" in item:
            inner["internalType"] = item["internalType"].rpartition("[")[0]
        return "[" + ", ".join(show(inner, part, names, unit) for part in value) + "]"
    if kind == "tuple":
        parts = value.values() if isinstance(value, dict) else value
        fields = zip(item["components"], parts, strict=True)
        return "{" + ", ".join(f"{c['name']}: {show(c, part, names, unit)}" for c, part in fields) + "}"
    if kind == "address":
        return names.name(value)
    if kind == "bool":
        return "yes" if value else "no"
    if kind == "string":
        return f'"{plain_text(value)}"'
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    if words := ENUMS.get(item.get("internalType", "")):
        return words[value] if value < len(words) else str(value)
    return show_integer(kind, value, unit if kind == "uint256" else "")


def show_integer(kind: str, value: int, unit: str = "") -> str:
    """Digits in groups; `1,500e18` or `1,500 PT` for what is most likely wei; a moment where the type says so."""
    if kind in ("uint40", "uint48", "uint64") and 10**9 < value < 2**33:
        return units.show_moment(value)
    if value == 2**256 - 1:
        return "2^256 - 1"
    if abs(value) >= 10**14:
        whole, rest = divmod(abs(value), units.WEI)
        fraction = f".{rest:018d}".rstrip("0") if rest else ""
        return f"{'-' if value < 0 else ''}{whole:,}{fraction}{' ' + unit if unit else 'e18'}"
    return f"{value:,}"
