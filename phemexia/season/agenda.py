"""What is proposed in the season, by whom, and who votes how.

The proposals are made so that each class appears, and each way that a proposal can end.
"""

from __future__ import annotations

from dataclasses import dataclass, field

VOTES = {"against": 0, "for": 1, "abstain": 2}
"""Support values of OpenZeppelin's Governor."""


@dataclass(frozen=True)
class Motion:
    """A proposal of the story.

    ``contract``, ``function`` and ``arguments`` are its one action; an argument in angle brackets stands for the
    address of a holder or a contract. ``by_class`` is the class that the governor must give it, ``ends`` the state
    that it must end in.
    """

    title: str
    proposer: str
    contract: str
    function: str
    arguments: tuple[object, ...]
    by_class: str
    ends: str
    ballots: dict[str, str] = field(default_factory=dict)


REPORT = Motion(
    "Publish what the DAO earned and spent, every month",
    "researcher", "mandates", "signal", ("text",), "General", "Executed",
    {
        "liquidity provider": "for", "early trader": "for", "community lead": "for", "API trader": "against",
        "sceptic": "against", "researcher": "abstain",
    },
)  # fmt: skip
"""Carried out by a bystander. The sceptic changes its mind; the students send their ballots through a sponsor."""

FUNDING = Motion(
    "Fund the market makers of the PT/USDT pair with 1,000,000 PT",
    "community lead", "treasury", "spend", ("<token>", "<market maker>", 1_000_000 * 10**18, "PT/USDT pair"),
    "Treasury", "Executed",
    {
        "market maker": "for", "liquidity provider": "for", "custodian": "for", "early trader": "for",
        "community lead": "for", "node operator": "for", "newcomer": "for", "student": "for",
        "sceptic": "against", "API trader": "against", "researcher": "abstain",
    },
)  # fmt: skip
"""Carried out by the core team."""

THANKS = Motion(
    "A general word of thanks to the translator",
    "sceptic", "treasury", "spend", ("<token>", "<translator>", 40_000 * 10**18, "a word of thanks"),
    "Treasury", "Defeated",
    {"liquidity provider": "for", "node operator": "for", "student": "for", "sceptic": "for"},
)  # fmt: skip
"""It calls itself general and moves money: General's quorum, which it has, does not help it."""

SEAT = Motion(
    "A seat in the core team for the market maker",
    "market maker", "core_team", "appoint", ("<market maker>",), "Organization", "Defeated",
    {
        "market maker": "for", "custodian": "for",
        "liquidity provider": "against", "early trader": "against", "sceptic": "against", "researcher": "abstain",
    },
)  # fmt: skip
"""More votes for than against, and still no 60%."""

DESIGNER = Motion(
    "A seat in the core team for the designer",
    "early trader", "core_team", "appoint", ("<designer>",), "Organization", "Expired",
    {
        "market maker": "for", "liquidity provider": "for", "early trader": "for", "custodian": "for",
        "API trader": "against",
    },
)  # fmt: skip
"""Decided, and then nobody carries it out."""

CLERK = Motion(
    "Housekeeping: let the custodian schedule routine payments",
    "custodian", "timelock", "grantRole", ("<PROPOSER_ROLE>", "<custodian>"), "Constitutional", "Canceled",
    {"market maker": "for", "custodian": "for"},
)  # fmt: skip
"""Who holds that role needs no vote any more; the guardian reads it so."""

AGENDA = (REPORT, FUNDING, THANKS, SEAT, DESIGNER, CLERK)
