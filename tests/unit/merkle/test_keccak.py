"""Hashing in batches, against pycryptodome."""

import numpy as np
import pytest
from Crypto.Hash import keccak

from phemexia.merkle.keccak import SHARE, digests


def expected(message: bytes) -> bytes:
    return keccak.new(digest_bits=256, data=message).digest()


@pytest.mark.parametrize("length", range(0, 129, 8))
@pytest.mark.parametrize("count", [1, 7, 8, 9], ids="{} messages".format)
def test_digests_of_every_length(length, count):
    rows = np.random.default_rng(length).integers(0, 256, (count, length), dtype=np.uint8)
    assert [row.tobytes() for row in digests(rows)] == [expected(row.tobytes()) for row in rows]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_digests_are_the_same_on_any_number_of_threads(threads):
    rows = np.random.default_rng(1).integers(0, 256, (2 * SHARE + 5, 64), dtype=np.uint8)
    assert bool((digests(rows, threads) == digests(rows, 1)).all())
    assert digests(rows, threads)[-1].tobytes() == expected(rows[-1].tobytes())


@pytest.mark.parametrize("length", [7, 136])
def test_digests_refuse_other_lengths(length):
    with pytest.raises(ValueError, match="a multiple of 8, at most 128"):
        digests(np.zeros((1, length), np.uint8))
