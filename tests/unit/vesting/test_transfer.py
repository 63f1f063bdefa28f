"""A grant changes hands by the word of both."""

from support.schedule import add_months

from phemexia.evm import ZERO, Event, reverts

from .conftest import AMOUNT, NOTICE, TGE


def test_transfer_in_two_steps(suite, chain, vesting, grant, owner, buyer):
    grant()
    grant(amount=5, to=buyer)
    chain.warp(add_months(TGE, 24))
    vesting.claim(0, owner, sender=owner)
    before = vesting.grantOf(owner, 0)
    receipt = vesting.offer(0, buyer, sender=owner)
    offered = {"owner": owner, "number": 0, "to": buyer}
    assert receipt.events == [Event("Offered", vesting.address, offered)]
    assert vesting.grantOf(owner, 0)["offeredTo"] == buyer
    receipt = vesting.accept(owner, 0, AMOUNT - before["claimed"], sender=buyer)
    moved = {"from": owner, "number": 0, "to": buyer, "newNumber": 1}
    assert receipt.events == [Event("Transferred", vesting.address, moved)]
    assert receipt.returned == 1
    assert vesting.grantOf(buyer, 1) == before
    assert vesting.grantOf(owner, 0)["amount"] == 0
    assert vesting.promised() == AMOUNT - before["claimed"] + 5
    chain.warp(add_months(TGE, 60))
    assert vesting.claim(1, buyer, sender=buyer).returned == AMOUNT - before["claimed"]
    with reverts("Vesting__NoGrant"):
        vesting.claim(0, owner, sender=owner)


def test_accept_is_for_whom_it_was_offered_to(vesting, grant, owner, buyer, stranger):
    grant()
    with reverts("Vesting__NotOffered", caller=buyer):
        vesting.accept(owner, 0, 0, sender=buyer)
    vesting.offer(0, buyer, sender=owner)
    with reverts("Vesting__NotOffered", caller=stranger):
        vesting.accept(owner, 0, 0, sender=stranger)
    vesting.offer(0, ZERO, sender=owner)
    with reverts("Vesting__NotOffered", caller=buyer):
        vesting.accept(owner, 0, 0, sender=buyer)


def test_accept_insists_on_what_is_left(chain, vesting, grant, owner, buyer):
    """A claim just before does not leave the buyer with less than it agreed to."""
    grant()
    vesting.offer(0, buyer, sender=owner)
    chain.warp(add_months(TGE, 24))
    paid = vesting.claim(0, owner, sender=owner).returned
    with reverts("Vesting__TooLittleLeft", left=AMOUNT - paid, least=AMOUNT - paid + 1):
        vesting.accept(owner, 0, AMOUNT - paid + 1, sender=buyer)
    vesting.accept(owner, 0, AMOUNT - paid, sender=buyer)


def test_offer_is_for_the_owner(vesting, grant, buyer, dao):
    grant()
    for caller in (buyer, dao):
        with reverts("Vesting__NoGrant", owner=caller, number=0):
            vesting.offer(0, buyer, sender=caller)


def test_accept_never_while_the_grant_waits(chain, vesting, grant, grantor, guardian, owner, buyer):
    """A decision to drop names the grant by its owner and takes weeks: who could move it would dodge every one."""
    grant(sender=grantor)
    firm = chain.timestamp + NOTICE
    vesting.offer(0, buyer, sender=owner)
    chain.warp(firm - 1)
    with reverts("Vesting__Waits", firm=firm):
        vesting.accept(owner, 0, 0, sender=buyer)
    with chain.isolate():
        vesting.drop([(owner, 0)], sender=guardian)
        assert vesting.promised() == 0
    chain.warp(firm)
    vesting.accept(owner, 0, AMOUNT, sender=buyer)
    assert vesting.grantOf(buyer, 0)["firm"] == firm


def test_accept_never_of_what_can_be_revoked(chain, vesting, grant, dao, owner, buyer):
    """M1: nor does a grant move away from a revocation; what is left of it afterwards may."""
    grant(revocable=True)
    vesting.offer(0, buyer, sender=owner)
    chain.warp(add_months(TGE, 24))
    with reverts("Vesting__Revocable", owner=owner, number=0):
        vesting.accept(owner, 0, 0, sender=buyer)
    vested = vesting.revoke(owner, 0, sender=dao).events[0].args["vested"]
    vesting.accept(owner, 0, vested, sender=buyer)
    assert vesting.claim(0, buyer, sender=buyer).returned == vested


def test_transfer_leaves_no_offer_behind(vesting, grant, owner, buyer):
    """S4: to be moved on, it has to be offered anew."""
    grant()
    vesting.offer(0, buyer, sender=owner)
    vesting.accept(owner, 0, 0, sender=buyer)
    assert vesting.grantOf(buyer, 0)["offeredTo"] == ZERO
    with reverts("Vesting__NoGrant"):
        vesting.accept(owner, 0, 0, sender=buyer)
    vesting.offer(0, buyer, sender=buyer)
    assert vesting.accept(buyer, 0, AMOUNT, sender=buyer).returned == 1
