"""What one does with a deployment that stands: the console, the sources for explorers, and an edited record."""

import json
import subprocess
from pathlib import Path

import pytest

from phemexia.cli import CONSOLE
from phemexia.deployment.plan import SAFE, compiled
from phemexia.toolchain import BIN


@pytest.fixture
def record(deployed):
    """The record, put back afterwards."""
    _, operator = deployed
    before = operator.record.read_text()
    yield json.loads(before)
    operator.record.write_text(before)


def console(operator, *lines):
    """What `ape console` prints for these lines, typed into it."""
    network = ("--network", "ethereum:sepolia:node")
    return operator.ape("console", *network, answer="\n".join([*lines, "exit", ""]))


def test_console_binds_the_suite(deployed, record):
    _, operator = deployed
    lines = [f"print('{short}', {short}.address)" for short in CONSOLE]
    lines += ["print('supply', pt.totalSupply())", "print('owner', ve.dao() == timelock.address)"]
    lines += ["print('class', gov.name(), record.release, figures.network.chain_id, suite.token.address)"]
    done = console(operator, *lines)
    assert done.code == 0, done
    for short, contract in CONSOLE.items():
        assert f"{short} {record['contracts'][contract]['address']}" in done.out
    assert f"supply {10**27}" in done.out
    assert "owner True" in done.out
    token = record["contracts"]["PhemexToken"]["address"]
    assert f"class Phemexia DAO phemexia-1 11155111 {token}" in done.out


def test_console_says_why_it_knows_no_suite(deployed, record):
    """And goes on: whoever is there may want to look at the chain."""
    _, operator = deployed
    operator.record.rename(operator.record.with_suffix(".away"))
    try:
        done = console(operator, "gov", "print('still here')")
    finally:
        operator.record.with_suffix(".away").rename(operator.record)
    assert "error: nothing is recorded for ethereum-sepolia: run 'ape run deploy'" in done.err
    assert "Traceback" not in done.err
    assert "still here" in done.out


def test_an_edited_record_is_refused(deployed, record):
    """One sentence from each command; the record stays, for whoever wants to know what was edited."""
    node, operator = deployed
    record["contracts"]["Treasury"]["address"] = operator.address
    edited = json.dumps(record)
    operator.record.write_text(edited)
    before = len(node.sent(operator.address))
    for command, *arguments in (("deploy", "--account", "deployer", "--yes"), ("check",)):
        done = operator.run(command, *arguments)
        assert (done.code, len(done.sentences)) == (2, 1), done
        assert "ethereum-sepolia.json was edited: it has Treasury at" in done.sentences[0]
    assert operator.record.read_text() == edited
    assert len(node.sent(operator.address)) == before
    assert "was edited: it has Treasury at" in console(operator, "gov").err


def test_verify_writes_what_an_explorer_recompiles(deployed, record, tmp_path):
    """Each input compiles on its own, without a file beside it, to the code that was sent."""
    node, operator = deployed
    folder = tmp_path / "bundle"
    done = operator.run("verify", str(folder))
    assert done.code == 0, done
    index = json.loads((folder / "index.json").read_text())
    assert (index["chain_id"], index["compiler"]) == (11155111, "v0.8.37+commit.f401782d")
    ours = [name for name in record["contracts"] if name not in SAFE]  # explorers know Safe
    assert list(index["contracts"]) == ours
    for name, entry in index["contracts"].items():
        assert entry["address"] == record["contracts"][name]["address"]
        input_, arguments = folder / name / "input.json", (folder / name / "arguments.txt").read_text().strip()
        sent = bytes(node.web3.eth.get_transaction(entry["transaction"])["input"])
        assert compiled(name).initcode + bytes.fromhex(arguments) in sent
        if name in ("Create3Factory", "Mandates", "Treasury"):  # the command has compiled them all
            assert _compiled(input_, *entry["contract"].split(":")) == compiled(name).initcode
    assert f"{len(ours)} contracts" in done.out

    again = operator.run("verify", str(folder))
    assert again.code == 2
    assert "is there already" in again.sentences[0]
    publish = operator.run("verify", str(tmp_path / "other"), "--publish")
    assert publish.code == 2
    assert "no explorer is known for ethereum-sepolia" in publish.sentences[0]
    assert not (tmp_path / "other").exists()


def _compiled(path: Path, source: str, name: str) -> bytes:
    command = [str(BIN / "solc"), "--standard-json", "--base-path", str(path.parent)]
    done = subprocess.run(command, input=path.read_text(), capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    return bytes.fromhex(answer["contracts"][source][name]["evm"]["bytecode"]["object"])
