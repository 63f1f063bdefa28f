"""Grants, streams and bounties by command: what is shown is what happens."""

import json

import pytest
from click.testing import CliRunner
from eth_utils import keccak
from support.anvil import key

from phemexia import cli
from phemexia.contribution import acts, orders
from phemexia.contribution.board import Asset
from phemexia.errors import Refused
from scripts import contribute

from .conftest import BUDGET, DAY, GROUP, PASS, PT


def text(result):
    """What a command printed, without the table's edges."""
    return " ".join(result.stdout.split())


@pytest.fixture
def stream(world):
    world.order(orders.open_stream(world.board, PASS, BUDGET, "9_000 PT", "90 days", 3, "design"))
    return 1


@pytest.fixture
def bounty(world):
    world.order(orders.post_bounty(world.board, BUDGET, "500.5", "2027-02-20 00:00 UTC", 2, "a bug"))
    return 1


@pytest.fixture
def milestones(tmp_path):
    path = tmp_path / "milestones.yaml"
    path.write_text(
        "milestones:\n  - {amount: 1_000 PT, text: a draft}\n"
        '  - {amount: "2,000.25", text: it runs, points: 2, vesting: 100 days}\n'
    )
    return path


def test_orders_are_tried_shown_and_written_for_the_safe(world, run, tmp_path):
    file = tmp_path / "safe.json"
    arguments = ("order", "stream", PASS, BUDGET, "9_000 PT", "90 days", 3, "design", "--memo", "design")
    shown = text(run(*arguments))
    assert f"Group {GROUP}: pay pass 6 9,000 PT over 90 days" in shown
    assert "1,000,000 PT" in shown
    assert "991,000 PT" in shown
    assert "Nothing was written." in shown
    run(*arguments, "--safe", file)
    batch = json.loads(file.read_text())
    (call,) = batch["transactions"]
    assert (batch["chainId"], call["to"], call["value"]) == ("31337", world.program.contributors.address, "0")
    world.chain._receipt({"from": world.account, "to": call["to"], "data": call["data"]})
    award = world.board.stream(1)
    assert (award.amount, award.end - award.start, award.points) == (9_000 * PT, 90 * DAY, 3)
    assert "is there already" in run(*arguments, "--safe", file, exit_code=2).stderr


def test_claim_pays_what_it_showed(world, run, stream):
    award = world.board.stream(stream)
    world.at(award.start + 30 * DAY)
    shown = text(run("claim", stream))
    assert "draw 3,000 PT of stream 1" in shown
    assert "Nothing was sent" in shown
    before = world.balance(world.contributor)
    plan = acts.claim(world.board, world.contributor, stream)
    assert [change.after for change in plan.changes] == ["3,000 PT", "6,000 PT", "1"]
    world.act(plan)
    second = world.board.now - award.start
    assert world.balance(world.contributor) - before == 9_000 * PT * second // (90 * DAY)
    assert world.board.points(PASS) == (2, 0)  # a second more than a third: a second point has begun


def test_streams_and_status_show_what_is_earned(world, run, stream):
    world.at(world.board.stream(stream).start + 45 * DAY)
    for shown in (text(run("streams")), text(run("status"))):
        assert "4,500 PT" in shown
        assert "running" in shown
    assert text(run("streams", "--group", 9)) == "There is no stream."
    assert "pass 6, 0 points" in text(run("status"))


def test_a_stream_is_renewed_and_stopped(world, run, refuses, stream):
    end = world.board.stream(stream).end
    world.order(orders.renew_stream(world.board, stream, BUDGET, "10", "30 days", 1, "more"))
    assert world.board.stream(2).start == end
    world.at(world.board.stream(stream).start + 9 * DAY)
    assert "back to the treasury" in text(run("order", "stop", stream))
    world.order(orders.stop_stream(world.board, stream))
    assert world.board.stream(stream).state(world.board.now) == "stopped"
    assert refuses("order", "stop", stream) == "stream 1 is stopped: nothing was sent"
    assert (
        refuses("order", "renew", 9, BUDGET, 1, "1 day", 1, "x")
        == "there is no stream 9: 'ape run contribute streams' lists them"
    )


def test_a_grant_from_its_file_to_the_wallet(world, run, refuses, milestones):
    shown = text(run("order", "grant", PASS, BUDGET, milestones))
    assert "grant pass 6 3,000.25 PT in 2 tranches" in shown
    world.order(orders.open_grant(world.board, PASS, BUDGET, milestones))
    assert [t.text for t in world.board.grant(1).tranches] == [keccak(text="a draft"), keccak(text="it runs")]
    assert refuses("tranche", 1, 2) == "tranche 2 of grant 1 is open, not approved: nothing was sent"
    world.order(orders.approve_tranche(world.board, 1, 2, "done"))
    world.at(world.board.now + 50 * DAY)
    plan = acts.tranche(world.board, world.contributor, 1, 2)
    assert plan.what.startswith("draw 1,000.125 PT of tranche 2 of grant 1")
    world.act(plan)
    world.order(orders.drop(world.board, 1))
    listed = text(run("grants"))
    assert "approved" in listed
    assert "dropped" in listed
    assert refuses("order", "drop", 1) == "nothing of grant 1 is open there: nothing was sent"
    assert refuses("order", "approve", 1, 1) == "tranche 1 of grant 1 is dropped: nothing was sent"


