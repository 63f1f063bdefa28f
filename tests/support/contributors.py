"""The contributor program in small: treasury, token and passes are real; who speaks for a group, a test says.

program = Program()
holder = program.belong("holder")                      # a wallet; its pass is program.passes["holder"]
program.contributors.openStream(1, program.terms(), "", sender=program.account)
"""

from typing import Any

from eth_abi import encode
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import keccak
from support.solidity import compile_source

from phemexia import artifacts
from phemexia.evm import START, ZERO, Chain, _types, _unwrap

PT = 10**18
DAY = 86_400
HELD = 400_000_000 * PT
"""What the treasury has of PT at first, and of each other asset."""
LIMIT = HELD // 100
"""Of a budget, for a month."""
GROUP, OTHER_GROUP = 7, 8
CONTRIBUTION = b"contribution".ljust(32, b"\0")
TEXT = keccak(text="what is to be done")
MONTH = 1
TERM = 92 * DAY
WAIT = 365 * DAY
NONE, STREAM, TRANCHE, BOUNTY = range(4)
"""Kinds of awards."""
FIELDS = [
    {"name": "wallet", "type": "address"},
    {"name": "account", "type": "bytes32"},
    {"name": "nonce", "type": "uint256"},
    {"name": "deadline", "type": "uint256"},
]


