"""`make bench-data`: trees and pre-mining at size beside their peers, in one run.

Writes bench/merkle.json and bench/premining.json.

Every measurement is a process of its own, so that its memory is its own. Seconds depend on the machine; ratios are
of one run on one machine. Some 15 minutes on two cores, and 3 GB of disk under the system's temporary folder.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from phemexia.toolchain import ROOT

MERKLE, PREMINING = ROOT / "bench" / "merkle.json", ROOT / "bench" / "premining.json"
LEAVES = (10_000, 100_000, 1_000_000)
RECORDS = (1_000_000, 4_000_000, 50_000_000)
PEER_RECORDS = (1_000_000, 4_000_000)
THREADS, MEMORY, SEED = 2, "2500MB", 7
BOUNDS = {
    "tree is at least so many times as fast": 10,
    "tree's memory, GB": 1.5,
    "pre-mining is at least so many times as fast": 5,
    "pre-mining's memory, GB": 4,
}
GB = 10**9
HASHING = "nanoseconds_for_a_hash_of_64_bytes"


def grants(count: int) -> list[tuple[int, int, int]]:
    """Leaves as a campaign has them."""
    return [(i + 1, i % 2, (i + 1) * 10**12 + i) for i in range(count)]


def measured(work: Callable[[], Any]) -> dict[str, Any]:
    """Seconds of some work, by the clock and of processors, and the most memory this process has held."""
    start, busy = time.perf_counter(), time.process_time()
    found = work()
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"seconds": round(seconds, 3), "cpu_seconds": round(busy, 3), "memory": most, "found": found}


def tree(count: int) -> dict[str, Any]:
    """Our tree: built from columns, written, one proof read back."""
    import numpy as np

    from phemexia.merkle import TreeFile, build

    types = ("uint256", "uint8", "uint256")
    build([[1], [0], [1]], types, key=2)  # loads the compiled code
    number = np.arange(count, dtype=np.int64)
    columns = [number + 1, number % 2, (number + 1) * 10**12 + number]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.tree")

        def work() -> str:
            made = build(columns, types, key=2)
            made.write(path)
            return "0x" + made.root.hex()

        result = measured(work)
        start = time.perf_counter()
        with TreeFile(path) as file:
            assert file.find(count, (count - 1) % 2) is not None
        return result | {"proof_seconds": round(time.perf_counter() - start, 6), "bytes": path.stat().st_size}


def foreign_tree(count: int) -> dict[str, Any]:
    """OpenZeppelin's package, in memory, without writing."""
    text = "\n".join(" ".join(map(str, leaf)) for leaf in grants(count))
    command = ["node", "--max-old-space-size=12288", str(ROOT / "bench" / "oz_tree.mjs")]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ROOT)
    facts = json.loads(done.stdout)
    return {**{key: facts[key] for key in ("seconds", "cpu_seconds", "memory")}, "found": facts["root"]}


def hashes() -> dict[str, float]:
    """Nanoseconds of a processor for one hash of 64 bytes, by library."""
    import numpy as np
    import sha3
    from Crypto.Hash import keccak as pycryptodome
    from eth_utils import keccak

    from phemexia.merkle.keccak import digests

    rows = np.random.default_rng(1).integers(0, 256, (200_000, 64), dtype=np.uint8)
    digests(rows[:8], 1)
    messages = [row.tobytes() for row in rows]
    ways: dict[str, Callable[[], Any]] = {
        "phemexia.merkle.keccak (numba, batch)": lambda: digests(rows, 1),
        "safe-pysha3": lambda: [sha3.keccak_256(message).digest() for message in messages],
        "pycryptodome": lambda: [pycryptodome.new(digest_bits=256, data=message).digest() for message in messages],
        "eth_utils.keccak": lambda: [keccak(message) for message in messages],
    }
    return {
        name: round(min(measured(way)["cpu_seconds"] for _ in range(3)) / len(rows) * 1e9)
        for name, way in ways.items()
    }


def premining(folder: str) -> dict[str, Any]:
    """Our engine: reads, checks, computes, writes leaderboards and trees."""
    from phemexia.config import load_premining
    from phemexia.premining.results import Question, compute

    with tempfile.TemporaryDirectory(dir=folder) as target:
        question = Question(
            str(Path(folder, "trades.parquet")), Path(folder, "passes.parquet"), Path(target, "season"),
            load_premining(), memory=MEMORY, threads=THREADS,
        )  # fmt: skip
        result = measured(lambda: compute(question))
    return result | {"found": [stage["total"] for stage in result["found"]["stages"]][-1]}


def foreign_premining(folder: str) -> dict[str, Any]:
    """Plain pandas: reads, checks, computes; writes nothing."""
    from bench.pandas_peer import mine
    from phemexia.config import load_premining

    result = measured(lambda: mine(Path(folder), load_premining()))
    return result | {"found": sum(result["found"].values())}


def apart(name: str, *arguments: object) -> dict[str, Any]:
    """Run a measurement of this module in a process of its own."""
    command = [sys.executable, "-m", "bench.data", name, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr)
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


