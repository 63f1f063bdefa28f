"""Proving what stands on a chain against the configuration: code and its origin, powers, parameters, PT's birth.

Everything is read as of one block. What the DAO may change (a period, an operator) is compared with what is
configured today, so the configuration follows the DAO's decisions; what nobody may change is proven by the code.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, get_args

from eth_utils import keccak
from hexbytes import HexBytes
from web3 import Web3
from web3.contract import Contract
from web3.exceptions import BadFunctionCallOutput, ContractLogicError, Web3RPCError
from web3.types import LogReceipt

from phemexia.config import Configuration, units
from phemexia.config.models import Campaigns, Vestings
from phemexia.config.public_keys import public_accounts
from phemexia.config.units import WEI, show_amount, show_duration, show_moment, show_plan, show_share
from phemexia.deployment.deployer import LOCAL, foreign
from phemexia.deployment.manifest import Manifest, shown
from phemexia.deployment.node import answering, identify, logs
from phemexia.deployment.organisation import Finding, Organisation
from phemexia.deployment.origin import as_planned, as_planned_once, origins
from phemexia.deployment.plan import (
    GROUND,
    STEPS,
    Addresses,
    campaign_terms,
    class_entries,
    class_rules,
    compiled,
)
from phemexia.deployment.rehearsal import Rehearsed, addresses, rehearse
from phemexia.errors import Refused

ZERO = units.NOBODY
ADMIN = bytes(32)
ROLES = {
    keccak(text="PROPOSER_ROLE"): "PROPOSER_ROLE",
    keccak(text="EXECUTOR_ROLE"): "EXECUTOR_ROLE",
    keccak(text="CANCELLER_ROLE"): "CANCELLER_ROLE",
    ADMIN: "DEFAULT_ADMIN_ROLE",
}
GRANTED = keccak(text="RoleGranted(bytes32,address,address)")
REVOKED = keccak(text="RoleRevoked(bytes32,address,address)")
SET = keccak(text="ActionClassSet(address,bytes4,uint8)")
JOINED = keccak(text="Joined(address)")
PAYER = keccak(text="PayerSet(address,bool)")
ASKED = {"WorkingGroups", "SoulPass", "SafeL2"}
CLASSES = ("general", "treasury", "organization", "constitutional")
SCHEDULED = keccak(text="CallScheduled(bytes32,uint256,address,uint256,bytes,bytes32,uint256)")
PROPOSED = keccak(
    text="ProposalCreated(uint256,address,address[],uint256[],string[],bytes[],uint256,uint256,string)"
)
QUEUED = 5
"""The state of a proposal whose operation waits in the timelock."""
ANNOUNCED = keccak(text="SuccessorAnnounced(address,uint256)")
TRANSFER = keccak(text="Transfer(address,address,uint256)")


@dataclass
class Report:
    """What was proven, as (kind, subject, fact); and each difference as a line of its own."""

    proven: list[tuple[str, str, str]] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether the chain is as configured."""
        return not self.differences


@dataclass(frozen=True)
class Expectation:
    """What a view should answer, and how to show such a value."""

    contract: str
    view: str
    value: Any
    show: Callable[[Any], str]
    arguments: tuple[Any, ...] = ()
    named: str = ""
    """The arguments in words."""

    @property
    def subject(self) -> str:
        """As the report calls it."""
        return f"{self.contract}.{self.view}" + (f"({self.named})" if self.named else "")


