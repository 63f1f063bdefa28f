"""The holder of a pass claims what the pass was granted, once."""

import pytest
from eth_utils import keccak
from support.solidity import compile_source
from support.suite import DAY, MAX_STEP, PT, ROOT_DELAY

from phemexia.evm import ZERO, Event, reverts

from .conftest import API, RETAIL, tree_of


def test_claim_pays_any_address_the_holder_names(suite, campaign, round_one, holder, recipient, claim):
    """M9: by the holder, to a recipient of its choice."""
    receipt = claim(round_one, 0, holder)
    assert receipt.returned == 100 * PT
    args = {"passId": 1, "kind": RETAIL, "to": recipient, "amount": 100 * PT, "cumulative": 100 * PT}
    assert receipt.named("Claimed") == [Event("Claimed", campaign.address, args)]
    assert suite.token.balanceOf(recipient) == 100 * PT
    assert suite.token.balanceOf(holder) == 0
    assert campaign.claimed(1, RETAIL) == campaign.claimedTotal() == 100 * PT


def test_claim_keeps_kinds_and_passes_apart(campaign, round_one, holder, neighbour, claim):
    """M3: several grants are independent."""
    assert claim(round_one, 1, holder).returned == 40 * PT
    assert claim(round_one, 0, holder).returned == 100 * PT
    assert claim(round_one, 2, neighbour).returned == 60 * PT
    claimed = [campaign.claimed(p, k) for p, k in ((1, RETAIL), (1, API), (2, RETAIL), (2, API))]
    assert claimed == [100 * PT, 40 * PT, 60 * PT, 0]
    assert campaign.claimedTotal() == 200 * PT


def test_claim_refuses_a_second_time(round_one, holder, claim):
    claim(round_one, 0, holder)
    with reverts("Campaign__NothingToClaim", passId=1, kind=RETAIL, unlocked=100 * PT):
        claim(round_one, 0, holder)


def test_claim_of_a_new_root_pays_the_difference(suite, campaign, round_one, holder, recipient, publish, claim):
    """M6: the amounts are cumulative, so a new root pays nothing twice and loses nothing."""
    claim(round_one, 0, holder)
    second = publish([(1, RETAIL, 130 * PT), (1, API, 40 * PT), (2, RETAIL, 60 * PT)])
    assert claim(second, 0, holder).returned == 30 * PT
    # Not claimed in the first round, and not lost.
    assert claim(second, 1, holder).returned == 40 * PT
    assert suite.token.balanceOf(recipient) == 170 * PT


def test_claim_by_an_old_proof_is_refused(round_one, holder, publish, claim):
    """M6: only the active root counts."""
    publish([(1, RETAIL, 130 * PT), (2, RETAIL, 60 * PT)])
    with reverts("Campaign__InvalidProof"):
        claim(round_one, 0, holder)


@pytest.mark.parametrize("lower", [100 * PT, 100 * PT - 1, 0])
def test_claim_of_a_root_that_grants_less_pays_nothing(campaign, round_one, holder, publish, claim, lower):
    """M6: Σ claimed never exceeds the cumulative leaf again, and nothing is taken back."""
    claim(round_one, 0, holder)
    second = publish([(1, RETAIL, lower), (2, RETAIL, 60 * PT)], total=200 * PT)
    with reverts("Campaign__NothingToClaim", unlocked=lower):
        claim(second, 0, holder)
    assert campaign.claimed(1, RETAIL) == 100 * PT


def test_claim_never_pays_more_than_the_total(suite, campaign, holder, neighbour, recipient, publish, claim):
    """N12: the leaves may promise what they like; the root's total is what is paid, to the last wei of it."""
    tree = publish([(1, RETAIL, 100 * PT), (2, RETAIL, 60 * PT)], total=160 * PT - 1)
    claim(tree, 0, holder)
    receipt = claim(tree, 1, neighbour)
    assert receipt.returned == 60 * PT - 1
    args = {"passId": 2, "kind": RETAIL, "to": recipient, "amount": 60 * PT - 1, "cumulative": 60 * PT - 1}
    assert receipt.named("Claimed") == [Event("Claimed", campaign.address, args)]
    assert campaign.claimed(2, RETAIL) == 60 * PT - 1
    assert suite.token.balanceOf(recipient) == campaign.claimedTotal() == 160 * PT - 1
    with reverts("Campaign__TotalExhausted", total=160 * PT - 1):
        claim(tree, 1, neighbour)


