"""What is deployed, in which order, with which constructor arguments.

Nothing here asks a chain: addresses come in, arguments go out, all from the configuration.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from eth_abi import encode
from eth_utils import function_abi_to_4byte_selector, keccak
from eth_utils.abi import collapse_if_tuple

from phemexia import artifacts
from phemexia.config import Configuration
from phemexia.config.units import WEI
from phemexia.errors import Refused

FACTORY = "Create3Factory"
PROXY = "0x4e59b44847b379578588920cA78FbF26c0B4956C"
"""The deterministic deployment proxy: it has one address on nearly every chain, and gives one to the factory."""
PROXY_CODE = bytes.fromhex(
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe036016000816020823780"
    "35828234f58015156039578182fd5b8082525050506014600cf3"
)

SAFE_PROXY = "0x914d7Fec6aaC8cd542e72Bca78B30650d45643d7"
"""Safe's own deployment proxy, of the same code: what it made of Safe has one address on all chains."""

SAFE = {"SafeL2": "singleton", "SafeProxyFactory": "factory", "CompatibilityFallbackHandler": "handler"}
"""Safe's contracts, and the keys of `safe` in a network's file that say where they stand."""
GROUND = (FACTORY, *SAFE)
"""What deployment proxies make, at addresses that are hashes of the code: nobody's, one for all."""

Addresses = Mapping[str, str]
Arguments = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One contract: why it stands, and its constructor arguments by name, given where the others stand."""

    contract: str
    description: str
    arguments: Callable[[Configuration, Addresses], Arguments]
    changeable: frozenset[str] = frozenset()
    """Arguments that the DAO can change afterwards, each of them proven by views: see `proof.expectations`."""
    code: str = ""
    """The contract's name in the sources, where it stands more than once."""


def _governor(config: Configuration, at: Addresses) -> Arguments:
    return {
        "escrow": at["VotingEscrow"],
        "soulPass": at["SoulPass"],
        "timelock": at["PhemexTimelock"],
        "actionClasses": at["ActionClasses"],
        "coreTeam": at["CoreTeam"],
        "guardian": config.network.operators.guardian,
    }


def class_rules(config: Configuration) -> list[Arguments]:
    """The rules of the four classes, the laxest first, as the table of classes takes them: whole vePT."""
    return [
        {
            "threshold": rules.threshold // WEI,
            "delay": rules.delay,
            "period": rules.period,
            "floor": rules.floor // WEI,
            "quorumBps": rules.quorum,
            "majorityBps": rules.majority,
        }
        for _, rules in config.governance.governor
    ]


def class_entries(config: Configuration, at: Addresses) -> list[Arguments]:
    """The table of classes: one entry for each function (overloads have one each) that the configuration names."""
    entries = []
    for action, class_ in config.governance.actions.classes().items():
        contract, _, name = action.partition(".")
        functions = [
            item
            for item in (compiled(contract).abi if contract in at else [])
            if item["type"] == "function"
            and item["name"] == name
            and item["stateMutability"] not in ("view", "pure")
        ]
        if not functions:
            raise Refused(f"config/governance.yaml: actions has {action}, but the suite has no such function")
        for item in functions:
            selector = "0x" + function_abi_to_4byte_selector(item).hex()  # type: ignore[arg-type]  # from JSON
            entries.append({"target": at[contract], "selector": selector, "class": class_})
    return entries


def _classes(config: Configuration, at: Addresses) -> Arguments:
    return {
        "governor": at["PhemexGovernor"],
        "timelock": at["PhemexTimelock"],
        "rules": class_rules(config),
        "entries": class_entries(config, at),
    }


def _soul_pass(config: Configuration, at: Addresses) -> Arguments:
    operators = config.network.operators
    return {
        "dao": at["PhemexTimelock"],
        "issuer": operators.issuer,
        "guardian": operators.guardian,
        "publisher": operators.publisher,
        "contributors": at["Contributors"],
        "art": at["PassArt"],
    }


