"""SoulPass: each operation among N other passes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

from bench.chain import START, Bench

DAY = 86_400
DEADLINE = START + 3_650 * DAY
XPT = b"xPT".ljust(32, b"\0")
BATCH = 50
FIELDS = [
    {"name": name, "type": kind}
    for name, kind in (
        ("wallet", "address"),
        ("account", "bytes32"),
        ("nonce", "uint256"),
        ("deadline", "uint256"),
    )
]
Progress = Callable[[str], None]
Voucher = tuple[str, bytes, int, int]


def _account(number: int) -> bytes:
    """A commitment; like a wallet's address it has no zero bytes, so that calldata costs the same for all."""
    return bytes(byte or 1 for byte in keccak(text=f"bench account {number}"))


def _wallet(number: int) -> LocalAccount:
    """A wallet whose address has no zero bytes."""
    for attempt in range(1_000):
        wallet: LocalAccount = Account.from_key(keccak(text=f"bench wallet {number} {attempt}"))
        if 0 not in bytes.fromhex(wallet.address[2:]):
            return wallet
    raise RuntimeError("a thousand addresses with a zero byte")


class Passes:
    """A chain with the pass, on which ``holders`` accounts have one (ids 1 to ``holders``)."""

    def __init__(self, chain: Bench, holders: int, progress: Progress = lambda text: None) -> None:
        self.chain = chain
        self.issuer: LocalAccount = Account.from_key(keccak(text="bench issuer"))
        roles = [chain.account(role) for role in ("guardian", "publisher")]
        deployer = chain.account("deployer")
        art = chain.deploy("PassArt", sender=deployer)
        self.dao = chain.account("dao")
        self.publisher = roles[1]
        self.soul_pass = chain.deploy(
            "SoulPass", self.dao, self.issuer.address, *roles, roles[-1], art.address, sender=deployer
        )
        self.next = 0
        for start in range(0, holders, BATCH):
            count = min(BATCH, holders - start)
            chain.send(self.soul_pass, deployer, "sponsorMany", [self.application() for _ in range(count)])
            progress(f"{start + count:,} passes")
        if chain.read(self.soul_pass, "lastId") != holders:
            raise RuntimeError(f"{holders} applications did not make as many passes")

    def sign(self, signer: LocalAccount, kind: str, voucher: Voucher) -> bytes:
        """The signature of a voucher as one of the four types."""
        domain = {"name": "Phemex Soul Pass", "version": "1", "chainId": 31337}
        domain["verifyingContract"] = self.soul_pass.address
        message = dict(zip((field["name"] for field in FIELDS), voucher, strict=True))
        return bytes(signer.sign_message(encode_typed_data(domain, {kind: FIELDS}, message)).signature)

    def application(self) -> tuple[Voucher, bytes, bytes]:
        """Everything for a sponsored mint of an account and a wallet that are new."""
        wallet, self.next = _wallet(self.next), self.next + 1
        voucher = (wallet.address, _account(self.next - 1), 0, DEADLINE)
        return voucher, self.sign(self.issuer, "Voucher", voucher), self.sign(wallet, "Consent", voucher)

    def minted(self) -> Voucher:
        """A new pass; its voucher."""
        voucher, attestation, _ = self.application()
        self.chain.send(self.soul_pass, voucher[0], "mint", voucher, attestation)
        return voucher

    def id(self, voucher: Voucher) -> int:
        """The pass of a voucher's account."""
        return int(self.chain.read(self.soul_pass, "idOf", voucher[1]))

    def record(self, ids: Sequence[int], xpt: int) -> int:
        """Gas of writing xPT (whole ones) on passes."""
        values = [xpt * 10**18 + i for i in range(len(ids))]
        if len(ids) == 1:
            return self.chain.send(self.soul_pass, self.publisher, "write", XPT, ids[0], values[0])
        return self.chain.send(self.soul_pass, self.publisher, "writeMany", XPT, ids, values)

    def recovery(self) -> tuple[int, tuple[Any, ...]]:
        """A new pass, and everything to start its recovery."""
        held = self.minted()
        wallet = _wallet(-1)
        voucher = (wallet.address, held[1], 1, DEADLINE)
        signatures = (
            self.sign(self.issuer, "RecoveryVoucher", voucher),
            self.sign(wallet, "RecoveryConsent", voucher),
        )
        return self.id(held), (voucher, *signatures)


