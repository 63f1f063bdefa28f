"""What happens in the season, in order."""

from __future__ import annotations

from phemexia.season import arrival, decisions
from phemexia.season.company import Season
from phemexia.season.stage import Stage


def play(stage: Stage) -> Season:
    """Play the season on a stage whose suite has just been deployed."""
    season = Season.gather()
    arrival.mint_passes(stage, season)
    arrival.claim_tokens(stage, season)
    arrival.lock_and_delegate(stage, season)
    decisions.propose(stage, season)
    decisions.vote(stage, season)
    decisions.cancel(stage, season)
    decisions.change_and_sponsor(stage, season)
    decisions.count(stage, season)
    decisions.execute(stage, season)
    decisions.expire(stage, season)
    return season
