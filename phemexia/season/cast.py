"""Who takes part in the season: figures made up for it."""

from dataclasses import dataclass

RECORDS, SEED = 1_000_000, 2027
"""How many trades the exchange has in the five stages, and from what they are made up."""
STAGE_DAYS, APART, SHOVELS = 7, 1, 10
"""How many days a stage takes, how many lie between two, and how many win a shovel, as few take part. All else is
that of config/premining.yaml."""


@dataclass(frozen=True)
class Part:
    """One holder: its part of all trading, what it locks and for how long, who votes for it, and how it votes.

    ``share`` is in millionths of the exchange's volume, ``locks`` in per cent of the PT that it claims; ``weeks``
    counts from the start of the week in which it locks. How it votes is in the agenda.
    """

    name: str
    share: int
    locks: int
    weeks: int
    delegate: str | None = None
    is_bot: bool = False
    """Whether it trades by API."""


CAST = (
    Part("market maker", 76_000, 80, 104),
    Part("liquidity provider", 38_000, 80, 78),
    Part("custodian", 30_000, 75, 52),
    Part("early trader", 18_000, 80, 104),
    Part("sceptic", 15_000, 100, 104),
    Part("API trader", 15_000, 70, 26, is_bot=True),
    Part("researcher", 6_000, 75, 52),
    Part("community lead", 4_200, 100, 104),
    Part("collaborator", 3_000, 75, 26, "community lead"),
    Part("translator", 1_400, 100, 78, "community lead"),
    Part("node operator", 1_200, 75, 13),
    Part("designer", 900, 100, 8, "early trader"),
    Part("student", 180, 80, 104),
    Part("newcomer", 25, 100, 6),
)
"""Fourteen accounts of the exchange, people and organisations."""

STUDENTS = tuple(Part(f"student {number}", 30, 100, 52) for number in range(2, 26))
"""Twenty-four more who own little, sign claims and ballots, and let the exchange pay the gas."""
