"""Doing what a plan says and a chain lacks.

A step is done when its contract stands; then nothing is sent for it. A run may die anywhere: addresses depend on
the deployer's address and the release alone, and a transaction is recorded before it is sent, so that the next run
finds it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_utils import keccak
from web3 import Web3

from phemexia.config import Configuration
from phemexia.config.public_keys import public_accounts
from phemexia.config.units import show_ether, show_gas_price
from phemexia.deployment.fees import Fees, Quote, estimates, suggest
from phemexia.deployment.log import Log
from phemexia.deployment.manifest import FOLDER, Entry, Manifest, Record, record_path, shown
from phemexia.deployment.node import answering, identify
from phemexia.deployment.origin import Origin, as_planned, as_planned_once, origins
from phemexia.deployment.plan import FACTORY, GROUND, PROXY, compiled
from phemexia.deployment.rehearsal import Rehearsed, addresses, rehearse
from phemexia.deployment.sending import Patience, Progress, Sender, Signer
from phemexia.errors import Failed, Refused

LOCAL = "local"
"""The network whose chains live as long as their node: a record of an earlier one is replaced."""

FOREIGN = "a contract of other creation code or arguments"


@dataclass(frozen=True)
class Taken:
    """A transaction of an earlier run that this run found mined."""

    contract: str
    transaction: str
    block: int


@dataclass(frozen=True)
class Outcome:
    """How a run ended: the record, and which contracts this run deployed."""

    manifest: Manifest
    deployed: list[str]


class Deployer:
    """Deploys the suite with one account, or what is left of it to deploy."""

    def __init__(
        self,
        web3: Web3,
        signer: Signer,
        config: Configuration,
        network: str | None = None,
        folder: Path = FOLDER,
        progress: Progress | None = None,
        patience: Patience | None = None,
        ceiling: int | None = None,
        approve: Callable[[Quote], None] | None = None,
    ) -> None:
        """``network`` names the record's file; ``ceiling``, in wei, is in place of the configured price of gas.

        ``approve`` sees the cost before anything is sent, and raises :class:`Refused` to prevent it.
        """
        self.web3 = web3
        self.signer = signer
        self.config = config
        self.network = network or config.name
        self.path = record_path(self.network, folder)
        self.progress = progress or Progress()
        self.ceiling = ceiling or config.network.fees.ceiling
        self.approve = approve
        self.log = Log(self.path)
        poll = 0.05 if config.name == LOCAL else 0.5
        self.sender = Sender(
            web3, signer, config.network.chain_id, self._fees, self.ceiling, self.progress,
            patience or Patience(poll=poll), self.log,
        )  # fmt: skip

    def run(self) -> Outcome:
        """Deploy what does not stand yet.

        :class:`Refused` if circumstances forbid it (nothing was sent then), :class:`Failed` if it broke off.
        """
        genesis = identify(self.web3, self.config, self.progress.notice)
        if not self.config.network.rehearsal and self.signer.address in public_accounts():
            raise Refused(
                f"the deployer {self.signer.address} is a test account whose key everyone knows, and "
                f"config/networks/{self.config.name}.yaml says that this is no rehearsal"
            )
        manifest = self._open(genesis)
        with answering(self.sender.stop):
            if not self._code(PROXY):
                raise Refused(
                    f"this chain lacks the deterministic deployment proxy at {PROXY}, which the addresses need"
                )
            plan = self._plan(manifest, self._take_up(manifest))
            missing = [step for step in plan.values() if step.contract not in manifest.record.contracts]
            self.progress.planned(
                [name for name in plan if name in manifest.record.contracts], [s.contract for s in missing]
            )
            for step in missing:
                if step.contract in GROUND and not self._code(step.to):
                    raise Refused(
                        f"this chain lacks Safe's deployment proxy at {step.to}, which makes {step.contract}"
                    )
            self._approved(missing)
            for step in missing:
                self._deploy(manifest, step)
        return Outcome(manifest, [step.contract for step in missing])

    # Before anything is sent

    def _open(self, genesis: str) -> Manifest:
        manifest = Manifest.read(self.path)
        release = self.config.network.release
        if manifest is not None:
            record = manifest.record
            if (record.chain_id, record.genesis) != (self.config.network.chain_id, genesis):
                if self.config.name != LOCAL:
                    raise foreign(manifest, self.config.network.chain_id, genesis)
                self.progress.notice(f"{shown(self.path)} is of a chain that is gone; it is replaced")
                manifest = None
            elif record.release != release:
                manifest.set_aside(self.progress.notice, f"is of the release {record.release}")
                manifest = None
            elif record.deployer != self.signer.address:
                raise Refused(
                    f"the release {release} was begun by {record.deployer}, not by {self.signer.address}: "
                    f"go on with that account, or name another release in config/networks/{self.config.name}.yaml"
                )
        if manifest is None:
            manifest = Manifest(
                self.path,
                Record(
                    network=self.network,
                    chain_id=self.config.network.chain_id,
                    genesis=genesis,
                    release=release,
                    deployer=self.signer.address,
                ),
            )
        return manifest

    def _take_up(self, manifest: Manifest) -> Taken | None:
        """Wait for the transaction that an earlier run left on its way, if the node knows it."""
        pending = manifest.record.pending
        if pending is None:
            return None
        manifest.record.pending = None
        if not self.sender.known(pending):
            self.sender.lost = pending
            return None  # it was never sent, or got lost: the step is still to be done
        self.progress.notice(f"taking up {pending.transaction}, which an earlier run sent for {pending.contract}")
        manifest.record.pending = pending
        try:
            transaction, receipt = self.sender.wait(manifest, pending)
        except Failed:
            if self._code(addresses(self.config, manifest.record.deployer)[pending.contract]):
                return None  # somebody else was quicker, and it is looked at like all that stands
            raise
        finally:
            manifest.record.pending = None
        return Taken(pending.contract, transaction, receipt["blockNumber"])

    def _plan(self, manifest: Manifest, taken_up: Taken | None) -> dict[str, Rehearsed]:
        """Rehearse with the times of what stands, record what stands, refuse it if it is not what it should be."""
        record = manifest.record
        at = addresses(self.config, record.deployer)
        standing = {name: code for name, address in at.items() if (code := self._code(address))}
        hints = [entry.block for entry in record.contracts.values()] + [taken_up.block if taken_up else None]
        born = self._origins(at, list(standing), hints)
        plan = rehearse(
            self.config,
            record.deployer,
            self.web3.eth.get_block("latest")["timestamp"],
            {name: origin.timestamp for name, origin in born.items()},
        )
        for name, code in standing.items():
            if "0x" + keccak(code).hex() != plan[name].code_hash:
                raise Refused(self._other(plan[name], "other code"))
            self._same_origin(plan[name], born.get(name), at, complete=len(standing) == len(at))
        manifest.require_unedited(at, {name: plan[name].code_hash for name in standing})

        # The chain is the truth: after a reorganisation, what was recorded may be gone or stand in another block.
        before = dict(record.contracts)
        record.contracts = {}
        for name in standing:
            entry, origin = before.get(name), born.get(name)
            if origin and (not entry or (entry.transaction, entry.block) != (origin.transaction, origin.block)):
                entry = self._entry(plan[name], origin.transaction, origin.block)
            elif name in GROUND and taken_up and taken_up.contract == name:
                entry = self._entry(plan[name], taken_up.transaction, taken_up.block)
            record.contracts[name] = entry or self._entry(plan[name], None, None)
        if record.contracts != before:
            manifest.write()
        return plan

    def _origins(self, at: dict[str, str], contracts: list[str], hints: list[int | None]) -> dict[str, Origin]:
        eth, release = self.web3.eth, self.config.network.release
        return origins(self.web3, release, self.signer.address, at, contracts, hints, eth.block_number)

    def _same_origin(self, step: Rehearsed, origin: Origin | None, at: dict[str, str], complete: bool) -> None:
        """Refuse what another constructor made, though it may have left the expected code."""
        if step.contract in GROUND:
            return  # its address is a hash of the code that made it
        if origin is None:
            raise Refused(
                f"the node does not know which transaction deployed {step.contract}, which stands at "
                f"{step.address}: use a node that keeps all events"
            )
        # Before all stands there is no DAO that could have changed a figure.
        if not as_planned(origin, step) and not (complete and as_planned_once(self.web3, origin, step, at)):
            raise Refused(self._other(step, FOREIGN))

    def _other(self, step: Rehearsed, what: str) -> str:
        return (
            f"at the address of {step.contract}, {step.address}, stands {what} than this build and configuration "
            f"make: for a new deployment name another release in config/networks/{self.config.name}.yaml"
        )

    def _approved(self, missing: list[Rehearsed]) -> None:
        """See that the account can pay for what is missing, and that a person agrees to what it costs."""
        if not missing:
            return
        fees = self._fees()
        publishing = self.config.network.fees.publishing
        address = Web3.to_checksum_address(self.signer.address)
        balance = self.web3.eth.get_balance(address)
        quote = Quote(address, balance, fees, estimates(self.web3, publishing, missing))
        if balance < quote.most:
            raise Refused(
                f"the deployer {address} holds {show_ether(balance)}, and {len(missing)} transactions may "
                f"cost up to {show_ether(quote.most)}: nothing was sent"
            )
        if self.approve:
            self.approve(quote)

    def _fees(self) -> Fees:
        """The present price of gas; an error if it is above the ceiling."""
        fees = suggest(self.web3, self.ceiling)
        if fees.expected > self.ceiling:
            raise self.sender.stop(
                f"gas costs {show_gas_price(fees.expected)}, more than the ceiling of "
                f"{show_gas_price(self.ceiling)} (fees.ceiling in config/networks/{self.config.name}.yaml, "
                "or --max-fee)"
            )
        return fees

    # One step

    def _deploy(self, manifest: Manifest, step: Rehearsed) -> None:
        try:
            entry = self._send(manifest, step)
        except (Failed, Refused) as failure:
            entry = self._overtaken(step, failure)
        manifest.record.contracts[step.contract] = entry
        manifest.record.pending = None
        manifest.write()
        self.progress.done(step.contract, entry)

    def _send(self, manifest: Manifest, step: Rehearsed) -> Entry:
        transaction, receipt = self.sender.send(manifest, step)
        return self._entry(step, transaction, receipt["blockNumber"])

    def _overtaken(self, step: Rehearsed, failure: Failed | Refused) -> Entry:
        """What stands although it could not be deployed, because somebody was quicker; else the failure itself.

        Anybody can deploy what has one address for all. The others are the deployer's alone.
        """
        code = self._code(step.address)
        if not code:
            raise failure
        at = {FACTORY: step.to, step.contract: step.address}
        origin = self._origins(at, [step.contract], []).get(step.contract)
        if step.contract in GROUND:
            same = "0x" + keccak(code).hex() == step.code_hash
        else:
            same = origin is not None and as_planned(origin, step)
        if not same:
            raise Failed(self._other(step, FOREIGN)) from failure
        self.progress.notice(f"{step.contract} was deployed by another transaction meanwhile")
        transaction, block = (origin.transaction, origin.block) if origin else (None, None)
        return self._entry(step, transaction, block)

    # Small things

    def _code(self, address: str) -> bytes:
        return bytes(self.web3.eth.get_code(Web3.to_checksum_address(address)))

    def _entry(self, step: Rehearsed, transaction: str | None, block: int | None) -> Entry:
        return Entry(
            address=step.address,
            transaction=transaction,
            block=block,
            timestamp=None if block is None else self.web3.eth.get_block(block)["timestamp"],
            arguments=readable(step.arguments),
            creation_code="0x" + keccak(compiled(step.contract).initcode).hex(),
            code="0x" + keccak(self._code(step.address)).hex(),
            configuration=self.config.hash(),
        )


def foreign(manifest: Manifest, chain_id: int, genesis: str) -> Refused:
    """The sentence about a record of another chain."""
    record = manifest.record
    return Refused(
        f"{shown(manifest.path)} is of another chain (id {record.chain_id}, block 0 {record.genesis[:10]}...) "
        f"than the node's (id {chain_id}, block 0 {genesis[:10]}...): "
        "connect to the right node, or move the file away"
    )


def readable(value: Any) -> Any:
    """Arguments for JSON: integers as decimal text, since most readers of JSON cut them at 53 bits."""
    if isinstance(value, dict):
        return {key: readable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [readable(item) for item in value]
    return str(value) if isinstance(value, int) else value
