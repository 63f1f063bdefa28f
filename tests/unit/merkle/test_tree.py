"""What makes no tree, and how a tree is written down."""

import pytest

from phemexia.merkle import MerkleError, StandardTree, leaf_hash

from .conftest import TYPES, leaves


def test_tree_refuses_no_leaves():
    with pytest.raises(MerkleError, match="at least one leaf"):
        StandardTree([], TYPES)


def test_tree_refuses_equal_leaves():
    with pytest.raises(MerkleError, match="the same"):
        StandardTree([*leaves(4), leaves(4)[2]], TYPES)


@pytest.mark.parametrize(
    "leaf",
    [(-1, 0, 1), (1, 256, 1), (1, 0, 2**256), (1, 0), (1, 0, 1, 1), ("one", 0, 1)],
    ids=["below zero", "above uint8", "above uint256", "too short", "too long", "a word"],
)
def test_tree_refuses_a_leaf_that_does_not_fit(leaf):
    with pytest.raises(MerkleError, match="does not fit"):
        leaf_hash(leaf, TYPES)
    with pytest.raises(MerkleError, match="does not fit"):
        StandardTree([leaf], TYPES)


def test_tree_takes_the_largest_values():
    StandardTree([(2**256 - 1, 255, 2**256 - 1)], TYPES)


def test_tree_knows_its_length_and_leaves(grants):
    tree = StandardTree(grants, TYPES)
    assert len(tree) == len(grants)
    assert tree.leaves == grants
    assert len(tree.nodes) == 2 * len(grants) - 1


def test_dump_has_the_form_of_the_npm_package():
    tree = StandardTree(leaves(2), TYPES)
    dumped = tree.dump()
    assert dumped["format"] == "standard-v1"
    assert dumped["leafEncoding"] == list(TYPES)
    assert dumped["tree"] == ["0x" + node.hex() for node in tree.nodes]
    assert dumped["values"] == [
        {"value": ["1", "0", str(10**18)], "treeIndex": tree.place(0)},
        {"value": ["2", "1", str(2 * 10**18)], "treeIndex": tree.place(1)},
    ]


def test_dump_writes_bytes_in_hex_and_leaves_the_rest():
    tree = StandardTree([(b"\x01" * 4, "word", True)], ("bytes4", "string", "bool"))
    assert tree.dump()["values"][0]["value"] == ["0x01010101", "word", True]
