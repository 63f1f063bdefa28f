"""A computed season as a folder: whole or not at all, resumed, repeated, and what its trees grant."""

import json
import shutil

import pyarrow.parquet as pq
import pytest

from phemexia.errors import Refused
from phemexia.merkle import StandardTree, TreeFile
from phemexia.premining import engine, results
from phemexia.premining.engine import whole_numbers
from phemexia.premining.results import LEAF, Question, compute, leaderboard, read_report, standing

from .conftest import XPT, at, figures, record

RECORDS = [
    record(),
    record(account="other", channel="api"),
    record(time=at(4)),
    record(account="other", channel="api", time=at(4, 1)),
]


@pytest.fixture
def question(save, hold, tmp_path, rules):
    return Question(str(save(RECORDS)), hold("trader", "other"), tmp_path / "season", rules)


def test_compute_accounts_for_every_wei(question):
    report = compute(question)
    assert [stage["budget"] for stage in report["stages"]] == [1_000 * XPT] * 2
    for stage in report["stages"]:
        assert stage["mined"] + stage["to_treasury"] == stage["budget"]
        assert sum(stage["unmined"].values()) == stage["to_treasury"]
        assert stage["mined"] == stage["retail"] + stage["api"]
    assert report == read_report(question.target)
    assert sorted(path.name for path in question.target.iterdir()) == [
        "accounts.parquet", "grants-1.tree", "grants-2.tree", "report.json", "stage-1.parquet", "stage-2.parquet",
    ]  # fmt: skip
    assert sorted(path.name for path in question.target.parent.iterdir()) == [
        "passes.csv", "season", "trades.parquet",
    ]  # fmt: skip


def test_compute_grants_what_accounts_earned(question):
    """The campaign's leaves: pass, kind, wei in all; roots are those of the plain tree."""
    report = compute(question)
    sums = {}
    for number, stage in enumerate(report["stages"], 1):
        board = pq.read_table(question.target / f"stage-{number}.parquet")
        for kind, code in (("retail", 0), ("api", 1)):
            for pass_id, wei in zip(board["pass_id"].to_pylist(), whole_numbers(board[kind]), strict=True):
                if wei:
                    sums[pass_id, code] = sums.get((pass_id, code), 0) + wei
        leaves = [(*key, wei) for key, wei in sums.items()]
        assert stage["root"] == "0x" + StandardTree(leaves, LEAF).root.hex()
        assert (stage["total"], stage["leaves"]) == (sum(sums.values()), len(leaves))
        with TreeFile(question.target / f"grants-{number}.tree") as tree:
            assert sorted(tree) == sorted(leaves)
    accounts = pq.read_table(question.target / "accounts.parquet")
    assert whole_numbers(accounts["total"]) == sorted(whole_numbers(accounts["total"]), reverse=True)
    assert sum(whole_numbers(accounts["total"])) == report["stages"][-1]["total"]


def test_compute_twice_does_nothing_the_second_time(question):
    first, said = compute(question), []
    stamp = (question.target / "report.json").stat().st_mtime_ns
    assert compute(question, said.append) == first
    assert said == ["computed already: nothing to do"]
    assert (question.target / "report.json").stat().st_mtime_ns == stamp


def test_compute_refuses_a_folder_of_something_else(question):
    compute(question)
    other = Question(question.records, question.passes, question.target, figures(api_daily_cap="51 xPT"))
    with pytest.raises(Refused, match="holds another computation"):
        compute(other)
    with pytest.raises(Refused, match="holds no computed season"):
        compute(Question(question.records, question.passes, question.target.parent, question.rules))


def test_compute_goes_on_where_it_broke_off(question, monkeypatch, tmp_path):
    mine, calls = engine.mine, []

    def once(*arguments):
        calls.append(arguments[4])
        if calls == [0, 1]:
            raise KeyboardInterrupt
        return mine(*arguments)

    monkeypatch.setattr(engine, "mine", once)
    with pytest.raises(KeyboardInterrupt):
        compute(question)
    assert not question.target.exists()
    assert (tmp_path / "season.partial" / "stage-1.parquet").exists()
    report = compute(question)
    assert calls == [0, 1, 1], "the first stage is not mined again"
    monkeypatch.undo()
    whole = compute(Question(question.records, question.passes, tmp_path / "whole", question.rules))
    assert report["stages"] == whole["stages"]


def test_compute_starts_anew_when_what_broke_off_was_another_question(question, tmp_path):
    left = tmp_path / "season.partial"
    left.mkdir()
    (left / "started.json").write_text(json.dumps({"fingerprint": "other", "records": 1, "disqualified": []}))
    (left / "stage-1.parquet").write_text("rubbish")
    assert compute(question)["records"] == 4
    assert not left.exists()


def test_compute_of_some_stages(question):
    report = compute(Question(question.records, question.passes, question.target, question.rules, stages=1))
    assert len(report["stages"]) == 1
    with pytest.raises(Refused, match="there are 2 stages, not 3"):
        compute(Question(question.records, question.passes, question.target, question.rules, stages=3))


def test_compute_without_grants_has_no_root(save, hold, tmp_path, rules):
    report = compute(Question(str(save([record(bonus=True)])), hold("trader"), tmp_path / "season", rules))
    assert [(stage["root"], stage["total"], stage["to_treasury"]) for stage in report["stages"]] == [
        (None, 0, 1_000 * XPT)
    ] * 2
    assert not (tmp_path / "season" / "grants-1.tree").exists()


def test_compute_reads_a_folder_of_files(save, hold, tmp_path, rules):
    whole = compute(Question(str(save(RECORDS)), hold("trader", "other"), tmp_path / "whole", rules))
    (tmp_path / "parts").mkdir()
    for i, line in enumerate(RECORDS):
        shutil.move(save([line], f"{i}.parquet"), tmp_path / "parts" / f"{i}.parquet")
    parts = compute(Question(str(tmp_path / "parts"), hold("trader", "other"), tmp_path / "season", rules))
    assert parts["stages"] == whole["stages"]


def test_standing_by_account_and_by_pass(question):
    compute(question)
    found = standing(question.target, "trader")
    assert found == standing(question.target, "1")
    assert found.grants["retail"].values == (1, 0, found.amounts["retail"])
    assert found.amounts["api"] == 0
    with pytest.raises(Refused, match="nobody has no xPT"):
        standing(question.target, "nobody")


def test_leaderboard_is_ranked(question):
    compute(question)
    best = leaderboard(question.target, 1, 10).to_pylist()
    assert [(row["rank"], row["account"], row["shovel"]) for row in best] == [
        (1, "trader", True), (2, "other", False),
    ]  # fmt: skip
    assert len(leaderboard(question.target, None, 1)) == 1
    with pytest.raises(Refused, match="has the stages 1 to 2, not 3"):
        leaderboard(question.target, 3, 1)


def test_question_of_the_results_is_asked_once(question):
    """The rules, the inputs and the number of stages all make another question."""
    marks = {question.fingerprint()}
    marks.add(Question(question.records, question.passes, question.target, question.rules, stages=1).fingerprint())
    marks.add(
        Question(question.records, question.passes, question.target, figures(budget="999 xPT")).fingerprint()
    )
    assert len(marks) == 3
    assert results.FORMAT == 1
