"""The whole life of passes, for many people and wallets, against the model in `support.passes`.

After every step: everything the contract says is what the model says; one id for each account and one pass for
each wallet (N4); an id that was given never disappears, nor does a line of its record.
"""

from __future__ import annotations

from eth_account import Account
from eth_utils import keccak
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from support.passes import DAY, STARTS, STRUCK, Model, Pass, Refusal

from phemexia.attest import Domain, KeySigner, Kind, Voucher
from phemexia.evm import ZERO, Chain, reverts

PEOPLE, WALLETS = 4, 6
SIGNERS = [KeySigner(Account.from_key(keccak(text=f"wallet {i}"))) for i in range(WALLETS)]
ISSUERS = [KeySigner(Account.from_key(keccak(text=f"issuer {i}"))) for i in range(3)]
ACCOUNTS = [keccak(text=f"account {i}") for i in range(PEOPLE)]
KINDS = {name: name.encode().ljust(32, b"\0") for name in ("contribution", "credit")}

people = st.integers(0, PEOPLE - 1)
wallets = st.integers(0, WALLETS - 1)
ids = st.integers(1, PEOPLE)
spans = st.sampled_from([1, 3_600, DAY, 6 * DAY, 7 * DAY - 1, 7 * DAY, 14 * DAY, 23 * DAY, 30 * DAY - 1, 30 * DAY])


