"""The guard as Safe asks for one."""

import pytest

from phemexia.evm import ZERO, reverts


def test_equip_only_by_a_safe_that_is_set_up(chain, groups, group, stranger):
    guard = chain.at("GroupGuard", groups.guard())
    with reverts(""):
        guard.equip(sender=stranger)


def test_equip_wants_the_groups(chain):
    with reverts("GroupGuard__ZeroAddress"):
        chain.deploy("GroupGuard", ZERO)


def test_equip_by_a_guard_that_knows_its_groups(chain, groups):
    assert chain.at("GroupGuard", groups.guard()).groups() == groups.address


@pytest.mark.parametrize(("id_", "known"), [("e6d7a83a", True), ("01ffc9a7", True), ("ffffffff", False)])
def test_equip_by_a_guard_that_safe_takes_for_one(chain, groups, id_, known):
    guard = chain.at("GroupGuard", groups.guard())
    assert guard.supportsInterface(bytes.fromhex(id_)) is known


def test_equip_by_a_guard_that_does_nothing_afterwards(chain, groups, stranger):
    guard = chain.at("GroupGuard", groups.guard())
    assert guard.checkAfterExecution(bytes(32), True, sender=stranger).events == []
