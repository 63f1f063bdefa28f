"""What stands before a sequence begins: the whole suite, and wallets with keys, locks and passes of all kinds."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache

from eth_abi.packed import encode_packed
from eth_utils import keccak
from stateful.governor.bills import OTHERS, bills, plain, selector_of
from stateful.governor.model import Model
from stateful.governor.realm import Action, Realm
from support.suite import DAY, PT, WEEK, Suite

from phemexia.attest import Domain, KeySigner, Kind, Voucher
from phemexia.escrow import PERMANENT, EscrowModel, TokenModel
from phemexia.escrow.token import UNLIMITED
from phemexia.evm import Chain

FAR = 2**40
"""A deadline that never comes."""
WALLETS = 9
DESCRIPTIONS = 4
POCKET = 3_000_000 * PT
"""What each wallet has besides its lock."""
LOCKS = {
    0: (6_000_000 * PT, PERMANENT),
    1: (100_000 * PT, PERMANENT),  # a treasury proposal's threshold, to the wei
    3: (12_000_000 * PT, 104),
    4: (9_000_000 * PT, 60),
    5: (50_000 * PT - 1, PERMANENT),  # one wei short of a general one's
    6: (2_000_000 * PT, 30),
    7: (250_000 * PT, PERMANENT),  # a constitutional one's
    8: (4_000_000 * PT, 20),
}
"""Wei and weeks; the first three wallets are the core team's."""
BORN_WITH_A_PASS = (0, 1, 3, 4, 5, 6, 7)

_BALLOT = [
    {"name": "proposalId", "type": "uint256"},
    {"name": "support", "type": "uint8"},
    {"name": "voter", "type": "address"},
]
BALLOT = {"Ballot": [*_BALLOT, {"name": "nonce", "type": "uint256"}]}
SPONSORED = {"SponsoredBallot": [*_BALLOT, {"name": "deadline", "type": "uint256"}]}


@dataclass(frozen=True)
class Draft:
    """A proposal before anyone makes it; ``lists`` are targets, values, call data."""

    id: int
    actions: tuple[Action, ...]
    lists: tuple[tuple[str, ...], tuple[int, ...], tuple[bytes, ...]]
    description: str
    only_for: str | None

    @property
    def hashed(self) -> tuple:
        """What queue, execute and cancel take."""
        return (*self.lists, keccak(text=self.description))


