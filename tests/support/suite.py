"""The DAO in small, deployed as the plan deploys it: by CREATE3, at addresses known beforehand, PT last.

suite = Suite(Chain())
holder = suite.wallet("holder")             # a key with ether
suite.belong(holder)                     # a Soul Pass
suite.lock(holder, 1_000 * PT, weeks=104)
"""

from typing import Any

from eth_abi import encode
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import function_abi_to_4byte_selector, keccak
from support.solidity import compile_source

from phemexia import artifacts
from phemexia.evm import Chain, Contract, _types, _unwrap

PT = 10**18
SUPPLY = 10**9 * PT
DAY = 86_400
WEEK = 7 * DAY

RULES = (
    (50_000, DAY, 5 * DAY, 2_000_000, 400, 5_000),
    (100_000, DAY, 7 * DAY, 10_000_000, 600, 5_000),
    (100_000, 2 * DAY, 7 * DAY, 10_000_000, 800, 6_000),
    (250_000, 2 * DAY, 10 * DAY, 20_000_000, 1_500, 6_667),
)
"""Each class: threshold in whole vePT, delay and period in seconds, floor in whole vePT, quorum and majority in
ten-thousandths."""

GENERAL, TREASURY, ORGANIZATION, CONSTITUTIONAL = range(4)
ACTIONS = {
    "Mandates.signal": GENERAL,
    "Treasury.spend": TREASURY,
    "PhemexToken.transfer": TREASURY,
    "CoreTeam.appoint": ORGANIZATION,
    "CoreTeam.dismiss": ORGANIZATION,
    "SoulPass.reinstate": ORGANIZATION,
    "Campaign.dropRoot": ORGANIZATION,
}
"""The table of classes; all other calls are constitutional."""

TIMELOCK_DELAY = 2 * DAY
TEAM_WINDOW = 3 * DAY
EXPIRY = 14 * DAY
GUARDIAN_TERM = 180 * DAY
ROOT_DELAY = 5 * DAY
CAMPAIGN_LIFE = 180 * DAY
FUNDS = 100_000_000 * PT
"""What the campaign is born with."""
MAX_STEP = 20_000_000 * PT
AT_ONCE = (10_000, 0, 0, 0, 0)
"""The schedule that unlocks everything at the start."""
IN_TREASURY = 150_000_000 * PT


def initcode(artifact: artifacts.Artifact, *args: Any) -> bytes:
    """Creation code and constructor arguments."""
    inputs = next((item["inputs"] for item in artifact.abi if item["type"] == "constructor"), [])
    return artifact.initcode + encode(_types(inputs), [_unwrap(arg) for arg in args])


def selector(contract: str, function: str) -> bytes:
    """The four bytes of a function without overloads."""
    abi = artifacts.load(contract).abi
    (item,) = (i for i in abi if i["type"] == "function" and i["name"] == function)
    return bytes(function_abi_to_4byte_selector(item))


