"""Delegating by a signature, made with an independent library."""

import json
import re

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import keccak
from support.escrow import PT, event, sign_delegation, sign_permit

from phemexia.evm import ZERO, reverts
from phemexia.toolchain import ROOT

SECP256K1_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


@pytest.fixture
def expiry(chain):
    return chain.timestamp + 600


def test_delegate_by_sig_of_an_independent_signer(escrow, signer, holder, delegatee, stranger, expiry, lock):
    """D9: the type that wallets sign is the type that the contract hashes; anyone may send it."""
    lock(holder, 7 * PT)
    votes = escrow.getVotes(holder)
    signature = sign_delegation(signer, escrow, delegatee, 0, expiry)
    receipt = escrow.delegateBySig(delegatee, 0, expiry, *signature, sender=stranger)
    assert receipt.events == [
        event(escrow, "DelegateChanged", delegator=holder, fromDelegate=holder, toDelegate=delegatee),
        event(escrow, "DelegateVotesChanged", delegate=holder, previousVotes=votes, newVotes=0),
        event(escrow, "DelegateVotesChanged", delegate=delegatee, previousVotes=0, newVotes=votes),
    ]
    assert escrow.nonces(holder) == 1
    assert escrow.delegates(stranger) == stranger


@pytest.mark.parametrize("to", ["zero", "oneself"])
def test_delegate_by_sig_takes_the_votes_back(escrow, signer, holder, delegatee, stranger, expiry, lock, to):
    """D6: zero in a signature is oneself, too; no vote is lost."""
    lock(holder, 7 * PT)
    escrow.delegate(delegatee, sender=holder)
    address = ZERO if to == "zero" else holder
    signature = sign_delegation(signer, escrow, address, 0, expiry)
    escrow.delegateBySig(address, 0, expiry, *signature, sender=stranger)
    assert escrow.delegates(holder) == holder
    assert escrow.getVotes(holder) == escrow.totalSupply() > 0


def test_delegate_by_sig_twice(escrow, signer, holder, delegatee, stranger, expiry):
    """D10: a signature is good once."""
    signature = sign_delegation(signer, escrow, delegatee, 0, expiry)
    escrow.delegateBySig(delegatee, 0, expiry, *signature, sender=stranger)
    escrow.delegate(holder, sender=holder)
    with reverts("InvalidAccountNonce", account=holder, currentNonce=1):
        escrow.delegateBySig(delegatee, 0, expiry, *signature, sender=stranger)
    assert escrow.delegates(holder) == holder


@pytest.mark.parametrize("nonce", [1, 2**256 - 1])
def test_delegate_by_sig_with_a_later_nonce(escrow, signer, holder, delegatee, stranger, expiry, nonce):
    """D10: nonces are used in order."""
    signature = sign_delegation(signer, escrow, delegatee, nonce, expiry)
    with reverts("InvalidAccountNonce", account=holder, currentNonce=0):
        escrow.delegateBySig(delegatee, nonce, expiry, *signature, sender=stranger)


@pytest.mark.parametrize("late", [0, 1])
def test_delegate_by_sig_at_its_expiry(chain, escrow, signer, holder, delegatee, stranger, expiry, late):
    """D10: the expiry's own second counts, the next one does not."""
    signature = sign_delegation(signer, escrow, delegatee, 0, expiry)
    chain.warp(expiry + late)
    if late:
        with reverts("VotesExpiredSignature", expiry=expiry):
            escrow.delegateBySig(delegatee, 0, expiry, *signature, sender=stranger)
    else:
        escrow.delegateBySig(delegatee, 0, expiry, *signature, sender=stranger)
        assert escrow.delegates(holder) == delegatee


@pytest.mark.parametrize("field", ["delegatee", "nonce", "expiry"])
def test_delegate_by_sig_with_another_field(escrow, signer, holder, delegatee, stranger, expiry, field):
    """D9, D10: every field is signed; with another one, the signature is somebody else's."""
    signature = sign_delegation(signer, escrow, delegatee, 0 if field != "nonce" else 1, expiry)
    given = {"delegatee": delegatee, "nonce": 0, "expiry": expiry}
    given |= {"delegatee": {"delegatee": stranger}, "nonce": {}, "expiry": {"expiry": expiry + 1}}[field]
    escrow.delegateBySig(*given.values(), *signature, sender=stranger)
    assert escrow.delegates(holder) == holder
    assert escrow.nonces(holder) == 0


