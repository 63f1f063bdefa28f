"""Arguments as people write them."""

import pytest
from eth_utils import function_signature_to_4byte_selector, keccak

from phemexia.proposals import values
from phemexia.proposals.values import Misfit

from .conftest import AT, PAYEE

PT = 10**18


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("1000", 1_000),
        ("1,000,000", 1_000_000),
        ("1_000", 1_000),
        ("5 wei", 5),
        ("1,000,000 PT", 1_000_000 * PT),
        ("1_000.5 vePT", 1_000 * PT + PT // 2),
        ("0.000000000000000001 ether", 1),
        ("2 ETH", 2 * PT),
        ("2 days", 172_800),
        ("30 days 8 hours", 30 * 86_400 + 8 * 3_600),
        ("2028-12-31 00:00 UTC", 1_861_833_600),
        ("5 %", 500),
        ("66.67%", 6_667),
        ("1_250 bps", 1_250),
        ("-3", -3),
    ],
)
def test_integer_takes_numbers_with_units(text, number):
    assert values.integer(text) == number


@pytest.mark.parametrize(
    "text", ["", "1,00", "1 PTs", "1.5", "two", "1e18", "0x10", "1 day ago", "101 %", "10,00 PT"]
)
def test_integer_refuses_what_could_be_misread(text):
    with pytest.raises(ValueError, match="should be"):
        values.integer(text)


@pytest.mark.parametrize(
    ("text", "wei"), [("5", 5), ("5 wei", 5), ("1.5 ether", 15 * 10**17), ("1,000 ETH", 1_000 * PT)]
)
def test_amount_is_ether(text, wei):
    assert values.amount(text) == wei


@pytest.mark.parametrize("text", ["5 PT", "2 days", "5 %", "", "ether", "-1"])
def test_amount_refuses_what_is_no_ether(text):
    with pytest.raises(ValueError, match="ether"):
        values.amount(text)


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        ("uint8", "255", 255),
        ("int8", "-128", -128),
        ("uint256", "2 days", 172_800),
        ("bool", "yes", True),
        ("bool", "false", False),
        ("string", "yes, 5 PT", "yes, 5 PT"),
        ("address", "Treasury", AT["Treasury"]),
        ("address", PAYEE, PAYEE),
        ("bytes", "0x", b""),
        ("bytes", "0x00ff", b"\x00\xff"),
        ("bytes4", "0x01020304", b"\1\2\3\4"),
        (
            "bytes4",
            "Treasury.spend",
            function_signature_to_4byte_selector("spend(address,address,uint256,string)"),
        ),
        ("bytes4", "VotingEscrow.withdraw(address)", function_signature_to_4byte_selector("withdraw(address)")),
        ("bytes32", "word xPT", b"xPT".ljust(32, b"\0")),
        ("bytes32", "hash of the text", keccak(text="the text")),
        ("uint16[]", ["1", "5 %"], [1, 500]),
        ("address[2]", ["Treasury", "Campaign"], [AT["Treasury"], AT["Campaign"]]),
        ("bool[][]", [["yes"], []], [[True], []]),
    ],
)
def test_read(names, kind, value, read):
    assert values.read({"name": "x", "type": kind}, value, names, "the text") == read


@pytest.mark.parametrize(
    ("kind", "value", "path", "told"),
    [
        ("uint8", "256", (), "is 256, which a uint8 can't hold"),
        ("uint32", "50,000 vePT", (), "which a uint32 can't hold"),
        ("uint256", "-1", (), "which a uint256 can't hold"),
        ("int8", "-129", (), "which a int8 can't hold"),
        ("bool", "1", (), "should be yes or no"),
        ("uint256", ["1"], (), "should be a single value"),
        ("bytes", "00ff", (), "should be hexadecimal"),
        ("bytes", "0x0", (), "should be hexadecimal"),
        ("bytes32", "0x00", (), "should have 32 bytes, not 1"),
        ("bytes32", "word " + "x" * 33, (), "33 bytes"),
        ("bytes4", "Treasury.spent", (), 'is no function of "Treasury"'),
        ("bytes4", "Treasure.spend", (), "that is not compiled here"),
        ("bytes4", "VotingEscrow.withdraw", (), "is one of withdraw(), withdraw(address): name which"),
        ("uint8[2]", ["1"], (), "should have 2 elements, not 1"),
        ("uint8[]", "1", (), "should be a list of uint8"),
        ("uint8[]", ["1", "300"], (1,), "is 300"),
        ("function", "x", (), "can't be written here"),
    ],
)  # fmt: skip
def test_read_refuses(names, kind, value, path, told):
    with pytest.raises(Misfit) as refused:
        values.read({"name": "x", "type": kind}, value, names)
    assert refused.value.path == path
    assert told in refused.value.problem


