"""Seven days on, anyone moves the pass."""

import pytest
from support.passes import elector_since

from phemexia.evm import ZERO, Event, reverts

DAY = 86_400
BOTH = 2
XPT = b"xPT".ljust(32, b"\0")


@pytest.fixture
def pending(soul_pass, recovery, pass_id, account, newcomer, stranger) -> int:
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    return pass_id


@pytest.mark.parametrize(
    ("age", "error"),
    [(7 * DAY - 1, "RecoveryWaits"), (7 * DAY, ""), (30 * DAY - 1, ""), (30 * DAY, "NoRecovery")],
    ids=["second too early", "first second", "last second", "second too late"],
)
def test_complete_recovery_in_its_time(soul_pass, chain, pending, holder, newcomer, stranger, age, error):
    """N5: the time to object is 7 days; what nobody completes is void after 30."""
    chain.sleep(age)
    if error:
        with reverts(f"SoulPass__{error}", id=pending):
            soul_pass.completeRecovery(pending, sender=stranger)
        assert soul_pass.ownerOf(pending) == holder
    else:
        soul_pass.completeRecovery(pending, sender=stranger)
        assert soul_pass.ownerOf(pending) == newcomer.address


def test_complete_recovery_moves_everything(
    soul_pass, chain, pending, holder, newcomer, account, stranger, publisher
):
    """S8: the id, and with it ballots and claims, moves along; the time of holding starts again."""
    soul_pass.write(XPT, pending, 500, sender=publisher)
    written = chain.timestamp
    chain.sleep(7 * DAY)
    soul_pass.completeRecovery(pending, sender=stranger)
    assert (soul_pass.passOf(holder), soul_pass.balanceOf(holder), soul_pass.holderSince(holder)) == (0, 0, 0)
    assert elector_since(soul_pass, holder) == 0
    wallet = newcomer.address
    assert (soul_pass.passOf(wallet), soul_pass.balanceOf(wallet)) == (pending, 1)
    assert soul_pass.holderSince(wallet) == elector_since(soul_pass, wallet) == chain.timestamp
    assert (soul_pass.idOf(account), soul_pass.lastId()) == (pending, 1)
    assert soul_pass.entryOf(pending, XPT) == {"value": 500, "updatedAt": written}
    assert soul_pass.isMember(wallet)
    assert not soul_pass.isMember(holder)


def test_complete_recovery_emits(soul_pass, chain, pending, holder, newcomer, stranger, issuer):
    """S2: `Locked` again for the new holder; no `Transfer` ever says that a pass went from wallet to wallet."""
    chain.sleep(7 * DAY)
    end, begin, *others = soul_pass.completeRecovery(pending, sender=stranger).events
    assert (end.name, list(end.args.values())) == ("Transfer", [holder, ZERO, pending])
    assert (begin.name, list(begin.args.values())) == ("Transfer", [ZERO, newcomer.address, pending])
    issued = {"from": issuer.address, "to": newcomer.address, "tokenId": pending, "burnAuth": BOTH}
    assert others == [
        Event("Locked", soul_pass.address, {"tokenId": pending}),
        Event("Issued", soul_pass.address, issued),
        Event("PassRecovered", soul_pass.address, {"id": pending, "from": holder, "to": newcomer.address}),
        Event("MetadataUpdate", soul_pass.address, {"_tokenId": pending}),
    ]


def test_complete_recovery_twice(soul_pass, chain, pending, stranger):
    """S4: a request is used up."""
    chain.sleep(7 * DAY)
    soul_pass.completeRecovery(pending, sender=stranger)
    with reverts("SoulPass__NoRecovery", id=pending):
        soul_pass.completeRecovery(pending, sender=stranger)


@pytest.mark.parametrize("unknown", [0, 1, 2, 2**256 - 1])
def test_complete_recovery_of_nothing(soul_pass, pass_id, stranger, unknown):
    with reverts("SoulPass__NoRecovery", id=unknown):
        soul_pass.completeRecovery(unknown, sender=stranger)


def test_complete_recovery_to_a_wallet_that_got_a_pass_meanwhile(
    soul_pass, chain, mint, pending, holder, newcomer, other_account, stranger
):
    """No way to hold two passes: completion asks again. When the wallet is free once more, it goes on."""
    other = mint(newcomer.address, other_account).returned
    chain.sleep(7 * DAY)
    with reverts("SoulPass__WalletHasPass", wallet=newcomer, id=other):
        soul_pass.completeRecovery(pending, sender=stranger)
    soul_pass.burn(other, sender=newcomer)
    soul_pass.completeRecovery(pending, sender=stranger)
    assert soul_pass.passOf(newcomer.address) == pending


