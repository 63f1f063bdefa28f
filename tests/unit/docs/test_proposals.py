"""What docs/proposals.md shows is what there is."""

import re

import pytest
from ruamel.yaml import YAML

from phemexia.proposals import Names, draft
from phemexia.proposals.draft import KEYS, PARTS
from phemexia.suite import NAMES
from phemexia.toolchain import ROOT
from scripts import gov

DOCUMENT = (ROOT / "docs" / "proposals.md").read_text(encoding="utf-8")


def test_the_example_is_the_file():
    (shown,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    assert shown == (ROOT / "config" / "proposals" / "market-makers.yaml").read_text(encoding="utf-8")


def test_every_command_is_listed():
    assert set(re.findall(r"`ape run gov (\w+)", DOCUMENT)) == set(gov.cli.commands)


def test_every_key_is_listed():
    listed = set(re.findall(r"^\| `([\w.\[\]]+)` \|", DOCUMENT, flags=re.MULTILINE))
    assert listed == KEYS | {f"actions[].{part}" for part in PARTS}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "config" / "proposals").glob("*.yaml")), ids=lambda path: path.name
)
def test_every_proposal_in_the_folder_can_be_read(path):
    names = Names({name: f"0x{i:040x}" for i, name in enumerate(NAMES.values(), 1)})
    proposal, _ = draft.read(path, names)
    assert len(proposal.actions) == len(YAML(typ="safe").load(path.read_text())["actions"])
