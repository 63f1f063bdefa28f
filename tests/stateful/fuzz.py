"""`make fuzz`: many sequences of each machine on all cores, what they did, and a small sequence when one fails."""

import multiprocessing
import os
import secrets
import sys
import time
from collections import Counter

import click
from rich.console import Console
from rich.table import Table
from stateful.machines import MACHINES
from stateful.play import Played, shrink

BATCH = 25
"""Sequences that a worker plays between two reports."""
USUAL = {"escrow": (5_000, 100), "governor": (4_000, 80)}
"""Sequences and their steps, unless they are given."""


def _batch(work: tuple[str, int, int, int]) -> tuple[Played, int | None]:
    """Play a batch; the seed of the sequence that failed, if one did."""
    name, first, count, length = work
    machine, played = MACHINES[name], Played()
    for seed in range(first, first + count):
        try:
            played.add(machine.play(machine.sequence(seed, length)))
        except Exception:
            return played, seed
    return played, None


def _outcomes(name: str, outcomes: Counter[str]) -> Table:
    table = Table("action", title=f"What the {name}'s sequences did")
    table.add_column("done", justify="right")
    table.add_column("refused", justify="right")
    table.add_column("refusals")
    for action in sorted({name.partition(":")[0] for name in outcomes}):
        refused = {
            name.partition(": ")[2].rpartition("__")[2]: count
            for name, count in outcomes.items()
            if name.startswith(f"{action}: ")
        }
        told = ", ".join(f"{name} {count:,}" for name, count in sorted(refused.items(), key=lambda r: -r[1]))
        table.add_row(action, f"{outcomes[action]:,}", f"{sum(refused.values()):,}", told)
    return table


def _explain(console: Console, name: str, seed: int, length: int) -> None:
    machine = MACHINES[name]
    sequence = machine.sequence(seed, length)
    reason = machine.failure(sequence) or "it failed, but not when it was played again"
    console.print(f"[bold red]sequence {seed} of the {name} fails[/]: {reason}", soft_wrap=True)
    small = shrink(sequence, machine.failure)
    console.print(f"{len(small.steps)} of its {length} steps are enough: {machine.failure(small)}", soft_wrap=True)
    console.print(f'Sequence("{small.era}", (', highlight=False)
    for step in small.steps:
        console.print(f"    {step!r},", highlight=False)
    console.print("))", highlight=False)


def _fuzz(console: Console, name: str, first: int, sequences: int, steps: int, workers: int) -> None:
    console.print(f"{name}: {sequences:,} sequences of {steps} steps from seed {first} on {workers} workers")
    work = [
        (name, start, min(BATCH, first + sequences - start), steps)
        for start in range(first, first + sequences, BATCH)
    ]
    total, began, told = Played(), time.monotonic(), time.monotonic()
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        for played, failed in pool.imap_unordered(_batch, work):
            total.add(played)
            if failed is not None:
                pool.terminate()
                _explain(console, name, failed, steps)
                sys.exit(1)
            if time.monotonic() - told > 30:
                told = time.monotonic()
                speed = total.steps / (told - began)
                console.print(f"{total.sequences:,} sequences, {total.steps:,} steps, {speed:,.0f} steps/s")
    seconds = time.monotonic() - began
    console.print(_outcomes(name, total.outcomes))
    console.print(
        f"[green]no difference[/] in {total.sequences:,} sequences, {total.steps:,} steps, "
        f"{seconds:,.0f} s, {total.steps / seconds:,.0f} steps/s; dearest action {total.most_gas:,} gas"
    )


@click.command()
@click.option("--machine", type=click.Choice([*MACHINES]), multiple=True, default=[*MACHINES], show_default=True)
@click.option("--seed", type=click.IntRange(0), default=None, help="First seed; a random one by default.")
@click.option(
    "--sequences", type=click.IntRange(1), default=None, help="By default so many that it takes minutes."
)
@click.option("--steps", type=click.IntRange(1), default=None, help="Steps of a sequence.")
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True)
def main(
    machine: tuple[str, ...], seed: int | None, sequences: int | None, steps: int | None, workers: int
) -> None:
    """Play random sequences of actions on the compiled contracts and on the model: of the escrow, of the governor.

    Example: python -m stateful.fuzz --machine governor --seed 1 --sequences 200 --steps 50
    """
    console = Console()
    first = secrets.randbelow(10**9) if seed is None else seed
    for name in machine:
        usual_sequences, usual_steps = USUAL[name]
        _fuzz(console, name, first, sequences or usual_sequences, steps or usual_steps, workers)


if __name__ == "__main__":
    main()
