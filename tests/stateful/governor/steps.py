"""The steps of the governor's sequences, in symbols as the escrow's are."""

from random import Random

from stateful.governor.stage import WALLETS
from stateful.steps import Choice, Step

ERAS = (*(["usual"] * 6), "decayed", "last days of the guardian")
"""Where a sequence begins: a day after everything was set up, when weights have fallen, when a term ends."""

WHO = Choice(tuple(range(WALLETS)))
PEOPLE = Choice((*([0] * 6), 1, 2, 3), detailed=True)
"""A wallet (0), the deployer, the guardian, a bystander."""
PROPOSER = Choice((*([0] * 9), 1, 2, 3), detailed=True)
"""One who may (0), any wallet (1), the deployer or the guardian (2), one with a live proposal (3)."""
BILL = Choice((0, 0, 0, 1), detailed=True)
"""Any (0), or one that has been proposed already (1)."""
NAMED = Choice((0, 0, 0, 0, 0, 1, 2))
"""The description names nobody, its proposer, or somebody else."""
VOTER = Choice((0, 0, 0, 1), detailed=True)
"""One who can still cast a ballot (0), or any wallet."""
SUPPORT = Choice((*([0] * 5), *([1] * 7), 2, 2, 2, 3, 254))
FAVOUR = Choice((0, 1, 1, 1, 1, 1, 1, 2))
ON = Choice((*([1] * 14), 0, 4, 7, 8, 9), detailed=True)
"""Which proposal: one in that state (0 to 7 as `state()` has them), any (8), one that nobody made (9)."""
PASSED = Choice((*([4] * 9), 5, 6, 7, 8, 9), detailed=True)
QUEUED = Choice((*([5] * 9), 4, 6, 7, 7, 8, 9), detailed=True)
EXPIRED = Choice((6, 6, 6, 6, 5, 8, 9), detailed=True)
ALIVE = Choice((0, 1, 1, 4, 5, 5, 3, 6, 7, 9), detailed=True)
PARTS = Choice((0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 5, 6, 7), detailed=True)
"""How a split ballot is made: at random; with For or Abstain to the edge of the quorum; with Against to the edge
of the majority, or as much as there is For; a wei more than is left; nothing; without its parameters."""
EDGE = Choice((1, 2, 3, 4), detailed=True)
TURNS = Choice((1, 2, 3, 5, 7))
NEAR = Choice((0, 1, 2))
KEY = Choice((0, 0, 0, 0, 1, 1, 2, 3, 4))
"""A signature under the proposal's nonce, under the voter's own, under a used or later one, of something else, of
somebody else."""
BATCH = Choice(tuple(range(1, 13)), detailed=True)
CARRIER = Choice((0, 1, 2, 3), detailed=True)
EXECUTOR = Choice((0, 0, 0, 1, 2, 3, 4), detailed=True)
"""One of the team (0), else as PEOPLE."""
WHEN = Choice(tuple(range(6)))
"""At the end of the delay, a second before, and so on."""
CANCELER = Choice((0, 0, 1, 1, 2, 3), detailed=True)
"""The proposer, the guardian, else as PEOPLE."""
SENSE = Choice((0, 1))
AMOUNT = Choice((0, 0, 0, 1, 1, 2), detailed=True)
"""Some PT (0), what is missing to a class's threshold and a wei around it (1), the least (2)."""
END = Choice((0, 0, 0, 1), detailed=True)
TO = Choice(tuple(range(WALLETS + 2)))
SOON = Choice((0, 0, 1))
WHICH = Choice((0, 1, 2))
TRESPASS = Choice((0, 1, 2, 3), detailed=True)
HOW = Choice((0, 0, 0, 0, 1, 2), detailed=True)
"""What becomes of a decree: executed by the team, by anyone after the window, too late."""
JUMP = Choice((0, 1, 1, 2, 2, 2, 3, *([4] * 12), *([5] * 12), 6, 6, 7), detailed=True)

STEPS: dict[str, tuple[int, tuple[Choice, ...]]] = {
    "warp": (24, (JUMP,)),
    "propose": (16, (PROPOSER, BILL, NAMED)),
    "vote": (14, (ON, VOTER, SUPPORT)),
    "vote_for_others": (3, (ON, PEOPLE, SUPPORT)),
    "change": (7, (ON, FAVOUR)),
    "split": (11, (ON, VOTER, PARTS)),
    "cast_by_sig": (7, (ON, VOTER, FAVOUR, KEY, CARRIER)),
    "sponsor": (7, (ON, BATCH, CARRIER)),
    "rally": (7, (ON, FAVOUR)),
    "change_in_time": (4, (ON, FAVOUR, SENSE)),
    "brink": (8, (ON, EDGE)),
    "duel": (5, (ON, TURNS)),
    "at_the_snapshot": (5, (SENSE, WHICH, WHO, WHO)),
    "propose_in_time": (2, (BILL, WHO, NEAR)),
    "fix_base": (2, (ALIVE,)),
    "queue": (8, (PASSED,)),
    "execute": (6, (QUEUED, EXECUTOR)),
    "execute_in_time": (8, (WHEN, EXECUTOR)),
    "cancel": (3, (ALIVE, CANCELER)),
    "clear": (3, (EXPIRED, PEOPLE)),
    "decree": (4, (HOW, BILL)),
    "trespass": (4, (TRESPASS, ON)),
    "create": (3, (WHO, AMOUNT, END)),
    "add": (4, (WHO, AMOUNT)),
    "extend": (2, (WHO, END)),
    "permanent": (1, (WHO,)),
    "start_clock": (1, (WHO,)),
    "withdraw": (2, (WHO,)),
    "delegate": (6, (WHO, TO)),
    "mint": (5, (WHO, WHO)),
    "burn": (2, (WHO,)),
    "revoke": (3, (WHO,)),
    "reinstate": (2, (WHO,)),
    "start_recovery": (3, (WHO, WHO)),
    "complete_recovery": (3, (SOON, WHO)),
    "support": (6, (WHO, WHO, SENSE)),
    "resign": (1, (WHO,)),
    "drop": (1, (WHO,)),
}
"""Each action: how often it comes, and what it needs."""

_NAMES = [name for name, (weight, _) in STEPS.items() for _ in range(weight)]


def draw(random: Random) -> Step:
    """A random step."""
    name = random.choice(_NAMES)
    return (name, *(choice.draw(random) for choice in STEPS[name][1]))
