"""The DAO names the next issuer; nothing changes until that one accepts."""

import pytest

from phemexia.evm import ZERO, Event, reverts


def test_nominate_issuer_changes_nothing_yet(soul_pass, dao, issuer, stranger, mint, holder, account):
    receipt = soul_pass.nominateIssuer(stranger, sender=dao)
    nominated = {"nominee": stranger.address}
    assert receipt.events == [Event("IssuerNominated", soul_pass.address, nominated)]
    assert (soul_pass.issuer(), soul_pass.nominee()) == (issuer.address, stranger.address)
    assert mint(holder, account).returned == 1


@pytest.mark.parametrize("role", ["issuer", "holder", "stranger"])
def test_nominate_issuer_by_anyone_else(soul_pass, role, request):
    """The issuer can't hand its office on."""
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__NotDao", sender=getattr(sender, "address", sender)):
        soul_pass.nominateIssuer(sender, sender=sender)


def test_nominate_issuer_again_replaces_the_nominee(soul_pass, dao, stranger, holder):
    soul_pass.nominateIssuer(stranger, sender=dao)
    soul_pass.nominateIssuer(holder, sender=dao)
    with reverts("SoulPass__NotNominee", sender=stranger):
        soul_pass.acceptIssuer(sender=stranger)


def test_nominate_issuer_zero_takes_it_back(soul_pass, dao, stranger):
    soul_pass.nominateIssuer(stranger, sender=dao)
    soul_pass.nominateIssuer(ZERO, sender=dao)
    with reverts("SoulPass__NotNominee", sender=stranger):
        soul_pass.acceptIssuer(sender=stranger)
