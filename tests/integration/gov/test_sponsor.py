"""`ballot` and `sponsor`: signed off chain, brought by anyone."""

import json

import pytest
from support.anvil import key

from phemexia import events
from phemexia.proposals import history

from .conftest import PT, SECOND, STRANGER, THIRD, VOTER


@pytest.fixture
def proposed(world, file):
    return world.propose(file())


@pytest.fixture
def folder(run, proposed, tmp_path):
    """Three ballots, signed before the vote opens."""
    target = tmp_path / "ballots"
    for number, support in ((VOTER, "for"), (SECOND, "against"), (THIRD, "abstain")):
        told = run("ballot", "1", support, target / f"{number}.json", by=number).stdout
        assert f"is the ballot of {key(number).address}: {support}" in told
    return target


def rewrite(path, **changes):
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_sponsor_casts_a_folder_in_batches(run, world, folder, proposed):
    world.open()
    result = run("sponsor", folder, "--batch", "2", by=STRANGER)
    assert "3 ballots counted, 0 skipped" in result.stdout
    cast = world.dao.governor.events.VoteCast.get_logs(from_block=0)
    assert len({log["transactionHash"] for log in cast}) == 2
    passes = [world.dao.suite.soul_pass.functions.passOf(log["args"]["voter"]).call() for log in cast]
    assert passes == sorted(passes)  # neighbours share a word
    votes = world.dao.governor.functions.proposalVotes(proposed).call()
    assert votes == [3_000_000 * PT, 6_000_000 * PT, 700_000 * PT]


def test_sponsor_reports_what_it_skips_and_counts_the_rest(run, world, folder, proposed):
    """Bad files, foreign and late ballots, wrong signatures, voters who voted: none stops the others."""
    world.open()
    good = json.loads((folder / f"{VOTER}.json").read_text())
    (folder / "a.json").write_text("[]")
    (folder / "b.json").write_text(json.dumps(good | {"chainId": 1}))
    (folder / "c.json").write_text(json.dumps(good | {"proposal": "5"}))
    (folder / "d.json").write_text(json.dumps(good | {"deadline": 5}))
    (folder / "e.json").write_text(json.dumps(good))
    rewrite(folder / f"{SECOND}.json", support="for")
    run("vote", "1", "against", by=THIRD)
    result = run("sponsor", folder, by=STRANGER, exit_code=1)
    told = dict(line[8:].split(": ", 1) for line in result.stderr.splitlines() if line.startswith("skipped "))
    assert told == {
        "a.json": "it is no ballot",
        "b.json": f"it is for the governor {world.dao.governor.address} on chain 1",
        "c.json": "it is for a proposal that the DAO does not have",
        "d.json": "its deadline has passed",
        "e.json": "another file has a ballot of that voter",
        f"{SECOND}.json": "it is not signed by its voter",
        f"{THIRD}.json": "its voter's pass has a ballot already",
    }
    assert "1 ballots counted, 7 skipped" in result.stdout
    assert world.dao.governor.functions.proposalVotes(proposed).call()[1] == 6_000_000 * PT


def test_sponsor_reports_what_the_governor_skips(run, world, folder, proposed, tmp_path):
    """What only the governor sees, by its event: a voter without a pass."""
    alone = tmp_path / "alone"
    run("ballot", "1", "for", alone / "stranger.json", by=STRANGER)
    world.open()
    result = run("sponsor", alone, by=STRANGER, exit_code=1)
    why = "its voter has held no Soul Pass since before the snapshot"
    assert f"skipped {key(STRANGER).address}: {why}" in result.stderr
    assert "0 ballots counted, 1 skipped" in result.stdout


def test_sponsor_brings_nothing_outside_the_vote(run, world, folder):
    early = run("sponsor", folder, by=STRANGER, exit_code=1)
    assert early.stderr.count("the proposal is Pending, its vote is not on") == 3
    world.close()
    late = run("sponsor", folder, by=STRANGER, exit_code=1)
    assert "0 ballots counted, 3 skipped" in late.stdout


def test_ballot_refuses_to_replace_a_file_and_a_vote_that_is_over(run, world, folder):
    assert "exists already" in run("ballot", "1", "for", folder / f"{VOTER}.json", by=VOTER, exit_code=2).stderr
    world.close()
    told = run("ballot", "1", "for", folder / "late.json", by=VOTER, exit_code=2).stderr
    assert "the vote is over, the proposal is Defeated: nothing was signed" in told


def test_a_voter_changes_what_was_sponsored(run, world, folder):
    world.open()
    run("sponsor", folder, by=STRANGER)
    assert "voted against (changed)" in run("vote", "1", "against", by=VOTER).stdout


def test_history_searches_bounded_ranges_once(run, world, folder, monkeypatch):
    """Blocks that are settled are searched once; a chain that is another is searched anew."""
    monkeypatch.setattr(events, "RANGE", 10)
    asked = []
    real = events.logs
    monkeypatch.setattr(events, "logs", lambda *a: asked.append(a[3:]) or real(*a))
    world.node.rpc("anvil_mine", hex(200))
    first = history.History(world.dao).proposals()
    assert all(0 <= end - begin < 10 for begin, end in asked)
    assert len(asked) > 15
    searched = len(asked)
    assert history.History(world.dao).proposals() == first
    assert len(asked) - searched == 7  # the 64 latest blocks
    assert asked[searched][0] == world.node.web3.eth.block_number - 63

    (kept,) = history.CACHE.glob("*.json")
    kept.write_text(kept.read_text().replace('"hash": "0x', '"hash": "0x0'))
    asked.clear()
    assert history.History(world.dao).proposals() == first
    assert len(asked) == searched
    kept.write_text("no JSON")
    assert history.History(world.dao).proposals() == first
