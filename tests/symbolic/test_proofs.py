"""The proofs that take seconds, and that the runner takes no failure for one; `make prove` runs all of them."""

import pytest
from symbolic.run import HALMOS, OUT, Check, build, find, judge, prove_all

QUICK = "quick-proofs"
"""The profile of foundry.toml that leaves out the whole escrow."""
SLOW = {
    "check_line_moves_its_sums",
    "check_line_of_one_week",
}


def test_packing_lines_and_time_are_proven():
    assert HALMOS.exists(), "make setup installs halmos"
    build(QUICK)
    quick = [check for check in find(QUICK) if check.name not in SLOW]
    assert {check.contract for check in quick} == {"LineProof", "PackingProof", "TimeProof"}
    assert len(quick) >= 15
    assert [result for result in prove_all(quick, QUICK, 2) if not result.proven] == []


def test_a_contract_that_no_source_names_any_more_is_not_proven(tmp_path, monkeypatch):
    """Forge keeps what it built, so a check that was removed would be proven for ever."""
    monkeypatch.setattr("symbolic.run.ROOT", tmp_path)
    monkeypatch.setattr("symbolic.run.SOURCES", tmp_path)
    built = tmp_path / OUT[QUICK] / "Any.t.sol"
    built.mkdir(parents=True)
    for name in ("AnyProof", "Any", "OldProof"):
        (built / f"{name}.json").write_text('{"abi": [{"name": "check_any"}, {"name": "other"}]}')
    (tmp_path / "Any.t.sol").write_text("contract AnyProof {}\n// contract Any was here\n")
    assert find(QUICK) == [Check("AnyProof", "check_any")]


PROVEN = {"exitcode": 0, "num_paths": [3, 2, 0], "num_bounded_loops": 0, "time": [1.0, 0.5, 0.5]}


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "proven"),
        ({"exitcode": 1}, "BROKEN"),
        ({"exitcode": 2}, "NO ANSWER"),
        ({"exitcode": 3}, "STUCK"),
        ({"exitcode": 4}, "ALL REVERT"),
        ({"exitcode": 5}, "ERROR"),
        ({"num_bounded_loops": 1}, "CUT OFF"),
        ({"num_paths": [3, 2, 1]}, "CUT OFF"),
        (None, "ERROR"),
    ],
    ids=str,
)
def test_nothing_but_a_complete_answer_is_a_proof(change, verdict):
    result = judge(Check("AnyProof", "check_any"), None if change is None else PROVEN | change, "")
    assert result.verdict == verdict
    assert result.proven == (verdict == "proven")
