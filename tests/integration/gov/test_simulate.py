"""`simulate` and `propose` on a copy of the chain: what would change, and what would not work."""

import pytest
from eth_utils import keccak
from support.anvil import key

from phemexia.proposals import draft, simulate
from phemexia.proposals.identity import title_of
from phemexia.toolchain import ROOT

from .conftest import DAY, GRANT, PROPOSER, PT, SECOND_REVERTS, STRANGER, VOTER

ETHER = """
title: Pay in ether
text: To a friend.
accounts: {friend: "0x976EA74026E726554dB657fA54763abd0C3a0aa9"}
actions:
  - contract: friend
    value: 1.5 ether
"""

FOREIGN = """
title: A call of another contract
text: Nobody here knows it.
actions:
  - contract: "0x976EA74026E726554dB657fA54763abd0C3a0aa9"
    function: approve(address,uint256)
    arguments: [Treasury, 5]
"""

RULES = """
title: A new guardian, a longer delay, a member
text: Everything at once.
accounts: {friend: "0x976EA74026E726554dB657fA54763abd0C3a0aa9"}
actions:
  - contract: PhemexGovernor
    function: setGuardian
    arguments: [friend]
  - contract: PhemexTimelock
    function: updateDelay
    arguments: [3 days]
  - contract: CoreTeam
    function: appoint
    arguments: [friend]
  - contract: ActionClasses
    function: setClasses
    arguments:
      entries:
        - {target: Campaign, selector: Campaign.sweep, class: Treasury}
"""


@pytest.fixture
def tried(world, file):
    """The simulation of a file."""

    def attempt(text):
        proposal, names = draft.read(file(text), world.dao.names)
        return simulate(world.dao, proposal, names), names

    return attempt


def untouched(world, before):
    assert world.node.web3.eth.block_number == before
    assert world.dao.governor.events.ProposalCreated.get_logs(from_block=0) == []


def test_simulate_shows_what_would_change_and_changes_nothing(run, world, file):
    before = world.node.web3.eth.block_number
    shown = run("simulate", file()).stdout
    for told in ("Spent(asset: PhemexToken", "Transfer(from: Treasury, to: translator", "-1,000", "+1,000"):
        assert told in shown, told
    untouched(world, before)


def test_simulate_names_the_second_action_that_reverts(run, world, file):
    """Which, why, exit code 2, and nothing is proposed; by `propose` as well."""
    path, before = file(SECOND_REVERTS), world.node.web3.eth.block_number
    for command, by in (("simulate", None), ("propose", PROPOSER)):
        result = run(command, path, by=by, exit_code=2)
        told = " ".join(result.stderr.split())
        assert "error: action 2 of 3, Treasury.spend, reverts with Treasury__AboveCap(asset: PhemexToken," in told
        assert "amount: 2,000,000,000 PT" in told
        assert told.endswith("nothing was proposed")
        assert "done, and rolled back" in result.stdout
        assert "not reached" in result.stdout
    untouched(world, before)


def test_simulate_reports_each_action(tried):
    done, _ = tried(SECOND_REVERTS)
    first, second, third = done.outcomes
    assert (first.reached, first.error) == (True, None)
    assert first.events == ()  # what is rolled back said nothing
    assert second.error.startswith("Treasury__AboveCap(")
    assert (third.reached, third.error) == (False, None)
    assert not done.good
    assert done.changes == ()


def test_simulate_runs_at_the_time_of_the_execution(world, tried):
    """Delay, vote and timelock of the class, then the team's window: what depends on time is tried at its time."""
    done, _ = tried(GRANT)
    due = world.node.now() + DAY + 7 * DAY + 2 * DAY + 3 * DAY
    assert due <= done.time <= due + 60
    assert [(c.holder, c.asset, c.after - c.before) for c in done.changes] == [
        ("Treasury", "PT", -1_000 * PT), ("translator", "PT", 1_000 * PT),
    ]  # fmt: skip


def test_simulate_lets_the_governor_act_on_itself(tried):
    """What the governor, the timelock and the table take from the timelock alone."""
    done, _ = tried(RULES)
    assert done.good
    names = [event.name for outcome in done.outcomes for event in outcome.events]
    assert names == ["GuardianSet", "MinDelayChange", "Joined", "ActionClassSet"]


def test_simulate_pays_ether_that_the_timelock_has(world, tried):
    done, names = tried(ETHER)
    why = "too little ether: the timelock has less than the proposal sends along"
    assert done.sentence(names) == f"action 1 of 1, pay friend, reverts with {why}"
    world.node.rpc("anvil_setBalance", world.dao.suite.timelock.address, hex(2 * 10**18))
    done, _ = tried(ETHER)
    assert done.good
    changes = {change.holder: change.after - change.before for change in done.changes}
    assert changes == {"PhemexTimelock": -15 * 10**17, "friend": 15 * 10**17}


def test_simulate_warns_of_a_call_where_nothing_stands(run, world, file):
    """An account without code takes any call and does nothing: the timelock does not mind."""
    assert "no contract stands there: the call does nothing" in run("simulate", file(FOREIGN)).stdout
    world.node.rpc("anvil_setCode", "0x976EA74026E726554dB657fA54763abd0C3a0aa9", "0x5f5ffd")
    refused = run("simulate", file(FOREIGN), exit_code=2).stderr
    assert "reverts with no reason given" in refused


def test_simulate_leaves_stand_ins_behind(world, tried):
    """No trace of the stand-ins in what is executed: the real pass answers again."""
    text = """
title: Reinstate
text: A pass that was never revoked.
actions:
  - contract: SoulPass
    function: reinstate
    arguments: [1]
"""
    done, names = tried(text)
    assert "action 1 of 1, SoulPass.reinstate, reverts with SoulPass__NotRevoked" in done.sentence(names)


def test_simulate_goes_on_from_where_a_proposal_is(run, world, file):
    """Pending, active, passed or queued: what is left of its life is played, at its own times."""
    world.propose(file())
    for step in ("open", "vote", "close", "queue"):
        assert "+1,000" in run("simulate", "1").stdout, step
        if step in ("open", "close"):
            getattr(world, step)()
        elif step == "vote":
            run("vote", "1", "for", by=VOTER)
        else:
            run("queue", "1", by=STRANGER)
    recorded = world.life().recorded
    done = simulate(world.dao, recorded.proposal, world.dao.names)
    eta = world.life().eta
    assert eta + 3 * DAY <= done.time <= eta + 3 * DAY + 60
    assert title_of(recorded.proposal.description) == "Pay a grant"
    assert world.life().state == "Queued"


def test_the_example_works(run, world):
    """The file that docs/proposals.md shows."""
    example = ROOT / "config" / "proposals" / "market-makers.yaml"
    assert "+600,000" in run("simulate", example).stdout
    assert "1,000,000 PT" in example.read_text()
    proposal, _ = draft.read(example, world.dao.names)
    said = proposal.description.partition("\n\n")[2]
    assert proposal.actions[2].data[4:] == keccak(text=said)
    assert 'proposal 1 "Fund the market makers' in run("propose", example, by=PROPOSER).stdout


def test_simulate_shows_an_account_by_its_address_where_it_has_no_name(tried):
    done, names = tried(GRANT.replace("translator, ", f'"{key(STRANGER).address}", '))
    assert done.changes[1].holder == names.name(key(STRANGER).address)
