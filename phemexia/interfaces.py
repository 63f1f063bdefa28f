"""What others import: `abi/`, a package of the suite's ABIs (JSON) and interfaces (Solidity).

Run as a program it writes the folder anew. Everything comes from the sources and what was compiled from them.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from phemexia import artifacts
from phemexia.toolchain import ROOT

FOLDER = ROOT / "abi"
CONTRACTS = ROOT / "contracts"
PRAGMA = ">=0.8.20"
"""What interfaces need; the contracts themselves have one exact compiler."""
INTERFACE = re.compile(r"I[A-Z]\w*\.sol")
CONTRACT = re.compile(r"^contract (\w+)", re.MULTILINE)
IMPORT = re.compile(r'^import .*?"(\.[^"]+)";', re.MULTILINE | re.DOTALL)


class Incomplete(Exception):
    """An interface imports what is none, so it can't be handed out."""


def contracts() -> list[str]:
    """The names of all contracts that can be deployed, sorted: no interfaces, libraries or parts of others."""
    sources = (path.read_text(encoding="utf-8") for path in CONTRACTS.rglob("*.sol"))
    return sorted(name for source in sources for name in CONTRACT.findall(source))


def files() -> dict[Path, str]:
    """Every file that is made, by its path within the folder."""
    made = {Path("json") / f"{name}.json": _json(artifacts.load(name).abi) for name in contracts()}
    for source in sorted(CONTRACTS.rglob("*.sol")):
        if INTERFACE.fullmatch(source.name):
            made[Path("interfaces") / source.relative_to(CONTRACTS)] = _interface(source)
    made[Path("package.json")] = _package()
    return made


def _json(abi: list[dict[str, Any]]) -> str:
    """One entry on a line, in an order of its own, so that a change shows as what it is."""

    def key(entry: dict[str, Any]) -> tuple[str, str, str]:
        return entry["type"], entry.get("name", ""), json.dumps(entry.get("inputs", []))

    return "[\n" + ",\n".join(f"  {json.dumps(entry)}" for entry in sorted(abi, key=key)) + "\n]\n"


def _interface(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    for target in IMPORT.findall(text):
        if not INTERFACE.fullmatch(Path(target).name):
            raise Incomplete(f"{path.relative_to(ROOT)} imports {target}, which is no interface")
    return re.sub(r"^pragma solidity [^;]+;", f"pragma solidity {PRAGMA};", text, flags=re.MULTILINE)


def _package() -> str:
    ours = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    library = "@openzeppelin/contracts"
    package = {
        "name": "phemexia-abi",
        "version": ours["version"],
        "private": True,
        "license": ours["license"],
        "description": "ABIs and interfaces of Phemexia.",
        "files": ["json", "interfaces"],
        "exports": {
            "./json/*": "./json/*",
            "./interfaces/*": "./interfaces/*",
            "./package.json": "./package.json",
        },
        "dependencies": {library: f"^{ours['dependencies'][library]}"},
    }
    return json.dumps(package, indent=2) + "\n"


def differences(folder: Path = FOLDER) -> list[str]:
    """Which files of the folder are not what they would be made as, sorted."""
    made = files()
    present = {
        path.relative_to(folder) for room in ("json", "interfaces") for path in (folder / room).rglob("*.*")
    }
    wrong = {path for path, text in made.items() if not _is(folder / path, text)}
    return sorted(map(str, wrong | (present - made.keys())))


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def write(folder: Path = FOLDER) -> list[str]:
    """Make the folder what it should be; the files that changed, sorted."""
    changed, made = differences(folder), files()
    for name in changed:
        path = folder / name
        if Path(name) not in made:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[Path(name)], encoding="utf-8")
    return changed


def main() -> int:
    """Write the folder, and say what changed."""
    for name in write():
        print(f"abi/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
