"""The contributor program as integers: who earned what, what was drawn, what went back. It asks no chain.

Times are in seconds since 1970, amounts in the asset's smallest unit. Passes are told whether they count.
"""

from __future__ import annotations

from dataclasses import dataclass, field

DAY = 86_400
WAIT = 365 * DAY
SPAN = 30 * DAY
POINTS = 250
STREAM, TRANCHE, BOUNTY = 1, 2, 3
OPEN, ACCEPTED, APPROVED, RETURNED = 1, 2, 3, 4


@dataclass
class Award:
    """What lies in the contract for somebody. ``number`` is the pass's; zero before a bounty is approved."""

    kind: int
    number: int
    group: int
    asset: str
    budget: int
    payment: int
    amount: int
    points: int
    start: int
    span: int
    claimed: int = 0
    returned: int = 0
    stopped: int = 0
    lapsed: int = 0
    renewed: bool = False

    def earned(self, now: int) -> int:
        """By a second, drawn or not."""
        now = min(now, self.stopped or now)
        if not self.number or now < self.start:
            return 0
        return self.amount if now >= self.start + self.span else self.amount * (now - self.start) // self.span

    def held(self) -> int:
        """What lies here, earned or not."""
        return self.amount - self.claimed - self.returned

    def due(self, now: int) -> int:
        """What can be drawn."""
        return min(self.earned(now) - self.claimed, self.held())

    @property
    def end(self) -> int:
        """When nothing more is earned."""
        return self.stopped or self.start + self.span

    def draw(self, now: int) -> tuple[int, int]:
        """Draw all that is due; the amount, and the points that come with it."""
        before, amount = self.claimed, self.due(now)
        self.claimed += amount
        self.lapsed = 0
        return amount, self._share(self.claimed) - self._share(before)

    def _share(self, claimed: int) -> int:
        """Points for so much, rounded up."""
        return -(-self.points * claimed // self.amount)

    def give_back(self, amount: int) -> None:
        """To the treasury."""
        assert 0 < amount <= self.held()
        self.returned += amount


@dataclass
class Grant:
    """``tranches`` are (amount, vesting, points); ``awards`` by the number of the tranche, None where dropped."""

    number: int
    budget: int
    group: int
    tranches: list[tuple[int, int, int]]
    awards: dict[int, int | None] = field(default_factory=dict)
    ended: bool = False

    def is_open(self, tranche: int) -> bool:
        """Whether it can be approved or dropped."""
        return not self.ended and 1 <= tranche <= len(self.tranches) and tranche not in self.awards


@dataclass
class Bounty:
    """Beside the award of the same number."""

    deadline: int
    state: int = OPEN
    accepted: int = 0
    applied: set[int] = field(default_factory=set)


@dataclass
class Pass:
    """``wallet`` is the holder's name, None while the pass is dormant; ``revoked`` is when, or None."""

    account: str
    wallet: str | None
    revoked: int | None = None

    def counts(self, now: int) -> bool:
        """As governance judges it."""
        return self.wallet is not None and (self.revoked is None or now < self.revoked + 30 * DAY)
