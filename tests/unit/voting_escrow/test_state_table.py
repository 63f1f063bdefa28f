"""State before x action -> state after: every cell of the two tables in docs/escrow.md is played."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from support.escrow import MIN_TERM, NOTICE, PERMANENT, PT, WEEK, boundary, line, sign_delegation, sign_permit
from support.solidity import compile_source

from phemexia import artifacts
from phemexia.evm import ZERO, Chain, Contract, reverts
from phemexia.toolchain import ROOT

AMOUNT = 7 * PT
PAID = 3 * PT
OTHERS = 2 * PT

STATES = ["none", "active", "closing", "expired", "permanent"]
WAYS = {"none": ["never locked", "withdrawn", "migrated"], "expired": ["just now", "a year ago"]}
"""How a state came about, where that might make a difference."""
TABLES = {"self": "The account votes for itself", "delegated": "The account has delegated"}

NOT_ABOUT_A_LOCK = {"announceSuccessor", "retractSuccessor"}


def documented() -> dict[tuple[str, str, str], str]:
    """``(voter, action, state) -> cell`` as docs/escrow.md has it; rows for several functions count for each."""
    text = (ROOT / "docs" / "escrow.md").read_text()
    cells = {}
    for voter, title in TABLES.items():
        section = text.split(f"### {title}\n")[1].split("\n#")[0]
        rows = [
            [cell.strip() for cell in row.strip("|").split("|")]
            for row in section.splitlines()
            if row.startswith("|")
        ]
        assert rows[0] == ["Action", *STATES]
        for label, *row in rows[2:]:
            suffix = label.rsplit("`", 1)[1]
            for function in re.findall(r"`(\w+)`", label):
                for state, cell in zip(STATES, row, strict=True):
                    assert (voter, function + suffix, state) not in cells
                    cells[voter, function + suffix, state] = cell
    return cells


@dataclass
class Scene:
    """A holder in some state, beside somebody else whose lock the same delegatee votes with."""

    chain: Chain
    escrow: Contract
    token: Contract
    signer: Any
    delegatee: str
    second_delegatee: str
    second_holder: str
    operator: str
    stranger: str
    successor: Contract
    others_end: int = 0

    @property
    def holder(self) -> str:
        return self.signer.address

    @property
    def later(self) -> int:
        """The end that actions give."""
        return boundary(self.chain.timestamp, 80)

    def lock(self) -> tuple[int, int, str]:
        """(amount, end, delegatee) of the holder."""
        seen = self.escrow.lockOf(self.holder)
        return seen["amount"], seen["unlockTime"], seen["delegatee"]

    def state(self) -> str:
        amount, end, _ = self.lock()
        left = end - self.chain.timestamp
        if amount == 0:
            return "none"
        if end == PERMANENT:
            return "permanent"
        return "expired" if left <= 0 else "closing" if left < MIN_TERM else "active"

    def histories(self) -> list:
        """Number and content of what is on record about the holder."""
        return [
            self.escrow.lockHistory(self.holder, 0, 99),
            self.escrow.operatorOf(self.holder, self.stranger),
        ]

    def permit(self, amount: int) -> tuple:
        self.token.approve(self.escrow, 0, sender=self.holder)
        deadline = self.chain.timestamp
        return deadline, *sign_permit(
            self.signer, self.token, self.escrow.address, amount, deadline, self.token.nonces(self.holder)
        )

    def by_signature(self, to: str) -> None:
        nonce, expiry = self.escrow.nonces(self.holder), self.chain.timestamp
        signature = sign_delegation(self.signer, self.escrow, to, nonce, expiry)
        self.escrow.delegateBySig(to, nonce, expiry, *signature, sender=self.stranger)

    def another(self) -> str:
        """Who votes after `delegate` to another."""
        return self.second_delegatee if self.lock()[2] == self.delegatee else self.delegatee


def _targets(scene: Scene) -> dict[str, str]:
    return {
        " to another": scene.another(),
        " to the same again": scene.lock()[2],
        " to itself": scene.holder,
        " to zero": ZERO,
    }


def _delegate(suffix: str) -> Callable[[Scene], object]:
    return lambda scene: scene.escrow.delegate(_targets(scene)[suffix], sender=scene.holder)


def _delegate_by_sig(suffix: str) -> Callable[[Scene], object]:
    return lambda scene: scene.by_signature(_targets(scene)[suffix])


def _checkpoint(scene: Scene) -> None:
    scene.escrow["checkpoint()"](sender=scene.stranger)
    for account in (scene.holder, scene.delegatee):
        scene.escrow["checkpoint(address)"](account, sender=scene.stranger)


TARGETS = [" to another", " to the same again", " to itself", " to zero"]
ACTIONS: dict[str, Callable[[Scene], object]] = {
    "create": lambda s: s.escrow.create(PAID, s.later, sender=s.holder),
    "createWithPermit": lambda s: s.escrow.createWithPermit(PAID, s.later, *s.permit(PAID), sender=s.holder),
    "add": lambda s: s.escrow.add(PAID, sender=s.holder),
    "addWithPermit": lambda s: s.escrow.addWithPermit(PAID, *s.permit(PAID), sender=s.holder),
    "extend": lambda s: s.escrow.extend(s.later, sender=s.holder),
    "addAndExtend": lambda s: s.escrow.addAndExtend(PAID, s.later, sender=s.holder),
    "addAndExtendWithPermit": lambda s: s.escrow.addAndExtendWithPermit(
        PAID, s.later, *s.permit(PAID), sender=s.holder
    ),
    "makePermanent": lambda s: s.escrow.makePermanent(sender=s.holder),
    "startClock": lambda s: s.escrow.startClock(sender=s.holder),
    "withdraw": lambda s: s.escrow["withdraw()"](sender=s.holder),
    "relock": lambda s: s.escrow.relock(s.later, sender=s.holder),
    "migrate": lambda s: s.escrow.migrate(s.successor, sender=s.holder),
    "setOperator": lambda s: s.escrow.setOperator(s.chain.account("escrow clerk"), True, s.later, sender=s.holder),
    "createFor by an operator": lambda s: s.escrow.createFor(s.holder, PAID, sender=s.operator),
    "addFor by an operator": lambda s: s.escrow.addFor(s.holder, PAID, sender=s.operator),
    "createFor by anybody else": lambda s: s.escrow.createFor(s.holder, PAID, sender=s.stranger),
    "addFor by anybody else": lambda s: s.escrow.addFor(s.holder, PAID, sender=s.stranger),
    "checkpoint by anybody": _checkpoint,
    **{f"delegate{suffix}": _delegate(suffix) for suffix in TARGETS},
    **{f"delegateBySig{suffix}": _delegate_by_sig(suffix) for suffix in TARGETS},
}
CELLS = documented()


@pytest.fixture
def scene(
    chain, escrow, token, dao, signer, delegatee, second_delegatee, second_holder, operator, stranger, lock, fund
) -> Scene:
    successor = chain.deploy(compile_source("Successors.sol", "Successor"), token)
    escrow.announceSuccessor(successor, sender=dao)
    chain.sleep(NOTICE)
    scene = Scene(
        chain,
        escrow,
        token,
        signer,
        delegatee,
        second_delegatee,
        second_holder,
        operator,
        stranger,
        successor,
        others_end=lock(second_holder, OTHERS, weeks=103),
    )
    escrow.delegate(delegatee, sender=second_holder)
    for account in (scene.holder, operator, stranger):
        fund(account, 100 * PT)
    return scene


def enter(scene: Scene, voter: str, state: str, way: str) -> None:
    """Bring the holder into a state."""
    chain, escrow, holder = scene.chain, scene.escrow, scene.holder
    if voter == "delegated":
        escrow.delegate(scene.delegatee, sender=holder)
    if way != "never locked":
        end = boundary(chain.timestamp, 52 if state == "active" else 10)
        escrow.create(AMOUNT, end, sender=holder)
        chain.sleep(WEEK // 2)
        if state == "permanent":
            escrow.makePermanent(sender=holder)
        if way == "migrated":
            escrow.migrate(scene.successor, sender=holder)
        if state == "closing":
            chain.warp(end - MIN_TERM + 1)
        if state == "expired" or way == "withdrawn":
            chain.warp(end)
        if way == "withdrawn":
            escrow["withdraw()"](sender=holder)
        if way == "a year ago":
            chain.sleep(52 * WEEK)
        if way != "just now":
            chain.sleep(1)
    escrow.setOperator(scene.operator, True, scene.later, sender=holder)
    assert scene.state() == state
    assert scene.lock()[2] == (scene.delegatee if voter == "delegated" else holder)


def _cases() -> list:
    return [
        pytest.param(*key, way, cell, id=f"{key[0]}-{way or key[2]}-{key[1]}".replace(" ", "_"))
        for key, cell in CELLS.items()
        for way in WAYS.get(key[2], [""])
    ]


@pytest.mark.parametrize(("voter", "action", "state", "way", "cell"), _cases())
def test_state_table_cell(scene, voter, action, state, way, cell):
    """V12, D8, A2, A7: the state after is what the table says, and so is every sum."""
    enter(scene, voter, state, way)
    before, records = scene.lock(), scene.histories()
    target = scene.another()
    call = ACTIONS[action]

    error = re.fullmatch(r"`(\w+)`", cell)
    if error:
        with reverts(f"VotingEscrow__{error[1]}"):
            call(scene)
        expected = before
    else:
        call(scene)
        expected = _after(scene, before, target, *cell.split(", "))
    assert scene.lock() == expected
    if error or cell == "same":
        assert scene.histories() == records
    _check_sums(scene)


def _after(
    scene: Scene, before: tuple[int, int, str], target: str, state: str, *changes: str
) -> tuple[int, int, str]:
    """What (amount, end, delegatee) a cell asks for; the state's name is checked on the way."""
    amount, end, voter = before
    if state == "same":
        assert changes == ()
        return before
    assert scene.state() == state
    if state == "none":
        amount, end = 0, 0
    elif state == "permanent":
        end = PERMANENT
    for change in changes:
        match change:
            case "new":
                amount, end = PAID, scene.later
            case "more":
                amount += PAID
            case "later end":
                end = scene.later
            case "104 weeks":
                end = boundary(scene.chain.timestamp, 104)
            case "delegated":
                voter = target
            case "self":
                voter = scene.holder
            case _:
                raise AssertionError(f"the table has a word without a meaning: {change}")
    return amount, end, voter


