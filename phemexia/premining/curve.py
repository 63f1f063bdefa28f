"""The curve of pre-mining: how much xPT a stage gives for how much volume, in exact integers.

Units: volume is *weighted*: micro-dollars times the weight in basis points, so 1 USD of a weight of 100 % is
10^10. xPT is in wei (10^18 to one). A rate in the configuration is wei for 1,000 USD of weight 100 %, so a unit
of weighted volume earns `rate / K` wei with `K = 10^13`.

In a stage with the budget `B`, the rate falls linearly with the stage's weighted volume `v` from `a / K` at 0 to
`b / K` at the capacity `D = 2 B K / (a + b)`, where exactly `B` has been given; above `D` nothing is. Up to there

    X(v) = a v / K - (a - b) v^2 / (2 D K) = (4 a B K v - (a^2 - b^2) v^2) / (4 B K^2).

All volume of a minute earns the minute's mean rate `(X(v1) - X(v0)) / (v1 - v0)`, which is a falling function of
`v0 + v1`. It is kept as an integer times `1 / SCALE`, rounded down: what an account earns is linear in its
volume, and is divided and rounded down once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from phemexia.config.models import Premining

K = 10**13
"""Weighted units in 1,000 USD of weight 100 %."""
SCALE = 10**12
"""Into which a rate's wei is divided. A stage's budget times this stays below 10^38, a rate times this below
2^63."""
MICRO = 10**6
"""Micro-dollars in a dollar."""
WHOLE = 10_000
"""Basis points in the whole."""


@dataclass(frozen=True)
class Curve:
    """One stage: the budget in wei, and the rate at its beginning and at its end in wei for 1,000 USD."""

    budget: int
    first: int
    last: int

    @property
    def capacity(self) -> int:
        """The weighted volume that spends the budget, rounded up."""
        return -(-2 * self.budget * K // (self.first + self.last))

    def given(self, volume: int) -> int:
        """Wei that the first so many units of weighted volume earn in all, rounded down."""
        numerator, denominator = self._given(volume)
        return numerator // denominator

    def rate(self, before: int, after: int) -> int:
        """The mean rate between two weighted volumes, in wei for a unit times SCALE, rounded down.

        ``0 <= before < after``. Never more than the mean rate of any volumes that lie before them.
        """
        a, b, budget = self.first, self.last, self.budget
        if after * (a + b) <= 2 * budget * K:  # the quotient, with after - before cancelled
            return SCALE * (4 * a * budget * K - (a * a - b * b) * (before + after)) // (4 * budget * K * K)
        (high, below), (low, _) = self._given(after), self._given(before)
        return SCALE * (high - low) // (below * (after - before))

    def _given(self, volume: int) -> tuple[int, int]:
        a, b, budget = self.first, self.last, self.budget
        below = 4 * budget * K * K
        if volume * (a + b) >= 2 * budget * K:
            return budget * below, below
        return 4 * a * budget * K * volume - (a * a - b * b) * volume * volume, below

    def rates(self, volumes: Iterable[int]) -> Iterator[int]:
        """The rate of each minute from its weighted volumes, in the order of time."""
        before = 0
        for volume in volumes:
            after = before + volume
            yield self.rate(before, after) if volume else 0
            before = after


def curves(rules: Premining) -> list[Curve]:
    """The curve of each stage."""
    return [Curve(rules.budget, rules.rates[i], rules.rates[i + 1]) for i in range(len(rules.stages))]


def weights(rules: Premining) -> dict[tuple[str, bool], int]:
    """Basis points that volume counts, by its kind (`retail` or `api`) and whether its account holds a shovel."""
    retail, api = rules.weights.retail, rules.weights.api
    golden = retail * (WHOLE + rules.shovel.bonus) // WHOLE
    return {("retail", False): retail, ("retail", True): golden, ("api", False): api, ("api", True): api}