def measure(holders: int, progress: Progress = lambda text: None) -> dict[str, int]:
    """Every figure of the pass among that many holders: operation -> gas."""
    with Bench() as chain:
        scene = Passes(chain, max(holders, 1), progress)
        figures: dict[str, int] = {}
        for name, scenario in SCENARIOS.items():
            progress(name)
            before = scene.next
            with chain.isolate():
                figures[f"SoulPass.{name}"] = scenario(chain, scene)
            scene.next = before
        return figures


def _mint(chain: Bench, scene: Passes) -> int:
    voucher, attestation, _ = scene.application()
    return chain.send(scene.soul_pass, voucher[0], "mint", voucher, attestation)


def _sponsor(chain: Bench, scene: Passes) -> int:
    return chain.send(scene.soul_pass, chain.account("sponsor"), "sponsor", scene.application())


def _sponsor_many(chain: Bench, scene: Passes) -> int:
    """One of a batch, rounded up."""
    batch = [scene.application() for _ in range(BATCH)]
    return -(-chain.send(scene.soul_pass, chain.account("sponsor"), "sponsorMany", batch) // BATCH)


def _burn(chain: Bench, scene: Passes) -> int:
    voucher = scene.minted()
    return chain.send(scene.soul_pass, voucher[0], "burn", scene.id(voucher))


def _revive(chain: Bench, scene: Passes) -> int:
    voucher = scene.minted()
    chain.send(scene.soul_pass, voucher[0], "burn", scene.id(voucher))
    again = (voucher[0], voucher[1], 1, DEADLINE)
    return chain.send(scene.soul_pass, voucher[0], "mint", again, scene.sign(scene.issuer, "Voucher", again))


def _revoke(chain: Bench, scene: Passes) -> int:
    return chain.send(scene.soul_pass, scene.issuer.address, "revoke", scene.id(scene.minted()), 1)


def _reinstate(chain: Bench, scene: Passes) -> int:
    number = scene.id(scene.minted())
    chain.send(scene.soul_pass, scene.issuer.address, "revoke", number, 1)
    return chain.send(scene.soul_pass, scene.dao, "reinstate", number)


def _start_recovery(chain: Bench, scene: Passes) -> int:
    _, papers = scene.recovery()
    return chain.send(scene.soul_pass, chain.account("sponsor"), "startRecovery", *papers)


def _stop_recovery(chain: Bench, scene: Passes) -> int:
    number, papers = scene.recovery()
    chain.send(scene.soul_pass, chain.account("sponsor"), "startRecovery", *papers)
    return chain.send(scene.soul_pass, scene.dao, "stopRecovery", number)


def _complete_recovery(chain: Bench, scene: Passes) -> int:
    number, papers = scene.recovery()
    chain.send(scene.soul_pass, chain.account("sponsor"), "startRecovery", *papers)
    chain.at(chain.now() + 8 * DAY)
    return chain.send(scene.soul_pass, chain.account("sponsor"), "completeRecovery", number)


def _record(again: bool) -> Callable[[Bench, Passes], int]:
    def scenario(chain: Bench, scene: Passes) -> int:
        if again:
            scene.record([1], 1_000)
        return scene.record([1], 2_500)

    return scenario


def _record_many(chain: Bench, scene: Passes) -> int:
    """One of a batch of 200, rounded up, on passes that have the kind already."""
    while chain.read(scene.soul_pass, "lastId") < 200:
        chain.send(
            scene.soul_pass, chain.account("sponsor"), "sponsorMany", [scene.application() for _ in range(BATCH)]
        )
    ids = list(range(1, 201))
    scene.record(ids, 1_000)
    return -(-scene.record(ids, 2_500) // 200)


SCENARIOS: dict[str, Callable[[Bench, Passes], int]] = {
    "mint": _mint,
    "sponsor": _sponsor,
    "sponsor/each_of_50": _sponsor_many,
    "burn": _burn,
    "revive": _revive,
    "revoke": _revoke,
    "reinstate": _reinstate,
    "recover/start": _start_recovery,
    "recover/stop": _stop_recovery,
    "recover/complete": _complete_recovery,
    "record/new": _record(again=False),
    "record/again": _record(again=True),
    "record/each_of_200": _record_many,
}
