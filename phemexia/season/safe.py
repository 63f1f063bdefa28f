"""A group's Safe on the stage: its owners sign, and one of them sends."""

from __future__ import annotations

from eth_account.signers.local import LocalAccount
from web3.contract.contract import ContractFunction
from web3.types import TxReceipt

from phemexia.config.units import NOBODY
from phemexia.deployment.plan import compiled
from phemexia.season.stage import Stage

TYPES = {
    "SafeTx": [
        {"name": name, "type": kind}
        for name, kind in (
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
    ]
}
"""Safe's own transaction (safe-global/safe-smart-account, Safe.sol, SAFE_TX_TYPEHASH)."""


class GroupSafe:
    """The account of a working group."""

    def __init__(self, stage: Stage, group: int) -> None:
        self._stage = stage
        address = stage.suite.groups.functions.accountOf(group).call()
        self.contract = stage.web3.eth.contract(address=address, abi=compiled("SafeL2").abi)

    @property
    def address(self) -> str:
        """Where it is."""
        return str(self.contract.address)

    def execute(self, owners: list[LocalAccount], what: str, call: ContractFunction) -> TxReceipt:
        """These owners sign a call, and the first of them sends it."""
        return self._stage.act(owners[0], what, self.prepared(owners, call))

    def prepared(self, owners: list[LocalAccount], call: ContractFunction) -> ContractFunction:
        """The Safe's transaction with these owners' signatures."""
        data = bytes.fromhex(call._encode_transaction_data()[2:])
        terms = (call.address, 0, data, 0, 0, 0, 0, NOBODY, NOBODY)
        names = [field["name"] for field in TYPES["SafeTx"]]
        message = dict(zip(names, (*terms, self.contract.functions.nonce().call()), strict=True))
        domain = {"chainId": self._stage.web3.eth.chain_id, "verifyingContract": self.address}
        ordered = sorted(owners, key=lambda owner: int(owner.address, 16))  # as Safe wants them
        signatures = b"".join(bytes(owner.sign_typed_data(domain, TYPES, message).signature) for owner in ordered)
        prepared: ContractFunction = self.contract.functions.execTransaction(*terms, signatures)
        return prepared
