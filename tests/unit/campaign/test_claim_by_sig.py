"""A holder signs, anybody sends: recipient, way, nonce and deadline are the holder's."""

import pytest
from support.solidity import compile_source
from support.suite import FUNDS, PT, ROOT_DELAY, WEEK

from phemexia.evm import reverts

WALLET, ADD, CREATE = range(3)
FIELDS = ("holder", "passId", "kind", "to", "way", "nonce", "deadline")
KINDS = ("address", "uint256", "uint8", "address", "uint8", "uint256", "uint256")
TYPES = {"Order": [{"name": name, "type": kind} for name, kind in zip(FIELDS, KINDS, strict=True)]}


@pytest.fixture
def signed(suite, campaign, round_one, holder, recipient):
    """An order for a leaf by its index, signed by the holder unless told otherwise."""

    def made(index=0, nonce=0, to=recipient, way=WALLET, deadline=None, signer=holder, by=holder, tree=round_one):
        leaf = (*tree.leaves[index], tree.proof(index))
        deadline = suite.chain.timestamp if deadline is None else deadline
        message = (by.address, leaf[0], leaf[1], getattr(to, "address", to), way, nonce, deadline)
        signature = suite.sign(
            signer, "Phemex Campaign", campaign, "Order", TYPES, dict(zip(FIELDS, message, strict=True))
        )
        return leaf, (message[0], *message[3:]), signature

    return made


def test_claim_by_sig_pays_the_recipient(suite, campaign, signed, stranger, recipient, holder):
    """M9: at the holder's will, to the recipient it chose."""
    assert campaign.claimBySig(signed(), sender=stranger).returned == 100 * PT
    assert suite.token.balanceOf(recipient) == campaign.claimed(1, 0) == 100 * PT
    assert campaign.nonces(holder) == 1


def test_claim_by_sig_into_a_new_lock_and_one_that_is_there(suite, campaign, signed, holder, stranger):
    end = suite.chain.timestamp // WEEK * WEEK + 60 * WEEK
    suite.escrow.setOperator(campaign, True, end, sender=holder)
    campaign.claimBySig(signed(0, 0, holder, CREATE), sender=stranger)
    campaign.claimBySig(signed(1, 1, holder, ADD), sender=stranger)
    assert suite.escrow.lockOf(holder)["amount"] == 140 * PT


@pytest.mark.parametrize("part", ["passId", "kind", "to", "way", "nonce", "deadline"])
def test_claim_by_sig_binds_every_part(suite, campaign, round_one, signed, stranger, neighbour, part):
    leaf, order, signature = signed()
    if part == "passId":
        leaf = (*round_one.leaves[2], round_one.proof(2))
    elif part == "kind":
        leaf = (*round_one.leaves[1], round_one.proof(1))
    else:
        index = ("holder", "to", "way", "nonce", "deadline").index(part)
        other = neighbour.address if part == "to" else order[index] + 1
        order = (*order[:index], other, *order[index + 1 :])
    error = "InvalidAccountNonce" if part == "nonce" else "Campaign__InvalidSignature"
    with reverts(error):
        campaign.claimBySig((leaf, order, signature), sender=stranger)


def test_claim_by_sig_of_somebody_else_s_signature(campaign, signed, neighbour, holder, stranger):
    with reverts("Campaign__InvalidSignature", holder=holder):
        campaign.claimBySig(signed(signer=neighbour), sender=stranger)
    with reverts("Campaign__NotHolder", caller=neighbour, passId=1):
        campaign.claimBySig(signed(signer=neighbour, by=neighbour), sender=stranger)


def test_claim_by_sig_until_the_deadline(suite, campaign, signed, stranger):
    late = signed(deadline=suite.chain.timestamp - 1)
    with reverts("Campaign__OrderExpired", deadline=suite.chain.timestamp - 1):
        campaign.claimBySig(late, sender=stranger)
    campaign.claimBySig(signed(deadline=suite.chain.timestamp), sender=stranger)


def test_claim_by_sig_once(campaign, signed, publish, holder, stranger):
    """A signature is used up, also for what the next root adds."""
    order = signed(deadline=2**40)
    campaign.claimBySig(order, sender=stranger)
    tree = publish([(1, 0, 130 * PT)])
    again = ((*tree.leaves[0], tree.proof(0)), order[1], order[2])
    with reverts("InvalidAccountNonce", account=holder):
        campaign.claimBySig(again, sender=stranger)