def test_claim_leaves_what_the_total_did_not_cover_for_the_next_root(holder, neighbour, publish, claim):
    """M6: what was paid is recorded, not what was granted: a total that was set too low takes nothing for good."""
    leaves = [(1, RETAIL, 100 * PT), (2, RETAIL, 60 * PT)]
    tree = publish(leaves, total=101 * PT)
    claim(tree, 0, holder)
    assert claim(tree, 1, neighbour).returned == PT
    again = publish(leaves)
    assert claim(again, 1, neighbour).returned == 59 * PT
    with reverts("Campaign__NothingToClaim", passId=2, unlocked=60 * PT):
        claim(again, 1, neighbour)


def test_claim_of_a_correction_stops_at_what_another_took_too_much(holder, neighbour, publish, claim):
    """A leaf lowered after its claim costs others the excess that was paid, and not their whole grant."""
    first = publish([(1, RETAIL, 100 * PT), (2, RETAIL, 100 * PT)])
    claim(first, 0, holder)
    second = publish([(1, RETAIL, 50 * PT), (2, RETAIL, 200 * PT)])
    assert claim(second, 1, neighbour).returned == 150 * PT


def test_claim_up_to_the_total(campaign, holder, neighbour, publish, claim):
    """N12: the boundary from the other side."""
    tree = publish([(1, RETAIL, 100 * PT), (2, RETAIL, 60 * PT)])
    claim(tree, 0, holder)
    assert claim(tree, 1, neighbour).returned == 60 * PT
    assert campaign.claimedTotal() == campaign.activeRoot()["total"]


def test_claim_of_the_largest_leaf_takes_the_total_at_most(campaign, holder, publish, claim):
    """M2, N12: a leaf of 2^256 - 1 overflows nothing."""
    tree = publish([(1, RETAIL, 2**256 - 1), (1, API, 1)], total=MAX_STEP)
    assert claim(tree, 0, holder).returned == campaign.claimed(1, RETAIL) == MAX_STEP
    with reverts("Campaign__NothingToClaim", unlocked=MAX_STEP):
        claim(tree, 0, holder)
    with reverts("Campaign__TotalExhausted", total=MAX_STEP):
        claim(tree, 1, holder)


def test_claim_refuses_without_the_pass(campaign, round_one, neighbour, stranger, claim):
    """M9: nobody claims for another at a time of its own choosing."""
    for caller in (neighbour, stranger):
        with reverts("Campaign__NotHolder", caller=caller, passId=1):
            claim(round_one, 0, caller)


def test_claim_refuses_pass_zero(campaign, publish, stranger, claim):
    """A wallet without a pass is no holder of pass zero, whatever a leaf says."""
    tree = publish([(0, RETAIL, 5)])
    with reverts("Campaign__NotHolder", caller=stranger, passId=0):
        claim(tree, 0, stranger)


def test_claim_with_a_revoked_pass_keeps_what_was_granted(suite, round_one, holder, claim):
    suite.soul_pass.revoke(1, 1, sender=suite.issuer)
    suite.chain.sleep(40 * DAY)
    assert claim(round_one, 0, holder).returned == 100 * PT


def test_claim_follows_the_account_to_its_new_wallet(suite, campaign, round_one, holder, claim):
    """N4: one id for ever: neither lost nor fresh after burning and minting again."""
    claim(round_one, 1, holder)
    suite.soul_pass.burn(1, sender=holder)
    with reverts("Campaign__NotHolder", caller=holder):
        claim(round_one, 0, holder)
    new = suite.wallet("new wallet")
    assert suite.belong(new, account=holder.address) == 1
    assert claim(round_one, 0, new).returned == 100 * PT
    with reverts("Campaign__NothingToClaim", kind=API):
        claim(round_one, 1, new)


def test_claim_refuses_another_leaf_than_was_proven(campaign, round_one, holder, recipient):
    proof = round_one.proof(0)
    for leaf in ((1, API, 100 * PT), (1, RETAIL, 100 * PT + 1), (1, RETAIL, 100 * PT - 1)):
        with reverts("Campaign__InvalidProof", passId=leaf[0], kind=leaf[1], cumulative=leaf[2]):
            campaign.claim(*leaf, proof, recipient, sender=holder)


def test_claim_refuses_a_wrong_proof(campaign, round_one, holder, recipient):
    proof = round_one.proof(0)
    for wrong in ([], proof[:-1], [*proof, round_one.root], round_one.proof(1), [*proof[::-1], bytes(32)]):
        with reverts("Campaign__InvalidProof"):
            campaign.claim(*round_one.leaves[0], wrong, recipient, sender=holder)


def test_claim_without_a_root(campaign, holder, recipient):
    with reverts("Campaign__InvalidProof"):
        campaign.claim(1, RETAIL, 5, [], recipient, sender=holder)


def test_claim_refuses_a_leaf_hashed_once(suite, campaign, publisher, holder, recipient):
    """M7: the only leaf's single hash as root; an inner node could look like that."""
    single = keccak((1).to_bytes(32) + RETAIL.to_bytes(32) + PT.to_bytes(32))
    campaign.proposeRoot(single, PT, sender=publisher)
    suite.chain.sleep(ROOT_DELAY)
    with reverts("Campaign__InvalidProof"):
        campaign.claim(1, RETAIL, PT, [], recipient, sender=holder)


