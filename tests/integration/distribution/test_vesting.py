"""`ape run vesting`: grants from a file, all or nothing and never twice; claims; what stands."""

import pytest
from support.anvil import key
from support.holders import PT

from .conftest import DAY, GRANTOR

OWNER, OTHER = 12, key(1).address
START = 1_800_576_000
MONTHS = {1: START + 31 * DAY, 12: START + 365 * DAY, 13: START + 396 * DAY}
"""22 February 2027, 22 January and 22 February 2028."""


@pytest.fixture
def builders(world):
    return world.suite.builders.functions


@pytest.fixture
def file(tmp_path):
    """A file of grants: of the test accounts from 0, so many, of 1,000 PT and more."""

    def write(count=8, name="builders.csv", extra=()):
        lines = [f"{key(n).address},{1_000 + n},,{'yes' if n % 2 else 'no'}" for n in range(count)]
        path = tmp_path / name
        path.write_text("\n".join(["owner,amount,start,revocable", *lines, *extra]) + "\n")
        return path

    return write


def batches(world):
    return world.suite.builders.events.BatchGranted.get_logs(from_block=0)


def owned(world):
    """What the builders' contract has granted: owner and wei."""
    events = world.suite.builders.events.Granted.get_logs(from_block=0)
    return [(event["args"]["owner"], event["args"]["amount"]) for event in events]


def test_grant_is_shown_first_and_then_sent_once(world, builders, file, run):
    block = world.node.web3.eth.block_number
    shown = run("vesting", "grant", "builders", file(), by=GRANTOR).stdout
    assert "Nothing was sent." in shown
    assert world.node.web3.eth.block_number == block
    run("vesting", "grant", "builders", file(), "--batch", 3, "--send", by=GRANTOR)
    assert owned(world) == [(key(n).address, (1_000 + n) * PT) for n in range(8)]
    assert builders.grantOf(key(3).address, 0).call()[5] is True
    assert len(batches(world)) == 3
    block = world.node.web3.eth.block_number
    assert "nothing to send" in run("vesting", "grant", "builders", file(), "--send", by=GRANTOR).stdout
    assert world.node.web3.eth.block_number == block
    longer = file(extra=[f"{OTHER},5,2027-06-01,no"])
    assert "done: 1 grant of 5 PT" in run("vesting", "grant", "builders", longer, "--send", by=GRANTOR).stdout
    assert builders.grantOf(OTHER, 1).call()[3] == 1_811_808_000


def test_grant_killed_and_started_again(world, file, run, killed):
    """Killed by the system in the middle: every grant is made once in the end, also by another size of batches."""
    arguments = ["vesting", "grant", "builders", file(10), "--batch", "1"]
    killed(lambda: len(batches(world)) >= 2, *arguments, by=GRANTOR)
    assert 2 <= len(batches(world)) < 10
    run("vesting", "grant", "builders", file(10), "--batch", 4, "--send", by=GRANTOR)
    assert owned(world) == [(key(n).address, (1_000 + n) * PT) for n in range(10)]


