"""The season that `make demo` shows, and what it is there to show."""

import io

import pytest
from rich.console import Console
from support.anvil import Node

from phemexia.config import load
from phemexia.deployment import Deployer, KeySigner, check
from phemexia.season import Stage, play, print_season
from phemexia.season.plot import GUARDIAN, STATES
from phemexia.season.stage import actor
from phemexia.suite import Suite


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A stage after its season, the season, the deployment's report, and all that was printed."""
    out, config = Console(file=io.StringIO(), width=130), load("local")
    with Node(accounts=40, timestamp=1_800_000_000) as node:
        stage = Stage(node, out)
        outcome = Deployer(
            stage.web3, KeySigner(actor(0)), config, "local", tmp_path_factory.mktemp("records")
        ).run()
        stage.suite = Suite(stage.web3, outcome.manifest)
        season = play(stage)
        print_season(out, stage, season)
        yield stage, season, check(stage.web3, config, outcome.manifest, "local"), out.file.getvalue()


def test_play_executes_one_proposal_and_defeats_one_for_lack_of_quorum(played):
    stage, season, _, text = played
    funding, newsletter = season.proposals
    states = [STATES[stage.suite.governor.functions.state(p.id).call()] for p in season.proposals]
    assert states == ["Executed", "Defeated"]
    assert season.executed is funding
    assert newsletter.title not in ("", funding.title)
    assert "Defeated: no quorum" in text
    governor = stage.suite.governor.functions
    assert [governor.proposalClass(p.id).call() for p in season.proposals] == [1, 1]  # both pay: Treasury


def test_play_lets_the_guardian_drop_a_bad_root(played):
    stage, season, *_ = played
    campaign = stage.suite.campaign
    (dropped,) = campaign.events.RootDropped.get_logs(from_block=0)
    bad, good = campaign.events.RootProposed.get_logs(from_block=0)
    assert dropped["args"]["by"] == actor(GUARDIAN).address == campaign.functions.guardian().call()
    assert dropped["args"]["root"] == bad["args"]["root"]
    assert bad["args"]["total"] - good["args"]["total"] == season.holders[0].part.mined * 10**18
    assert campaign.functions.claimedTotal().call() == good["args"]["total"]


def test_play_leaves_the_deployment_as_configured(played):
    _, _, report, _ = played
    assert report.differences == []
