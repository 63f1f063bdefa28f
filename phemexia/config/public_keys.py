"""Accounts whose keys everyone knows."""

from functools import cache

MNEMONIC = "test test test test test test test test test test test junk"
"""The mnemonic of the test accounts that anvil, ape and hardhat share."""
COUNT = 64
"""How many of its accounts are told apart: more than any of these tools opens unless it is asked to."""


@cache
def public_accounts() -> frozenset[str]:
    """Checksummed addresses of the first accounts of the mnemonic. The first call takes a second."""
    from eth_account import Account  # takes most of a second, which only a deployment in earnest should pay

    Account.enable_unaudited_hdwallet_features()
    paths = (f"m/44'/60'/0'/0/{i}" for i in range(COUNT))
    return frozenset(str(Account.from_mnemonic(MNEMONIC, account_path=path).address) for path in paths)
