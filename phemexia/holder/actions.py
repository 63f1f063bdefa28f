"""The plans of all actions; what can't be done is refused here, in one sentence and before anything is signed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eth_utils import is_address, to_checksum_address

from phemexia import escrow
from phemexia.attest.chain import Passes, only
from phemexia.config import units
from phemexia.errors import Refused
from phemexia.escrow import refusals as no
from phemexia.holder.plan import Call, Change, Plan, compare
from phemexia.holder.standing import Standing
from phemexia.holder.weeks import show_boundary
from phemexia.proposals import Dao, Life
from phemexia.proposals.ballots import SUPPORT
from phemexia.proposals.dao import show_weight

BALLOTS = ("none", *SUPPORT, "split")
"""The governor's ballots, by number."""
WITHOUT_PASS = "there is no Soul Pass in this wallet: its weight votes once it holds one, or when it is delegated"


def amount(text: str, all_: int) -> int:
    """`1000`, `1,000.5` or `1_000.5 PT` in wei; `all` is ``all_``. :class:`Refused`."""
    if text == "all":
        return all_
    try:
        return units.amount(f"{text.removesuffix('PT').strip().replace(',', '_')} PT", "PT")
    except ValueError:
        raise Refused(
            f'an amount of PT is written like 1000, 1_000.5 or all, not "{text}": nothing was sent'
        ) from None


@contextmanager
def refusing() -> Iterator[None]:
    """The refusals of the exact model, which are those of the contract, as sentences."""
    try:
        yield
    except escrow.Refused as error:
        raise Refused(f"{_sentence(error)}; nothing was sent") from None


def _sentence(error: escrow.Refused) -> str:
    if isinstance(error, no.DepositTooSmall):
        return f"the least deposit is {show_weight(error.minimum, 'PT')}"
    if isinstance(error, no.TermTooShort):
        return (
            "a lock runs for 30 days and 8 hours at least: now the earliest end is "
            f"{show_boundary(error.earliest)}"
        )
    if isinstance(error, no.TermTooLong):
        return f"a lock runs for 104 weeks at most: now the latest end is {show_boundary(error.latest)}"
    if isinstance(error, no.NotExtended):
        return f"the lock runs until {show_boundary(error.current)} already, and an end can only move away"
    if isinstance(error, no.LockExists):
        return f"{error.account} has a lock already: add to it or extend it; if it is over, withdraw first"
    if isinstance(error, no.NoLock):
        return f"{error.account} has no lock"
    if isinstance(error, no.LockExpired):
        return f"the lock was over on {show_boundary(error.unlock_time)}: withdraw its PT first"
    if isinstance(error, no.LockActive):
        return f"the lock runs until {show_boundary(error.unlock_time)}, and nothing can be withdrawn before"
    if isinstance(error, no.LockPermanent):
        return "the lock is permanent: it has no end until its owner starts its clock"
    if isinstance(error, no.BadAddress):
        return f"the PT can't go to {error.account}"
    return str(error)


def _require_pt(me: Standing, wei: int) -> None:
    if me.pt < wei:
        raise Refused(
            f"{me.wallet} holds {show_weight(me.pt, 'PT')}, not the {show_weight(wei, 'PT')} to lock: "
            "nothing was sent"
        )


# --- the pass


