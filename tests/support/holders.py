"""A deployed suite on a node, with what holders meet there: an exchange that attests, PT, proposals to vote on."""

import json
from pathlib import Path
from typing import Any

from eth_utils import keccak
from support.anvil import Node, data, key

from phemexia.attest import KeySigner as Issuer
from phemexia.attest.voucher import Domain, Kind, Paper, Voucher
from phemexia.config import load
from phemexia.deployment import Deployer, KeySigner, Manifest
from phemexia.deployment.sending import Patience
from phemexia.proposals import Dao, History, Life, Proposal
from phemexia.proposals.draft import Action

PT = 10**18
DAY = 86_400
WEEK = 7 * DAY
ISSUER = 8
FOUNDER = 2
"""Numbers of test accounts: who attests, and who proposes."""


class Holders:
    """The node, the suite, and verbs for what the exchange and others do. Wallets are addresses."""

    def __init__(
        self, node: Node, records: Path, network: str = "local", manifest: Manifest | None = None
    ) -> None:
        """Deploys, unless the suite of a record stands already."""
        self.node, self.records = node, records
        self.dao = Dao(node.web3, manifest or self._deployed(network))
        self.suite = self.dao.suite

    def _deployed(self, network: str) -> Manifest:
        outcome = Deployer(
            self.node.web3,
            KeySigner(key(0)),
            load(network),
            f"ethereum-{network}",
            self.records,
            patience=Patience(poll=0.05),
        ).run()
        return outcome.manifest

    def send(self, number: int, call: Any) -> None:
        """A transaction of a test account."""
        sent = call.transact({"from": key(number).address})
        assert self.node.web3.eth.wait_for_transaction_receipt(sent)["status"] == 1

    def voucher(self, wallet: str, path: Path, days: int = 30, **changes: Any) -> Path:
        """The exchange's voucher for a wallet, as the file that its owner receives."""
        account = keccak(text=wallet)
        nonce = self.suite.soul_pass.functions.accountNonce(account).call()
        voucher = Voucher(wallet, account, nonce, self.node.now() + days * DAY)
        domain = Domain(self.node.web3.eth.chain_id, self.suite.soul_pass.address)
        signature = Issuer(key(ISSUER)).sign(domain, Kind.VOUCHER, voucher)
        path.write_text(json.dumps(Paper(domain, voucher, signature).to_json() | changes))
        return path

    def join(self, number: int) -> None:
        """A test account mints its pass."""
        wallet = key(number).address
        paper = Paper.from_json(json.loads(self.voucher(wallet, self.records / f"{number}.json").read_text()))
        self.send(number, self.suite.soul_pass.functions.mint(paper.voucher.as_tuple(), paper.attestation))

    def pay(self, wallet: str, amount: int) -> None:
        """PT (wei) from the treasury."""
        spend = data("spend(address,address,uint256,string)", self.suite.token.address, wallet, amount, "")
        self.node.impersonate(self.suite.timelock.address, self.suite.treasury.address, spend)

    def lock(self, number: int, amount: int, weeks: int = 104) -> None:
        """A test account locks so much more PT (wei)."""
        self.pay(key(number).address, amount)
        self.send(number, self.suite.token.functions.approve(self.suite.escrow.address, amount))
        self.send(
            number, self.suite.escrow.functions.create(amount, self.node.now() // WEEK * WEEK + weeks * WEEK)
        )

    def propose(self, title: str = "Publish a report each quarter") -> int:
        """The founder proposes what is General; the id."""
        signal = data("signal(bytes32)", keccak(text=title))
        proposal = Proposal(f"# {title}", (Action(self.suite.mandates.address, 0, signal),))
        self.send(FOUNDER, self.dao.governor.functions.propose(*proposal.lists, proposal.description))
        return proposal.id

    def life(self, number: int = 1) -> Life:
        """Of a proposal, by its number."""
        return Life.of(self.dao, History(self.dao).proposals()[number - 1])

    def open(self, number: int = 1) -> None:
        """To the first second of a vote."""
        self.node.warp(self.life(number).recorded.vote_start + 1)
