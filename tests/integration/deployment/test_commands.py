"""`ape run deploy` and `ape run check`, as an operator types them."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import ape
import pytest
from click.testing import CliRunner, Result
from eth_account import Account
from support.anvil import Node, key

from phemexia.deployment.plan import STEPS
from phemexia.toolchain import ROOT
from scripts import check, deploy

PASSPHRASE = "open sesame"
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in this process (ape takes seconds to start), with a home and records of its own."""
    monkeypatch.setenv("APE_ACCOUNTS_deployer_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("APE_FOUNDRY_HOST", NOWHERE)

    def invoke(command, *arguments, node=None):
        if node is not None:
            monkeypatch.setenv("APE_FOUNDRY_HOST", node.url)
        return CliRunner(mix_stderr=False).invoke(
            command.cli, [*arguments, "--records", str(tmp_path / "records")]
        )

    with ape.config.isolate_data_folder():
        yield invoke


def keyfile(alias: str, index: int) -> None:
    folder = Path(ape.config.DATA_FOLDER) / "accounts"
    folder.mkdir(parents=True, exist_ok=True)
    encrypted = Account.encrypt(key(index).key, PASSPHRASE, kdf="pbkdf2", iterations=2)
    (folder / f"{alias}.json").write_text(json.dumps(encrypted))
    vars(ape.accounts).pop("containers", None)  # ape keeps the folder of whoever asked first in this process


def refused(result: Result, sentence: str) -> None:
    """One sentence on stderr, exit code 2, nothing else."""
    assert result.exit_code == 2, result.stderr
    lines = [line for line in result.stderr.splitlines() if not line.startswith(("WARNING", "INFO"))]
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("error: ")
    assert sentence in lines[0]


def test_a_killed_run_goes_on_and_a_third_sends_nothing(run, tmp_path):
    """The whole life on a local node: killed without warning, completed, repeated, proven."""
    deployer = key(0).address
    with Node(no_mining=True) as node:
        killed = subprocess.Popen(
            [ROOT / ".venv" / "bin" / "ape", "run", "deploy", "--records", tmp_path / "records"],
            cwd=ROOT,
            env=os.environ | {"APE_FOUNDRY_HOST": node.url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.time() + 60
        while node.rpc("txpool_status")["pending"] == "0x0":
            assert time.time() < deadline
            time.sleep(0.05)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        node.rpc("evm_setAutomine", True)
        node.rpc("evm_mine")

        completed = run(deploy, node=node)
        assert completed.exit_code == 0, completed.stderr
        assert "taking up 0x" in completed.stdout
        assert "no difference" in completed.stdout
        assert node.web3.eth.get_transaction_count(deployer) == len(STEPS)

        repeated = run(deploy, node=node)
        assert repeated.exit_code == 0, repeated.stderr
        assert "Everything stood already: no transaction was sent." in repeated.stdout
        assert node.web3.eth.get_transaction_count(deployer) == len(STEPS)

        checked = run(check, node=node)
        assert checked.exit_code == 0, checked.stderr
        assert "PROPOSER_ROLE" in checked.stdout


def test_a_test_network_takes_an_account_of_ape(run, tmp_path):
    with Node(chain_id=11155111) as node:
        network = ("--network", f"ethereum:sepolia:{node.url}")
        refused(run(deploy, *network), "no account: name the one that deploys by --account ALIAS")
        refused(run(deploy, *network, "--account", "nobody"), 'there is no account "nobody"')
        refused(run(check, *network), "nothing is recorded for ethereum-sepolia")
        assert node.web3.eth.block_number == 0

        keyfile("deployer", 0)
        deployed = run(deploy, *network, "--account", "deployer", "--yes")
        assert deployed.exit_code == 0, deployed.stderr
        assert f"Deployed {len(STEPS)} contracts" in deployed.stdout

        record = json.loads((tmp_path / "records" / "ethereum-sepolia.json").read_text())
        address = record["contracts"]["SoulPass"]["address"]
        node.rpc("anvil_setCode", address, "0x")
        checked = run(check, *network)
        assert checked.exit_code == 1
        assert f"code SoulPass: nothing stands at {address}" in checked.stdout


@pytest.mark.parametrize(
    ("command", "arguments", "sentence"),
    [
        (deploy, ("--network", f"ethereum:sepolia:{NOWHERE}"), f"node found on '{NOWHERE}'"),
        (deploy, ("--network", "ethereum:atlantis"), "No network in 'ethereum' named 'atlantis'"),
        (check, ("--acount", "x"), "No such option"),
    ],
    ids=["dead node", "unknown network", "unknown option"],
)
def test_bad_input_is_one_sentence(run, command, arguments, sentence):
    refused(run(command, *arguments), sentence)


def test_another_chain_behind_the_address_is_refused(run):
    with Node() as node:
        result = run(deploy, "--network", f"ethereum:sepolia:{node.url}", "--account", "deployer")
        refused(result, "'31337', which does not match network chain ID '11155111'")
        assert node.web3.eth.block_number == 0


@pytest.mark.parametrize(("command", "name"), [(deploy, "deploy"), (check, "check")])
def test_help_has_an_example(run, command, name):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Examples:\n" in result.stdout
    assert f"  ape run {name}" in result.stdout
