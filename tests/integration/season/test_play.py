"""The season that `make demo` shows, and what it is there to show."""

import io

import pytest
from rich.console import Console
from support.anvil import Node

from phemexia.config import load
from phemexia.deployment import Deployer, KeySigner, check
from phemexia.proposals import Dao
from phemexia.season import ACCOUNTS, BEGIN, Stage, play, print_season
from phemexia.season.agenda import AGENDA, CLERK, DESIGNER, FUNDING, REPORT, SEAT, THANKS
from phemexia.season.cast import RECORDS, SHOVELS
from phemexia.season.company import BYSTANDER, CLASSES, EXECUTIVES, GUARDIAN, PUBLISHER, state
from phemexia.season.hands import BOUNTY, GROWTH, LEAD, MEMBERS, TRANCHE, decided
from phemexia.season.mining import recorded
from phemexia.season.stage import DAY, WEEK, actor

CONTRIBUTION = b"contribution".ljust(32, b"\0")


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A stage after its season, the season, the deployment's report, and all that was printed.

    With a tenth of the trades that `make demo` makes up, each ten times as large.
    """
    out, config = Console(file=io.StringIO(), width=160), load("local")
    with Node(accounts=ACCOUNTS, timestamp=BEGIN) as node:
        stage = Stage(node, out)
        outcome = Deployer(
            stage.web3, KeySigner(actor(0)), config, "local", tmp_path_factory.mktemp("records")
        ).run()
        stage.dao = Dao(stage.web3, outcome.manifest)
        season = play(stage, RECORDS // 10)
        print_season(out, stage, season)
        yield (
            stage,
            season,
            check(stage.web3, decided(config, season), outcome.manifest, "local"),
            out.file.getvalue(),
        )


def carried_out(stage, season, motion):
    """Who sent the transaction that executed a proposal, and at what second."""
    wanted = season.proposal(motion).id
    logs = stage.suite.governor.events.ProposalExecuted.get_logs(from_block=0)
    (log,) = (log for log in logs if log["args"]["proposalId"] == wanted)
    sender = stage.web3.eth.get_transaction(log["transactionHash"])["from"]
    return sender, stage.web3.eth.get_block(log["blockNumber"])["timestamp"]


def test_play_shows_every_class_and_every_end(played):
    stage, season, _, text = played
    governor = stage.suite.governor.functions
    classes = [CLASSES[governor.proposalClass(proposal.id).call()] for proposal in season.proposals]
    assert classes[:6] == ["General", "Treasury", "Treasury", "Organization", "Organization", "Constitutional"]
    assert classes[6:] == ["Organization", "Treasury", "General", "General"]
    ends = [state(stage, proposal) for proposal in season.proposals]
    assert ends[:6] == ["Executed", "Executed", "Defeated", "Defeated", "Expired", "Canceled"]
    assert [motion.ends for motion in AGENDA] == ends[:6]
    assert ends[6:] == ["Executed"] * 4
    assert text.count("Defeated: no quorum") == text.count("Defeated: no majority") == 1


def test_play_holds_the_payment_that_calls_itself_general_to_the_rules_of_treasury(played):
    """G1: what a proposal is called does not matter."""
    stage, season, *_ = played
    governor = stage.suite.governor.functions
    thanks, report = season.proposal(THANKS), season.proposal(REPORT)
    assert "general" in thanks.title
    _, in_favour, abstained = governor.proposalVotes(thanks.id).call()
    assert in_favour + abstained >= governor.proposalQuorum(report.id).call()  # enough for General
    assert in_favour + abstained < governor.proposalQuorum(thanks.id).call()


def test_play_fails_a_proposal_with_more_for_than_against(played):
    stage, season, *_ = played
    against, in_favour, abstained = stage.suite.governor.functions.proposalVotes(season.proposal(SEAT).id).call()
    quorum = stage.suite.governor.functions.proposalQuorum(season.proposal(SEAT).id).call()
    assert in_favour > against
    assert in_favour + abstained >= quorum
    assert in_favour * 10 < (in_favour + against) * 6


def test_play_has_the_core_team_and_a_bystander_carry_out_in_turn(played):
    stage, season, *_ = played
    eta = stage.suite.governor.functions.proposalEta
    sender, second = carried_out(stage, season, FUNDING)
    assert sender == actor(EXECUTIVES[0]).address
    assert eta(season.proposal(FUNDING).id).call() <= second < eta(season.proposal(FUNDING).id).call() + 3 * DAY
    sender, second = carried_out(stage, season, REPORT)
    assert sender == actor(BYSTANDER).address
    assert second >= eta(season.proposal(REPORT).id).call() + 3 * DAY
    logs = stage.suite.governor.events.ExpiredCleared.get_logs(from_block=0)
    assert [log["args"]["proposalId"] for log in logs] == [season.proposal(DESIGNER).id]


def test_play_lets_the_guardian_cancel_what_a_title_hides(played):
    stage, season, *_ = played
    (log,) = stage.suite.governor.events.ProposalCanceled.get_logs(from_block=0)
    assert log["args"]["proposalId"] == season.proposal(CLERK).id
    assert stage.web3.eth.get_transaction(log["transactionHash"])["from"] == actor(GUARDIAN).address


def test_play_counts_a_sponsored_batch_and_a_changed_vote(played):
    stage, season, *_ = played
    report = season.proposal(REPORT)
    events = stage.suite.governor.events
    cast = [log for log in events.VoteCast.get_logs(from_block=0) if log["args"]["proposalId"] == report.id]
    senders = [stage.web3.eth.get_transaction(log["transactionHash"])["from"] for log in cast]
    assert senders.count(actor(PUBLISHER).address) == len(season.students) >= 20
    sceptic = season.holder("sceptic").account.address
    assert [log["args"]["support"] for log in cast if log["args"]["voter"] == sceptic] == [0, 1]
    (skipped,) = events.BallotSkipped.get_logs(from_block=0)
    assert skipped["args"]["voter"] == sceptic


def test_play_lets_the_guardian_drop_a_bad_root(played):
    stage, season, *_ = played
    campaign = stage.suite.campaign
    (dropped,) = campaign.events.RootDropped.get_logs(from_block=0)
    *_, bad, good = campaign.events.RootProposed.get_logs(from_block=0)
    assert dropped["args"]["by"] == actor(GUARDIAN).address == campaign.functions.guardian().call()
    assert dropped["args"]["root"] == bad["args"]["root"]
    best = recorded(stage, season.holders[0])[0]
    assert bad["args"]["total"] - good["args"]["total"] == best
    assert campaign.functions.claimedTotal().call() == good["args"]["total"]


def test_play_publishes_five_stages_and_pays_at_each_instalment(played):
    """Retail: a quarter at the TGE and in each of three weeks; API: an eighth, and in each of seven."""
    stage, season, _, text = played
    assert RECORDS >= 1_000_000
    campaign, soul_pass = stage.suite.campaign, stage.suite.soul_pass
    assert len(campaign.events.RootActivated.get_logs(from_block=0)) == len(season.mined["stages"]) == 5
    earned = {holder.name: recorded(stage, holder) for holder in season.everybody}
    assert sum(xpt for xpt, _ in earned.values()) == season.mined["stages"][-1]["total"]
    assert sum(shovels for _, shovels in earned.values()) == 5 * SHOVELS
    assert earned["market maker"][1] == 5
    writes = soul_pass.events.RecordWritten.get_logs(from_block=0)
    assert {
        stage.web3.eth.get_transaction(log["transactionHash"])["from"]
        for log in writes
        if log["args"]["kind"] != CONTRIBUTION
    } == {actor(PUBLISHER).address}
    start = campaign.functions.terms().call()[0]
    paid = {holder.pass_id: {} for holder in season.everybody}
    for log in campaign.events.Claimed.get_logs(from_block=0):
        week, late = divmod(stage.web3.eth.get_block(log["blockNumber"])["timestamp"] - start, WEEK)
        assert late < DAY  # at each instalment, not some time after it
        weeks = paid[log["args"]["passId"]]
        weeks[week] = weeks.get(week, 0) + log["args"]["amount"]
    for holder in season.everybody:
        xpt, shares = earned[holder.name][0], 8 if holder.part.is_bot else 4
        assert paid[holder.pass_id] == holder.claims
        assert list(holder.claims) == list(range(shares))
        assert [sum(list(holder.claims.values())[: n + 1]) for n in range(shares)] == [
            xpt * (n + 1) // shares for n in range(shares)
        ]
    assert "From xPT to PT" in text


def test_play_has_two_of_three_owners_pay_a_bounty_and_a_tranche(played):
    """Out of Growth's budget by its Safe; what each was paid is on its pass."""
    stage, season, *_ = played
    suite = stage.suite
    safe = suite.groups.functions.accountOf(GROWTH).call()
    paid = suite.treasury.events.Paid.get_logs(from_block=0)
    assert [(log["args"]["to"], log["args"]["amount"]) for log in paid] == [
        (suite.contributors.address, BOUNTY), (suite.contributors.address, TRANCHE)
    ]  # fmt: skip
    sent = {stage.web3.eth.get_transaction(log["transactionHash"])["to"] for log in paid}
    assert sent == {safe}
    assert set(suite.groups.functions.membersOf(GROWTH).call()) == {
        season.holder(name).account.address for name in (LEAD, *MEMBERS)
    }
    drawn = suite.contributors.events.Drawn.get_logs(from_block=0)
    assert {log["args"]["pass"]: log["args"]["amount"] for log in drawn} == {
        season.holder("newcomer").pass_id: BOUNTY, season.holder("node operator").pass_id: TRANCHE
    }  # fmt: skip
    points = list(suite.soul_pass.events.RecordWritten.get_logs(from_block=0))
    points = {log["args"]["id"]: log["args"]["value"] for log in points if log["args"]["kind"] == CONTRIBUTION}
    assert points == {season.holder("newcomer").pass_id: 10, season.holder("node operator").pass_id: 40}
    assert suite.token.functions.balanceOf(suite.contributors.address).call() == 0


def test_play_keeps_one_mandate_and_shows_the_other_overdue(played):
    stage, *_, text = played
    mandates = stage.suite.mandates.functions
    kept, lost = (mandates.mandateOf(number).call() for number in (1, 2))
    assert (kept[1], kept[-2:]) == (4, (False, False))
    assert (lost[1], lost[-2]) == (2, True)
    assert "Budgets__AboveLimit" in text


def test_play_leaves_the_deployment_as_configured(played):
    _, _, report, _ = played
    assert report.differences == []
