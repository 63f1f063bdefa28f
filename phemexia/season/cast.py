"""Who takes part in the season: figures made up for it, in whole PT."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One holder: what it mined, what it locks and for how long, who votes for it, and how it votes.

    ``weeks`` counts from the start of the week in which it locks. How it votes is in the agenda.
    """

    name: str
    mined: int
    locked: int
    weeks: int
    delegate: str | None = None


CAST = (
    Part("market maker", 5_000_000, 4_000_000, 104),
    Part("liquidity provider", 2_500_000, 2_000_000, 78),
    Part("custodian", 2_000_000, 1_500_000, 52),
    Part("early trader", 1_200_000, 900_000, 104),
    Part("sceptic", 1_000_000, 1_000_000, 104),
    Part("API trader", 900_000, 600_000, 26),
    Part("researcher", 400_000, 300_000, 52),
    Part("community lead", 250_000, 250_000, 104),
    Part("collaborator", 200_000, 150_000, 26, "community lead"),
    Part("translator", 90_000, 90_000, 78, "community lead"),
    Part("node operator", 80_000, 60_000, 13),
    Part("designer", 60_000, 60_000, 8, "early trader"),
    Part("student", 12_000, 10_000, 104),
    Part("newcomer", 1_500, 1_500, 6),
)
"""Fourteen accounts of the exchange, people and organisations."""

STUDENTS = tuple(Part(f"student {number}", 2_000, 2_000, 52) for number in range(2, 26))
"""Twenty-four more who own little, sign their ballots, and let the exchange pay the gas."""
