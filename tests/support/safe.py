"""A Safe that its owners act through: what Safe's own interface does, with signatures of eth_account.

safe = Safe(chain, groups.accountOf(1))
safe.execute([lead, member], treasury, treasury.pay.encode(...))
"""

from typing import Any

from eth_account.signers.local import LocalAccount

from phemexia.evm import ZERO, Chain, Receipt, _address

CALL, DELEGATE_CALL = range(2)
FIELDS = (
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


class Safe:
    """One Safe; ``contract`` has all its functions."""

    def __init__(self, chain: Chain, address: str) -> None:
        self.chain = chain
        self.address = address
        self.contract = chain.at("SafeL2", address)

    def owners(self) -> set[str]:
        """Who owns it."""
        return set(self.contract.getOwners())

    def threshold(self) -> int:
        """How many of them decide."""
        return int(self.contract.getThreshold())

    def sign(
        self,
        owners: list[LocalAccount],
        to: Any,
        data: bytes = b"",
        value: int = 0,
        operation: int = CALL,
        nonce: int | None = None,
    ) -> bytes:
        """The owners' signatures under a transaction, in the order that Safe wants."""
        message = dict.fromkeys(("safeTxGas", "baseGas", "gasPrice"), 0) | {
            "to": _address(to),
            "value": value,
            "data": data,
            "operation": operation,
            "gasToken": ZERO,
            "refundReceiver": ZERO,
            "nonce": self.contract.nonce() if nonce is None else nonce,
        }
        typed = {
            "types": {
                "EIP712Domain": [
                    {"name": "chainId", "type": "uint256"},
                    {"name": "verifyingContract", "type": "address"},
                ],
                "SafeTx": [{"name": name, "type": kind} for name, kind in FIELDS],
            },
            "primaryType": "SafeTx",
            "domain": {"chainId": self.chain.chain_id, "verifyingContract": self.address},
            "message": message,
        }
        ordered = sorted(owners, key=lambda owner: int(owner.address, 16))
        return b"".join(bytes(owner.sign_typed_data(full_message=typed).signature) for owner in ordered)

    def execute(
        self,
        owners: list[LocalAccount],
        to: Any,
        data: bytes = b"",
        value: int = 0,
        operation: int = CALL,
        signatures: bytes | None = None,
    ) -> Receipt:
        """A transaction of the Safe, signed by these owners and sent by the first."""
        signed = self.sign(owners, to, data, value, operation) if signatures is None else signatures
        arguments = (to, value, data, operation, 0, 0, 0, ZERO, ZERO, signed)
        receipt: Receipt = self.contract.execTransaction(*arguments, sender=owners[0])
        return receipt