def test_claim_is_sent_by_the_account_that_is_named(world, run, monkeypatch):
    wallet = key(5)
    monkeypatch.setattr(cli, "address_of", lambda alias, provider: wallet.address)
    world.program.dao.belong(wallet)
    world.order(orders.open_stream(world.board, 7, BUDGET, "9_000 PT", "90 days", 3, "design"))
    world.at(world.board.stream(1).end)
    assert "done: drew 9,000 PT" in text(run("claim", 1, "--account", "TEST::5", "--send"))
    assert world.balance(wallet.address) == 9_000 * PT
    assert world.board.points(7) == (3, 0)


def test_a_bounty_from_the_offer_to_the_wallet(world, run, refuses, bounty):
    assert "apply for bounty 1, 500.5 PT" in text(run("apply", bounty, "I can"))
    assert refuses("bounty", bounty) == "bounty 1 is open, not approved: nothing was sent"
    assert refuses("order", "accept", bounty, PASS) == "pass 6 has not applied for bounty 1: nothing was sent"
    world.act(acts.apply(world.board, world.contributor, bounty, "I can"))
    assert "has applied for bounty 1 already" in refuses("apply", bounty, "again")
    world.order(orders.bounty_step(world.board, bounty, "accept", PASS))
    assert "pass 6" in text(run("bounties"))
    assert refuses("order", "cancel", bounty) == "bounty 1 is accepted, not open: nothing was sent"
    assert "withdraw from bounty 1" in text(run("withdraw", bounty))
    world.order(orders.bounty_step(world.board, bounty, "approve"))
    before = world.balance(world.contributor)
    assert "draw 500.5 PT of bounty 1" in text(run("bounty", bounty))
    world.act(acts.bounty(world.board, world.contributor, bounty))
    assert world.balance(world.contributor) - before == 5005 * PT // 10
    assert refuses("bounty", bounty) == "bounty 1 has earned nothing since it was drawn last: nothing was sent"


def test_a_bounty_past_its_deadline_is_refunded(world, run, refuses, bounty):
    assert refuses("refund", bounty).startswith("the deadline of bounty 1 is 2027-02-20 00:00 UTC")
    world.at(world.board.bounty(bounty).deadline)
    assert "anyone may refund it" in text(run("bounties"))
    assert "return 500.5 PT of bounty 1 to the treasury" in text(run("refund", bounty))
    world.act(acts.refund(world.board, world.contributor, bounty))
    assert world.board.bounty(bounty).state == "returned"
    assert refuses("apply", bounty, "x") == "bounty 1 is returned, and takes no applications: nothing was sent"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("claim", 3), "there is no stream 3: 'ape run contribute streams' lists them"),
        (("bounty", 3), "there is no bounty 3: 'ape run contribute bounties' lists them"),
        (("tranche", 3, 1), "there is no grant 3: 'ape run contribute grants' lists them"),
        (("order", "stream", 2, 1, 5, "1 day", 1, "x"), "budget 1 does not pay contributors"),
        (("order", "stream", 9, 2, 5, "1 day", 1, "x"), "pass 9 does not count"),
        (("order", "stream", 2, 2, "5 EUR", "1 day", 1, "x"), "an amount of PT is written like"),
        (("order", "stream", 2, 2, 5, "93 days", 1, "x"), "a stream's term is 92 days at most"),
        (("order", "stream", 2, 2, 5, "soon", 1, "x"), "the term should be a duration"),
        (("order", "stream", 2, 2, "1_000_001", "1 day", 1, "x"), "budget 2 has 1,000,000 PT left"),
        (("order", "stream", 2, 2, 5, "1 day", 251, "x"), "group 1 has 250 points to give"),
        (("order", "bounty", 2, 5, "2026-01-01 00:00 UTC", 1, "x"), "a deadline lies ahead"),
        (("order", "bounty", 2, 5, "tomorrow", 1, "x"), "the deadline should be a time"),
        (("order", "grant", 2, 2, "nowhere.yaml"), "nowhere.yaml can't be read"),
        (("order", "recognize", 9, 2, 1, "x"), "there is no group 9"),
        (("order", "stream", 2, 99, 5, "1 day", 1, "x"), "the contract refuses budgetOf"),
        (("order", "stream", 2, 2, 0, "1 day", 1, "x"), "the contract refuses: Contributors__InvalidTerms"),
        (("claim", "one"), "Invalid value for 'STREAM': 'one' is not a valid integer"),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(refuses, arguments, sentence):
    assert refuses(*arguments).startswith(sentence)


