"""`ape run treasury` on budgets that were opened, used up, frozen and given back to."""

import re
from html.parser import HTMLParser

import ape
import pytest
from click.testing import CliRunner
from eth_abi import encode
from eth_utils import keccak
from support.anvil import Node, data, key
from support.holders import DAY, PT, Holders
from support.solidity import compile_source

from phemexia.treasury import Books, books
from scripts import treasury

BEGIN = 1_800_000_000
"""2027-01-15 08:00 UTC."""
LEAD, PAID, STRANGER = 17, 5, 6
"""Numbers of test accounts; the first leads Growth, which is group 3."""
GROWTH = 3
ETHER = "0x" + "00" * 20
OPEN = "openBudget((address,address,uint112,uint8,uint40,uint40,uint24))"
BELOW = "openBudgetBelow(uint256,(address,address,uint112,uint8,uint40,uint40,uint24))"
SPEND = "spend(address,address,uint256,string)"
HOSTILE = "<script>alert(1)</script>\x1b[2J"


class World(Holders):
    """Verbs for the treasury."""

    def by_dao(self, signature, *arguments):
        self.node.impersonate(
            self.suite.timelock.address, self.suite.treasury.address, data(signature, *arguments)
        )

    def pay(self, budget, amount, category, memo, by=LEAD):
        to = key(PAID).address
        word = category.encode().ljust(32, b"\0")
        self.send(by, self.suite.treasury.functions.pay(budget, to, amount, word, memo))

    def pay_bytes(self, budget, amount, memo):
        """With a memo that is no text."""
        types = ["uint256", "address", "uint112", "bytes32", "bytes"]
        selector = keccak(text="pay(uint256,address,uint112,bytes32,string)")[:4]
        told = selector + encode(types, [budget, key(PAID).address, amount, bytes(32), memo])
        self.node.impersonate(key(LEAD).address, self.suite.treasury.address, told)

    def token(self, symbol):
        """A token that calls itself so; its address."""
        code = compile_source("OtherTokens.sol", "NamedToken")
        made = self.node.web3.eth.contract(abi=code.abi, bytecode=code.initcode)
        sent = made.constructor(symbol).transact({"from": key(0).address})
        return self.node.web3.eth.wait_for_transaction_receipt(sent)["contractAddress"]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """January: 30 and 20 PT, of which 5 come back; March: 40 PT and half an ether. The DAO spends 7 PT itself."""
    with Node(accounts=20, timestamp=BEGIN) as node:
        world = World(node, tmp_path_factory.mktemp("records"))
        world.join(LEAD)
        suite, lead, end = world.suite, key(LEAD).address, BEGIN + 365 * DAY
        pt, at = suite.token.address, suite.treasury.address
        node.web3.eth.wait_for_transaction_receipt(
            node.web3.eth.send_transaction({"from": key(0).address, "to": at, "value": 100 * 10**18})
        )
        world.by_dao(OPEN, (lead, pt, 100 * PT, 1, BEGIN, end, GROWTH))
        world.by_dao(OPEN, (key(STRANGER).address, ETHER, 10**18, 2, BEGIN, end, 0))
        world.send(LEAD, suite.treasury.functions.openBudgetBelow(1, (lead, pt, 50 * PT, 0, BEGIN, end, 0)))
        world.pay(1, 30 * PT, "bounty", "a bug found")
        world.pay(3, 20 * PT, "grant", HOSTILE)
        world.send(PAID, suite.token.functions.approve(at, 5 * PT))
        world.send(PAID, suite.treasury.functions.giveBack(3, 1, 5 * PT))
        world.by_dao(SPEND, pt, key(PAID).address, 7 * PT, "translation")
        node.warp(BEGIN + 60 * DAY)
        world.pay(1, 40 * PT, "bounty", "another")
        world.pay(2, 5 * 10**17, "", "hosting", by=STRANGER)
        world.node.impersonate(suite.timelock.address, at, data("freezeBudget(uint256)", 2))
        yield world


@pytest.fixture
def run(world, monkeypatch, tmp_path):
    monkeypatch.setenv("APE_FOUNDRY_HOST", world.node.url)
    monkeypatch.setattr(books, "CACHE", tmp_path / "books")

    def invoke(*arguments, exit_code=0):
        given = [*map(str, arguments), "--records", str(world.records)]
        result = CliRunner(mix_stderr=False).invoke(treasury.cli, given)
        assert result.exit_code == exit_code, (result.stdout, result.stderr, result.exception)
        assert "Traceback" not in result.stderr
        return result

    with ape.config.isolate_data_folder():
        yield invoke


@pytest.fixture
def read(world, tmp_path):
    return Books.read(world.dao, tmp_path / "kept")