def expectations(config: Configuration, at: Addresses) -> list[Expectation]:
    """Every parameter and every owner or operator that a contract names."""
    classes = config.governance.governor
    names = {address: name for name, address in at.items()}
    names |= {address: role for role, address in config.network.operators} | {ZERO: "nobody"}

    def address(value: Any) -> str:
        return f"{names[value]} {value}" if value in names else str(value)

    def votes(wei: Any) -> str:
        return show_amount(wei, "vePT")

    def ruled(values: Any) -> str:
        threshold, delay, period, floor, quorum, majority = values
        return (
            f"{votes(threshold * WEI)} to propose, delay {show_duration(delay)}, vote {show_duration(period)}, "
            f"quorum {show_share(quorum)} or {votes(floor * WEI)}, majority {show_share(majority)}"
        )

    def promises(values: Any) -> str:
        start, delay, deadline, step = values
        return (
            f"from {show_moment(start)}, {show_duration(delay)}, until {show_moment(deadline)}, "
            f"{show_amount(step, 'PT')} a step"
        )

    def planned(values: Any) -> str:
        return show_plan(dict(zip(("atStart", "cliff", "steps", "step", "pace"), values, strict=True)))

    def planned_each(values: Any) -> str:
        return "; ".join(map(planned, values))

    def schedule(place: str) -> list[tuple[int, ...]]:
        return [tuple(unlock.plan().values()) for unlock in config.tokenomics.row(place).schedule]

    addresses_ = {
        "PhemexGovernor": {
            "token": "VotingEscrow",
            "soulPass": "SoulPass",
            "timelock": "PhemexTimelock",
            "actionClasses": "ActionClasses",
            "coreTeam": "CoreTeam",
        },
        "ActionClasses": {"governor": "PhemexGovernor", "timelock": "PhemexTimelock"},
        "CoreTeam": {"soulPass": "SoulPass", "dao": "PhemexTimelock"},
        "Mandates": {"dao": "PhemexTimelock", "groups": "WorkingGroups", "coreTeam": "CoreTeam"},
        "SoulPass": {"dao": "PhemexTimelock", "art": "PassArt"},
        "Contributors": {
            "treasury": "Treasury",
            "groups": "WorkingGroups",
            "soulPass": "SoulPass",
            "dao": "PhemexTimelock",
        },
        "VotingEscrow": {"token": "PhemexToken", "dao": "PhemexTimelock"},
        "GroupGuard": {"groups": "WorkingGroups"},
        "WorkingGroups": {
            "soulPass": "SoulPass",
            "dao": "PhemexTimelock",
            "guard": "GroupGuard",
            "singleton": "SafeL2",
            "factory": "SafeProxyFactory",
            "fallbackHandler": "CompatibilityFallbackHandler",
        },
        "Treasury": {
            "token": "PhemexToken",
            "dao": "PhemexTimelock",
            "guardianSource": "PhemexGovernor",
            "groups": "WorkingGroups",
        },
        **{
            place: {
                "token": "PhemexToken",
                "soulPass": "SoulPass",
                "dao": "PhemexTimelock",
                "treasury": "Treasury",
                "escrow": "VotingEscrow",
                "coreTeam": "CoreTeam",
            }
            for place in get_args(Campaigns)
        },
        **{
            place: {
                "token": "PhemexToken",
                "dao": "PhemexTimelock",
                "treasury": "Treasury",
                "escrow": "VotingEscrow",
            }
            for place in get_args(Vestings)
        },
    }
    operators = config.network.operators
    return [
        Expectation("PhemexTimelock", "getMinDelay", config.governance.timelock.delay, show_duration),
        *(
            Expectation("ActionClasses", "rulesOf", tuple(rules.values()), ruled, (i,), name)
            for i, (name, rules) in enumerate(zip(type(classes).model_fields, class_rules(config), strict=True))
        ),
        *(
            Expectation(contract, view, at[target], address)
            for contract, views in addresses_.items()
            for view, target in views.items()
        ),
        Expectation("SoulPass", "issuer", operators.issuer, address),
        Expectation("SoulPass", "nominee", ZERO, address),
        Expectation("PhemexGovernor", "guardian", operators.guardian, address),
        Expectation("SoulPass", "guardian", operators.guardian, address),
        *(
            expectation
            for place in get_args(Campaigns)
            for expectation in (
                Expectation(place, "publisher", operators.publisher, address),
                Expectation(place, "guardian", operators.guardian, address),
                Expectation(place, "terms", tuple(campaign_terms(config, place).values()), promises),
                Expectation(place, "allocation", config.tokenomics.row(place).amount, _pt),
                Expectation(place, "plans", schedule(place), planned_each),
            )
        ),
        *(
            expectation
            for place in get_args(Vestings)
            for expectation in (
                Expectation(place, "grantor", operators.grantor, address),
                Expectation(place, "guardian", operators.guardian, address),
                Expectation(place, "start", config.network.tge, show_moment),
                Expectation(place, "plan", schedule(place)[0], planned),
            )
        ),
    ]


