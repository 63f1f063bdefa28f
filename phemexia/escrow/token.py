"""PT as far as the escrow sees it: balances, allowances, permits."""

from dataclasses import dataclass

from phemexia.escrow.refusals import ERC20InsufficientAllowance, ERC20InsufficientBalance

UNLIMITED = 2**256 - 1
"""An allowance that is not used up."""


@dataclass(frozen=True)
class Permit:
    """What an owner signed (ERC-2612): ``spender`` may take ``value`` wei until ``deadline`` (seconds).

    ``signer`` is whose signature it is, which need not be the owner it is presented for.
    """

    signer: str
    spender: str
    value: int
    nonce: int
    deadline: int


class TokenModel:
    """Balances in wei by address, allowances by (owner, spender), nonces of permits by owner."""

    def __init__(self, balances: dict[str, int] | None = None) -> None:
        self.balances: dict[str, int] = dict(balances or {})
        self.allowances: dict[tuple[str, str], int] = {}
        self.nonces: dict[str, int] = {}

    def balance_of(self, account: str) -> int:
        """Wei of PT."""
        return self.balances.get(account, 0)

    def allowance(self, owner: str, spender: str) -> int:
        """Wei that ``spender`` may still take."""
        return self.allowances.get((owner, spender), 0)

    def approve(self, owner: str, spender: str, value: int) -> None:
        """Set an allowance; :data:`UNLIMITED` is never used up."""
        self.allowances[owner, spender] = value

    def permit(self, owner: str, spender: str, value: int, deadline: int, signed: Permit, now: int) -> bool:
        """Set an allowance by signature; False, without effect, unless exactly this was signed by the owner."""
        nonce = self.nonces.get(owner, 0)
        if now > deadline or signed != Permit(owner, spender, value, nonce, deadline):
            return False
        self.nonces[owner] = nonce + 1
        self.approve(owner, spender, value)
        return True

    def transfer(self, sender: str, to: str, amount: int) -> None:
        """Move ``amount`` wei; raises :class:`ERC20InsufficientBalance`."""
        balance = self.balance_of(sender)
        if balance < amount:
            raise ERC20InsufficientBalance(sender, balance, amount)
        self.balances[sender] = balance - amount
        self.balances[to] = self.balance_of(to) + amount

    def transfer_from(self, spender: str, owner: str, to: str, amount: int) -> None:
        """Move ``amount`` wei on an allowance; raises one of the two ERC-20 errors."""
        allowed = self.allowance(owner, spender)
        if allowed < amount:
            raise ERC20InsufficientAllowance(spender, allowed, amount)
        self.transfer(owner, to, amount)
        if allowed != UNLIMITED:
            self.allowances[owner, spender] = allowed - amount