def _check_sums(scene: Scene) -> None:
    """Lines, votes and the tokens held agree with the two locks there are."""
    chain, escrow = scene.chain, scene.escrow
    genesis, now = escrow.GENESIS(), chain.timestamp
    amount, end, voter = scene.lock()
    held = scene.token.balanceOf(escrow)
    chain.sleep(1)
    mine, others = (amount, end), (OTHERS, scene.others_end)
    assert held == amount + OTHERS
    assert escrow.pastTotalLine(now) == line([mine, others], genesis, now)
    assert escrow.pastLine(scene.delegatee, now) == line(
        [others] + [mine] * (voter == scene.delegatee), genesis, now
    )
    assert escrow.pastLine(scene.second_delegatee, now) == line(
        [mine] * (voter == scene.second_delegatee), genesis, now
    )
    assert escrow.pastLock(scene.holder, now)[2:] == (voter != scene.holder, line([mine], genesis, now)[2])
    assert escrow.expiringTotal(scene.others_end) == OTHERS
    if now < end < PERMANENT:
        assert escrow.expiringTotal(end) == amount


def test_state_table_has_a_cell_for_every_case():
    """The tables are complete: both ways to vote, every action there is, every state."""
    wanted = {(voter, action, state) for voter, action, state in product(TABLES, ACTIONS, STATES)}
    pointless = {
        ("self", f"{name} to the same again", state) for name in ("delegate", "delegateBySig") for state in STATES
    }
    assert set(CELLS) == wanted - pointless
    assert {(case.values[0], case.values[1], case.values[2]) for case in _cases()} == set(CELLS)


def test_state_table_knows_every_function():
    """Every function that changes state has a row."""
    abi = artifacts.load("VotingEscrow").abi
    changing = {i["name"] for i in abi if i["type"] == "function" and i["stateMutability"] == "nonpayable"}
    assert {action.split(" ")[0] for action in ACTIONS} == changing - NOT_ABOUT_A_LOCK
