"""What a working group orders: tried from its account, and written as a file that its Safe's owners sign.

The file is one of Safe's Transaction Builder. Nobody's key sends an order: the account is a Safe.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from web3.exceptions import ContractLogicError, Web3Exception

from phemexia.config import source, units
from phemexia.contribution.acts import NOTHING, text_hash
from phemexia.contribution.board import Asset, Board, refusal
from phemexia.deployment.node import first_line
from phemexia.errors import Refused
from phemexia.holder.plan import Call, Change

MOST_TERM, MOST_VESTING, MOST_TRANCHES = 92 * 86_400, 1461 * 86_400, 16


@dataclass(frozen=True)
class Order:
    """A call of a group's account."""

    group: int
    account: str
    what: str
    """In the imperative."""
    call: Call
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    def require(self, board: Board) -> int:
        """Try it from the account; gas without the Safe's own. :class:`Refused` with the contract's error."""
        if not board.ask(board.groups, "maySpend", self.group, self.account):
            raise Refused(
                f"the account of group {self.group} does not speak for it now: its owners are not exactly its "
                f"members; anyone may bring it in line; {NOTHING}"
            )
        request: Any = {"from": self.account, "to": self.call.contract.address, "data": self.call.data}
        try:
            board.web3.eth.call(request, "latest")
            return int(board.web3.eth.estimate_gas(request, "latest"))
        except ContractLogicError as error:
            raise Refused(f"the contract refuses: {refusal(error)}; {NOTHING}") from None
        except Web3Exception as error:
            raise Refused(f"the node refuses: {first_line(error)}; {NOTHING}") from None

    def write(self, board: Board, path: Path) -> None:
        """The file for Safe's Transaction Builder; :class:`Refused` if it is there already."""
        call = {"to": self.call.contract.address, "value": "0", "data": self.call.data}
        batch = {
            "version": "1.0",
            "chainId": str(board.web3.eth.chain_id),
            "createdAt": board.now * 1000,
            "meta": {"name": self.what, "description": f"Group {self.group} of the Phemexia DAO"},
            "transactions": [call | {"contractMethod": None, "contractInputsValues": None}],
        }
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(json.dumps(batch, indent=2) + "\n")
        except FileExistsError:
            raise Refused(f"{path} is there already: name another file; {NOTHING}") from None
        except OSError as error:
            raise Refused(f"{path} can't be written: {error.strerror}; {NOTHING}") from None


def _order(
    board: Board, group: int, what: str, name: str, arguments: tuple[Any, ...], *changes: Change,
    notes: tuple[str, ...] = (),
) -> Order:  # fmt: skip
    return Order(group, board.account(group), what, Call(board.contract, name, arguments), changes, notes)


def _spend(board: Board, budget: int, asset: Asset, headroom: int, amount: int) -> Change:
    if amount > headroom:
        raise Refused(f"budget {budget} has {asset.show(headroom)} left, not {asset.show(amount)}: {NOTHING}")
    return Change(f"left in budget {budget}", asset.show(headroom), asset.show(headroom - amount))


def _points(board: Board, group: int, points: int) -> Change:
    left = board.ask(board.contract, "pointsLeft", group)
    if not 0 < points <= left:
        raise Refused(f"group {group} has {left} points to give until its 30 days are over: {NOTHING}")
    return Change(f"points that group {group} has to give", str(left), str(left - points))


def _term(text: str) -> int:
    try:
        term = units.duration(text)
    except ValueError as error:
        raise Refused(f"the term {error}: {NOTHING}") from None
    if term > MOST_TERM:
        raise Refused(f"a stream's term is 92 days at most, not {text}: {NOTHING}")
    return term


def open_stream(
    board: Board, pass_id: int, budget: int, amount: str, term: str, points: int, text: str, memo: str = ""
) -> Order:
    """A stream that begins at once."""
    group, asset, headroom = board.require_budget(budget)
    board.require_counting(pass_id)
    wei, seconds = asset.amount(amount), _term(term)
    return _order(
        board, group, f"pay pass {pass_id} {asset.show(wei)} over {units.show_duration(seconds)}",
        "openStream", (pass_id, (budget, wei, seconds, points, text_hash(text)), memo),
        _spend(board, budget, asset, headroom, wei), _points(board, group, points),
    )  # fmt: skip


def renew_stream(
    board: Board, stream: int, budget: int, amount: str, term: str, points: int, text: str, memo: str = ""
) -> Order:
    """The next term of a stream."""
    award = board.stream(stream)
    group, asset, headroom = board.require_budget(budget)
    if group != award.group:
        raise Refused(
            f"stream {stream} is group {award.group}'s, and budget {budget} is group {group}'s: {NOTHING}"
        )
    wei, seconds = asset.amount(amount), _term(term)
    start = max(award.end, board.now)
    return _order(
        board, group, f"renew stream {stream}: {asset.show(wei)} over {units.show_duration(seconds)}",
        "renewStream", (stream, (budget, wei, seconds, points, text_hash(text)), memo),
        Change("paid until", units.show_moment(award.end), units.show_moment(start + seconds)),
        _spend(board, budget, asset, headroom, wei), _points(board, group, points),
    )  # fmt: skip


def stop_stream(board: Board, stream: int) -> Order:
    """Stop a stream now."""
    award = board.stream(stream)
    if award.state(board.now) in ("stopped", "over"):
        raise Refused(f"stream {stream} is {award.state(board.now)}: {NOTHING}")
    earned, show = award.claimed + award.claimable, award.asset.show
    return _order(
        board, award.group, f"stop stream {stream}", "stopStream", (stream,),
        Change(f"paid to pass {award.pass_id} in all", show(award.amount), show(earned)),
        Change("back to the treasury", show(0), show(award.amount - earned)),
        notes=("what was earned by the second in which it is stopped stays the contributor's",),
    )  # fmt: skip