def campaign_terms(config: Configuration, place: str) -> Arguments:
    """What a campaign promises, as its constructor takes it."""
    governance = config.governance
    terms = governance.campaign if place == "Campaign" else governance.collaborators
    return {
        "start": config.network.tge,
        "rootDelay": terms.root_delay,
        "deadline": terms.deadline,
        "maxStep": terms.max_step,
    }


def _campaign(place: str) -> Callable[[Configuration, Addresses], Arguments]:
    def arguments(config: Configuration, at: Addresses) -> Arguments:
        row = config.tokenomics.row(place)
        return {
            "token": at["PhemexToken"],
            "soulPass": at["SoulPass"],
            "dao": at["PhemexTimelock"],
            "treasury": at["Treasury"],
            "escrow": at["VotingEscrow"],
            "coreTeam": at["CoreTeam"],
            "publisher": config.network.operators.publisher,
            "guardian": config.network.operators.guardian,
            "allocation": row.amount,
            "terms": campaign_terms(config, place),
            "plans": [unlock.plan() for unlock in row.schedule],
        }

    return arguments


def _vesting(place: str) -> Callable[[Configuration, Addresses], Arguments]:
    def arguments(config: Configuration, at: Addresses) -> Arguments:
        (unlock,) = config.tokenomics.row(place).schedule
        return {
            "token": at["PhemexToken"],
            "dao": at["PhemexTimelock"],
            "treasury": at["Treasury"],
            "escrow": at["VotingEscrow"],
            "grantor": config.network.operators.grantor,
            "guardian": config.network.operators.guardian,
            "start": config.network.tge,
            "plan": unlock.plan(),
        }

    return arguments


def foundings(config: Configuration) -> list[Arguments]:
    """The groups to begin with, as the contract takes them."""
    return [
        {
            "name": charter.name,
            "textHash": config.mandates[charter.mandate],
            "uri": f"config/{charter.mandate}",
            "seats": charter.seats,
            "lead": staff.lead,
            "members": staff.members,
            "term": charter.term,
        }
        for charter, staff in zip(config.governance.groups, config.network.groups, strict=True)
    ]


def _groups(config: Configuration, at: Addresses) -> Arguments:
    return {
        "soulPass": at["SoulPass"],
        "dao": at["PhemexTimelock"],
        "guard": at["GroupGuard"],
        "singleton": at["SafeL2"],
        "factory": at["SafeProxyFactory"],
        "fallbackHandler": at["CompatibilityFallbackHandler"],
        "payers": [at["Contributors"]],
        "foundings": foundings(config),
    }


def _token(config: Configuration, at: Addresses) -> Arguments:
    places = config.tokenomics.places()
    return {"places": [at[place] for place in places], "amounts": list(places.values())}


