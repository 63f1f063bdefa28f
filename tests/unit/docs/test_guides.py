"""The guides name what there is: contracts, interfaces, events, views, sentences."""

import ast
import re

import pytest
from support.guides import parts

from phemexia import artifacts, interfaces
from phemexia.holder.vip import THRESHOLDS
from phemexia.toolchain import ROOT
from scripts import holder

HOLDERS = (ROOT / "docs" / "holders.md").read_text(encoding="utf-8")
INTEGRATORS = (ROOT / "docs" / "integrators.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "docs" / "examples" / "VipGate.sol").read_text(encoding="utf-8")


def rows(text, columns):
    """The cells of the table with that head."""
    body = text.partition(columns + "\n")[2].splitlines()[1:]
    table = []
    for line in body:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split(" | ")])
    assert table
    return table


def spans(cell):
    return re.findall(r"`([^`]+)`", cell)


def named(contract, kind):
    return {entry["name"] for entry in artifacts.load(contract).abi if entry["type"] == kind}


# --- holders


def test_every_command_of_the_holder_is_in_the_guide():
    assert set(re.findall(r"ape run holder ([a-z]+)", HOLDERS)) == set(holder.cli.commands)


def said():
    """Every text in what the holder's commands are made of; what is filled in reads as three dots."""
    rooms = [ROOT / "phemexia" / "holder", ROOT / "phemexia" / "distribution"]
    sources = [*(path for room in rooms for path in room.glob("*.py")), ROOT / "phemexia" / "cli.py"]
    sources.append(ROOT / "scripts" / "claim.py")
    for node in (node for path in sources for node in ast.walk(ast.parse(path.read_text()))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "..." for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize(
    "sentence", [sentence for row in rows(HOLDERS, "| sentence | what to do |") for sentence in spans(row[0])]
)
def test_what_the_commands_say_is_quoted_as_they_say_it(sentence):
    pieces = [piece for piece in (piece.strip(' ."') for piece in sentence.split("...")) if piece]
    pattern = re.compile(".*?".join(map(re.escape, pieces)), re.DOTALL)
    assert any(pattern.search(text) for text in said()), pieces


# --- integrators


def test_every_interface_is_handed_out():
    made = {path.stem for path in interfaces.files() if path.suffix == ".sol"}
    for contract, given, _ in rows(INTEGRATORS, "| contract | interfaces | standards |"):
        assert spans(contract)[0] in interfaces.contracts()
        assert set(spans(given)) <= made, contract


def test_every_event_is_in_the_abi():
    for contract, events, _ in rows(INTEGRATORS, "| contract | event | says |"):
        (name,) = spans(contract)
        assert set(spans(events)) <= named(name, "event"), name


def test_every_view_is_in_the_abi():
    asked = [row[1] for row in rows(INTEGRATORS, "| question | ask |")]
    full = re.findall(r"`(\w+)\.(\w+)\(", " ".join(asked))
    assert len(full) == 6
    for contract, view in full:
        assert view in named(contract, "function"), view
    short = {re.match(r"\w+", span)[0] for cell in asked for span in spans(cell) if "." not in span}
    assert short <= named("VotingEscrow", "function")
    assert {"proposalQuorum", "state"} <= named("PhemexGovernor", "function")
    assert {"lockHistory", "lineHistory"} <= named("VotingEscrow", "function")


@pytest.mark.parametrize("part", [part for part in parts("integrators.md") if part.kind == "solidity"])
def test_solidity_is_that_of_the_example(part):
    assert part.text in EXAMPLE


def test_the_example_has_the_thresholds_of_the_commands():
    found = re.findall(r"weight >= ([\d_]+)e18", EXAMPLE)
    assert sorted(int(whole.replace("_", "")) * 10**18 for whole in found) == list(THRESHOLDS)
