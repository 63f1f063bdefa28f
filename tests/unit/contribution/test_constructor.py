"""What the program is told once and for all; its door for ether."""

import pytest

from phemexia.evm import ZERO, reverts


def test_constructor_remembers_whom_it_was_told_of(program, contributors):
    told = [contributors.treasury(), contributors.groups(), contributors.soulPass(), contributors.dao()]
    assert told == [program.treasury.address, program.offices.address, program.soul_pass.address, program.dao]
    assert (contributors.awards(), contributors.grants()) == (0, 0)


@pytest.mark.parametrize("missing", range(4))
def test_constructor_wants_addresses(program, missing):
    args = [program.treasury.address, program.offices.address, program.soul_pass.address, program.dao]
    args[missing] = ZERO
    with reverts("Contributors__ZeroAddress"):
        program.chain.deploy("Contributors", *args)


def test_receive_takes_ether_from_the_treasury_alone(program, chain, contributors, dao, stranger):
    with reverts("Contributors__NotTreasury", sender=stranger):
        chain.send(stranger, contributors, value=1)
    program.treasury.spend(ZERO, contributors, 5, "a gift", sender=dao)
    assert chain.balance(contributors) == 5
    assert chain.code(contributors)
    assert len(chain.code(contributors)) < 24_576
