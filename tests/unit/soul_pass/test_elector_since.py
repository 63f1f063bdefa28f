"""What governance sees of a pass, and when a revocation reaches it."""

import pytest

DAYS_30 = 30 * 86_400


@pytest.mark.parametrize(
    ("age", "reached"),
    [(0, False), (DAYS_30 - 1, False), (DAYS_30, True), (DAYS_30 + 1, True)],
    ids=["at once", "second before", "at 30 days", "second after"],
)
def test_elector_since_after_a_revocation(soul_pass, chain, issuer, pass_id, holder, age, reached):
    """N3: who holds the issuer's key can't choose the electorate of a vote."""
    minted = chain.timestamp
    chain.sleep(10)
    soul_pass.revoke(pass_id, 1, sender=issuer)
    chain.sleep(age)
    assert soul_pass.electorSince(holder) == (0 if reached else minted)
    assert soul_pass.holderSince(holder) == minted
    assert not soul_pass.isMember(holder)


def test_elector_since_without_a_pass(soul_pass, holder):
    assert soul_pass.electorSince(holder) == 0


def test_elector_since_of_a_revoked_pass_that_was_burned(soul_pass, issuer, pass_id, holder):
    soul_pass.revoke(pass_id, 1, sender=issuer)
    soul_pass.burn(pass_id, sender=holder)
    assert soul_pass.electorSince(holder) == 0


def test_elector_since_restarts_with_a_revival(soul_pass, chain, mint, pass_id, holder, account):
    """S7: burning and minting again during a vote gives no vote in it."""
    soul_pass.burn(pass_id, sender=holder)
    chain.sleep(1)
    mint(holder, account)
    assert soul_pass.electorSince(holder) == chain.timestamp


def test_elector_since_does_not_change_as_time_goes_on(soul_pass, chain, pass_id, holder):
    minted = chain.timestamp
    chain.sleep(100 * DAYS_30)
    assert soul_pass.electorSince(holder) == minted


def test_elector_of_says_both_at_once(soul_pass, chain, issuer, pass_id, holder, stranger):
    assert soul_pass.electorOf(stranger) == (0, 0)
    assert soul_pass.electorOf(holder) == (pass_id, soul_pass.electorSince(holder))
    soul_pass.revoke(pass_id, 1, sender=issuer)
    chain.sleep(DAYS_30)
    assert soul_pass.electorOf(holder) == (pass_id, 0)
