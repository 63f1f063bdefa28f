"""docs/operators.md, typed by an operator who knows nothing else: here, and on stand-ins for Sepolia."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.anvil import Node, key
from support.guides import parts
from support.holders import DAY, FOUNDER, PT, Holders
from support.trades import trade, write_trades
from support.typist import Typist

from phemexia.attest import CommitmentKey, Domain, Kind, Paper, Voucher
from phemexia.attest import KeySigner as Issuer
from phemexia.cli import CONSOLE
from phemexia.deployment import Manifest
from phemexia.deployment.plan import SAFE, STEPS
from phemexia.toolchain import ROOT

GUIDE = "operators.md"
TEXT = (ROOT / "docs" / GUIDE).read_text(encoding="utf-8")
BEGIN = 1_779_235_200
"""Wednesday 2026-05-20, before the first stage of pre-mining: who mints now is counted from its beginning on."""
CHAIN_ID = 11_155_111
ISSUER, GUARDIAN, PUBLISHER, GRANTOR, LOST, NEW = 8, 7, 9, 10, 5, 6
"""Numbers of test accounts: the first four are those that the network's file names."""
PASSPHRASE = "a passphrase of the operator's own"
GENERATE = f"some noise\ny\n{PASSPHRASE}\n{PASSPHRASE}\n"
AGREE = f"{PASSPHRASE}\ny\n"
"""What is typed when `ape accounts generate` asks, and when a command asks for the passphrase and for consent."""
SPEED = "ethereum:\n  sepolia:\n    block_time: 1\n"
"""The stand-in mines faster than Sepolia, and ape waits in proportion."""
LOCAL, SEPOLIA = "http://127.0.0.1:8545", "--network ethereum:sepolia:node"
UNTYPED = {
    "ape accounts generate NAME": "each holder's own key, made as the deployer's is in section 4",
    "ape accounts import NAME": "an alternative to `ape accounts generate deployer`, with a key that one has",
    "ape plugins install etherscan": "installs from the internet, and changes the environment of all other tests",
    "ape run claim season/ --relay orders/": "wants a root that counts; tests/integration/distribution types it",
    "ape run passes recover stop 1": "an alternative to `recover complete 1`",
    "ape networks list": "answers a mistyped network; needs no suite",
    "ape run passes recover stop": "as above, in a table",
    "make fork": "does sections 4 and 5 once more",
    "make setup PYTHON=/path/to/python3.12": "wants another Python than the one that runs the tests",
}
"""Commands that the test does not type, with the reason."""


def written() -> list[str]:
    """Every line of the guide's blocks, in order."""
    return [line for part in parts(GUIDE) if part.kind == "sh" for line in part.lines]


def typed() -> list[str]:
    """Those that the test types."""
    return [line for line in written() if line not in UNTYPED]


def test_every_command_is_typed_or_has_a_reason():
    blockless = re.sub(r"^ *```.*?^ *```", "", TEXT, flags=re.DOTALL | re.MULTILINE)
    commands = {one for one in re.findall(r"`([^`\n]+)`", blockless) if re.match(r"(ape|make) [a-z]", one)}
    commands |= set(re.findall(r"'((?:ape|make) [a-z ]+)'", blockless))
    beginnings = [f"{line} " for line in typed()]
    commands |= set(written())
    untyped = {one for one in commands if not any(line.startswith(f"{one} ") for line in beginnings)}
    assert untyped - {"make setup"} == set(UNTYPED)  # `make compile` sets up first


