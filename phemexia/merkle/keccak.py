"""Keccak-256 of many short messages in one native call: eight at a time, compiled by Numba.

    words = np.zeros((1_000_000, 64), np.uint8)
    digests(words)  # (1_000_000, 32) uint8

Wheels on PyPI hash one message for each call, and the calls cost more than the hashing. Here eight states lie side
by side, lane by lane, so that the compiler turns each step of the permutation into vector instructions; `make
bench-data` measures it beside the wheels. Tests compare it with pycryptodome for every length it takes.

Messages are at most 135 bytes (one block), of whole 8-byte lanes. Machines are little-endian, as Keccak is.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

Bytes = npt.NDArray[np.uint8]
Lanes = npt.NDArray[np.uint64]

u64 = np.uint64
one = u64(1)
LAST = u64(1 << 63)
MOST_LANES = 16
"""What fits one block of 17 lanes together with the padding."""
TOGETHER = 8
"""States that are permuted side by side. The 8 in the code below is this one: it must be a constant there."""
SHARE = 1 << 14
"""Messages that a thread takes at once."""


def _constants() -> Lanes:
    """The 24 round constants: bits of a linear feedback register at the places 0, 1, 3, 7, 15, 31, 63."""
    register, constants = 1, []
    for _ in range(24):
        constant = 0
        for j in range(7):
            if register & 1:
                constant |= 1 << ((1 << j) - 1)
            register = (register << 1) ^ (0x171 if register >> 7 else 0)
        constants.append(constant)
    return np.array(constants, np.uint64)


CONSTANTS = _constants()


@njit(cache=True, nogil=True)
def _permute(s: Lanes) -> None:
    """Keccak-f[1600] on eight states: lane i of state k is ``s[8 * i + k]``."""
    for r in range(24):
        for k in range(8):
            # theta: each lane takes in the parity of two columns
            c0 = s[k] ^ s[40 + k] ^ s[80 + k] ^ s[120 + k] ^ s[160 + k]
            c1 = s[8 + k] ^ s[48 + k] ^ s[88 + k] ^ s[128 + k] ^ s[168 + k]
            c2 = s[16 + k] ^ s[56 + k] ^ s[96 + k] ^ s[136 + k] ^ s[176 + k]
            c3 = s[24 + k] ^ s[64 + k] ^ s[104 + k] ^ s[144 + k] ^ s[184 + k]
            c4 = s[32 + k] ^ s[72 + k] ^ s[112 + k] ^ s[152 + k] ^ s[192 + k]
            d0 = c4 ^ (c1 << one | c1 >> u64(63))
            d1 = c0 ^ (c2 << one | c2 >> u64(63))
            d2 = c1 ^ (c3 << one | c3 >> u64(63))
            d3 = c2 ^ (c4 << one | c4 >> u64(63))
            d4 = c3 ^ (c0 << one | c0 >> u64(63))
            # rho and pi: turn the lanes, and move them
            b0 = s[k] ^ d0
            t = s[8 + k] ^ d1
            b10 = t << u64(1) | t >> u64(63)
            t = s[16 + k] ^ d2
            b20 = t << u64(62) | t >> u64(2)
            t = s[24 + k] ^ d3
            b5 = t << u64(28) | t >> u64(36)
            t = s[32 + k] ^ d4
            b15 = t << u64(27) | t >> u64(37)
            t = s[40 + k] ^ d0
            b16 = t << u64(36) | t >> u64(28)
            t = s[48 + k] ^ d1
            b1 = t << u64(44) | t >> u64(20)
            t = s[56 + k] ^ d2
            b11 = t << u64(6) | t >> u64(58)
            t = s[64 + k] ^ d3
            b21 = t << u64(55) | t >> u64(9)
            t = s[72 + k] ^ d4
            b6 = t << u64(20) | t >> u64(44)
            t = s[80 + k] ^ d0
            b7 = t << u64(3) | t >> u64(61)
            t = s[88 + k] ^ d1
            b17 = t << u64(10) | t >> u64(54)
            t = s[96 + k] ^ d2
            b2 = t << u64(43) | t >> u64(21)
            t = s[104 + k] ^ d3
            b12 = t << u64(25) | t >> u64(39)
            t = s[112 + k] ^ d4
            b22 = t << u64(39) | t >> u64(25)
            t = s[120 + k] ^ d0
            b23 = t << u64(41) | t >> u64(23)
            t = s[128 + k] ^ d1
            b8 = t << u64(45) | t >> u64(19)
            t = s[136 + k] ^ d2
            b18 = t << u64(15) | t >> u64(49)
            t = s[144 + k] ^ d3
            b3 = t << u64(21) | t >> u64(43)
            t = s[152 + k] ^ d4
            b13 = t << u64(8) | t >> u64(56)
            t = s[160 + k] ^ d0
            b14 = t << u64(18) | t >> u64(46)
            t = s[168 + k] ^ d1
            b24 = t << u64(2) | t >> u64(62)
            t = s[176 + k] ^ d2
            b9 = t << u64(61) | t >> u64(3)
            t = s[184 + k] ^ d3
            b19 = t << u64(56) | t >> u64(8)
            t = s[192 + k] ^ d4
            b4 = t << u64(14) | t >> u64(50)
            # chi: mix each row; iota: the constant of the round
            s[k] = b0 ^ (~b1 & b2) ^ CONSTANTS[r]
            s[8 + k] = b1 ^ (~b2 & b3)
            s[16 + k] = b2 ^ (~b3 & b4)
            s[24 + k] = b3 ^ (~b4 & b0)
            s[32 + k] = b4 ^ (~b0 & b1)
            s[40 + k] = b5 ^ (~b6 & b7)
            s[48 + k] = b6 ^ (~b7 & b8)
            s[56 + k] = b7 ^ (~b8 & b9)
            s[64 + k] = b8 ^ (~b9 & b5)
            s[72 + k] = b9 ^ (~b5 & b6)
            s[80 + k] = b10 ^ (~b11 & b12)
            s[88 + k] = b11 ^ (~b12 & b13)
            s[96 + k] = b12 ^ (~b13 & b14)
            s[104 + k] = b13 ^ (~b14 & b10)
            s[112 + k] = b14 ^ (~b10 & b11)
            s[120 + k] = b15 ^ (~b16 & b17)
            s[128 + k] = b16 ^ (~b17 & b18)
            s[136 + k] = b17 ^ (~b18 & b19)
            s[144 + k] = b18 ^ (~b19 & b15)
            s[152 + k] = b19 ^ (~b15 & b16)
            s[160 + k] = b20 ^ (~b21 & b22)
            s[168 + k] = b21 ^ (~b22 & b23)
            s[176 + k] = b22 ^ (~b23 & b24)
            s[184 + k] = b23 ^ (~b24 & b20)
            s[192 + k] = b24 ^ (~b20 & b21)


@njit(cache=True, nogil=True)
def _hash(messages: Lanes, out: Lanes, first: int, last: int) -> None:
    """Rows ``first`` to ``last`` (without it) of ``messages``, (n, lanes), into ``out``, (n, 4)."""
    lanes = messages.shape[1]
    s = np.empty(200, np.uint64)
    for start in range(first, last, 8):
        s[:] = 0
        many = min(8, last - start)
        for k in range(many):
            for j in range(lanes):
                s[8 * j + k] = messages[start + k, j]
            s[8 * lanes + k] ^= one
            s[128 + k] ^= LAST
        _permute(s)
        for k in range(many):
            for j in range(4):
                out[start + k, j] = s[8 * j + k]


@njit(cache=True, nogil=True)
def _big_endian(v: Any) -> Any:
    swapped: Any = u64(0)
    for shift in range(0, 64, 8):
        swapped = (swapped << u64(8)) | ((v >> u64(shift)) & u64(255))
    return swapped


@njit(cache=True, nogil=True)
def _hash_pairs(nodes: Lanes, first: int, last: int) -> None:
    """Nodes ``first`` to ``last`` (without it) of a heap, (2 n - 1, 4), from their children, the smaller first."""
    s = np.empty(200, np.uint64)
    for start in range(first, last, 8):
        s[:] = 0
        many = min(8, last - start)
        for k in range(many):
            left = 2 * (start + k) + 1
            right = left + 1
            for j in range(4):
                a, b = nodes[left, j], nodes[right, j]
                if a != b:
                    if _big_endian(a) > _big_endian(b):
                        left, right = right, left
                    break
            for j in range(4):
                s[8 * j + k] = nodes[left, j]
                s[8 * (4 + j) + k] = nodes[right, j]
            s[64 + k] = one
            s[128 + k] = LAST
        _permute(s)
        for k in range(many):
            for j in range(4):
                nodes[start + k, j] = s[8 * j + k]


def digests(messages: Bytes, threads: int | None = None) -> Bytes:
    """The hash of each row: (n, length) bytes in, (n, 32) bytes out. ``threads``: as many as there are processors.

    Raises ValueError if the length is no multiple of 8 or above 128.
    """
    count, length = messages.shape
    if length % 8 or length > 8 * MOST_LANES:
        raise ValueError(
            f"messages have {length} bytes: they should have a multiple of 8, at most {8 * MOST_LANES}"
        )
    lanes = np.ascontiguousarray(messages).view(np.uint64).reshape(count, length // 8)
    out = np.empty((count, 4), np.uint64)
    shared(lambda first, last: _hash(lanes, out, first, last), 0, count, threads)
    return out.view(np.uint8)


def fill(nodes: Bytes, threads: int | None = None) -> None:
    """Compute the inner nodes of a heap of ``2 n - 1`` rows whose last n are leaves, in place.

    A block of nodes can be hashed at once when it ends before its first node's children begin, so the heap is
    filled from its end in blocks that halve.
    """
    lanes, inner = nodes.view(np.uint64), len(nodes) // 2
    while inner:
        first = inner // 2
        shared(lambda low, high: _hash_pairs(lanes, low, high), first, inner, threads)
        inner = first


def shared(work: Callable[[int, int], None], first: int, last: int, threads: int | None) -> None:
    """Do ``work(from, to)`` over a range, cut into shares for some threads; Numba lets them run together."""
    many = threads or os.cpu_count() or 1
    if many == 1 or last - first <= SHARE:
        work(first, last)
        return
    with ThreadPoolExecutor(many) as pool:
        starts = range(first, last, SHARE)
        list(pool.map(lambda start: work(start, min(start + SHARE, last)), starts))
