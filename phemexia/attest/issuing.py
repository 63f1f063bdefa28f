"""From the exchange's list to vouchers."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from phemexia.attest.accounts import Qualified
from phemexia.attest.commitment import CommitmentKey
from phemexia.attest.papers import Files
from phemexia.attest.voucher import Domain, Kind, Paper, Signer, Voucher
from phemexia.errors import Refused


class Outcome(StrEnum):
    """What became of a line."""

    SIGNED = "signed"
    KEPT = "there already"
    WAITING = "waiting for a wallet"
    MEMBER = "has a pass"


@dataclass(frozen=True)
class Issued:
    """How many lines had each outcome."""

    signed: int = 0
    kept: int = 0
    waiting: int = 0
    members: int = 0


Progress = Callable[[int, Outcome], None]
Nonces = Callable[[list[bytes]], Mapping[bytes, int]]


def first_nonces(accounts: list[bytes]) -> Mapping[bytes, int]:
    """The nonces of accounts that have never minted; for all others ask the chain."""
    return dict.fromkeys(accounts, 0)


def issue(
    accounts: Iterable[Qualified],
    key: CommitmentKey,
    signer: Signer,
    domain: Domain,
    files: Files,
    now: int,
    deadline: int,
    nonces: Nonces = first_nonces,
    members: Container[bytes] = frozenset(),
    progress: Progress = lambda line, outcome: None,
) -> Issued:
    """Sign a voucher for each account that has a wallet, unless a good one is there.

    ``now`` and ``deadline`` are seconds since 1970. A voucher that is there is kept if it is still in time, and
    replaced if it is late or its nonce was used. ``members`` are commitments that get none, because their accounts
    have passes. :class:`Refused`, before anything is signed, if one that is still
    good names another wallet, contract or chain, or was signed by somebody else.
    """
    if deadline <= now:
        raise Refused("the deadline has passed already: nothing was written")
    rows = [(row, key.commit(row.account_id)) for row in accounts]
    present = files.load()
    if any(paper.account_id and key.commit(paper.account_id) != account for account, paper in present.items()):
        raise Refused(
            f"{files.target} was made with another commitment key than {key.fingerprint}: each account would get "
            f"a second pass; nothing was written"
        )
    current = nonces([commitment for _, commitment in rows])
    for row, commitment in rows:
        if (paper := present.get(commitment)) is not None:
            _require_same(row, paper, current[commitment], signer, domain, files, now)

    counts = dict.fromkeys(Outcome, 0)
    for row, commitment in rows:
        outcome = Outcome.MEMBER if commitment in members else Outcome.WAITING
        if row.wallet is not None and commitment not in members:
            paper = present.get(commitment)
            if paper is not None and _is_good(paper, current[commitment], now):
                outcome = Outcome.KEPT
            else:
                voucher = Voucher(row.wallet, commitment, current[commitment], deadline)
                signature = signer.sign(domain, Kind.VOUCHER, voucher)
                present[commitment] = Paper(domain, voucher, signature, account_id=row.account_id)
                files.add(present[commitment])
                outcome = Outcome.SIGNED
        counts[outcome] += 1
        progress(row.line, outcome)
    files.finish(present.values())
    return Issued(*(counts[outcome] for outcome in Outcome))


def consented(paper: Paper, signer: Signer) -> Paper:
    """The voucher with its wallet's signature; :class:`Refused` if the signer is another wallet."""
    if signer.address != paper.voucher.wallet:
        raise Refused(f"the voucher is for {paper.voucher.wallet}, and {signer.address} would sign")
    kind = Kind.RECOVERY_CONSENT if paper.recovery else Kind.CONSENT
    return replace(paper, consent=signer.sign(paper.domain, kind, paper.voucher))


def _is_good(paper: Paper, nonce: int, now: int) -> bool:
    return paper.voucher.nonce == nonce and paper.voucher.deadline >= now


def _require_same(
    row: Qualified, paper: Paper, nonce: int, signer: Signer, domain: Domain, files: Files, now: int
) -> None:
    """Two good vouchers of one account would let it choose; that must be meant, by withdrawing the first."""
    if paper.domain != domain:
        raise Refused(
            f"{files.target} has vouchers for the contract {paper.domain.contract} on chain "
            f"{paper.domain.chain_id}: choose another place for those of this one"
        )
    if not _is_good(paper, nonce, now):
        return
    by = domain.signer(Kind.VOUCHER, paper.voucher, paper.attestation)
    if by is not None and by != signer.address:
        raise Refused(f"{files.target} has vouchers signed by {by}: the issuer is {signer.address} now")
    if row.wallet is not None and paper.voucher.wallet != row.wallet:
        raise Refused(
            f"line {row.line} names another wallet than the account's voucher in {files.target}: "
            f"withdraw that one (withdrawVouchers), or wait for its deadline; nothing was written"
        )