def test_claim_until_the_deadline(suite, campaign, round_one, holder, claim):
    """M8: the last second of claiming is the last before the sweep."""
    suite.chain.warp(suite.deadline + 1)
    with reverts("Campaign__Ended", deadline=suite.deadline):
        claim(round_one, 0, holder)
    suite.chain.warp(suite.deadline)
    assert claim(round_one, 0, holder).returned == 100 * PT


def test_claim_refuses_the_zero_address_as_recipient(campaign, round_one, holder):
    with reverts("ERC20InvalidReceiver", receiver=ZERO):
        campaign.claim(*round_one.leaves[0], round_one.proof(0), ZERO, sender=holder)


def test_claim_to_the_campaign_itself_gives_it_away_honestly(suite, campaign, round_one, holder, claim):
    """What is claimed to the campaign is funds again, and nobody can claim it twice."""
    before = suite.token.balanceOf(campaign)
    claim(round_one, 0, holder, to=campaign.address)
    assert suite.token.balanceOf(campaign) == before
    assert (campaign.claimed(1, RETAIL), campaign.claimedTotal()) == (100 * PT, 0)
    with reverts("Campaign__NothingToClaim"):
        claim(round_one, 0, holder)


@pytest.mark.parametrize("size", range(1, 34))
def test_claim_of_every_leaf_of_a_tree(campaign, holder, neighbour, publish, claim, size):
    """The tree of the library and the verification on chain agree for every size and every place."""
    tree = publish([(1 + i % 2, i // 2 % 5, i + 1) for i in range(size)])
    paid: dict[tuple[int, int], int] = {}
    for i in range(size):
        key = (i % 2, i // 2 % 5)
        assert claim(tree, i, (holder, neighbour)[i % 2]).returned == i + 1 - paid.get(key, 0)
        paid[key] = i + 1
    assert campaign.claimedTotal() == sum(paid.values())


@pytest.fixture
def hooked(suite, dao, publisher, guardian, terms, plans):
    """A campaign of a token that calls its recipient, and a recipient that holds pass 1 and calls back."""
    recipient = suite.chain.deploy(compile_source("OddTokens.sol", "Reentrant"))
    account = keccak(text="account of a contract")
    message = {"wallet": recipient.address, "account": account, "nonce": 0, "deadline": suite.chain.timestamp}
    types = [
        {"name": name, "type": kind}
        for name, kind in (
            ("wallet", "address"),
            ("account", "bytes32"),
            ("nonce", "uint256"),
            ("deadline", "uint256"),
        )
    ]
    signature = suite.sign(
        suite.issuer, "Phemex Soul Pass", suite.soul_pass, "Voucher", {"Voucher": types}, message
    )
    mint = suite.soul_pass.mint.encode(tuple(message.values()), signature)
    recipient.execute(suite.soul_pass, mint, sender=publisher)
    assert suite.soul_pass.passOf(recipient) == 1

    token = suite.chain.deploy(compile_source("OddTokens.sol", "HookingToken"), suite.origin, 1_000 * PT)
    args = (token, suite.soul_pass, dao, suite.treasury, suite.escrow, suite.core_team, publisher, guardian)
    campaign = suite.chain.deploy("Campaign", *args, 1_000 * PT, terms, plans)
    suite.origin.execute(token, token.transfer.encode(campaign, 1_000 * PT), sender=publisher)
    tree = tree_of([(1, RETAIL, 100 * PT), (1, API, 40 * PT)])
    campaign.proposeRoot(tree.root, 140 * PT, sender=publisher)
    suite.chain.sleep(ROOT_DELAY)
    return campaign, token, recipient, tree


@pytest.mark.parametrize(("index", "again"), [(0, False), (1, True)], ids=["same leaf", "another leaf"])
def test_claim_from_within_a_claim_pays_nothing_twice(hooked, publisher, index, again):
    """M4: the recipient claims again while its transfer is on; everything was written before."""
    campaign, token, recipient, tree = hooked
    inner = campaign.claim.encode(*tree.leaves[index], tree.proof(index), recipient)
    recipient.arm(campaign, inner, sender=publisher)
    outer = campaign.claim.encode(*tree.leaves[0], tree.proof(0), recipient)
    recipient.execute(campaign, outer, sender=publisher)
    assert (recipient.tried(), recipient.succeeded()) == (True, again)
    expected = 100 * PT + (40 * PT if again else 0)
    assert token.balanceOf(recipient) == campaign.claimedTotal() == expected
    assert token.balanceOf(campaign) == 1_000 * PT - expected
