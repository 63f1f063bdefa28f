"""Times, tallies, and who may do what: every state, from both sides of each boundary."""

from dataclasses import replace

import pytest

from phemexia.errors import Refused
from phemexia.proposals import Action, Life, Proposal, Recorded, Tally
from phemexia.proposals.life import DAY, EXPIRY, TEAM_WINDOW

from .conftest import AT, PAYEE

NOBODY = "0x" + "00" * 20
GUARDIAN = "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955"
START = 1_800_000_000
OPENS, ENDS = START + DAY, START + 8 * DAY
NO_VOTES = Tally(0, 0, 0, 100, 5_000)


@pytest.fixture
def life():
    """An active proposal; ``life(state="Queued", ...)`` for another."""
    recorded = Recorded(
        1, 5, Proposal("# x", (Action(AT["Treasury"], 0, b"\1\2\3\4"),)), PAYEE, START, OPENS, ENDS, "Treasury"
    )

    def made(queued=None, executed=None, canceled=None, cleared=None, **changes):
        one = Life(recorded, OPENS + 1, "Active", ENDS, 0, 2 * DAY, NO_VOTES, GUARDIAN, START + 180 * DAY, False)
        happened = replace(recorded, queued=queued, executed=executed, canceled=canceled, cleared=cleared)
        return replace(one, recorded=happened, **changes)

    return made


@pytest.mark.parametrize(
    ("tally", "outcome"),
    [
        (Tally(0, 100, 0, 100, 5_000), "would pass"),
        (Tally(0, 99, 0, 100, 5_000), "would fail: no quorum"),
        (Tally(0, 99, 1, 100, 5_000), "would pass"),
        (Tally(100, 100, 0, 100, 5_000), "would fail: no majority"),
        (Tally(99, 100, 0, 100, 5_000), "would pass"),
        (Tally(40, 60, 40, 100, 6_000), "would pass"),
        (Tally(41, 60, 40, 100, 6_000), "would fail: no majority"),
        (Tally(0, 0, 200, 100, 5_000), "would fail: no majority"),
        (Tally(0, 0, 0, 100, 5_000), "would fail: no quorum and no majority"),
        (Tally(0, 5, 0, None, 5_000), "would fail: no quorum"),
    ],
)
def test_outcome_is_the_governors(tally, outcome):
    assert tally.outcome == outcome


def told(action):
    with pytest.raises(Refused) as refused:
        action()
    return str(refused.value)


def test_require_vote(life):
    life().require_vote()
    assert "the vote opens after 2027-01-16 08:00 UTC" in told(life(state="Pending").require_vote)
    for state in ("Canceled", "Defeated", "Succeeded", "Queued", "Expired", "Executed"):
        assert f"the vote is over, the proposal is {state}" in told(life(state=state).require_vote)


def test_require_queue(life):
    life(state="Succeeded").require_queue()
    for state in ("Pending", "Active"):
        assert "the vote goes on until 2027-01-23 08:00 UTC" in told(life(state=state).require_queue)
    for state in ("Canceled", "Defeated", "Queued", "Expired", "Executed"):
        assert f"only what has passed can be queued, and this is {state}" in told(life(state=state).require_queue)


def test_require_execute_at_the_boundaries(life):
    eta = ENDS + 2 * DAY

    def queued(now):
        return life(state="Queued", queued=ENDS + 1, eta=eta, now=now)

    for is_member in (True, False):
        assert "it waits in the timelock" in told(lambda m=is_member: queued(eta - 1).require_execute(m))
    queued(eta).require_execute(True)
    assert "only the core team" in told(lambda: queued(eta).require_execute(False))
    assert "only the core team" in told(lambda: queued(eta + TEAM_WINDOW - 1).require_execute(False))
    queued(eta + TEAM_WINDOW).require_execute(False)
    assert "must be queued first" in told(lambda: life(state="Succeeded").require_execute(True))
    assert "this is Expired" in told(lambda: life(state="Expired").require_execute(True))