def mint(dao: Dao, me: Standing, path: Path) -> Plan:
    """Mint the pass of a voucher's file."""
    paper = only(path)
    passes = Passes(dao.web3, dao.suite.soul_pass.address)
    passes.require_domain([paper])
    voucher = paper.voucher
    if paper.recovery:
        raise Refused(f"{path} is for a recovery: 'ape run passes recover start' takes it; nothing was sent")
    if voucher.wallet != me.wallet:
        raise Refused(f"{path} is for the wallet {voucher.wallet}, not for {me.wallet}: nothing was sent")
    if me.pass_id:
        raise Refused(f"{me.wallet} holds pass {me.pass_id} already: nothing was sent")
    if voucher.deadline < me.now:
        raise Refused(
            f"{path} was good until {units.show_moment(voucher.deadline)}: ask the exchange for another one; "
            "nothing was sent"
        )
    if passes.read("accountNonce", voucher.account) != voucher.nonce:
        raise Refused(f"{path} was used or withdrawn: ask the exchange for another one; nothing was sent")
    old = passes.read("idOf", voucher.account)
    number = str(old) if old else f"{passes.read('lastId') + 1}, unless others mint first"
    return Plan(
        me.wallet, f"mint the pass of {path}", "minted",
        Call(dao.suite.soul_pass, "mint", (voucher.as_tuple(), paper.attestation)),
        (
            Change("Soul Pass", "none", number),
            Change("votes in proposals", "no", "in those whose vote opens later"),
        ),
        ("a pass can't be moved or sold; the exchange can attest a new wallet for it if this one is lost",),
    )  # fmt: skip


# --- the lock


def lock(dao: Dao, me: Standing, wei: int, unlock_time: int) -> Plan:
    """Lock PT until a week boundary."""
    model = me.model()
    with refusing():
        model.create(me.wallet, wei, unlock_time)
    _require_pt(me, wei)
    after = me.changed(model, me.pt - wei)
    what = f"{show_weight(wei, 'PT')} until {show_boundary(unlock_time)}"
    notes = ["locked PT can't be taken out before that second, by nobody and for no price"]
    if not me.pass_id:
        notes.append(WITHOUT_PASS)
    return Plan(
        me.wallet, f"lock {what}", f"locked {what}",
        Call(dao.suite.escrow, "create", (wei, unlock_time)), compare(me, after), tuple(notes), wei, after.records,
    )  # fmt: skip


def add(dao: Dao, me: Standing, wei: int) -> Plan:
    """Add PT to the lock."""
    model = me.model()
    with refusing():
        try:
            model.add(me.wallet, wei)
        except no.TermTooShort as error:
            raise Refused(
                f"the lock ends on {show_boundary(error.unlock_time)}, and nothing can be added with less than 30 "
                "days and 8 hours left: extend it first; nothing was sent"
            ) from None
    _require_pt(me, wei)
    after = me.changed(model, me.pt - wei)
    what = f"{show_weight(wei, 'PT')} to the lock"
    return Plan(
        me.wallet, f"add {what}", f"added {what}",
        Call(dao.suite.escrow, "add", (wei,)), compare(me, after), (), wei, after.records,
    )  # fmt: skip


def extend(dao: Dao, me: Standing, unlock_time: int) -> Plan:
    """Let the lock run longer."""
    model = me.model()
    with refusing():
        model.extend(me.wallet, unlock_time)
    after = me.changed(model, me.pt)
    return Plan(
        me.wallet, f"extend the lock until {show_boundary(unlock_time)}",
        f"extended until {show_boundary(unlock_time)}",
        Call(dao.suite.escrow, "extend", (unlock_time,)), compare(me, after),
        ("an end can move away, and never comes nearer again",), 0, after.records,
    )  # fmt: skip


def withdraw(dao: Dao, me: Standing, to: str | None = None) -> Plan:
    """Take the PT of a lock that is over, to oneself or to another address."""
    if to is not None and not is_address(to):
        raise Refused(f'"{to}" is no address: nothing was sent')
    target = to_checksum_address(to) if to is not None else me.wallet
    model = me.model()
    model.address = dao.suite.escrow.address
    with refusing():
        model.withdraw(me.wallet, target)
    comes = me.amount if target == me.wallet else 0
    after = me.changed(model, me.pt + comes)
    where = "" if target == me.wallet else f" to {target}"
    return Plan(
        me.wallet, f"withdraw {show_weight(me.amount, 'PT')}{where}",
        f"withdrew {show_weight(me.amount, 'PT')}{where}",
        Call(dao.suite.escrow, "withdraw", (target,)), compare(me, after),
    )  # fmt: skip


# --- votes


