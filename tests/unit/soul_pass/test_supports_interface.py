"""ERC-165: the identifiers as the standards print them."""

import pytest


@pytest.mark.parametrize(
    "identifier",
    ["01ffc9a7", "80ac58cd", "5b5e139f", "b45a3c0e", "0489b56f", "49064906"],
    ids=["ERC-165", "ERC-721", "ERC-721 Metadata", "ERC-5192", "ERC-5484", "ERC-4906"],
)
def test_supports_interface(soul_pass, identifier):
    assert soul_pass.supportsInterface(bytes.fromhex(identifier))


@pytest.mark.parametrize("identifier", ["ffffffff", "00000000", "780e9d63", "d9b67a26"])
def test_supports_interface_not(soul_pass, identifier):
    """Nothing, everything, ERC-721 Enumerable, ERC-1155."""
    assert not soul_pass.supportsInterface(bytes.fromhex(identifier))
