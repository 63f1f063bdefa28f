"""Names of addresses, both ways."""

import pytest
from eth_utils import to_checksum_address

from phemexia.deployment.manifest import Entry, Record
from phemexia.proposals import Names

from .conftest import AT, PAYEE

ISSUER = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f"


def test_address_of_a_contract_an_account_and_an_address(names):
    assert names.address("Treasury") == to_checksum_address(AT["Treasury"])
    assert names.address("guardian") == "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955"
    assert names.address(PAYEE) == PAYEE
    assert names.address("nobody") == names.address("ether") == "0x" + "00" * 20


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tresury", r'not "Tresury" \(is it meant to be "Treasury"\?\)'),
        ("x", "should be an address, or the name"),
        (PAYEE.lower(), f"with its checksum: {PAYEE}"),
        (PAYEE.replace("76E", "76e"), "mistyped"),
        ("0x12", "40 hexadecimal digits"),
        ("0x" + "00" * 20, "not the zero address"),
    ],
)
def test_address_refuses_what_is_none(names, text, told):
    with pytest.raises(ValueError, match=told):
        names.address(text)


def test_name_prefers_contracts_and_then_what_was_named_last(names):
    mine = names.plus({"my own word": names.address("guardian"), "the money": AT["Treasury"]})
    assert mine.name(AT["Treasury"].lower()) == "Treasury"
    assert mine.name(names.address("guardian").lower()) == "my own word"
    assert mine.name(PAYEE.lower()) == PAYEE
    assert mine.name("0x" + "00" * 20) == "the zero address"
    assert mine.contract(PAYEE) is None
    assert mine.contract(AT["Campaign"]) == "Campaign"


def test_plus_never_gives_a_name_another_meaning(names):
    with pytest.raises(ValueError, match='"Treasury" another meaning'):
        names.plus({"Treasury": PAYEE})
    assert names.plus({"Treasury": AT["Treasury"]}).address("Treasury") == to_checksum_address(AT["Treasury"])


def test_of_a_record_knows_contracts_deployer_and_operators():
    entry = Entry(
        address=AT["SoulPass"], transaction=None, block=None, timestamp=None,
        arguments={"dao": AT["PhemexTimelock"], "issuer": ISSUER, "guardian": "0x" + "00" * 20},
        creation_code="", code="", configuration="",
    )  # fmt: skip
    record = Record(
        network="x", chain_id=1, genesis="0x", release="r", deployer=PAYEE, contracts={"SoulPass": entry}
    )
    names = Names.of(record)
    assert names.contracts == {"SoulPass": to_checksum_address(AT["SoulPass"])}
    assert names.accounts == {"deployer": PAYEE, "issuer": ISSUER}  # nobody is not somebody
