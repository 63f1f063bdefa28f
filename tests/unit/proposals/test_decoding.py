"""From bytes to words."""

from types import SimpleNamespace

import pytest
from eth_abi import encode
from eth_utils import keccak

from phemexia.evm import Event, events
from phemexia.proposals import Action, decoding

from .conftest import AT, PAYEE, SPEND

PT = 10**18


def test_call_reads_what_draft_wrote(read, names):
    (action,) = read(SPEND).actions
    call = decoding.call(action, names)
    assert call.sentence == f'Treasury.spend(asset: PhemexToken, to: {PAYEE}, amount: 1,000 PT, memo: "grant")'


def test_call_of_ether_and_of_what_is_not_known(names):
    assert decoding.call(Action(PAYEE, PT, b""), names).sentence == f"pay {PAYEE}(), with 1 ether"
    assert decoding.call(Action(PAYEE, 0, b"\1\2"), names).sentence == f"{PAYEE}(0x0102)"
    broken = bytes.fromhex("45e67724") + b"\1"
    assert decoding.call(Action(AT["Treasury"], 0, broken), names).sentence == "Treasury(0x45e6772401)"


def test_call_in_words_only_where_the_words_are_exact(read, names):
    """Cut off, with something behind it, or with one argument folded into another: shown as it is."""
    (action,) = read(SPEND).actions
    for data in (action.data[:-32], action.data + b"\0", action.data[:4] + bytes(128)):
        call = decoding.call(Action(action.target, 0, data), names)
        assert call.arguments == (("", f"0x{data.hex()}"),)


def test_call_counts_the_treasurys_payments_without_a_token_in_ether(read, names):
    paid = SPEND.replace("asset: PhemexToken", "asset: ether").replace("1,000 PT", "2 ether")
    assert "amount: 2 ether" in decoding.call(read(paid).actions[0], names).sentence


def test_error_is_named_with_its_arguments(names):
    balance = keccak(text="ERC20InsufficientBalance(address,uint256,uint256)")[:4]
    output = balance + encode(["address", "uint256", "uint256"], [AT["Treasury"], 5, 10 * PT])
    assert decoding.error(output, names) == "ERC20InsufficientBalance(sender: Treasury, balance: 5, needed: 10e18)"
    text = keccak(text="Error(string)")[:4] + encode(["string"], ["no"])
    assert decoding.error(text, names) == '"no"'
    assert decoding.error(b"", names) == "no reason given"
    assert decoding.error(balance, names) == f"0x{balance.hex()}"  # cut off


def test_sentence_is_plain_where_the_error_is_common(names):
    closed = keccak(text="PhemexGovernor__ChangesClosed(uint256,uint256)")[:4] + encode(
        ["uint256"] * 2, [5, 1_800_000_000]
    )
    assert decoding.sentence(closed, names) == (
        "ballots could be changed until 2027-01-15 08:00 UTC (PhemexGovernor__ChangesClosed)"
    )
    other = keccak(text="ERC20InvalidReceiver(address)")[:4] + encode(["address"], [AT["Treasury"]])
    assert (
        decoding.sentence(other, names)
        == decoding.error(other, names)
        == "ERC20InvalidReceiver(receiver: Treasury)"
    )
    assert decoding.sentence(closed[:4], names) == f"0x{closed[:4].hex()}"


def test_event_counts_in_pt_where_pt_speaks(names):
    moved = Event("Transfer", AT["PhemexToken"], {"from": AT["Treasury"], "to": PAYEE, "value": 5 * PT})
    assert decoding.event(moved, names) == f"PhemexToken: Transfer(from: Treasury, to: {PAYEE}, value: 5 PT)"
    odd = Event("Odd", PAYEE, {"a": True, "b": b"\1", "c": {"d": "x"}, "e": [1, 2]})
    assert decoding.event(odd, names) == f'{PAYEE}: Odd(a: yes, b: 0x01, c: {{d: "x"}}, e: [1, 2])'


@pytest.mark.parametrize("memo", [b"\xff\xfe", b"\xc3("])
def test_call_with_a_text_that_is_none_is_shown_as_it_is(names, memo):
    """Solidity takes any bytes for a string."""
    types = ["address", "address", "uint256", "bytes"]
    data = keccak(text="spend(address,address,uint256,string)")[:4] + encode(types, [PAYEE, PAYEE, 1, memo])
    call = decoding.call(Action(AT["Treasury"], 0, data), names)
    assert call.arguments == (("", f"0x{data.hex()}"),)


def test_call_whose_text_lies_beyond_all_bounds_is_shown_as_it_is(names):
    words = [1, 1, 1, 2**256 - 1]
    data = keccak(text="spend(address,address,uint256,string)")[:4] + b"".join(w.to_bytes(32) for w in words)
    call = decoding.call(Action(AT["Treasury"], 0, data), names)
    assert call.arguments == (("", f"0x{data.hex()}"),)


def test_error_whose_text_is_none(names):
    output = keccak(text="Error(string)")[:4] + encode(["bytes"], [b"\xff"])
    assert decoding.error(output, names) == f"0x{output.hex()}"


@pytest.mark.parametrize("data", [b"", b"\1", b"\xff" * 160, encode(["uint256", "bytes"], [1, b"\xff"])])
def test_events_that_can_not_be_read_are_left_out(data):
    """Any contract may use the suite's topics, or none, with whatever it likes behind."""
    topic = keccak(text="Spent(address,address,uint256,string)")
    logs = [SimpleNamespace(address=PAYEE, data=(topics, data)) for topics in ([topic, bytes(32), bytes(32)], [])]
    assert events(logs) == []
