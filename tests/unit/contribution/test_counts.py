"""When a pass is a contributor: as governance judges it."""

import pytest
from support.contributors import DAY


def test_counts_while_somebody_holds_it(program, contributors, contributor):
    assert contributors.counts(1)
    assert not contributors.counts(0)
    assert not contributors.counts(2)
    program.burn("contributor")
    assert not contributors.counts(1)
    program.belong("contributor")
    assert contributors.counts(1)


@pytest.mark.parametrize(
    ("age", "counted"), [(30 * DAY - 1, True), (30 * DAY, False)], ids=["last second", "first second"]
)
def test_counts_for_thirty_days_after_a_revocation(program, chain, contributors, contributor, age, counted):
    """N3: the issuer alone takes nobody's money away."""
    program.revoke("contributor")
    chain.sleep(age)
    assert contributors.counts(1) is counted
    program.soul_pass.reinstate(1, sender=program.dao)
    assert contributors.counts(1)
