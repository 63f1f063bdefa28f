"""Vouchers and consents: the four words of the Soul Pass's typed data, signed and checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from eth_abi import encode
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_typing import Hash32
from eth_utils import keccak, to_checksum_address

from phemexia.errors import Refused

NAME, VERSION = "Phemex Soul Pass", "1"
WORDS = "(address wallet,bytes32 account,uint256 nonce,uint256 deadline)"
LONGEST_SIGNATURE = 4096
"""Bytes. Longer ones no wallet makes, and whoever sponsors pays for each."""
_DOMAIN = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"


class Kind(StrEnum):
    """What is signed: the issuer's two, and the wallet's two."""

    VOUCHER = "Voucher"
    CONSENT = "Consent"
    RECOVERY_VOUCHER = "RecoveryVoucher"
    RECOVERY_CONSENT = "RecoveryConsent"


@dataclass(frozen=True)
class Voucher:
    """The four words. ``account`` is the commitment (32 bytes), ``deadline`` in seconds since 1970."""

    wallet: str
    account: bytes
    nonce: int
    deadline: int

    def as_tuple(self) -> tuple[str, bytes, int, int]:
        """As the contract takes it."""
        return self.wallet, self.account, self.nonce, self.deadline


@dataclass(frozen=True)
class Domain:
    """Where a signature counts: one contract on one chain."""

    chain_id: int
    contract: str

    @cached_property
    def separator(self) -> bytes:
        """EIP-712's domain separator."""
        return keccak(
            encode(
                ["bytes32", "bytes32", "bytes32", "uint256", "address"],
                [keccak(text=_DOMAIN), keccak(text=NAME), keccak(text=VERSION), self.chain_id, self.contract],
            )
        )

    def digest(self, kind: Kind, voucher: Voucher) -> bytes:
        """The 32 bytes that are signed."""
        words = ["bytes32", "address", "bytes32", "uint256", "uint256"]
        struct = keccak(encode(words, [keccak(text=kind + WORDS), *voucher.as_tuple()]))
        return keccak(b"\x19\x01" + self.separator + struct)

    def typed_data(self, kind: Kind, voucher: Voucher) -> dict[str, Any]:
        """The same as EIP-712's message, as wallets show it (``eth_signTypedData_v4``)."""
        fields = [field.split(" ") for field in WORDS.strip("()").split(",")]
        return {
            "types": {
                "EIP712Domain": [
                    {"name": "name", "type": "string"},
                    {"name": "version", "type": "string"},
                    {"name": "chainId", "type": "uint256"},
                    {"name": "verifyingContract", "type": "address"},
                ],
                str(kind): [{"name": name, "type": type_} for type_, name in fields],
            },
            "primaryType": str(kind),
            "domain": {
                "name": NAME,
                "version": VERSION,
                "chainId": self.chain_id,
                "verifyingContract": self.contract,
            },
            "message": {
                "wallet": voucher.wallet,
                "account": "0x" + voucher.account.hex(),
                "nonce": voucher.nonce,
                "deadline": voucher.deadline,
            },
        }

    def signer(self, kind: Kind, voucher: Voucher, signature: bytes) -> str | None:
        """Whose key made a signature; None if none did. A contract's (ERC-1271) only the chain can check."""
        try:
            return str(Account._recover_hash(self.digest(kind, voucher), signature=signature))
        except Exception:  # eth_account has no common class for what malformed signatures raise
            return None


class Signer(Protocol):
    """Who signs: a keystore, an ape account, a remote signer."""

    @property
    def address(self) -> str:
        """Checksummed."""
        ...

    def sign(self, domain: Domain, kind: Kind, voucher: Voucher) -> bytes:
        """The signature, 65 bytes (or what an ERC-1271 contract takes); :class:`Refused` if it does not sign."""
        ...


class KeySigner:
    """A key in this process, such as that of a keystore file."""

    def __init__(self, account: LocalAccount) -> None:
        self._account = account

    @classmethod
    def from_keystore(cls, path: Path, passphrase: str) -> KeySigner:
        """Unlock a keystore file (the JSON of geth, ape and Foundry); :class:`Refused`."""
        try:
            return cls(Account.from_key(Account.decrypt(path.read_text(), passphrase)))
        except FileNotFoundError:
            raise Refused(f"there is no keystore at {path}") from None
        except (ValueError, KeyError, TypeError):
            raise Refused(f"{path} is not a keystore, or the passphrase is wrong") from None

    @property
    def address(self) -> str:
        """Checksummed."""
        return str(self._account.address)

    def sign(self, domain: Domain, kind: Kind, voucher: Voucher) -> bytes:
        """The signature, 65 bytes."""
        return bytes(self._account.unsafe_sign_hash(Hash32(domain.digest(kind, voucher))).signature)


@dataclass(frozen=True)
class Paper:
    """A voucher with its signatures, and what it is for. ``consent`` is None until the wallet has given it."""

    domain: Domain
    voucher: Voucher
    attestation: bytes
    account_id: str | None = None
    consent: bytes | None = None
    recovery: bool = False

    def to_json(self) -> dict[str, Any]:
        """As it is written to files. ``id`` is the account's: such a file stays inside the exchange."""
        out: dict[str, Any] = {} if self.account_id is None else {"id": self.account_id}
        out |= {
            "kind": str(Kind.RECOVERY_VOUCHER if self.recovery else Kind.VOUCHER),
            "chainId": self.domain.chain_id,
            "contract": self.domain.contract,
            "wallet": self.voucher.wallet,
            "account": "0x" + self.voucher.account.hex(),
            "nonce": self.voucher.nonce,
            "deadline": self.voucher.deadline,
            "attestation": "0x" + self.attestation.hex(),
        }
        if self.consent is not None:
            out["consent"] = "0x" + self.consent.hex()
        return out

    @classmethod
    def from_json(cls, entry: Any) -> Paper:
        """The reverse; raises ValueError with what is wrong."""
        try:
            consent, account_id = entry.get("consent"), entry.get("id")
            if not isinstance(account_id, str | None):
                raise ValueError("id should be a text")
            wallet, contract = entry["wallet"], entry["contract"]
            if to_checksum_address(wallet) != wallet or to_checksum_address(contract) != contract:
                raise ValueError("an address has no checksum or a wrong one")
            account = bytes.fromhex(entry["account"].removeprefix("0x"))
            if len(account) != 32:
                raise ValueError("account should be 32 bytes")
            return cls(
                domain=Domain(_word(entry, "chainId"), contract),
                voucher=Voucher(wallet, account, _word(entry, "nonce"), _word(entry, "deadline")),
                attestation=_signature(entry["attestation"]),
                account_id=account_id,
                consent=None if consent is None else _signature(consent),
                recovery=Kind(entry.get("kind", Kind.VOUCHER)) is Kind.RECOVERY_VOUCHER,
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{error} is missing or of the wrong type") from None


def _word(entry: Any, name: str) -> int:
    """A number as the contract takes it, written as such or (as JavaScript does with large ones) as a text."""
    value = entry[name]
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 78:
        value = int(value)
    if type(value) is not int or not 0 <= value < 2**256:
        raise ValueError(f"{name} should be a whole number of 256 bits")
    return value


def _signature(text: str) -> bytes:
    signature = bytes.fromhex(text.removeprefix("0x"))
    if len(signature) > LONGEST_SIGNATURE:
        raise ValueError(f"a signature has more than {LONGEST_SIGNATURE:,} bytes")
    return signature
