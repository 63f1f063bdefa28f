"""Treasury and WorkingGroups: payments out of budgets, and what leads, members and anyone do in a group.

The group has three members with passes, and a real Safe. Its account has a budget of PT for each month; the lead
has one below it, so that a payment of the lead counts against two, and the group is asked whether it stands behind
the lead. Payments are made to wallets that hold PT, in a month in which the budgets have paid before, if nothing
else is said.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eth_account.signers.local import LocalAccount

from bench.chain import START, Bench, Contract
from bench.escrow import _created
from bench.governor import DAY, PT, Dao
from phemexia.artifacts import load

BATCH = 20
MONTH = 1
TERM = 365 * DAY
NOBODY = "0x" + "00" * 20
SAFE_TX = (
    ("to", "address"),
    ("value", "uint256"),
    ("data", "bytes"),
    ("operation", "uint8"),
    ("safeTxGas", "uint256"),
    ("baseGas", "uint256"),
    ("gasPrice", "uint256"),
    ("gasToken", "address"),
    ("refundReceiver", "address"),
    ("nonce", "uint256"),
)
CATEGORY = b"grant".ljust(32, b"\0")
MEMO = "Milestone 2 of grant 17"
Progress = Callable[[str], None]


class Group:
    """The suite as far as a group needs it."""

    def __init__(self, chain: Bench) -> None:
        self.chain = chain
        self.dao = Dao(chain)
        self.timelock = chain.account("dao")
        deployer = self.dao.deployer
        safe = [
            chain.deploy(name, sender=deployer).address
            for name in ("SafeL2", "SafeProxyFactory", "CompatibilityFallbackHandler")
        ]
        nonce = int(chain.rpc("eth_getTransactionCount", deployer, "latest"), 16)
        groups = _created(deployer, nonce + 1)
        guard = chain.deploy("GroupGuard", groups, sender=deployer)
        self.groups = chain.deploy(
            "WorkingGroups",
            self.dao.soul_pass.address,
            self.timelock,
            guard.address,
            *safe,
            [],
            [],
            sender=deployer,
        )
        self.treasury = chain.deploy(
            "Treasury",
            *(self.dao.pt.address, self.timelock, self.dao.governor.address, self.groups.address),
            sender=deployer,
        )
        self.endow(self.treasury.address, 400_000_000 * PT)
        self.lead, self.member, self.other, self.candidate = (
            self.passed(role) for role in ("lead", "member", "other member", "candidate")
        )
        self.until = START + TERM
        mandate = ("Growth", bytes(range(1, 33)), "config/mandates/growth.md")
        chain.send(self.groups, self.timelock, "open", *mandate, 12, self.lead.address, self.until)
        for account in (self.member, self.other):
            chain.send(self.groups, self.lead.address, "addMember", 1, account.address, self.until)
        self.safe = Contract(chain.read(self.groups, "accountOf", 1), load("SafeL2").abi)

    def passed(self, role: str) -> LocalAccount:
        """A key with a pass."""
        account = self.dao.key(role)
        self.dao.belong(account)
        return account

    def endow(self, account: str, amount: int = PT) -> None:
        """Some PT."""
        self.chain.send(self.dao.crowd, self.dao.deployer, "fund", account, amount)

    def align(self) -> int:
        """Gas of bringing the Safe in line."""
        return self.chain.send(self.groups, self.chain.account("anyone"), "align", 1)

    def terms(self, spender: str, limit: int, group: int) -> tuple[Any, ...]:
        """Of a budget for a year."""
        return spender, self.dao.pt.address, limit * PT, MONTH, START, START + TERM, group

    def fund(self) -> None:
        """The Safe's budget, and the lead's below it; both have paid before."""
        self.align()
        terms = self.terms(self.safe.address, 1_000_000, 1)
        self.chain.send(self.treasury, self.timelock, "openBudget", terms)
        below = self.treasury.data("openBudgetBelow", 1, self.terms(self.lead.address, 100_000, 0))
        self.act(self.treasury.address, below)
        self.endow(self.payee(0))
        self.act(self.treasury.address, self.payment(1))
        self.pay()

    def payee(self, number: int) -> str:
        """Who is paid."""
        return self.chain.account(f"payee {number}")

    def payment(self, budget: int) -> str:
        """Call data of a payment of 123.456789 PT."""
        return self.treasury.data("pay", budget, self.payee(0), 123_456_789 * 10**12, CATEGORY, MEMO)

    def pay(self) -> int:
        """Gas of a payment by the lead."""
        arguments = (2, self.payee(0), 123_456_789 * 10**12, CATEGORY, MEMO)
        return self.chain.send(self.treasury, self.lead.address, "pay", *arguments)

    def act(self, to: str, data: str) -> int:
        """Gas of a transaction of the Safe, signed by two of three."""
        message = {
            "to": to, "value": 0, "data": bytes.fromhex(data[2:]), "operation": 0, "safeTxGas": 0, "baseGas": 0,
            "gasPrice": 0, "gasToken": NOBODY, "refundReceiver": NOBODY,
            "nonce": self.chain.read(self.safe, "nonce"),
        }  # fmt: skip
        fields = [("chainId", "uint256"), ("verifyingContract", "address")]
        typed = {
            "types": {
                "EIP712Domain": [{"name": name, "type": type_} for name, type_ in fields],
                "SafeTx": [{"name": name, "type": type_} for name, type_ in SAFE_TX],
            },
            "primaryType": "SafeTx",
            "domain": {"chainId": 31_337, "verifyingContract": self.safe.address},
            "message": message,
        }
        owners = sorted((self.lead, self.member), key=lambda owner: int(owner.address, 16))
        signed = b"".join(bytes(owner.sign_typed_data(full_message=typed).signature) for owner in owners)
        arguments = [message[name] for name, _ in SAFE_TX[:-1]]
        return self.chain.send(self.safe, self.lead.address, "execTransaction", *arguments, signed)


def _pay(chain: Bench, scene: Group) -> int:
    scene.fund()
    return scene.pay()


def _pay_first_of_month(chain: Bench, scene: Group) -> int:
    scene.fund()
    chain.at(START + 40 * DAY)
    return scene.pay()


def _pay_by_safe(chain: Bench, scene: Group) -> int:
    scene.fund()
    return scene.act(scene.treasury.address, scene.payment(1))


def _pay_many(chain: Bench, scene: Group) -> int:
    """One of a batch, rounded up."""
    scene.fund()
    for number in range(BATCH):
        scene.endow(scene.payee(number))
    payments = [
        (scene.payee(number), (100 + number) * PT + 123_456_789, CATEGORY, MEMO) for number in range(BATCH)
    ]
    return -(-chain.send(scene.treasury, scene.lead.address, "payMany", 2, payments) // BATCH)


def _give_back(chain: Bench, scene: Group) -> int:
    scene.fund()
    payee = scene.payee(0)
    chain.send(scene.dao.pt, payee, "approve", scene.treasury.address, 2**256 - 1)
    return chain.send(scene.treasury, payee, "giveBack", 2, 1, 100 * PT)


def _spend(chain: Bench, scene: Group) -> int:
    scene.endow(scene.payee(0))
    arguments = (scene.dao.pt.address, scene.payee(0), 1_000 * PT, MEMO)
    chain.send(scene.treasury, scene.timelock, "spend", *arguments)
    return chain.send(scene.treasury, scene.timelock, "spend", *arguments)


def _align_new(chain: Bench, scene: Group) -> int:
    return scene.align()


def _align_replaced(chain: Bench, scene: Group) -> int:
    scene.align()
    chain.send(scene.groups, scene.lead.address, "removeMember", 1, scene.other.address)
    chain.send(scene.groups, scene.lead.address, "addMember", 1, scene.candidate.address, scene.until)
    return scene.align()


def _align_twelve(chain: Bench, scene: Group) -> int:
    """All seats are taken by others than before."""
    for number in range(9):
        chain.send(
            scene.groups, scene.lead.address, "addMember", 1, scene.passed(f"first {number}").address, scene.until
        )
    scene.align()
    seats = chain.read(scene.groups, "seatsOf", 1)
    for account, _, _ in seats:
        if account != scene.lead.address.lower():
            chain.send(scene.groups, scene.lead.address, "removeMember", 1, account)
    for number in range(11):
        chain.send(
            scene.groups, scene.lead.address, "addMember", 1, scene.passed(f"second {number}").address, scene.until
        )
    chain.send(scene.groups, scene.timelock, "appointLead", 1, scene.candidate.address, scene.until)
    return scene.align()


def _appoint(chain: Bench, scene: Group) -> int:
    return chain.send(scene.groups, scene.timelock, "appointLead", 1, scene.candidate.address, scene.until)


def _add(chain: Bench, scene: Group) -> int:
    return chain.send(scene.groups, scene.lead.address, "addMember", 1, scene.candidate.address, scene.until)


def _remove(chain: Bench, scene: Group) -> int:
    return chain.send(scene.groups, scene.lead.address, "removeMember", 1, scene.member.address)


def _open(chain: Bench, scene: Group) -> int:
    mandate = ("Research", bytes(range(1, 33)), "config/mandates/growth.md")
    return chain.send(scene.groups, scene.timelock, "open", *mandate, 5, scene.candidate.address, scene.until)


def _in_line(chain: Bench, scene: Group) -> int:
    scene.align()
    return chain.execution(scene.groups, "inLine", 1)


SCENARIOS: dict[str, Callable[[Bench, Group], int]] = {
    "Treasury.pay": _pay,
    "Treasury.pay/first_of_month": _pay_first_of_month,
    "Treasury.pay/by_safe": _pay_by_safe,
    "Treasury.pay/each_of_20": _pay_many,
    "Treasury.give_back": _give_back,
    "Treasury.spend": _spend,
    "WorkingGroups.align": _align_replaced,
    "WorkingGroups.align/first_of_3": _align_new,
    "WorkingGroups.align/12_others": _align_twelve,
    "WorkingGroups.appoint_lead": _appoint,
    "WorkingGroups.add_member": _add,
    "WorkingGroups.remove_member": _remove,
    "WorkingGroups.open": _open,
    "WorkingGroups.inLine": _in_line,
}


def measure(progress: Progress = lambda text: None) -> dict[str, int]:
    """Every figure: operation -> gas."""
    with Bench() as chain:
        scene = Group(chain)
        figures: dict[str, int] = {}
        for name, scenario in SCENARIOS.items():
            progress(name)
            with chain.isolate():
                figures[name] = scenario(chain, scene)
        return figures
