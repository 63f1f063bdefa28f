"""`ape run claim`: shown first, then to a wallet, another's, a lock, and by signature for others."""

import json
import re

import pytest
from support.anvil import key
from support.holders import PT, WEEK

from phemexia.distribution.orders import Order, read, write
from phemexia.premining.earnings import earnings

from .conftest import DAY, FIRST, PUBLISHER

OTHER = key(1).address
RELAYER = 2
START = 1_800_576_000
"""The TGE of config/networks/local.yaml: Friday 2027-01-22 00:00 UTC."""
NOTHING = "Nothing was sent."


def me(number):
    """The test account that holds the pass of an account."""
    return FIRST + number


@pytest.fixture
def published(world, season, run):
    """The season's folder, its root active, in the first second of the TGE; and what each account has earned."""
    folder, _ = season
    run("premining", "publish", folder, "--key", world.key_path, "--send", by=PUBLISHER)
    world.node.warp(START)
    return folder, {one.account: one for one in earnings(folder).accounts}


@pytest.fixture
def act(world, run):
    """A claim as a dry run, which must change nothing, and then for good; what both said."""

    def perform(*arguments, by):
        block = world.node.web3.eth.block_number
        shown = run("claim", *arguments, by=by).stdout
        assert NOTHING in shown
        assert world.node.web3.eth.block_number == block
        done = run("claim", *arguments, "--send", by=by).stdout
        assert "done: " in done
        return shown, done

    return perform


def test_claim_at_each_instalment(world, published, act, run):
    """25 % at the TGE and 25 % in each of three weeks; with the rest of the rounding in the last."""
    folder, earned = published
    granted, wallet = earned["acc3"].retail, world.wallet(3)
    for week in range(4):
        world.node.warp(START + week * WEEK)
        shown, done = act(folder, by=me(3))
        assert "of retail" in done
        assert world.pt(wallet) == granted * (week + 1) // 4
    assert "2027-02-12 00:00 UTC" in shown  # the last instalment stands in every calendar
    assert "There is nothing to claim now." in run("claim", folder, by=me(3)).stdout


def test_claim_of_both_kinds_goes_in_one_transaction(world, published, act):
    folder, earned = published
    one = earned["acc0"]
    before = world.node.web3.eth.get_transaction_count(world.wallet(0))
    shown, _ = act(folder, "--to", OTHER, by=me(0))
    assert f"PT of {OTHER}" in shown
    assert world.pt(OTHER) == one.retail // 4 + one.api // 8
    assert world.node.web3.eth.get_transaction_count(world.wallet(0)) == before + 1
    assert world.pt(world.wallet(0)) == 0


def test_claim_by_a_file_for_one_pass(world, published, run, refuses, act, tmp_path):
    folder, earned = published
    tree = next(folder.glob("published*.tree"))
    paper = tmp_path / "proof.json"
    run("premining", "show", folder, "acc5", "--proof", paper, chain=False)
    assert set(json.loads(paper.read_text())) == {"root", "leaves"}
    act(paper, by=me(5))
    act(tree, by=me(4))
    assert world.pt(world.wallet(5)) == earned["acc5"].retail // 4
    assert "nothing was granted to pass 7" in refuses("claim", paper, "--send", by=me(6))
    facts = json.loads(paper.read_text())
    facts["leaves"][0]["cumulative"] = str(10**24)
    paper.write_text(json.dumps(facts))
    assert "a proof in it does not lead to its root" in refuses("claim", paper, "--send", by=me(5))


def test_claim_into_a_new_lock_and_then_into_it(world, published, act, refuses):
    folder, earned = published
    assert "say by --until" in refuses("claim", folder, "--lock", by=me(6))
    assert "2028-06-02 is a Friday" in refuses("claim", folder, "--lock", "--until", "2028-06-02", by=me(6))
    shown, done = act(folder, "--lock", "--until", "2028-06-01", by=me(6))
    assert "a transaction of its own before: Campaign may pay into the lock" in shown
    assert "into a new lock until Thursday 2028-06-01 00:00 UTC" in done
    quarter = earned["acc6"].retail // 4
    assert world.suite.escrow.functions.lockOf(world.wallet(6)).call()[0] == quarter
    expected = int(re.findall(r"about ([\d,]+) gas", shown)[0].replace(",", ""))
    used = int(re.findall(r"it took ([\d,]+) gas", done)[0].replace(",", ""))
    assert abs(expected - used) < used / 8, (expected, used)

    world.node.warp(START + WEEK)
    assert "keeps its end" in refuses("claim", folder, "--lock", "--until", "2028-06-01", by=me(6))
    shown, _ = act(folder, "--lock", by=me(6))
    assert "transaction of its own" not in shown
    assert world.suite.escrow.functions.lockOf(world.wallet(6)).call()[0] == earned["acc6"].retail * 2 // 4
    told = refuses("claim", folder, "--lock", "--to", OTHER, by=me(7))
    assert "does not allow this to be paid into a lock" in told
    end = START // WEEK * WEEK + 60 * WEEK
    allow = world.suite.escrow.functions.setOperator(world.suite.campaign.address, True, end)
    world.node.web3.eth.wait_for_transaction_receipt(allow.transact({"from": world.wallet(5)}))
    assert "nobody else makes a new one" in refuses("claim", folder, "--lock", "--to", world.wallet(5), by=me(7))
    assert world.pt(world.suite.campaign.address) < 100_000_000 * PT
    act(folder, "--lock", "--to", world.wallet(6), by=me(7))  # who allows the campaign is given by anybody
    told = refuses("claim", folder, "--lock", "--until", "2028-06-01", by=me(0))
    assert "choose one for the lock by --kind" in told


