"""Names of addresses, both ways: the suite's contracts, the accounts of the deployment's record, a draft's own."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from eth_utils import is_hex_address, to_checksum_address

from phemexia.config import units
from phemexia.deployment.manifest import Record

OPERATORS = ("issuer", "guardian", "publisher")
"""Accounts that the record names as arguments of constructors: who they were at the deployment."""

ZERO = ("nobody", "ether")
"""Words for the zero address: no guardian, no token."""


class Names:
    """Which address a name stands for, and which name an address has."""

    def __init__(self, contracts: Mapping[str, str], accounts: Mapping[str, str] | None = None) -> None:
        self.contracts = {name: to_checksum_address(at) for name, at in contracts.items()}
        self.accounts = {name: to_checksum_address(at) for name, at in (accounts or {}).items()}

    @classmethod
    def of(cls, record: Record) -> Names:
        """The names of a deployment."""
        accounts = {"deployer": record.deployer}
        for entry in record.contracts.values():
            for name in OPERATORS:
                at = entry.arguments.get(name, entry.arguments.get(f"{name}_"))
                if isinstance(at, str) and is_hex_address(at) and int(at, 16):
                    accounts.setdefault(name, at)
        return cls({name: entry.address for name, entry in record.contracts.items()}, accounts)

    def plus(self, accounts: Mapping[str, str]) -> Names:
        """These names and others; what was known keeps its meaning, a :class:`ValueError` says which clashes."""
        known = self.contracts | self.accounts
        for name, at in accounts.items():
            if name in known and known[name] != to_checksum_address(at):
                raise ValueError(f'would give the name "{name}" another meaning: it is {known[name]}')
        return Names(self.contracts, {**self.accounts, **accounts})

    def address(self, text: str) -> str:
        """The address that a name or an address stands for; :class:`ValueError` if none."""
        known = self.contracts | self.accounts
        if text in known:
            return known[text]
        if text in ZERO:
            return units.NOBODY
        if text.startswith("0x"):
            return units.address(text)
        close = get_close_matches(text, known, n=1)
        hint = f' (is it meant to be "{close[0]}"?)' if close else ""
        raise ValueError(f'should be an address, or the name of a contract or account, not "{text}"{hint}')

    def name(self, address: str) -> str:
        """The name of an address; the address itself if it has none."""
        at = to_checksum_address(address)
        if at == units.NOBODY:
            return "the zero address"
        latest_first = (*self.contracts.items(), *reversed(self.accounts.items()))
        return next((name for name, where in latest_first if where == at), at)

    def contract(self, address: str) -> str | None:
        """The name of the suite's contract at that address."""
        at = to_checksum_address(address)
        return next((name for name, where in self.contracts.items() if where == at), None)
