"""Trees of millions of leaves of whole numbers: columns in, hashes in batches, a file out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from phemexia.merkle.keccak import MOST_LANES, Bytes, digests, fill
from phemexia.merkle.standard import MerkleError

Column = Any
"""Whole numbers: a NumPy array of integers, an Arrow array of integers or decimals without scale, or a list."""

WORD = 32
CHUNK = 1 << 17
"""Leaves that are encoded at once: what bounds the memory beside the tree itself."""


@dataclass(frozen=True)
class LargeTree:
    """A tree in memory: ``nodes`` (2 n - 1, 32) bytes as a heap, ``values`` (n, width) packed leaves.

    Rows of ``values`` are in the order of their numbers, so that a leaf is found by bisection; ``places[i]`` is
    where in ``nodes`` the leaf of row i stands. ``widths`` are the bytes that each number takes in a row,
    big-endian. The first ``key`` numbers of a leaf name it: no two leaves have them in common.
    """

    types: tuple[str, ...]
    widths: tuple[int, ...]
    key: int
    values: Bytes
    places: npt.NDArray[np.uint32]
    nodes: Bytes

    @property
    def root(self) -> bytes:
        """The 32 bytes that go on chain."""
        return bytes(self.nodes[0])

    def __len__(self) -> int:
        return len(self.values)

    def write(self, path: Path) -> None:
        """Write it to one file, see :mod:`phemexia.merkle.disk`; the file is there whole or not at all."""
        from phemexia.merkle.disk import write

        write(self, path)


def build(columns: Sequence[Column], types: Sequence[str], key: int = 1, threads: int | None = None) -> LargeTree:
    """The standard tree over leaves that are the rows of some columns of ABI types `uint8` to `uint256`.

    Raises :class:`MerkleError` for no leaves, more than 2^31, more than four columns, other types, columns of
    unequal length, numbers that do not fit their type, and two leaves with the same key.
    """
    bits = [_bits(name) for name in types]
    if (
        not columns
        or len(columns) != len(types)
        or len(columns) > MOST_LANES * 8 // WORD
        or not 0 < key <= len(types)
    ):
        raise MerkleError(
            f"{len(columns)} columns of the types ({', '.join(types)}) with a key of {key} make no tree"
        )
    count = len(columns[0])
    if any(len(column) != count for column in columns):
        raise MerkleError("the columns are not of the same length")
    if not 0 < count < 1 << 31:
        raise MerkleError(f"a tree has between 1 and 2^31 leaves, not {count}")

    packed, widths = _pack(columns, bits, types)
    hashes = np.empty((count, WORD), np.uint8)
    for start in range(0, count, CHUNK):
        words = _unpack(packed[start : start + CHUNK], widths)
        hashes[start : start + CHUNK] = digests(digests(words, threads), threads)

    nodes = np.empty((2 * count - 1, WORD), np.uint8)
    order = _order(hashes)
    nodes[count - 1 :] = hashes[order[::-1]]
    if count > 1 and bool((nodes[count - 1 : -1] == nodes[count:]).all(axis=1).any()):
        raise MerkleError("two leaves are the same")
    places = np.empty(count, np.uint32)
    places[order] = np.arange(2 * count - 2, count - 2, -1, dtype=np.uint32)
    fill(nodes, threads)

    rows = _order(packed)
    packed, places = packed[rows], places[rows]
    names = packed[:, : sum(widths[:key])]
    same = np.flatnonzero((names[1:] == names[:-1]).all(axis=1))
    if len(same):
        first = numbers(packed[same[0]].tobytes(), widths)[:key]
        raise MerkleError(f"two leaves have the key {first}")
    return LargeTree(tuple(types), tuple(widths), key, packed, places, nodes)


def numbers(row: bytes, widths: Sequence[int]) -> tuple[int, ...]:
    """The numbers of a packed row."""
    found, start = [], 0
    for width in widths:
        found.append(int.from_bytes(row[start : start + width], "big"))
        start += width
    return tuple(found)


def _bits(name: str) -> int:
    match = re.fullmatch(r"uint(\d{1,3})", name)
    bits = int(match[1]) if match else 0
    if bits % 8 or not 8 <= bits <= 256:
        raise MerkleError(f"large trees have leaves of uint8 to uint256, not of {name}")
    return bits


def _pack(columns: Sequence[Column], bits: Sequence[int], types: Sequence[str]) -> tuple[Bytes, list[int]]:
    """All columns side by side as big-endian bytes, each as narrow as its largest number allows."""
    parts = []
    for column, most, name in zip(columns, bits, types, strict=True):
        wide = _big_endian(column, name)
        used = np.flatnonzero(wide.any(axis=0))
        width = wide.shape[1] - int(used[0]) if len(used) else 1
        if width * 8 > most:
            raise MerkleError(f"a number does not fit {name}")
        parts.append(wide[:, wide.shape[1] - width :])
    return np.concatenate(parts, axis=1), [part.shape[1] for part in parts]


def _big_endian(column: Column, name: str) -> Bytes:
    """(n, 8), (n, 16) or (n, 32) bytes; refuses what is below zero."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if isinstance(column, pa.Array):
        if column.null_count:
            raise MerkleError(f"a number of {name} is missing")
        if pa.types.is_decimal128(column.type) and column.type.scale == 0:
            data = np.frombuffer(column.buffers()[1], np.uint8)
            little = data[16 * column.offset : 16 * (column.offset + len(column))].reshape(-1, 16)
            if bool((little[:, 15] & 0x80).any()):
                raise MerkleError(f"a number does not fit {name}")
            return np.ascontiguousarray(little[:, ::-1])
        column = column.to_numpy(zero_copy_only=False)
    if isinstance(column, np.ndarray) and np.issubdtype(column.dtype, np.integer):
        if len(column) and int(column.min()) < 0:
            raise MerkleError(f"a number does not fit {name}")
        wide: Bytes = column.astype(">u8").view(np.uint8).reshape(-1, 8)
        return wide
    try:
        joined = b"".join(int(value).to_bytes(WORD, "big") for value in column)
    except (OverflowError, TypeError, ValueError):
        raise MerkleError(f"a number does not fit {name}") from None
    return np.frombuffer(joined, np.uint8).reshape(-1, WORD)


def _unpack(packed: Bytes, widths: Sequence[int]) -> Bytes:
    """The ABI encoding: one word of 32 bytes for each number."""
    words = np.zeros((len(packed), WORD * len(widths)), np.uint8)
    start = 0
    for i, width in enumerate(widths):
        words[:, WORD * (i + 1) - width : WORD * (i + 1)] = packed[:, start : start + width]
        start += width
    return words


def _order(rows: Bytes) -> npt.NDArray[np.intp]:
    """Which row comes first when they are compared byte by byte."""
    width = rows.shape[1]
    lead = np.zeros((len(rows), 8), np.uint8)
    lead[:, : min(8, width)] = rows[:, :8]
    heads = lead.view(">u8").ravel().astype(np.uint64)
    order = np.argsort(heads, kind="stable")
    ordered = heads[order]
    if width <= 8 or not bool((ordered[1:] == ordered[:-1]).any()):
        return order
    return np.argsort(np.ascontiguousarray(rows).view(f"S{width}").ravel(), kind="stable")