def test_an_account_out_of_line_orders_nothing_until_it_is_aligned(world, run, refuses, stream):
    group, end = world.program.group, ("order", "stop", stream)
    world.chain.send(group.groups, group.lead.address, "removeMember", GROUP, group.member.address)
    assert refuses(*end).startswith("the account of group 1 does not speak for it now")
    group.align()
    assert "stop stream 1" in text(run(*end))
    world.order(orders.stop_stream(world.board, stream))


def test_a_closed_group_promises_nothing_and_takes_nothing_from_who_earned(world, refuses, stream):
    group = world.program.group
    world.at(world.board.now + 45 * DAY)
    world.chain.send(group.groups, group.timelock, "close", GROUP)
    assert refuses("order", "stop", stream).startswith("the account of group 1 does not speak for it now")
    world.chain.send(world.program.contributors, world.program.timelock, "stopStream", stream)
    before = world.balance(world.contributor)
    world.at(world.board.now + 90 * DAY)
    world.act(acts.claim(world.board, world.contributor, stream))
    award = world.board.stream(stream)
    earned = 9_000 * PT * (award.stopped_at - award.start) // (90 * DAY)
    assert world.balance(world.contributor) - before == earned == award.amount - award.returned


def test_two_of_three_owners_approve_a_tranche(world, milestones):
    """The Safe's own way, with signatures."""
    world.order(orders.open_grant(world.board, PASS, BUDGET, milestones))
    order = orders.approve_tranche(world.board, 1, 1, "a draft")
    world.program.group.act(order.call.contract.address, order.call.data)
    before = world.balance(world.contributor)
    world.act(acts.tranche(world.board, world.contributor, 1, 1))
    assert world.balance(world.contributor) - before == 1_000 * PT


def commands(group, path=()):
    """Every command, by the words that are typed."""
    for name, command in group.commands.items():
        yield from commands(command, (*path, name)) if hasattr(command, "commands") else [(*path, name)]


@pytest.mark.parametrize("words", commands(contribute.cli), ids=" ".join)
def test_help_has_an_example(words):
    result = CliRunner().invoke(contribute.cli, [*words, "--help"])
    assert result.exit_code == 0
    assert f"ape run contribute {' '.join(words)}" in result.output.partition("Examples:")[2]


def test_recognition_shows_points(world, run):
    assert "recognize pass 6 with 2 points" in text(run("order", "recognize", GROUP, PASS, 2, "thanks"))
    world.order(orders.recognize(world.board, GROUP, PASS, 2, "thanks"))
    assert world.board.points(PASS) == (2, 0)


def test_a_stranger_to_a_stream_is_told_so(world, stream):
    executive = world.program.dao.executive.address
    with pytest.raises(Refused, match=r"stream 1 is pass 6's, and .* holds pass 1"):
        acts.claim(world.board, executive, stream)
    with pytest.raises(Refused, match="holds no Soul Pass"):
        acts.claim(world.board, world.account, stream)


def test_milestones_name_the_line_that_is_wrong(tmp_path):
    path, asset = tmp_path / "m.yaml", Asset("0x", "PT", 18)
    for body, problem in (
        ("milestones: []\n", "line 1: milestones should be 1 to 16, not 0"),
        ("milestones:\n  - {amount: 1}\n", r"line 2: milestones\[0\].text is missing"),
        ("milestones:\n  - {amount: 1, text: x, vesting: soon}\n", "line 2: .* should be a duration"),
    ):
        path.write_text(body)
        with pytest.raises(Refused, match=problem):
            orders.milestones_of(path, asset)


def test_texts_are_hashed_whatever_they_are(tmp_path):
    path = tmp_path / "terms.md"
    path.write_bytes(b"terms\n")
    assert acts.text_hash(str(path)) == keccak(b"terms\n")
    assert acts.text_hash("terms") == keccak(text="terms")
    assert acts.text_hash("0x" + "ab" * 32) == b"\xab" * 32
    assert acts.text_hash("long " * 2_000) == keccak(text="long " * 2_000)


@pytest.mark.parametrize(
    ("decimals", "given", "amount", "shown"),
    [(18, "1_234.5", 12345 * 10**17, "1,234.5 X"), (6, "0.000001 X", 1, "0.000001 X"), (0, "7", 7, "7 X")],
)
def test_amounts_by_decimals(decimals, given, amount, shown):
    asset = Asset("0x", "X", decimals)
    assert (asset.amount(given), asset.show(amount)) == (amount, shown)
    for wrong in ("-1", "1.", "0.0000000000000000001", "one"):
        with pytest.raises(Refused):
            asset.amount(wrong)
