"""`ape run passes`, as exchange and holders type it, on a real node."""

import json
import os
import signal
import subprocess
import time

import ape
import pytest
from click.testing import CliRunner
from support.anvil import Node, key
from support.solidity import compile_source

from phemexia import artifacts
from phemexia.attest import CommitmentKey, Files, read_papers
from phemexia.toolchain import ROOT
from scripts import passes

ISSUER, GUARDIAN = 8, 7
DAY = 86_400


@pytest.fixture(scope="module")
def node():
    with Node() as node:
        yield node


@pytest.fixture
def soul_pass(node):
    """A pass of its own, so that tests don't meet."""

    def deploy(name, *args):
        artifact = artifacts.load(name)
        factory = node.web3.eth.contract(abi=artifact.abi, bytecode=artifact.initcode)
        sent = factory.constructor(*args).transact({"from": key(9).address})
        return node.web3.eth.contract(
            node.web3.eth.wait_for_transaction_receipt(sent)["contractAddress"], abi=artifact.abi
        )

    art = deploy("PassArt")
    return deploy(
        "SoulPass",
        key(9).address,
        key(ISSUER).address,
        key(7).address,
        key(9).address,
        key(9).address,
        art.address,
    )


@pytest.fixture
def run(node, soul_pass, monkeypatch):
    """Run a command; ``by`` is the number of a test account."""
    monkeypatch.setenv("APE_FOUNDRY_HOST", node.url)

    def invoke(*arguments, by=None, exit_code=0):
        given = [str(argument) for argument in arguments]
        signer = [] if by is None else ["--account", f"TEST::{by}"]
        result = CliRunner(mix_stderr=False).invoke(passes.cli, [*given, "--contract", soul_pass.address, *signer])
        assert result.exit_code == exit_code, (result.stdout, result.stderr, result.exception)
        assert "Traceback" not in result.stderr
        return result

    with ape.config.isolate_data_folder():
        yield invoke


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "commitment.key"
    CommitmentKey.create(path)
    return path


@pytest.fixture
def accounts(tmp_path):
    path = tmp_path / "accounts.csv"
    path.write_text("account,wallet\n" + "".join(f"acc{i},{key(i).address}\n" for i in range(3)))
    return path


def test_from_a_list_to_passes_and_a_recovery(run, node, soul_pass, secret, accounts, tmp_path):
    target = tmp_path / "vouchers"
    assert "3 vouchers signed" in run("issue", accounts, target, "--key", secret, by=ISSUER).stdout
    assert "3 there already" in run("issue", accounts, target, "--key", secret, by=ISSUER).stdout
    of = {json.loads(file.read_text())["id"]: file for file in target.glob("*.json")}

    assert "minted: pass 1" in run("mint", of["acc0"], by=0).stdout
    for number in (1, 2):
        run("consent", of[f"acc{number}"], by=number)
    assert "2 passes minted, 0 skipped, 1 used" in run("sponsor", target, by=5).stdout
    assert soul_pass.functions.lastId().call() == 3
    assert "3 with a pass" in run("issue", accounts, tmp_path / "again", "--key", secret, by=ISSUER).stdout

    paper = tmp_path / "recovery.json"
    run("recover", "voucher", "acc0", key(6).address, paper, "--key", secret, by=ISSUER)
    run("consent", paper, by=6)
    run("recover", "start", paper, by=5)
    refused = run("recover", "complete", "1", by=5, exit_code=2)
    assert "SoulPass__RecoveryWaits" in refused.stderr
    node.warp(node.now() + 7 * DAY)
    run("recover", "complete", "1", by=5)
    assert key(6).address in run("show", "1").stdout

    number = soul_pass.functions.passOf(key(1).address).call()  # 2 or 3, as the files of the vouchers sort
    run("revoke", str(number), "--reason", "7", by=ISSUER)
    assert "reason 7" in run("show", key(1).address, "--svg", tmp_path / "pass.svg").stdout
    assert (tmp_path / "pass.svg").read_bytes().startswith(b"<svg")


def test_recover_voucher_replaces_no_file(run, soul_pass, secret, tmp_path):
    """A slip of the hand must not cost the commitment key, which is made once."""
    before = secret.read_text()
    refused = run("recover", "voucher", "acc0", key(6).address, secret, "--key", secret, by=ISSUER, exit_code=2)
    assert "exists" in refused.stderr
    assert secret.read_text() == before
    nowhere = tmp_path / "nowhere" / "recovery.json"
    run("recover", "voucher", "acc0", key(6).address, nowhere, "--key", secret, by=ISSUER, exit_code=1)


def test_sponsor_reports_what_it_skips(run, soul_pass, secret, accounts, tmp_path):
    target = tmp_path / "vouchers"
    run("issue", accounts, target, "--key", secret, by=ISSUER)
    for file in target.glob("*.json"):
        entry = json.loads(file.read_text())
        file.write_text(json.dumps(entry | {"consent": "0x" + "01" * 65}))
    result = run("sponsor", target, by=5, exit_code=1)
    assert "0 passes minted, 3 skipped" in result.stdout
    assert result.stderr.count("SoulPass__NotConsented") == 3


