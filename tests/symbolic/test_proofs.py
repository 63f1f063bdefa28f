"""The proofs that take seconds, and that the runner calls a failure a failure; `make prove` runs all of them."""

import pytest
from symbolic.run import HALMOS, Check, Result, build, find, prove, prove_all, table

QUICK = "quick-proofs"
"""The profile of foundry.toml that leaves out the whole escrow."""
SLOW = {"check_time_takes_out_a_single_lock", "check_line_of_one_week", "check_line_moves_its_sums"}


@pytest.fixture(scope="module")
def checks() -> list[Check]:
    assert HALMOS.exists(), "make setup installs halmos"
    build(QUICK)
    return find(QUICK)


def test_packing_lines_and_time_are_proven(checks):
    quick = [check for check in checks if check.name not in SLOW and check.contract != "BrokenProof"]
    assert {check.contract for check in quick} == {"LineProof", "PackingProof", "TimeProof"}
    assert len(quick) >= 15
    assert [result for result in prove_all(quick, QUICK, 2) if not result.proven] == []