class SoulPassMachine(RuleBasedStateMachine):
    """People mint, burn, lose wallets; issuer, guardian, DAO and thieves do what they can."""

    @initialize()
    def deploy(self) -> None:
        self.chain = Chain()
        self.dao, self.guardian, self.publisher = map(self.chain.account, ("dao", "guardian", "publisher"))
        roles = self.dao, ISSUERS[0].address, self.guardian, self.publisher, self.publisher
        self.soul_pass = self.chain.deploy("SoulPass", *roles, self.chain.deploy("PassArt"))
        self.domain = Domain(self.chain.chain_id, self.soul_pass.address)
        self.model = Model(self.chain.timestamp)
        self.given: dict[int, int] = {}  # account to the id it was ever given
        self.guardian_until = self.chain.timestamp + 180 * DAY

    # --- helpers

    @property
    def issuer(self) -> KeySigner:
        return ISSUERS[self.model.term % len(ISSUERS)]

    def passes(self) -> list[Pass]:
        return list(self.model.passes.values())

    def voucher(self, person: int, wallet: int) -> Voucher:
        nonce = self.model.nonces.get(person, 0)
        return Voucher(SIGNERS[wallet].address, ACCOUNTS[person], nonce, self.chain.timestamp)

    def papers(self, person: int, wallet: int, recovery: bool = False) -> tuple:
        voucher = self.voucher(person, wallet)
        kinds = (Kind.RECOVERY_VOUCHER, Kind.RECOVERY_CONSENT) if recovery else (Kind.VOUCHER, Kind.CONSENT)
        attestation = self.issuer.sign(self.domain, kinds[0], voucher)
        return voucher.as_tuple(), attestation, SIGNERS[wallet].sign(self.domain, kinds[1], voucher)

    def both(self, expected, function, *args, sender):
        """The model and the contract agree: on what is returned, or on the error."""
        try:
            outcome = expected()
        except Refusal as refusal:
            with reverts(f"SoulPass__{refusal}"):
                function(*args, sender=sender)
            return None
        receipt = function(*args, sender=sender)
        assert outcome is None or receipt.returned == outcome
        return receipt

    # --- time and offices

    @rule(span=spans)
    def wait(self, span: int) -> None:
        self.chain.sleep(span)
        self.model.now = self.chain.timestamp
        if self.chain.timestamp >= self.guardian_until:  # the DAO renews the term
            self.soul_pass.setGuardian(self.guardian, sender=self.dao)
            self.guardian_until = self.chain.timestamp + 180 * DAY

    @rule(by=st.sampled_from(["issuer", "guardian"]), on=st.booleans())
    def pause(self, by: str, on: bool) -> None:
        sender = self.issuer if by == "issuer" else self.guardian
        function = self.soul_pass.pauseIssuance if on else self.soul_pass.resumeIssuance
        function(sender=sender)
        (self.model.paused.add if on else self.model.paused.discard)(by)

    @rule()
    def resume_all(self) -> None:
        self.soul_pass.resumeIssuance(sender=self.dao)
        self.model.paused.clear()

    @rule()
    def change_issuer(self) -> None:
        successor = ISSUERS[(self.model.term + 1) % len(ISSUERS)]
        self.soul_pass.nominateIssuer(successor, sender=self.dao)
        self.soul_pass.acceptIssuer(sender=successor)
        self.model.term += 1

    # --- minting and burning

    @rule(person=people, wallet=wallets)
    def mint(self, person: int, wallet: int) -> None:
        paper, attestation, _ = self.papers(person, wallet)
        sender = SIGNERS[wallet].address
        self.both(lambda: self.model.mint(person, wallet), self.soul_pass.mint, paper, attestation, sender=sender)

    @rule(entries=st.lists(st.tuples(people, wallets, st.booleans()), min_size=1, max_size=5))
    def sponsor_many(self, entries) -> None:
        if self.model.paused:
            return
        batch = [self.papers(person, wallet) for person, wallet, _ in entries]
        batch = [one if good else (*one[:2], b"") for one, (_, _, good) in zip(batch, entries, strict=True)]
        nonces = dict(self.model.nonces)
        expected, reasons = [], []
        for person, wallet, good in entries:
            try:
                self.model.check_mint(person, wallet)
                if self.model.nonces.get(person, 0) != nonces.get(person, 0):
                    raise Refusal("WrongNonce")
                if not good:
                    raise Refusal("NotConsented")
                expected.append(self.model.mint(person, wallet))
            except Refusal as refusal:
                expected.append(0)
                reasons.append(str(refusal))
        receipt = self.soul_pass.sponsorMany(batch, sender=self.dao)
        assert receipt.returned == expected
        assert len(receipt.named("MintSkipped")) == len(reasons)

    @rule(wallet=wallets, number=ids, own=st.sampled_from([True, True, False]))
    def burn(self, wallet: int, number: int, own: bool) -> None:
        number = self.model.pass_of(wallet) or number if own else number
        sender = SIGNERS[wallet].address
        self.both(lambda: self.model.burn(wallet, number), self.soul_pass.burn, number, sender=sender)

    @rule(person=people)
    def withdraw(self, person: int) -> None:
        stale = self.papers(person, 0)
        self.soul_pass.withdrawVouchers([ACCOUNTS[person]], sender=self.issuer)
        self.model.nonces[person] = self.model.nonces.get(person, 0) + 1
        (returned,) = self.soul_pass.sponsorMany.call([stale], sender=self.dao) if not self.model.paused else (0,)
        assert returned == 0

    # --- standing

    @precondition(lambda self: self.model.passes)
    @rule(number=ids)
    def revoke(self, number: int) -> None:
        number = min(number, len(self.model.passes))
        self.both(lambda: self.model.revoke(number), self.soul_pass.revoke, number, 1, sender=self.issuer)

    @precondition(lambda self: self.model.passes)
    @rule(number=ids, by=st.sampled_from(["issuer", "dao"]))
    def reinstate(self, number: int, by: str) -> None:
        number = min(number, len(self.model.passes))
        sender = self.issuer if by == "issuer" else self.dao
        self.both(lambda: self.model.reinstate(number, by), self.soul_pass.reinstate, number, sender=sender)

    # --- recovery

    @precondition(lambda self: self.model.passes)
    @rule(person=people, wallet=wallets, sound=st.sampled_from([True, True, False]))
    def start(self, person: int, wallet: int, sound: bool) -> None:
        held = [one.account for one in self.model.passes.values() if one.wallet is not None]
        free = [wallet for wallet in range(WALLETS) if not self.model.occupant_of(wallet)]
        if sound and held and free:
            person, wallet = held[person % len(held)], free[wallet % len(free)]
        papers = self.papers(person, wallet, recovery=True)
        self.both(lambda: self.model.start(person, wallet), self.soul_pass.startRecovery, *papers, sender=self.dao)

    @precondition(lambda self: self.model.passes)
    @rule(number=ids, by=st.sampled_from(["dao", "guardian", "wallet", "wallet"]), wallet=wallets)
    def stop(self, number: int, by: str, wallet: int) -> None:
        number = min(number, len(self.model.passes))
        holder = self.model.passes[number].wallet
        if by == "wallet" and holder is not None and wallet % 2:
            wallet = holder
        sender = {"dao": self.dao, "guardian": self.guardian}.get(by, SIGNERS[wallet].address)
        self.both(lambda: self.model.stop(number, by, wallet), self.soul_pass.stopRecovery, number, sender=sender)

    @precondition(lambda self: self.model.passes)
    @rule(number=ids)
    def complete(self, number: int) -> None:
        number = min(number, len(self.model.passes))
        self.both(lambda: self.model.complete(number), self.soul_pass.completeRecovery, number, sender=self.dao)

    @precondition(lambda self: any(self.model.is_pending(number) for number in self.model.passes))
    @rule()
    def complete_in_time(self) -> None:
        """The way that random steps seldom find: wait for what is pending, and complete it."""
        number = next(number for number in self.model.passes if self.model.is_pending(number))
        pending = self.model.passes[number].pending
        assert pending is not None
        self.wait(max(0, pending[1] + 7 * DAY - self.chain.timestamp))
        self.complete(number)

    def pending(self) -> int:
        """A pass whose recovery waits: one that does, or one that is started for it; zero if none can be."""
        waits = (number for number in self.model.passes if self.model.is_pending(number))
        if number := next(waits, 0):
            return number
        free = [wallet for wallet in range(WALLETS) if not self.model.occupant_of(wallet)]
        for number, one in self.model.passes.items():
            if free and one.wallet is not None and one.blocked_until <= self.model.now:
                self.start(one.account, free[0], sound=False)
                return number if self.model.is_pending(number) else 0
        return 0

    @precondition(lambda self: self.model.passes)
    @rule(burned=st.booleans())
    def complete_to_a_wallet_that_is_taken(self, burned: bool) -> None:
        """The new wallet gets another pass while a recovery to it waits, and may burn it when revoked."""
        number = self.pending()
        if not number:
            return
        state = self.model.passes[number].pending
        assert state is not None
        to = state[0]
        taken = {one.account for one in self.passes() if one.wallet is not None or one.revoked is not None}
        if free := [person for person in range(PEOPLE) if person not in taken]:
            self.resume_all()
            self.mint(free[0], to)
        else:
            held = [n for n, one in self.model.passes.items() if one.wallet is not None and n != number]
            if held and not self.model.occupant_of(to):
                self.start(self.model.passes[held[0]].account, to, sound=False)
                self.wait(7 * DAY)
                self.complete(held[0])
        other = self.model.pass_of(to)
        if burned and other:
            self.revoke(other)
            self.burn(to, other, own=True)
        self.wait(max(0, state[1] + 7 * DAY - self.chain.timestamp))
        self.complete(number)

    @precondition(lambda self: any(one.wallet is not None and one.revoked is None for one in self.passes()))
    @rule(early=st.sampled_from([0, 1]), waited=st.sampled_from([1, 7 * DAY - 1]))
    def veto_around_the_fourteenth_day(self, early: int, waited: int) -> None:
        """Whether the holder of a revoked pass can stop a recovery hangs on when it started."""
        one = next(one for one in self.passes() if one.wallet is not None and one.revoked is None)
        number, wallet = self.model.id_of(one.account), one.wallet
        assert wallet is not None
        self.revoke(number)
        self.wait(14 * DAY - early)
        free = [wallet for wallet in range(WALLETS) if not self.model.occupant_of(wallet)]
        if free:
            self.start(one.account, free[0], sound=False)
        self.wait(waited)
        self.stop(number, "wallet", wallet)

    @precondition(lambda self: any(self.model.is_pending(number) for number in self.model.passes))
    @rule(how=st.sampled_from(["burn", "revoke", "stop"]))
    def end_what_is_pending(self, how: str) -> None:
        number = next(number for number in self.model.passes if self.model.is_pending(number))
        wallet = self.model.passes[number].wallet
        assert wallet is not None
        if how == "burn":
            self.burn(wallet, number, own=False)
        elif how == "revoke":
            self.revoke(number)
        else:
            self.stop(number, "wallet", wallet)

    @precondition(lambda self: any(one.wallet is not None for one in self.passes()))
    @rule(lifted=st.booleans())
    def burn_what_is_revoked(self, lifted: bool) -> None:
        """Burning is no way out of a revocation for the wallet; reinstating is."""
        one = next(one for one in self.passes() if one.wallet is not None)
        number, wallet = self.model.id_of(one.account), one.wallet
        assert wallet is not None
        self.revoke(number)
        self.burn(wallet, number, own=True)
        if lifted:
            self.reinstate(number, "dao")

    @precondition(lambda self: any(one.revoked is not None for one in self.model.passes.values()))
    @rule(age=st.sampled_from([14 * DAY, 30 * DAY - 1, 30 * DAY]), by=st.sampled_from(["issuer", "dao"]))
    def reinstate_at_an_age(self, age: int, by: str) -> None:
        number = next(number for number, one in self.model.passes.items() if one.revoked is not None)
        revoked = self.model.passes[number].revoked
        assert revoked is not None
        self.wait(max(0, revoked + age - self.chain.timestamp))
        self.reinstate(number, by)

    @precondition(lambda self: any(one.wallet is not None and one.revoked is None for one in self.passes()))
    @rule()
    def use_up_the_day(self) -> None:
        """The way to the day's limit: start, and drop by a revocation that is lifted at once, again and again."""
        one = next(one for one in self.passes() if one.wallet is not None and one.revoked is None)
        free = [wallet for wallet in range(WALLETS) if not self.model.occupant_of(wallet)]
        if not free:
            return
        number = self.model.id_of(one.account)
        for _ in range(STARTS + 1):
            self.start(one.account, free[0], sound=False)
            if not self.model.is_pending(number):
                break  # refused, by the limit if by nothing else
            self.revoke(number)
            self.reinstate(number, "issuer")

    # --- record

    @rule(number=ids, kind=st.sampled_from(sorted(KINDS)), value=st.integers(0, 5))
    def write(self, number: int, kind: str, value: int) -> None:
        args = KINDS[kind], number, value
        self.both(
            lambda: self.model.write(number, kind, value), self.soul_pass.write, *args, sender=self.publisher
        )

    @rule(number=ids, kind=st.sampled_from(sorted(KINDS)), value=st.integers(0, 5))
    def put_right(self, number: int, kind: str, value: int) -> None:
        """The DAO names itself the writer, and lowers what it likes."""
        self.soul_pass.setWriter(KINDS[kind], self.dao, sender=self.dao)
        args = KINDS[kind], number, value
        self.both(
            lambda: self.model.write(number, kind, value, by_dao=True),
            self.soul_pass.write,
            *args,
            sender=self.dao,
        )
        self.soul_pass.setWriter(KINDS[kind], self.publisher, sender=self.dao)

    # --- the laws

    @invariant()
    def wallets_agree(self) -> None:
        if not hasattr(self, "model"):
            return
        for wallet, signer in enumerate(SIGNERS):
            number = self.model.pass_of(wallet)
            one = self.model.passes.get(number)
            assert self.soul_pass.passOf(signer.address) == number
            assert self.soul_pass.occupantOf(signer.address) == self.model.occupant_of(wallet)
            assert self.soul_pass.balanceOf(signer.address) == bool(number)
            assert self.soul_pass.holderSince(signer.address) == (one.since if one else 0)
            for timepoint in (self.model.now, self.model.now - STRUCK // 2, self.model.now - STRUCK):
                known = self.model.elector_at(wallet, timepoint)
                assert self.soul_pass.electorAt(signer.address, timepoint) == known
            assert self.soul_pass.isMember(signer.address) == (one is not None and one.revoked is None)

    @invariant()
    def passes_agree(self) -> None:
        if not hasattr(self, "model"):
            return
        assert self.soul_pass.lastId() == len(self.model.passes)
        held = []
        for number, one in self.model.passes.items():
            if one.wallet is None:
                with reverts("TokenDoesNotExist"):
                    self.soul_pass.ownerOf(number)
            else:
                held.append(self.soul_pass.ownerOf(number))
                assert held[-1] == SIGNERS[one.wallet].address
            assert self.soul_pass.revocationOf(number)[0] == (one.revoked or 0)
            state = self.soul_pass.recoveryOf(number)
            alive = one.pending if self.model.is_pending(number) else None
            assert state["to"] == (SIGNERS[alive[0]].address if alive else ZERO)
        assert len(held) == len(set(held)), "a wallet holds two passes"

    @invariant()
    def nothing_disappears(self) -> None:
        """N4: an account keeps its id, and the id its record, whatever happened."""
        if not hasattr(self, "model"):
            return
        for person, account in enumerate(ACCOUNTS):
            number = self.soul_pass.idOf(account)
            assert number == self.model.id_of(person)
            assert self.soul_pass.accountNonce(account) == self.model.nonces.get(person, 0)
            if person in self.given:
                assert number == self.given[person], "an id disappeared"
            if number:
                self.given[person] = number
        assert len(set(self.given.values())) == len(self.given), "two accounts have one id"
        for number, one in self.model.passes.items():
            for kind, (value, updated) in one.record.items():
                assert self.soul_pass.entryOf(number, KINDS[kind]) == {"value": value, "updatedAt": updated}


TestSoulPass = SoulPassMachine.TestCase
TestSoulPass.settings = settings(
    max_examples=30,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
