"""Allowances by signature (ERC-2612), signed by an independent library."""

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import keccak

from phemexia.evm import reverts

PERMIT = [
    {"name": "owner", "type": "address"},
    {"name": "spender", "type": "address"},
    {"name": "value", "type": "uint256"},
    {"name": "nonce", "type": "uint256"},
    {"name": "deadline", "type": "uint256"},
]


def sign(signer, token, spender, value, deadline, nonce=0, **domain):
    """(v, r, s) of a permit; keywords replace fields of the domain."""
    fields = {"name": "Phemex Token", "version": "1", "chainId": token.chain.chain_id}
    fields |= {"verifyingContract": token.address} | domain
    message = {"owner": signer.address, "spender": spender, "value": value, "nonce": nonce, "deadline": deadline}
    signed = signer.sign_message(encode_typed_data(fields, {"Permit": PERMIT}, message))
    return signed.v, signed.r.to_bytes(32, "big"), signed.s.to_bytes(32, "big")


def test_permit_by_an_independent_signer(token, holder, spender, chain):
    """D9: the type that wallets sign is the type that the contract hashes."""
    until = chain.timestamp + 60
    token.permit(holder.address, spender, 7, until, *sign(holder, token, spender, 7, until), sender=spender)
    assert token.allowance(holder.address, spender) == 7
    assert token.nonces(holder.address) == 1
    token.transferFrom(holder.address, spender, 7, sender=spender)
    assert token.balanceOf(spender) == 7


def test_permit_used_twice(token, holder, spender, chain):
    """D10: a permit is good once."""
    until = chain.timestamp + 60
    signature = sign(holder, token, spender, 7, until)
    token.permit(holder.address, spender, 7, until, *signature, sender=spender)
    with reverts("ERC2612InvalidSigner", owner=holder.address):
        token.permit(holder.address, spender, 7, until, *signature, sender=spender)


@pytest.mark.parametrize("domain", [{"chainId": 1}, {"version": "2"}, {"verifyingContract": "0x" + "11" * 20}])
def test_permit_for_another_domain(token, holder, spender, chain, domain):
    until = chain.timestamp + 60
    signature = sign(holder, token, spender, 7, until, **domain)
    with reverts("ERC2612InvalidSigner", owner=holder.address):
        token.permit(holder.address, spender, 7, until, *signature, sender=spender)


def test_permit_by_somebody_else(token, holder, spender, chain):
    until = chain.timestamp + 60
    stranger = Account.from_key(keccak(text="stranger"))
    signature = sign(stranger, token, spender, 7, until)
    with reverts("ERC2612InvalidSigner", owner=holder.address):
        token.permit(holder.address, spender, 7, until, *signature, sender=spender)


@pytest.mark.parametrize("late", [0, 1])
def test_permit_at_its_deadline(token, holder, spender, chain, late):
    """The deadline's own second still counts, the next one does not."""
    until = chain.timestamp
    signature = sign(holder, token, spender, 7, until)
    chain.sleep(late)
    if late:
        with reverts("ERC2612ExpiredSignature", deadline=until):
            token.permit(holder.address, spender, 7, until, *signature, sender=spender)
    else:
        token.permit(holder.address, spender, 7, until, *signature, sender=spender)
