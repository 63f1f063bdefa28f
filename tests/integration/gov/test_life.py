"""From a file to the execution, as proposer, voters, team and bystanders type it."""

import json

import pytest
from support.anvil import key

from phemexia.config import units

from .conftest import DAY, EXECUTIVE, GRANT, GUARDIAN, POOR, PROPOSER, PT, SECOND, STRANGER, THIRD, VOTER

TRANSLATOR = "0x976EA74026E726554dB657fA54763abd0C3a0aa9"


def test_a_grant_from_draft_to_execution(run, world, tmp_path):
    path = tmp_path / "grant.yaml"
    assert "is there to be filled in" in run("draft", path, "--action", "Treasury.spend").stdout
    path.write_text(GRANT)
    drafted = run("draft", path, "--account", key(PROPOSER).address, "--calldata").stdout
    for told in ("1,000 PT", TRANSLATOR, "0x45e67724", "100,000 vePT", "may propose this now", "10,000,000 vePT"):
        assert told in drafted, told

    proposed = run("propose", path, by=PROPOSER)
    assert 'proposal 1 "Pay a grant", Treasury' in proposed.stdout
    one = world.life().recorded
    assert f"0x{one.id:064x}" in drafted
    assert one.id == world.dao.governor.functions.hashProposal(*one.proposal.lists, one.proposal.hashed).call()
    assert "Pending" in run("status").stdout
    assert "the vote opens after" in run("vote", "1", "for", by=VOTER, exit_code=2).stderr
    assert "the vote goes on" in run("queue", "1", by=STRANGER, exit_code=2).stderr

    world.open()
    assert "voted for with 6,000,000 vePT" in run("vote", "1", "for", by=VOTER).stdout
    assert "voted for with" in run("vote", "1", "for", "--reason", "long wanted", by=SECOND).stdout
    assert (
        "voted against (changed) with 3,000,000 vePT"
        in run("vote", f"0x{one.id:064x}", "against", by=SECOND).stdout
    )
    assert "GovernorAlreadyCastVote" in run("vote", str(one.id), "against", by=SECOND, exit_code=2).stderr
    assert (
        "has held no Soul Pass that counts since before 2027-01-17"
        in run("vote", "1", "for", by=STRANGER, exit_code=2).stderr
    )
    assert "voted abstain" in run("vote", "1", "abstain", by=THIRD).stdout
    drawn = run("status", "1").stdout
    for told in (
        "A thousand PT for the translation.", "Active", "6,000,000 vePT", "700,000 vePT",
        "6,700,000 vePT of 5,000,005 vePT: reached",
        "66.66 %, takes more than 50 %: reached", "◆", "now", "would pass",
    ):  # fmt: skip
        assert told in drawn, told

    world.close()
    assert "the vote is over, the proposal is Succeeded" in run("vote", "1", "for", by=POOR, exit_code=2).stderr
    assert "queued: executable by the core team from" in run("queue", "1", by=STRANGER).stdout
    assert "this is Queued" in run("queue", "1", by=STRANGER, exit_code=2).stderr
    assert "it waits in the timelock until" in run("execute", "1", by=EXECUTIVE, exit_code=2).stderr
    world.node.warp(world.life().eta)
    assert "only the core team may execute it" in run("execute", "1", by=STRANGER, exit_code=2).stderr
    assert "executed by" in run("execute", "1", by=EXECUTIVE).stdout
    assert world.dao.suite.token.functions.balanceOf(TRANSLATOR).call() == 1_000 * PT
    assert "its life is over" in run("status", "1").stdout
    assert "this is Executed" in run("execute", "1", by=EXECUTIVE, exit_code=2).stderr


