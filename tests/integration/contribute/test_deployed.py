"""`ape run contribute` on a deployed suite: what it finds by the deployment's record."""

import ape
import pytest
from click.testing import CliRunner
from eth_utils import keccak
from support.anvil import Node, data, key
from support.holders import DAY, PT, Holders
from support.solidity import compile_source

from scripts import contribute

BEGIN = 1_800_000_000
LEAD, MEMBER, CONTRIBUTOR = 17, 18, 5
"""Numbers of test accounts; the first two are seated in Growth."""
GROWTH, PERIOD_ONCE = 3, 0
TERMS = "(address,address,uint112,uint8,uint40,uint40,uint24)"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Growth streams 90 PT to pass 3 over 90 days, and posts a bounty of 5 PT."""
    with Node(accounts=20, timestamp=BEGIN) as node:
        world = Holders(node, tmp_path_factory.mktemp("records"))
        for number in (LEAD, MEMBER, CONTRIBUTOR):
            world.join(number)
        suite = world.suite
        safe = suite.groups.functions.accountOf(GROWTH).call()
        world.send(LEAD, suite.groups.functions.align(GROWTH))
        budget = (safe, suite.token.address, 1_000 * PT, PERIOD_ONCE, BEGIN, BEGIN + 365 * DAY, GROWTH)
        treasury, program = suite.treasury.address, suite.contributors.address
        node.impersonate(suite.timelock.address, treasury, data(f"openBudget({TERMS})", budget))
        below = data(f"openBudgetBelow(uint256,{TERMS})", 1, (program, *budget[1:]))
        node.impersonate(safe, treasury, below)
        stream = (2, 90 * PT, 90 * DAY, 3, keccak(text="design"))
        node.impersonate(
            safe,
            program,
            data("openStream(uint256,(uint256,uint112,uint32,uint32,bytes32),string)", 3, stream, ""),
        )
        offer = (2, 5 * PT, node.now() + 30 * DAY, 1, keccak(text="a bug"))
        node.impersonate(
            safe, program, data("postBounty((uint256,uint112,uint40,uint32,bytes32),string)", offer, "")
        )
        yield world


@pytest.fixture
def run(world, monkeypatch):
    monkeypatch.setenv("APE_FOUNDRY_HOST", world.node.url)

    def invoke(*arguments, exit_code=0):
        given = [*map(str, arguments), "--records", str(world.records)]
        result = CliRunner(mix_stderr=False).invoke(contribute.cli, given)
        assert result.exit_code == exit_code, (result.stdout, result.stderr, result.exception)
        assert "Traceback" not in result.stderr
        return result

    with ape.config.isolate_data_folder():
        yield invoke


def test_lists_are_of_the_deployed_program(run):
    assert "90 PT" in run("streams").stdout
    assert "There is no stream" in run("streams", "--pass", "4").stdout
    assert "5 PT" in run("bounties", "--group", GROWTH).stdout
    assert "There is no grant" in run("grants").stdout


def test_claim_by_the_contributor(run, world):
    world.node.warp(world.node.now() + DAY)
    who = ("--account", f"TEST::{CONTRIBUTOR}")
    assert "Nothing was sent" in run("claim", 1, *who).stdout
    run("claim", 1, "--send", *who)
    assert PT <= world.suite.token.functions.balanceOf(key(CONTRIBUTOR).address).call() < 2 * PT
    assert "pass 3, 1 points" in run("status", *who).stdout


def test_a_budget_in_a_token_that_calls_itself_pt_is_not_one_in_pt(run, world):
    made = compile_source("OtherTokens.sol", "NamedToken")
    sent = world.node.web3.eth.contract(abi=made.abi, bytecode=made.initcode).constructor("PT")
    sent = sent.transact({"from": key(0).address})
    false = world.node.web3.eth.wait_for_transaction_receipt(sent)["contractAddress"]
    suite, end = world.suite, BEGIN + 365 * DAY
    terms = (suite.contributors.address, false, 1_000 * PT, PERIOD_ONCE, BEGIN, end, GROWTH)
    opening = data(f"openLargeBudget({TERMS})", terms)
    world.node.impersonate(suite.timelock.address, suite.treasury.address, opening)
    budget = suite.treasury.functions.budgets().call()
    told = run("order", "stream", 3, budget, "5 PT", "1 day", 1, "x", exit_code=2).stderr
    assert f"an amount of units of {false} is written like" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ("claim", 2**256),
        ("order", "stop", 2**256),
        ("order", "recognize", 2**256, 3, 1, "thanks"),
        ("order", "stream", 2**256, 2, "1 PT", "1 day", 1, "x"),
        ("order", "accept", 2, 2**256),
        ("order", "stream", 3, 2, f"{2**112} PT", "1 day", 1, "x"),
    ],
)
def test_numbers_beyond_all_bounds_are_refused_in_a_sentence(run, arguments):
    assert run(*arguments, exit_code=2).stderr.count("error:") == 1


@pytest.mark.parametrize(
    "milestone",
    [
        "{amount: 10_000_000_000_000_000_000_000 PT, text: much}",
        "{amount: 1 PT, text: late, vesting: 100_000 days}",
        "{amount: 1 PT, text: none, points: -1}\n  - {amount: 1 PT, text: two, points: 2}",
    ],
)
def test_milestones_beyond_all_bounds_are_refused_in_a_sentence(run, tmp_path, milestone):
    path = tmp_path / "milestones.yaml"
    path.write_text(f"milestones:\n  - {milestone}\n")
    assert run("order", "grant", 3, 2, path, exit_code=2).stderr.count("error:") == 1