def machine() -> dict[str, Any]:
    """Where it was measured."""
    return {"python": platform.python_version(), "machine": platform.machine(), "processors": os.cpu_count()}


def growth(results: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """By size: seconds, microseconds for each, and GB of memory."""
    return {
        str(size): {
            "seconds": facts["seconds"],
            "cpu_seconds": facts["cpu_seconds"],
            "microseconds_each": round(facts["seconds"] / size * 1e6, 3),
            "gigabytes": round(facts["memory"] / GB, 3),
            **{key: facts[key] for key in ("proof_seconds", "bytes") if key in facts},
        }
        for size, facts in results.items()
    }


def bench_merkle(say: Callable[[str], None]) -> dict[str, Any]:
    """Trees of all sizes, ours and the package's."""
    ours, theirs = {}, {}
    for size in LEAVES:
        say(f"a tree of {size:,} leaves")
        ours[size] = apart("tree", size)
        say(f"a tree of {size:,} leaves, @openzeppelin/merkle-tree")
        theirs[size] = apart("foreign_tree", size)
        assert ours[size]["found"] == theirs[size]["found"], "the roots differ"
    most = LEAVES[-1]
    return {
        "machine": machine(),
        "leaves": most,
        "ratio": round(theirs[most]["seconds"] / ours[most]["seconds"], 1),
        "ratio_of_cpu": round(theirs[most]["cpu_seconds"] / ours[most]["cpu_seconds"], 1),
        "gigabytes": round(ours[most]["memory"] / GB, 3),
        "phemexia": growth(ours),
        "@openzeppelin/merkle-tree": growth(theirs),
        HASHING: apart("hashes"),
    }


def bench_premining(say: Callable[[str], None], sizes: tuple[int, ...]) -> dict[str, Any]:
    """Seasons of all sizes, ours and in pandas."""
    from phemexia.config import load_premining
    from phemexia.premining.generate import generate

    ours, theirs = {}, {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="phemexia-bench-") as folder:
            say(f"making {size:,} records")
            generate(Path(folder, "r"), size, SEED, load_premining())
            say(f"mining {size:,} records")
            ours[size] = apart("premining", Path(folder, "r"))
            if size in PEER_RECORDS:
                say(f"mining {size:,} records in pandas")
                theirs[size] = apart("foreign_premining", Path(folder, "r"))
                assert ours[size]["found"] == theirs[size]["found"], "the xPT differ"
    each = ours[sizes[-1]]["seconds"] / sizes[-1]
    peer = max(theirs)
    return {
        "machine": machine(),
        "records": sizes[-1],
        "threads": THREADS,
        "pandas_records": peer,
        "ratio_for_each_record": round(theirs[peer]["seconds"] / peer / each, 1),
        "ratio_of_cpu_for_each_record": round(
            theirs[peer]["cpu_seconds"] / peer / (ours[sizes[-1]]["cpu_seconds"] / sizes[-1]), 1
        ),
        "ratio_at_the_same_size": round(theirs[peer]["seconds"] / ours[peer]["seconds"], 1),
        "gigabytes": round(ours[sizes[-1]]["memory"] / GB, 3),
        "phemexia": growth(ours),
        "pandas": growth(theirs),
    }


def main(arguments: list[str]) -> int:
    """Measure everything, or `merkle`, `premining` or `hashing` alone; fails when a bound is missed.

    Other arguments name one measurement, for :func:`apart`.
    """
    if arguments and arguments[0] in ("tree", "foreign_tree"):
        print(json.dumps(globals()[arguments[0]](int(arguments[1]))))
        return 0
    if len(arguments) == 2 and arguments[0] in ("premining", "foreign_premining"):
        print(json.dumps(globals()[arguments[0]](arguments[1])))
        return 0
    if arguments == ["hashes"]:
        print(json.dumps(hashes()))
        return 0
    console, missed = Console(), []
    if arguments == ["hashing"]:
        facts = json.loads(MERKLE.read_text()) | {HASHING: apart("hashes")}
        MERKLE.write_text(json.dumps(facts, indent=2) + "\n")
        return 0
    if arguments != ["premining"]:
        MERKLE.write_text(json.dumps(bench_merkle(console.print), indent=2) + "\n")
    if arguments != ["merkle"]:
        PREMINING.write_text(json.dumps(bench_premining(console.print, RECORDS), indent=2) + "\n")
    trees, seasons = json.loads(MERKLE.read_text()), json.loads(PREMINING.read_text())
    least_tree, most_tree, least_mining, most_mining = BOUNDS.values()
    for name, good in zip(
        BOUNDS,
        (
            trees["ratio"] >= least_tree,
            trees["gigabytes"] <= most_tree,
            seasons["ratio_for_each_record"] >= least_mining,
            seasons["gigabytes"] <= most_mining,
        ),
        strict=True,
    ):
        missed += [] if good else [name]
    console.print_json(json.dumps({"merkle": trees, "premining": seasons}))
    for name in missed:
        console.print(f"[red]missed:[/] {name}: {BOUNDS[name]}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
