"""What people do beside voting: their locks, their passes, the core team."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from stateful.governor.base import Base
from stateful.governor.bills import OTHERS
from stateful.governor.stage import WALLETS
from stateful.steps import Symbol
from support import passes
from support.suite import PT, WEEK

from phemexia.evm import ZERO


class Members(Base):
    """The steps of members."""

    # --- steps: locks ------------------------------------------------------------------------------------------

    def _lock(self, label: str, name: str, who: int, args: tuple, expect: Callable[[], Any]) -> None:
        contract = self.suite.escrow
        function = contract[name] if "(" in name else getattr(contract, name)
        self._both(label, self.wallets[who], contract, function, args, lambda: expect() and None)

    def _amount(self, wallet: str, symbol: Symbol) -> int:
        kind, x = symbol
        if kind == 1:
            needed = self.model.realm.rules[x % 4][0] * PT
            missing = needed - self.model.escrow.get_votes(wallet) + (-1, 0, 1)[x % 3]
            return missing if missing >= PT else PT
        return PT if kind == 2 else PT + x * 12 * PT

    def _end(self, symbol: Symbol) -> int:
        kind, x = symbol
        model = self.model.escrow
        return model.latest() if kind == 1 else model.earliest() + x % 100 * WEEK

    def _do_create(self, who: int, amount: Symbol, end: Symbol) -> None:
        without = [one for one in range(WALLETS) if not self.model.escrow.record(self.wallets[one]).amount]
        if who % 4 and without:
            who = without[who % len(without)]
        wallet = self.wallets[who]
        args = self._amount(wallet, amount), self._end(end)
        self._lock("create", "create", who, args, lambda: self.model.escrow.create(wallet, *args))

    def _do_add(self, who: int, amount: Symbol) -> None:
        wallet = self.wallets[who]
        args = (self._amount(wallet, amount),)
        self._lock("add", "add", who, args, lambda: self.model.escrow.add(wallet, *args))

    def _do_extend(self, who: int, end: Symbol) -> None:
        args = (self._end(end),)
        self._lock("extend", "extend", who, args, lambda: self.model.escrow.extend(self.wallets[who], *args))

    def _do_permanent(self, who: int) -> None:
        self._lock(
            "permanent", "makePermanent", who, (), lambda: self.model.escrow.make_permanent(self.wallets[who])
        )

    def _do_start_clock(self, who: int) -> None:
        self._lock("start_clock", "startClock", who, (), lambda: self.model.escrow.start_clock(self.wallets[who]))

    def _do_withdraw(self, who: int) -> None:
        """Of a lock that is over, if there is one."""
        model, wallets = self.model.escrow, self.wallets
        over = [one for one in range(WALLETS) if 0 < model.record(wallets[one]).unlock_time <= model.now]
        who = over[who % len(over)] if over else who
        self._lock("withdraw", "withdraw()", who, (), lambda: model.withdraw(wallets[who]))

    def _do_delegate(self, who: int, to: int) -> None:
        args = ([*self.wallets, self.stage.bystander, ZERO][to],)
        self._lock("delegate", "delegate", who, args, lambda: self.model.escrow.delegate(self.wallets[who], *args))

    # --- steps: passes -----------------------------------------------------------------------------------------

    def _pass(self, label: str, name: str, sender: str, args: tuple, expect: Callable[[], Any]) -> None:
        contract = self.suite.soul_pass
        self._both(label, sender, contract, getattr(contract, name), args, lambda: expect() and None)

    def _papers(self, account: int, wallet: int, recovery: bool = False) -> tuple:
        nonce = self.model.realm.passes.nonces.get(account, 0)
        return self.stage.papers(account, wallet, nonce, recovery)

    def _free(self, x: int) -> int:
        """A wallet without a pass, if there is one."""
        free = [wallet for wallet in range(WALLETS) if not self.model.realm.passes.pass_of(wallet)]
        return free[x % len(free)] if free else x

    def _do_mint(self, account: int, wallet: int) -> None:
        """A pass that is given for the first time, or one that comes back, to its wallet or to another."""
        book = self.model.realm.passes
        if wallet % 4:
            held = {one.account for one in book.passes.values() if one.wallet is not None}
            without = [one for one in range(WALLETS) if one not in held]
            account, wallet = without[account % len(without)] if without else account, self._free(wallet)
        self._mint(account, wallet)

    def _mint(self, account: int, wallet: int) -> None:
        book = self.model.realm.passes
        paper, attestation, _ = self._papers(account, wallet)
        self._pass("mint", "mint", self.wallets[wallet], (paper, attestation), lambda: book.mint(account, wallet))

    def _do_burn(self, wallet: int) -> None:
        book = self.model.realm.passes
        number = book.pass_of(wallet) or 1
        self._pass("burn", "burn", self.wallets[wallet], (number,), lambda: book.burn(wallet, number))

    def _number(self, x: int) -> int:
        return OTHERS + x % (len(self.model.realm.passes.passes) - OTHERS) + 1

    def _do_revoke(self, who: int) -> None:
        number, book = self._number(who), self.model.realm.passes
        self._pass("revoke", "revoke", self.stage.issuer.address, (number, 1), lambda: book.revoke(number))

    def _do_reinstate(self, who: int) -> None:
        book = self.model.realm.passes
        revoked = [number for number, one in book.passes.items() if one.revoked is not None]
        number = revoked[who % len(revoked)] if revoked else self._number(who)
        self._pass(
            "reinstate",
            "reinstate",
            self.stage.issuer.address,
            (number,),
            lambda: book.reinstate(number, "issuer"),
        )

    def _do_start_recovery(self, account: int, wallet: int) -> None:
        book = self.model.realm.passes
        held = [one.account for number, one in book.passes.items() if number > OTHERS and one.wallet is not None]
        if wallet % 4 and held:
            account, wallet = held[account % len(held)], self._free(wallet)
        if book.id_of(account):
            args = self._papers(account, wallet, True)
            self._pass(
                "start_recovery",
                "startRecovery",
                self.stage.bystander,
                args,
                lambda: book.start(account, wallet),
            )

    def _do_complete_recovery(self, at_once: int, who: int) -> None:
        """What is pending is waited for; or it is too early."""
        book = self.model.realm.passes
        pending = [number for number, one in book.passes.items() if one.pending is not None]
        number = pending[who % len(pending)] if pending else self._number(who)
        if pending and not at_once:
            one = book.passes[number].pending
            assert one is not None
            self._warp(one[1] + passes.WAIT - who % 2)
        self._pass(
            "complete_recovery",
            "completeRecovery",
            self.stage.bystander,
            (number,),
            lambda: book.complete(number),
        )

    # --- steps: the team ---------------------------------------------------------------------------------------

    def _team(self, label: str, sender: str, args: tuple, expect: Callable[[], Any]) -> None:
        contract = self.suite.core_team
        self._both(label, sender, contract, getattr(contract, label), args, expect)

    def _do_support(self, who: int, whom: int, joining: int) -> None:
        team = [wallet for wallet in self.wallets if wallet in self.model.realm.team.listed]
        caller = team[who % len(team)] if team and who < WALLETS - 1 else self.wallets[who]
        account, sense = self.wallets[whom], bool(joining)
        if whom % 3:
            sense = account not in self.model.realm.team.listed
        self._team("support", caller, (account, sense), lambda: self.model.realm.support(caller, account, sense))

    def _do_resign(self, who: int) -> None:
        caller = self.wallets[who]
        self._team("resign", caller, (), lambda: self.model.realm.team.leave(caller))

    def _do_drop(self, who: int) -> None:
        account = self.wallets[who]
        self._team("drop", self.stage.bystander, (account,), lambda: self.model.realm.drop(account))