CLASSES = {"name": "class", "type": "uint8", "internalType": "enum IActionClasses.Class"}


def test_read_takes_the_words_of_an_enumeration(names):
    assert values.read(CLASSES, "Organization", names) == 2
    assert values.read(CLASSES, "3", names) == 3
    with pytest.raises(Misfit, match="one of General, Treasury, Organization, Constitutional"):
        values.read(CLASSES, "Generous", names)


STRUCT = {
    "name": "entries",
    "type": "tuple[]",
    "internalType": "struct IActionClasses.Entry[]",
    "components": [{"name": "target", "type": "address"}, CLASSES],
}


def test_read_takes_structs_by_name_and_in_order(names):
    by_name = values.read(STRUCT, [{"class": "Treasury", "target": "Campaign"}], names)
    assert by_name == values.read(STRUCT, [["Campaign", "1"]], names) == [(names.address("Campaign"), 1)]
    with pytest.raises(Misfit) as refused:
        values.read(STRUCT, [{"class": "Treasury", "targets": "Campaign"}], names)
    assert refused.value.path == (0, "targets")


INPUTS = [{"name": "to", "type": "address"}, {"name": "guardian_", "type": "address"}]


def test_read_all_by_name_forgives_trailing_underscores(names):
    assert values.read_all(INPUTS, {"guardian": "nobody", "to": "Treasury"}, names)[1] == "0x" + "00" * 20
    assert values.read_all([], [], names) == []


@pytest.mark.parametrize(
    ("given", "path", "told"),
    [
        ({"to": "Treasury"}, ("guardian",), "is missing"),
        ({"too": "Treasury"}, ("too",), "is not a parameter: they are to, guardian"),
        (["Treasury"], (), "should have 2 values (to, guardian), not 1"),
        ("Treasury", (), "should have a value for each of: to, guardian"),
    ],
)
def test_read_all_refuses(names, given, path, told):
    with pytest.raises(Misfit) as refused:
        values.read_all(INPUTS, given, names)
    assert (refused.value.path, refused.value.problem) == (path, told)


@pytest.mark.parametrize(
    ("item", "value", "unit", "shown"),
    [
        ({"type": "uint256"}, 12_345, "PT", "12,345"),
        ({"type": "uint256"}, 10**14, "", "0.0001e18"),
        ({"type": "uint256"}, 10**14 - 1, "", "99,999,999,999,999"),
        ({"type": "uint256"}, 1_500 * PT + PT // 2, "PT", "1,500.5 PT"),
        ({"type": "uint256"}, 2**256 - 1, "", "2^256 - 1"),
        ({"type": "int256"}, -2 * PT, "", "-2e18"),
        ({"type": "uint48"}, 1_861_833_600, "", "2028-12-31 00:00 UTC"),
        ({"type": "bool"}, True, "", "yes"),
        ({"type": "string"}, "x", "", '"x"'),
        ({"type": "bytes32"}, b"\1" * 2, "", "0x0101"),
        ({"type": "address"}, AT["Treasury"], "", "Treasury"),
        ({"type": "address[]"}, (AT["Treasury"], PAYEE), "", f"[Treasury, {PAYEE}]"),
        (CLASSES, 3, "", "Constitutional"),
        (CLASSES, 4, "", "4"),
        (STRUCT, ((AT["Campaign"], 1),), "", "[{target: Campaign, class: Treasury}]"),
    ],
)
def test_show(names, item, value, unit, shown):
    assert values.show(item, value, names, unit) == shown


def test_functions_of_a_place_are_those_of_its_code():
    """A contract that stands more than once is named by its place."""
    assert values.functions("InvestorVesting") == values.functions("BuilderVesting") != []