def test_complete_recovery_of_two_passes_to_one_wallet(
    soul_pass, chain, mint, recovery, pending, newcomer, other_wallet, other_account, stranger
):
    other = mint(other_wallet, other_account).returned
    soul_pass.startRecovery(*recovery(newcomer, other_account), sender=stranger)
    chain.sleep(7 * DAY)
    soul_pass.completeRecovery(other, sender=stranger)
    with reverts("SoulPass__WalletHasPass", wallet=newcomer, id=other):
        soul_pass.completeRecovery(pending, sender=stranger)


def test_complete_recovery_after_a_burn(soul_pass, chain, mint, pending, holder, account, stranger):
    """S4: burning drops what is pending, also for who mints again before the week is over."""
    receipt = soul_pass.burn(pending, sender=holder)
    assert receipt.named("RecoveryDropped") == [Event("RecoveryDropped", soul_pass.address, {"id": pending})]
    mint(holder, account)
    chain.sleep(7 * DAY)
    with reverts("SoulPass__NoRecovery", id=pending):
        soul_pass.completeRecovery(pending, sender=stranger)


def test_complete_recovery_after_a_revocation(soul_pass, chain, pending, issuer, stranger):
    """S4: revoking drops what is pending; reinstating does not bring it back."""
    receipt = soul_pass.revoke(pending, 1, sender=issuer)
    assert receipt.named("RecoveryDropped")
    soul_pass.reinstate(pending, sender=issuer)
    chain.sleep(7 * DAY)
    with reverts("SoulPass__NoRecovery", id=pending):
        soul_pass.completeRecovery(pending, sender=stranger)


def test_complete_recovery_after_the_issuer_changed(soul_pass, chain, pending, dao, other_wallet, stranger):
    """S4: what a thief of the issuer's key started ends with its office, even if the guardian slept."""
    chain.sleep(8 * DAY)
    soul_pass.nominateIssuer(other_wallet, sender=dao)
    soul_pass.acceptIssuer(sender=other_wallet)
    with reverts("SoulPass__NoRecovery", id=pending):
        soul_pass.completeRecovery(pending, sender=stranger)


def test_complete_recovery_of_a_stolen_wallet(
    soul_pass, chain, recovery, pass_id, holder, account, newcomer, issuer, stranger
):
    """The whole way against a thief who stops every attempt: 21 days from the revocation."""
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    soul_pass.stopRecovery(pass_id, sender=holder)  # the thief
    soul_pass.revoke(pass_id, 4, sender=issuer)
    chain.sleep(14 * DAY)
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    with reverts("SoulPass__MayNotStop"):
        soul_pass.stopRecovery(pass_id, sender=holder)
    chain.sleep(7 * DAY)
    soul_pass.completeRecovery(pass_id, sender=stranger)
    assert soul_pass.revocationOf(pass_id) == (chain.timestamp - 21 * DAY, 4)
    assert not soul_pass.isMember(newcomer.address)
    soul_pass.reinstate(pass_id, sender=issuer)
    assert soul_pass.isMember(newcomer.address)
    assert elector_since(soul_pass, newcomer.address) == chain.timestamp


def test_complete_recovery_does_not_lift_a_revocation(
    soul_pass, chain, recovery, pass_id, account, newcomer, issuer, stranger
):
    """S3, N3: a pass struck from the electorate stays so in its new wallet."""
    soul_pass.revoke(pass_id, 4, sender=issuer)
    chain.sleep(30 * DAY)
    soul_pass.startRecovery(*recovery(newcomer, account), sender=stranger)
    chain.sleep(7 * DAY)
    soul_pass.completeRecovery(pass_id, sender=stranger)
    assert elector_since(soul_pass, newcomer.address) == 0
    assert soul_pass.holderSince(newcomer.address) == chain.timestamp


def test_complete_recovery_frees_the_old_wallet(
    soul_pass, chain, mint, pending, holder, account, other_account, stranger
):
    """For another account only."""
    chain.sleep(7 * DAY)
    soul_pass.completeRecovery(pending, sender=stranger)
    with reverts("SoulPass__AccountHasPass", account=account, id=pending):
        mint(holder, account)
    assert mint(holder, other_account).returned == 2


def test_complete_recovery_there_and_back(
    soul_pass, chain, apply, recovery, newcomer, other_newcomer, account, stranger
):
    """S8: however often it moves, one id, and a holder since the last move."""
    soul_pass.sponsor(apply(newcomer, account), sender=stranger)
    for target in (other_newcomer, newcomer, other_newcomer):
        soul_pass.startRecovery(*recovery(target, account), sender=stranger)
        chain.sleep(7 * DAY)
        soul_pass.completeRecovery(1, sender=stranger)
        assert soul_pass.ownerOf(1) == target.address
        assert elector_since(soul_pass, target.address) == chain.timestamp
    assert soul_pass.lastId() == 1
