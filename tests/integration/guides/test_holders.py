"""docs/holders.md, typed by a holder who knows nothing else: on a stand-in for Sepolia, with an encrypted key."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from support.anvil import Node, key
from support.guides import only, parts
from support.holders import DAY, FOUNDER, PT, Holders
from support.typist import Typist

from phemexia.distribution.proofs import write_proof
from phemexia.holder import boundary
from phemexia.merkle import Grant, StandardTree
from phemexia.premining.results import LEAF
from phemexia.toolchain import ROOT

GUIDE = "holders.md"
BEGIN = 1_800_000_000
PASSPHRASE = "a passphrase of the holder's own"
ANSWERS = f"some noise\ny\n{PASSPHRASE}\n{PASSPHRASE}\n"
"""What `ape accounts generate` asks for."""
SPEED = "ethereum:\n  sepolia:\n    block_time: 1\n"
"""The stand-in mines faster than Sepolia, and ape waits in proportion."""
DELEGATE, PUBLISHER = key(1).address, 9


class Reader:
    """A holder with a home and a folder of its own, who types what it reads."""

    def __init__(self, world: Holders, home: Path) -> None:
        self.world, self.home = world, home
        (home / "ape").mkdir()
        config = only(GUIDE, "yaml").text
        assert config.count("https://...") == 1
        (home / "ape" / "ape-config.yaml").write_text(config.replace("https://...", world.node.url) + SPEED)
        self.environment = os.environ | {
            "APE_DATA_FOLDER": str(home / "ape"),
            "APE_ACCOUNTS_me_PASSPHRASE": PASSPHRASE,
            "PHEMEXIA_RECORDS": str(world.records),
        }
        self.typist = Typist(ROOT, self.environment)

    @property
    def wallet(self) -> str:
        keystore = json.loads((self.home / "ape" / "accounts" / "me.json").read_text())
        return self.world.node.web3.to_checksum_address(keystore["address"])

    def type(self, line: str) -> str:
        """Run a command as it stands, in the project's folder; what it says."""
        for paper in ("voucher.json", "proof.json"):
            line = line.replace(paper, str(self.home / paper))
        if line.startswith("ape "):
            code, out, err = self.typist.type(line, ANSWERS)
        else:
            done = subprocess.run(
                ["bash", "-ec", line], cwd=ROOT, text=True, capture_output=True, timeout=300, env=self.environment
            )
            code, out, err = done.returncode, done.stdout, done.stderr
        assert code == 0, (line, out, err)
        assert "Traceback" not in err
        return out


def happens(what: str, world: Holders, reader: Reader) -> None:
    """What the guide's reader waits for, and others do."""
    if what == "the exchange sends a voucher, ether and PT":
        world.node.rpc("anvil_setBalance", reader.wallet, hex(10**16))  # as much as the guide says
        world.pay(reader.wallet, 1_000 * PT)
        world.voucher(reader.wallet, reader.home / "voucher.json")
    elif what == "the exchange publishes what the account has earned, and the TGE comes":
        campaign = world.suite.campaign.functions
        tree = StandardTree([(2, 0, 1_000 * PT), (1, 0, PT)], LEAF)
        world.send(PUBLISHER, campaign.proposeRoot(tree.root, 1_001 * PT))
        write_proof(reader.home / "proof.json", tree.root, [Grant((2, 0, 1_000 * PT), tree.proof(0))])
        world.node.warp(campaign.terms().call()[0])
    elif what == "a proposal is open":
        world.propose()
        world.open()
    elif what == "the lock is over":
        world.node.warp(boundary("2028-11-30"))
    else:
        pytest.fail(f"nobody knows how this happens: {what}")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with Node(accounts=20, timestamp=BEGIN, chain_id=11_155_111) as node:
        world = Holders(node, tmp_path_factory.mktemp("records"), "sepolia")
        world.join(FOUNDER)
        world.lock(FOUNDER, 3_000_000 * PT)
        node.warp(node.now() + DAY)
        node.rpc("evm_setIntervalMining", 1)  # ape waits for confirmations
        yield world


def test_following_the_guide(world, tmp_path):
    reader = Reader(world, tmp_path)
    try:
        said = follow(world, reader)
    finally:
        reader.typist.stop()
    typed = " ".join(said)
    for subcommand in ("status", "mint", "lock", "add", "extend", "delegate", "vote", "withdraw"):
        assert f"ape run holder {subcommand} " in typed, subcommand


def follow(world: Holders, reader: Reader) -> dict[str, str]:
    """Every line of the guide in order, and what it said."""
    said = {}
    for part in parts(GUIDE):
        if part.kind == "event":
            happens(part.text, world, reader)
        for line in part.lines if part.kind == "sh" else []:
            said[line] = reader.type(line)
            check(line, world, reader, said[line])
    return said


def check(line: str, world: Holders, reader: Reader, said: str) -> None:
    """Whether the chain is as the guide says after a line."""
    words = line.split()
    if words[:3] == ["ape", "run", "claim"]:
        comes = 250 if "--send" in words else 0  # a quarter at the TGE
        assert world.suite.token.functions.balanceOf(reader.wallet).call() == (1_000 + comes) * PT
        return
    if words[:3] != ["ape", "run", "holder"]:
        return
    if words[3] != "status":
        assert ("Nothing was sent." in said) == ("--send" not in words), said
    if "--send" not in words:
        return
    suite, wallet = world.suite, reader.wallet
    amount, unlock, delegatee, *_ = suite.escrow.functions.lockOf(wallet).call()
    action, argument = words[3], words[4]
    if action == "mint":
        assert suite.soul_pass.functions.passOf(wallet).call() == 2
    elif action == "lock":
        assert (amount, unlock) == (1_000 * PT, boundary("2028-06-01"))
    elif action == "add":
        assert amount == 1_250 * PT
    elif action == "extend":
        assert unlock == boundary("2028-11-30")
    elif action == "delegate":
        assert delegatee == (wallet if argument == "self" else DELEGATE)
    elif action == "vote":
        number = world.life().recorded.id
        ballot = world.dao.governor.functions.ballotOf(number, wallet).call()
        assert ballot == {"against": 1, "for": 2, "abstain": 3}[words[5]]
    elif action == "withdraw":
        assert suite.token.functions.balanceOf(wallet).call() == 1_250 * PT
    else:
        pytest.fail(f"nobody looks at what came of: {line}")