class Program:
    """One attribute for each contract; ``account`` is the group's, ``budget`` one below its own."""

    def __init__(self, code: str | artifacts.Artifact = "Contributors") -> None:
        self.chain = chain = Chain()
        self.dao, self.guardian = chain.account("dao"), chain.account("guardian")
        self.account, self.other_account = chain.account("group's account"), chain.account("other account")
        self.publisher, self.stranger = chain.account("publisher"), chain.account("stranger")
        self.issuer = Account.from_key(keccak(text="issuer"))
        self.deployer = chain.account("deployer")
        chain.fund(self.issuer.address)
        factory = chain.deploy("Create3Factory")
        token = factory.addressOf(self.deployer, keccak(text="PhemexToken"))
        self.offices = chain.deploy(compile_source("GroupOffices.sol"))
        self.soul_pass = chain.deploy(
            "SoulPass",
            self.dao,
            self.issuer,
            self.guardian,
            self.publisher,
            self.publisher,
            chain.deploy("PassArt"),
        )
        self.treasury = chain.deploy("Treasury", token, self.dao, self.offices, self.offices)
        self.contributors = chain.deploy(code, self.treasury, self.offices, self.soul_pass, self.dao)
        rest = chain.deploy(compile_source("Places.sol", "Place"), token)
        places, amounts = [self.treasury, rest], [HELD, 10**9 * PT - HELD]
        factory.deploy(keccak(text="PhemexToken"), _initcode("PhemexToken", places, amounts), sender=self.deployer)
        self.token = chain.at("PhemexToken", token)
        chain.fund(self.treasury.address, HELD)
        self.soul_pass.setWriter(CONTRIBUTION, self.contributors, sender=self.dao)
        for group, account in ((GROUP, self.account), (OTHER_GROUP, self.other_account)):
            self.offices.setAccount(group, account, sender=self.dao)
            self.offices.setSpends(group, account, True, sender=self.dao)
            self.offices.setSpends(group, self.contributors, True, sender=self.dao)
        self.wallets: dict[str, LocalAccount] = {}
        self.passes: dict[str, int] = {}
        self.parent = self.open_parent(self.token)
        self.budget = self.open_budget(self.parent, self.account)

    # -- budgets

    def open_parent(self, asset: Any, group: int = GROUP, **changes: Any) -> int:
        """A budget of a group for two years, by the DAO; returns its number."""
        account = self.account if group == GROUP else self.other_account
        return self.treasury.openBudget(self._terms(account, asset, group, **changes), sender=self.dao).returned

    def open_budget(self, parent: int, account: Any, **changes: Any) -> int:
        """One below it that pays for contributors."""
        terms = self._terms(self.contributors, ZERO, 0, **changes)
        return self.treasury.openBudgetBelow(parent, terms, sender=account).returned

    def budget_in(self, asset: Any, group: int = GROUP) -> int:
        """A budget for contributors in an asset."""
        account = self.account if group == GROUP else self.other_account
        return self.open_budget(self.open_parent(asset, group), account)

    def _terms(self, spender: Any, asset: Any, group: int, **changes: Any) -> tuple[Any, ...]:
        terms = {
            "spender": spender,
            "asset": asset,
            "limit": LIMIT,
            "period": MONTH,
            "start": START,
            "end": START + 700 * DAY,
            "group": group,
        }
        return tuple((terms | changes).values())

    # -- passes

    def wallet(self, name: str) -> LocalAccount:
        """A wallet with a key and ether; the same name gives the same wallet."""
        if name not in self.wallets:
            self.wallets[name] = Account.from_key(keccak(text=f"wallet of the {name}"))
            self.chain.fund(self.wallets[name].address)
        return self.wallets[name]

    def belong(self, name: str, account: str = "") -> LocalAccount:
        """A wallet with a pass, for an account of its own unless one is named."""
        wallet = self.wallet(name)
        voucher = self._voucher(wallet.address, account or name)
        attestation = self._sign("Voucher", voucher, self.issuer)
        self.passes[name] = self.soul_pass.mint(voucher, attestation, sender=wallet).returned
        return wallet

    def recover(self, name: str, to: str) -> LocalAccount:
        """Move a pass to a new wallet, which takes seven days."""
        wallet = self.wallet(to)
        voucher = self._voucher(wallet.address, name)
        papers = [self._sign(f"Recovery{kind}", voucher, key) for kind, key in self._keys(wallet)]
        number = self.soul_pass.startRecovery(voucher, *papers, sender=self.stranger).returned
        self.chain.sleep(7 * DAY)
        self.soul_pass.completeRecovery(number, sender=self.stranger)
        self.passes[to] = number
        return wallet

    def burn(self, name: str) -> None:
        """By its holder."""
        self.soul_pass.burn(self.passes[name], sender=self.wallet(name))

    def revoke(self, name: str) -> None:
        """By the issuer; it counts for 30 days more."""
        self.soul_pass.revoke(self.passes[name], 1, sender=self.issuer)

    def points(self, number: int) -> int:
        """Of contribution, on the record of a pass."""
        return self.soul_pass.entryOf(number, CONTRIBUTION)["value"]

    def _keys(self, wallet: LocalAccount) -> list[tuple[str, LocalAccount]]:
        return [("Voucher", self.issuer), ("Consent", wallet)]

    def _voucher(self, wallet: str, account: str) -> tuple[str, bytes, int, int]:
        commitment = keccak(text=f"account of the {account}")
        nonce = self.soul_pass.accountNonce(commitment)
        return wallet, commitment, nonce, self.chain.timestamp

    def _sign(self, kind: str, voucher: tuple[Any, ...], signer: LocalAccount) -> bytes:
        domain = {"name": "Phemex Soul Pass", "version": "1", "chainId": self.chain.chain_id}
        domain |= {"verifyingContract": self.soul_pass.address}
        message = dict(zip((field["name"] for field in FIELDS), voucher, strict=True))
        return bytes(signer.sign_typed_data(domain, {kind: FIELDS}, message).signature)

    # -- what a group orders

    def terms(self, **changes: Any) -> tuple[Any, ...]:
        """Of a stream: 92 days, 3 points."""
        return tuple(
            ({"budget": self.budget, "amount": 10**6, "term": TERM, "points": 3, "text": TEXT} | changes).values()
        )

    def offer(self, **changes: Any) -> tuple[Any, ...]:
        """Of a bounty: 30 days, 2 points."""
        deadline = self.chain.timestamp + 30 * DAY
        offer = {"budget": self.budget, "amount": 10**6, "deadline": deadline, "points": 2, "text": TEXT}
        return tuple((offer | changes).values())

    def milestone(self, **changes: Any) -> tuple[Any, ...]:
        """Of a grant: at once, 1 point."""
        return tuple(({"amount": 10**6, "vesting": 0, "points": 1, "text": TEXT} | changes).values())


def _initcode(name: str, *args: Any) -> bytes:
    artifact = artifacts.load(name)
    inputs = next(item["inputs"] for item in artifact.abi if item["type"] == "constructor")
    return artifact.initcode + encode(_types(inputs), [_unwrap(arg) for arg in args])