@pytest.mark.parametrize(
    "domain",
    [{"chainId": 1}, {"version": "2"}, {"name": "Phemex Token"}, {"verifyingContract": "0x" + "11" * 20}],
    ids=["chain", "version", "name", "contract"],
)
def test_delegate_by_sig_for_another_domain(escrow, signer, holder, delegatee, stranger, expiry, domain):
    """D10: a signature for another chain or contract is not one of the holder's."""
    signature = sign_delegation(signer, escrow, delegatee, 0, expiry, **domain)
    escrow.delegateBySig(delegatee, 0, expiry, *signature, sender=stranger)
    assert escrow.delegates(holder) == holder
    assert escrow.nonces(holder) == 0


def test_delegate_by_sig_with_the_mirrored_s(escrow, signer, delegatee, stranger, expiry):
    """D10: the second form that every signature has is refused."""
    v, r, s = sign_delegation(signer, escrow, delegatee, 0, expiry)
    mirrored = (SECP256K1_ORDER - int.from_bytes(s, "big")).to_bytes(32, "big")
    with reverts("ECDSAInvalidSignatureS", s=mirrored):
        escrow.delegateBySig(delegatee, 0, expiry, 55 - v, r, mirrored, sender=stranger)


@pytest.mark.parametrize("v", [0, 1, 26, 29])
def test_delegate_by_sig_that_is_none(escrow, signer, delegatee, stranger, expiry, v):
    """D10: the zero address signs nothing."""
    _, r, s = sign_delegation(signer, escrow, delegatee, 0, expiry)
    with reverts("ECDSAInvalidSignature"):
        escrow.delegateBySig(delegatee, 0, expiry, v, r, s, sender=stranger)


def test_delegate_by_sig_of_one_account_moves_no_other(escrow, holder, delegatee, stranger, expiry, lock):
    lock(holder)
    other = Account.from_key(keccak(text="escrow impostor"))
    signature = sign_delegation(other, escrow, delegatee, 0, expiry)
    escrow.delegateBySig(delegatee, 0, expiry, *signature, sender=stranger)
    assert escrow.delegates(other.address) == delegatee
    assert escrow.delegates(holder) == holder
    assert escrow.getVotes(delegatee) == 0


def test_delegate_by_sig_and_permit_do_not_share_nonces(chain, escrow, token, signer, holder, delegatee, expiry):
    signature = sign_permit(signer, token, escrow.address, PT, expiry)
    token.permit(holder, escrow, PT, expiry, *signature, sender=holder)
    signature = sign_delegation(signer, escrow, delegatee, 0, expiry)
    escrow.delegateBySig(delegatee, 0, expiry, *signature, sender=holder)
    assert (token.nonces(holder), escrow.nonces(holder)) == (1, 1)


def test_domain_is_told_on_chain(chain, escrow):
    """ERC-5267: a wallet can ask for the domain instead of believing a document."""
    fields, name, version, chain_id, contract, salt, extensions = escrow.eip712Domain()
    assert (fields, name, version) == (b"\x0f", "Vote-escrowed Phemex Token", "1")
    assert (chain_id, contract) == (chain.chain_id, escrow.address)
    assert (salt, extensions) == (bytes(32), [])


def _documented(primary: str) -> dict:
    """The JSON of docs/escrow.md whose primary type is asked for."""
    blocks = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / "escrow.md").read_text(), re.S)
    found = [block for block in map(json.loads, blocks) if block["primaryType"] == primary]
    assert len(found) == 1
    return found[0]


def test_documented_delegation_is_accepted(chain, escrow, signer, holder, delegatee, stranger, expiry):
    """D9: the JSON in the documentation, with addresses filled in, is what the contract accepts."""
    typed = _documented("Delegation")
    typed["domain"] |= {"chainId": chain.chain_id, "verifyingContract": escrow.address}
    typed["message"] |= {"delegatee": delegatee, "nonce": 0, "expiry": expiry}
    signed = signer.sign_message(encode_typed_data(full_message=typed))
    signature = signed.v, signed.r.to_bytes(32, "big"), signed.s.to_bytes(32, "big")
    escrow.delegateBySig(delegatee, 0, expiry, *signature, sender=stranger)
    assert escrow.delegates(holder) == delegatee


def test_documented_permit_is_accepted(chain, escrow, token, signer, holder, stranger, expiry):
    """D9: so is that of PT's permit."""
    typed = _documented("Permit")
    typed["domain"] |= {"chainId": chain.chain_id, "verifyingContract": token.address}
    typed["message"] |= {"owner": holder, "spender": escrow.address, "value": PT, "nonce": 0, "deadline": expiry}
    signed = signer.sign_message(encode_typed_data(full_message=typed))
    signature = signed.v, signed.r.to_bytes(32, "big"), signed.s.to_bytes(32, "big")
    token.permit(holder, escrow, PT, expiry, *signature, sender=stranger)
    assert token.allowance(holder, escrow.address) == PT