def test_grant_refuses_a_file_that_was_changed_and_the_same_under_another_name(world, file, run, refuses):
    run("vesting", "grant", "builders", file(), "--batch", 4, "--send", by=GRANTOR)
    word = ("vesting", "grant", "builders")
    path = file()
    path.write_text(path.read_text().replace(",1002,", ",2002,"))
    assert "line 4 was granted otherwise" in refuses(*word, path, "--send", by=GRANTOR)
    copy = file(name="copy.csv")
    assert "under another name (line 2, 3, 4" in refuses(*word, copy, "--send", by=GRANTOR)
    run(*word, copy, "--again", "--send", by=GRANTOR)
    assert len(owned(world)) == 16


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["0x12,1"], "line 2: the owner should be an address"),
        (["0x" + "00" * 20 + ",1"], "line 2: the owner should be an address, not the zero address"),
        ([f"{OTHER.lower()},1"], "line 2: the owner should be written with its checksum"),
        (
            [f"{OTHER},1", f"{OTHER},0", f"{OTHER},-3"],
            "line 3: the amount is nothing; line 4: the amount should be PT",
        ),
        ([f"{OTHER},1,2026-01-01"], "line 2: start should lie between the TGE"),
        ([f"{OTHER},1,2029-01-01"], "line 2: start should lie between the TGE"),
        ([f"{OTHER},1,soon"], "line 2: start should be a day"),
        ([f"{OTHER},1,,perhaps"], "line 2: revocable should be yes or no"),
        ([f"{OTHER},1,,no,more"], "line 2 has 5 fields instead of 4"),
        ([f"{OTHER},1,,no", f"{OTHER},2,,no", f"{OTHER},1,,no"], "lines 2 and 4 are the same grant"),
        ([f"{OTHER},100_000_000", f"{OTHER},50_000_000.5"], "it is used up at line 3"),
        ([], "has no grant"),
    ],
)
def test_grant_refuses_lines_by_number(world, tmp_path, refuses, lines, told):
    path = tmp_path / "grants.csv"
    padded = [line + "," * max(0, 3 - line.count(",")) for line in lines]
    path.write_text("\n".join(["owner,amount,start,revocable", *padded]) + "\n")
    assert told in refuses("vesting", "grant", "builders", path, "--send", by=GRANTOR)
    assert owned(world) == []


def test_grant_refuses(world, tmp_path, file, refuses):
    assert "does not grant" in refuses("vesting", "grant", "builders", file(), "--send", by=OWNER)
    assert "there is no file" in refuses("vesting", "grant", "builders", tmp_path / "none", by=GRANTOR)
    (tmp_path / "bad.csv").write_text("owner,pt\n")
    word = ("vesting", "grant", "builders", tmp_path / "bad.csv")
    assert 'the column "amount" is missing' in refuses(*word, by=GRANTOR)
    (tmp_path / "bad.csv").write_text("owner,amount,cliff\n")
    assert 'no column "cliff"' in refuses(*word, by=GRANTOR)


def test_claim_and_show(world, builders, tmp_path, run, refuses):
    owner, wallet = key(OWNER).address, key(OWNER).address
    path = tmp_path / "grants.csv"
    path.write_text(f"owner,amount\n{owner},4_800\n{owner},480\n")
    assert "owns no grant here" in refuses("vesting", "claim", "builders", by=OWNER)
    run("vesting", "grant", "builders", path, "--send", by=GRANTOR)
    assert "grant 0 can be claimed from on 2027-02-14" in refuses("vesting", "claim", "builders", by=OWNER)
    assert "can be dropped until" in run("vesting", "show", by=OWNER).stdout
    world.node.warp(MONTHS[12])
    assert "the next part comes on 2028-02-22" in refuses("vesting", "claim", "builders", "0", by=OWNER)
    shown = run("vesting", "show", owner).stdout
    assert "2028-02-22: 100" in shown
    assert "▁" in shown
    world.node.warp(MONTHS[13])
    assert "several grants have vested something, 0, 1" in refuses("vesting", "claim", "builders", by=OWNER)
    assert "owns no grant 7" in refuses("vesting", "claim", "builders", "7", by=OWNER)
    shown = run("vesting", "claim", "builders", "0", by=OWNER).stdout
    assert "Nothing was sent." in shown
    assert world.pt(wallet) == 0
    run("vesting", "claim", "builders", "0", "--to", OTHER, "--send", by=OWNER)
    assert world.pt(OTHER) == 100 * PT
    shown = run("vesting", "claim", "builders", "--lock", "--until", "2029-06-07", "--send", by=OWNER).stdout
    assert "BuilderVesting may pay into the lock" in shown
    assert world.suite.escrow.functions.lockOf(wallet).call()[0] == 10 * PT
    told = run("vesting", "show", "--row", "builders").stdout
    assert owner in told
    assert "5,280" in told
    assert "all that has vested of grant 0 was claimed" in refuses("vesting", "claim", "builders", by=OWNER)
    assert "There are no grants." in run("vesting", "show", OTHER).stdout
    assert "is no address" in refuses("vesting", "show", "0x12")
