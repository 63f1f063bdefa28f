"""The revocation of a pass, readable by id, held or dormant."""

import pytest

from phemexia.evm import reverts


def test_revocation_of_a_pass_in_good_standing(soul_pass, pass_id):
    assert soul_pass.revocationOf(pass_id) == (0, 0)


@pytest.mark.parametrize("unknown", [0, 2, 2**256 - 1])
def test_revocation_of_an_unknown_id(soul_pass, pass_id, unknown):
    with reverts("SoulPass__UnknownPass", id=unknown):
        soul_pass.revocationOf(unknown)
