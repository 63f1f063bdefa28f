"""A stand-in for Sepolia, an operator's home with an encrypted key, and the commands as they are typed."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from eth_account import Account
from support.anvil import Node

from phemexia.deployment.origin import DEPLOYED
from phemexia.deployment.plan import STEPS
from phemexia.toolchain import ROOT

CHAIN_ID = 11_155_111
PASSPHRASE = "a passphrase of the operator's own"
NAMES = [step.contract for step in STEPS]


@dataclass
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def sentences(self) -> list[str]:
        """What it said on stderr, without ape's notes and warnings about accounts that sign by themselves."""
        return [line for line in self.err.splitlines() if line and not line.startswith(("WARNING", "INFO", "  "))]


@dataclass
class Operator:
    """A home for ape and for the records, apart from those of whoever runs the tests."""

    home: Path
    node: str
    passphrase: str = PASSPHRASE
    address: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        account = Account.create()
        self.address = account.address
        accounts = self.home / "ape" / "accounts"
        accounts.mkdir(parents=True)
        encrypted = Account.encrypt(account.key, PASSPHRASE, kdf="scrypt", iterations=2**12)
        (accounts / "deployer.json").write_text(json.dumps(encrypted))
        self.connect(self.node)

    def connect(self, url: str) -> None:
        """Write where the node of Sepolia is, as the guide says."""
        self.node = url
        sepolia = f"node:\n  ethereum:\n    sepolia:\n      uri: {url}\n"
        (self.home / "ape" / "ape-config.yaml").write_text(sepolia)

    @property
    def records(self) -> Path:
        return self.home / "deployments"

    @property
    def record(self) -> Path:
        return self.records / "ethereum-sepolia.json"

    @property
    def log(self) -> list[dict]:
        """The lines of the operators' log."""
        path = self.record.with_suffix(".log")
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "APE_DATA_FOLDER": str(self.home / "ape"),
            "APE_ACCOUNTS_deployer_PASSPHRASE": self.passphrase,
            "PHEMEXIA_RECORDS": str(self.records),
            **self.extra,
        }

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Start `ape ...`; whoever starts it waits for it."""
        return subprocess.Popen(
            [str(ROOT / ".venv" / "bin" / "ape"), *arguments],
            cwd=ROOT, env=self.environment, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def ape(self, *arguments: str, answer: str = "", patience: float = 180) -> Done:
        """Run `ape ...` to its end."""
        process = self.begin(*arguments)
        try:
            out, err = process.communicate(answer, timeout=patience)
        finally:
            process.kill()
        return Done(process.returncode, out, err)

    def run(self, command: str, *arguments: str, answer: str = "") -> Done:
        """`ape run COMMAND --network ethereum:sepolia:node ...`."""
        network = ("--network", "ethereum:sepolia:node")
        patience = 500 if command == "verify" else 180  # it compiles all, one by one
        return self.ape("run", command, *network, *arguments, answer=answer, patience=patience)


class StandIn(Node):
    """Anvil with Sepolia's chain id and a block each second, which can go away and come back."""

    def __init__(self, state: Path, **options) -> None:
        self.state = state
        keep = {"dump_state": state, "state_interval": 1, "preserve_historical_states": True}
        kept = {"load_state": state} if state.exists() else {}
        super().__init__(chain_id=CHAIN_ID, block_time=1, **keep, **kept, **options)

    def die(self) -> None:
        """Without a word, as a machine that loses power."""
        assert self._process is not None
        self._process.kill()
        self.stop()

    def come_back(self) -> "StandIn":
        """A new process at the same address, with the chain as it was last kept."""
        return StandIn(self.state, port=self.port).start()

    def fund(self, address: str, wei: int = 10**18) -> None:
        self.rpc("anvil_setBalance", address, hex(wei))

    def sent(self, address: str) -> list[dict]:
        """Every mined transaction of an account, read from the blocks."""
        found = []
        for number in range(self.web3.eth.block_number + 1):
            block = self.web3.eth.get_block(number, full_transactions=True)
            found += [dict(each) for each in block["transactions"] if each["from"] == address]
        return found

    def made(self, factory: str) -> list[str]:
        """Every contract that the factory's events name, with those that it would name twice."""
        logs = self.web3.eth.get_logs({"address": factory, "topics": [DEPLOYED], "fromBlock": 0})
        return [log["topics"][3].to_0x_hex() for log in logs]


@pytest.fixture(scope="module")
def deployed(tmp_path_factory) -> Iterator[tuple[StandIn, Operator]]:
    """A stand-in with the suite on it, and the operator who deployed it; for tests that change nothing."""
    folder = tmp_path_factory.mktemp("deployed")
    node = StandIn(folder / "chain.json").start()
    try:
        operator = Operator(folder / "home", node.url)
        node.fund(operator.address)
        done = operator.run("deploy", "--account", "deployer", "--yes")
        assert done.code == 0, done
        yield node, operator
    finally:
        node.stop()


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[Callable[[], StandIn]]:
    """The stand-in; `stand_in.node` after it came back is another process."""
    node = StandIn(tmp_path / "chain.json").start()
    box = [node]

    def current(replace: StandIn | None = None) -> StandIn:
        if replace is not None:
            box[0] = replace
        return box[0]

    yield current
    box[0].stop()


@pytest.fixture
def operator(stand_in, tmp_path: Path) -> Operator:
    """An operator with one ether on the stand-in."""
    operator = Operator(tmp_path / "home", stand_in().url)
    stand_in().fund(operator.address)
    return operator


@pytest.fixture
def refused(stand_in, operator) -> Callable[..., None]:
    """A command ends with one sentence and exit code 2; nothing is sent, and nothing on disk is lost."""

    def check(sentence: str, command: str, *arguments: str, answer: str = "") -> None:
        before = _files(operator), stand_in().web3.eth.get_transaction_count(operator.address)
        done = operator.run(command, *arguments, answer=answer)
        assert done.code == 2, done
        assert len(done.sentences) == 1, done.err
        assert sentence in done.sentences[0]
        assert "Traceback" not in done.out + done.err
        after = _files(operator), stand_in().web3.eth.get_transaction_count(operator.address, "pending")
        assert after == before

    return check


def _files(operator: Operator) -> dict[str, str]:
    return {path.name: path.read_text() for path in operator.records.glob("*")}