def test_require_cancel(life):
    """G12: the guardian, within its term, and never what only names guardians."""
    for state in ("Pending", "Active"):
        life(state=state).require_cancel(PAYEE)
    for state in ("Pending", "Active", "Succeeded", "Queued"):
        life(state=state).require_cancel(GUARDIAN)
    assert "the guardian may cancel it, not" in told(lambda: life(state="Queued").require_cancel(PAYEE))
    assert "its proposer and the guardian may" in told(lambda: life().require_cancel(AT["Treasury"]))
    assert "its proposer may cancel" in told(lambda: life(guardian=NOBODY).require_cancel(GUARDIAN))
    assert "nobody may cancel" in told(lambda: life(state="Queued", guardian=NOBODY).require_cancel(GUARDIAN))
    assert "no guardian can cancel that" in told(lambda: life(only_guardians=True).require_cancel(GUARDIAN))
    for state in ("Canceled", "Defeated", "Expired", "Executed"):
        assert f"it is {state}, which nobody can cancel" in told(
            lambda s=state: life(state=s).require_cancel(PAYEE)
        )


def whats(one):
    return [(moment.what.partition(":")[0], moment.done) for moment in one.moments()]


def test_moments_of_a_vote(life):
    assert whats(life()) == [
        ("created", True),
        ("snapshot", True),
        ("the last second to change a ballot", False),
        ("the vote ends", False),
        ("expires, unless it is queued before", False),
    ]
    assert life().moments()[-1].time == ENDS + EXPIRY
    extended = life(deadline=ENDS + DAY)
    assert ("the vote ends (extended)", False) in whats(extended)
    assert extended.changes_until == ENDS - DAY  # a late outcome does not let ballots change again


def test_moments_of_what_is_queued_and_executed(life):
    eta = ENDS + 1 + 2 * DAY
    queued = life(state="Queued", queued=ENDS + 1, eta=eta, now=eta)
    assert whats(queued)[4:] == [
        ("queued in the timelock", True),
        ("executable", True),
        ("executable by anyone", False),
        ("expires", False),
    ]
    executed = life(state="Executed", queued=ENDS + 1, eta=eta, executed=eta + 5, now=eta + 10)
    assert whats(executed)[4:] == [("queued in the timelock", True), ("executable", True), ("executed", True)]


def test_moments_of_what_ended_early(life):
    canceled = life(state="Canceled", canceled=OPENS - 5, now=OPENS)
    assert whats(canceled) == [("created", True), ("canceled", True)]
    assert whats(life(state="Defeated", now=ENDS + 1))[-1] == ("the vote ends", True)
    cleared = life(state="Expired", queued=ENDS + 1, eta=ENDS + DAY, cleared=ENDS + 40 * DAY, now=ENDS + 41 * DAY)
    assert whats(cleared)[-2:] == [("expires", True), ("cleared from the timelock", True)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"state": "Pending"}, ["voting opens after", "gov ballot", "gov cancel: its proposer", "the guardian"]),
        ({}, ["gov vote", "may change their ballots", "would fail", "gov cancel: its proposer", "the guardian"]),
        ({"now": ENDS - DAY + 1}, ["gov vote", "would fail", "gov cancel: its proposer", "the guardian"]),
        ({"state": "Succeeded"}, ["gov queue: anyone, before 2027-02-06 08:00 UTC", "the guardian"]),
        ({"state": "Queued", "eta": ENDS + DAY},
         ["it waits", "execute: the core team", "execute: anyone", "it expires", "the guardian"]),
        ({"state": "Queued", "eta": ENDS + DAY, "now": ENDS + DAY},
         ["execute: the core team", "execute: anyone", "it expires", "the guardian"]),
        ({"state": "Queued", "eta": ENDS + DAY, "now": ENDS + DAY + TEAM_WINDOW},
         ["execute: anyone", "it expires", "the guardian"]),
        ({"state": "Expired", "queued": ENDS}, ["clearExpired"]),
        ({"state": "Expired", "queued": ENDS, "cleared": ENDS + 1}, ["its life is over"]),
        ({"state": "Expired"}, ["its life is over"]),
        ({"state": "Defeated"}, ["nothing: it failed: no quorum and no majority"]),
        ({"state": "Executed"}, ["its life is over"]),
    ],
)  # fmt: skip
def test_next_says_who_may_do_what(life, changes, expected):
    lines = life(**changes).next()
    assert len(lines) == len(expected), lines
    for line, part in zip(lines, expected, strict=True):
        assert part in line
