"""What leads to a campaign's root: a folder, a tree, a file for one pass."""

import json

import pytest

from phemexia.distribution.proofs import open_proofs, write_proof
from phemexia.errors import Refused
from phemexia.merkle import build
from phemexia.premining.results import LEAF

PT = 10**18


@pytest.fixture
def trees(tmp_path):
    """Two trees in a folder: pass n has n PT in the first, and twice that in the second."""
    made = []
    for number in (1, 2):
        tree = build([[1, 2, 3], [0, 0, 1], [number * PT, 2 * number * PT, 3 * number * PT]], LEAF, key=2)
        tree.write(tmp_path / f"grants-{number}.tree")
        made.append(tree)
    return made


def test_open_proofs_finds_the_tree_of_the_root(trees, tmp_path):
    for number, tree in enumerate(trees, 1):
        for path in (tmp_path, tmp_path / f"grants-{number}.tree"):
            with open_proofs(path, tree.root) as proofs:
                assert proofs.find(3, 1).values == (3, 1, 3 * number * PT)
                assert proofs.find(3, 0) is None


def test_a_file_for_one_pass_holds_its_leaves_alone(trees, tmp_path):
    with open_proofs(tmp_path, trees[1].root) as proofs:
        grant = proofs.find(2, 0)
    paper = tmp_path / "proof.json"
    write_proof(paper, trees[1].root, [grant])
    with open_proofs(paper, trees[1].root) as proofs:
        assert proofs.find(2, 0) == grant
        assert proofs.find(1, 0) is None
    with pytest.raises(Refused, match="is not replaced"):
        write_proof(paper, trees[1].root, [grant])


@pytest.mark.parametrize("field", ["cumulative", "passId", "kind", "proof"])
def test_a_file_that_was_edited_is_refused(trees, tmp_path, field):
    with open_proofs(tmp_path, trees[1].root) as proofs:
        write_proof(tmp_path / "proof.json", trees[1].root, [proofs.find(2, 0)])
    facts = json.loads((tmp_path / "proof.json").read_text())
    facts["leaves"][0][field] = ["0x" + "11" * 32] if field == "proof" else 7
    (tmp_path / "proof.json").write_text(json.dumps(facts))
    with pytest.raises(Refused, match="a proof in it does not lead to its root"):
        open_proofs(tmp_path / "proof.json", trees[1].root)


def test_open_proofs_says_why_there_are_none(trees, tmp_path):
    other = bytes.fromhex("11" * 32)
    with pytest.raises(Refused, match="does not lead to the root that the campaign pays by, 0x11111111"):
        open_proofs(tmp_path, other)
    with pytest.raises(Refused, match="waits until 2027-01-20 00:00 UTC"):
        open_proofs(tmp_path, other, (trees[0].root, 1_800_403_200))
    with pytest.raises(Refused, match="the campaign has no root yet"):
        open_proofs(tmp_path, bytes(32))
    with pytest.raises(Refused, match="there are no proofs at"):
        open_proofs(tmp_path / "none", other)
    (tmp_path / "proof.json").write_text('{"root": "0x12", "leaves": []}')
    with pytest.raises(Refused, match="is no file of proofs"):
        open_proofs(tmp_path / "proof.json", other)
