"""The compiled escrow against the reference model, over random sequences of everything anyone can do to it.

After every step both must agree on refusals, events, locks, votes, weights and totals; again and again on every
undivided integer of the present and the past. `make fuzz` plays thousands of sequences.

Rows: V1 to V12, V15, V16, D1 to D3, D6, D7, D10, D11, A1, A2, A5, A7, N14.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from stateful.machines import ESCROW
from stateful.play import Sequence, shrink
from stateful.steps import ERAS, STEPS, strategy
from stateful.world import World

FOUND = {
    "a line of one week is asked about the far future": Sequence(
        "usual", (("create", (0, 0), (0, 0), (0, 0)), ("delegate", (4, 0), 1))
    ),
    "a delegation after a withdrawal says what is locked": Sequence(
        "usual",
        (
            ("create", (0, 0), (0, 0), (2, 0)),
            ("warp", (4, 0)),
            ("warp", (5, 1)),
            ("withdraw", (3, 0)),
            ("warp", (1, 0)),
            ("delegate", (4, 0), 1),
        ),
    ),
}
"""Sequences in which contract and model parted once."""


class EscrowMachine(RuleBasedStateMachine):
    """Hypothesis chooses the steps, so that a failure comes back as the smallest one it finds."""

    world: World | None = None

    @initialize(era=st.sampled_from(sorted(set(ERAS), reverse=True)))
    def begin(self, era: str) -> None:
        self.world = World(era)
        self.world.__enter__()

    def take(self, step: tuple) -> None:
        assert self.world is not None
        self.world.take(step)
        self.world.reads.glance()

    @rule()
    def look(self) -> None:
        assert self.world is not None
        self.world.reads.whole()

    def teardown(self) -> None:
        if self.world is not None:
            try:
                self.world.finish()
            finally:
                self.world.__exit__()


for _name in STEPS:
    setattr(EscrowMachine, _name, rule(step=strategy(_name))(lambda self, step: self.take(step)))


def test_escrow_as_hypothesis_plays_it():
    quick = settings(
        max_examples=60,
        stateful_step_count=40,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(EscrowMachine, settings=quick)


@pytest.mark.parametrize("name", FOUND)
def test_escrow_where_it_once_parted_from_the_model(name):
    ESCROW.play(FOUND[name], whole_every=1)


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_escrow_over_fixed_sequences(first):
    for seed in range(first, first + 10):
        ESCROW.play(ESCROW.sequence(seed, 100))


def test_escrow_over_sequences_of_a_random_seed():
    """The seed is printed at the end of the run; PHEMEXIA_SEED plays it again."""
    seed = int(os.environ["PHEMEXIA_SEED"])
    for i in range(40):
        sequence = ESCROW.sequence(seed + i, 100)
        try:
            ESCROW.play(sequence)
        except Exception as error:
            raise AssertionError(f"sequence of seed {seed + i}; make fuzz SEED={seed + i} shrinks it") from error


def test_shrink_leaves_what_a_failure_needs():
    steps = tuple(("warp", (1, i)) for i in range(50))
    needed = {steps[7], steps[31]}
    assert shrink(Sequence("late", steps), lambda tried: needed <= set(tried.steps)) == Sequence(
        "usual", (steps[7], steps[31])
    )
