"""What every step needs: to be taken by the compiled suite and by the model, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from stateful.governor import realm
from stateful.governor.laws import Laws
from stateful.governor.model import Skipped
from stateful.governor.stage import WALLETS, Draft, stage
from stateful.steps import Step, Symbol
from support import passes
from support.suite import DAY

from phemexia import escrow
from phemexia.evm import Event, Receipt, Reverted, events

MUTED = {"CallExecuted", "CallScheduled", "ProposalExecuted", "ProposalQueued"}
"""Events that only their own step may bring."""


class Base:
    """The stage, the model, and how a step is taken in both."""

    def __init__(self, era: str = "usual") -> None:
        self.stage = stage()
        self.chain = self.stage.chain
        self.suite = self.stage.suite
        self.governor = self.suite.governor
        self.model = self.stage.model()
        self.wallets = self.stage.wallets
        self.drafts: dict[int, Draft] = {}
        self.taken: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()  # events of the governor, and states in the end
        self.most_gas = 0
        self.reads = Laws(self)
        self._stack = ExitStack()
        self._era = era

    def __enter__(self) -> Base:
        self._stack.enter_context(self.chain.isolate())
        days = {"decayed": 15 * 7, "last days of the guardian": 165}
        self._warp(self.model.now + days.get(self._era, 0) * DAY)
        return self

    def __exit__(self, *details: object) -> None:
        self._stack.close()

    # --- taking steps ------------------------------------------------------------------------------------------

    def take(self, step: Step) -> None:
        """Take one step in both and compare what came of it."""
        name, *symbols = step
        getattr(self, f"_do_{name}")(*symbols)

    def _both(
        self, label: str, sender: str, contract: Any, function: Any, args: tuple, expect: Callable[[], Any]
    ) -> Receipt | None:
        """Do it in both; ``expect`` returns the governor's events, or None if it has nothing to do with it."""
        refusal: tuple[str, dict] | None = None
        expected = None
        try:
            expected = expect()
        except realm.Refused as refused:
            refusal = refused.name, refused.arguments
        except escrow.Refused as refused:
            refusal = refused.name, refused.arguments
        except passes.Refusal as refused:
            refusal = f"SoulPass__{refused}", {}
        try:
            _, logs, gas = self.chain._transact(sender, contract.address, function.encode(*args), 0)
        except Reverted as revert:
            self.taken[f"{label}: {revert.name}"] += 1
            self._judge(label, refusal, revert)
            return None
        self.taken[label] += 1
        assert refusal is None, f"{label} was accepted, where the model refuses: {refusal}"
        self.most_gas = max(self.most_gas, gas)
        told = events(logs)
        self._compare(label, [event for event in told if event.address == self.governor.address], expected or [])
        if label not in ("execute", "queue"):
            assert not MUTED & {event.name for event in told}, f"{label} brought {told}"
        return Receipt(told, None, gas)

    @staticmethod
    def _judge(label: str, refusal: tuple[str, dict] | None, revert: Reverted) -> None:
        assert refusal is not None, f"{label}: {revert}; the model refuses nothing"
        assert refusal[0] == revert.name, f"{label}: {revert}, not {refusal}"
        for key, value in refusal[1].items():
            got = revert.arguments.get(key)
            assert got == value, f"{label}: {revert}, where {key} should be {value}"

    def _compare(self, label: str, got: list[Event], expected: list[tuple[str, dict]]) -> None:
        names = [event.name for event in got]
        assert names == [name for name, _ in expected], f"{label}: {names}, not {expected}"
        for event, (name, args) in zip(got, expected, strict=True):
            told = {key: event.args[key] for key in args}
            assert told == args, f"{label}: {name} says {told}, not {args}"
            self.seen[f"{name} {Skipped(args['reason']).name}" if "reason" in args else name] += 1

    def _govern(
        self, label: str, name: str, sender: str, args: tuple, expect: Callable[[], Any]
    ) -> Receipt | None:
        function = self.governor[name] if "(" in name else getattr(self.governor, name)
        return self._both(label, sender, self.governor, function, args, expect)

    def _warp(self, time: int) -> None:
        if time > self.model.now:
            self.chain.warp(time)
            self.model.warp(time)

    def _person(self, symbol: Symbol) -> str:
        kind, x = symbol
        others = self.stage.deployer, self.stage.guardian, self.stage.bystander
        return self.wallets[x % WALLETS] if kind == 0 else others[kind - 1]
