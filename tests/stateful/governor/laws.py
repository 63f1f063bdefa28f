"""What must hold after every step, asked of the contracts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from eth_utils import function_signature_to_4byte_selector
from stateful.governor.bills import selector_of
from stateful.governor.model import Proposal, State
from support.suite import EXPIRY, TEAM_WINDOW

from phemexia.evm import ZERO, Receipt

if TYPE_CHECKING:
    from stateful.governor.world import World


def _selector(signature: str) -> bytes:
    return bytes(function_signature_to_4byte_selector(signature))


STATE = _selector("state(uint256)")
VOTES = _selector("proposalVotes(uint256)")
DEADLINE = _selector("proposalDeadline(uint256)")
SNAPSHOT = _selector("proposalSnapshot(uint256)")
QUORUM = _selector("proposalQuorum(uint256)")
MAJORITY = _selector("proposalMajority(uint256)")
CLASS = _selector("proposalClass(uint256)")
ETA = _selector("proposalEta(uint256)")
BALLOT_OF = _selector("ballotOf(uint256,address)")
SPLIT_WEIGHT = _selector("splitWeight(uint256,uint256)")
PAST_VOTES = _selector("getPastVotes(address,uint256)")
PAST_TOTAL = _selector("getPastTotalSupply(uint256)")
PASS_OF = _selector("passOf(address)")
IS_MEMBER = _selector("isMember(address)")
GUARDIAN = _selector("guardian()")
GUARDIAN_UNTIL = _selector("guardianUntil()")
BALANCE = _selector("balanceOf(address)")
MIN_DELAY = _selector("getMinDelay()")
SIZE = _selector("size()")
LISTED_SINCE = _selector("listedSince(address)")
RULES_OF = _selector("rulesOf(uint8)")
ENTRY_OF = _selector("entryOf(address,bytes4)")


def _word(value: str | int) -> bytes:
    return value.to_bytes(32, "big") if isinstance(value, int) else bytes(12) + bytes.fromhex(value[2:])


class Laws:
    """Compares answers. Raw calls, because a fuzzing run makes millions of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chain = world.chain
        self.governor = world.governor.address
        self.words = {wallet: _word(wallet) for wallet in world.wallets}
        self.executed: set[int] = set()
        self._ended: dict[int, State] = {}

    def _ask(self, data: bytes, of: str | None = None) -> tuple[int, ...]:
        raw = self.chain._read(ZERO, of or self.governor, data)
        return tuple(int.from_bytes(raw[i : i + 32], "big") for i in range(0, len(raw), 32))

    # --- after each step

    def glance(self) -> None:
        """Proposals whose life goes on, and who holds the offices."""
        model = self.world.model
        for proposal in model.proposals.values():
            if proposal.id not in self._ended:
                self._life(proposal)
        guardian = model.realm.present_guardian() or ZERO
        assert self._ask(GUARDIAN) == (int(guardian, 16),), f"the guardian should be {guardian}"

    def _life(self, proposal: Proposal) -> None:
        """State and end are what the model says, the tallies are the sum of its ballots."""
        number, model = _word(proposal.id), self.world.model
        state = model.state(proposal)
        assert self._ask(STATE + number) == (state,), f"state of {proposal}: should be {state.name}"
        tally = proposal.tally()
        assert self._ask(VOTES + number) == tally, f"votes of {proposal}: should be {tally}"
        assert self._ask(DEADLINE + number) == (proposal.end,), f"deadline of {proposal}"
        if state in (State.EXECUTED, State.CANCELED, State.DEFEATED, State.EXPIRED):
            self._ended[proposal.id] = state

    # --- from time to time

    def whole(self) -> None:
        """Everything about every proposal and every ballot, and everything that decisions have changed."""
        for proposal in self.world.model.proposals.values():
            self._life(proposal)
            self._terms(proposal)
            self._ballots(proposal)
            ended = self._ended.get(proposal.id)
            now = self.world.model.state(proposal)
            assert ended in (None, now), f"{proposal} was {ended} and is {now}"
        self._realm()

    def _terms(self, proposal: Proposal) -> None:
        """G1, G10: the rules of its birth, the base of its snapshot."""
        number, model, rules = _word(proposal.id), self.world.model, proposal.rules
        assert self._ask(CLASS + number) == (proposal.class_,), f"class of {proposal}"
        assert self._ask(MAJORITY + number) == (rules[5],), f"majority of {proposal}"
        assert self._ask(ETA + number) == (proposal.eta,), f"eta of {proposal}"
        assert self._ask(SNAPSHOT + number) == (proposal.snapshot,), f"snapshot of {proposal}"
        if model.now > proposal.snapshot:
            assert self._ask(QUORUM + number) == (model.quorum(proposal),), f"quorum of {proposal}"

    def _ballots(self, proposal: Proposal) -> None:
        """No ballot without a pass and weight from before the snapshot; no weight twice."""
        world, model = self.world, self.world.model
        number, moment = _word(proposal.id), _word(proposal.snapshot)
        soul_pass, escrow = world.suite.soul_pass.address, world.suite.escrow.address
        for wallet, word in self.words.items():
            (held,) = self._ask(PASS_OF + word, soul_pass)
            ballot = proposal.ballots.get(held)
            kind = ballot.kind if ballot else 0
            assert self._ask(BALLOT_OF + number + word) == (kind,), f"ballot of {wallet} on {proposal}"
        if model.now <= proposal.snapshot:
            assert not proposal.ballots
            return
        (total,) = self._ask(PAST_TOTAL + moment, escrow)
        assert total == model.escrow.get_past_total_supply(proposal.snapshot)
        assert sum(self._ask(VOTES + number)) <= total, f"more votes than there are: {proposal}"
        owners: list[str] = []
        for pass_id, ballot in proposal.ballots.items():
            (weight,) = self._ask(PAST_VOTES + self.words[ballot.wallet] + moment, escrow)
            assert weight == ballot.weight > 0, f"weight of {ballot}"
            assert 0 < sum(ballot.parts) <= weight, f"more than it weighs: {ballot}"
            used = sum(ballot.parts) if ballot.split else 0
            assert self._ask(SPLIT_WEIGHT + number + _word(pass_id)) == (used,), f"split weight of {ballot}"
            running = model.escrow.running(proposal.snapshot)
            owners += [record.owner for record in running if record.delegatee == ballot.wallet]
        assert len(owners) == len(set(owners)), f"a lock counts twice in {proposal}"

    def _realm(self) -> None:
        """What decisions have changed, and nothing else has."""
        suite, realm, addresses = self.world.suite, self.world.model.realm, self.world.stage.addresses
        treasury, payee = addresses["treasury"], addresses["payee"]
        assert self._ask(BALANCE + _word(treasury), suite.token.address) == (realm.treasury,)
        assert self._ask(BALANCE + _word(payee), suite.token.address) == (realm.paid,)
        assert self.chain.balance(suite.timelock) == realm.ether
        assert self.chain.balance(payee) - 1_000 * 10**18 == realm.ether_paid
        assert self._ask(MIN_DELAY, suite.timelock.address) == (realm.delay,)
        assert self._ask(GUARDIAN_UNTIL) == (realm.guardian_until,)
        team = suite.core_team.address
        assert self._ask(SIZE, team) == (len(realm.team.listed),)
        for wallet, word in self.words.items():
            assert self._ask(LISTED_SINCE + word, team) == (realm.team.listed.get(wallet, 0),), f"list: {wallet}"
            assert self._ask(IS_MEMBER + word, team) == (realm.is_member(wallet),), f"member: {wallet}"
        for class_, rules in enumerate(realm.rules):
            assert self._ask(RULES_OF + _word(class_), suite.action_classes.address) == rules
        for action in (("treasury", "spend"), ("mandates", "signal")):
            entry = _word(addresses[action[0]]) + selector_of(*action).ljust(32, b"\0")
            known = realm.table.get(action)
            told = self._ask(ENTRY_OF + entry, suite.action_classes.address)
            assert told == ((0, 0) if known is None else (1, known)), f"class of {action}"

    # --- around an execution

    @contextmanager
    def around_an_execution(self, number: int, caller: str, member: bool) -> Iterator[list[Receipt]]:
        """What was executed had passed under its class, was due, was not over, and had not been executed before.

        Asked of ballots and clock alone. In the window the caller is of the team: so neither the deployer nor the
        guardian brings anything about, alone or together.
        """
        world = self.world
        proposal = world.model.proposals.get(number)
        happened: list[Receipt] = []
        yield happened
        if not happened:
            return
        assert proposal is not None, "executed what nobody proposed"
        now, (_, _, period, floor, bps, majority) = world.model.now, proposal.rules
        against, in_favour, abstained = proposal.tally()
        total = world.model.escrow.get_past_total_supply(proposal.snapshot)
        assert proposal.end >= proposal.snapshot + period, "executed before everybody could vote"
        assert in_favour > against, "executed what more were against"
        assert in_favour * 10_000 >= majority * (in_favour + against), "executed without its majority"
        turnout = in_favour + abstained
        assert turnout * 10_000 >= bps * total, "executed without its share of all"
        assert turnout >= 500_000 * 10**18, "executed by a handful"
        assert turnout >= floor * 10**18 or 2 * turnout >= total, "executed below its floor"
        assert proposal.eta > proposal.end, "queued before its vote was over"
        assert proposal.eta <= now < proposal.eta + EXPIRY, "executed early, or after its expiry"
        assert member or now >= proposal.eta + TEAM_WINDOW, f"executed by {caller} in the team's window"
        assert not proposal.canceled, "executed what was cancelled"
        assert number not in self.executed, "executed twice"
        self.executed.add(number)
