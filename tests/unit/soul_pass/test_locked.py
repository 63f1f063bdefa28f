"""ERC-5192 and ERC-5484 answer for passes that somebody holds, and for no others."""

import pytest

from phemexia.evm import reverts

BOTH = 2


@pytest.mark.parametrize("view", ["locked", "burnAuth", "tokenURI"])
@pytest.mark.parametrize("unknown", [0, 2, 2**256 - 1])
def test_locked_of_an_unborn_id(soul_pass, pass_id, view, unknown):
    """S2: nothing is said about a pass that does not exist."""
    with reverts("Soulbound__NoSuchToken", id=unknown):
        soul_pass[view](unknown)


@pytest.mark.parametrize("view", ["locked", "burnAuth", "tokenURI"])
def test_locked_of_a_dormant_pass(soul_pass, pass_id, holder, view):
    """S2: ERC-5192 takes a token of the zero address for invalid."""
    soul_pass.burn(pass_id, sender=holder)
    with reverts("Soulbound__NoSuchToken", id=pass_id):
        soul_pass[view](pass_id)


def test_locked_and_burn_auth_never_change(soul_pass, chain, issuer, pass_id):
    assert (soul_pass.locked(pass_id), soul_pass.burnAuth(pass_id)) == (True, BOTH)
    soul_pass.revoke(pass_id, 1, sender=issuer)
    chain.sleep(10**8)
    assert (soul_pass.locked(pass_id), soul_pass.burnAuth(pass_id)) == (True, BOTH)
