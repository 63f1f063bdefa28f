"""What a wallet is told about itself."""

from support.anvil import key
from support.holders import FOUNDER, PT, WEEK

HOLDER, SECOND, THIRD = 11, 12, 13


def cells(told):
    """The first table as a dictionary."""
    rows = [line.strip("│ ").split("│") for line in told.splitlines() if line.startswith("│")]
    return {row[0].strip(): row[1].strip() for row in rows if len(row) == 2}


def test_status_of_a_wallet_that_has_nothing(run):
    told = run("status", key(HOLDER).address).stdout
    found = cells(told)
    assert found["Soul Pass"].startswith("none: 'ape run holder mint'")
    assert found["lock"].startswith("none: 'ape run holder lock'")
    assert found["PT"] == "0 PT"
    assert found["votes now"] == "0 vePT"
    assert "No proposal is open" in told
    assert "┤" not in told


def test_status_agrees_with_the_contracts(world, run):
    """Lock, weight, delegations in both directions, VIP level, chart."""
    world.join(HOLDER)
    for number, amount, weeks in ((HOLDER, 60_000, 104), (SECOND, 500, 52), (THIRD, 100, 60)):
        world.lock(number, amount * PT, weeks)
    world.send(SECOND, world.suite.escrow.functions.delegate(key(HOLDER).address))
    world.send(THIRD, world.suite.escrow.functions.delegate(key(HOLDER).address))
    world.node.warp(world.node.now() + WEEK)
    lock = world.suite.escrow.functions.lockOf(key(HOLDER).address).call()
    told = run("status", "--delegators", by=HOLDER).stdout
    found = cells(told)
    assert found["Soul Pass"].startswith("2, good, held since 2027-01-16")
    assert found["lock"] == "60,000 PT, unlocks: Thursday 2029-01-11 00:00 UTC"
    assert found["weight now"] == f"{lock[3] * 100 // PT / 100:,.2f} vePT"
    assert found["votes now"] == f"{lock[4] * 100 // PT / 100:,.2f} vePT"
    assert found["VIP level"] == "VIP 1"
    assert told.count("┤") == 6
    assert told.index(key(SECOND).address) < told.index(key(THIRD).address)  # the heavier first

    other = cells(run("status", by=SECOND).stdout)
    assert other["the lock's votes belong to"] == key(HOLDER).address
    assert other["votes now"] == "0 vePT"
    assert other["VIP level"] == "none"
    world.send(THIRD, world.suite.escrow.functions.delegate(key(SECOND).address))
    assert key(THIRD).address not in run("status", "--delegators", by=HOLDER).stdout


def test_status_lists_open_proposals_and_own_ballots(world, run):
    world.join(HOLDER)
    world.lock(HOLDER, 100 * PT)
    number = world.propose()
    pending = run("status", by=HOLDER).stdout
    assert "Pending" in pending
    assert "not yet" in pending
    assert "none: mint a pass first" in run("status", by=SECOND).stdout
    world.open()
    world.join(THIRD)
    assert "Active" in run("status", by=HOLDER).stdout
    world.send(HOLDER, world.dao.governor.functions.castVote(number, 1))
    mine = [line for line in run("status", by=HOLDER).stdout.splitlines() if "Active" in line]
    assert "│ for " in mine[0]
    assert "none: no pass in time" in run("status", by=THIRD).stdout
    assert "│ none " in next(line for line in run("status", by=FOUNDER).stdout.splitlines() if "Active" in line)


def test_status_of_what_is_no_wallet(run):
    result = run("status", "0x12", exit_code=2)
    assert "0x12 is no address: an account is named by --account" in result.stderr
    assert "there is no account" in run("status", "--account", "nobody", exit_code=2).stderr
