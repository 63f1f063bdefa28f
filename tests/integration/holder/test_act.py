"""Each action on a real node: shown first, and then as it was shown."""

import json
import re
import shutil

import pytest
from support.anvil import key
from support.holders import DAY, FOUNDER, PT, WEEK

from phemexia.config import FOLDER as CONFIG
from phemexia.config import load
from phemexia.deployment.fees import ORACLES
from phemexia.holder import boundary

HOLDER, DELEGATEE, STRANGER = 11, 12, 13
HOLDER_ADDRESS, DELEGATEE_ADDRESS = key(HOLDER).address, key(DELEGATEE).address
UNLOCK, LATER = "2028-01-06", "2028-06-01"
NOTHING = "Nothing was sent."


@pytest.fixture
def act(world, run):
    """An action as a dry run, which must change nothing, and then for good; what both said."""

    def perform(*arguments, by=HOLDER):
        block = world.node.web3.eth.block_number
        shown = run(*arguments, by=by).stdout
        assert NOTHING in shown
        assert world.node.web3.eth.block_number == block
        done = run(*arguments, "--send", by=by).stdout
        assert "done: " in done
        assert NOTHING not in done
        return shown, done

    return perform


def lock_of(world, wallet=HOLDER_ADDRESS):
    return world.suite.escrow.functions.lockOf(wallet).call()


def after(told, label):
    """The last column of a row."""
    (row,) = [line for line in told.splitlines() if line.startswith(f"│ {label} ")]
    return row.strip("│ ").split("│")[-1].strip()


def figure(told, pattern):
    (found,) = re.findall(pattern, told)
    return int(found.replace(",", ""))


def near(shown, wei, rounds=PT):
    """Whether a shown amount is that of the chain some seconds later."""
    value = float(shown.split()[0].replace(",", ""))
    return abs(value - wei / rounds) <= 0.02 + value * 1e-5


def test_mint(world, act, tmp_path):
    shown, done = act("mint", world.voucher(HOLDER_ADDRESS, tmp_path / "voucher.json"))
    assert after(shown, "Soul Pass").startswith("2, unless others mint first")
    assert "done: minted" in done
    assert world.suite.soul_pass.functions.passOf(HOLDER_ADDRESS).call() == 2


@pytest.mark.parametrize("approve", [False, True], ids=["by permit", "by approval"])
def test_lock(world, act, approve):
    world.pay(HOLDER_ADDRESS, 1_000 * PT)
    shown, done = act("lock", "1,000", UNLOCK, *(["--approve"] if approve else []))
    assert "lock 1,000 PT until Thursday 2028-01-06 00:00 UTC" in shown
    assert ("the approval of exactly 1,000 PT" if approve else "a permit for exactly 1,000 PT") in shown
    assert after(shown, "PT in the wallet") == "0 PT"
    assert after(shown, "unlocks") == "Thursday 2028-01-06 00:00 UTC"
    amount, end, delegatee, weight, votes = lock_of(world)
    assert (amount, end, delegatee) == (1_000 * PT, boundary(UNLOCK), HOLDER_ADDRESS)
    assert near(after(shown, "weight now"), weight)
    assert near(after(shown, "votes now"), votes)
    assert "there is no Soul Pass in this wallet" in shown
    token = world.suite.token.functions
    assert token.allowance(HOLDER_ADDRESS, world.suite.escrow.address).call() == 0
    sent = world.node.web3.eth.get_transaction_count(HOLDER_ADDRESS)
    assert sent == (2 if approve else 1)
    expected, used = figure(shown, r"about ([\d,]+) gas"), figure(done, r"it took ([\d,]+) gas")
    assert abs(expected - used) < used / 10, (expected, used)


def test_lock_with_an_allowance_that_stands(world, act):
    world.pay(HOLDER_ADDRESS, 1_000 * PT)
    world.send(HOLDER, world.suite.token.functions.approve(world.suite.escrow.address, 1_000 * PT))
    shown, _ = act("lock", "all", UNLOCK)
    assert "nothing: the escrow may take 1,000 PT already" in shown
    assert lock_of(world)[0] == 1_000 * PT


