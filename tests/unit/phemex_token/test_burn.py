"""Holders may burn their own PT; that is the only way in which the supply changes."""

from phemexia.evm import reverts

SUPPLY = 10**27


def test_burn_takes_from_holder_and_supply(token, holder):
    token.burn(10**18, sender=holder)
    assert token.balanceOf(holder.address) == 999 * 10**18
    assert token.totalSupply() == SUPPLY - 10**18
    assert token.SUPPLY() == SUPPLY


def test_burn_everything_and_one_wei_more(token, holder):
    balance = token.balanceOf(holder.address)
    with reverts("ERC20InsufficientBalance", balance=balance, needed=balance + 1):
        token.burn(balance + 1, sender=holder)
    token.burn(balance, sender=holder)
    assert token.balanceOf(holder.address) == 0


def test_burn_from_with_allowance(token, holder, spender):
    token.approve(spender, 5, sender=holder)
    with reverts("ERC20InsufficientAllowance", allowance=5, needed=6):
        token.burnFrom(holder.address, 6, sender=spender)
    token.burnFrom(holder.address, 5, sender=spender)
    assert token.totalSupply() == SUPPLY - 5
