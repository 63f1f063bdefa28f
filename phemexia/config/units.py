"""Figures as people write them (`50_000 vePT`, `2 days`, `12.5 %`) and as contracts take them (integers).

Each reader takes the text of one value and returns the integer or address; a :class:`ValueError` says what the
text should have been, in words that finish the sentence "config/x.yaml, line 3: key ...".
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from eth_utils import is_checksum_address, is_hex_address, to_checksum_address

NOBODY = "0x" + "00" * 20
"""The zero address."""

WEI = 10**18
GWEI = 10**9
WEEKS, MONTHS, LINEAR = range(3)
"""How what is left after the TGE unlocks: instalments by weeks or by calendar months, or by the second."""
_PACES = {"weekly": (WEEKS, 1), "monthly": (MONTHS, 1), "quarterly": (MONTHS, 3)}
SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}

_NUMBER = r"(\d{1,3}(?:_\d{3})+|\d+)"
_PART = re.compile(rf"{_NUMBER} (second|minute|hour|day|week)s?")


class Instalments(NamedTuple):
    """``steps`` instalments, ``step`` weeks or months apart; linear: all of ``steps`` months."""

    pace: int
    steps: int
    step: int


def _digits(text: str) -> int:
    return int(text.replace("_", ""))


def amount(text: str, unit: str) -> int:
    """`1_000.5 PT` in wei of that unit; at most 18 decimals."""
    match = re.fullmatch(rf"{_NUMBER}(?:\.(\d{{1,18}}))? {unit}", text)
    if match is None:
        raise ValueError(f'should be an amount such as "50_000 {unit}", not "{text}"')
    return _digits(match[1]) * WEI + int((match[2] or "").ljust(18, "0"))


def gas_price(text: str) -> int:
    """`1.5 gwei` in wei for a unit of gas; at most 9 decimals, more than nothing."""
    match = re.fullmatch(rf"{_NUMBER}(?:\.(\d{{1,9}}))? gwei", text)
    if match is None:
        raise ValueError(f'should be a price of gas such as "50 gwei", not "{text}"')
    price = _digits(match[1]) * GWEI + int((match[2] or "").ljust(9, "0"))
    if not price:
        raise ValueError("should be more than 0 gwei")
    return price


def block_hash(text: str) -> str:
    """A hash of 32 bytes, in small letters, or `any`."""
    if text != "any" and not re.fullmatch(r"0x[0-9a-f]{64}", text):
        raise ValueError(f'should be "0x" and 64 hexadecimal digits in small letters, or any, not "{text}"')
    return text


def duration(text: str) -> int:
    """`2 days`, `30 days 8 hours` in seconds."""
    parts = _PART.findall(text)
    if not parts or " ".join(match[0] for match in _PART.finditer(text)) != text:
        raise ValueError(f'should be a duration such as "2 days" or "30 days 8 hours", not "{text}"')
    return sum(_digits(number) * SECONDS[unit] for number, unit in parts)


def share(text: str) -> int:
    """`4 %`, `66.67 %` or `400 bps` in basis points (1/10,000), at most the whole."""
    percent = re.fullmatch(r"(\d{1,3})(?:\.(\d{1,2}))? ?%", text)
    points = re.fullmatch(rf"{_NUMBER} bps", text)
    if percent:
        value = int(percent[1]) * 100 + int((percent[2] or "").ljust(2, "0"))
    elif points:
        value = _digits(points[1])
    else:
        raise ValueError(f'should be a share such as "12.5 %" or "1_250 bps", not "{text}"')
    if value > 10_000:
        raise ValueError(f'should be at most 100 %, not "{text}"')
    return value


def moment(text: str) -> int:
    """`2028-12-31 00:00 UTC` in seconds since 1970."""
    try:
        parsed = datetime.strptime(text, "%Y-%m-%d %H:%M UTC")
    except ValueError:
        raise ValueError(f'should be a time such as "2028-12-31 00:00 UTC", not "{text}"') from None
    return int(parsed.replace(tzinfo=UTC).timestamp())


def months(text: str) -> int:
    """`24 months` as an integer."""
    match = re.fullmatch(r"(\d{1,3}) months?", text)
    if match is None:
        raise ValueError(f'should be a number of months such as "24 months", not "{text}"')
    return int(match[1])


def instalments(text: str) -> Instalments:
    """`3 weekly`, `60 monthly`, `20 quarterly`, `linear over 60 months`, or `nothing`."""
    if text == "nothing":
        return Instalments(0, 0, 0)
    steps = re.fullmatch(r"(\d{1,3}) (weekly|monthly|quarterly)", text)
    linear = re.fullmatch(r"linear over (\d{1,3}) months", text)
    if steps and 0 < int(steps[1]) < 256:
        pace, step = _PACES[steps[2]]
        return Instalments(pace, int(steps[1]), step)
    if linear and 0 < int(linear[1]) < 256:
        return Instalments(LINEAR, int(linear[1]), 1)
    raise ValueError(
        f'should be "3 weekly", "60 monthly", "20 quarterly", "linear over 60 months" or "nothing", not "{text}"'
    )


def show_plan(plan: Mapping[str, int]) -> str:
    """A schedule as `Plan` has it, in words: `20 % at the TGE, then 60 monthly`."""
    parts = [f"{show_share(plan['atStart'])} at the TGE"] if plan["atStart"] else []
    parts += [f"a cliff of {plan['cliff']} months"] if plan["cliff"] else []
    steps, step, pace = plan["steps"], plan["step"], plan["pace"]
    if pace == LINEAR:
        parts.append(f"linear over {steps * step} months")
    elif steps:
        names = {value: name for name, value in _PACES.items()}
        every = f"every {step} {'weeks' if pace == WEEKS else 'months'}"
        parts.append(f"{steps} {names.get((pace, step), every)}")
    return ", then ".join(parts)


def count(text: str) -> int:
    """`11_155_111` as an integer."""
    if not re.fullmatch(_NUMBER, text):
        raise ValueError(f'should be a whole number, not "{text}"')
    return _digits(text)


def switch(text: str) -> bool:
    """`yes` or `no`."""
    if text not in ("yes", "no"):
        raise ValueError(f'should be yes or no, not "{text}"')
    return text == "yes"


def address(text: str) -> str:
    """A checksummed address (EIP-55); the zero address is none."""
    if not is_hex_address(text) or not text.startswith("0x"):
        raise ValueError(f'should be an address such as "0x" and 40 hexadecimal digits, not "{text}"')
    if int(text, 16) == 0:
        raise ValueError("should be an address, not the zero address")
    if text.lower() == text:
        raise ValueError(f"should be written with its checksum: {to_checksum_address(text)}")
    if not is_checksum_address(text):
        raise ValueError(f"has a wrong checksum, so a character of {text} is mistyped")
    return text


def office(text: str) -> str:
    """An address, or `nobody`, which is the zero address."""
    return NOBODY if text == "nobody" else address(text)


class Holding(NamedTuple):
    """An amount of something."""

    asset: str
    """`PT`, `ether`, or the address of a token."""
    amount: int
    """In the asset's smallest unit."""