def delegate(dao: Dao, me: Standing, to: str) -> Plan:
    """Let somebody else vote with the lock, or take the votes back (`self`)."""
    if to != "self" and not (is_address(to) and int(to, 16)):
        raise Refused(f'"{to}" is neither an address nor self: nothing was sent')
    target = me.wallet if to == "self" else to_checksum_address(to)
    if target == me.delegatee:
        now = "votes with its own lock" if me.is_self_delegated else f"has delegated to {target}"
        raise Refused(f"{me.wallet} {now} already: nothing was sent")
    own, notes, changes = target == me.wallet, [], []
    mine = me.received + (me.weight if own else 0)
    changes.append(Change("votes of this wallet", show_weight(me.votes), show_weight(mine)))
    for who, moved in ((me.delegatee, -me.weight), (target, me.weight)):
        if who == me.wallet:
            continue
        other = Standing.read(dao, who)
        changes.append(
            Change(f"votes of {who}", show_weight(other.votes), show_weight(max(0, other.votes + moved)))
        )
        if who == target and not other.is_elector:
            notes.append(f"{who} holds no Soul Pass that counts in votes, so nobody would vote with this weight")
    if not me.amount:
        notes.append("there is no lock yet: one that is made later counts for the delegate, too")
    notes.append("proposals whose vote is open already count the votes as they were at their snapshot")
    return Plan(
        me.wallet, "take the votes of the lock back" if own else f"delegate the votes of the lock to {target}",
        "took the votes back" if own else f"delegated to {target}",
        Call(dao.suite.escrow, "delegate", (target,)), tuple(changes), tuple(notes),
    )  # fmt: skip


def vote(dao: Dao, me: Standing, life: Life, support: str, reason: str = "") -> Plan:
    """Cast a ballot, or change it."""
    life.require_vote()
    one, suite = life.recorded, dao.suite
    opened = units.show_moment(one.vote_start)
    _, since = dao.read(suite.soul_pass, "electorAt", me.wallet, one.vote_start)
    if not me.pass_id:
        raise Refused(f"{me.wallet} holds no Soul Pass, and a ballot takes one: nothing was sent")
    if not 0 < since < one.vote_start:
        raise Refused(
            f"the pass of {me.wallet} does not count here: a ballot takes one that was held since before the vote "
            f"opened at {opened}, and not revoked for 30 days; nothing was sent"
        )
    weight = dao.read(suite.escrow, "getPastVotes", me.wallet, one.vote_start)
    if not weight:
        raise Refused(f"{me.wallet} weighed nothing when the vote opened at {opened}: nothing was sent")
    before = int(dao.ask("ballotOf", one.id, me.wallet))
    number = SUPPORT.index(support)
    if BALLOTS[before] == support:
        raise Refused(f"{me.wallet} has voted {support} already: nothing was sent")
    if before and life.now > life.changes_until:
        raise Refused(f"ballots could be changed until {units.show_moment(life.changes_until)}: nothing was sent")
    if BALLOTS[before] == "split":
        raise Refused(f"{me.wallet} has cast a split ballot, which is final: nothing was sent")
    tally = {"against": life.tally.against, "for": life.tally.in_favour, "abstain": life.tally.abstained}
    after = {way: wei + (weight if way == support else 0) for way, wei in tally.items()}
    if before:
        after[BALLOTS[before]] -= weight
    changes = [Change("ballot", BALLOTS[before], support)]
    changes += [Change(f"votes {way}", show_weight(tally[way]), show_weight(after[way])) for way in SUPPORT]
    named = ("castVoteWithReason", (one.id, number, reason)) if reason else ("castVote", (one.id, number))
    title = f'proposal {one.number} "{one.proposal.title}"'
    notes = (
        f"it weighs {show_weight(weight)}, as at the snapshot ({opened}), whatever happens to the lock",
        f"it can be changed until {units.show_moment(life.changes_until)}"
        if life.now <= life.changes_until
        else "it can't be changed any more",
    )
    return Plan(
        me.wallet, f"vote {support} in {title}", f"voted {support} in {title}",
        Call(dao.governor, *named), tuple(changes), notes,
    )  # fmt: skip