class Stage:
    """The suite, deployed once. A world isolates itself on it, so that the next one finds it untouched."""

    def __init__(self) -> None:
        chain = self.chain = Chain()
        suite = self.suite = Suite(chain)
        born = chain.timestamp
        self.keys = [*suite.executives, *(suite.wallet(f"voter {i}") for i in range(3, WALLETS))]
        self.signers = [KeySigner(key) for key in self.keys]
        self.wallets = [key.address for key in self.keys]
        self.deployer, self.guardian = suite.deployer, suite.guardian
        self.bystander = chain.account("bystander")
        self.issuer = KeySigner(suite.issuer)
        self.addresses = {
            name: getattr(suite, name).address
            for name in (
                "mandates",
                "treasury",
                "token",
                "core_team",
                "soul_pass",
                "campaign",
                "governor",
                "timelock",
            )
        } | {"action_classes": suite.action_classes.address, "payee": chain.account("payee")}
        self.domain = Domain(chain.chain_id, suite.soul_pass.address)
        self.accounts = [keccak(text=f"account {i}") for i in range(WALLETS + OTHERS)]
        self.bills = bills(self.wallets, self.guardian)

        realm = Realm(born, self.wallets, self.wallets[:3], self.guardian, born)
        token = TokenModel()
        escrow = EscrowModel(born, suite.escrow.address, suite.timelock.address, token)
        self._model = Model(realm, escrow, self.addresses)
        for number, wallet in enumerate(self.wallets):
            self._settle(number, wallet, token, escrow)
        for number in range(WALLETS, WALLETS + OTHERS):
            self.mint(number, number, 0)
            realm.passes.mint(number, number)
        for number in BORN_WITH_A_PASS:
            self.mint(number, number, 0)
            realm.passes.mint(number, number)
        chain.sleep(DAY)
        self._model.warp(chain.timestamp)

    def _settle(self, number: int, wallet: str, token: TokenModel, escrow: EscrowModel) -> None:
        suite = self.suite
        amount, term = LOCKS.get(number, (0, 0))
        suite.pay(wallet, amount + POCKET)
        token.balances[wallet] = amount + POCKET
        suite.token.approve(suite.escrow, UNLIMITED, sender=wallet)
        token.approve(wallet, suite.escrow.address, UNLIMITED)
        if not amount:
            return
        weeks = 104 if term == PERMANENT else term
        end = self.chain.timestamp // WEEK * WEEK + weeks * WEEK
        suite.escrow.create(amount, end, sender=wallet)
        escrow.create(wallet, amount, end)
        if term == PERMANENT:
            suite.escrow.makePermanent(sender=wallet)
            escrow.make_permanent(wallet)

    def model(self) -> Model:
        """The model of what stands here."""
        return deepcopy(self._model)

    # --- papers

    @lru_cache(4096)  # noqa: B019 -- there is one stage
    def papers(self, account: int, wallet: int, nonce: int, recovery: bool) -> tuple:
        """A voucher with the issuer's and the wallet's signature."""
        address = self.wallets[wallet] if wallet < WALLETS else self.chain.account(f"other {wallet}")
        voucher = Voucher(address, self.accounts[account], nonce, FAR)
        kinds = (Kind.RECOVERY_VOUCHER, Kind.RECOVERY_CONSENT) if recovery else (Kind.VOUCHER, Kind.CONSENT)
        attestation = self.issuer.sign(self.domain, kinds[0], voucher)
        consent = self.signers[wallet].sign(self.domain, kinds[1], voucher) if recovery else b""
        return voucher.as_tuple(), attestation, consent

    def mint(self, account: int, wallet: int, nonce: int) -> None:
        """A pass for a wallet."""
        paper, attestation, _ = self.papers(account, wallet, nonce, False)
        self.suite.soul_pass.mint(paper, attestation, sender=paper[0])

    @lru_cache(2**16)  # noqa: B019
    def sign(self, signer: int, kind: str, number: int, support: int, voter: str, last: int) -> bytes:
        """A ballot signed by wallet number ``signer``; ``last`` is its nonce or deadline."""
        types = BALLOT if kind == "Ballot" else SPONSORED
        names = [item["name"] for item in types[kind]]
        message = dict(zip(names, (number, support, voter, last), strict=True))
        return self.suite.sign(self.keys[signer], "Phemexia DAO", self.suite.governor, kind, types, message)

    # --- proposals

    @lru_cache(4096)  # noqa: B019
    def draft(self, bill: int, description: int, only_for: str | None) -> Draft:
        """Bill and description, and whom the description names as proposer."""
        actions = self.bills[bill]
        text = f"proposal {description}" + (f"#proposer={only_for}" if only_for else "")
        targets = tuple(self.addresses[action.target] for action in actions)
        lists = (targets, tuple(action.value for action in actions), tuple(map(self._data, actions)))
        number = self.suite.governor.hashProposal(*map(list, lists), keccak(text=text))
        return Draft(number, actions, lists, text, only_for)

    def _data(self, action: Action) -> bytes:
        if not action.function:
            return action.raw
        args = [plain(arg, self.addresses) for arg in action.args]
        if action.function == "forget":
            args[1] = selector_of(*action.args)
        return getattr(getattr(self.suite, action.target), action.function).encode(*args)


@cache
def stage() -> Stage:
    """The stage, built once for each process."""
    return Stage()


def packed(parts: tuple[int, int, int]) -> bytes:
    """The parameters of a split ballot."""
    return encode_packed(["uint128"] * 3, parts)
