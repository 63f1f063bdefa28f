"""`ape run premining publish`: xPT and shovels on passes, and the campaign's root."""

import threading
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from support.anvil import key
from support.trades import trade, write_trades

from phemexia.merkle import TreeFile
from phemexia.premining.earnings import earnings

from .conftest import DAY, FIRST, MEMBERS, PUBLISHER, TRADERS

XPT = b"xPT".ljust(32, b"\0")


def written(world, kind=XPT):
    """The ids on which records of a kind were written, in order and as often as they were."""
    events = world.suite.soul_pass.events.RecordWritten.get_logs(from_block=0)
    return [event["args"]["id"] for event in events if event["args"]["kind"] == kind]


def standing(season):
    """What each account has earned after the last stage."""
    return {one.account: one for one in earnings(season).accounts}


@pytest.fixture
def publish(world, run):
    def run_it(season, *more, by=PUBLISHER, **other):
        return run("premining", "publish", season, "--key", world.key_path, *more, by=by, **other)

    return run_it


def test_publish_is_shown_first_and_then_sent_once(world, season, publish):
    folder, report = season
    block = world.node.web3.eth.block_number
    shown = publish(folder).stdout
    assert "Nothing was sent." in shown
    assert world.node.web3.eth.block_number == block
    assert not list(folder.glob("published*"))
    assert f"{MEMBERS} passes, in 3 transactions" in publish(folder, "--batch", "5").stdout

    done = publish(folder, "--send", "--batch", "5").stdout
    assert "done: stage 2" in done
    earned = standing(folder)
    for number in range(MEMBERS):
        assert world.record(number, "xPT") == earned[f"acc{number}"].total
        assert world.record(number, "shovel") == (1 if number == 1 else 2)  # all win: there are a hundred
    members = sum(earned[f"acc{number}"].total for number in range(MEMBERS))
    root, total, since = world.suite.campaign.functions.pendingRoot().call()
    assert total == members < report["stages"][1]["total"]
    assert since == world.node.now() + 5 * DAY

    block = world.node.web3.eth.block_number
    again = publish(folder, "--send").stdout
    assert "nothing to send" in again
    assert "waits until" in again
    assert world.node.web3.eth.block_number == block
    world.node.warp(since)
    assert "counts since" in publish(folder, "--send").stdout
    assert world.suite.campaign.functions.activeRoot().call()[0] == root


def test_accounts_without_a_pass_are_told_and_not_lost(world, season, publish):
    folder, report = season
    told = publish(folder, "--send").stdout
    assert "2 accounts without a pass" in told
    earned = standing(folder)
    lines = (folder / "without-pass-2.csv").read_text().splitlines()
    assert lines[0] == "account,retail,api,total"
    assert {line.split(",")[0]: int(line.split(",")[3]) for line in lines[1:]} == {
        f"acc{number}": earned[f"acc{number}"].total for number in range(MEMBERS, TRADERS)
    }
    for number in range(MEMBERS, TRADERS):
        world.admit(number)
    told = publish(folder, "--send").stdout
    assert "without a pass" not in told
    assert "is replaced" in told
    assert not (folder / "without-pass-2.csv").exists()
    assert world.record(TRADERS - 1, "xPT") == earned[f"acc{TRADERS - 1}"].total
    stage = report["stages"][1]
    root, total, _ = world.suite.campaign.functions.pendingRoot().call()
    assert ("0x" + root.hex(), total) == (stage["root"], stage["total"])
    assert len(written(world)) == TRADERS


def test_the_pass_is_the_one_of_the_commitment(world, season, publish, tmp_path):
    """The file of passes is only believed in what it says about time: a wrong id pays nobody else's pass."""
    folder, _ = season
    for board in folder.glob("stage-*.parquet"):
        table = pq.read_table(board)
        at = table.column_names.index("pass_id")
        pq.write_table(
            table.set_column(at, "pass_id", [[number + 3 for number in table["pass_id"].to_pylist()]]), board
        )
    assert f"{MEMBERS} accounts with another pass" in publish(folder, "--send").stdout
    earned = standing(folder)["acc4"]
    assert world.record(4, "xPT") == earned.total
    with TreeFile(folder / "published-2.tree") as tree:
        assert tree.root == world.suite.campaign.functions.pendingRoot().call()[0]
        assert tree.find(5, 0).values == (5, 0, earned.retail)


def test_publish_killed_and_started_again(world, season, publish, killed):
    """Killed by the system in the middle: every pass is written once in the end, and the root proposed once."""
    folder, _ = season
    arguments = ["premining", "publish", folder, "--key", world.key_path, "--batch", "1"]
    killed(lambda: len(written(world)) >= 3, *arguments, by=PUBLISHER)
    before = len(written(world))
    assert 3 <= before < MEMBERS
    assert f"{MEMBERS - before} passes, in" in publish(folder).stdout
    publish(folder, "--send")
    ids = written(world)
    assert len(ids) == len(set(ids)) == MEMBERS
    assert len(world.suite.campaign.events.RootProposed.get_logs(from_block=0)) == 1


