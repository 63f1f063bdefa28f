"""What others import is current, complete, and compiles where they stand."""

import importlib.util
import json
import shutil
import subprocess

import pytest

from phemexia import artifacts, interfaces
from phemexia.deployment.plan import SAFE, STEPS
from phemexia.toolchain import BIN, ROOT


def test_abi_is_current():
    """If this fails: `make abi`, and commit what it writes."""
    assert interfaces.differences() == []


def test_every_contract_of_the_suite_has_one():
    assert set(interfaces.contracts()) >= {step.code or step.contract for step in STEPS} - SAFE.keys()
    assert {path.stem for path in (ROOT / "abi" / "json").iterdir()} == set(interfaces.contracts())


def test_no_part_of_a_contract_has_one():
    """Neither interfaces nor libraries nor what others inherit."""
    assert not {"IVotingEscrow", "EscrowLedger", "History", "PassBook"} & set(interfaces.contracts())


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(ROOT / "abi", tmp_path / "abi")


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("json/Treasury.json", lambda path: path.write_text(path.read_text().replace("Spent", "Paid"))),
        ("interfaces/token/IPlace.sol", lambda path: path.unlink()),
        ("interfaces/token/IOld.sol", lambda path: path.write_text("")),
        ("json/Old.json", lambda path: path.write_text("[]")),
        ("package.json", lambda path: path.write_text("{}")),
    ],
    ids=["changed", "missing", "left over", "of a contract that is gone", "package"],
)
def test_write_repairs_what_differs(copy, name, spoil):
    spoil(copy / name)
    assert interfaces.differences(copy) == [name]
    assert interfaces.write(copy) == [name]
    assert interfaces.differences(copy) == []


def test_an_interface_that_imports_a_contract_is_not_handed_out(tmp_path, monkeypatch):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "IThing.sol").write_text('pragma solidity 0.8.37;\nimport {Thing} from "./Thing.sol";\n')
    monkeypatch.setattr(interfaces, "ROOT", tmp_path)
    with pytest.raises(interfaces.Incomplete, match=r"imports \./Thing\.sol, which is no interface"):
        interfaces._interface(tmp_path / "room" / "IThing.sol")


def test_the_interfaces_compile_without_the_contracts():
    """Only the package and OpenZeppelin's are at hand, as in another project."""
    folder = ROOT / "abi" / "interfaces"
    sources = {
        f"phemexia-abi/interfaces/{p.relative_to(folder)}": {"content": p.read_text()}
        for p in folder.rglob("*.sol")
    }
    settings = {
        "remappings": ["@openzeppelin/contracts=node_modules/@openzeppelin/contracts"],
        "outputSelection": {"*": {"*": ["abi"]}},
    }
    request = {"language": "Solidity", "sources": sources, "settings": settings}
    command = [str(BIN / "solc"), "--standard-json", "--base-path", str(ROOT)]
    done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    assert [error["formattedMessage"] for error in answer.get("errors", []) if error["severity"] == "error"] == []
    compiled = answer["contracts"]["phemexia-abi/interfaces/escrow/IVotingEscrow.sol"]["IVotingEscrow"]["abi"]
    ours = artifacts.load("VotingEscrow").abi
    names = {(entry["type"], entry.get("name")) for entry in ours}
    assert {(entry["type"], entry.get("name")) for entry in compiled} <= names


def test_npm_packs_nothing_but_the_package():
    command = ["npm", "pack", "--dry-run", "--json", "./abi"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    (packed,) = json.loads(done.stdout)
    names = {entry["path"] for entry in packed["files"]}
    expected = {str(path) for path in interfaces.files()} | {"README.md"}
    assert names == expected
    assert packed["name"] == "phemexia-abi"


def test_the_loader_for_python():
    spec = importlib.util.spec_from_file_location("phemexia_abi", ROOT / "abi" / "__init__.py")
    loader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loader)
    assert loader.names() == interfaces.contracts()
    one, other = loader.load("SoulPass"), artifacts.load("SoulPass").abi
    assert sorted(map(json.dumps, one)) == sorted(map(json.dumps, other))
    with pytest.raises(KeyError, match="there is no contract Soul"):
        loader.load("Soul")
    with pytest.raises(KeyError):
        loader.load("../package")
