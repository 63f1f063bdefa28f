"""inLine and maySpend of a Safe: what makes them false."""

import pytest
from eth_abi import encode
from eth_utils import keccak

from phemexia.evm import ZERO, reverts

OWNERS = 2  # the slot of Safe's mapping of owners
THRESHOLD = 4
GUARD = 0x4A204F620C8C5CCDCA3FD54D003BADD85BA500436A431F0CBDA4F558C93C34C8
HANDLER = 0x6C9A6C4A39284E37ED1CF53D337577D14212A4870FB976A4366C693B939918D5


def mapped(slot, key):
    """The slot of an address in a mapping."""
    return int.from_bytes(keccak(encode(["address", "uint256"], [key, slot])))


def test_in_line(groups, group, safe):
    assert groups.inLine(group)
    assert groups.maySpend(group, safe.address)


@pytest.mark.parametrize("what", ["joins", "leaves", "is replaced"])
def test_in_line_not_before_the_safe_follows(groups, dao, group, safe, lead, member, candidate, until, what):
    if what == "joins":
        groups.addMember(group, candidate, until, sender=lead)
    elif what == "leaves":
        groups.removeMember(group, member, sender=lead)
    else:
        groups.appointLead(group, candidate, until, sender=dao)
    assert not groups.inLine(group)
    assert not groups.maySpend(group, safe.address)
    groups.align(group, sender=lead)
    assert groups.inLine(group)
    assert groups.maySpend(group, safe.address)


def test_in_line_again_when_who_joined_has_left(groups, group, lead, candidate, until):
    groups.addMember(group, candidate, until, sender=lead)
    groups.removeMember(group, candidate, sender=lead)
    assert groups.inLine(group)


# No transaction of a Safe can do what follows, since its guard refuses it. If there were a way that nobody thought
# of, budgets would refuse the Safe all the same.


def test_in_line_asks_for_the_pinned_code(chain, groups, group, safe):
    chain.store(safe.address, 0, int(groups.fallbackHandler(), 16))
    assert not groups.inLine(group)
    assert not groups.maySpend(group, safe.address)


@pytest.mark.parametrize("slot", [GUARD, HANDLER])
@pytest.mark.parametrize("word", [0, 0xBAD])
def test_in_line_asks_for_the_guard_and_the_handler(chain, groups, group, safe, slot, word):
    """S5: a handler is called as the Safe on anyone's word, so it matters as much as the guard."""
    chain.store(safe.address, slot, word)
    assert not groups.inLine(group)


def test_in_line_asks_for_one_module(chain, groups, group, safe):
    sentinel, rogue = "0x" + "00" * 19 + "01", "0x" + "22" * 20
    modules = 1
    chain.store(safe.address, mapped(modules, sentinel), int(rogue, 16))
    chain.store(safe.address, mapped(modules, rogue), int(groups.address, 16))
    assert safe.contract.isModuleEnabled(rogue)
    assert safe.contract.isModuleEnabled(groups.address)
    assert not groups.inLine(group)


def test_in_line_asks_for_our_module(chain, groups, group, safe):
    sentinel = "0x" + "00" * 19 + "01"
    chain.store(safe.address, mapped(1, sentinel), 1)
    assert not groups.inLine(group)


@pytest.mark.parametrize("threshold", [1, 3])
def test_in_line_asks_for_a_majority(chain, groups, group, safe, threshold):
    chain.store(safe.address, THRESHOLD, threshold)
    assert safe.threshold() == threshold
    assert not groups.inLine(group)
    groups.align(group, sender=groups.dao())
    assert groups.inLine(group)
    assert safe.threshold() == 2


def test_in_line_asks_for_the_members(chain, groups, group, safe, stranger, member):
    """As many owners as members, and one of them is another."""
    after = chain.storage(safe.address, mapped(OWNERS, member.address))
    before = next(
        owner for owner in ("0x" + "00" * 19 + "01", *safe.owners())
        if chain.storage(safe.address, mapped(OWNERS, owner)) == int(member.address, 16)
    )  # fmt: skip
    chain.store(safe.address, mapped(OWNERS, before), int(stranger.address, 16))
    chain.store(safe.address, mapped(OWNERS, stranger.address), after)
    chain.store(safe.address, mapped(OWNERS, member.address), 0)
    assert stranger.address in safe.owners()
    assert len(safe.owners()) == 3
    assert not groups.inLine(group)
    groups.align(group, sender=member)
    assert groups.inLine(group)
    assert member.address in safe.owners()


def test_may_spend_is_for_safe_member_and_payer(chain, groups, dao, group, safe, lead, stranger):
    payer = chain.account("payer")
    groups.setPayer(payer, True, sender=dao)
    for account in (safe.address, lead.address, payer):
        assert groups.maySpend(group, account)
    for account in (stranger.address, groups.address, ZERO):
        assert not groups.maySpend(group, account)


def test_may_spend_not_for_another_groups_safe(groups, dao, group, safe, lead, until):
    second = groups.open("Operation", bytes(32), "", 2, lead, until, sender=dao).returned
    groups.align(second, sender=lead)
    assert groups.maySpend(second, groups.accountOf(second))
    assert not groups.maySpend(second, safe.address)
    assert not groups.maySpend(group, groups.accountOf(second))


def test_may_spend_never_for_a_closed_or_unknown_group(chain, groups, dao, group, safe, lead):
    payer = chain.account("payer")
    groups.setPayer(payer, True, sender=dao)
    groups.close(group, sender=dao)
    for number in (group, group + 1):
        for account in (safe.address, lead.address, payer):
            assert not groups.maySpend(number, account)


def test_may_spend_lets_a_budget_pay_or_not(suite, chain, groups, dao, group, safe, lead, member, other, burn):
    """The treasury refuses a Safe whose owners are not its group's members, and a member who counts no longer."""
    treasury = chain.deploy("Treasury", chain.account("token"), dao, suite.governor, groups)
    chain.fund(treasury.address, 10**21)
    now, eth = chain.timestamp, 10**18
    terms = (safe.address, ZERO, eth, 0, now, now + 86_400, group)
    budget = treasury.openBudget(terms, sender=dao).returned
    below = (lead.address, ZERO, eth, 0, now, now + 86_400, 0)
    owners = [lead, member]
    payee = "0x" + "77" * 20
    pay = treasury.pay.encode(budget, payee, 10, bytes(32), "")
    safe.execute(owners, treasury, pay)
    safe.execute(owners, treasury, treasury.openBudgetBelow.encode(budget, below))
    treasury.pay(2, payee, 5, bytes(32), "", sender=lead)
    assert chain.balance(payee) == 15
    burn(other)
    with reverts("GroupGuard__OutOfLine", group=group):
        safe.execute(owners, treasury, pay)
    groups.align(group, sender=lead)
    safe.execute(owners, treasury, pay)
    burn(lead)
    with reverts("Budgets__GroupObjects", group=group, spender=lead.address):
        treasury.pay(2, payee, 5, bytes(32), "", sender=lead)
