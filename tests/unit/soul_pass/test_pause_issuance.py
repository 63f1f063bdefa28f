"""Issuer or guardian stop mints, and nothing but mints."""

import pytest

from phemexia.evm import Event, reverts

TERM = 180 * 86_400


@pytest.mark.parametrize(("role", "flags"), [("issuer", (True, False)), ("guardian", (False, True))])
def test_pause_issuance(soul_pass, role, flags, request):
    sender = request.getfixturevalue(role)
    receipt = soul_pass.pauseIssuance(sender=sender)
    by = getattr(sender, "address", sender)
    assert receipt.events == [Event("IssuancePaused", soul_pass.address, {"by": by})]
    assert soul_pass.issuancePaused() == flags


@pytest.mark.parametrize("role", ["dao", "holder", "publisher", "stranger"])
def test_pause_issuance_by_anyone_else(soul_pass, role, request):
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__MayNotPause", sender=getattr(sender, "address", sender)):
        soul_pass.pauseIssuance(sender=sender)


@pytest.mark.parametrize("early", [1, 0], ids=["last second", "over"])
def test_pause_issuance_at_the_end_of_the_guardians_term(soul_pass, chain, guardian, early):
    """G12: when the term is over, the guardian is nobody."""
    chain.sleep(TERM - early)
    if early:
        soul_pass.pauseIssuance(sender=guardian)
    else:
        with reverts("SoulPass__MayNotPause", sender=guardian):
            soul_pass.pauseIssuance(sender=guardian)


def test_pause_issuance_stops_nothing_else(
    soul_pass, chain, pass_id, mint, recovery, issuer, guardian, publisher, dao, holder, account, newcomer,
    other_wallet, other_account,
):  # fmt: skip
    """A8: burning, revoking, recovering and the record go on."""
    mint(other_wallet, other_account)
    for office in (issuer, guardian):
        soul_pass.pauseIssuance(sender=office)
    soul_pass.write(b"xPT".ljust(32, b"\0"), pass_id, 5, sender=publisher)
    soul_pass.startRecovery(*recovery(newcomer, account), sender=holder)
    chain.sleep(7 * 86_400)
    soul_pass.completeRecovery(pass_id, sender=holder)
    assert soul_pass.ownerOf(pass_id) == newcomer.address
    soul_pass.revoke(pass_id, 1, sender=issuer)
    soul_pass.reinstate(pass_id, sender=issuer)
    soul_pass.burn(2, sender=other_wallet)
