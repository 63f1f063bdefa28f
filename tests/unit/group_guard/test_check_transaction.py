"""What a group's Safe can't do, whoever of its owners want it."""

import pytest
from eth_abi import encode
from eth_utils import keccak
from support.safe import DELEGATE_CALL, Safe
from support.solidity import compile_source

from phemexia.evm import ZERO, reverts

SENTINEL = "0x" + "00" * 19 + "01"
ROGUE = "0x" + "66" * 20
OWNERS = 2  # the slot of Safe's mapping of owners


def test_check_transaction_lets_calls_through(chain, groups, group, safe, lead, member, stranger):
    chain.fund(safe.address, 10)
    before = chain.balance(stranger.address)
    safe.execute([lead, member], stranger.address, value=7)
    assert chain.balance(stranger.address) == before + 7
    assert groups.inLine(group)


def test_check_transaction_needs_a_majority_of_the_members(chain, safe, lead, member, stranger):
    chain.fund(safe.address, 10)
    with reverts("Error", message="GS020"):
        safe.execute([lead], stranger.address, value=7)
    with reverts("Error", message="GS026"):
        safe.execute([lead, stranger], stranger.address, value=7)


@pytest.mark.parametrize("everyone", [False, True])
def test_check_transaction_refuses_delegate_calls(chain, safe, lead, member, other, everyone):
    """G15: a delegate call can write any storage: the code, a hidden owner, a forged consent."""
    rewriter = chain.deploy(compile_source("Rewriter.sol"))
    owners = [lead, member, other] if everyone else [lead, member]
    with reverts("GroupGuard__DelegateCall", to=rewriter.address):
        safe.execute(owners, rewriter, rewriter.write.encode(0, 1), operation=DELEGATE_CALL)


OWN = {
    "enableModule": (ROGUE,),
    "disableModule": (SENTINEL, "groups"),
    "setGuard": (ZERO,),
    "setModuleGuard": (ZERO,),
    "setFallbackHandler": (ROGUE,),
    "addOwnerWithThreshold": (ROGUE, 1),
    "removeOwner": (SENTINEL, "first", 1),
    "swapOwner": (SENTINEL, "first", ROGUE),
    "changeThreshold": (1,),
}


@pytest.mark.parametrize("function", OWN)
def test_check_transaction_refuses_to_change_the_safe(groups, group, safe, lead, member, other, function):
    """S5: the Safe's own settings are no business of its owners, who could outlast their terms by them."""
    names = {"groups": groups.address, "first": safe.contract.getOwners()[0]}
    data = getattr(safe.contract, function).encode(*(names.get(value, value) for value in OWN[function]))
    with reverts("GroupGuard__CallToItself", account=safe.address):
        safe.execute([lead, member, other], safe.address, data)
    assert groups.inLine(group)


def test_check_transaction_covers_every_function_that_only_the_safe_may_call(safe, lead):
    """No setter of Safe 1.5.0 is missing above: whatever else changes state is meant for others."""
    open_ = {
        "approveHash",  # by an owner, for itself
        "execTransaction",  # what the guard sees
        "execTransactionFromModule",  # by the module
        "execTransactionFromModuleReturnData",
        "setup",  # once
        "simulateAndRevert",  # reverts
    }
    changing = {
        item["name"] for item in safe.contract.abi
        if item["type"] == "function" and item["stateMutability"] not in ("view", "pure")
    }  # fmt: skip
    assert changing == open_ | OWN.keys()
    for name in OWN:
        arguments = [1 if kind == "uint256" else ROGUE for kind in getattr(safe.contract, name).inputs]
        with reverts("Error", message="GS031"):
            getattr(safe.contract, name)(*arguments, sender=lead)


def test_check_transaction_refuses_while_out_of_line(chain, groups, group, safe, lead, member, other, burn):
    """S5: an owner whose pass is gone counts no longer, though the Safe still lists it."""
    chain.fund(safe.address, 10)
    burn(member)
    with reverts("GroupGuard__OutOfLine", group=group):
        safe.execute([lead, member], other.address, value=1)
    with reverts("GroupGuard__OutOfLine", group=group):
        safe.execute([lead, other], other.address, value=1)
    groups.align(group, sender=lead)
    with reverts("Error", message="GS026"):
        safe.execute([lead, member], other.address, value=1)
    safe.execute([lead, other], other.address, value=1)