def holding(text: str) -> Holding:
    """`1_000 PT`, `2.5 ether`, or `5_000_000 of 0x...`, in the smallest unit of any other token."""
    number, _, asset = text.partition(" of ")
    if asset:
        return Holding(address(asset), count(number))
    for unit in ("PT", "ether"):
        if text.endswith(unit):
            return Holding(unit, amount(text, unit))
    raise ValueError(f'should be an amount such as "1_000 PT", "2 ether" or "5_000_000 of 0x...", not "{text}"')


def show_amount(wei: int, unit: str) -> str:
    """The inverse of :func:`amount`: `50_000 vePT`."""
    whole, rest = divmod(wei, WEI)
    fraction = f".{rest:018d}".rstrip("0") if rest else ""
    return f"{whole:_}{fraction} {unit}"


def show_ether(wei: int) -> str:
    """Wei as ether, down to a millionth."""
    return show_amount(wei // 10**12 * 10**12, "ether")


def show_gas_price(wei: int) -> str:
    """The inverse of :func:`gas_price`: `1.5 gwei`."""
    whole, rest = divmod(wei, GWEI)
    fraction = f".{rest:09d}".rstrip("0") if rest else ""
    return f"{whole:_}{fraction} gwei"


def show_duration(seconds: int) -> str:
    """The inverse of :func:`duration`, in the largest units that fit: `30 days 8 hours`."""
    parts = []
    for unit, size in sorted(SECONDS.items(), key=lambda item: -item[1]):
        if unit == "week":
            continue  # "14 days" reads better than "2 weeks" next to other days
        number, seconds = divmod(seconds, size)
        if number:
            parts.append(f"{number} {unit}{'s' if number > 1 else ''}")
    return " ".join(parts) or "0 seconds"


def show_share(points: int) -> str:
    """The inverse of :func:`share`: `12.5 %`."""
    whole, rest = divmod(points, 100)
    fraction = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{whole}{fraction} %"


def show_moment(timestamp: int) -> str:
    """The inverse of :func:`moment`, to the second where it has any."""
    form = "%Y-%m-%d %H:%M UTC" if timestamp % 60 == 0 else "%Y-%m-%d %H:%M:%S UTC"
    return datetime.fromtimestamp(timestamp, UTC).strftime(form)