def test_add(world, act):
    world.lock(HOLDER, 100 * PT, 60)
    world.pay(HOLDER_ADDRESS, 50 * PT)
    shown, done = act("add", "50")
    assert after(shown, "PT locked") == "150 PT"
    assert "done: added 50 PT to the lock" in done
    assert lock_of(world)[0] == 150 * PT
    assert near(after(shown, "weight now"), lock_of(world)[3])


def test_extend(world, act):
    world.lock(HOLDER, 100 * PT, 20)
    shown, _ = act("extend", LATER)
    assert after(shown, "unlocks") == f"Thursday {LATER} 00:00 UTC"
    assert lock_of(world)[1] == boundary(LATER)
    assert near(after(shown, "weight now"), lock_of(world)[3])


def test_delegate_and_take_back(world, act):
    world.lock(HOLDER, 100 * PT)
    world.lock(DELEGATEE, 10 * PT)
    shown, _ = act("delegate", DELEGATEE_ADDRESS)
    assert f"{DELEGATEE_ADDRESS} holds no Soul Pass" in shown
    assert after(shown, "votes of this wallet") == "0 vePT"
    assert near(after(shown, f"votes of {DELEGATEE_ADDRESS}"), lock_of(world, DELEGATEE_ADDRESS)[4])
    assert lock_of(world)[2] == DELEGATEE_ADDRESS
    shown, done = act("delegate", "self")
    assert "done: took the votes back" in done
    assert near(after(shown, "votes of this wallet"), lock_of(world)[4])
    assert near(after(shown, f"votes of {DELEGATEE_ADDRESS}"), lock_of(world, DELEGATEE_ADDRESS)[4])


def test_vote_and_change_it(world, act):
    world.join(HOLDER)
    world.lock(HOLDER, 100 * PT)
    number = world.propose()
    world.open()
    shown, done = act("vote", "1", "against")
    assert "it weighs 99" in shown
    assert "it can be changed until" in shown
    assert 'done: voted against in proposal 1 "Publish a report each quarter"' in done
    assert after(shown, "votes against").startswith("99")
    shown, _ = act("vote", "1", "for", "--reason", "read again")
    assert after(shown, "votes against") == "0 vePT"
    against, in_favour, _ = world.dao.governor.functions.proposalVotes(number).call()
    assert against == 0
    assert near(after(shown, "votes for"), in_favour)


@pytest.mark.parametrize("to", [None, DELEGATEE_ADDRESS], ids=["to oneself", "to another"])
def test_withdraw(world, act, to):
    world.lock(HOLDER, 100 * PT, 6)
    world.node.warp(lock_of(world)[1])
    shown, done = act("withdraw", *(["--to", to] if to else []))
    assert after(shown, "PT in the wallet") == ("0 PT" if to else "100 PT")
    assert after(shown, "unlocks") == "no lock"
    assert "withdrew 100 PT" in done
    assert world.suite.token.functions.balanceOf(to or HOLDER_ADDRESS).call() == 100 * PT
    assert lock_of(world)[0] == 0


# --- what is refused


def test_a_wallet_without_pass_can_not_vote(world, refuses):
    world.lock(STRANGER, 100 * PT)
    world.propose()
    assert "the vote opens after" in refuses("vote", "1", "for", by=STRANGER)
    world.open()
    assert "holds no Soul Pass, and a ballot takes one" in refuses("vote", "1", "for", by=STRANGER)
    world.join(STRANGER)
    assert "held since before the vote opened" in refuses("vote", "1", "for", by=STRANGER)
    assert "there is no proposal 7" in refuses("vote", "7", "for", by=STRANGER)


def test_who_weighed_nothing_can_not_vote(world, refuses):
    world.join(HOLDER)
    world.propose()
    world.open()
    world.lock(HOLDER, PT)
    assert "weighed nothing when the vote opened" in refuses("vote", "1", "for", by=HOLDER)


def test_the_same_vote_twice(world, run, refuses):
    world.propose()
    world.open()
    run("vote", "1", "for", "--send", by=FOUNDER)
    assert "has voted for already" in refuses("vote", "1", "for", by=FOUNDER)
    world.node.warp(world.life().changes_until + 1)
    assert "ballots could be changed until" in refuses("vote", "1", "against", by=FOUNDER)


