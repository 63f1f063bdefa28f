"""`make mutants`: see that a test fails for each small mistake in the escrow.

Each mutant is compiled on its own and played through the stateful tests, then, if it is still alive, through the
escrow's unit tests. The exit code is 1 when one survives that is not explained in the list, when one that the list
calls the same is not, or when the list no longer fits the sources.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import click
from mutation.line import CHECKPOINT, HISTORY, LINE
from mutation.locks import ESCROW, LEDGER, LOCK
from mutation.mutant import Mutant
from rich.console import Console
from rich.table import Table

from phemexia.toolchain import BIN, ROOT

MISTAKES = [*CHECKPOINT, *LINE, *HISTORY, *LOCK, *LEDGER, *ESCROW]
SOURCES = ROOT / "contracts" / "escrow"
SUITES = {
    "stateful": [
        "tests/stateful/test_escrow.py",
        "tests/stateful/test_crowd.py",
        "-k",
        "not hypothesis and not random",
    ],  # hypothesis would shrink each failure
    "unit": ["tests/unit/voting_escrow", "-k", "not griefer"],  # that one measures gas, which differs without IR
}
"""Run in this order until one notices."""
TIMEOUT = 600
"""Seconds for one suite on one mutant; a mutant that does not come to an end is noticed, too."""


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: who noticed it, in how many seconds, or that it does not compile."""

    mutant: Mutant
    killer: str
    seconds: float


def sources(mutant: Mutant | None) -> dict[str, str]:
    """The escrow's sources by path, with the mutant's change; raises ValueError when the change does not fit."""
    found = {str(path.relative_to(ROOT)): path.read_text() for path in sorted(SOURCES.glob("*.sol"))}
    if mutant:
        path = f"contracts/escrow/{mutant.file}.sol"
        times = found.get(path, "").count(mutant.old)
        if times != 1:
            raise ValueError(f"{path} has {times} times, not once: {mutant.old!r}")
        found[path] = found[path].replace(mutant.old, mutant.new)
    return found


def compile_escrow(mutant: Mutant | None) -> str:
    """Initcode of the changed VotingEscrow in hex, without the slow pipeline; raises RuntimeError."""
    target = "contracts/escrow/VotingEscrow.sol"
    request = {
        "language": "Solidity",
        "sources": {path: {"content": text} for path, text in sources(mutant).items()},
        "settings": {
            "evmVersion": "cancun",
            "optimizer": {"enabled": True, "runs": 200},
            "remappings": [
                "@openzeppelin/contracts=node_modules/@openzeppelin/contracts",
                "solady=node_modules/solady/src",
            ],
            "outputSelection": {target: {"VotingEscrow": ["evm.bytecode.object"]}},
        },
    }
    command = [str(BIN / "solc"), "--standard-json", "--base-path", str(ROOT)]
    done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    errors = [item["formattedMessage"] for item in answer.get("errors", []) if item["severity"] == "error"]
    if errors:
        raise RuntimeError("\n".join(errors))
    return "0x" + answer["contracts"][target]["VotingEscrow"]["evm"]["bytecode"]["object"]


def noticed(code: str, suite: str) -> str:
    """The first test of a suite that fails with this code in VotingEscrow's place; empty if none does."""
    with tempfile.NamedTemporaryFile("w", suffix=".hex") as file:
        file.write(code)
        file.flush()
        environment = os.environ | {
            "MUTANT": file.name,
            "PYTHONPATH": str(ROOT / "tests"),
            "PHEMEXIA_SEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        plugins = ["-p", "mutation.plugin", "-p", "no:cacheprovider", "-p", "no:xdist"]
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-rfE", *plugins, *SUITES[suite]]
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=TIMEOUT
            )
        except subprocess.TimeoutExpired:
            return f"{suite}: no end"
    if done.returncode == 0:
        return ""
    for line in done.stdout.splitlines():
        if line.startswith(("FAILED ", "ERROR ")):
            return f"{suite}: {line.split(' ', 1)[1].split(' - ')[0].rpartition('::')[2]}"
    raise RuntimeError(f"pytest ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")


def judge(mutant: Mutant) -> Verdict:
    """Compile and test one mutant."""
    began = time.monotonic()
    try:
        code = compile_escrow(mutant)
    except RuntimeError as error:
        return Verdict(mutant, f"does not compile: {error}", time.monotonic() - began)
    killer = next((test for suite in SUITES if (test := noticed(code, suite))), "")
    return Verdict(mutant, killer, time.monotonic() - began)


def _broken(verdict: Verdict) -> bool:
    """Whether the list and the verdict disagree."""
    if verdict.killer.startswith("does not compile"):
        return True
    return bool(verdict.killer) == bool(verdict.mutant.same)


def _report(console: Console, verdicts: list[Verdict]) -> None:
    table = Table("", "file", "mistake", "noticed by", title="Mutants of the escrow")
    for number, verdict in enumerate(verdicts, 1):
        told = verdict.killer or (f"the same: {verdict.mutant.same}" if verdict.mutant.same else "NOBODY")
        style = "bold red" if _broken(verdict) else None
        table.add_row(str(number), verdict.mutant.file, verdict.mutant.note, told, style=style)
    console.print(table)


def chosen(match: str | None) -> list[Mutant]:
    """The mutants whose file or note contains a text."""
    return [m for m in MISTAKES if match is None or match.lower() in f"{m.file} {m.note}".lower()]


@click.command()
@click.option("--match", default=None, help="Only mutants whose file or note contains this.")
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True)
@click.option("--check", is_flag=True, help="Only see that each change still fits the sources.")
def main(match: str | None, workers: int, check: bool) -> None:
    """Change the escrow in small ways and see whether its tests notice.

    Example: python -m mutation.run --match History
    """
    console = Console()
    mutants = chosen(match)
    try:
        for mutant in mutants:
            sources(mutant)
    except ValueError as error:
        console.print(f"[red]the list does not fit the sources:[/] {error}", soft_wrap=True)
        sys.exit(1)
    if not mutants:
        click.echo("no mutant matches", err=True)
        sys.exit(2)
    if check:
        console.print(f"{len(mutants)} mutants fit the sources")
        return
    began = time.monotonic()
    original = compile_escrow(None)
    if failed := next((test for suite in SUITES if (test := noticed(original, suite))), ""):
        console.print(f"[red]the unchanged escrow fails:[/] {failed}")
        sys.exit(1)
    verdicts: list[Verdict] = []
    with ThreadPoolExecutor(workers) as pool:
        for verdict in pool.map(judge, mutants):
            verdicts.append(verdict)
            mark = "[red]!![/]" if _broken(verdict) else "  "
            told = verdict.killer or ("the same" if verdict.mutant.same else "survives")
            console.print(
                f"{mark} {len(verdicts)}/{len(mutants)} {verdict.mutant.file}: {verdict.mutant.note} -> {told} "
                f"({verdict.seconds:.0f} s)",
                soft_wrap=True,
            )
    _report(console, verdicts)
    killed = sum(1 for verdict in verdicts if verdict.killer)
    same = sum(1 for verdict in verdicts if not verdict.killer and verdict.mutant.same)
    broken = [verdict for verdict in verdicts if _broken(verdict)]
    console.print(
        f"{len(verdicts)} mutants: {killed} noticed, {same} the same as the original, {len(broken)} to explain; "
        f"{time.monotonic() - began:,.0f} s"
    )
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
