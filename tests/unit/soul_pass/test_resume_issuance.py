"""Each office lifts its own pause, the DAO lifts both."""

import pytest

from phemexia.evm import Event, reverts


@pytest.fixture
def paused(soul_pass, issuer, guardian):
    soul_pass.pauseIssuance(sender=issuer)
    soul_pass.pauseIssuance(sender=guardian)


@pytest.mark.parametrize(
    ("role", "left"), [("issuer", (False, True)), ("guardian", (True, False)), ("dao", (False, False))]
)
def test_resume_issuance(soul_pass, paused, role, left, request):
    """A thief of the issuer's key can't lift the pause that the guardian set because of it."""
    sender = request.getfixturevalue(role)
    receipt = soul_pass.resumeIssuance(sender=sender)
    by = getattr(sender, "address", sender)
    assert receipt.events == [Event("IssuanceResumed", soul_pass.address, {"by": by})]
    assert soul_pass.issuancePaused() == left


def test_resume_issuance_lets_mints_go_on(soul_pass, paused, issuer, guardian, mint, holder, account):
    soul_pass.resumeIssuance(sender=issuer)
    with reverts("SoulPass__IssuancePaused"):
        mint(holder, account)
    soul_pass.resumeIssuance(sender=guardian)
    assert mint(holder, account).returned == 1


@pytest.mark.parametrize("role", ["holder", "publisher", "stranger"])
def test_resume_issuance_by_anyone_else(soul_pass, paused, role, request):
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__MayNotResume", sender=getattr(sender, "address", sender)):
        soul_pass.resumeIssuance(sender=sender)


def test_resume_issuance_by_a_guardian_whose_term_is_over(soul_pass, chain, paused, guardian, dao, other_wallet):
    """G12: its successor or the DAO lifts what it paused."""
    chain.sleep(180 * 86_400)
    with reverts("SoulPass__MayNotResume", sender=guardian):
        soul_pass.resumeIssuance(sender=guardian)
    soul_pass.setGuardian(other_wallet, sender=dao)
    soul_pass.resumeIssuance(sender=other_wallet)
    assert soul_pass.issuancePaused() == (True, False)


def test_resume_issuance_by_the_next_issuer(soul_pass, paused, dao, issuer, stranger):
    soul_pass.nominateIssuer(stranger, sender=dao)
    soul_pass.acceptIssuer(sender=stranger)
    assert soul_pass.issuancePaused() == (True, True)
    with reverts("SoulPass__MayNotResume", sender=issuer):
        soul_pass.resumeIssuance(sender=issuer)
    soul_pass.resumeIssuance(sender=stranger)
    assert soul_pass.issuancePaused() == (False, True)
