"""The compiled DAO against its model, over random sequences of everything that anyone can do to it.

Proposals of all classes, stronger actions hidden among them, locks, delegations, passes, ballots of every kind,
and time, to the second. After every step contract and model agree on refusals, events, tallies and states, and the
laws of :mod:`stateful.governor.laws` hold. `make fuzz` plays thousands of sequences.

Rows: D3, S7, S8, G1, G4, G5, G6, G8 to G13, G18, G19, N1 to N3, N6 to N9.
"""

import os
from collections import Counter

import pytest
from stateful.governor.model import Skipped, State
from stateful.machines import GOVERNOR

LENGTH = 60
TOLD = [
    "ProposalCreated",
    "VoteCast",
    "VoteCastWithParams",
    "BallotChanged",
    "QuorumBaseFixed",
    "ProposalExtended",
    "ProposalQueued",
    "ProposalExecuted",
    "ProposalCanceled",
    "ExpiredCleared",
    "GuardianSet",
]
DONE = {"propose", "vote", "change", "split", "cast_by_sig", "sponsor", "queue", "execute", "cancel", "clear"}
DONE |= {"create", "add", "delegate", "mint", "burn", "revoke", "start_recovery", "support"}


def played(seed: int) -> tuple[Counter[str], Counter[str]]:
    """What a sequence did, and what was seen."""
    sequence = GOVERNOR.sequence(seed, LENGTH)
    with GOVERNOR.world(sequence.era) as world:
        for count, step in enumerate(sequence.steps, 1):
            world.take(step)
            world.reads.glance()
            if count % 16 == 0:
                world.reads.whole()
        world.finish()
        return world.taken, world.seen


@pytest.mark.parametrize("first", range(0, 32, 16))
def test_governor_over_fixed_sequences(first):
    """And they go everywhere: each kind of action, each event, each state, each flaw of a sponsored ballot."""
    taken: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for seed in range(first, first + 16):
        did, saw = played(seed)
        taken += did
        seen += saw
    assert {*TOLD, *(state.name for state in State)} <= set(seen)
    assert {f"BallotSkipped {reason.name}" for reason in Skipped} <= set(seen)
    assert set(taken) >= DONE


def test_governor_over_sequences_of_a_random_seed():
    """The seed is printed at the end of the run; PHEMEXIA_SEED plays it again."""
    seed = int(os.environ["PHEMEXIA_SEED"])
    for i in range(12):
        sequence = GOVERNOR.sequence(seed + i, LENGTH)
        try:
            GOVERNOR.play(sequence)
        except Exception as error:
            again = f"make fuzz MACHINE=governor SEED={seed + i} STEPS={LENGTH}"
            raise AssertionError(f"sequence of seed {seed + i}; {again} shrinks it") from error