def test_times_are_those_of_the_governor(run, world, file):
    """The team's window, the expiry and the last second to change a ballot, by the contract's own words."""
    world.propose(file())
    governor = world.dao.governor.functions
    world.open()
    run("vote", "1", "for", by=VOTER)
    life = world.life()
    world.node.warp(life.changes_until)
    life.require_vote()
    governor.castVote(life.recorded.id, 0).call({"from": key(VOTER).address})
    world.node.warp(life.changes_until + 1)
    told = run("vote", "1", "against", by=VOTER, exit_code=2).stderr
    until = units.show_moment(life.changes_until)
    assert f"ballots could be changed until {until} (PhemexGovernor__ChangesClosed); nothing was sent" in told

    world.close()
    run("queue", "1", by=STRANGER)
    one, life = world.life().recorded, world.life()
    hashed = (*one.proposal.lists, one.proposal.hashed)
    world.node.warp(life.open_to_all - 1)
    with pytest.raises(Exception, match=r"0x[0-9a-f]{8}") as refused:
        governor.execute(*hashed).call({"from": key(STRANGER).address})
    assert str(refused.value.data).endswith(f"{life.open_to_all:064x}")
    world.node.warp(life.open_to_all)
    governor.execute(*hashed).call({"from": key(STRANGER).address})
    world.node.warp(life.expires - 1)
    assert world.life().state == "Queued"
    world.node.warp(life.expires)
    assert world.life().state == "Expired"
    assert "this is Expired" in run("execute", "1", by=EXECUTIVE, exit_code=2).stderr
    assert "clearExpired" in run("status", "1").stdout


def test_a_bystander_executes_after_the_window(run, world, file):
    world.propose(file())
    world.open()
    run("vote", "1", "for", by=VOTER)
    world.close()
    assert "must be queued first" in run("execute", "1", by=STRANGER, exit_code=2).stderr
    run("queue", "1", by=STRANGER)
    world.node.warp(world.life().open_to_all)
    assert "executed by" in run("execute", "1", by=STRANGER).stdout


def test_what_is_not_queued_expires(run, world, file):
    world.propose(file())
    world.open()
    run("vote", "1", "for", by=VOTER)
    world.close()
    expires = world.life().expires
    world.node.warp(expires - 1)
    assert world.life().state == "Succeeded"
    world.node.warp(expires)
    assert world.life().state == "Expired"
    assert "this is Expired" in run("queue", "1", by=STRANGER, exit_code=2).stderr


def test_cancel_by_proposer_and_guardian_and_by_nobody_else(run, world, file):
    world.propose(file())
    told = run("cancel", "1", by=STRANGER, exit_code=2).stderr
    assert "its proposer and the guardian may cancel it, not" in told
    assert "canceled by" in run("cancel", "1", by=PROPOSER).stdout
    assert "it is Canceled, which nobody can cancel" in run("cancel", "1", by=GUARDIAN, exit_code=2).stderr

    world.propose(file(GRANT.replace("A thousand", "Another thousand")))
    world.open(2)
    run("vote", "2", "for", by=VOTER)
    world.close(2)
    assert "the guardian may cancel it, not" in run("cancel", "2", by=PROPOSER, exit_code=2).stderr
    assert "canceled by" in run("cancel", "2", by=GUARDIAN).stdout
    listed = run("status").stdout
    assert listed.count("Canceled") == 2
    assert listed.index("│ 2 │") < listed.index("│ 1 │")


def test_the_guardian_cannot_cancel_its_own_removal(run, world, file):
    """G12: a proposal that does nothing but name guardians."""
    text = """
title: Another guardian
text: The term ends.
actions:
  - contract: PhemexGovernor
    function: setGuardian
    arguments: [nobody]
"""
    world.propose(file(text))
    assert "Constitutional" in run("status").stdout
    assert "no guardian can cancel that" in run("cancel", "1", by=GUARDIAN, exit_code=2).stderr
    drawn = run("status", "1").stdout
    assert "cancel: its proposer" in drawn
    assert "cancel: the guardian" not in drawn


def test_a_defeat_says_what_was_missing(run, world, file):
    world.propose(file())
    world.open()
    run("vote", "1", "against", by=THIRD)
    world.close()
    assert "failed: no quorum and no majority" in run("status", "1").stdout
    assert "this is Defeated" in run("queue", "1", by=STRANGER, exit_code=2).stderr


