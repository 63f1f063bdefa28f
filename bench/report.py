"""Figures on disk: bench/gas.json, the tables in bench/README.md and the README, and bench/bounds.json."""

from __future__ import annotations

import json
import re

from rich.table import Table

from phemexia.toolchain import ROOT

GAS = ROOT / "bench" / "gas.json"
BOUNDS = ROOT / "bench" / "bounds.json"
README = ROOT / "bench" / "README.md"
PEERS = ROOT / "README.md"
MARKED = re.compile(r"(?<=<!-- figures: make bench -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)
OURS = re.compile(r"^(\|[^|]*`([^`|]+)`[^|]*\|)[^|]*\|", re.MULTILINE)
MANY = "@10000"

HEAD = """# Gas

Made by `make bench`; don't edit. Whole transactions (`gasUsed` of the receipt, base and calldata included) on
anvil under Prague's rules, with the compiler settings of `ape-config.yaml`; reads are the execution alone, with
everything cold. PT is the token. The allowance is a standing, unlimited one where nothing else is said. *Among
10,000* means that as many locks were made before, each in a second of its own. The scenes are in `bench/`, one
file for one contract.

| operation | among 10 | among 10,000 | at most |
|---|---:|---:|---:|
"""


def committed() -> dict[str, int]:
    """The figures in bench/gas.json; empty when there is none yet."""
    return json.loads(GAS.read_text()) if GAS.exists() else {}


def bounds() -> dict[str, int]:
    """What an operation may cost at most."""
    return json.loads(BOUNDS.read_text())


def over_bounds(figures: dict[str, int]) -> list[str]:
    """One line for each figure, among few or many, that exceeds its bound."""
    return [
        f"{key}: {figures[key]:,} > {bound:,}"
        for name, bound in bounds().items()
        for key in (name, name + MANY)
        if figures.get(key, 0) > bound
    ]


def write(figures: dict[str, int]) -> None:
    """Write gas.json, the table for people, and our column beside the peers'."""
    GAS.write_text(json.dumps(figures, indent=2) + "\n")
    limits = bounds()
    rows = []
    for key in (key for key in figures if not key.endswith(MANY)):
        many = figures.get(key + MANY)
        cells = (f"{figures[key]:,}", f"{many:,}" if many else "", f"{limits[key]:,}" if key in limits else "")
        rows.append(f"| `{key}` | {' | '.join(cells)} |")
    README.write_text(HEAD + "\n".join(rows) + "\n")
    PEERS.write_text(beside_peers(PEERS.read_text(encoding="utf-8"), figures), encoding="utf-8")


def beside_peers(text: str, figures: dict[str, int]) -> str:
    """The README with our figures in its marked table: the second column, of the operation named in the first."""

    def ours(row: re.Match[str]) -> str:
        return f"{row[1]} {figures[row[2]]:,} |"

    return MARKED.sub(lambda table: OURS.sub(ours, table[0]), text)


def changes(before: dict[str, int], after: dict[str, int]) -> Table:
    """What differs from the committed figures, for the terminal."""
    table = Table("operation", title="Gas: what changed")
    for column in ("before", "now", "difference"):
        table.add_column(column, justify="right")
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old != new:
            difference = f"{new - old:+,}" if old is not None and new is not None else ""
            table.add_row(key, "" if old is None else f"{old:,}", "" if new is None else f"{new:,}", difference)
    if not table.rows:
        table.add_row("nothing", "", "", "")
    return table
