"""`make fuzz`: many sequences on all cores, a report of what they did, and a small sequence when one fails."""

import multiprocessing
import os
import secrets
import sys
import time
from collections import Counter

import click
from rich.console import Console
from rich.table import Table
from stateful.play import Played, Sequence, failure, play, shrink

BATCH = 25
"""Sequences that a worker plays between two reports."""


def _batch(work: tuple[int, int, int]) -> tuple[Played, int | None]:
    """Play a batch; the seed of the sequence that failed, if one did."""
    first, count, length = work
    played = Played()
    for seed in range(first, first + count):
        try:
            played.add(play(Sequence.of(seed, length)))
        except Exception:
            return played, seed
    return played, None


def _outcomes(outcomes: Counter[str]) -> Table:
    table = Table("action", title="What the sequences did")
    table.add_column("done", justify="right")
    table.add_column("refused", justify="right")
    table.add_column("refusals")
    for action in sorted({name.partition(":")[0] for name in outcomes}):
        refused = {
            name.partition(": ")[2].removeprefix("VotingEscrow__"): count
            for name, count in outcomes.items()
            if name.startswith(f"{action}: ")
        }
        told = ", ".join(f"{name} {count:,}" for name, count in sorted(refused.items(), key=lambda r: -r[1]))
        table.add_row(action, f"{outcomes[action]:,}", f"{sum(refused.values()):,}", told)
    return table


def _explain(console: Console, seed: int, length: int) -> None:
    sequence = Sequence.of(seed, length)
    reason = failure(sequence) or "it failed, but not when it was played again"
    console.print(f"[bold red]sequence {seed} fails[/]: {reason}", soft_wrap=True)
    small = shrink(sequence, failure)
    console.print(f"{len(small.steps)} of its {length} steps are enough: {failure(small)}", soft_wrap=True)
    console.print(f'Sequence("{small.era}", (', highlight=False)
    for step in small.steps:
        console.print(f"    {step!r},", highlight=False)
    console.print("))", highlight=False)


@click.command()
@click.option("--seed", type=click.IntRange(0), default=None, help="First seed; a random one by default.")
@click.option("--sequences", type=click.IntRange(1), default=5_000, show_default=True)
@click.option("--steps", type=click.IntRange(1), default=100, show_default=True, help="Steps of a sequence.")
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True)
def main(seed: int | None, sequences: int, steps: int, workers: int) -> None:
    """Play random sequences of escrow actions on the compiled contract and on the model.

    Example: python -m stateful.fuzz --seed 1 --sequences 200 --steps 50
    """
    console = Console()
    first = secrets.randbelow(10**9) if seed is None else seed
    console.print(f"{sequences:,} sequences of {steps} steps from seed {first} on {workers} workers")
    work = [
        (start, min(BATCH, first + sequences - start), steps) for start in range(first, first + sequences, BATCH)
    ]
    total, began, told = Played(), time.monotonic(), time.monotonic()
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        for played, failed in pool.imap_unordered(_batch, work):
            total.add(played)
            if failed is not None:
                pool.terminate()
                _explain(console, failed, steps)
                sys.exit(1)
            if time.monotonic() - told > 30:
                told = time.monotonic()
                speed = total.steps / (told - began)
                console.print(f"{total.sequences:,} sequences, {total.steps:,} steps, {speed:,.0f} steps/s")
    seconds = time.monotonic() - began
    console.print(_outcomes(total.outcomes))
    console.print(
        f"[green]no difference[/] in {total.sequences:,} sequences, {total.steps:,} steps, "
        f"{seconds:,.0f} s, {total.steps / seconds:,.0f} steps/s; dearest action {total.most_gas:,} gas"
    )


if __name__ == "__main__":
    main()