@pytest.mark.parametrize(
    ("by", "told"),
    [
        (POOR, "weighs 10 vePT, and proposing what is Treasury takes 100,000 vePT; nothing was proposed"),
        (STRANGER, "weighs 0 vePT"),
    ],
)
def test_propose_refuses_who_may_not(run, world, file, by, told):
    assert told in run("propose", file(), by=by, exit_code=2).stderr
    assert world.dao.governor.events.ProposalCreated.get_logs(from_block=0) == []


def test_propose_refuses_a_second_while_one_lives(run, world, file):
    world.propose(file())
    again = run("propose", file(), by=PROPOSER, exit_code=2).stderr
    assert "exactly this was proposed before" in again
    other = run("propose", file(GRANT.replace("grant", "gift")), by=PROPOSER, exit_code=2).stderr
    assert f"has a proposal whose vote is not over: 0x{world.life().recorded.id:064x}" in other


def test_propose_refuses_what_somebody_else_is_named_for(run, world, file):
    bound = GRANT + f'proposer: "{key(SECOND).address}"\n'
    assert (
        f"only {key(SECOND).address} can propose this"
        in run("propose", file(bound), by=PROPOSER, exit_code=2).stderr
    )
    assert 'proposal 1 "Pay a grant"' in run("propose", file(bound), by=SECOND).stdout
    assert world.life().recorded.proposal.description.endswith(f"#proposer={key(SECOND).address}")


@pytest.mark.parametrize(
    ("arguments", "by", "told"),
    [
        (("status", "7"), None, "there is no proposal 7: 'ape run gov status' lists them"),
        (("vote", "1", "for"), VOTER, "there is no proposal 1"),
        (("vote", "1", "yes"), VOTER, "yes"),
        (("simulate", "nowhere.yaml"), None, "there is no file nowhere.yaml"),
        (("propose", "nowhere.yaml"), PROPOSER, "nowhere.yaml can't be read"),
        (("sponsor", "nowhere"), STRANGER, "there are no ballots at nowhere"),
        (("draft", "new.yaml", "--action", "Treasure.spend"), None, 'there is no contract "Treasure"'),
    ],
)
def test_bad_input_is_one_sentence(run, tmp_path, monkeypatch, arguments, by, told):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments, by=by, exit_code=2)
    (line,) = [line for line in result.stderr.splitlines() if not line.startswith(("INFO", "WARNING"))]
    assert line.startswith("error: ")
    assert told in line
    assert not (tmp_path / "new.yaml").exists()


def test_status_without_proposals_and_without_a_record(run, tmp_path):
    assert "There are no proposals yet" in run("status").stdout
    from click.testing import CliRunner

    from scripts import gov

    result = CliRunner(mix_stderr=False).invoke(gov.cli, ["status", "--records", str(tmp_path / "none")])
    assert (result.exit_code, "no DAO is recorded for ethereum-local" in result.stderr) == (2, True)


def test_every_command_has_an_example(run):
    from scripts import gov

    assert sorted(gov.cli.commands) == sorted(
        ["draft", "simulate", "propose", "vote", "ballot", "sponsor", "queue", "execute", "cancel", "status"]
    )
    for name in gov.cli.commands:
        helped = run(name, "--help").stdout
        examples = helped.partition("Examples:\n")[2]
        assert examples.strip().startswith(f"ape run gov {name}"), name


def test_a_draft_in_trouble_names_file_and_line(run, file):
    path = file(GRANT.replace("1,000 PT", "1,000 PTs"))
    told = run("draft", path, exit_code=2).stderr
    assert f"{path}, line 10: actions[0].arguments[2] should be" in told
    assert json.dumps("1,000 PTs") in told


def test_queue_waits_for_nobody_but_time(run, world, file):
    """The vote that a late ballot turned goes on: status says so."""
    world.propose(file())
    world.open()
    run("vote", "1", "against", by=THIRD)
    late = world.life().deadline - 3_600
    world.node.warp(late)
    run("vote", "1", "for", by=VOTER)
    life = world.life()
    assert life.deadline > life.recorded.vote_end
    assert life.deadline <= late + DAY + 60
    assert "the vote ends (extended)" in run("status", "1").stdout