class Operator:
    """A home and a record of one's own, and what is typed there."""

    def __init__(self, home: Path, sepolia: Node) -> None:
        self.home, self.sepolia = home, sepolia
        self.local: Node | None = None
        self.records = home / "deployments"
        (home / "ape").mkdir()
        (config,) = (part.text for part in parts(GUIDE) if part.kind == "yaml")
        assert config.count("https://...") == 1
        (home / "ape" / "ape-config.yaml").write_text(config.replace("https://...", sepolia.url) + SPEED)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        self.environment = kept | {
            "APE_DATA_FOLDER": str(home / "ape"),
            "PHEMEXIA_RECORDS": str(self.records),
            "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}",
        }
        self.typist = Typist(ROOT, self.environment)
        self.world: Holders | None = None

    def leave(self) -> None:
        """End what was started."""
        self.typist.stop()
        if self.local is not None:
            self.local.stop()

    @property
    def deployer(self) -> str:
        keystore = json.loads((self.home / "ape" / "accounts" / "deployer.json").read_text())
        return self.sepolia.web3.to_checksum_address(keystore["address"])

    def keep(self, alias: str, number: int) -> None:
        """A test account's key among those of ape."""
        line, secret = f"ape accounts import {alias}", key(number).key.to_0x_hex()
        code, out, err = self.typist.type(line, f"{secret}\n{PASSPHRASE}\n{PASSPHRASE}\n")
        assert code == 0, (out, err)

    def anvil(self, line: str) -> None:
        """The chain in the other terminal, on a port of its own; the one before ends."""
        if self.local is not None:
            self.local.stop()
        _, *flags = line.split()
        names = [flag.removeprefix("--").replace("-", "_") for flag in flags[::2]]
        self.local = Node(**dict(zip(names, flags[1::2], strict=True))).start()

    def type(self, line: str) -> str:
        """Run a command of the guide, with what only a human knows filled in; what it says."""
        for told, real in (
            ("/tmp/rehearsal", self.home / "rehearsal"),
            *((name, self.home / name) for name in ("recovery.json", "commitment.key", "accounts.csv", "bundle/")),
            *((name, self.home / name) for name in ("passes.csv", "trades.parquet", "season/", "builders.csv")),
            (" ACCOUNT ", " acc0 "),
            ("0xNEW", key(NEW).address),
        ):
            line = line.replace(told, str(real))
        if self.local is not None:
            line = line.replace(LOCAL, self.local.url)
        if "0xYOUR_DEPLOYER" in line:
            line = line.replace("0xYOUR_DEPLOYER", self.deployer)
        environment, answers = dict(self.environment), AGREE
        if line.startswith("ape run ") and "--network" not in line and "premining" not in line:
            assert self.local is not None
            environment["APE_FOUNDRY_HOST"] = self.local.url
        elif line.startswith("ape ") and line.split()[1] in ("run", "accounts"):
            answers = GENERATE if "generate" in line else AGREE
            code, out, err = self.typist.type(line, answers)
            assert code == 0, (line, out, err)
            return out
        if line.startswith("ape console"):
            names = [f"print('{short}', {short}.address)" for short in CONSOLE]
            answers = "\n".join([*names, "print('weight', ve.totalSupply())", "exit", ""])
        done = subprocess.run(
            ["bash", "-ec", line], cwd=ROOT, text=True, capture_output=True, timeout=300, env=environment,
            input=answers,
        )  # fmt: skip
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done.stdout

    def happens(self, what: str) -> None:
        """What the guide's reader waits for."""
        node, world = self.sepolia, self.world
        if what == "the deployer is sent ether":
            node.rpc("anvil_setBalance", self.deployer, hex(10**18))
        elif what.startswith("an account holds a pass, there are its trades and a file of grants"):
            manifest = Manifest.read(self.records / "ethereum-sepolia.json")
            self.world = Holders(node, self.home, "sepolia", manifest)
            self.member()
            (self.home / "accounts.csv").write_text("account\nacc0\n")
            (self.home / "builders.csv").write_text(f"owner,amount\n{key(LOST).address},1_000\n")
            write_trades(self.home / "trades.parquet", [trade(0, 1, 1_000_000)])
            self.keys(publisher=PUBLISHER, grantor=GRANTOR)
        elif what == "the suite has a holder, and ape the keys of issuer and guardian":
            self.keys(issuer=ISSUER, guardian=GUARDIAN, new=NEW)
        elif what == "seven days pass":
            node.warp(node.now() + 7 * DAY)
        elif what == "a proposal is made":
            with self.at_once():
                world.join(FOUNDER)
                world.lock(FOUNDER, 3_000_000 * PT)
                node.warp(node.now() + DAY)
                world.propose("Hostile")
        elif what == "another one passes":
            with self.at_once():
                world.propose("Stuck")
                world.open(2)
                world.send(FOUNDER, world.dao.governor.functions.castVote(world.life(2).recorded.id, 1))
                node.warp(world.life(2).deadline + 1)
        elif what == "the delay is over, and the three days of the team":
            node.warp(world.life(2).open_to_all)
        else:
            pytest.fail(f"nobody knows how this happens: {what}")

    def keys(self, **numbers: int) -> None:
        """Ape gets the keys of test accounts, and these have ether; ape waits for confirmations."""
        for alias, number in numbers.items():
            self.keep(alias, number)
            self.sepolia.rpc("anvil_setBalance", key(number).address, hex(10**18))
        self.sepolia.rpc("evm_setIntervalMining", 1)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What others send is mined without waiting for the next second."""
        self.sepolia.rpc("evm_setIntervalMining", 0)
        self.sepolia.rpc("evm_setAutomine", True)
        yield
        self.sepolia.rpc("evm_setIntervalMining", 1)

    def member(self) -> None:
        """Account acc0 of the exchange has pass 1, in a wallet that will be lost."""
        secret, soul_pass = CommitmentKey.create(self.home / "commitment.key"), self.world.suite.soul_pass
        voucher = Voucher(key(LOST).address, secret.commit("acc0"), 0, self.sepolia.now() + DAY)
        domain = Domain(CHAIN_ID, soul_pass.address)
        paper = Paper(domain, voucher, Issuer(key(ISSUER)).sign(domain, Kind.VOUCHER, voucher))
        self.world.send(LOST, soul_pass.functions.mint(paper.voucher.as_tuple(), paper.attestation))


@pytest.fixture
def operator(tmp_path):
    with Node(accounts=20, timestamp=BEGIN, chain_id=CHAIN_ID) as sepolia:
        operator = Operator(tmp_path, sepolia)
        try:
            yield operator
        finally:
            operator.leave()


def test_following_the_guide(operator):
    for part in parts(GUIDE):
        if part.kind == "event":
            operator.happens(part.text)
        for line in part.lines if part.kind == "sh" else []:
            if line in UNTYPED:
                continue
            if line.startswith(".toolchain/bin/anvil"):
                operator.anvil(line)
            else:
                check(line, operator, operator.type(line))


def check(line: str, operator: Operator, said: str) -> None:
    """Whether things are as the guide says after a line."""
    words = line.split(" --")[0]
    deployed = f"Deployed {len(STEPS)} contracts"
    if words == "ape run deploy":
        assert deployed in said
        if "/tmp/rehearsal" in line:
            made = operator.local.web3, operator.home / "rehearsal" / "ethereum-sepolia.json"
        elif SEPOLIA in line:
            made = operator.sepolia.web3, operator.records / "ethereum-sepolia.json"
        else:
            made = operator.local.web3, operator.records / "ethereum-local.json"
        stands(*made)
    elif words == "ape run check":
        assert "no difference" in said
    elif words == "ape accounts list":
        assert operator.deployer in said
    elif words.startswith("curl"):
        assert operator.local.web3.eth.get_balance(operator.deployer) == 10**18
    elif words == "ape test":
        assert re.search(r"[1-9]\d* passed", said), said
        assert "failed" not in said
    elif words == "ape console":
        record = Manifest.read(operator.records / "ethereum-sepolia.json").record
        for short, contract in CONSOLE.items():
            assert f"{short} {record.contracts[contract].address}" in said
        assert "weight 0" in said
    elif words.startswith(("ape run premining", "ape run vesting")):
        distribution(words, line, operator, said)
    elif words.startswith("ape run passes"):
        passes(words, operator, said)
    elif words.startswith("ape run gov"):
        decided(words, operator, said)
    elif words.startswith("ape run verify"):
        assert {path.name for path in (operator.home / "bundle").iterdir()} == {
            "index.json", *(step.contract for step in STEPS if step.contract not in SAFE)
        }  # fmt: skip
    else:
        assert words in ("make compile", ". .venv/bin/activate", "ape accounts generate deployer"), line


def stands(web3, path: Path) -> None:
    """Every contract of that record has code on that chain."""
    record = Manifest.read(path).record
    assert list(record.contracts) == [step.contract for step in STEPS]
    assert all(web3.eth.get_code(entry.address) for entry in record.contracts.values())


def distribution(words: str, line: str, operator: Operator, said: str) -> None:
    """After a step of pre-mining, or of granting."""
    suite = operator.world.suite
    xpt = suite.soul_pass.functions.entryOf(1, b"xPT".ljust(32, b"\0")).call()[0]
    owner = key(LOST).address
    if "passes" in words.split()[3]:
        assert (operator.home / "passes.csv").read_text().startswith("account,pass_id,minted_at\nacc0,1,2026-05-2")
    elif "compute" in words:
        assert (operator.home / "season" / "grants-5.tree").exists()
    elif "show" in words:
        assert owner in said
    elif "--send" not in line:
        assert "Nothing was sent." in said
        assert xpt == 0 or "vesting" in words
    elif "publish" in words:
        assert suite.campaign.functions.pendingRoot().call()[1] == xpt > 1_000 * PT
    else:
        assert suite.builders.functions.grantOf(owner, 0).call()[0] == 1_000 * PT


def decided(words: str, operator: Operator, said: str) -> None:
    """After a step of a proposal."""
    _, _, _, step, number = words.split()
    state = {"status": "Pending", "simulate": "Pending", "cancel": "Canceled", "queue": "Queued"}.get(
        step, "Executed"
    )
    assert operator.world.life(int(number)).state == state
    if step == "status":
        assert state in said
    elif step == "simulate":
        assert "Mandates.signal" in said


def passes(words: str, operator: Operator, said: str) -> None:
    """After a step of a recovery."""
    functions = operator.world.suite.soul_pass.functions
    if "pause" in words or "resume" in words:
        assert functions.issuancePaused().call() == [False, "pause" in words]
    elif "complete" in words:
        assert functions.passOf(key(NEW).address).call() == 1
    elif "show" in words:
        assert key(NEW).address in said
    else:
        assert functions.passOf(key(LOST).address).call() == 1
        if "consent" in words:
            assert json.loads((operator.home / "recovery.json").read_text())["consent"]
        elif "start" in words:
            assert "started: pass 1 to" in said