def test_sponsor_leaves_gas_for_wallets_that_cost_more_than_they_told(run, node, soul_pass, secret, tmp_path):
    """A wallet that is cheap in the estimate and dear in the block can't make the others' mints run out of gas."""
    compiled = compile_source("MoodyWallet.sol")
    factory = node.web3.eth.contract(abi=compiled.abi, bytecode=compiled.initcode)
    wallets = []
    for _ in range(3):
        sent = factory.constructor().transact({"from": key(9).address})
        wallets.append(node.web3.eth.wait_for_transaction_receipt(sent)["contractAddress"])
    source, target = tmp_path / "accounts.csv", tmp_path / "vouchers"
    rows = [*wallets, key(1).address]
    source.write_text("account,wallet\n" + "".join(f"acc{i},{wallet}\n" for i, wallet in enumerate(rows)))
    run("issue", source, target, "--key", secret, by=ISSUER)
    for file in target.glob("*.json"):
        entry = json.loads(file.read_text())
        if entry["wallet"] in wallets:
            file.write_text(json.dumps(entry | {"consent": "0x01"}))
        else:
            run("consent", file, by=1)
    assert "1 passes minted, 3 skipped" in run("sponsor", target, by=5, exit_code=1).stdout
    sent = node.web3.eth.get_block("latest", full_transactions=True)["transactions"][0]
    assert 3 * 300_000 < sent["gas"] < 3 * 300_000 + 500_000


def test_each_office_lifts_its_own_pause(run, soul_pass, secret, accounts, tmp_path):
    target = tmp_path / "vouchers"
    run("issue", accounts, target, "--key", secret, by=ISSUER)
    voucher = next(path for path in target.glob("*.json") if key(1).address in path.read_text())
    assert "no pass is minted" in run("pause", by=GUARDIAN).stdout
    run("pause", by=ISSUER)
    assert "the other office's pause goes on" in run("resume", by=ISSUER).stdout
    assert "SoulPass__IssuancePaused" in run("mint", voucher, by=1, exit_code=2).stderr
    assert "passes are minted again" in run("resume", by=GUARDIAN).stdout
    run("mint", voucher, by=1)
    assert soul_pass.functions.passOf(key(1).address).call() == 1


@pytest.mark.parametrize(
    ("arguments", "by", "told"),
    [
        (("pause",), 0, "SoulPass__MayNotPause"),
        (("resume",), 0, "SoulPass__MayNotResume"),
        (("mint", "nowhere.json"), 0, "there is nothing at nowhere.json"),
        (("revoke", "1", "--reason", "7"), 0, "SoulPass__NotIssuer"),
        (("show", "1"), None, "there is no pass 1"),
        (("show", "0x12"), None, "0x12 is neither the id of a pass nor an address"),
        (("recover", "stop", "1"), 0, "SoulPass__MayNotStop"),
        (("revoke", "1", "--reason", "256"), 0, "256"),
    ],
)
def test_bad_input_is_one_sentence(run, arguments, by, told):
    result = run(*arguments, by=by, exit_code=2)
    assert told in result.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("wallet\n0x1\n", 'the column "account" is missing'),
        ("account\n1\n2\n1\n", "lines 2 and 4 name the same account"),
        ("account,wallet\n1,0x12\n", "line 2: the wallet is no address"),
    ],
)
def test_issue_refuses_a_flawed_list_and_writes_nothing(run, secret, tmp_path, content, told):
    source, target = tmp_path / "accounts.csv", tmp_path / "vouchers"
    source.write_text(content)
    assert told in run("issue", source, target, "--key", secret, by=ISSUER, exit_code=2).stderr
    assert not target.exists()


def test_issue_refuses_who_is_not_the_issuer(run, secret, accounts, tmp_path):
    result = run("issue", accounts, tmp_path / "vouchers", "--key", secret, by=0, exit_code=2)
    assert "is not the issuer" in result.stderr


@pytest.mark.parametrize("name", ["vouchers", "vouchers.json"], ids=["folder", "document"])
def test_issue_killed_and_started_again(run, node, soul_pass, secret, tmp_path, name):
    """Killed by the system in the middle: every account has one voucher in the end, none was signed twice."""
    source, target = tmp_path / "accounts.csv", tmp_path / name
    partial = tmp_path / "vouchers.json.partial"

    def there() -> int:
        """Vouchers that a folder or a growing document has."""
        if name == "vouchers":
            return len(list(target.glob("*.json")))
        return partial.read_bytes().count(b"\n") if partial.exists() else 0

    source.write_text("account,wallet\n" + "".join(f"{i},0x{i + 1:040x}\n" for i in range(600)))
    command = [
        str(ROOT / ".venv/bin/ape"), "run", "passes", "issue", str(source), str(target), "--key", str(secret),
        "--contract", soul_pass.address, "--account", f"TEST::{ISSUER}",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "APE_FOUNDRY_HOST": node.url},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while there() < 20 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    before = {account: paper.attestation for account, paper in Files(target).load().items()}
    assert 20 <= len(before) < 600
    assert name == "vouchers" or not target.exists()
    told = run("issue", source, target, "--key", secret, by=ISSUER).stdout
    assert f"{600 - len(before)} vouchers signed, {len(before)} there already" in told
    after = {paper.voucher.account: paper.attestation for paper in read_papers(target)}
    assert len(read_papers(target)) == len(after) == 600
    assert before.items() <= after.items()
    assert not partial.exists()
