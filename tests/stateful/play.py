"""Sequences: drawn from a seed, played, and made small when they fail."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from stateful.steps import Step


@dataclass(frozen=True)
class Sequence:
    """Steps, and the era in which they are taken."""

    era: str
    steps: tuple[Step, ...]


@dataclass
class Played:
    """What sequences did, added up: outcomes by action, steps, and the dearest transaction in gas."""

    outcomes: Counter[str] = field(default_factory=Counter)
    steps: int = 0
    sequences: int = 0
    most_gas: int = 0

    def add(self, other: "Played") -> None:
        self.outcomes += other.outcomes
        self.steps += other.steps
        self.sequences += other.sequences
        self.most_gas = max(self.most_gas, other.most_gas)


@dataclass(frozen=True)
class Machine:
    """What sequences are played on: the eras in which they begin, how steps are drawn, and the world of an era."""

    eras: tuple[str, ...]
    draw: Callable[[Random], Step]
    world: Callable[[str], Any]

    def sequence(self, seed: int, length: int) -> Sequence:
        """The sequence that a seed stands for."""
        random = Random(seed)
        return Sequence(random.choice(self.eras), tuple(self.draw(random) for _ in range(length)))

    def play(self, sequence: Sequence, whole_every: int = 16) -> Played:
        """Play a sequence; raises where contract and model part.

        After each step the present is compared; after every so many, and at the end, everything is.
        """
        with self.world(sequence.era) as world:
            for count, step in enumerate(sequence.steps, 1):
                world.take(step)
                world.reads.glance()
                if count % whole_every == 0:
                    world.reads.whole()
            world.finish()
            return Played(world.taken, len(sequence.steps), 1, world.most_gas)

    def failure(self, sequence: Sequence, whole_every: int = 1) -> str | None:
        """What goes wrong in a sequence, if anything does."""
        try:
            self.play(sequence, whole_every)
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return None


def shrink(sequence: Sequence, fails: Callable[[Sequence], object]) -> Sequence:
    """A shorter sequence that still fails: ever smaller pieces are left out as long as it does."""
    steps = sequence.steps
    size = len(steps)
    while size > 0:
        start = 0
        while start < len(steps):
            shorter = Sequence(sequence.era, steps[:start] + steps[start + size :])
            if fails(shorter):
                steps = shorter.steps
            else:
                start += size
        size //= 2
    usual = Sequence("usual", steps)
    return usual if fails(usual) else Sequence(sequence.era, steps)
