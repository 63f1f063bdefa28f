"""The issuer takes back what it signed before it was used."""

import pytest

from phemexia.evm import Event, reverts


def test_withdraw_vouchers_voids_a_voucher(soul_pass, voucher, attest, mint, issuer, holder, account):
    paper = voucher(holder, account)
    receipt = soul_pass.withdrawVouchers([account], sender=issuer)
    withdrawn = {"account": account, "nonce": 1}
    assert receipt.events == [Event("VouchersWithdrawn", soul_pass.address, withdrawn)]
    with reverts("SoulPass__WrongNonce", account=account, expected=1, given=0):
        soul_pass.mint(paper, attest(paper), sender=holder)
    assert mint(holder, account).returned == 1
    assert soul_pass.accountNonce(account) == 2


def test_withdraw_vouchers_voids_a_consent(soul_pass, apply, newcomer, account, issuer, stranger):
    application = apply(newcomer, account)
    soul_pass.withdrawVouchers([account], sender=issuer)
    with reverts("SoulPass__WrongNonce", account=account, expected=1, given=0):
        soul_pass.sponsor(application, sender=stranger)


def test_withdraw_vouchers_voids_a_recovery_not_yet_started(
    soul_pass, recovery, newcomer, pass_id, account, issuer
):
    papers = recovery(newcomer, account)
    soul_pass.withdrawVouchers([account], sender=issuer)
    with reverts("SoulPass__WrongNonce", account=account, expected=2, given=1):
        soul_pass.startRecovery(*papers, sender=issuer)


def test_withdraw_vouchers_of_many(soul_pass, issuer, account, other_account):
    soul_pass.withdrawVouchers([account, other_account, account], sender=issuer)
    assert (soul_pass.accountNonce(account), soul_pass.accountNonce(other_account)) == (2, 1)
    assert soul_pass.idOf(account) == soul_pass.lastId() == 0


def test_withdraw_vouchers_leaves_a_pass_alone(soul_pass, issuer, pass_id, holder, account):
    soul_pass.withdrawVouchers([account], sender=issuer)
    assert (soul_pass.ownerOf(pass_id), soul_pass.idOf(account)) == (holder, pass_id)


@pytest.mark.parametrize("role", ["dao", "guardian", "holder", "publisher"])
def test_withdraw_vouchers_by_anyone_else(soul_pass, account, role, request):
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__NotIssuer", sender=sender):
        soul_pass.withdrawVouchers([account], sender=sender)