def test_lock_refuses(world, refuses):
    world.pay(HOLDER_ADDRESS, 100 * PT)
    assert "holds 100 PT, not the 100.01 PT to lock" in refuses("lock", "100.01", UNLOCK, by=HOLDER)
    assert "the least deposit is 1 PT" in refuses("lock", "0.5", UNLOCK, by=HOLDER)
    told = refuses("lock", "100", "2028-01-07", by=HOLDER)
    assert "2028-01-07 is a Friday" in told
    assert "the nearest are 2028-01-06 and 2028-01-13" in told
    assert "earliest end is Thursday 2027-02-18 00:00 UTC" in refuses("lock", "100", "2027-02-11", by=HOLDER)
    assert "latest end is Thursday 2029-01-11 00:00 UTC" in refuses("lock", "100", "2029-01-18", by=HOLDER)
    assert "has a lock already" in refuses("lock", "1", UNLOCK, by=FOUNDER)


def test_the_bounds_that_are_named_are_good(world, run):
    """The earliest and the latest end, to the second: what is named works, and no week beyond."""
    world.pay(HOLDER_ADDRESS, 100 * PT)
    for day in ("2027-02-18", "2029-01-11"):
        assert NOTHING in run("lock", "100", day, by=HOLDER).stdout


def test_add_and_extend_refuse(world, refuses):
    assert "has no lock" in refuses("add", "1", by=HOLDER)
    assert "has no lock" in refuses("extend", UNLOCK, by=HOLDER)
    world.lock(HOLDER, 100 * PT, 6)
    end = lock_of(world)[1]
    assert "not the 1 PT to lock" in refuses("add", "1", by=HOLDER)
    assert "runs until Thursday 2027-02-25 00:00 UTC already" in refuses("extend", "2027-02-25", by=HOLDER)
    world.pay(HOLDER_ADDRESS, 100 * PT)
    world.node.warp(end - 20 * DAY)
    assert "extend it first" in refuses("add", "1", by=HOLDER)
    world.node.warp(end)
    assert "the lock was over on Thursday 2027-02-25" in refuses("extend", UNLOCK, by=HOLDER)
    assert "the lock was over on Thursday 2027-02-25" in refuses("add", "1", by=HOLDER)


def test_withdraw_refuses(world, refuses):
    assert "has no lock" in refuses("withdraw", by=HOLDER)
    world.lock(HOLDER, 100 * PT, 6)
    world.node.warp(lock_of(world)[1] - 1)
    told = refuses("withdraw", by=HOLDER)
    assert "the lock runs until Thursday 2027-02-25 00:00 UTC" in told
    world.node.warp(lock_of(world)[1])
    assert '"0x12" is no address' in refuses("withdraw", "--to", "0x12", by=HOLDER)
    assert "the PT can't go to" in refuses("withdraw", "--to", world.suite.escrow.address, by=HOLDER)
    assert "the PT can't go to" in refuses("withdraw", "--to", "0x" + "00" * 20, by=HOLDER)


def test_withdraw_refuses_a_permanent_lock(world, refuses):
    world.lock(HOLDER, 100 * PT)
    world.send(HOLDER, world.suite.escrow.functions.makePermanent())
    assert "the lock is permanent" in refuses("withdraw", by=HOLDER)
    assert "the lock is permanent" in refuses("extend", UNLOCK, by=HOLDER)


def test_delegate_refuses(world, refuses):
    assert "votes with its own lock already" in refuses("delegate", "self", by=HOLDER)
    assert "is neither an address nor self" in refuses("delegate", "somebody", by=HOLDER)
    assert "is neither an address nor self" in refuses("delegate", "0x" + "00" * 20, by=HOLDER)
    world.send(HOLDER, world.suite.escrow.functions.delegate(DELEGATEE_ADDRESS))
    assert f"has delegated to {DELEGATEE_ADDRESS} already" in refuses("delegate", DELEGATEE_ADDRESS, by=HOLDER)


