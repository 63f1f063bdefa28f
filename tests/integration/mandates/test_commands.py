"""`ape run mandates`, as a group's lead and the core team type it."""

import ape
import pytest
from click.testing import CliRunner
from eth_abi import encode
from eth_utils import keccak
from support.anvil import Node, data, key
from support.holders import DAY, Holders

from scripts import mandates

BEGIN = 1_800_000_000
EXECUTIVE, LEAD, STRANGER = 3, 17, 6
"""Numbers of test accounts: of the core team, and who leads Growth."""
GROWTH = 3
URI = "ipfs://list-the-token"


@pytest.fixture(scope="module")
def _world(tmp_path_factory):
    with Node(accounts=20, timestamp=BEGIN) as node:
        world = Holders(node, tmp_path_factory.mktemp("records"))
        for number in (EXECUTIVE, LEAD):
            world.join(number)
        issue = "issue(uint256,bytes32,string,uint256)"
        for group, text, term in ((GROWTH, URI, 30), (GROWTH, "ipfs://cut-the-fee", 60), (1, "", 30)):
            call = data(issue, group, keccak(text=text), text, term * DAY)
            node.impersonate(world.suite.timelock.address, world.suite.mandates.address, call)
        yield world


@pytest.fixture
def world(_world):
    mark = _world.node.rpc("evm_snapshot")
    yield _world
    assert _world.node.rpc("evm_revert", mark)


@pytest.fixture
def run(world, monkeypatch):
    """Run a command; ``by`` is the number of a test account."""
    monkeypatch.setenv("APE_FOUNDRY_HOST", world.node.url)

    def invoke(*arguments, by=None, exit_code=0):
        given = [str(argument) for argument in arguments]
        signer = [] if by is None else ["--account", f"TEST::{by}"]
        records = ["--records", str(world.records)]
        result = CliRunner(mix_stderr=False).invoke(mandates.cli, [*given, *records, *signer])
        assert result.exit_code == exit_code, (result.stdout, result.stderr, result.exception)
        assert "Traceback" not in result.stderr
        return result

    with ape.config.isolate_data_folder():
        yield invoke


@pytest.fixture
def evidence(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("The token is listed.")
    return path


def test_from_a_mandate_to_its_confirmation(run, world, evidence):
    functions = world.suite.mandates.functions
    assert "Nothing was sent" in run("accept", "1", by=LEAD).stdout
    assert functions.mandateOf(1).call()[1] == 1
    assert "mandate 1 is accepted" in run("accept", "1", "--send", by=LEAD).stdout
    assert "mandate 1 is reported" in run("report", "1", evidence, "--uri", "ipfs://r", "--send", by=LEAD).stdout
    shown = run("show", "1").stdout
    for told in ("Growth (3)", URI, "reported", "ipfs://r", keccak(evidence.read_bytes()).hex(), "core team"):
        assert told in shown, told
    other = evidence.with_name("other.txt")
    other.write_text("Something else.")
    told = run("confirm", "1", other, "--send", by=EXECUTIVE, exit_code=2).stderr
    assert "is not what was reported on mandate 1" in told
    assert "mandate 1 is confirmed" in run("confirm", "1", evidence, "--send", by=EXECUTIVE).stdout
    assert functions.mandateOf(1).call()[1] == 4


def test_addresses_of_texts_that_are_no_texts(run, world):
    """Whoever leads a group chooses the bytes."""
    hostile = b"\xff\x1b[2J[bold]seen[/]\xe2\x80\xae\n done"
    run("accept", "1", "--send", by=LEAD)
    selector = keccak(text="report(uint256,bytes32,string)")[:4]
    told = selector + encode(["uint256", "bytes32", "bytes"], [1, b"\1" * 32, hostile])
    world.node.impersonate(key(LEAD).address, world.suite.mandates.address, told)
    issue = keccak(text="issue(uint256,bytes32,string,uint256)")[:4]
    told = issue + encode(["uint256", "bytes32", "bytes", "uint256"], [GROWTH, b"\1" * 32, hostile, DAY])
    world.node.impersonate(world.suite.timelock.address, world.suite.mandates.address, told)
    for shown in (run("show", "1").stdout, run("show", "4").stdout, run("list").stdout):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    assert "\\xff?[2J[bold]seen[/]? done" in run("show", "1").stdout


def test_list_filters(run, world):
    def numbers(*arguments):
        lines = run("list", *arguments).stdout.splitlines()
        return [int(line.split("│")[1]) for line in lines if line.startswith("│") and line.split("│")[1].strip()]

    assert numbers() == [1, 2, 3]
    assert numbers("--group", "growth") == numbers("--group", GROWTH) == [1, 2]
    run("accept", "2", "--send", by=LEAD)
    assert numbers("--state", "accepted") == [2]
    assert numbers("--state", "issued", "--group", "Operation") == [3]
    assert "no such mandate" in run("list", "--overdue").stdout
    world.node.warp(world.node.now() + 40 * DAY)
    assert numbers("--overdue") == [1, 3]
    assert "overdue since 2027-02-14" in run("list", "--overdue").stdout


@pytest.mark.parametrize(
    ("arguments", "by", "told"),
    [
        (("show", "4"), None, "there is no mandate 4"),
        (("show", "0"), None, "0"),
        (("list", "--group", "Nobody"), None, 'there is no group "Nobody": they are Operation, '),
        (("accept", "1", "--send"), STRANGER, "Mandates__NotOfGroup"),
        (("accept", "3", "--send"), LEAD, "Mandates__NotOfGroup"),
        (("report", "1", "nowhere.pdf", "--send"), LEAD, "there is no file nowhere.pdf"),
        (("confirm", "1", "nowhere.pdf", "--send"), EXECUTIVE, "there is no file nowhere.pdf"),
    ],
)
def test_bad_input_is_one_sentence(run, world, arguments, by, told):
    before = world.node.web3.eth.block_number
    result = run(*arguments, by=by, exit_code=2)
    assert told in result.stderr
    assert world.node.web3.eth.block_number == before


def test_report_before_it_is_accepted(run, evidence):
    assert "Mandates__WrongState" in run("report", "1", evidence, "--send", by=LEAD, exit_code=2).stderr