def test_read_budgets_as_the_contract_has_them(world, read):
    assert [one.number for one in read.budgets] == [1, 3, 2]  # each below its own
    one, below, ether = read.budgets
    assert (one.group, one.period, one.limit, one.spent) == ("Growth", "month", 100 * PT, 40 * PT)
    assert one.headroom == world.suite.treasury.functions.headroom(1).call() == 60 * PT
    assert (below.parent, below.depth, below.period, below.spent, below.headroom) == (
        1,
        2,
        "once",
        15 * PT,
        35 * PT,
    )
    assert (ether.group, ether.standing(read.now), ether.headroom) == ("", "frozen", 0)
    assert [asset.symbol for asset in read.assets.values()] == ["PT", "ether"]
    assert read.assets[ETHER].held == 10**18 * 995 // 10


def test_sums_by_group_month_and_category(world, read):
    pt = world.suite.token.address
    assert read.months == ["2027-01", "2027-02", "2027-03"]
    assert read.by_group_and_month(pt) == {
        "Growth": {"2027-01": 45 * PT, "2027-03": 40 * PT}, "the DAO itself": {"2027-01": 7 * PT}
    }  # fmt: skip
    assert read.by_group_and_month(ETHER) == {"budget 2": {"2027-03": 5 * 10**17}}
    assert read.by_category(pt) == {"bounty": 70 * PT, "grant": 15 * PT}


def test_sums_are_what_left_the_treasury(world, read):
    """Against the token's own transfers."""
    token, at = world.suite.token, world.suite.treasury.address
    out = token.events.Transfer().get_logs(from_block=0, argument_filters={"from": at})
    back = token.events.Transfer().get_logs(from_block=0, argument_filters={"to": at})
    genesis = [log for log in back if int(log["args"]["from"], 16) == 0]
    moved = sum(log["args"]["value"] for log in out) - sum(
        log["args"]["value"] for log in back if log not in genesis
    )
    assert moved == sum(one.net for one in read.payments if one.asset == token.address) == 92 * PT


def test_show_has_what_is_left(run):
    shown = run("show").stdout
    for told in ("Growth", "100 PT a month", "60 PT", "frozen", "35 PT", "99.5 ether", "2027-03", "45 PT"):
        assert told in shown, told


def test_payments_filter(run):
    assert run("payments").stdout.count("2027-") == 5
    assert run("payments", "--group", "growth", "--month", "2027-01").stdout.count("2027-") == 2
    assert "\x1b[2J" not in run("payments").stdout
    assert "no such payment" in run("payments", "--month", "2026-01").stdout


class Links(HTMLParser):
    """What a page would fetch, and its text."""

    def __init__(self):
        super().__init__()
        self.fetched, self.tags, self.words = [], [], ""

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.fetched += [value for name, value in attributes if name in ("src", "href", "srcset", "data")]

    def handle_data(self, text):
        self.words += text


def test_report_is_whole_on_its_own(run, tmp_path):
    path = tmp_path / "report.html"
    run("report", path)
    text = path.read_text()
    page = Links()
    page.feed(text)
    assert page.fetched == []
    assert "script" not in page.tags
    assert not re.search(r"url\(|@import", text)
    assert page.tags.count("svg") == 2
    for told in ("60 PT", "Growth", "a bug found", "<script>alert(1)</script>", "5 PT given back", "budget 2"):
        assert told in page.words, told
    assert "is not replaced" in run("report", path, exit_code=2).stderr
    assert "there is no folder" in run("report", tmp_path / "nowhere" / "report.html", exit_code=2).stderr


def test_a_memo_that_is_no_text_hides_nothing(run, world, tmp_path):
    mark = world.node.rpc("evm_snapshot")
    world.pay_bytes(3, PT, b"bad \xff\xfe memo")
    world.pay_bytes(3, PT, b"long " * 5_000)
    shown = run("payments").stdout
    assert "bad \\xff\\xfe memo" in " ".join(shown.split())
    assert shown.count("2027-") == 7
    assert len(shown) < 10_000
    run("report", tmp_path / "odd.html")
    assert world.node.rpc("evm_revert", mark)


def test_a_token_that_calls_itself_pt_is_told_by_its_address(run, world):
    mark = world.node.rpc("evm_snapshot")
    false = world.token("pt")
    named = world.token("GLD")
    for asset in (false, named):
        world.by_dao("openLargeBudget((address,address,uint112,uint8,uint40,uint40,uint24))",
            (key(STRANGER).address, asset, 10**18, 0, BEGIN, BEGIN + 365 * DAY, 0))  # fmt: skip
    shown = run("show").stdout
    assert false in shown
    assert "GLD" in shown
    assert " pt" not in shown
    assert world.node.rpc("evm_revert", mark)


def test_word_of_a_category():
    assert books.word(b"bounty".ljust(32, b"\0").hex()) == "bounty"
    assert books.word("ff" * 32) == "0x" + "ff" * 32
    assert books.word("1b" + "00" * 31) == "0x1b" + "00" * 31
    assert books.word("00" * 32) == ""
