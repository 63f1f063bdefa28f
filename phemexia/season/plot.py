"""What happens in the season, in order."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from phemexia.season import arrival, decisions, hands, mining
from phemexia.season.cast import RECORDS, SEED
from phemexia.season.company import Season
from phemexia.season.stage import Stage


def play(stage: Stage, records: int = RECORDS, seed: int = SEED) -> Season:
    """Play the season on a stage whose suite has just been deployed, with so many trades before the TGE."""
    season = Season.gather()
    arrival.mint_passes(stage, season)
    with TemporaryDirectory() as folder:
        mined = mining.trade(stage, season, Path(folder), records, seed)
        mining.publish(stage, season, mined)
        mining.claim(stage, season, mined)
    season.mined = mined.report
    arrival.lock_and_delegate(stage, season)
    decisions.propose(stage, season)
    decisions.vote(stage, season)
    decisions.cancel(stage, season)
    decisions.change_and_sponsor(stage, season)
    decisions.count(stage, season)
    decisions.execute(stage, season)
    decisions.expire(stage, season)
    hands.work(stage, season)
    return season
