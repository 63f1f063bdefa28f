"""OpenZeppelin's standard Merkle tree: what `MerkleProof` verifies and `@openzeppelin/merkle-tree` builds.

    tree = StandardTree([(1, 0, 10**18), (2, 0, 5 * 10**17)], ("uint256", "uint8", "uint256"))
    campaign.proposeRoot(tree.root, 15 * 10**17)
    campaign.claim(1, 0, 10**18, tree.proof(0), wallet)

A leaf is ``keccak(keccak(abi.encode(*values)))``, so that it can't be taken for an inner node. Leaves are sorted
by their hash and laid from the end of an array of ``2 n - 1`` nodes towards its front; node ``i`` is the hash of
the nodes ``2 i + 1`` and ``2 i + 2``, the smaller first; node 0 is the root. A tree is a function of the set of
its leaves: their order does not change the root.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from eth_abi import encode
from eth_abi.exceptions import EncodingError
from eth_utils import keccak


class MerkleError(ValueError):
    """Leaves that make no tree; says in one sentence why."""


def leaf_hash(values: Sequence[Any], types: Sequence[str]) -> bytes:
    """The 32 bytes that stand for a leaf; raises :class:`MerkleError` if the values do not fit the types."""
    try:
        return keccak(keccak(encode(list(types), list(values))))
    except (EncodingError, ValueError, TypeError) as error:
        raise MerkleError(f"the leaf {tuple(values)} does not fit ({', '.join(types)}): {error}") from error


def verify(root: bytes, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof (siblings from the leaf upwards, 32 bytes each) leads from the leaf's hash to the root."""
    node = leaf
    for sibling in proof:
        node = _pair(node, sibling)
    return node == root


class StandardTree:
    """A tree over leaves of given ABI types, e.g. ``("uint256", "uint8", "uint256")``.

    ``leaves`` keeps the order it was given in; a leaf is named by its index there. ``nodes`` is the array of
    ``2 n - 1`` hashes. Raises :class:`MerkleError` for no leaves, for one that does not fit the types, and for
    equal leaves: cumulative amounts have no use for two.
    """

    def __init__(self, leaves: Sequence[Sequence[Any]], types: Sequence[str]) -> None:
        if not leaves:
            raise MerkleError("a tree needs at least one leaf")
        self.types = tuple(types)
        self.leaves = [tuple(leaf) for leaf in leaves]
        hashes = [leaf_hash(leaf, self.types) for leaf in self.leaves]
        order = sorted(range(len(hashes)), key=hashes.__getitem__)
        for one, other in pairwise(order):
            if hashes[one] == hashes[other]:
                raise MerkleError(f"leaves {one} and {other} are the same: {self.leaves[one]}")

        last = 2 * len(hashes) - 2
        self.nodes = [b""] * (last + 1)
        self._places = [0] * len(hashes)
        for rank, index in enumerate(order):
            self.nodes[last - rank] = hashes[index]
            self._places[index] = last - rank
        for i in reversed(range(len(hashes) - 1)):
            self.nodes[i] = _pair(self.nodes[2 * i + 1], self.nodes[2 * i + 2])

    @property
    def root(self) -> bytes:
        """The 32 bytes that go on chain."""
        return self.nodes[0]

    def __len__(self) -> int:
        return len(self.leaves)

    def place(self, index: int) -> int:
        """Where in ``nodes`` a leaf stands; raises IndexError."""
        if not 0 <= index < len(self.leaves):
            raise IndexError(f"there is no leaf {index}: the tree has {len(self.leaves)}")
        return self._places[index]

    def proof(self, index: int) -> list[bytes]:
        """The siblings from a leaf upwards, 32 bytes each; empty for a tree of one leaf. Raises IndexError."""
        i = self.place(index)
        siblings = []
        while i > 0:
            siblings.append(self.nodes[i + 1 if i % 2 else i - 1])
            i = (i - 1) // 2
        return siblings

    def verify(self, index: int, proof: Sequence[bytes]) -> bool:
        """Whether the proof shows that the leaf is part of this tree. Raises IndexError."""
        return verify(self.root, self.nodes[self.place(index)], proof)

    def dump(self) -> dict[str, Any]:
        """The tree as the npm package writes it to JSON (format "standard-v1"); whole numbers as strings."""
        return {
            "format": "standard-v1",
            "leafEncoding": list(self.types),
            "tree": ["0x" + node.hex() for node in self.nodes],
            "values": [
                {"value": [_text(value) for value in leaf], "treeIndex": place}
                for leaf, place in zip(self.leaves, self._places, strict=True)
            ],
        }


def _pair(one: bytes, other: bytes) -> bytes:
    return keccak(min(one, other) + max(one, other))


def _text(value: Any) -> Any:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