def test_others_pay_the_gas_for_what_holders_signed(world, published, run, refuses, tmp_path):
    folder, earned = published
    papers = tmp_path / "orders"
    papers.mkdir()
    for number in (0, 3, 4, 5):
        told = run("claim", folder, "--sign", papers / f"{number}.json", "--to", OTHER, by=me(number)).stdout
        assert "anybody can send it for 30 days" in told
    assert len(json.loads((papers / "0.json").read_text())["orders"]) == 2
    assert "is not replaced" in refuses("claim", folder, "--sign", papers / "3.json", by=me(3))
    forged = json.loads((papers / "5.json").read_text())
    forged["orders"][0]["to"] = world.wallet(5)
    (papers / "5.json").write_text(json.dumps(forged))
    (papers / "6.json").write_text("{}")
    run("claim", folder, "--to", OTHER, "--send", by=me(4))  # what 4 signed has nothing left to pay

    block = world.node.web3.eth.block_number
    shown = run("claim", folder, "--relay", papers, by=RELAYER)
    assert "3 orders can be carried out now" in shown.stdout
    assert "left out 5.json: it is not signed by its holder" in shown.stderr
    assert "left out 6.json: it holds no orders" in shown.stderr
    assert "left out 4.json: nothing has unlocked for it" in shown.stderr
    assert world.node.web3.eth.block_number == block

    done = run("claim", folder, "--relay", papers, "--batch", 2, "--send", by=RELAYER).stdout
    assert "done: 3 orders carried out" in done
    assert "0 skipped" in done
    one = earned["acc0"]
    quarters = sum(earned[f"acc{number}"].retail // 4 for number in (3, 4))
    assert world.pt(OTHER) == quarters + one.retail // 4 + one.api // 8
    again = run("claim", folder, "--relay", papers, "--send", by=RELAYER)
    assert "0 orders can be carried out" in again.stdout
    assert again.stderr.count("it was carried out already") == 3


def test_an_order_that_fails_on_the_chain_is_skipped_and_told(world, published, run, tmp_path):
    """Two orders of one holder for the same PT: the second finds nothing, and the others count."""
    folder, _ = published
    run("claim", folder, "--sign", tmp_path / "3.json", by=me(3))
    facts = json.loads((tmp_path / "3.json").read_text())
    (first,) = read(tmp_path / "3.json")
    second = Order(**{**vars(first), "nonce": first.nonce + 1})
    second = Order(**{**vars(second), "signature": bytes(key(me(3)).sign_message(second.message).signature)})
    write(tmp_path / "twice.json", [first, second])
    told = run("claim", folder, "--relay", tmp_path / "twice.json", "--send", by=RELAYER, exit_code=1)
    assert "1 order carried out" in told.stdout
    assert "skipped pass 4: Campaign__NothingToClaim" in told.stderr
    assert facts["orders"][0]["nonce"] == "0"


def test_claim_refuses(world, season, run, refuses, tmp_path):
    folder, _ = season
    assert "the campaign has no root yet" in refuses("claim", folder, by=me(3))
    run("premining", "publish", folder, "--key", world.key_path, "--send", by=PUBLISHER)
    assert "waits until 2027-01-20" in refuses("claim", folder, "--send", by=me(3))
    world.node.warp(world.node.now() + 5 * DAY)
    assert "There is nothing to claim now." in run("claim", folder, by=me(3)).stdout
    told = refuses("claim", folder, "--send", by=me(3))
    assert "the next part comes on 2027-01-22 00:00 UTC" in told
    world.node.warp(START)
    assert "holds no Soul Pass" in refuses("claim", folder, "--send", by=1)
    assert '"0x12" is no address' in refuses("claim", folder, "--to", "0x12", "--send", by=me(3))
    assert "the PT can't go to" in refuses("claim", folder, "--to", "0x" + "00" * 20, "--send", by=me(3))
    assert 'no grant of the kind "API"' in refuses("claim", folder, "--kind", "API", "--send", by=me(3))
    assert "there are no proofs at" in refuses("claim", tmp_path / "none", by=me(3))
    (tmp_path / "bad.json").write_text("[]")
    assert "is no file of proofs" in refuses("claim", tmp_path / "bad.json", by=me(3))
    (tmp_path / "bad.tree").write_text("?")
    assert "is not a tree, or not a whole one" in refuses("claim", tmp_path / "bad.tree", by=me(3))
    computed = folder / "grants-1.tree"
    assert "does not lead to the root that the campaign pays by" in refuses("claim", computed, by=me(3))
    assert "--until is for --lock" in refuses("claim", folder, "--until", "2028-06-01", by=me(3))
    assert "as they signed it" in refuses("claim", folder, "--relay", tmp_path, "--lock", by=me(3))
    assert "there are no orders at" in refuses("claim", folder, "--relay", tmp_path / "none", by=me(3))
    world.node.warp(1_861_920_001)
    assert "claims ended on" in refuses("claim", folder, by=me(3))
