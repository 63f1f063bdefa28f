"""The door that only a decision of the highest class opens."""

import pytest

from phemexia.evm import ZERO, Event, reverts

from .conftest import HELD


def spent(treasury, asset, to, amount, memo):
    return Event("Spent", treasury.address, {"asset": asset, "to": to, "amount": amount, "memo": memo})


def test_spend_large_pays_tokens(treasury, asset, dao, payee):
    receipt = treasury.spendLarge(asset, payee, 40, "audit, first half", sender=dao)
    assert (asset.balanceOf(payee), asset.balanceOf(treasury)) == (40, HELD - 40)
    assert receipt.events[0] == spent(treasury, asset.address, payee, 40, "audit, first half")


def test_spend_large_pays_ether(chain, treasury, dao, payee):
    before = chain.balance(payee)
    receipt = treasury.spendLarge(ZERO, payee, 40, "gas", sender=dao)
    assert chain.balance(payee) - before == 40
    assert chain.balance(treasury) == HELD - 40
    assert receipt.events == [spent(treasury, ZERO, payee, 40, "gas")]


def test_spend_large_everything_and_one_wei_more(treasury, asset, dao, payee):
    with reverts("ERC20InsufficientBalance", balance=HELD, needed=HELD + 1):
        treasury.spendLarge(asset, payee, HELD + 1, "", sender=dao)
    with reverts("InsufficientBalance", balance=HELD, needed=HELD + 1):
        treasury.spendLarge(ZERO, payee, HELD + 1, "", sender=dao)
    treasury.spendLarge(asset, payee, HELD, "", sender=dao)
    treasury.spendLarge(ZERO, payee, HELD, "", sender=dao)
    assert asset.balanceOf(treasury) == treasury.chain.balance(treasury) == 0


def test_spend_large_refuses_everybody_but_the_dao(treasury, asset, stranger):
    for paid in (asset, ZERO):
        with reverts("Treasury__NotDao", caller=stranger):
            treasury.spendLarge(paid, stranger, 1, "", sender=stranger)


def test_spend_large_refuses_to_pay_nobody_or_itself(treasury, asset, dao):
    for to in (ZERO, treasury.address):
        for paid in (asset, ZERO):
            with reverts("Treasury__InvalidRecipient", to=to):
                treasury.spendLarge(paid, to, 1, "", sender=dao)


def test_spend_large_refuses_to_pay_into_a_token(treasury, asset, dao):
    """What is sent to a token's own address is lost: PT sent to PT, and any other asset likewise."""
    for to in (treasury.token(), asset.address):
        with reverts("Treasury__InvalidRecipient", to=to):
            treasury.spendLarge(asset, to, 1, "", sender=dao)
    with reverts("Treasury__InvalidRecipient", to=treasury.token()):
        treasury.spendLarge(ZERO, treasury.token(), 1, "", sender=dao)


def test_spend_large_refuses_nothing(treasury, asset, dao, payee):
    for paid in (asset, ZERO):
        with reverts("Treasury__ZeroAmount"):
            treasury.spendLarge(paid, payee, 0, "", sender=dao)
        treasury.spendLarge(paid, payee, 1, "", sender=dao)


def test_spend_large_takes_tokens_that_return_nothing(treasury, odd, dao, payee):
    silent = odd("SilentToken", treasury, 5)
    treasury.spendLarge(silent, payee, 5, "", sender=dao)
    assert silent.balanceOf(payee) == 5


def test_spend_large_refuses_a_token_that_returns_false(treasury, odd, dao, payee):
    false = odd("FalseToken")
    with reverts("SafeERC20FailedOperation", token=false):
        treasury.spendLarge(false, payee, 5, "", sender=dao)


def test_spend_large_refuses_a_token_without_code(treasury, dao, payee, stranger):
    with reverts("SafeERC20FailedOperation", token=stranger):
        treasury.spendLarge(stranger, payee, 5, "", sender=dao)


def test_spend_large_refuses_ether_that_is_not_accepted(treasury, odd, dao):
    with reverts("FailedCall"):
        treasury.spendLarge(ZERO, odd("Miser"), 5, "", sender=dao)


@pytest.mark.parametrize("kind", ["tokens", "ether"])
def test_spend_large_gives_a_payee_no_way_back_in(treasury, asset, odd, dao, kind):
    """M4: the payee calls back in the middle of the payment, and is nobody."""
    payee = odd("Reentrant")
    paid = asset.address if kind == "tokens" else ZERO
    payee.arm(treasury, treasury.spendLarge.encode(paid, payee, 1, ""), sender=dao)
    treasury.spendLarge(paid, payee, 5, "", sender=dao)
    assert (payee.tried(), payee.succeeded()) == (True, False)
    held = asset.balanceOf(payee) if kind == "tokens" else treasury.chain.balance(payee)
    assert held == 5
