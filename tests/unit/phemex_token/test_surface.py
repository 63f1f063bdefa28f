"""What PT can do is closed: its list of functions is written down here."""

from phemexia import artifacts

WRITES = {"approve", "burn", "burnFrom", "permit", "transfer", "transferFrom"}


def test_surface_has_no_mint_and_no_owner():
    """Rule 1: no key holds a power over PT; a new state-changing function would have to be added here."""
    functions = [item for item in artifacts.load("PhemexToken").abi if item["type"] == "function"]
    writes = {item["name"] for item in functions if item["stateMutability"] not in ("view", "pure")}
    assert writes == WRITES


def test_surface_has_no_receiving_fallback():
    kinds = {item["type"] for item in artifacts.load("PhemexToken").abi}
    assert not kinds & {"fallback", "receive"}
