"""Files to fill in."""

import pytest
from ruamel.yaml import YAML

from phemexia.errors import Refused
from phemexia.proposals import skeleton


def test_skeleton_names_every_parameter(names):
    text = skeleton("grant.yaml", ["Treasury.spend", "ActionClasses.setClasses", "Campaign.dropRoot"], names)
    values = YAML(typ="safe").load(text)
    spend, classes, drop = values["actions"]
    assert spend["contract"] == "Treasury"
    assert list(spend["arguments"]) == ["asset", "to", "amount", "memo"]
    assert list(classes["arguments"]["entries"][0]) == ["target", "selector", "class"]
    assert drop == {"contract": "Campaign", "function": "dropRoot"}
    assert "ape run gov draft grant.yaml" in text
    assert "General, Treasury, Organization, Constitutional" in text


def test_skeleton_filled_in_is_a_proposal(names, read):
    text = skeleton("x.yaml", [], names)
    filled = text.replace("title: # one line", "title: Hear us").replace(
        "textHash: #", "textHash: hash of the text #"
    )
    assert read(filled).actions[0].target == names.address("Mandates")


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("Treasure.spend", 'there is no contract "Treasure": they are PhemexTimelock'),
        ("Treasury.spent", 'Treasury has no function "spent" that changes anything'),
        ("Treasury.dao", 'Treasury has no function "dao" that changes anything'),
        ("VotingEscrow.withdraw", r"is one of withdraw\(\), withdraw\(address\): name which"),
    ],
)
def test_skeleton_refuses_what_there_is_not(names, action, told):
    with pytest.raises(Refused, match=told):
        skeleton("x.yaml", [action], names)
