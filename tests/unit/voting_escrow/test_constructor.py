"""What the escrow is born with, and what its code does not contain."""

import pytest
from support.escrow import MAX_TERM, MIN_DEPOSIT, MIN_TERM, NOTICE, PERMANENT, WEEK

from phemexia import artifacts
from phemexia.evm import START, ZERO, reverts


def test_constructor_sets_token_and_dao(escrow, token, dao):
    assert escrow.token() == token.address
    assert escrow.dao() == dao


def test_constructor_counts_from_the_week_boundary_before(escrow):
    assert escrow.GENESIS() == START - START % WEEK


def test_constants(escrow):
    """V17: terms are seconds, and 104 weeks divide by 24 into the published least term of 30 days and 8 hours."""
    assert escrow.MIN_DEPOSIT() == MIN_DEPOSIT == 10**18
    assert escrow.MAX_TERM() == MAX_TERM == 104 * 604_800
    assert escrow.MIN_TERM() == MIN_TERM == 30 * 86_400 + 8 * 3_600
    assert escrow.PERMANENT() == PERMANENT
    assert escrow.MIGRATION_NOTICE() == NOTICE == 30 * 86_400


@pytest.mark.parametrize("missing", ["token", "dao"])
def test_constructor_refuses_the_zero_address(chain, token, dao, missing):
    arguments = {"token": token.address, "dao": dao} | {missing: ZERO}
    with reverts("VotingEscrow__BadAddress", account=ZERO):
        chain.deploy("VotingEscrow", arguments["token"], arguments["dao"])


def _opcodes(code: bytes) -> set[int]:
    code = code[: -2 - int.from_bytes(code[-2:], "big")]  # without the compiler's metadata
    found, at = set(), 0
    while at < len(code):
        found.add(code[at])
        at += 1 + (code[at] - 0x5F if 0x60 <= code[at] <= 0x7F else 0)
    return found


@pytest.mark.parametrize(
    ("opcode", "name"),
    [
        (0x43, "NUMBER"),
        (0x40, "BLOCKHASH"),
        (0x32, "ORIGIN"),
        (0xF4, "DELEGATECALL"),
        (0xF2, "CALLCODE"),
        (0xFF, "SELFDESTRUCT"),
    ],
)
def test_code_has_no(opcode, name):
    """V14, V17, A4, A12: no block numbers, no distinction of callers by origin, no way to change the code."""
    assert opcode not in _opcodes(artifacts.load("VotingEscrow").runtime)


def test_nobody_but_owners_operators_and_the_dao_changes_anything():
    """A8, D4: the whole list of functions that change state; none pauses, shortens or seizes."""
    abi = artifacts.load("VotingEscrow").abi
    changing = {
        item["name"]
        for item in abi
        if item["type"] == "function" and item["stateMutability"] not in ("view", "pure")
    }
    by_the_owner = {"create", "add", "extend", "addAndExtend", "makePermanent", "startClock", "withdraw", "relock"}
    by_the_owner |= {"migrate", "createWithPermit", "addWithPermit", "addAndExtendWithPermit", "setOperator"}
    by_the_owner |= {"delegate", "delegateBySig"}
    assert changing == by_the_owner | {"createFor", "addFor"} | {"checkpoint"} | {
        "announceSuccessor",
        "retractSuccessor",
    }
