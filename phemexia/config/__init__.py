"""The project's figures: the only place for numbers is `config/`.

config = load("sepolia")
config.governance.timelock.delay  # 172800, in seconds
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from eth_utils import is_checksum_address, keccak

from phemexia.config.models import Governance, Network, Premining, Tokenomics
from phemexia.config.source import Source, read
from phemexia.config.units import NOBODY, show_duration
from phemexia.errors import Refused
from phemexia.toolchain import ROOT

FOLDER = ROOT / "config"
PREMINING = "xPT pre-mining"
"""The row of the allocation that pre-mining is paid from."""
NOTICE = 86_400
"""Seconds that the DAO is given to notice a bad root and to propose that it be dropped."""
LATE_OUTCOMES = 3 * 86_400
"""Seconds by which outcomes that turn late prolong a vote at most, as the governor has it."""
TEAM_WINDOW = 3 * 86_400
"""Seconds in which only the core team executes, as the governor has it: it may let them pass."""


@dataclass(frozen=True)
class Configuration:
    """Everything that a deployment on one network is computed from."""

    name: str
    """Of the network: `config/networks/<name>.yaml`."""
    network: Network
    tokenomics: Tokenomics
    governance: Governance
    mandates: dict[str, str] = field(default_factory=dict)
    """keccak-256 of the text of each mandate, 0x-prefixed, by its file."""

    def hash(self) -> str:
        """SHA-256 over all figures but fees, in hexadecimal: the same for files that differ in comments only."""
        figures = {
            "network": self.network.model_dump(exclude={"fees"}),  # they make nothing different on the chain
            "tokenomics": self.tokenomics.model_dump(),
            "governance": self.governance.model_dump(),
            "mandates": self.mandates,
        }
        return hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()


def networks(folder: Path = FOLDER) -> list[str]:
    """Names of the networks that are configured, sorted."""
    return sorted(path.stem for path in (folder / "networks").glob("*.yaml"))


def load(network: str, folder: Path = FOLDER) -> Configuration:
    """Read and validate the configuration of a network; :class:`Refused` names file, line and key."""
    known = networks(folder)
    if network not in known:
        raise Refused(
            f'there is no configuration for the network "{network}": write config/networks/{network}.yaml, '
            f"or choose from {', '.join(known) or 'none'}"
        )
    rules = read(folder / "governance.yaml", "config/governance.yaml")
    place = read(folder / "networks" / f"{network}.yaml", f"config/networks/{network}.yaml")
    config = Configuration(
        name=network,
        network=place.validate(Network),
        tokenomics=load_tokenomics(folder),
        governance=rules.validate(Governance),
    )
    config.mandates.update(_mandates(config, rules, folder))
    _roots_can_be_dropped(config, rules)
    _groups_are_staffed(config, place)
    return config


def load_tokenomics(folder: Path = FOLDER) -> Tokenomics:
    """The allocation and its schedules alone; :class:`Refused` names file, line and key."""
    return read(folder / "tokenomics.yaml", "config/tokenomics.yaml").validate(Tokenomics)


def load_premining(folder: Path = FOLDER) -> Premining:
    """The rules of pre-mining; :class:`Refused` names file, line and key.

    All stages are one allocation, and the kinds of leaves are those of its schedules.
    """
    source = read(folder / "premining.yaml", "config/premining.yaml")
    rules = source.validate(Premining)
    row = next((row for row in load_tokenomics(folder).allocations if row.name == PREMINING), None)
    if row is None or row.amount != rules.budget * len(rules.stages):
        raise source.refuse(
            ("budget",), f'times {len(rules.stages)} stages is not what config/tokenomics.yaml gives "{PREMINING}"'
        )
    # A leaf of another kind would unlock by another's schedule, or by none, and could never be claimed.
    for name, number in rules.kinds:
        if number >= len(row.schedule) or not row.schedule[number].kind.lower().startswith(name):
            raise source.refuse(
                ("kinds", name),
                f'is {number}, which is no schedule of "{name}" that config/tokenomics.yaml gives "{PREMINING}"',
            )
    return rules


def _mandates(config: Configuration, rules: Source, folder: Path) -> dict[str, str]:
    """The hash of each mandate's text."""
    found = {}
    for i, group in enumerate(config.governance.groups):
        try:
            found[group.mandate] = "0x" + keccak((folder / group.mandate).read_bytes()).hex()
        except OSError:
            raise rules.refuse(("groups", i, "mandate"), f"is {group.mandate}, which can't be read") from None
    return found


def _groups_are_staffed(config: Configuration, place: Source) -> None:
    """A network's people are those of the groups that there are, no more than there are seats for them."""
    groups, staff = config.governance.groups, config.network.groups
    names = [group.name for group in groups]
    if [each.name for each in staff] != names:
        raise place.refuse(
            ("groups",), f"should be those of config/governance.yaml, in its order: {', '.join(names) or 'none'}"
        )
    for i, (group, each) in enumerate(zip(groups, staff, strict=True)):
        if len(each.members) >= group.seats:
            raise place.refuse(
                ("groups", i, "members"),
                f"are {len(each.members)}, but {group.name} has {group.seats} seats in config/governance.yaml, "
                "one of which is the lead's",
            )
    for i, budget in enumerate(config.network.budgets):
        if budget.group not in (*names, "none"):
            raise place.refuse(
                ("budgets", i, "group"), f"is {budget.group}, which is no group of config/governance.yaml"
            )
        if budget.spender not in names and not is_checksum_address(budget.spender):
            raise place.refuse(
                ("budgets", i, "spender"),
                f"is {budget.spender}, neither a group of config/governance.yaml nor an address with its checksum",
            )


def _roots_can_be_dropped(config: Configuration, rules: Source) -> None:
    """A bad root of a campaign must wait until somebody can drop it: a guardian, or else the DAO by a vote."""
    governance = config.governance
    classes = [class_ for _, class_ in governance.governor]
    for campaign, place, terms in (
        ("campaign", "Campaign", governance.campaign),
        ("collaborators", "CollaboratorCampaign", governance.collaborators),
    ):
        # What is not named is of the strictest class.
        drop = classes[governance.actions.classes().get(f"{place}.dropRoot", -1)]
        least = NOTICE + drop.delay + drop.period + LATE_OUTCOMES + governance.timelock.delay + TEAM_WINDOW
        if config.network.operators.guardian == NOBODY and terms.root_delay < least:
            raise rules.refuse(
                (campaign, "root_delay"),
                f"is {show_duration(terms.root_delay)}, in which no vote can drop a bad root: it should be "
                f"{show_duration(least)} or more, or config/networks/{config.name}.yaml should name a guardian",
            )
