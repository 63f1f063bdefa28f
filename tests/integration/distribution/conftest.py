"""A deployed suite a week before the TGE, accounts of the exchange with passes, a season that they traded in."""

import os
import signal
import subprocess
import time

import ape
import pytest
from click.testing import CliRunner
from support.anvil import Node, key
from support.holders import ISSUER, Holders
from support.trades import trade, write_trades

from phemexia.attest import CommitmentKey, Domain, Kind, Voucher
from phemexia.attest import KeySigner as Issuer
from phemexia.config import load_premining
from phemexia.premining.results import Question, compute
from phemexia.toolchain import ROOT
from scripts import claim, premining, vesting

BEGIN = 1_800_000_000
"""Friday 2027-01-15 08:00 UTC, a week before the TGE of config/networks/local.yaml."""
DAY = 86_400
FIRST, MEMBERS, TRADERS = 11, 12, 14
"""Account acc0 has the wallet of test account 11. Of the traders, the first so many have a pass."""
PUBLISHER, GRANTOR = 9, 10
SCRIPTS = {"premining": premining.cli, "claim": claim.cli, "vesting": vesting.cli}


class Exchange(Holders):
    """What the exchange does with its accounts: acc0, acc1, ..."""

    def start(self) -> None:
        self.key_path = self.records / "commitment.key"
        self.secret = CommitmentKey.create(self.key_path)
        for number in range(MEMBERS):
            self.admit(number)

    def wallet(self, number: int) -> str:
        return key(FIRST + number).address

    def admit(self, number: int) -> None:
        """An account mints its pass."""
        soul_pass = self.suite.soul_pass
        deadline = self.node.now() + DAY
        voucher = Voucher(self.wallet(number), self.secret.commit(f"acc{number}"), 0, deadline)
        domain = Domain(self.node.web3.eth.chain_id, soul_pass.address)
        attestation = Issuer(key(ISSUER)).sign(domain, Kind.VOUCHER, voucher)
        self.send(FIRST + number, soul_pass.functions.mint(voucher.as_tuple(), attestation))

    def record(self, number: int, kind: str) -> int:
        """What a pass says of an account."""
        word = kind.encode().ljust(32, b"\0")
        commitment = self.secret.commit(f"acc{number}")
        id_ = self.suite.soul_pass.functions.idOf(commitment).call()
        return self.suite.soul_pass.functions.entryOf(id_, word).call()[0]

    def pt(self, wallet: str) -> int:
        return self.suite.token.functions.balanceOf(wallet).call()


@pytest.fixture(scope="session")
def _world(tmp_path_factory):
    with Node(accounts=FIRST + TRADERS, timestamp=BEGIN) as node:
        world = Exchange(node, tmp_path_factory.mktemp("records"))
        world.start()
        yield world


@pytest.fixture
def world(_world):
    """The same in each test."""
    mark = _world.node.rpc("evm_snapshot")
    yield _world
    assert _world.node.rpc("evm_revert", mark)


@pytest.fixture(scope="session")
def _season(_world, tmp_path_factory):
    """Two stages: accN trades N + 1 thousand dollars in each, acc0 by API, too; acc1 not in the second."""
    folder = tmp_path_factory.mktemp("season")
    trades = [trade(n, stage, 1_000 * (n + 1)) for n in range(TRADERS) for stage in (1, 2) if (n, stage) != (1, 2)]
    trades.append(trade(0, 1, 7_000, "api"))
    lines = [f"acc{n},{n + 1},2026-05-01T00:00:00Z" for n in range(TRADERS)]
    (folder / "passes.csv").write_text("account,pass_id,minted_at\n" + "\n".join(lines) + "\n")
    question = Question(
        str(write_trades(folder / "trades.parquet", trades)), folder / "passes.csv", folder / "season",
        load_premining(), stages=2,
    )  # fmt: skip
    return question.target, compute(question)


@pytest.fixture
def season(_season, tmp_path):
    """A copy of the computed folder; its report."""
    import shutil

    folder, report = _season
    shutil.copytree(folder, tmp_path / "season")
    return tmp_path / "season", report


@pytest.fixture
def run(world, monkeypatch):
    """Run a command of a script; ``by`` is the number of a test account."""
    monkeypatch.setenv("APE_FOUNDRY_HOST", world.node.url)

    def invoke(script, *arguments, by=None, exit_code=0, chain=True):
        given = [str(argument) for argument in arguments]
        signer = [] if by is None else ["--account", f"TEST::{by}"]
        records = ["--records", str(world.records)] if chain else []
        result = CliRunner(mix_stderr=False).invoke(SCRIPTS[script], [*given, *records, *signer])
        assert result.exit_code == exit_code, (result.stdout, result.stderr, result.exception)
        assert "Traceback" not in result.stderr
        return result

    with ape.config.isolate_data_folder():
        yield invoke


@pytest.fixture
def refuses(world, run):
    """What a command is refused with: one sentence, exit code 2, and no transaction of anybody."""

    def attempt(*arguments, by=None, chain=True):
        before = world.node.web3.eth.block_number
        result = run(*arguments, by=by, exit_code=2, chain=chain)
        lines = [line for line in result.stderr.splitlines() if not line.startswith(("WARNING", "INFO"))]
        assert len(lines) == 1, result.stderr
        assert lines[0].startswith("error: ")
        assert world.node.web3.eth.block_number == before
        return lines[0].removeprefix("error: ")

    return attempt


@pytest.fixture
def killed(world):
    """Start a command as a process, and kill it as soon as a condition holds."""

    def start(until, *arguments, by):
        command = [
            str(ROOT / ".venv/bin/ape"), "run", *map(str, arguments), "--records", str(world.records),
            "--account", f"TEST::{by}", "--send",
        ]  # fmt: skip
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "APE_FOUNDRY_HOST": world.node.url},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while not until() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        assert until()

    return start
