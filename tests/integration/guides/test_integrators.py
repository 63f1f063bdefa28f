"""What docs/integrators.md shows is run: its commands, and its programs on a chain with locks of every kind."""

import os
import shutil
import subprocess

import pytest
from support.anvil import Node, key
from support.guides import parts
from support.holders import FOUNDER, PT, WEEK, Holders

from phemexia import interfaces
from phemexia.toolchain import ROOT

GUIDE = "integrators.md"
URL, RECORD = "http://127.0.0.1:8545", "deployments/ethereum-local.json"
WALLETS = [FOUNDER, 1, 11, 12, 13, 14]


def test_the_commands(tmp_path):
    shutil.copytree(ROOT / "abi", tmp_path / "abi")
    lines = [line for part in parts(GUIDE) if part.kind == "sh" for line in part.lines]
    assert len(lines) == 2
    for line in lines:
        folder = ROOT if line.startswith("make ") else tmp_path
        done = subprocess.run(["bash", "-ec", line], cwd=folder, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, (line, done.stderr)
    assert interfaces.differences() == []
    assert [path.suffix for path in tmp_path.glob("phemexia-abi-*")] == [".tgz"]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Locks that were added to, extended, made permanent, started, relocked, withdrawn; and delegations."""
    with Node(accounts=20, timestamp=1_800_000_000) as node:
        world = Holders(node, tmp_path_factory.mktemp("records"))
        escrow = world.suite.escrow.functions
        world.join(1)
        for number, weeks in zip(WALLETS, (104, 6, 52, 20, 6, 30), strict=True):
            world.lock(number, 1_000 * PT + number, weeks)
        world.send(12, escrow.delegate(key(1).address))
        world.send(14, escrow.delegate(key(1).address))
        world.send(FOUNDER, escrow.makePermanent())
        world.send(11, escrow.makePermanent())
        node.warp(node.now() + 3 * WEEK)
        world.pay(key(12).address, 5 * PT)
        world.send(12, world.suite.token.functions.approve(world.suite.escrow.address, 5 * PT))
        world.send(12, escrow.add(5 * PT))
        world.send(11, escrow.startClock())
        world.send(14, escrow.extend(node.now() // WEEK * WEEK + 80 * WEEK))
        world.send(14, escrow.delegate(key(14).address))
        node.warp(node.now() + 4 * WEEK)
        world.send(1, escrow.relock(node.now() // WEEK * WEEK + 10 * WEEK))
        world.send(13, escrow.withdraw(key(13).address))
        yield world


@pytest.fixture
def namespace(world, monkeypatch):
    """What is defined after all blocks of Python were run, in the order of the guide."""
    monkeypatch.syspath_prepend(ROOT)
    code = "\n".join(part.text for part in parts(GUIDE) if part.kind == "python")
    for told, real in ((URL, world.node.url), (RECORD, os.fspath(world.records / "ethereum-local.json"))):
        assert code.count(told) == 1
        code = code.replace(told, real)
    names = {}
    exec(compile(code, GUIDE, "exec"), names)
    return names


def test_the_programs(world, namespace, capsys):
    """The indexer's votes and the contract's are the same to the wei, now and later, and none is left out."""
    escrow, now = world.suite.escrow.functions, world.node.now()
    everyone = [key(number).address for number in WALLETS]
    assert set(namespace["locks"]) == set(everyone) - {key(13).address}
    assert sum(escrow.getVotes(wallet).call() > 0 for wallet in everyone) == 4
    for time in (now, now + 1, now + 9 * WEEK, now + 60 * WEEK, now + 200 * WEEK):
        for wallet in everyone:
            assert namespace["votes"](wallet, time) == escrow.votesAt(wallet, time).call(), (wallet, time)
    assert namespace["soul_pass"].isMember(key(1).address).call()
