"""The deployed DAO as the commands use it: views, judgement before proposing, transactions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eth_abi.decoding import StringDecoder
from eth_abi.registry import BaseEquals
from eth_utils import to_checksum_address
from web3 import Web3
from web3.contract import Contract
from web3.exceptions import ContractLogicError

from phemexia import sending
from phemexia.config import units
from phemexia.deployment.manifest import Manifest, record_path
from phemexia.errors import Refused
from phemexia.proposals import decoding
from phemexia.proposals.draft import Proposal, require_proposer
from phemexia.proposals.names import Names
from phemexia.proposals.values import CLASSES
from phemexia.suite import Suite

if TYPE_CHECKING:
    from ape.api import AccountAPI

STATES = ("Pending", "Active", "Canceled", "Defeated", "Succeeded", "Queued", "Expired", "Executed")
"""OpenZeppelin's, by number."""


@dataclass(frozen=True)
class Rules:
    """What a proposal of a class needs. Weights are wei of vePT, times seconds, shares ten-thousandths."""

    class_: str
    threshold: int
    delay: int
    period: int
    floor: int
    quorum: int
    majority: int


def tolerant(web3: Web3) -> Web3:
    """The same connection, which shows what of a string is no UTF-8 by its bytes.

    A string on the chain is any bytes: those of one memo, chosen by whoever pays, would otherwise hide all others.
    """
    registry = web3.codec._registry  # no door leads there after web3 was made
    registry.unregister_decoder("string")
    lenient = StringDecoder(handle_string_errors="backslashreplace")  # type: ignore[no-untyped-call]
    is_string = BaseEquals("string", with_sub=False)  # type: ignore[no-untyped-call]
    registry.register_decoder(is_string, lenient, label="string")
    return web3


class Dao:
    """The contracts of a deployment, with names for their addresses."""

    def __init__(
        self, web3: Web3, manifest: Manifest, url: str | None = None, publishing: str = "included"
    ) -> None:
        """``url``: where the node answers over http, which forks of it ask; by default what ``web3`` says.

        ``publishing`` is how the network charges for it, as in `fees` of its file.
        """
        self.publishing = publishing
        self.web3 = tolerant(web3)
        self.url = url or getattr(web3.provider, "endpoint_uri", None)
        self.manifest = manifest
        self.suite = Suite(web3, manifest)
        self.names = Names.of(manifest.record)

    @classmethod
    def find(cls, web3: Web3, network: str, records: Path, url: str | None = None) -> Dao:
        """The DAO that the network's record of deployment names, if it stands on this chain."""
        manifest = Manifest.read(record_path(network, records))
        if manifest is None or "PhemexGovernor" not in manifest.record.contracts:
            raise Refused(f"no DAO is recorded for {network}: run 'ape run deploy' on this network first")
        at = manifest.record.contracts["PhemexGovernor"].address
        if not web3.eth.get_code(to_checksum_address(at)):
            raise Refused(f"nothing stands at {at}, where the record of {network} has the governor")
        return cls(web3, manifest, url)

    @property
    def governor(self) -> Contract:
        """The governor."""
        return self.suite.governor

    def read(self, contract: Contract, view: str, *arguments: Any) -> Any:
        """What a view answers; :class:`Refused` with the contract's own error."""
        try:
            return contract.functions[view](*arguments).call()
        except ContractLogicError as error:
            raise Refused(self.error(error)) from None

    def ask(self, view: str, *arguments: Any) -> Any:
        """What a view of the governor answers."""
        return self.read(self.governor, view, *arguments)

    def error(self, error: ContractLogicError) -> str:
        """A contract's error in words."""
        data = error.data
        return decoding.sentence(bytes.fromhex(data[2:]) if isinstance(data, str) else b"", self.names)

    def now(self) -> int:
        """The chain's time."""
        return int(self.web3.eth.get_block("latest")["timestamp"])

    # --- before proposing

    def judge(self, proposal: Proposal) -> Rules:
        """The class that these actions give a proposal now, and its rules."""
        number = int(self.ask("classOf", *proposal.lists))
        rules = self.read(self.suite.action_classes, "rulesOf", number)
        threshold, delay, period, floor, quorum, majority = rules
        wei = units.WEI
        return Rules(CLASSES[number], threshold * wei, delay, period, floor * wei, quorum, majority)

    def obstacle(self, account: str, proposal: Proposal) -> str | None:
        """Why an account can't propose this now, as a sentence; none if it can."""
        require_proposer(proposal, account)
        if self.exists(proposal.id):
            return "exactly this was proposed before: change the text to propose it again"
        if self.ask("canPropose", account, *proposal.lists):
            return None
        live = int(self.ask("liveProposal", account))
        if live:
            return f"{account} has a proposal whose vote is not over: 0x{live:064x}"
        rules = self.judge(proposal)
        votes = int(self.ask("getVotes", account, self.now() - 1))
        if votes < rules.threshold:
            return (
                f"{account} weighs {show_weight(votes)}, and proposing what is {rules.class_} takes "
                f"{show_weight(rules.threshold)}"
            )
        return f"{account} holds no Soul Pass that counts in votes since before this second"

    def exists(self, number: int) -> bool:
        """Whether the DAO has a proposal of that id."""
        return bool(self.ask("proposalSnapshot", number))

    # --- transactions

    def send(self, account: AccountAPI, function: str, *arguments: Any) -> Any:
        """Send a transaction to the governor and wait for it; :class:`Refused` if it would revert. The receipt."""
        call = self.governor.functions[function](*arguments)
        try:
            call.call({"from": to_checksum_address(str(account.address))})
        except ContractLogicError as error:
            raise Refused(f"the governor refuses: {self.error(error)}; nothing was sent") from None
        return sending.send(self.web3, account, call)

    def events(self, receipt: Any, name: str) -> list[Mapping[str, Any]]:
        """The arguments of the governor's events of that name in a receipt."""
        from web3.logs import DISCARD

        found = self.governor.events[name]().process_receipt(receipt, errors=DISCARD)
        return [event["args"] for event in found]


def show_weight(wei: int, unit: str = "vePT") -> str:
    """`1,234.5 vePT`; two decimals, rounded down, so that what is short of a bound never seems to reach it."""
    hundredths = wei * 100 // units.WEI
    whole, rest = divmod(hundredths, 100)
    fraction = f".{rest:02d}" if rest else ""
    return f"{whole:,}{fraction} {unit}"