def test_what_an_earlier_run_has_on_its_way_is_waited_for(world, season, publish):
    """A run that died after it had sent and before it was mined: the same is not sent again."""
    folder, _ = season
    wei = standing(folder)["acc4"].total
    world.node.rpc("evm_setAutomine", False)
    write = world.suite.soul_pass.functions.write(XPT, 5, wei)
    write.transact({"from": key(PUBLISHER).address, "gas": 200_000})
    later = threading.Timer(4, lambda: (world.node.rpc("evm_mine"), world.node.rpc("evm_setAutomine", True)))
    later.start()
    told = publish(folder, "--send").stdout
    later.join()
    assert f"{MEMBERS - 1} passes, in 1 transaction" in told
    assert sorted(written(world)) == list(range(1, MEMBERS + 1))


def test_who_was_struck_out_falls_to_nothing(world, season, publish, run, refuses, tmp_path):
    """Rule 6 can strike an account after it was published; a root that takes from somebody needs a word."""
    folder, _ = season
    publish(folder, "--send")
    trades = [trade(n, stage, 1_000 * (n + 1)) for n in range(1, TRADERS) for stage in (1, 2)]
    trades.append(trade(11, 2, 5, fee_rate=Decimal("-0.0001"), liquidity="maker"))
    records = write_trades(tmp_path / "anew.parquet", trades)
    passes = folder.parent / "passes.csv"
    passes.write_text(
        "account,pass_id,minted_at\n" + "".join(f"acc{n},{n + 1},2026-05-01T00:00:00Z\n" for n in range(TRADERS))
    )
    anew = tmp_path / "anew"
    run("premining", "compute", records, anew, "--passes", passes, "--stages", "2", chain=False)
    told = refuses("premining", "publish", anew, "--key", world.key_path, "--send", by=PUBLISHER)
    assert "PT less than the one on the chain" in told
    assert "only the DAO lowers" in publish(anew, "--send", "--lower").stdout
    assert world.record(11, "xPT") == world.record(0, "xPT") == 0
    assert world.record(11, "shovel") == 2


def test_publish_refuses(world, season, publish, refuses, tmp_path):
    folder, _ = season
    word = ("premining", "publish")
    secret = ("--key", world.key_path, "--send")
    assert "holds no computed season" in refuses(*word, tmp_path / "none", *secret, by=PUBLISHER)
    assert "has the stages 1 to 2, not 3" in refuses(*word, folder, "--stage", 3, *secret, by=PUBLISHER)
    assert "does not write xPT on passes" in refuses(*word, folder, *secret, by=FIRST)
    assert "no commitment key" in refuses(*word, folder, "--key", tmp_path / "no.key", by=PUBLISHER)
    (folder / "stage-2.parquet").write_bytes((folder / "stage-1.parquet").read_bytes())
    assert "does not add up to what its report says" in refuses(*word, folder, *secret, by=PUBLISHER)
    (folder / "stage-2.parquet").write_bytes(b"nothing")
    assert "stage-2.parquet can't be read" in refuses(*word, folder, *secret, by=PUBLISHER)


@pytest.mark.parametrize(
    ("flaw", "problem"),
    [
        ({"market": "DOGE/USDT"}, "row 2 (an unknown market)"),
        ({"usd_value": -1}, "row 2 (a negative USD value)"),
        ({"time": None}, "row 2 (a bad timestamp)"),
        ("no column", "has no column"),
    ],
)
def test_bad_records_are_refused_and_nothing_is_published(world, refuses, tmp_path, flaw, problem):
    records = tmp_path / "trades.parquet"
    if flaw == "no column":
        write_trades(records, [trade(0, 1, 1_000)])
        pq.write_table(pq.read_table(records).drop(["usd_value"]), records)
    else:
        bad = {name: Decimal(value) if name == "usd_value" else value for name, value in flaw.items()}
        write_trades(records, [trade(0, 1, 1_000), trade(1, 1, 1_000, **bad)])
    (tmp_path / "passes.csv").write_text("account,pass_id,minted_at\nacc0,1,2026-05-01T00:00:00Z\n")
    season = tmp_path / "season"
    arguments = ("premining", "compute", records, season, "--passes", tmp_path / "passes.csv")
    assert problem in refuses(*arguments, chain=False)
    assert not season.exists()
    told = refuses("premining", "publish", season, "--key", world.key_path, "--send", by=PUBLISHER)
    assert "holds no computed season" in told
    assert written(world) == []


def test_passes_are_those_of_the_chain(world, run, refuses, tmp_path):
    accounts, passes = tmp_path / "accounts.csv", tmp_path / "passes.csv"
    accounts.write_text("account\n" + "".join(f"acc{n}\n" for n in range(TRADERS)))
    told = run("premining", "passes", accounts, passes, "--key", world.key_path).stdout
    assert f"{MEMBERS} of {TRADERS} accounts have a pass" in told
    lines = passes.read_text().splitlines()
    assert [line.rpartition(",")[0] for line in lines] == [
        "account,pass_id", *[f"acc{n},{n + 1}" for n in range(MEMBERS)]
    ]  # fmt: skip
    assert lines[1].startswith("acc0,1,2027-01-15T08:0")
    assert "is not replaced" in refuses("premining", "passes", accounts, passes, "--key", world.key_path)
    assert key(FIRST).address == world.wallet(0)