def test_claim_by_sig_of_a_pass_that_moved_on(suite, campaign, signed, holder, stranger):
    """N5: the old wallet's word is worth nothing once the account has another wallet."""
    order = signed(deadline=suite.chain.timestamp + WEEK)
    suite.soul_pass.burn(1, sender=holder)
    suite.belong(suite.wallet("new wallet"), account=holder.address)
    with reverts("Campaign__NotHolder", caller=holder, passId=1):
        campaign.claimBySig(order, sender=stranger)


def test_claim_by_sig_of_a_contract(suite, campaign, signed, publish, holder, stranger):
    """ERC-1271: the contract's key signs for the contract that holds the pass."""
    wallet = suite.chain.deploy(compile_source("SmartWallets.sol", "SmartWallet"), holder.address)
    message = {
        "wallet": wallet.address, "account": b"\7" * 32, "nonce": 0, "deadline": suite.chain.timestamp,
    }  # fmt: skip
    fields = zip(message, ("address", "bytes32", "uint256", "uint256"), strict=True)
    types = {"Voucher": [{"name": name, "type": kind} for name, kind in fields]}
    voucher = suite.sign(suite.issuer, "Phemex Soul Pass", suite.soul_pass, "Voucher", types, message)
    mint = suite.soul_pass.mint.encode(tuple(message.values()), voucher)
    wallet.execute(suite.soul_pass, mint, sender=stranger)
    number = suite.soul_pass.passOf(wallet)
    tree = publish([(number, 0, 5 * PT)])
    order = signed(tree=tree, by=wallet)
    wallet.misbehave(400_000, 0, sender=stranger)
    with reverts("Campaign__InvalidSignature", holder=wallet):
        campaign.claimBySig(order, sender=stranger)
    wallet.misbehave(0, 0, sender=stranger)
    assert campaign.claimBySig(order, sender=stranger).returned == 5 * PT


def test_claim_by_sig_makes_a_new_lock_for_the_holder_alone(suite, campaign, signed, holder, neighbour, stranger):
    """A1: see test_claim_to_lock.py; nor by an order."""
    end = suite.chain.timestamp // WEEK * WEEK + 60 * WEEK
    suite.escrow.setOperator(campaign, True, end, sender=neighbour)
    with reverts("Campaign__NotOwnLock", holder=holder, lockOwner=neighbour):
        campaign.claimBySig(signed(to=neighbour, way=CREATE), sender=stranger)


def test_claim_by_sig_for_another_campaign(suite, campaign, signed, dao, terms, plans, stranger, holder):
    """D10: an order is for one campaign on one chain, even if another one pays the same leaf of the same root."""
    args = (suite.token, suite.soul_pass, dao, suite.treasury, suite.escrow, suite.core_team, suite.publisher)
    twin = suite.chain.deploy("Campaign", *args, suite.guardian, FUNDS, terms, plans)
    suite.pay(twin, FUNDS)
    order = signed(deadline=2**40)
    twin.proposeRoot(campaign.activeRoot()["root"], 200 * PT, sender=suite.publisher)
    suite.chain.sleep(ROOT_DELAY)
    with reverts("Campaign__InvalidSignature", holder=holder):
        twin.claimBySig(order, sender=stranger)
    assert campaign.claimBySig(order, sender=stranger).returned == 100 * PT


def test_claim_many_by_sig_skips_a_way_that_there_is_not(campaign, signed, neighbour, stranger, holder):
    """M10: who signs nonsense spoils no batch."""
    for way in (3, 255):
        bad = signed(way=way)
        with reverts("Campaign__UnknownWay", way=way):
            campaign.claimBySig(bad, sender=stranger)
        with campaign.chain.isolate():
            other = signed(2, by=neighbour, signer=neighbour)
            receipt = campaign.claimManyBySig([bad, other], sender=stranger)
            assert (receipt.returned, len(receipt.named("OrderSkipped"))) == (60 * PT, 1)
            assert campaign.nonces(holder) == 0


def test_claim_many_by_sig_skips_what_fails(suite, campaign, signed, neighbour, stranger, recipient, holder):
    """M10: one bad order stops nobody, and keeps its nonce."""
    good, bad = signed(0), signed(2)
    other = signed(2, by=neighbour, signer=neighbour)
    receipt = campaign.claimManyBySig([good, bad, good, other], sender=stranger)
    assert receipt.returned == suite.token.balanceOf(recipient) == 160 * PT
    skipped = receipt.named("OrderSkipped")
    assert [(event.args["passId"], event.args["kind"]) for event in skipped] == [(2, 0), (1, 0)]
    assert (campaign.nonces(holder), campaign.nonces(neighbour)) == (1, 1)