STEPS = (
    Step(FACTORY, "gives every contract an address known beforehand", lambda config, at: {}),
    Step("SafeL2", "Safe's code, which the groups' accounts run", lambda config, at: {}),
    Step("SafeProxyFactory", "makes the groups' accounts", lambda config, at: {}),
    Step("CompatibilityFallbackHandler", "answers for the groups' accounts", lambda config, at: {}),
    Step(
        "PhemexTimelock",
        "carries out what the DAO decided, and owns everything",
        lambda config, at: {"minDelay": config.governance.timelock.delay, "governor": at["PhemexGovernor"]},
        frozenset({"minDelay"}),
    ),
    Step("PhemexGovernor", "lets the DAO propose and vote", _governor, frozenset({"guardian"})),
    Step(
        "ActionClasses",
        "says what kind of decision an action is",
        _classes,
        frozenset({"rules", "entries"}),
    ),
    Step(
        "CoreTeam",
        "executes what was decided",
        lambda config, at: {
            "soulPass": at["SoulPass"],
            "dao": at["PhemexTimelock"],
            "members": config.network.core_team,
        },
        frozenset({"members"}),
    ),
    Step(
        "Mandates",
        "says what the DAO said, and wants done",
        lambda config, at: {
            "dao": at["PhemexTimelock"],
            "groups": at["WorkingGroups"],
            "coreTeam": at["CoreTeam"],
        },
    ),
    Step("PassArt", "draws the passes", lambda config, at: {}),
    Step("SoulPass", "says who belongs", _soul_pass, frozenset({"issuer", "guardian", "publisher"})),
    Step(
        "VotingEscrow",
        "locks PT and weighs votes",
        lambda config, at: {"token": at["PhemexToken"], "dao": at["PhemexTimelock"]},
    ),
    Step(
        "GroupGuard", "keeps the groups' accounts as they are", lambda config, at: {"groups": at["WorkingGroups"]}
    ),
    Step("WorkingGroups", "says who works for the DAO", _groups, frozenset({"payers", "foundings"})),
    Step(
        "Treasury",
        "holds what the DAO owns",
        lambda config, at: {
            "token": at["PhemexToken"],
            "dao": at["PhemexTimelock"],
            "guardianSource": at["PhemexGovernor"],
            "groups": at["WorkingGroups"],
        },
    ),
    Step(
        "Contributors",
        "pays whom the groups give work",
        lambda config, at: {
            "treasury": at["Treasury"],
            "groups": at["WorkingGroups"],
            "soulPass": at["SoulPass"],
            "dao": at["PhemexTimelock"],
        },
    ),
    *(
        Step(place, why, _campaign(place), frozenset({"publisher", "guardian"}), "Campaign")
        for place, why in (
            ("Campaign", "pays pre-mined PT to pass holders"),
            ("CollaboratorCampaign", "pays collaborators"),
        )
    ),
    *(
        Step(place, why, _vesting(place), frozenset({"grantor", "guardian"}), "Vesting")
        for place, why in (
            ("InvestorVesting", "pays strategic investors, by quarters"),
            ("OperationsVesting", "pays operations and marketing, by months"),
            ("BuilderVesting", "pays core builders, by months"),
        )
    ),
    Step("PhemexToken", "is born in its places, last of all", _token),
)
"""The order of deployment. PT is last: its constructor wants to see its places."""


_CODE = {step.contract: step.code or step.contract for step in STEPS}


def compiled(contract: str) -> artifacts.Artifact:
    """The compiled code of a contract of the plan, or of any other by its name in the sources."""
    return artifacts.load(code_name(contract))


def code_name(contract: str) -> str:
    """What the sources call the code of a contract, which may stand more than once."""
    return _CODE.get(contract, contract)


def is_compiled(contract: str) -> bool:
    """Whether the plan or the sources have a contract of that name."""
    return contract in _CODE or contract in artifacts.names()


def salt(release: str, contract: str) -> bytes:
    """The salt of a contract, 32 bytes; another release gives other addresses."""
    return keccak(text=f"{release}/{contract}")


def initcode(contract: str, arguments: Arguments) -> bytes:
    """Creation code and encoded constructor arguments; the names must be those of the constructor."""
    artifact = compiled(contract)
    inputs = constructor(artifact.abi)
    values = [
        _value(item, given) for item, given in zip(inputs, _ordered(contract, inputs, arguments), strict=True)
    ]
    return artifact.initcode + encode([collapse_if_tuple(item) for item in inputs], values)


def constructor(abi: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The inputs of the constructor, none if it is implicit."""
    return next((item["inputs"] for item in abi if item["type"] == "constructor"), [])


def bare(name: str) -> str:
    """A parameter's name without the underscore that keeps it apart from a variable."""
    return name.strip("_")


def _ordered(owner: str, inputs: list[dict[str, Any]], arguments: Arguments) -> list[Any]:
    names = [bare(item["name"]) for item in inputs]
    if sorted(names) != sorted(arguments):
        raise ValueError(f"{owner} takes {', '.join(names)}, and was given {', '.join(arguments)}")
    return [arguments[name] for name in names]


def _value(item: dict[str, Any], given: Any) -> Any:
    if item["type"].startswith("tuple["):
        return [_value({**item, "type": "tuple"}, part) for part in given]
    if item["type"] != "tuple":
        return bytes.fromhex(given[2:]) if item["type"].startswith("bytes") and isinstance(given, str) else given
    parts = item["components"]
    return tuple(
        _value(part, value) for part, value in zip(parts, _ordered(item["name"], parts, given), strict=True)
    )
