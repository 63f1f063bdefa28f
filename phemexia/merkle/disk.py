"""A large tree in one file, and proofs from it without loading it.

All numbers are little-endian, except the packed leaves. The parts follow each other without gaps:

| part | bytes | what |
|---|---|---|
| magic | 8 | `PHXTREE1` |
| head | 4 + its length | its length (uint32), then JSON: `count` n, `types`, `widths`, `key`, `root` |
| leaves | n x sum of widths | each leaf's numbers, big-endian, each in its width; rows ascend: the index |
| places | 4 n | for each row, where in the nodes its leaf stands (uint32) |
| nodes | 32 (2 n - 1) | the tree as a heap: node i is made of the nodes 2 i + 1 and 2 i + 2; node 0 is the root |

A leaf is found by bisection over the rows; its proof is the sibling of each node on the way to the root. That
touches some 40 pages of the file, whatever its size. A proof is checked against the root before it is handed out.
"""

import json
import mmap
import os
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from phemexia.merkle.standard import MerkleError, leaf_hash, verify

if TYPE_CHECKING:
    from phemexia.merkle.large import LargeTree

MAGIC = b"PHXTREE1"


@dataclass(frozen=True)
class Grant:
    """A leaf, its numbers as they go on chain, and the siblings from it upwards, 32 bytes each."""

    values: tuple[int, ...]
    proof: list[bytes]


def write(tree: "LargeTree", path: Path) -> None:
    """Write the tree beside the path, then move it there."""
    head = json.dumps(
        {
            "count": len(tree),
            "types": list(tree.types),
            "widths": list(tree.widths),
            "key": tree.key,
            "root": "0x" + tree.root.hex(),
        }
    ).encode()
    beside = path.with_name(path.name + ".partial")
    with beside.open("wb") as file:
        file.write(MAGIC + len(head).to_bytes(4, "little") + head)
        file.write(tree.values.data)
        file.write(tree.places.astype("<u4", copy=False).data)
        file.write(tree.nodes.data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


class TreeFile:
    """A tree on disk, open for proofs; close it or use it in a ``with``. :class:`MerkleError` if it is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            raise MerkleError(f"{path} can't be read as a tree: does it exist?") from None
        try:
            self._read_head()
        except (ValueError, KeyError, TypeError):
            self._map.close()
            raise MerkleError(f"{path} is not a tree, or not a whole one") from None

    def _read_head(self) -> None:
        if self._map[:8] != MAGIC:
            raise ValueError("magic")
        length = int.from_bytes(self._map[8:12], "little")
        head = json.loads(self._map[12 : 12 + length])
        self.types: tuple[str, ...] = tuple(head["types"])
        self.widths: tuple[int, ...] = tuple(head["widths"])
        self.key: int = head["key"]
        self.root: bytes = bytes.fromhex(head["root"][2:])
        self._count: int = head["count"]
        self._row = sum(self.widths)
        self._leaves = 12 + length
        self._places = self._leaves + self._row * self._count
        self._nodes = self._places + 4 * self._count
        if len(self._map) != self._nodes + 32 * (2 * self._count - 1) or self._node(0) != self.root:
            raise ValueError("size")

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        """The numbers of each leaf, in ascending order."""
        return (self._numbers(row) for row in range(self._count))

    def find(self, *key: int) -> Grant | None:
        """The leaf whose first numbers these are, with its proof; None if there is none.

        Raises :class:`MerkleError` if the key has another length than the tree's, or the file is damaged.
        """
        if len(key) != self.key:
            raise MerkleError(f"a leaf of {self.path} is named by {self.key} numbers, not {len(key)}")
        row = bisect_left(range(self._count), key, key=lambda i: self._numbers(i)[: self.key])
        if row == self._count or (values := self._numbers(row))[: self.key] != key:
            return None
        proof = self._proof(row)
        if not verify(self.root, leaf_hash(values, self.types), proof):
            raise MerkleError(f"{self.path} is damaged: the proof of {key} does not lead to its root")
        return Grant(values, proof)

    def close(self) -> None:
        """Let the file go."""
        self._map.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _numbers(self, row: int) -> tuple[int, ...]:
        at, found = self._leaves + row * self._row, []
        for width in self.widths:
            found.append(int.from_bytes(self._map[at : at + width], "big"))
            at += width
        return tuple(found)

    def _node(self, i: int) -> bytes:
        at = self._nodes + 32 * i
        return self._map[at : at + 32]

    def _proof(self, row: int) -> list[bytes]:
        at = self._places + 4 * row
        i, siblings = int.from_bytes(self._map[at : at + 4], "little"), []
        while i > 0:
            siblings.append(self._node(i + 1 if i % 2 else i - 1))
            i = (i - 1) // 2
        return siblings
