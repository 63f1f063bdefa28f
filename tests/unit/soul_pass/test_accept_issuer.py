"""The nominee takes the office over."""

import pytest

from phemexia.evm import ZERO, Event, reverts


@pytest.fixture
def nominee(soul_pass, dao, stranger):
    soul_pass.nominateIssuer(stranger, sender=dao)
    return stranger


def test_accept_issuer_moves_the_office(soul_pass, nominee, issuer):
    receipt = soul_pass.acceptIssuer(sender=nominee)
    changed = {"previous": issuer.address, "current": nominee.address}
    assert receipt.events == [Event("IssuerChanged", soul_pass.address, changed)]
    assert (soul_pass.issuer(), soul_pass.nominee()) == (nominee.address, ZERO)


def test_accept_issuer_voids_vouchers_of_the_former(soul_pass, nominee, voucher, attest, holder, account):
    paper = voucher(holder, account)
    soul_pass.acceptIssuer(sender=nominee)
    with reverts("SoulPass__NotAttested", issuer=nominee):
        soul_pass.mint(paper, attest(paper), sender=holder)
    assert soul_pass.mint(paper, attest(paper, signer=nominee), sender=holder).returned == 1


def test_accept_issuer_again_revives_vouchers_that_nobody_used_or_withdrew(
    soul_pass, dao, nominee, issuer, voucher, attest, holder, account, other_wallet, other_account
):
    """A voucher is by a key, not by a term of office: whoever appoints a former key again withdraws first."""
    paper, withdrawn = voucher(holder, account), voucher(other_wallet, other_account)
    soul_pass.acceptIssuer(sender=nominee)
    soul_pass.withdrawVouchers([other_account], sender=nominee)
    soul_pass.nominateIssuer(issuer, sender=dao)
    soul_pass.acceptIssuer(sender=issuer)
    assert soul_pass.mint(paper, attest(paper), sender=holder).returned == 1
    with reverts("SoulPass__WrongNonce"):
        soul_pass.mint(withdrawn, attest(withdrawn), sender=other_wallet)


def test_accept_issuer_takes_all_powers_from_the_former(soul_pass, nominee, issuer, pass_id):
    soul_pass.revoke(pass_id, 1, sender=issuer)
    soul_pass.acceptIssuer(sender=nominee)
    with reverts("SoulPass__MayNotReinstate", sender=issuer):
        soul_pass.reinstate(pass_id, sender=issuer)
    soul_pass.reinstate(pass_id, sender=nominee)
    with reverts("SoulPass__NotIssuer", sender=issuer):
        soul_pass.revoke(pass_id, 1, sender=issuer)
    soul_pass.revoke(pass_id, 1, sender=nominee)


def test_accept_issuer_keeps_the_count(soul_pass, nominee, pass_id, voucher, attest, other_wallet, other_account):
    """Issuer and last id share a slot."""
    soul_pass.acceptIssuer(sender=nominee)
    assert soul_pass.lastId() == pass_id
    paper = voucher(other_wallet, other_account)
    minted = soul_pass.mint(paper, attest(paper, signer=nominee), sender=other_wallet)
    assert minted.returned == pass_id + 1
    assert soul_pass.issuer() == nominee.address


@pytest.mark.parametrize("role", ["dao", "issuer", "holder"])
def test_accept_issuer_by_anyone_else(soul_pass, nominee, role, request):
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__NotNominee", sender=getattr(sender, "address", sender)):
        soul_pass.acceptIssuer(sender=sender)


def test_accept_issuer_twice(soul_pass, nominee):
    soul_pass.acceptIssuer(sender=nominee)
    with reverts("SoulPass__NotNominee", sender=nominee):
        soul_pass.acceptIssuer(sender=nominee)
