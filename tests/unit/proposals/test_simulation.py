"""What a simulation says of contracts that want to mislead."""

from rich.console import Console

from phemexia.proposals import drawing, simulation
from phemexia.proposals.simulation import Change

from .conftest import AT, PAYEE

OURS = AT["PhemexToken"]


def test_symbol_of_a_token_that_misleads(names):
    assert simulation.symbol_of("PT", OURS, names) == "PT"
    assert simulation.symbol_of("GLD", PAYEE, names) == "GLD"
    for told in ("PT", "pt ", "ether", "", "x" * 17, "A\x1b[2J", "A\nB", None, 7):
        assert simulation.symbol_of(told, PAYEE, names) == PAYEE


def test_balances_of_a_token_with_markup_in_its_symbol():
    console = Console(width=200, record=True)
    console.print(drawing._balances((Change(PAYEE, "[/]", 18, 0, 10**18), Change(PAYEE, "[red]", 255, 5, 0))))
    text = console.export_text()
    assert "[/]" in text
    assert "[red]" in text


def test_logs_without_a_topic():
    tree = {"from": PAYEE, "to": PAYEE, "logs": [{"address": PAYEE, "topics": [], "data": "0x"}]}
    assert not any(simulation._moves(log) for log in simulation._logs(tree))
