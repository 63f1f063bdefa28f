"""What the documents say about the project is so: links, commands, figures, tables, sentences."""

import ast
import json
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pydantic import BaseModel

from phemexia.config import load
from phemexia.config.models import Governance, Network, Premining, Tokenomics
from phemexia.deployment.plan import STEPS
from phemexia.deployment.rehearsal import rehearse
from phemexia.toolchain import ROOT

INSTALLED = {"node_modules"}
OURS = [
    ROOT,
    *(path for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "." and path.name not in INSTALLED),
]
DOCUMENTS = sorted(
    path.relative_to(ROOT) for room in OURS for path in (room.glob("*.md") if room == ROOT else room.rglob("*.md"))
)

APES_OWN = (
    "Failed to unlock after 3 attempts",
    "Missing URI for network",
    "No (supported) node found on",
    "Provider connected to chain ID",
    "No network in ",
)
"""Sentences in the operators' tables that ape says, not this project."""


def text(name: str | Path) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose(name: str | Path) -> str:
    """A document without its fenced blocks."""
    return re.sub(r"^\s*```.*?^\s*```", "", text(name), flags=re.DOTALL | re.MULTILINE)


def code(name: str | Path) -> list[str]:
    """All that a document shows as code: spans, and the lines of fenced blocks."""
    fenced = re.findall(r"^\s*```\w*\n(.*?)^\s*```", text(name), flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"`([^`\n]+)`", prose(name)) + [
        line.strip() for block in fenced for line in block.splitlines()
    ]


def rows(name: str | Path, columns: str) -> list[list[str]]:
    """The cells of the table with that head."""
    lines = text(name).splitlines()
    first = lines.index(columns) + 2
    table = []
    for line in lines[first:]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split(" | ")])
    assert table
    return table


