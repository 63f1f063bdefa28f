"""Proposals from files: what is taken, and each refusal with its line."""

import pytest
from eth_abi import decode

from phemexia.errors import Refused
from phemexia.proposals import draft

from .conftest import AT, PAYEE, SPEND


def test_read_encodes_what_is_written(read, names):
    proposal = read(SPEND)
    (action,) = proposal.actions
    assert (action.target, action.value) == (names.address("Treasury"), 0)
    assert action.data[:4].hex() == "45e67724"
    given = decode(["address", "address", "uint256", "string"], action.data[4:])
    assert given == (AT["PhemexToken"], PAYEE.lower(), 1_000 * 10**18, "grant")
    assert proposal.title == "Pay a grant"
    assert proposal.description == "# Pay a grant\n\nFor the translation.\n\nIt took a week."


def test_read_takes_arguments_in_order(read):
    by_name = read(SPEND)
    head = SPEND.partition("    arguments:")[0]
    in_order = read(f'{head}    arguments: [PhemexToken, "{PAYEE}", "1,000 PT", grant]\n')
    assert in_order == by_name


def test_read_takes_names_of_its_own(read):
    named = SPEND.replace(f'to: "{PAYEE}"', "to: translator") + f'accounts:\n  translator: "{PAYEE}"\n'
    assert read(named).actions == read(SPEND).actions


def test_read_takes_a_bare_payment_and_a_foreign_call(read):
    text = f"""
title: x
text: y
actions:
  - {{contract: "{PAYEE}", value: 1.5 ether}}
  - {{contract: "{PAYEE}", function: "approve(address, uint)", arguments: [Treasury, 5], value: 1 wei}}
"""
    pay, call = read(text).actions
    assert (pay.target, pay.value, pay.data) == (PAYEE, 15 * 10**17, b"")
    assert (call.value, call.data[:4].hex()) == (1, "095ea7b3")


def test_read_binds_the_proposer(read):
    bound = read(SPEND + f'proposer: "{PAYEE}"\n')
    assert bound.description.endswith(f"\n\n#proposer={PAYEE}")
    draft.require_proposer(bound, PAYEE)
    with pytest.raises(Refused, match=f"only {PAYEE} can propose this"):
        draft.require_proposer(bound, AT["Treasury"])
    draft.require_proposer(read(SPEND), AT["Treasury"])


def changed(old, new):
    assert SPEND.count(old) == 1
    return SPEND.replace(old, new)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (changed("title: Pay a grant\n", ""), "line 1: title is missing"),
        (changed("title: Pay a grant", "title:"), "line 1: title should be text"),
        (changed("title: Pay a grant", 'title: "a\\nb"'), "line 1: title should be one line"),
        (changed("title:", "titel: x\ntitle:"), "line 1: titel is not a known key (is it meant to be title?)"),
        (SPEND.partition("actions")[0], "line 1: actions is missing"),
        (SPEND.partition("actions")[0] + "actions: []", "line 6: actions should be a list of calls"),
        (SPEND.partition("actions")[0] + "actions: [spend]", "line 6: actions[0] should hold the keys contract"),
        (changed("contract: Treasury", "contract: Tresury"),
         'line 7: actions[0].contract should be an address, or the name of a contract or account, not "Tresury" '
         '(is it meant to be "Treasury"?)'),
        (changed("  - contract: Treasury\n    function", "  - function"),
         "line 7: actions[0].contract is missing"),
        (changed("function: spend", "function: spent"),
         "line 8: actions[0].function is spent, which Treasury does not have (is it meant to be spend?)"),
        (changed("function: spend", "function: dao"),
         "line 8: actions[0].function is dao, which reads and changes nothing"),
        (changed("function: spend", "funktion: spend"), "line 8: actions[0].funktion is not a known key"),
        (changed("    function: spend\n", ""), "line 7: actions[0].function is missing"),
        (changed("    function: spend", "    function: spend\n    value: 1 ether"),
         "line 9: actions[0].value is ether, and spend takes none"),
        (changed("    function: spend", "    value: 1 PT\n    function: spend"),
         'line 8: actions[0].value should be an amount such as "50_000 ether", not "1 PT"'),
        (changed("      amount: 1,000 PT\n", ""), "line 9: actions[0].arguments.amount is missing"),
        (changed("amount: 1,000 PT", "amount: 1.000.000"),
         "line 12: actions[0].arguments.amount should be a whole"),
        (changed("memo: grant", "memos: grant"),
         "line 13: actions[0].arguments.memos is not a parameter: they are asset, to, amount, memo"),
        (changed(PAYEE, PAYEE[:-1] + "8"), "line 11: actions[0].arguments.to has a wrong checksum"),
        (SPEND + "accounts: x\n", "line 14: accounts should hold names and their addresses"),
        (SPEND + "accounts:\n  a: b\n", "line 15: accounts.a should be an address"),
        (SPEND + f'accounts:\n  Treasury: "{PAYEE}"\n',
         'line 15: accounts.Treasury would give the name "Treasury"'),
        (SPEND + "proposer: me\n", "line 14: proposer should be an address"),
        (changed("Treasury\n    function: spend", 'guardian\n    function: "spend(adress)"'),
         'line 8: actions[0].function should be a name with types, such as "transfer(address,uint256)"'),
        (changed("Treasury\n    function: spend", 'guardian\n    function: "spend(address,uint)"'),
         "line 9: actions[0].arguments should be a list of 2 values"),
        ("- a\n", "line 1: should hold the keys title, text and actions"),
        ("title: [", "this is not YAML"),
    ],
)  # fmt: skip
def test_read_refuses_with_file_and_line(read, text, told):
    with pytest.raises(Refused) as refused:
        read(text)
    assert "proposal.yaml" in str(refused.value)
    assert told in str(refused.value)


def test_read_wants_the_types_of_an_overloaded_function(read):
    text = "title: x\ntext: y\nactions:\n  - {contract: VotingEscrow, function: withdraw}\n"
    with pytest.raises(Refused, match=r"is one of withdraw\(\), withdraw\(address\): write which"):
        read(text)
    assert read(text.replace("withdraw}", "withdraw()}")).actions[0].data.hex() == "3ccfd60b"
