"""The deployed pass, as the commands use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eth_account.messages import encode_typed_data
from eth_utils import is_address, to_checksum_address
from web3 import Web3
from web3.exceptions import ContractLogicError

from phemexia import artifacts, sending
from phemexia.attest.papers import read_papers
from phemexia.attest.voucher import Domain, Kind, Paper, Voucher
from phemexia.deployment.manifest import Manifest, record_path
from phemexia.errors import Refused
from phemexia.evm import decode_revert

if TYPE_CHECKING:
    from ape.api import AccountAPI

ZERO = "0x" + "00" * 20
READS_AT_ONCE = 200
CHECK_GAS = 305_000
"""The gas that the pass gives a contract's check (see WalletSignature.sol), and the call around it."""


class ApeSigner:
    """Any account of ape, as the signer of vouchers and consents."""

    def __init__(self, account: AccountAPI) -> None:
        self._account = account

    @property
    def address(self) -> str:
        """Checksummed."""
        return str(self._account.address)

    def sign(self, domain: Domain, kind: Kind, voucher: Voucher) -> bytes:
        """The signature, 65 bytes; :class:`Refused` if its owner does not sign."""
        signature = self._account.sign_message(encode_typed_data(full_message=domain.typed_data(kind, voucher)))
        if signature is None:
            raise Refused("the voucher was not signed")
        return bytes(signature.encode_rsv())


def only(path: Path) -> Paper:
    """The one voucher of a file; :class:`Refused` if there are more."""
    papers = read_papers(path)
    if len(papers) != 1:
        raise Refused(f"{path} holds {len(papers)} vouchers: name a file with one")
    return papers[0]


