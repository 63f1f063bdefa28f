"""What governance sees of a pass, and when a revocation reaches it."""

import pytest
from support.passes import elector_since

DAYS_30 = 30 * 86_400


@pytest.mark.parametrize(
    ("age", "reached"),
    [(0, False), (DAYS_30 - 1, False), (DAYS_30, True), (DAYS_30 + 1, True)],
    ids=["at once", "second before", "at 30 days", "second after"],
)
def test_elector_at_after_a_revocation(soul_pass, chain, issuer, pass_id, holder, age, reached):
    """N3: who holds the issuer's key can't choose the electorate of a vote."""
    minted = chain.timestamp
    chain.sleep(10)
    soul_pass.revoke(pass_id, 1, sender=issuer)
    chain.sleep(age)
    assert elector_since(soul_pass, holder) == (0 if reached else minted)
    assert soul_pass.holderSince(holder) == minted
    assert not soul_pass.isMember(holder)


def test_elector_at_without_a_pass(soul_pass, holder):
    assert elector_since(soul_pass, holder) == 0


def test_elector_at_of_a_revoked_pass_that_was_burned(soul_pass, issuer, pass_id, holder):
    soul_pass.revoke(pass_id, 1, sender=issuer)
    soul_pass.burn(pass_id, sender=holder)
    assert elector_since(soul_pass, holder) == 0


def test_elector_at_restarts_with_a_revival(soul_pass, chain, mint, pass_id, holder, account):
    """S7: burning and minting again during a vote gives no vote in it."""
    soul_pass.burn(pass_id, sender=holder)
    chain.sleep(1)
    mint(holder, account)
    assert elector_since(soul_pass, holder) == chain.timestamp


def test_elector_at_does_not_change_as_time_goes_on(soul_pass, chain, pass_id, holder):
    minted = chain.timestamp
    chain.sleep(100 * DAYS_30)
    assert elector_since(soul_pass, holder) == minted


def test_elector_at_says_which_pass_it_is(soul_pass, chain, issuer, pass_id, holder, stranger):
    minted = chain.timestamp
    assert soul_pass.electorAt(stranger, chain.timestamp) == (0, 0)
    assert soul_pass.electorAt(holder, chain.timestamp) == (pass_id, minted)
    soul_pass.revoke(pass_id, 1, sender=issuer)
    chain.sleep(DAYS_30)
    assert soul_pass.electorAt(holder, chain.timestamp) == (pass_id, 0)


@pytest.mark.parametrize("later", [0, 1, DAYS_30, 10 * DAYS_30])
def test_elector_at_judges_a_revocation_in_the_second_that_is_asked_about(
    soul_pass, chain, issuer, pass_id, holder, later
):
    """N3: what was true in a snapshot stays true, however much later the ballot comes."""
    minted = chain.timestamp
    chain.sleep(10)
    soul_pass.revoke(pass_id, 1, sender=issuer)
    reaches = chain.timestamp + DAYS_30
    chain.sleep(DAYS_30 + later)
    for timepoint, since in ((reaches - 1, minted), (reaches, 0), (reaches + 1, 0)):
        assert soul_pass.electorAt(holder, timepoint) == (pass_id, since)


def test_elector_at_after_a_second_revocation(soul_pass, chain, issuer, pass_id, holder):
    """N3: lifting a revocation and revoking again takes nobody out of a second that is past."""
    minted = chain.timestamp
    soul_pass.revoke(pass_id, 1, sender=issuer)
    chain.sleep(DAYS_30 - 1)
    soul_pass.reinstate(pass_id, sender=issuer)
    soul_pass.revoke(pass_id, 1, sender=issuer)
    again = chain.timestamp
    chain.sleep(DAYS_30)
    assert soul_pass.electorAt(holder, again + DAYS_30 - 1) == (pass_id, minted)
    assert soul_pass.electorAt(holder, again + DAYS_30) == (pass_id, 0)