def test_check_transaction_to_the_second(chain, groups, group, safe, lead, member, other, until):
    chain.fund(safe.address, 10)
    chain.warp(until - 1)
    safe.execute([lead, member], other.address, value=1)
    chain.warp(until)
    with reverts("GroupGuard__OutOfLine", group=group):
        safe.execute([lead, member], other.address, value=1)


def test_check_transaction_refuses_a_signature_from_before(groups, group, safe, lead, member, burn, chain):
    """S5: what a member signed while it counted is worth nothing afterwards."""
    chain.fund(safe.address, 10)
    signatures = safe.sign([lead, member], member.address, value=1)
    burn(member)
    groups.align(group, sender=lead)
    with reverts("Error", message="GS026"):
        safe.execute([member], member.address, value=1, signatures=signatures)


def test_check_transaction_of_a_closed_group(chain, groups, dao, group, safe, lead, member, other):
    """What a closed group's Safe holds stays, until the DAO opens the group again."""
    chain.fund(safe.address, 10)
    groups.close(group, sender=dao)
    with reverts("GroupGuard__OutOfLine", group=group):
        safe.execute([lead, member], other.address, value=1)
    groups.align(group, sender=lead)
    with reverts("Error", message="GS026"):
        safe.execute([lead, member], other.address, value=1)
    groups.reopen(group, sender=dao)
    groups.align(group, sender=lead)
    safe.execute([lead, member], other.address, value=1)


def test_check_transaction_of_a_safe_that_is_nobodys(chain, groups, group, safe, lead, member, other, burn):
    """The only owner is the groups' contract: it signs nothing, and forged forms of its consent are refused."""
    for account in (lead, member, other):
        burn(account)
    groups.align(group, sender=lead)
    owner = bytes(12) + bytes.fromhex(groups.address[2:])
    by_contract = owner + (65).to_bytes(32) + b"\0" + bytes(32)
    approved = owner + bytes(32) + b"\1"
    with reverts(""):
        safe.execute([lead], lead.address, signatures=by_contract)
    with reverts("Error", message="GS025"):
        safe.execute([lead], lead.address, signatures=approved)


def test_check_transaction_is_needed_against_what_no_view_shows(chain, groups, group, safe, stranger, lead):
    """A hidden owner, as a delegate call could write one: in no list, and its signature counts."""
    chain.fund(safe.address, 10)
    slot = int.from_bytes(keccak(encode(["address", "uint256"], [stranger.address, OWNERS])))
    chain.store(safe.address, slot, 1)
    assert stranger.address not in safe.owners()
    assert groups.inLine(group)
    safe.execute([lead, stranger], stranger.address, value=1)


def test_check_transaction_of_any_other_safe(chain, groups, group, safe, stranger):
    """The guard belongs to the groups: another Safe that takes it can do nothing any more."""
    factory = chain.at("SafeProxyFactory", groups.factory())
    setup = safe.contract.setup.encode([stranger.address], 1, ZERO, b"", ZERO, ZERO, 0, ZERO)
    lone = Safe(chain, factory.createProxyWithNonce(groups.singleton(), setup, 1, sender=stranger).returned)
    lone.execute([stranger], lone.address, safe.contract.setGuard.encode(groups.guard()))
    with reverts("GroupGuard__OutOfLine", group=0):
        lone.execute([stranger], stranger.address)


def test_check_transaction_leaves_the_safe_unable_to_be_set_up_again(safe, stranger):
    with reverts("Error", message="GS200"):
        safe.contract.setup([stranger.address], 1, ZERO, b"", ZERO, ZERO, 0, ZERO, sender=stranger)


def test_check_transaction_leaves_modules_to_the_groups(safe, stranger):
    with reverts("Error", message="GS104"):
        safe.contract.execTransactionFromModule(stranger.address, 0, b"", 0, sender=stranger)
