"""What stands before a sequence begins: PT, the escrow, two successors, and actors with keys and PT."""

from functools import cache, lru_cache
from typing import Any

import rlp
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import keccak, to_bytes, to_checksum_address
from stateful.steps import ACTORS
from support.solidity import compile_source

from phemexia.escrow import WEEK, EscrowModel, TokenModel
from phemexia.escrow.token import UNLIMITED
from phemexia.evm import START, Chain, Contract

PT = 10**18
SUPPLY = 10**27
KEYS = [Account.from_key(keccak(text=f"escrow actor {i}")) for i in range(ACTORS)]


class Stage:
    """One deployed escrow. A world isolates itself on it, so that the next one finds it untouched."""

    def __init__(self, start: int) -> None:
        chain = self.chain = Chain(start)
        deployer = chain.account("deployer")
        self.dao = chain.account("dao")
        self.actors = [key.address for key in KEYS]
        self.strangers = [chain.account("first stranger"), chain.account("second stranger")]
        for actor in self.actors:
            chain.fund(actor)

        nonce = chain._evm.basic(deployer).nonce + 1
        expected = to_checksum_address(keccak(rlp.encode([to_bytes(hexstr=deployer), nonce]))[-20:])
        place = chain.deploy(compile_source("Places.sol", "Place"), expected, sender=deployer)
        self.token: Contract = chain.deploy("PhemexToken", [place], [SUPPLY], sender=deployer)
        assert self.token.address == expected
        self.escrow: Contract = chain.deploy("VotingEscrow", self.token, self.dao, sender=deployer)
        self.accepting = chain.deploy(
            compile_source("Successors.sol", "AcceptingSuccessor"), self.token, sender=deployer
        )
        self.refusing = chain.deploy(compile_source("Successors.sol", "Refuser"), sender=deployer)

        # A whale, so that sums come near the whole supply; and one who has hardly anything.
        small = [*[2_000_000 * PT] * (ACTORS - 2), 3 * PT + 7]
        shares = [SUPPLY - sum(small), *small]
        for actor, share in zip(self.actors, shares, strict=True):
            place.execute(self.token, self.token.transfer.encode(actor, share), sender=deployer)
            if actor != self.actors[2]:  # who has to use permits
                self.token.approve(self.escrow, UNLIMITED, sender=actor)
        self.shares = dict(zip(self.actors, shares, strict=True))

    def model(self) -> EscrowModel:
        """The reference model of what stands here."""
        token = TokenModel(self.shares)
        for actor in self.actors:
            if actor != self.actors[2]:
                token.approve(actor, self.escrow.address, UNLIMITED)
        return EscrowModel(self.chain.timestamp, self.escrow.address, self.dao, token)


@cache
def stage(era: str) -> Stage:
    """The stage of an era, built once for each process."""
    return Stage(START - START % WEEK if era == "first second" else START)


@lru_cache(4096)
def _digest(chain_id: int, contract: str, name: str, fields: tuple[tuple[str, str], ...], values: tuple) -> Any:
    primary = "Permit" if fields[0][0] == "owner" else "Delegation"
    return encode_typed_data(
        {"name": name, "version": "1", "chainId": chain_id, "verifyingContract": contract},
        {primary: [{"name": key, "type": kind} for key, kind in fields]},
        dict(zip((key for key, _ in fields), values, strict=True)),
    )


@lru_cache(16384)
def _signature(signer: int, *typed: Any) -> tuple[int, bytes, bytes]:
    signed = KEYS[signer].sign_message(_digest(*typed))
    return signed.v, signed.r.to_bytes(32, "big"), signed.s.to_bytes(32, "big")


@lru_cache(16384)
def _recovered(vrs: tuple[int, bytes, bytes], *typed: Any) -> str | None:
    v, r, s = vrs
    try:
        return str(Account.recover_message(_digest(*typed), vrs=(v, r, s)))
    except Exception:  # whatever the library thinks of it, it is nobody's
        return None


_PERMIT = (
    ("owner", "address"),
    ("spender", "address"),
    ("value", "uint256"),
    ("nonce", "uint256"),
    ("deadline", "uint256"),
)
_DELEGATION = (("delegatee", "address"), ("nonce", "uint256"), ("expiry", "uint256"))


def sign_permit(on: Stage, signer: int, owner: str, value: int, nonce: int, deadline: int) -> tuple:
    """(v, r, s) of a permit for the escrow, made by actor number ``signer``."""
    values = (owner, on.escrow.address, value, nonce, deadline)
    return _signature(signer, on.chain.chain_id, on.token.address, "Phemex Token", _PERMIT, values)


def _delegation(on: Stage, delegatee: str, nonce: int, expiry: int) -> tuple:
    name = "Vote-escrowed Phemex Token"
    return on.chain.chain_id, on.escrow.address, name, _DELEGATION, (delegatee, nonce, expiry)


def sign_delegation(on: Stage, signer: int, delegatee: str, nonce: int, expiry: int) -> tuple:
    """(v, r, s) of a delegation, made by actor number ``signer``."""
    return _signature(signer, *_delegation(on, delegatee, nonce, expiry))


def recover_delegation(on: Stage, vrs: tuple, delegatee: str, nonce: int, expiry: int) -> str | None:
    """Whose signature of this delegation it is; None: nobody's."""
    return _recovered(vrs, *_delegation(on, delegatee, nonce, expiry))
