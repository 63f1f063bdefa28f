"""All measurements: among 10 users, and again among 10,000 under the suffix `@10000`."""

from __future__ import annotations

from collections.abc import Callable

from bench import contribution, distribution, escrow, governor, groups, passes

FEW, MANY = 10, 10_000
Progress = Callable[[str], None]


def measure_few(progress: Progress = lambda text: None) -> dict[str, int]:
    """Every figure among 10 users: quick enough for each test run."""
    return {
        **escrow.measure(FEW, progress),
        **passes.measure(FEW, progress),
        **governor.measure(progress),
        **distribution.measure(progress),
        **contribution.measure(progress),
        **groups.measure(progress),
    }


def measure_many(progress: Progress = lambda text: None) -> dict[str, int]:
    """The same figures among 10,000 users."""
    figures = {**escrow.measure(MANY, progress), **passes.measure(MANY, progress)}
    # As many locks as there are, in seconds of their own, make as many checkpoints.
    checkpoints = f"VotingEscrow.getPastTotalSupply/{MANY}_checkpoints"
    figures[checkpoints] = figures["VotingEscrow.getPastTotalSupply"]
    return {f"{key}@{MANY}": gas for key, gas in figures.items()} | {checkpoints: figures[checkpoints]}


def measure_all(progress: Progress = lambda text: None) -> dict[str, int]:
    """Operation -> gas, sorted by name."""
    few = measure_few(progress)
    many = measure_many(lambda text: progress(f"among {MANY:,}: {text}"))
    return dict(sorted({**few, **many}.items()))