def test_mint_refuses(world, run, refuses, tmp_path):
    path = tmp_path / "voucher.json"
    assert "there is nothing at" in refuses("mint", path, by=HOLDER)
    path.write_text("{}")
    assert "is not a voucher" in refuses("mint", path, by=HOLDER)
    world.voucher(HOLDER_ADDRESS, path)
    assert f"is for the wallet {HOLDER_ADDRESS}, not for" in refuses("mint", path, by=STRANGER)
    world.voucher(HOLDER_ADDRESS, path, kind="RecoveryVoucher")
    assert "is for a recovery" in refuses("mint", path, by=HOLDER)
    world.voucher(HOLDER_ADDRESS, path, chainId=1)
    assert "on chain 1, not for" in refuses("mint", path, by=HOLDER)
    world.voucher(HOLDER_ADDRESS, path, attestation="0x" + "11" * 65)
    assert "SoulPass__NotAttested" in refuses("mint", path, by=HOLDER)
    world.voucher(HOLDER_ADDRESS, path)
    world.node.warp(world.node.now() + 30 * DAY + 1)
    assert "was good until" in refuses("mint", path, by=HOLDER)
    world.voucher(HOLDER_ADDRESS, path)
    run("mint", path, "--send", by=HOLDER)
    assert "holds pass 2 already" in refuses("mint", path, by=HOLDER)
    world.send(HOLDER, world.suite.soul_pass.functions.burn(2))
    assert "was used or withdrawn" in refuses("mint", path, by=HOLDER)


def test_an_account_without_ether_sends_nothing(world, refuses):
    world.pay(HOLDER_ADDRESS, 100 * PT)
    world.node.rpc("anvil_setBalance", HOLDER_ADDRESS, "0x0")
    told = refuses("lock", "100", UNLOCK, by=HOLDER)
    assert re.search(r"0x\w{40} has 0 ether, and this may cost up to 0.000\d+ ether: nothing was sent", told)
    assert "has 0 ether" in refuses("delegate", DELEGATEE_ADDRESS, by=HOLDER)


def test_gas_above_the_ceiling_sends_nothing(world, refuses):
    """local.yaml has 1,000 gwei; one wei of base fee above it is too much, whatever the account has."""
    ceiling = load("local").network.fees.ceiling
    world.node.rpc("anvil_setNextBlockBaseFeePerGas", hex(ceiling + 1))
    world.node.warp(world.node.now() + 1)
    assert "more than the ceiling of" in refuses("delegate", DELEGATEE_ADDRESS, by=HOLDER)


def test_a_record_that_was_edited_is_not_used(world, run, tmp_path):
    """A wrong address in it could take what is signed."""
    record = json.loads((world.records / "ethereum-local.json").read_text())
    record["contracts"]["VotingEscrow"]["address"] = DELEGATEE_ADDRESS
    (tmp_path / "ethereum-local.json").write_text(json.dumps(record))
    told = run("status", "--records", tmp_path, by=HOLDER, exit_code=2).stderr
    assert "VotingEscrow" in told


def test_a_dry_run_of_an_address_takes_no_key(world, run):
    """Anyone can look at what an account could do; only --send needs the account."""
    world.pay(HOLDER_ADDRESS, 100 * PT)
    given = ("lock", "100", UNLOCK, "--account", HOLDER_ADDRESS)
    assert NOTHING in run(*given).stdout
    assert "there is no account" in run(*given, "--send", exit_code=2).stderr


def test_the_last_second_of_a_week(world, run):
    """The lock that is shown is the one that is made, though a week passes while it is looked at."""
    world.pay(HOLDER_ADDRESS, 100 * PT)
    world.node.warp(world.node.now() // WEEK * WEEK + WEEK - 1)
    run("lock", "100", UNLOCK, by=HOLDER)
    world.node.warp(world.node.now() + 1)
    run("lock", "100", UNLOCK, "--send", by=HOLDER)
    assert lock_of(world)[1] == boundary(UNLOCK)


def test_delegate_costs_what_publishing_costs_on_a_second_layer(world, run, tmp_path):
    """Optimism's kind charges it in wei beside the gas; a chain that does not say is refused."""
    config = tmp_path / "config"
    shutil.copytree(CONFIG, config)
    local = config / "networks" / "local.yaml"
    local.write_text(local.read_text().replace("publishing: included", "publishing: optimism"))
    told = ("delegate", DELEGATEE_ADDRESS, "--config", config)
    assert "the chain does not say what publishing costs" in run(*told, by=FOUNDER, exit_code=2).stderr
    plain = run(*told[:2], by=FOUNDER).stdout
    world.node.rpc("anvil_setCode", ORACLES["optimism"][0], "0x670de0b6b3a76400005f5260205ff3")  # one ether
    shown = run(*told, by=FOUNDER).stdout
    assert "gas: 0.0" in plain
    assert re.search(r"gas: 1\.0\d* ether, at most 1\.2\d* ether", shown), shown