def recorded(web3: Web3, config: Configuration, manifest: Manifest | None, name: str) -> Manifest:
    """The record, if it is of this chain and release and nobody edited an address in it; else :class:`Refused`."""
    genesis = identify(web3, config)
    if manifest is None:
        raise Refused(f"nothing is recorded for {name}: run 'ape run deploy' on this network first")
    record = manifest.record
    if (record.chain_id, record.genesis) != (config.network.chain_id, genesis):
        if config.name == LOCAL:
            raise Refused(
                "nothing is deployed on this chain: run 'anvil' in another terminal, then 'ape run deploy'"
            )
        raise foreign(manifest, config.network.chain_id, genesis)
    if record.release != config.network.release:
        raise Refused(
            f"{shown(manifest.path)} is of the release {record.release}, but config/networks/{config.name}.yaml "
            f"names {config.network.release}"
        )
    manifest.require_unedited(addresses(config, record.deployer))
    return manifest


def check(web3: Web3, config: Configuration, manifest: Manifest | None, name: str) -> Report:
    """Compare the chain with the configuration. ``name`` is the network's, for messages.

    :class:`Refused` if there is nothing to compare: no record, a record of another chain or release.
    """
    manifest = recorded(web3, config, manifest, name)
    with answering():
        return _Proof(web3, config, manifest).report


