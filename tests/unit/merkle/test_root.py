"""The root, against what can be worked out by hand and what OpenZeppelin's own package computes."""

import pytest
from eth_utils import keccak

from phemexia.merkle import StandardTree

from .conftest import TYPES, leaves

# Roots and nodes of @openzeppelin/merkle-tree 1.0.8 for leaves(n), by the number of leaves.
FOREIGN_ROOTS = {
    1: "75e5b707d05d23d89a2718817637b84aa4c8bdcf4d3b2b307cf9854e932a525e",
    2: "bbb09744456e821658766aff4244e8f4806e1fa49b566cd3a16fdb852efc6204",
    3: "a178487bdbef3ad8866b57425939151f911c5dd89111246f009f017a11a22dac",
    5: "649f1f1b20d656615701e92ddc296795330f7c4d30eecb78b2bbced69b6b1c34",
    8: "291bc15b86f442f38478cc29fa442d4297322f56af2a988ae7dacc90303ee5bf",
    33: "63f3dd3d2b079115d23475c168abca1c1da815c350d67e94f6864dc135daa165",
}
FOREIGN_PLACES = [7, 6, 4, 8, 5]


def word(number: int) -> bytes:
    return number.to_bytes(32, "big")


def hashed(leaf) -> bytes:
    return keccak(keccak(b"".join(map(word, leaf))))


def test_root_of_one_leaf_is_its_double_hash():
    """M7: not the hash of 96 bytes, but the hash of that hash."""
    tree = StandardTree(leaves(1), TYPES)
    assert tree.root == keccak(keccak(word(1) + word(0) + word(10**18)))
    assert tree.nodes == [tree.root]


def test_root_of_two_leaves_hashes_the_smaller_first():
    one, other = sorted(map(hashed, leaves(2)))
    assert StandardTree(leaves(2), TYPES).root == keccak(one + other)


def test_root_of_three_leaves_pairs_the_two_smallest():
    """Places 4 and 3 hold the two smallest, and their parent at 1 meets the largest at 2."""
    small, middle, large = sorted(map(hashed, leaves(3)))
    tree = StandardTree(leaves(3), TYPES)
    inner = keccak(small + middle)
    assert tree.nodes[1:] == [inner, large, middle, small]
    assert tree.root == keccak(min(inner, large) + max(inner, large))


@pytest.mark.parametrize("size", FOREIGN_ROOTS)
def test_root_equals_that_of_the_npm_package(size):
    assert StandardTree(leaves(size), TYPES).root.hex() == FOREIGN_ROOTS[size]


def test_root_does_not_depend_on_the_order_of_leaves(grants):
    assert StandardTree(grants, TYPES).root == StandardTree(grants[::-1], TYPES).root


@pytest.mark.parametrize("position", range(3))
def test_root_depends_on_every_value(position):
    changed = [list(leaf) for leaf in leaves(5)]
    changed[3][position] += 1
    assert StandardTree(changed, TYPES).root != StandardTree(leaves(5), TYPES).root


def test_places_are_those_of_the_npm_package():
    tree = StandardTree(leaves(5), TYPES)
    assert [tree.place(i) for i in range(5)] == FOREIGN_PLACES
    assert [tree.nodes[place] for place in FOREIGN_PLACES] == [hashed(leaf) for leaf in leaves(5)]
