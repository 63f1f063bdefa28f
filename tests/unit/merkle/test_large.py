"""Large trees: the same as the plain ones, on disk and back."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phemexia.merkle import MerkleError, StandardTree, TreeFile, build

from .conftest import TYPES, leaves


def columns(rows):
    return [[row[i] for row in rows] for i in range(3)]


@pytest.mark.parametrize("size", [*range(1, 34), 1_000])
def test_build_makes_the_plain_tree(size, tmp_path):
    plain = StandardTree(leaves(size), TYPES)
    large = build(columns(leaves(size)), TYPES, key=2)
    assert large.root == plain.root
    assert [node.tobytes() for node in large.nodes] == plain.nodes
    large.write(tmp_path / "a.tree")
    with TreeFile(tmp_path / "a.tree") as file:
        assert (file.root, len(file), file.types) == (plain.root, size, TYPES)
        assert list(file) == sorted(leaves(size))
        for i, leaf in enumerate(leaves(size)):
            grant = file.find(*leaf[:2])
            assert grant is not None
            assert (grant.values, grant.proof) == (leaf, plain.proof(i))


@given(
    st.lists(
        st.tuples(st.integers(0, 2**256 - 1), st.integers(0, 255), st.integers(0, 2**256 - 1)),
        min_size=1, max_size=20, unique_by=lambda leaf: leaf[:2],
    )
)  # fmt: skip
@settings(deadline=None, max_examples=50)
def test_build_takes_any_numbers_in_any_order(rows):
    assert build(columns(rows), TYPES, key=2).root == StandardTree(rows, TYPES).root


@pytest.mark.parametrize(
    "make",
    [
        lambda numbers: np.array(numbers, np.uint64),
        lambda numbers: np.array(numbers, np.int32),
        lambda numbers: np.array(numbers, object),
        lambda numbers: pa.array(numbers, pa.int64()),
        lambda numbers: pa.array(numbers).cast(pa.decimal128(38, 0)),
        lambda numbers: pa.chunked_array([numbers[:2], numbers[2:]]).cast(pa.decimal128(38, 0)),
        lambda numbers: pa.array([9, *numbers]).cast(pa.decimal128(38, 0)).slice(1),
    ],
    ids=["uint64", "int32", "objects", "Arrow", "decimals", "chunks", "a slice"],
)
def test_build_takes_columns_of_any_make(make):
    numbers = [5, 0, 2**31 - 1, 77]
    rows = [(i, 1, number) for i, number in enumerate(numbers)]
    assert build([[0, 1, 2, 3], [1] * 4, make(numbers)], TYPES).root == StandardTree(rows, TYPES).root


@pytest.mark.parametrize(
    ("given_", "types", "key", "problem"),
    [
        ([[], [], []], TYPES, 1, "between 1 and 2^31 leaves"),
        ([[1, 2], [0]], TYPES[:2], 1, "not of the same length"),
        ([[1], [256], [1]], TYPES, 1, "does not fit uint8"),
        ([[1], [-1], [1]], TYPES, 1, "does not fit uint8"),
        ([np.array([-1])], ("uint8",), 1, "does not fit uint8"),
        ([pa.array([-1]).cast(pa.decimal128(38, 0))], ("uint256",), 1, "does not fit uint256"),
        ([pa.array([None, 1])], ("uint256",), 1, "is missing"),
        ([[2**256]], ("uint256",), 1, "does not fit uint256"),
        ([["one"]], ("uint256",), 1, "does not fit uint256"),
        ([[1]], ("address",), 1, "not of address"),
        ([[1]], ("uint12",), 1, "not of uint12"),
        ([[1]], TYPES, 1, "make no tree"),
        ([[1]] * 5, ("uint8",) * 5, 1, "make no tree"),
        ([[1]], ("uint8",), 2, "make no tree"),
        ([[1, 1], [0, 0], [5, 6]], TYPES, 2, r"the key \(1, 0\)"),
        ([[1, 1], [0, 0], [5, 5]], TYPES, 3, "the same"),
    ],
    ids=[
        "none", "lengths", "above", "below", "below in NumPy", "below in Arrow", "missing", "above a word",
        "a word", "an address", "odd bits", "too few", "too many", "long key", "key twice", "leaf twice",
    ],
)  # fmt: skip
def test_build_refuses(given_, types, key, problem):
    with pytest.raises(MerkleError, match=problem.replace("^", r"\^")):
        build(given_, types, key=key)


@pytest.fixture
def path(tmp_path):
    build(columns(leaves(33)), TYPES, key=2).write(tmp_path / "a.tree")
    return tmp_path / "a.tree"


def test_find_what_is_not_there(path):
    with TreeFile(path) as file:
        assert [file.find(*key) for key in ((0, 0), (1, 1), (34, 0), (10**30, 0))] == [None] * 4
        with pytest.raises(MerkleError, match="named by 2 numbers, not 1"):
            file.find(1)


def test_write_leaves_no_half_file(path):
    assert [file.name for file in path.parent.iterdir()] == ["a.tree"]


@pytest.mark.parametrize("cut", [1, 4_000], ids=["by a byte", "in the head"])
def test_file_that_is_cut_is_refused(path, cut):
    path.write_bytes(path.read_bytes()[: max(60, path.stat().st_size - cut)])
    with pytest.raises(MerkleError, match="not a whole one"):
        TreeFile(path)


@pytest.mark.parametrize("text", [b"", b"PHXTREE1", b"PHXTREE2" + bytes(100), b"PHXTREE1\x02\0\0\0{}"])
def test_file_of_something_else_is_refused(tmp_path, text):
    (tmp_path / "b.tree").write_bytes(text)
    with pytest.raises(MerkleError):
        TreeFile(tmp_path / "b.tree")
    with pytest.raises(MerkleError, match="does it exist"):
        TreeFile(tmp_path / "none.tree")


def test_damaged_proof_is_not_handed_out(path):
    data = bytearray(path.read_bytes())
    data[-32 * 65 + 32 * 2 + 5] ^= 1  # node 2, next to the root
    path.write_bytes(data)
    with TreeFile(path) as file:
        damaged = 0
        for number, kind, _ in leaves(33):
            try:
                file.find(number, kind)
            except MerkleError:
                damaged += 1
    assert 0 < damaged < 33