class _Proof:
    def __init__(self, web3: Web3, config: Configuration, manifest: Manifest) -> None:
        self.web3 = web3
        self.config = config
        self.record = manifest.record
        self.report = Report()
        self.exact: set[str] = set()
        self.block = web3.eth.block_number
        self.at = addresses(config, self.record.deployer)
        self.names = {address: name for name, address in self.at.items()}
        self.names |= dict.fromkeys(config.network.core_team, "an executive")
        self.names |= {address: f"the {role}" for role, address in config.network.operators if address != ZERO}
        self.names.setdefault(self.record.deployer, "the deployer")
        self.powers = [role for role, address in config.network.operators if address == self.record.deployer]
        self.powers += ["of the core team"] * (self.record.deployer in config.network.core_team)

        hints = [entry.block for entry in self.record.contracts.values()]
        self.origins = origins(
            web3, self.record.release, self.record.deployer, self.at, self.at, hints, self.block
        )

        standing = self._code()
        if "PhemexTimelock" in standing:
            with self._reading("PhemexTimelock", "roles of PhemexTimelock"):
                self._roles()
            with self._reading("PhemexTimelock", "operations of PhemexTimelock"):
                self._operations()
        if "VotingEscrow" in standing:
            with self._reading("VotingEscrow", "successors of VotingEscrow"):
                self._successors()
        if "SoulPass" in standing:
            with self._reading("SoulPass", "writers of SoulPass"):
                self._writers()
        for expectation in expectations(config, self.at):
            if expectation.contract in standing:
                with self._reading(expectation.contract, f"parameter {expectation.subject}"):
                    self._parameter(expectation)
        if "ActionClasses" in standing:
            with self._reading("ActionClasses", "table of ActionClasses"):
                self._table()
        if "CoreTeam" in standing:
            with self._reading("CoreTeam", "members of CoreTeam"):
                self._team()
        groups = Organisation(web3, config, self.at, self._view, self._who, self.block)
        if standing >= ASKED:  # a group's members are asked of the pass, and its account runs Safe's code
            other = min(ASKED - self.exact, default="WorkingGroups")
            with self._reading(other, "groups of WorkingGroups"):
                self._take(groups.groups())
                payers = (_address(log["topics"][1]) for log in self._logs("WorkingGroups", [PAYER]))
                self._take(groups.payers(payers))
        if "Treasury" in standing:
            with self._reading("Treasury", "budgets of Treasury"):
                self._take(groups.budgets())
        if "PhemexToken" in standing:
            with self._reading("PhemexToken", "birth of PT"):
                self._birth()
        if not config.network.rehearsal and self.record.deployer in public_accounts():
            self._differ(f"deployer {self.record.deployer}: a test account whose key everyone knows")
        if self.report.good:
            offices = " and ".join(self.powers)
            fact = f"is {offices}, as configured" if offices else "has no role and no office, and received no PT"
            self._prove("deployer", self.record.deployer, fact)

    # Code

    def _code(self) -> set[str]:
        """Compare all code with what the constructors are and leave in a rehearsal; returns what stands."""
        times = {name: origin.timestamp for name, origin in self.origins.items()}
        now = self.web3.eth.get_block(self.block)["timestamp"]
        plan = rehearse(self.config, self.record.deployer, now, times)
        standing = {step.contract for step in STEPS if self._one_code(plan[step.contract])}
        for step in STEPS:
            if step.contract in standing and step.contract not in GROUND:
                self._one_origin(plan[step.contract])
        return standing

    def _one_code(self, step: Rehearsed) -> bool:
        address = Web3.to_checksum_address(step.address)
        code = bytes(self.web3.eth.get_code(address, self.block))
        if not code:
            self._differ(f"code {step.contract}: nothing stands at {address}")
        elif "0x" + keccak(code).hex() != step.code_hash:
            self._differ(
                f"code {step.contract}: at {address} stands other code than this build and configuration make"
            )
        else:
            self.exact.add(step.contract)
            self._prove("code", step.contract, f"exact, {len(code):,} bytes at {address}")
        return bool(code)

    def _one_origin(self, step: Rehearsed) -> None:
        """The same runtime code can have another storage: what counts is which code was run to make it."""
        origin = self.origins.get(step.contract)
        if origin is None:
            self._differ(f"origin {step.contract}: the node knows no transaction that deployed it")
        elif as_planned(origin, step):
            self._prove("origin", step.contract, f"exact creation code and arguments, block {origin.block}")
        elif as_planned_once(self.web3, origin, step, self.at):
            fact = f"exact creation code, block {origin.block}; figures that the DAO may change were others then"
            self._prove("origin", step.contract, fact)
        else:
            self._differ(
                f"origin {step.contract}: other creation code or arguments made it (block {origin.block}) than "
                "this build and configuration give, so its storage may hold anything"
            )

    # Powers over the timelock and the escrow

    def _roles(self) -> None:
        timelock, governor = self.at["PhemexTimelock"], self.at["PhemexGovernor"]
        due = {role: {governor} for role in ROLES} | {ADMIN: {timelock}}
        # Whoever holds a role was granted it; those whom one would suspect are asked about in any case.
        operators = dict(self.config.network.operators).values()
        suspects = {self.record.deployer, ZERO, *operators, *self.config.network.core_team}
        roles, accounts = set(ROLES), {timelock, governor, *suspects}
        for log in self._logs("PhemexTimelock", [[GRANTED, REVOKED]]):
            roles.add(bytes(log["topics"][1]))
            accounts.add(_address(log["topics"][2]))
        admins = {role: bytes(self._view("PhemexTimelock", "getRoleAdmin", role)) for role in roles}
        for role in sorted(roles, key=lambda r: ROLES.get(r, "~" + r.hex())):
            name = ROLES.get(role, "0x" + role.hex())
            holders = {account for account in accounts if self._view("PhemexTimelock", "hasRole", role, account)}
            for account in sorted(holders - due.get(role, set())):
                self._differ(f"role {name}: {self._who(account)} has it, should not")
            for account in sorted(due.get(role, set()) - holders):
                self._differ(f"role {name}: {self._who(account)} should have it, has not")
            if admins[role] != ADMIN:
                admin = ROLES.get(admins[role], "0x" + admins[role].hex())
                self._differ(f"role {name}: its admin is {admin}, should be DEFAULT_ADMIN_ROLE")
            elif holders == due.get(role):
                self._prove("role", name, f"only {' '.join(map(self._who, holders))}")

    # Classes and team

    def _table(self) -> None:
        """The table of classes has the configured entries and no other."""
        entries = class_entries(self.config, self.at)
        due = {(e["target"], bytes.fromhex(e["selector"][2:])): CLASSES[e["class"]] for e in entries}
        seen = {
            (_address(log["topics"][1]), bytes(log["topics"][2])[:4]) for log in self._logs("ActionClasses", [SET])
        }
        wrong = 0
        for target, selector in sorted(seen | due.keys()):
            known, class_ = self._view("ActionClasses", "entryOf", target, selector)
            stands, wanted = CLASSES[class_] if known else "unknown", due.get((target, selector), "unknown")
            if stands != wanted:
                wrong += 1
                self._differ(
                    f"action 0x{selector.hex()} at {self._who(target)}: {stands} on the chain, {wanted} configured"
                )
        if not wrong:
            self._prove("actions", "ActionClasses", f"{len(due)} in the table, all others are constitutional")

    def _team(self) -> None:
        """The core team is whom the configuration names."""
        due = set(self.config.network.core_team)
        seen = {_address(log["topics"][1]) for log in self._logs("CoreTeam", [JOINED])}
        listed = {account for account in seen | due if self._view("CoreTeam", "listedSince", account)}
        for account in sorted(listed - due):
            self._differ(f"core team: {self._who(account)} is listed, should not be")
        for account in sorted(due - listed):
            self._differ(f"core team: {self._who(account)} should be listed, is not")
        if listed == due:
            self._prove("team", "CoreTeam", f"{len(due)} members, as configured")

    def _operations(self) -> None:
        """Nothing waits in the timelock but what a proposal put there."""
        logs_ = self._logs("PhemexTimelock", [SCHEDULED])
        pending = sorted(
            operation
            for operation in {bytes(log["topics"][1]) for log in logs_}
            if self._view("PhemexTimelock", "isOperationPending", operation)
        )
        queued: dict[bytes, int] = {}
        if pending:
            with self._reading("PhemexGovernor", "proposals of PhemexGovernor"):
                queued = self._queued()
        for operation in pending:
            if operation in queued:
                self._prove("operation", f"0x{operation.hex()}", f"queued by proposal {queued[operation]}")
            else:
                self._differ(f"operation 0x{operation.hex()}: waits in PhemexTimelock, and no proposal queued it")
        if not pending:
            self._prove("operation", "PhemexTimelock", "none waits")

    def _queued(self) -> dict[bytes, int]:
        """The proposal of each operation that the governor has queued: computed as the governor does."""
        event = self._bound("PhemexGovernor", "ProposalCreated").events.ProposalCreated()
        governor = bytes.fromhex(self.at["PhemexGovernor"][2:]) + bytes(12)
        found: dict[bytes, int] = {}
        for log in self._logs("PhemexGovernor", [PROPOSED]):
            proposal = event.process_log(log)["args"]
            if self._view("PhemexGovernor", "state", proposal["proposalId"]) == QUEUED:
                text = keccak(text=proposal["description"])
                salt = bytes(a ^ b for a, b in zip(governor, text, strict=True))
                calls = (proposal["targets"], proposal["values"], proposal["calldatas"])
                operation = self._view("PhemexTimelock", "hashOperationBatch", *calls, bytes(32), salt)
                found[bytes(operation)] = proposal["proposalId"]
        return found

    def _successors(self) -> None:
        """Holders can move their locks to what the DAO announced, and to nothing else."""
        due = set(self.config.network.successors)
        asked = due | {_address(log["topics"][1]) for log in self._logs("VotingEscrow", [ANNOUNCED])}
        since = {successor: self._view("VotingEscrow", "migratableFrom", successor) for successor in asked}
        announced = {successor for successor in asked if since[successor]}
        for successor in sorted(announced - due):
            when = show_moment(since[successor])
            self._differ(f"successor of VotingEscrow: {self._who(successor)} from {when}, not configured")
        for successor in sorted(due - announced):
            self._differ(f"successor of VotingEscrow: {self._who(successor)} is configured, not announced")
        for successor in sorted(due & announced):
            when = show_moment(since[successor])
            self._prove("successor", "VotingEscrow", f"{self._who(successor)} from {when}")
        if not due | announced:
            self._prove("successor", "VotingEscrow", "none announced")

    def _writers(self) -> None:
        """The contributor program writes what people did for the DAO, the publisher every other kind."""
        publisher, good = self.config.network.operators.publisher, dict[str, list[str]]()
        for kind in self._view("SoulPass", "kinds"):
            name, writer = (
                bytes(kind).rstrip(b"\0").decode(errors="replace"),
                self._view("SoulPass", "kindOf", kind)[0],
            )
            due = self.at["Contributors"] if name == "contribution" else publisher
            if writer == due:
                good.setdefault(writer, []).append(name)
            else:
                self._differ(f"writer of {name}: {self._who(writer)} on the chain, {self._who(due)} configured")
        told = "; ".join(f"{' '.join(names)}: {self._who(writer)}" for writer, names in good.items())
        self._prove("writer", "SoulPass", told)

    # Parameters

    def _parameter(self, expected: Expectation) -> None:
        subject = expected.subject
        value = self._view(expected.contract, expected.view, *expected.arguments)
        if value != expected.value:
            self._differ(
                f"parameter {subject}: {expected.show(value)} on the chain, "
                f"{expected.show(expected.value)} configured"
            )
        else:
            self._prove("parameter", subject, expected.show(value))

    # PT

    def _birth(self) -> None:
        """All PT was born once, in its places; since then it can only have been burnt."""
        places = {self.at[place]: amount for place, amount in self.config.tokenomics.places().items()}
        rows: dict[str, list[str]] = {}
        for row in self.config.tokenomics.allocations:
            rows.setdefault(self.at[row.place], []).append(f"{row.name} {_pt(row.amount)}")
        born: dict[str, int] = {}
        nobody = bytes(32)
        for log in self._logs("PhemexToken", [TRANSFER, nobody]):
            receiver = _address(log["topics"][2])
            born[receiver] = born.get(receiver, 0) + int.from_bytes(log["data"])
        for place in sorted(born.keys() | places.keys()):
            got, due = born.get(place, 0), places.get(place, 0)
            if got != due:
                self._differ(f"birth of PT: {self._who(place)} received {_pt(got)}, should have {_pt(due)}")
            else:
                self._prove("birth", "PT", f"{_pt(got)} in {self._who(place)}: {', '.join(rows[place])}")
        burnt = sum(int.from_bytes(log["data"]) for log in self._logs("PhemexToken", [TRANSFER, None, nobody]))
        supply, due = self._view("PhemexToken", "totalSupply"), self.config.tokenomics.token.supply - burnt
        since = f" after {_pt(burnt)} were burnt" if burnt else ""
        if supply != due:
            self._differ(f"supply of PT: {_pt(supply)} on the chain, {_pt(due)} configured{since}")
        else:
            self._prove("supply", "PT", f"{_pt(supply)}{since}")

    # Small things

    def _take(self, findings: Iterator[Finding]) -> None:
        for finding in findings:
            if finding.kind:
                self._prove(*finding)
            else:
                self._differ(finding.fact)

    def _prove(self, kind: str, subject: str, fact: str) -> None:
        self.report.proven.append((kind, subject, fact))

    def _differ(self, line: str) -> None:
        self.report.differences.append(line)

    @contextmanager
    def _reading(self, contract: str, subject: str) -> Iterator[None]:
        """What other code than ours answers is a difference, and not the end of the proof."""
        try:
            yield
        except (BadFunctionCallOutput, ContractLogicError, Web3RPCError):
            if contract in self.exact:
                raise  # then it is the node that fails
            self._differ(f"{subject}: no answer that can be read")

    def _who(self, account: str) -> str:
        return f"{self.names[account]} {account}" if account in self.names else account

    def _view(self, contract: str, view: str, *arguments: Any) -> Any:
        bound = self._bound(contract, view, len(arguments))
        return bound.functions[view](*arguments).call(block_identifier=self.block)

    def _bound(self, contract: str, name: str, inputs: int | None = None) -> Contract:
        """The contract with one of its functions or events, chosen by the number of inputs if there are more."""
        one = [
            item
            for item in compiled(contract).abi
            if item.get("name") == name and inputs in (None, len(item["inputs"]))
        ]
        return self.web3.eth.contract(Web3.to_checksum_address(self.at[contract]), abi=one)

    def _logs(self, contract: str, topics: list[Any]) -> list[LogReceipt]:
        origin = self.origins.get(contract)  # not the record, which could hide what came before
        first = origin.block if origin else 0
        return logs(self.web3, self.at[contract], [_topic(topic) for topic in topics], first, self.block)


def _topic(topic: Any) -> Any:
    if isinstance(topic, list):
        return [_topic(item) for item in topic]
    return None if topic is None else HexBytes(topic)


def _address(topic: bytes) -> str:
    return Web3.to_checksum_address(bytes(topic)[-20:])


def _pt(wei: int) -> str:
    return show_amount(wei, "PT")
