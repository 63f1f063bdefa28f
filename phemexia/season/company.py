"""The people of a running season: a part and the account that plays it, a motion and the proposal it became."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from eth_account.signers.local import LocalAccount
from eth_utils import keccak

from phemexia.proposals.names import Names
from phemexia.season.agenda import Motion
from phemexia.season.cast import CAST, STUDENTS, Part
from phemexia.season.stage import PT, Stage, actor

EXECUTIVES, BYSTANDER, GUARDIAN, ISSUER, PUBLISHER, FIRST_HOLDER = (3, 4), 6, 7, 8, 9, 10
"""Places among anvil's test accounts; executives (the core team), guardian, issuer and publisher are named in
config/networks/local.yaml."""

ACCOUNTS = FIRST_HOLDER + len(CAST) + len(STUDENTS)
"""How many test accounts the season needs."""

STATES = ("Pending", "Active", "Canceled", "Defeated", "Succeeded", "Queued", "Expired", "Executed")
CLASSES = ("General", "Treasury", "Organization", "Constitutional")


@dataclass
class Holder:
    """A part, played by an account."""

    part: Part
    account: LocalAccount
    pass_id: int = 0
    claims: dict[int, int] = field(default_factory=dict)
    """Wei of PT that it was paid, by the week after the TGE."""
    ballots: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As in the cast."""
        return self.part.name


@dataclass
class Proposal:
    """A motion that was proposed, as the governor's clients describe a proposal."""

    motion: Motion
    proposer: Holder
    id: int
    action: tuple[list[str], list[int], list[bytes]]

    @property
    def title(self) -> str:
        """The whole description."""
        return self.motion.title

    @property
    def arguments(self) -> tuple[list[str], list[int], list[bytes], bytes]:
        """What queue, execute and cancel take."""
        return (*self.action, bytes(keccak(text=self.title)))


@dataclass
class Season:
    """All that the report is made from."""

    holders: list[Holder]
    students: list[Holder]
    proposals: list[Proposal] = field(default_factory=list)
    mined: dict[str, Any] = field(default_factory=dict)
    """The report of pre-mining."""
    budget: tuple[int, int] = (0, 0)
    """Start and end of the budget that the DAO opens, in seconds."""

    @classmethod
    def gather(cls) -> Season:
        """Everybody with an account, and nothing done yet."""
        everybody = [Holder(part, actor(FIRST_HOLDER + i)) for i, part in enumerate((*CAST, *STUDENTS))]
        return cls(everybody[: len(CAST)], everybody[len(CAST) :])

    @property
    def everybody(self) -> list[Holder]:
        """Cast and students."""
        return self.holders + self.students

    def holder(self, name: str) -> Holder:
        """The holder of that name."""
        return next(holder for holder in self.everybody if holder.name == name)

    def names(self, known: Names) -> Names:
        """The suite's names, and those of the holders."""
        return known.plus({holder.name: holder.account.address for holder in self.everybody})

    def named(self, address: str) -> str:
        """Who plays at that address."""
        return next(holder.name for holder in self.everybody if holder.account.address == address)

    def proposal(self, motion: Motion) -> Proposal:
        """What became of a motion."""
        return next(proposal for proposal in self.proposals if proposal.motion is motion)


def balance(stage: Stage, address: str) -> int:
    """Wei of PT that an address holds."""
    return int(stage.suite.token.functions.balanceOf(address).call())


def state(stage: Stage, proposal: Proposal) -> str:
    """The governor's word for where a proposal stands."""
    return STATES[stage.suite.governor.functions.state(proposal.id).call()]


__all__ = [
    "ACCOUNTS", "BYSTANDER", "CLASSES", "EXECUTIVES", "GUARDIAN", "ISSUER", "PT", "PUBLISHER", "STATES",
    "Holder", "Proposal", "Season", "balance", "state",
]  # fmt: skip
