"""The steps a sequence is made of, in symbols: small integers that a world resolves when their turn comes.

A step such as ``("create", (0, 2), (0, 41), (1, 0))`` says which kind of owner, amount and end, not which one, so
it still means something when other steps are left out: that is what makes a failing sequence shrink.
"""

from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

Step = tuple[Any, ...]
Symbol = tuple[int, int]

ERAS = (*(["usual"] * 12), *(["first second"] * 3), "word", "word", "late", "late", "last")
"""Where a sequence begins: in a usual week, in the very second of genesis, where the weeks pass into the bitmap's
next word, near the last week that the bits hold, near the last second that they hold."""

ACTORS = 7
"""Actors with keys; the first is a whale, the last has hardly any PT."""


@dataclass(frozen=True)
class Choice:
    """One of ``kinds``, repeated where it should come up more often; with a number if ``detailed``."""

    kinds: tuple[int, ...]
    detailed: bool = False

    def draw(self, random: Random) -> Any:
        """From a seeded generator."""
        kind = random.choice(self.kinds)
        return (kind, random.randrange(2**16)) if self.detailed else kind

    def strategy(self) -> st.SearchStrategy[Any]:
        """For hypothesis; earlier kinds are simpler."""
        kind = st.sampled_from(sorted(set(self.kinds)))
        return st.tuples(kind, st.integers(0, 2**16 - 1)) if self.detailed else kind


ANYONE = Choice(tuple(range(ACTORS)))
WITHOUT = Choice((0, 0, 0, 0, 4), detailed=True)
"""Who: one without a lock (0), with a decaying one (1), a permanent one (2), one that is over (3), whoever (4)."""
DECAYING = Choice((1, 1, 1, 1, 1, 1, 4), detailed=True)
RUNNING = Choice((1, 1, 1, 1, 2, 2, 4), detailed=True)
PERMANENT = Choice((2, 2, 2, 2, 4), detailed=True)
OVER = Choice((3, 3, 3, 3, 4), detailed=True)
ANY = Choice((0, 1, 1, 1, 2, 2, 3, 4), detailed=True)
PAIR = Choice((0, 0, 0, 0, 1), detailed=True)
"""An operator and its owner: approved and with a lock as it should be (0), or any two (1)."""
TO = Choice((*range(ACTORS), *range(ACTORS + 5)))
"""An actor, one of two strangers, PT, the escrow, or zero."""
AMOUNT = Choice((*([0] * 12), 1, 1, 2, 3, 4, 5, 5, 6), detailed=True)
ROUND = Choice(tuple(range(6)))
END = Choice((*([0] * 12), 1, 1, 2, 2, 3, 3, 3, 3, 4, 5, 6, 7, 8, 9), detailed=True)
LATER = Choice((*([8] * 12), 3, 3, 3, 1, 0, 9, 7, 4, 5), detailed=True)
SIGNED = Choice((0, 0, 0, 0, 1, 1, 2, 3, 4, 5))
BALLOT = Choice((0, 0, 0, 0, 1, 2, 3, 4, 5, 6))
FLAG = Choice((0, 1, 1, 1, 1))
WHICH = Choice((0, 0, 0, 0, 1, 2))
BIT = Choice((0, 0, 0, 0, 0, 1, 2))
MOVE = Choice((0, 1, 2))
JUMP = Choice((0, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 7, 7, 8, 8), detailed=True)
LEAP = Choice((6, 9), detailed=True)

STEPS: dict[str, tuple[int, tuple[Choice, ...]]] = {
    "warp": (28, (JUMP,)),
    "leap": (1, (LEAP,)),
    "create": (26, (WITHOUT, AMOUNT, END)),
    "add": (8, (RUNNING, AMOUNT)),
    "extend": (7, (DECAYING, LATER)),
    "add_and_extend": (5, (DECAYING, AMOUNT, LATER)),
    "make_permanent": (4, (DECAYING,)),
    "start_clock": (4, (PERMANENT,)),
    "withdraw": (4, (OVER,)),
    "withdraw_to": (3, (OVER, TO)),
    "relock": (6, (OVER, END)),
    "migrate": (4, (RUNNING, WHICH)),
    "create_with_permit": (3, (WITHOUT, ROUND, END, SIGNED)),
    "add_with_permit": (3, (RUNNING, ROUND, SIGNED)),
    "add_and_extend_with_permit": (3, (DECAYING, ROUND, LATER, SIGNED)),
    "set_operator": (5, (ANY, TO, FLAG, END)),
    "create_for": (5, (PAIR, AMOUNT)),
    "add_for": (4, (PAIR, AMOUNT)),
    "delegate": (18, (ANY, TO)),
    "delegate_by_sig": (6, (ANY, TO, BALLOT, ANYONE)),
    "announce": (3, (FLAG, WHICH)),
    "retract": (1, (FLAG, WHICH)),
    "checkpoint": (2, (ANYONE,)),
    "checkpoint_of": (3, (ANYONE, TO)),
    "approve": (2, (ANYONE, BIT)),
    "pay": (2, (ANYONE, ANYONE, AMOUNT)),
    "move": (1, (ANYONE, MOVE)),
}
"""Each action: how often it comes, and what it needs."""

_NAMES = [name for name, (weight, _) in STEPS.items() for _ in range(weight)]


def draw(random: Random) -> Step:
    """A random step."""
    name = random.choice(_NAMES)
    return (name, *(choice.draw(random) for choice in STEPS[name][1]))


def strategy(name: str) -> st.SearchStrategy[Step]:
    """All steps of one name, for hypothesis."""
    return st.tuples(st.just(name), *(choice.strategy() for choice in STEPS[name][1]))
