"""Only issuer or DAO lift a revocation."""

import pytest
from support.passes import elector_since

from phemexia.evm import Event, reverts

DAYS_30 = 30 * 86_400


@pytest.fixture
def revoked(soul_pass, issuer, pass_id) -> int:
    soul_pass.revoke(pass_id, 9, sender=issuer)
    return pass_id


@pytest.mark.parametrize("role", ["issuer", "dao"])
@pytest.mark.parametrize("age", [0, DAYS_30 - 1])
def test_reinstate_lifts_a_young_revocation(soul_pass, chain, revoked, holder, account, role, age, request):
    """Governance never knew of it, so the holder votes on as if nothing had been."""
    sender = request.getfixturevalue(role)
    minted = chain.timestamp
    chain.sleep(age)
    receipt = soul_pass.reinstate(revoked, sender=sender)
    by = getattr(sender, "address", sender)
    assert receipt.events == [
        Event("PassReinstated", soul_pass.address, {"id": revoked, "by": by}),
        Event("MetadataUpdate", soul_pass.address, {"_tokenId": revoked}),
    ]
    assert soul_pass.revocationOf(revoked) == (0, 0)
    assert soul_pass.isMember(holder)
    assert soul_pass.holderSince(holder) == elector_since(soul_pass, holder) == minted
    assert soul_pass.accountNonce(account) == 1


@pytest.mark.parametrize("age", [DAYS_30, DAYS_30 + 1, 400 * 86_400])
def test_reinstate_by_the_dao_after_30_days_starts_the_holding_anew(soul_pass, chain, dao, revoked, holder, age):
    """N3: who was struck off does not come back into a vote that runs already."""
    chain.sleep(age)
    soul_pass.reinstate(revoked, sender=dao)
    assert soul_pass.revocationOf(revoked) == (0, 0)
    assert soul_pass.holderSince(holder) == elector_since(soul_pass, holder) == chain.timestamp


@pytest.mark.parametrize("age", [DAYS_30, DAYS_30 + 1])
def test_reinstate_by_the_issuer_after_30_days(soul_pass, chain, issuer, revoked, holder, age):
    """N3: the issuer can't choose the electorate by letting people back in, either."""
    chain.sleep(age)
    with reverts("SoulPass__MayNotReinstate", sender=issuer):
        soul_pass.reinstate(revoked, sender=issuer)
    assert elector_since(soul_pass, holder) == 0


@pytest.mark.parametrize("role", ["holder", "stranger", "guardian", "publisher"])
def test_reinstate_by_anyone_else(soul_pass, revoked, role, request):
    """S3: the holder can't reinstate itself."""
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__MayNotReinstate", sender=getattr(sender, "address", sender)):
        soul_pass.reinstate(revoked, sender=sender)


def test_reinstate_what_is_not_revoked(soul_pass, dao, pass_id):
    with reverts("SoulPass__NotRevoked", id=pass_id):
        soul_pass.reinstate(pass_id, sender=dao)


@pytest.mark.parametrize("unknown", [0, 2, 2**256 - 1])
def test_reinstate_an_unknown_id(soul_pass, dao, pass_id, unknown):
    with reverts("SoulPass__UnknownPass", id=unknown):
        soul_pass.reinstate(unknown, sender=dao)


def test_reinstate_a_dormant_pass_leaves_it_dormant(soul_pass, dao, revoked, holder):
    soul_pass.burn(revoked, sender=holder)
    soul_pass.reinstate(revoked, sender=dao)
    assert soul_pass.passOf(holder) == 0
    assert not soul_pass.isMember(holder)


def test_reinstate_starts_the_next_revocation_afresh(soul_pass, chain, dao, issuer, revoked, holder):
    """N3: after the DAO stepped in, the issuer needs 30 full days again."""
    chain.sleep(DAYS_30 - 1)
    soul_pass.reinstate(revoked, sender=dao)
    soul_pass.revoke(revoked, 9, sender=issuer)
    chain.sleep(DAYS_30 - 1)
    assert elector_since(soul_pass, holder) != 0
    chain.sleep(1)
    assert elector_since(soul_pass, holder) == 0
