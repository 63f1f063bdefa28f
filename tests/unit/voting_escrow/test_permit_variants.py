"""`createWithPermit`, `addWithPermit`, `addAndExtendWithPermit`: action and allowance in one transaction."""

from dataclasses import dataclass
from typing import Any

import pytest
from eth_account import Account
from eth_utils import keccak
from support.escrow import MIN_DEPOSIT, PT, WEEK, boundary, event, sign_permit

from phemexia.evm import Receipt, reverts

AMOUNT = 5 * PT
VARIANTS = ["createWithPermit", "addWithPermit", "addAndExtendWithPermit"]


@dataclass
class Variant:
    """One function with a permit, ready to be called for a holder who has tokens and gave no allowance."""

    name: str
    escrow: Any
    token: Any
    signer: Any
    end: int
    deadline: int

    def sign(self, value: int = AMOUNT, signer: Any = None) -> tuple:
        return sign_permit(signer or self.signer, self.token, self.escrow.address, value, self.deadline)

    def call(self, signature: tuple, amount: int = AMOUNT, sender: Any = None) -> Receipt:
        terms = [amount] if self.name == "addWithPermit" else [amount, self.end]
        return self.escrow[self._signature](*terms, self.deadline, *signature, sender=sender or self.signer)

    @property
    def _signature(self) -> str:
        terms = "uint256" if self.name == "addWithPermit" else "uint256,uint256"
        return f"{self.name}({terms},uint256,uint8,bytes32,bytes32)"


@pytest.fixture(params=VARIANTS)
def variant(request, chain, escrow, token, signer, lock, fund) -> Variant:
    end = boundary(chain.timestamp, 60)
    if request.param != "createWithPermit":
        lock(signer.address, 10 * PT, weeks=52)
        token.approve(escrow, 0, sender=signer)
    fund(signer.address, AMOUNT, approve=False)
    return Variant(request.param, escrow, token, signer, end, deadline=chain.timestamp + 600)


def test_with_permit_acts_and_pays(variant, escrow, token, holder):
    """D9: a permit that an independent library signed opens exactly the allowance that is used."""
    receipt = variant.call(variant.sign())
    created = variant.name == "createWithPermit"
    expected = [
        event(token, "Approval", owner=holder, spender=escrow.address, value=AMOUNT),
        event(escrow, "Created", owner=holder, payer=holder, amount=AMOUNT, unlockTime=variant.end)
        if created
        else event(escrow, "Added", owner=holder, payer=holder, amount=AMOUNT),
        event(token, "Transfer", from_=holder, to=escrow.address, value=AMOUNT),
    ]
    if variant.name == "addAndExtendWithPermit":
        expected.insert(2, event(escrow, "Extended", owner=holder, unlockTime=variant.end))
    assert receipt.events == expected
    assert escrow.lockOf(holder)["amount"] == AMOUNT + (0 if created else 10 * PT)
    assert token.allowance(holder, escrow.address) == 0
    assert token.nonces(holder) == 1


def test_with_permit_that_somebody_sent_before(variant, escrow, token, holder, stranger):
    """Who takes the permit out of the mempool and sends it alone does not stop the call."""
    signature = variant.sign()
    token.permit(holder, escrow, AMOUNT, variant.deadline, *signature, sender=stranger)
    variant.call(signature)
    assert escrow.lockOf(holder)["amount"] >= AMOUNT
    assert token.allowance(holder, escrow.address) == 0


def test_with_permit_twice(variant, token, fund, holder, chain):
    """D10: the same permit does not pay again."""
    signature = variant.sign()
    variant.call(signature)
    fund(holder, AMOUNT, approve=False)
    name = "VotingEscrow__LockExists" if variant.name == "createWithPermit" else "ERC20InsufficientAllowance"
    if variant.name == "addAndExtendWithPermit":
        variant.end += WEEK
    with reverts(name):
        variant.call(signature)


def test_with_permit_for_less(variant, escrow):
    with reverts("ERC20InsufficientAllowance", spender=escrow, allowance=0, needed=AMOUNT):
        variant.call(variant.sign(AMOUNT - 1))


def test_with_permit_by_somebody_else(variant, escrow):
    other = Account.from_key(keccak(text="escrow impostor"))
    with reverts("ERC20InsufficientAllowance", spender=escrow, allowance=0, needed=AMOUNT):
        variant.call(variant.sign(signer=other))


@pytest.mark.parametrize("late", [0, 1])
def test_with_permit_at_its_deadline(variant, chain, escrow, holder, late):
    """D10: the deadline's own second counts, the next one does not."""
    signature = variant.sign()
    chain.warp(variant.deadline + late)
    if late:
        with reverts("ERC20InsufficientAllowance", allowance=0, needed=AMOUNT):
            variant.call(signature)
    else:
        variant.call(signature)
        assert escrow.lockOf(holder)["amount"] >= AMOUNT


def test_with_permit_of_the_owner_called_by_a_stranger(variant, chain, escrow, token, stranger, lock):
    """A1: a permit found in the mempool moves nobody else's tokens into a stranger's lock."""
    signature = variant.sign()
    if variant.name != "createWithPermit":
        lock(stranger, PT)
        token.approve(escrow, 0, sender=stranger)
    with reverts("ERC20InsufficientAllowance", spender=escrow, allowance=0):
        variant.call(signature, sender=stranger)


def test_with_permit_that_fails_where_an_allowance_stands(variant, escrow, token, holder):
    """A permit that fails is ignored; what counts is the allowance."""
    token.approve(escrow, AMOUNT, sender=holder)
    variant.call((27, bytes(32), bytes(32)))
    assert escrow.lockOf(holder)["amount"] >= AMOUNT


@pytest.mark.parametrize("amount", [0, MIN_DEPOSIT - 1])
def test_with_permit_below_the_least_deposit(variant, amount):
    """V2: the requirements are those of the plain functions."""
    with reverts("VotingEscrow__DepositTooSmall", amount=amount, minimum=MIN_DEPOSIT):
        variant.call(variant.sign(amount), amount=amount)


@pytest.mark.parametrize("variant", ["createWithPermit", "addAndExtendWithPermit"], indirect=True)
def test_with_permit_to_a_bad_end(variant):
    variant.end += 1
    with reverts("VotingEscrow__NotWeekBoundary", unlockTime=variant.end):
        variant.call(variant.sign())
