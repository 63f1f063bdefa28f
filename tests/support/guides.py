"""What a guide tells its reader to type, in order, and what it says happens in between."""

import re
from dataclasses import dataclass
from textwrap import dedent

from phemexia.toolchain import ROOT

BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```|^ *<!-- test: (.*?) -->", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A fenced block, or an event that the guide only tells of (kind `event`)."""

    kind: str
    text: str

    @property
    def lines(self) -> list[str]:
        """The commands of a block, without what is said behind them; one that goes on after a backslash is one."""
        joined = re.sub(r"\\\n\s*", "", self.text)
        lines = [re.sub(r"\s+# .*$", "", line) for line in joined.splitlines()]
        return [line for line in lines if line and not line.startswith("#")]


def parts(name: str) -> list[Part]:
    """All of a document in `docs/`."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert text.count("```") % 2 == 0, name
    found = [Part(one[1] or "event", _flush(one)) for one in BLOCK.finditer(text)]
    fences = len(re.findall(r"^ *```\w", text, flags=re.MULTILINE))
    assert fences == sum(part.kind != "event" for part in found), "a block has no language"
    return found


def _flush(one: re.Match[str]) -> str:
    """The text without the indentation of its fence, which stands in a list."""
    return dedent(one[2] or one[3]) if one[0].startswith(" ") else one[2] or one[3]


def only(name: str, kind: str) -> Part:
    """The one block of a kind."""
    (part,) = (part for part in parts(name) if part.kind == kind)
    return part