class Suite:
    """One attribute for each contract, and ``origin``: the place that pays what tests hand out.

    ``issuer``, ``publisher``, ``guardian`` and ``executives`` are keys with an office, without a pass.
    """

    def __init__(self, chain: Chain, rules: tuple[tuple[int, ...], ...] = RULES) -> None:
        self.chain = chain
        self.deployer = chain.account("deployer")
        self.issuer = self.wallet("issuer")
        self.publisher = chain.account("publisher")
        self.guardian = chain.account("guardian")
        self.executives = [self.wallet(f"executive {i}") for i in range(3)]
        self.factory = chain.deploy("Create3Factory")
        self.tge = chain.timestamp
        self.deadline = chain.timestamp + CAMPAIGN_LIFE

        token, timelock, governor = map(self.at, ("PhemexToken", "PhemexTimelock", "PhemexGovernor"))
        escrow, soul_pass, treasury = map(self.at, ("VotingEscrow", "SoulPass", "Treasury"))
        terms = (self.tge, ROOT_DELAY, self.deadline, MAX_STEP)
        # The governor comes first on purpose: nothing that it is told of stands yet.
        classes, team = map(self.at, ("ActionClasses", "CoreTeam"))
        self.governor = self.create("PhemexGovernor", escrow, soul_pass, timelock, classes, team, self.guardian)
        entries = [
            (self.at(contract), selector(contract, name), class_)
            for (contract, name), class_ in ((key.split("."), class_) for key, class_ in ACTIONS.items())
        ]
        self.action_classes = self.create("ActionClasses", governor, timelock, rules, entries)
        self.core_team = self.create("CoreTeam", soul_pass, timelock, self.executives)
        self.mandates = self.create("Mandates", timelock, self.at("WorkingGroups"), team)
        self.timelock = self.create("PhemexTimelock", TIMELOCK_DELAY, governor)
        self.soul_pass = self.create(
            "SoulPass", timelock, self.issuer, self.guardian, self.publisher, self.at("Contributors"),
            self.create("PassArt"),
        )  # fmt: skip
        self.escrow = self.create("VotingEscrow", token, timelock)
        self.treasury = self.create("Treasury", token, timelock, governor, self.at("WorkingGroups"))
        self.campaign = self.create(
            "Campaign",
            *(token, soul_pass, timelock, treasury, escrow, team, self.publisher, self.guardian),
            *(FUNDS, terms, [AT_ONCE] * 5),
        )
        self.origin = chain.deploy(compile_source("Places.sol", "Place"), token)
        places = [self.treasury, self.campaign, self.origin]
        amounts = [IN_TREASURY, FUNDS, SUPPLY - IN_TREASURY - FUNDS]
        self.token = self.create("PhemexToken", places, amounts)
        chain.fund(self.timelock.address)

    def at(self, name: str) -> str:
        """The address of a contract, whether it stands or not."""
        return self.factory.addressOf(self.deployer, keccak(text=name))

    def create(self, name: str, *args: Any) -> Contract:
        """Deploy a contract to its address."""
        self.factory.deploy(keccak(text=name), initcode(artifacts.load(name), *args), sender=self.deployer)
        return self.chain.at(name, self.at(name))

    def form(self, *foundings: tuple[Any, ...], payers: tuple[str, ...] = (), dao: Any = None) -> Contract:
        """Deploy Safe's contracts and the working groups, of which these are founded; the DAO is the timelock."""
        safe = [self.chain.deploy(name) for name in ("SafeL2", "SafeProxyFactory", "CompatibilityFallbackHandler")]
        guard = self.create("GroupGuard", self.at("WorkingGroups"))
        dao = self.at("PhemexTimelock") if dao is None else dao
        return self.create("WorkingGroups", self.soul_pass, dao, guard, *safe, list(payers), list(foundings))

    def pay(self, to: Any, amount: int) -> None:
        """Give an address PT (wei)."""
        transfer = self.token.transfer.encode(to, amount)
        self.origin.execute(self.token, transfer, sender=self.deployer)

    def wallet(self, name: str) -> LocalAccount:
        """A wallet with a key and ether; the same name gives the same wallet."""
        account = Account.from_key(keccak(text=f"wallet of the {name}"))
        self.chain.fund(account.address)
        return account

    def belong(self, wallet: LocalAccount, account: str = "") -> int:
        """Mint a pass to a wallet, for an account of its own unless one is named; returns its id."""
        commitment = keccak(text=account or wallet.address)
        nonce = self.soul_pass.accountNonce(commitment)
        voucher = {
            "wallet": wallet.address,
            "account": commitment,
            "nonce": nonce,
            "deadline": self.chain.timestamp,
        }
        types = [
            {"name": "wallet", "type": "address"},
            {"name": "account", "type": "bytes32"},
            {"name": "nonce", "type": "uint256"},
            {"name": "deadline", "type": "uint256"},
        ]
        signature = self.sign(
            self.issuer, "Phemex Soul Pass", self.soul_pass, "Voucher", {"Voucher": types}, voucher
        )
        return self.soul_pass.mint(tuple(voucher.values()), signature, sender=wallet).returned

    def sign(
        self,
        signer: LocalAccount,
        domain: str,
        contract: Any,
        kind: str,
        types: dict[str, Any],
        message: dict[str, Any],
    ) -> bytes:
        """An EIP-712 signature in a contract's domain (version 1)."""
        full = {
            "types": {
                "EIP712Domain": [
                    {"name": "name", "type": "string"},
                    {"name": "version", "type": "string"},
                    {"name": "chainId", "type": "uint256"},
                    {"name": "verifyingContract", "type": "address"},
                ],
                **types,
            },
            "primaryType": kind,
            "domain": {
                "name": domain,
                "version": "1",
                "chainId": self.chain.chain_id,
                "verifyingContract": contract.address,
            },
            "message": message,
        }
        return signer.sign_typed_data(full_message=full).signature

    def member(self, name: str, weight: int) -> LocalAccount:
        """A wallet with a pass and a permanent lock, which weighs exactly what it holds (wei)."""
        wallet = self.wallet(name)
        self.belong(wallet)
        if weight:
            self.lock(wallet, weight)
            self.escrow.makePermanent(sender=wallet)
        return wallet

    def lock(self, holder: Any, amount: int, weeks: int = 104) -> None:
        """Lock new PT (wei) for a holder until a week boundary, that many weeks after the present week's start."""
        self.pay(holder, amount)
        self.token.approve(self.escrow, amount, sender=holder)
        end = self.chain.timestamp // WEEK * WEEK + weeks * WEEK
        self.escrow.create(amount, end, sender=holder)