class Passes:
    """The pass at an address."""

    def __init__(self, web3: Web3, address: str) -> None:
        self._web3 = web3
        self._contract = web3.eth.contract(to_checksum_address(address), abi=artifacts.load("SoulPass").abi)
        self.domain = Domain(web3.eth.chain_id, self._contract.address)

    @classmethod
    def find(cls, web3: Web3, network: str, records: Path, contract: str | None) -> Passes:
        """The pass that is named, or else the one that the network's record of deployment names."""
        if contract is None:
            manifest = Manifest.read(record_path(network, records))
            entry = manifest.record.contracts.get("SoulPass") if manifest else None
            if entry is None:
                raise Refused(f"no pass is recorded for {network}: deploy first, or name one by --contract")
            contract = entry.address
        if not is_address(contract):
            raise Refused(f"{contract} is no address")
        if not web3.eth.get_code(to_checksum_address(contract)):
            raise Refused(f"nothing stands at {contract} on this chain")
        return cls(web3, contract)

    def read(self, view: str, *arguments: Any) -> Any:
        """What a view answers; :class:`Refused` with the contract's own error."""
        try:
            return self._contract.functions[view](*arguments).call()
        except ContractLogicError as error:
            raise Refused(error_text(error.data)) from None

    def now(self) -> int:
        """The chain's time."""
        return int(self._web3.eth.get_block("latest")["timestamp"])

    def nonces(self, commitments: list[bytes]) -> Mapping[bytes, int]:
        """The nonces of accounts, some hundred at once."""
        return self._ask("accountNonce", commitments)

    def members(self, commitments: list[bytes]) -> set[bytes]:
        """The accounts that have an id, whether somebody holds the pass or not."""
        return {commitment for commitment, number in self._ask("idOf", commitments).items() if number}

    def _ask(self, view: str, commitments: list[bytes]) -> dict[bytes, int]:
        found: dict[bytes, int] = {}
        for start in range(0, len(commitments), READS_AT_ONCE):
            part = commitments[start : start + READS_AT_ONCE]
            with self._web3.batch_requests() as batch:
                for commitment in part:
                    batch.add(self._contract.functions[view](commitment))
                answers: list[Any] = batch.execute()
                found |= dict(zip(part, answers, strict=True))
        return found

    def unused(self, papers: list[Paper]) -> list[Paper]:
        """Those whose nonce is still their account's."""
        current = self.nonces([paper.voucher.account for paper in papers])
        return [paper for paper in papers if paper.voucher.nonce == current[paper.voucher.account]]

    def require_issuer(self, address: str) -> None:
        """:class:`Refused` if the chain would not take this signer's vouchers."""
        issuer = self.read("issuer")
        if issuer != address and not self._web3.eth.get_code(issuer):
            raise Refused(f"{address} is not the issuer, {issuer} is: nothing was signed")

    def require_domain(self, papers: list[Paper]) -> None:
        """:class:`Refused` if a voucher is for another contract or chain."""
        for paper in papers:
            if paper.domain != self.domain:
                raise Refused(
                    f"the voucher of {paper.voucher.wallet} is for the contract {paper.domain.contract} on chain "
                    f"{paper.domain.chain_id}, not for {self.domain.contract} on {self.domain.chain_id}"
                )

    def spare_gas(self, papers: list[Paper]) -> int:
        """What the checks of contracts among the wallets may cost in a block beyond what an estimate tells."""
        with self._web3.batch_requests() as batch:
            for paper in papers:
                batch.add(self._web3.eth.get_code(to_checksum_address(paper.voucher.wallet)))
            codes: list[Any] = batch.execute()
        return CHECK_GAS * sum(1 for code in codes if code)

    def send(self, account: AccountAPI, function: str, *arguments: Any, spare: int = 0) -> Any:
        """Send a transaction and wait for it; :class:`Refused` with the contract's error if it would revert.

        ``spare`` is gas that it gets on top of the estimate.
        """
        call = self._contract.functions[function](*arguments)
        try:
            call.call({"from": to_checksum_address(str(account.address))})
        except ContractLogicError as error:
            raise Refused(f"{error_text(error.data)}: nothing was sent") from None
        return sending.send(self._web3, account, call, spare)

    def skipped(self, receipt: Any) -> list[tuple[int, str]]:
        """What a batch left out: index and reason."""
        events = self._contract.events.MintSkipped().process_receipt(receipt, errors=_ignore())
        return [(event["args"]["index"], error_text(event["args"]["reason"])) for event in events]

    def number(self, what: str) -> int:
        """The id that is meant by an id or a wallet."""
        if what.isdecimal():
            number = int(what)
            if not 1 <= number <= self.read("lastId"):
                raise Refused(f"there is no pass {number}")
            return number
        if not is_address(what):
            raise Refused(f"{what} is neither the id of a pass nor an address")
        number = int(self.read("passOf", to_checksum_address(what)))
        if not number:
            raise Refused(f"{what} holds no pass")
        return number

    def facts(self, number: int) -> Iterator[tuple[str, str]]:
        """What is known of a pass: label and text."""
        try:
            holder = self._contract.functions.ownerOf(number).call()
        except ContractLogicError:
            holder = None
        yield "holder", holder or "nobody (dormant)"
        if holder:
            yield "held since", _moment(self.read("holderSince", holder))
        revoked_at, reason = self.read("revocationOf", number)
        yield "standing", f"revoked {_moment(revoked_at)}, reason {reason}" if revoked_at else "good"
        to, _, completable, expires, blocked = self.read("recoveryOf", number)
        if to != ZERO:
            yield "recovery", f"to {to}, from {_moment(completable)} until {_moment(expires)}"
        if blocked > self.now():
            yield "recovery", f"blocked until {_moment(blocked)}"
        kinds = self.read("kinds")
        for kind, (value, updated) in zip(kinds, self.read("entriesOf", number, kinds), strict=True):
            if updated:
                _, decimals, _, _, unit = self.read("kindOf", kind)
                amount = f"{value / 10**decimals:,.{min(decimals, 2)}f} {_name(unit)}"
                yield _name(kind), f"{amount}, {_moment(updated)}"


def error_text(data: Any) -> str:
    """An error as the contract names it, with its arguments."""
    raw = bytes.fromhex(data.removeprefix("0x")) if isinstance(data, str) else bytes(data or b"")
    error = decode_revert(raw)
    return str(error) if error.name else "the call reverted"


def _ignore() -> Any:
    from web3.logs import DISCARD

    return DISCARD


def _name(word: bytes) -> str:
    return word.rstrip(b"\0").decode(errors="replace")


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
