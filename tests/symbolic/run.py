"""`make prove`: prove the checks in tests/symbolic with halmos.

A check is proven only if halmos explored every path to its end and refuted every violation. A counterexample, an
answer that the solver did not find in time, a loop that was cut off, and a check of which every path reverts are
failures alike. The exit code is 1 when one check failed or none was found.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from phemexia.toolchain import BIN, ROOT

HALMOS = ROOT / ".venv-tools" / "bin" / "halmos"
SOURCES = ROOT / "tests" / "symbolic"
OUT = {"proofs": ".build/proofs", "quick-proofs": ".build/quick-proofs"}
"""Where each profile of foundry.toml builds to."""
LIMIT = 300
"""Seconds for one process."""
TOGETHER = {"PackingProof"}
"""Contracts whose checks share a process, because starting one takes longer than any of them does."""
# A branch that is not decided is explored both ways, so patience with branches saves paths.
OPTIONS = [
    *["--no-status", "--solver-threads", "1", "--loop", "8"],
    *["--solver-timeout-branching", "2s"],
]
VERDICTS = {0: "proven", 1: "BROKEN", 2: "NO ANSWER", 3: "STUCK", 4: "ALL REVERT"}
"""What halmos' exit codes of a check say."""


@dataclass(frozen=True)
class Check:
    """A function of a contract in tests/symbolic that halmos proves."""

    contract: str
    name: str


@dataclass(frozen=True)
class Result:
    """What became of a check: `proven` or what was wrong, paths, seconds, and halmos' words."""

    check: Check
    verdict: str
    paths: int
    seconds: float
    told: str

    @property
    def proven(self) -> bool:
        return self.verdict == "proven"


def environment(profile: str) -> dict[str, str]:
    """The variables with which forge builds a profile, by halmos' hand, too."""
    return os.environ | {"FOUNDRY_PROFILE": profile, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def build(profile: str) -> None:
    """Compile the checks; raises RuntimeError with the compiler's words."""
    # halmos asks for the same outputs; other ones would be built a second time
    command = ["forge", "build", "--ast", "--extra-output", "storageLayout", "metadata"]
    done = subprocess.run(command, cwd=ROOT, env=environment(profile), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def find(profile: str) -> list[Check]:
    """All checks of contracts that the sources still name; forge leaves what it built from earlier ones."""
    found = []
    for artifact in sorted((ROOT / OUT[profile]).glob("*.t.sol/*.json")):
        source = SOURCES / artifact.parent.name
        if not source.exists() or not re.search(rf"^contract {artifact.stem}\b", source.read_text(), re.M):
            continue
        names = (item.get("name", "") for item in json.loads(artifact.read_text())["abi"])
        found += [Check(artifact.stem, name) for name in names if name.startswith("check_")]
    return found


def prove(checks: list[Check], profile: str, limit: int = LIMIT) -> list[Result]:
    """Run checks of one contract in one process, for `limit` seconds at most."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        names = "|".join(check.name for check in checks)
        command = [str(HALMOS), *OPTIONS, "--forge-build-out", OUT[profile], "--json-output", str(answer)]
        command += ["--contract", checks[0].contract, "--match-test", rf"^({names})\("]
        command += ["--solver-timeout-assertion", f"{limit}s"]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(profile) | {"TMPDIR": folder},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            told, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # halmos and its solvers; it may sit out a mere request
            process.communicate()
            seconds = time.monotonic() - began
            return [Result(check, "NO ANSWER", 0, seconds, f"nothing within {limit} s") for check in checks]
        told = re.sub(r"\x1b\[\d+m", "", told).strip()
        try:
            (suite,) = json.loads(answer.read_text())["test_results"].values()
        except (OSError, ValueError):
            suite = []
    outcomes = {outcome["name"].partition("(")[0]: outcome for outcome in suite}
    return [judge(check, outcomes.get(check.name), told) for check in checks]


def judge(check: Check, outcome: dict[str, Any] | None, told: str) -> Result:
    """What halmos' answer says about a check; None stands for no answer at all."""
    if outcome is None:
        return Result(check, "ERROR", 0, 0, told)
    paths, _, stuck = outcome["num_paths"]
    verdict = VERDICTS.get(outcome["exitcode"], "ERROR")
    if verdict == "proven" and (outcome["num_bounded_loops"] or stuck):
        verdict = "CUT OFF"
    return Result(check, verdict, paths, outcome["time"][0], told)


def prove_all(
    checks: Iterable[Check],
    profile: str,
    workers: int,
    limit: int = LIMIT,
    each: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """Run checks side by side; `each` is told of every result in the order of the checks."""
    batches: dict[tuple[str, str], list[Check]] = {}
    for check in checks:
        name = "" if check.contract in TOGETHER else check.name
        batches.setdefault((check.contract, name), []).append(check)
    results: list[Result] = []
    with ThreadPoolExecutor(workers) as pool:
        for batch in pool.map(lambda batch: prove(batch, profile, limit), batches.values()):
            for result in batch:
                results.append(result)
                each(result)
    return results


def table(results: list[Result]) -> Table:
    """The results, one row each."""
    rows = Table("contract", "check", "result", title="Proofs of the escrow")
    rows.add_column("paths", justify="right")
    rows.add_column("seconds", justify="right")
    for result in results:
        rows.add_row(
            result.check.contract,
            result.check.name.removeprefix("check_").replace("_", " "),
            result.verdict,
            f"{result.paths:,}",
            f"{result.seconds:.0f}",
            style=None if result.proven else "bold red",
        )
    return rows


@click.command()
@click.option("--match", default="", help="Only checks whose contract or name contains this.")
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True)
@click.option("--limit", type=click.IntRange(1), default=LIMIT, show_default=True, help="Seconds for one process.")
def main(match: str, workers: int, limit: int) -> None:
    """Prove what tests/symbolic says about the escrow.

    Example: python -m symbolic.run --match Packing
    """
    console = Console()
    began = time.monotonic()
    try:
        build("proofs")
    except RuntimeError as error:
        console.print(f"[red]the checks do not compile:[/]\n{error}", markup=True, soft_wrap=True)
        sys.exit(1)
    checks = [check for check in find("proofs") if match.lower() in f"{check.contract} {check.name}".lower()]
    if not checks:
        click.echo("no check matches" if match else "no checks found", err=True)
        sys.exit(2 if match else 1)

    def tell(result: Result) -> None:
        mark = "  " if result.proven else "!!"
        click.echo(
            f"{mark} {result.check.contract}.{result.check.name}: {result.verdict} ({result.seconds:.0f} s)"
        )
        if not result.proven:
            click.echo(result.told)

    results = prove_all(checks, "proofs", workers, limit, tell)
    console.print(table(results))
    failed = sum(1 for result in results if not result.proven)
    console.print(
        f"{len(results)} checks: {len(results) - failed} proven, {failed} not; {time.monotonic() - began:,.0f} s"
    )
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
