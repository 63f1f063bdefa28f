"""OpenZeppelin's standard Merkle tree: what `MerkleProof` verifies and `@openzeppelin/merkle-tree` builds.

Two ways to the same tree: :class:`StandardTree`, plain, for leaves of any ABI types, as many as one likes to wait
for; and :func:`build`, for millions of leaves of whole numbers, hashed in batches and written to one file from
which :class:`TreeFile` answers a proof without loading it.

    tree = build([passes, kinds, amounts], ("uint256", "uint8", "uint256"), key=2)
    tree.write(Path("grants.tree"))
    with TreeFile(Path("grants.tree")) as file:
        grant = file.find(17, 0)
        campaign.claim(*grant.values, grant.proof, wallet)

The large half needs Numba's compiler, which takes a second to load: it is imported when it is first asked for.
"""

from typing import TYPE_CHECKING, Any

from phemexia.merkle.standard import MerkleError, StandardTree, leaf_hash, verify

if TYPE_CHECKING:
    from phemexia.merkle.disk import Grant, TreeFile
    from phemexia.merkle.large import LargeTree, build

__all__ = ["Grant", "LargeTree", "MerkleError", "StandardTree", "TreeFile", "build", "leaf_hash", "verify"]

_LATER = {
    "Grant": "phemexia.merkle.disk",
    "TreeFile": "phemexia.merkle.disk",
    "LargeTree": "phemexia.merkle.large",
    "build": "phemexia.merkle.large",
}


def __getattr__(name: str) -> Any:
    """The large half, when it is first used."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