def open_grant(board: Board, pass_id: int, budget: int, path: Path) -> Order:
    """A grant of the milestones in a file: a list of amount, points, text and, if it vests, vesting."""
    group, asset, _ = board.require_budget(budget)
    board.require_counting(pass_id)
    milestones = milestones_of(path, asset)
    whole = sum(stone[0] for stone in milestones)
    return _order(
        board, group, f"grant pass {pass_id} {asset.show(whole)} in {len(milestones)} tranches",
        "openGrant", (pass_id, budget, milestones),
        _points(board, group, sum(stone[2] for stone in milestones)),
        notes=("a grant reserves nothing: each tranche is paid if the budget has it when it is approved",),
    )  # fmt: skip


class Milestone(BaseModel):
    """A milestone as a file has it; ``text`` is the words, the name of a file with them, or a hash."""

    model_config = ConfigDict(extra="forbid")

    amount: str
    text: str
    points: int = Field(1, ge=1)
    vesting: Annotated[int, BeforeValidator(units.duration), Field(le=MOST_VESTING)] = 0


class Milestones(BaseModel):
    """What a grant's file holds."""

    model_config = ConfigDict(extra="forbid")

    milestones: list[Milestone]


def milestones_of(path: Path, asset: Asset) -> list[tuple[int, int, int, bytes]]:
    """Amount, vesting, points and hash of each; :class:`Refused` with the place of what is wrong."""
    file = source.read(path, str(path))
    found = file.validate(Milestones).milestones
    if not 1 <= len(found) <= MOST_TRANCHES:
        raise file.refuse(("milestones",), f"should be 1 to {MOST_TRANCHES}, not {len(found)}")
    return [(asset.amount(one.amount), one.vesting, one.points, text_hash(one.text)) for one in found]


def approve_tranche(board: Board, grant: int, number: int, memo: str = "") -> Order:
    """A milestone is reached."""
    found = board.grant(grant)
    tranche = next((one for one in found.tranches if one.number == number), None)
    if tranche is None or tranche.state != "open":
        state = tranche.state if tranche else "not there"
        raise Refused(f"tranche {number} of grant {grant} is {state}: {NOTHING}")
    _, asset, headroom = board.require_budget(found.budget)
    return _order(
        board, found.group, f"approve tranche {number} of grant {grant}: {asset.show(tranche.amount)}",
        "approveTranche", (grant, number, memo),
        Change(f"tranche {number}", "open", "approved, and can't be taken back"),
        _spend(board, found.budget, asset, headroom, tranche.amount),
    )  # fmt: skip


def drop(board: Board, grant: int, number: int | None = None) -> Order:
    """Drop a tranche, or all that were not approved."""
    found = board.grant(grant)
    open_ = [one for one in found.tranches if one.state == "open" and number in (None, one.number)]
    if not open_ or (number is None and found.ended):
        raise Refused(f"nothing of grant {grant} is open there: {NOTHING}")
    changes = [Change(f"tranche {one.number}, {found.asset.show(one.amount)}", "open", "dropped") for one in open_]
    name, arguments = ("endGrant", (grant,)) if number is None else ("dropTranche", (grant, number))
    what = f"end grant {grant}" if number is None else f"drop tranche {number} of grant {grant}"
    return _order(board, found.group, what, name, arguments, *changes)


def post_bounty(
    board: Board, budget: int, amount: str, deadline: str, points: int, text: str, memo: str = ""
) -> Order:
    """A bounty, with its money."""
    group, asset, headroom = board.require_budget(budget)
    wei = asset.amount(amount)
    try:
        until = units.moment(deadline)
    except ValueError as error:
        raise Refused(f"the deadline {error}: {NOTHING}") from None
    if not board.now < until <= board.now + 366 * 86_400:
        raise Refused(f"a deadline lies ahead, 366 days at most: {deadline} does not; {NOTHING}")
    return _order(
        board, group, f"post a bounty of {asset.show(wei)} until {units.show_moment(until)}",
        "postBounty", ((budget, wei, until, points, text_hash(text)), memo),
        _spend(board, budget, asset, headroom, wei), _points(board, group, points),
    )  # fmt: skip


def bounty_step(board: Board, number: int, step: str, pass_id: int = 0) -> Order:
    """``step`` is accept (of a pass), approve or cancel."""
    found, who = board.bounty(number), f"pass {pass_id}"
    name, before, after = {
        "accept": ("acceptApplicant", "open", "accepted"),
        "approve": ("approveBounty", "accepted", "approved"),
        "cancel": ("cancelBounty", "open", "returned"),
    }[step]
    if found.state != before:
        raise Refused(f"bounty {number} is {found.state}, not {before}: {NOTHING}")
    if step == "accept" and not board.ask(board.contract, "hasApplied", number, pass_id):
        raise Refused(f"{who} has not applied for bounty {number}: {NOTHING}")
    show = found.award.asset.show
    what = f"accept {who} for bounty {number}" if step == "accept" else f"{step} bounty {number}"
    arguments = (number, pass_id) if step == "accept" else (number,)
    return _order(
        board, found.award.group, f"{what}, {show(found.award.amount)}", name, arguments,
        Change(f"bounty {number}", before, after),
    )  # fmt: skip


def recognize(board: Board, group: int, pass_id: int, points: int, text: str) -> Order:
    """Points without money."""
    board.require_counting(pass_id)
    have = board.points(pass_id)[0]
    return _order(
        board, group, f"recognize pass {pass_id} with {points} points", "recognize",
        (group, pass_id, points, text_hash(text)),
        Change("points on the record", str(have), str(have + points)), _points(board, group, points),
    )  # fmt: skip
