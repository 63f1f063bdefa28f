"""The deployed suite over web3: one attribute for each contract of a record."""

from __future__ import annotations

from eth_utils import to_checksum_address
from web3 import Web3
from web3.contract import Contract

from phemexia.deployment import Manifest
from phemexia.deployment.plan import compiled

NAMES = {
    "token": "PhemexToken",
    "soul_pass": "SoulPass",
    "escrow": "VotingEscrow",
    "governor": "PhemexGovernor",
    "timelock": "PhemexTimelock",
    "action_classes": "ActionClasses",
    "core_team": "CoreTeam",
    "mandates": "Mandates",
    "contributors": "Contributors",
    "group_guard": "GroupGuard",
    "groups": "WorkingGroups",
    "treasury": "Treasury",
    "campaign": "Campaign",
    "collaborators": "CollaboratorCampaign",
    "investors": "InvestorVesting",
    "operations": "OperationsVesting",
    "builders": "BuilderVesting",
}


class Suite:
    """The contracts of a deployment, bound to their addresses."""

    token: Contract
    soul_pass: Contract
    escrow: Contract
    governor: Contract
    timelock: Contract
    action_classes: Contract
    core_team: Contract
    mandates: Contract
    contributors: Contract
    group_guard: Contract
    groups: Contract
    treasury: Contract
    campaign: Contract
    collaborators: Contract
    investors: Contract
    operations: Contract
    builders: Contract

    def __init__(self, web3: Web3, manifest: Manifest) -> None:
        self.web3 = web3
        for attribute, name in NAMES.items():
            address = to_checksum_address(manifest.record.contracts[name].address)
            setattr(self, attribute, web3.eth.contract(address=address, abi=compiled(name).abi))
