"""The leaves of a campaign's root with their proofs: from a season's folder, a tree, or a file for one pass."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from phemexia.config import units
from phemexia.errors import Refused
from phemexia.merkle import Grant, MerkleError, TreeFile, leaf_hash, verify
from phemexia.premining.results import LEAF


class Proofs:
    """What leads to one root. Close it, or use it in a ``with``."""

    def __init__(self, path: Path, tree: TreeFile | None, leaves: dict[tuple[int, int], Grant]) -> None:
        self.path = path
        self._tree = tree
        self._leaves = leaves

    def find(self, pass_id: int, kind: int) -> Grant | None:
        """The leaf of a pass and kind with its proof; none if there is none. :class:`Refused` if it is damaged."""
        if self._tree is None:
            return self._leaves.get((pass_id, kind))
        try:
            return self._tree.find(pass_id, kind)
        except MerkleError as error:
            raise Refused(f"{error}: nothing was sent") from None

    def __enter__(self) -> Proofs:
        return self

    def __exit__(self, *_: object) -> None:
        if self._tree is not None:
            self._tree.close()


def open_proofs(path: Path, active: bytes, pending: tuple[bytes, int] | None = None) -> Proofs:
    """The leaves under the root that a campaign pays by.

    ``path`` is a computed season, a `.tree` in one, or a file that :func:`write_proof` wrote. ``pending`` is the
    root that waits, and until when, for a better sentence. :class:`Refused` if nothing there leads to ``active``.
    """
    if not path.exists():
        raise Refused(f"there are no proofs at {path}: nothing was sent")
    there: list[bytes] = []
    if path.suffix == ".json":
        root, leaves = _read_proof(path)
        if root == active:
            return Proofs(path, None, leaves)
        there.append(root)
    else:
        for file in sorted(path.glob("*.tree")) if path.is_dir() else [path]:
            try:
                tree = TreeFile(file)
            except MerkleError as error:
                raise Refused(f"{error}: nothing was sent") from None
            if tree.root == active and tree.types == LEAF and tree.key == 2:
                return Proofs(file, tree, {})
            there.append(tree.root)
            tree.close()
    if pending is not None and pending[0] in there:
        raise Refused(
            f"the root of {path} waits until {units.show_moment(pending[1])}, and nothing can be claimed by it "
            "before: nothing was sent"
        )
    if not int.from_bytes(active):
        raise Refused("the campaign has no root yet, so nothing can be claimed: nothing was sent")
    raise Refused(
        f"{path} does not lead to the root that the campaign pays by, 0x{active.hex()[:8]}...: ask the exchange "
        "for the present proofs; nothing was sent"
    )


def write_proof(path: Path, root: bytes, grants: Iterable[Grant]) -> None:
    """A file with some leaves and their proofs; :class:`Refused` if there is one already."""
    facts = {
        "root": "0x" + root.hex(),
        "leaves": [
            {
                "passId": str(grant.values[0]),
                "kind": grant.values[1],
                "cumulative": str(grant.values[2]),
                "proof": ["0x" + node.hex() for node in grant.proof],
            }
            for grant in grants
        ],
    }
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(json.dumps(facts, indent=2) + "\n")
    except FileExistsError:
        raise Refused(f"{path} exists, and is not replaced: name another file") from None
    except OSError as error:
        raise Refused(f"{path} can't be written: {error.strerror}") from None


def _read_proof(path: Path) -> tuple[bytes, dict[tuple[int, int], Grant]]:
    try:
        facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        root = _bytes(facts["root"])
        leaves = {}
        for one in facts["leaves"]:
            values = (int(one["passId"]), int(one["kind"]), int(one["cumulative"]))
            leaves[values[:2]] = Grant(values, [_bytes(node) for node in one["proof"]])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Refused(f"{path} is no file of proofs: nothing was sent") from None
    for grant in leaves.values():
        try:
            good = verify(root, leaf_hash(grant.values, LEAF), grant.proof)
        except MerkleError:
            good = False
        if not good:
            raise Refused(f"{path} is damaged: a proof in it does not lead to its root; nothing was sent")
    return root, leaves


def _bytes(text: str) -> bytes:
    raw = bytes.fromhex(text.removeprefix("0x"))
    if len(raw) != 32:
        raise ValueError("32 bytes")
    return raw
