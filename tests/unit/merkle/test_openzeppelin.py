"""The same tree from npm's `@openzeppelin/merkle-tree`: root and every proof."""

import json
import subprocess

import pytest

from phemexia.merkle import TreeFile, build
from phemexia.toolchain import ROOT

from .conftest import TYPES

HUGE = 100_000_000 * 10**18


def foreign(rows):
    """Root and proofs by OpenZeppelin's package."""
    text = "\n".join(" ".join(map(str, row)) for row in rows)
    command = ["node", "bench/oz_tree.mjs", *map(str, range(len(rows)))]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 200])
def test_root_and_proofs_are_openzeppelins(size, tmp_path):
    rows = [(7 * i + 1, i % 2, HUGE - i * 10**16) for i in range(size)]
    theirs = foreign(rows)
    ours = build([[row[i] for row in rows] for i in range(3)], TYPES, key=2)
    assert "0x" + ours.root.hex() == theirs["root"]
    ours.write(tmp_path / "a.tree")
    with TreeFile(tmp_path / "a.tree") as file:
        for row, proof in zip(rows, theirs["proofs"], strict=True):
            grant = file.find(*row[:2])
            assert grant is not None
            assert ["0x" + node.hex() for node in grant.proof] == proof
