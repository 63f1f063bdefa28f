"""Proofs lead from every leaf to the root, and nothing else does."""

import pytest

from phemexia.merkle import StandardTree, leaf_hash, verify

from .conftest import TYPES, leaves


@pytest.mark.parametrize("size", range(1, 34))
def test_proof_leads_to_the_root(size):
    tree = StandardTree(leaves(size), TYPES)
    for index, leaf in enumerate(leaves(size)):
        proof = tree.proof(index)
        assert tree.verify(index, proof)
        assert verify(tree.root, leaf_hash(leaf, TYPES), proof)


@pytest.mark.parametrize("size", range(1, 34))
def test_proof_is_as_short_as_a_balanced_tree_allows(size):
    tree = StandardTree(leaves(size), TYPES)
    lengths = {len(tree.proof(index)) for index in range(size)}
    assert lengths <= {(size - 1).bit_length(), (size - 1).bit_length() - 1}


def test_proof_of_the_only_leaf_is_empty():
    assert StandardTree(leaves(1), TYPES).proof(0) == []


@pytest.mark.parametrize("index", [-1, 5])
def test_proof_of_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError, match="the tree has 5"):
        StandardTree(leaves(5), TYPES).proof(index)


def test_verify_refuses_the_proof_of_another_leaf():
    tree = StandardTree(leaves(5), TYPES)
    for index in range(5):
        for other in range(5):
            assert tree.verify(index, tree.proof(other)) == (index == other)


def test_verify_refuses_a_proof_that_is_cut_or_longer():
    tree = StandardTree(leaves(5), TYPES)
    assert not tree.verify(0, tree.proof(0)[:-1])
    assert not tree.verify(0, [*tree.proof(0), tree.root])


def test_verify_refuses_an_inner_node_as_leaf():
    """M7: an inner node proves itself as a hash, but no leaf of three words hashes to it."""
    tree = StandardTree(leaves(4), TYPES)
    assert verify(tree.root, tree.nodes[1], [tree.nodes[2]])
    assert tree.nodes[1] not in {leaf_hash(leaf, TYPES) for leaf in leaves(4)}