def slugs(name: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub forms them."""
    headings = re.findall(r"^#+ (.+)$", prose(name), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_relative_link_resolves(document):
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (ROOT / document.parent / path).resolve() if path else ROOT / document
        assert found.exists(), target
        assert found.is_relative_to(ROOT), target
        if anchor:
            assert anchor in slugs(found.relative_to(ROOT)), target


def test_the_documents_link_to_each_other():
    """No document is out of reach from the README."""
    reached, open_ = set(), {Path("README.md")}
    while open_:
        document = open_.pop()
        reached.add(document)
        for target in re.findall(r"\]\(([^)#\s]+\.md)", prose(document)):
            if not re.match(r"[a-z]+:", target):
                linked = (ROOT / document.parent / target).resolve().relative_to(ROOT)
                open_ |= {linked} - reached
    assert reached >= {path for path in DOCUMENTS if path.parts[0] == "docs"}


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text("Makefile"), flags=re.MULTILINE))


def test_every_make_command_exists():
    named = {
        (document, command)
        for document in DOCUMENTS
        for line in code(document)
        for command in re.findall(r"^make ([a-z-]+)", line)
    }
    assert len({command for _, command in named}) > 8
    assert [(str(where), command) for where, command in named if command not in make_targets()] == []


def test_contributing_names_every_make_command():
    listed = {
        row[0].strip("`").removeprefix("make ") for row in rows("CONTRIBUTING.md", "| command | what it does |")
    }
    assert listed == make_targets()


def test_every_ape_command_exists():
    named = {
        command
        for document in DOCUMENTS
        for line in code(document)
        for command in re.findall(r"\bape run ([a-z_-]+)", line)
    }
    assert named == {path.stem for path in (ROOT / "scripts").glob("*.py")}


def test_figures_in_the_readme_are_those_of_the_bench():
    figures = json.loads(text("bench/gas.json"))
    table = rows("README.md", "| operation | Phemexia | Curve veCRV | Velodrome v2 | Pendle vePENDLE |")
    assert len(table) >= 3
    for operation, ours, *_ in table:
        (key,) = re.findall(r"`([^`]+)`", operation)
        assert ours == f"{figures[key]:,}", key
        assert figures[f"{key}@10000"] == figures[key], key


@pytest.mark.parametrize("document", ["README.md", "docs/operators.md"])
def test_gas_of_a_deployment_is_what_is_said(document):
    plan = rehearse(load("local"), "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", 1_800_000_000)
    millions = round(sum(step.gas for step in plan.values()) / 10**6)
    assert re.findall(r"about (\d+) million gas", text(document)) == [str(millions)]


def test_the_readme_names_every_room():
    linked = set(re.findall(r"^\| \[`([^`]+)/`\]", text("README.md"), flags=re.MULTILINE))
    rooms = {f"contracts/{path.name}" for path in (ROOT / "contracts").glob("[!.]*")}
    assert linked == rooms | {"phemexia", "scripts", "config", "tests", "bench", "toolchain", "docs", "abi"}
    assert len(text("README.md").splitlines()) < 150


def test_rooms_import_what_the_architecture_says():
    known = {}
    for room, _, knows in rows("docs/architecture.md", "| room | what stands in it | knows |"):
        name = re.findall(r"\[(\w+)\]", room)[0]
        known[name] = set() if knows == "nobody" else set(knows.split(", "))
    imported = {path.name: set() for path in (ROOT / "contracts").glob("[!.]*")}
    for path in (ROOT / "contracts").glob("[!.]*/**/*.sol"):
        room, *within = path.relative_to(ROOT / "contracts").parts[:-1]
        up = re.escape("../" * (1 + len(within)))
        imported[room] |= set(re.findall(rf'"{up}(\w+)/', path.read_text()))
    assert imported == known


def test_the_architecture_has_the_order_of_deployment():
    listed = rows("docs/architecture.md", "| step | contract | is told |")
    assert [(row[0], row[1].strip("`")) for row in listed] == [
        (str(i), step.contract) for i, step in enumerate(STEPS, 1)
    ]
    ruled = {row[0].strip("`") for row in rows("docs/architecture.md", "| contract | told what to do by |")}
    assert ruled == {step.contract for step in STEPS}
    assert f"Deployed {len(STEPS)} contracts" in text("docs/operators.md")


def keys(model: type[BaseModel], above: str = "") -> set[str]:
    """Every key of a file that the model describes, dotted."""
    found = set()
    for name, field in model.model_fields.items():
        inner = field.annotation
        if getattr(inner, "__origin__", None) is list:
            (item,) = inner.__args__
            found.add(f"{above}{name}")
            if isinstance(item, type) and issubclass(item, BaseModel):
                found |= keys(item, f"{above}{name}[].")
        elif isinstance(inner, type) and issubclass(inner, BaseModel):
            found |= keys(inner, f"{above}{name}.")
        else:
            found.add(f"{above}{name}")
    return found


def test_every_key_is_documented():
    documented = set(re.findall(r"^\| `([\w.\[\]]+)` \|", text("docs/configuration.md"), flags=re.MULTILINE))
    assert documented == keys(Tokenomics) | keys(Premining) | keys(Governance) | keys(Network)


@cache
def said() -> list[str]:
    """Every text in the library, the commands and the set-up; what is filled in reads as three dots."""
    found = [re.sub(r"\$\{?\w+\}?", "...", line) for line in text("toolchain/setup.sh").splitlines()]
    for path in [*(ROOT / "phemexia").rglob("*.py"), *(ROOT / "scripts").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr):
                parts = (str(part.value) if isinstance(part, ast.Constant) else "..." for part in node.values)
                found.append("".join(parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return found


def sentences() -> list[str]:
    """The sentences in the operators' tables."""
    tables = text("docs/operators.md").partition("## What the commands say")[2]
    cells = [line.split(" | ")[0] for line in tables.splitlines() if line.startswith("| `")]
    quoted = [sentence for cell in cells for sentence in re.findall(r"`([^`]+)`", cell)]
    return [sentence for sentence in quoted if not sentence.startswith(APES_OWN)]


@pytest.mark.parametrize("sentence", sentences())
def test_what_the_commands_say_is_quoted_as_they_say_it(sentence):
    """The parts of a sentence around what is filled in stand in one text of the code, in that order."""
    parts = [part for part in (p.strip(" ./()\"'") for p in sentence.split("...")) if part]
    pattern = re.compile(".*?".join(map(re.escape, parts)), re.DOTALL)
    assert any(pattern.search(one) for one in said()), parts


def test_the_picture_names_every_contract():
    picture = ElementTree.parse(ROOT / "docs" / "parts.svg")
    shown = " ".join(element.text or "" for element in picture.iter() if element.tag.endswith("}text"))
    assert [step.contract for step in STEPS if step.contract not in shown] == []
