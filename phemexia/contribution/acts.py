"""What a contributor does: the plans, as a holder's are; what can't be done is refused in one sentence."""

from __future__ import annotations

from pathlib import Path

from eth_utils import is_address, is_hex, keccak, to_checksum_address

from phemexia.config import units
from phemexia.contribution.board import Award, Board
from phemexia.errors import Refused
from phemexia.holder.plan import Call, Change, Plan

NOTHING = "nothing was sent"


def text_hash(text: str) -> bytes:
    """The hash of what is agreed on: of a file's bytes, of the words themselves, or itself if it is one."""
    if text.startswith("0x") and len(text) == 66 and is_hex(text):
        return bytes.fromhex(text[2:])
    path = Path(text)
    try:
        if path.is_file():
            return keccak(path.read_bytes())
    except OSError:
        pass  # too long for a file's name, so it is words
    return keccak(text=text)


def claim(board: Board, wallet: str, stream: int, to: str | None = None) -> Plan:
    """Draw what a stream has earned."""
    award = board.stream(stream)
    return _draw(board, wallet, award, f"stream {stream}", to, "claimStream", stream)


def tranche(board: Board, wallet: str, grant: int, number: int, to: str | None = None) -> Plan:
    """Draw what has vested of an approved tranche."""
    found = next((one for one in board.grant(grant).tranches if one.number == number), None)
    if found is None:
        raise Refused(f"grant {grant} has no tranche {number}: {NOTHING}")
    if not found.award:
        raise Refused(f"tranche {number} of grant {grant} is {found.state}, not approved: {NOTHING}")
    award = board.award(found.award)
    return _draw(board, wallet, award, f"tranche {number} of grant {grant}", to, "payTranche", grant, number)


def bounty(board: Board, wallet: str, number: int, to: str | None = None) -> Plan:
    """Draw an approved bounty."""
    found = board.bounty(number)
    if found.state != "approved":
        raise Refused(f"bounty {number} is {found.state}, not approved: {NOTHING}")
    return _draw(board, wallet, found.award, f"bounty {number}", to, "payBounty", number)


def _draw(board: Board, wallet: str, award: Award, what: str, to: str | None, name: str, *which: int) -> Plan:
    if to is not None and not is_address(to):
        raise Refused(f'"{to}" is no address: {NOTHING}')
    mine = board.pass_of(wallet)
    if award.pass_id != mine:
        raise Refused(f"{what} is pass {award.pass_id}'s, and {wallet} holds pass {mine}: {NOTHING}")
    board.require_counting(mine)
    if not award.claimable:
        raise Refused(f"{what} has earned nothing since it was drawn last: {NOTHING}")
    target = to_checksum_address(to or wallet)
    show, claimed = award.asset.show, award.claimed + award.claimable
    points = board.points(mine)[0]
    more = -(-award.points * claimed // award.amount) + (-award.points * award.claimed // award.amount)
    where = "" if target == to_checksum_address(wallet) else f" to {target}"
    return Plan(
        wallet, f"draw {show(award.claimable)} of {what}{where}", f"drew {show(award.claimable)}{where}",
        Call(board.contract, name, (*which, target)),
        (
            Change(f"drawn of {what}", show(award.claimed), show(claimed)),
            Change("still to come", show(award.held), show(award.held - award.claimable)),
            Change("points on the record", str(points), str(points + more)),
        ),
        ("a stream goes on earning by the second: a little more comes than is shown",)
        if board.now < award.end and not award.stopped_at
        else (),
    )  # fmt: skip


def apply(board: Board, wallet: str, number: int, text: str) -> Plan:
    """Apply for a bounty."""
    found, mine = board.bounty(number), board.pass_of(wallet)
    board.require_counting(mine)
    if found.state != "open":
        raise Refused(f"bounty {number} is {found.state}, and takes no applications: {NOTHING}")
    if board.now >= found.deadline:
        raise Refused(f"the deadline of bounty {number} was {units.show_moment(found.deadline)}: {NOTHING}")
    if board.ask(board.contract, "hasApplied", number, mine):
        raise Refused(f"pass {mine} has applied for bounty {number} already: {NOTHING}")
    show = found.award.asset.show
    return Plan(
        wallet, f"apply for bounty {number}, {show(found.award.amount)}", f"applied for bounty {number}",
        Call(board.contract, "applyFor", (number, text_hash(text))),
        (Change(f"application of pass {mine}", "none", "waits for the group"),),
        (f"the money goes back from {units.show_moment(found.deadline)} on, unless the group approves before",),
    )  # fmt: skip


def withdraw(board: Board, wallet: str, number: int) -> Plan:
    """Withdraw an application."""
    found, mine = board.bounty(number), board.pass_of(wallet)
    if not board.ask(board.contract, "hasApplied", number, mine):
        raise Refused(f"pass {mine} has not applied for bounty {number}: {NOTHING}")
    if found.state not in ("open", "accepted"):
        raise Refused(f"bounty {number} is {found.state}: {NOTHING}")
    accepted = found.accepted == mine
    return Plan(
        wallet, f"withdraw from bounty {number}", f"withdrew from bounty {number}",
        Call(board.contract, "withdrawApplication", (number,)),
        (
            Change(f"application of pass {mine}", "accepted" if accepted else "waits for the group", "none"),
            Change(f"bounty {number}", found.state, "open" if accepted else found.state),
        ),
    )  # fmt: skip


def refund(board: Board, wallet: str, number: int) -> Plan:
    """Return the money of a bounty whose deadline has come; anyone may."""
    found = board.bounty(number)
    if found.state not in ("open", "accepted"):
        raise Refused(f"bounty {number} is {found.state}: {NOTHING}")
    if board.now < found.deadline:
        raise Refused(f"the deadline of bounty {number} is {units.show_moment(found.deadline)}: {NOTHING}")
    show = found.award.asset.show
    return Plan(
        wallet, f"return {show(found.award.held)} of bounty {number} to the treasury", f"returned bounty {number}",
        Call(board.contract, "refundBounty", (number,)),
        (Change(f"bounty {number}", found.state, "returned"),),
    )  # fmt: skip
