"""What a plan costs, and what has to be allowed first: a permit, or an approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eth_abi import encode
from eth_account.messages import encode_typed_data
from eth_utils import keccak
from web3.exceptions import Web3Exception
from web3.types import StateOverride, TxReceipt

from phemexia.errors import Refused
from phemexia.holder.courier import Courier, Quote, show_ether, show_fee
from phemexia.holder.plan import Call, Plan
from phemexia.holder.standing import Standing
from phemexia.proposals import Dao
from phemexia.proposals.dao import show_weight

if TYPE_CHECKING:
    from ape.api import AccountAPI

__all__ = ["Quote", "Sender", "permit", "show_ether", "show_fee"]

PERMIT_GAS = 25_000
"""What a permit adds to a deposit, about: a signature's check, a nonce, four words of call data. The transaction
itself is estimated anew, once the permit is signed."""
PERMIT_TERM = 3_600
"""Seconds for which a permit is good."""
ALLOWANCES = 1
"""Storage slot of PT's allowances: used to ask what a deposit would do if it were allowed, and verified first."""


class Sender:
    """One plan of one wallet."""

    def __init__(self, dao: Dao, me: Standing, plan: Plan, ceiling: int, approve: bool = False) -> None:
        """``ceiling`` is the most that a unit of gas may cost, in wei; ``approve`` is instead of a permit."""
        self._dao = dao
        self._me = me
        self._plan = plan
        self._courier = Courier(dao, me.wallet, ceiling)
        self._approves = approve

    @property
    def needs(self) -> str:
        """`nothing`, `permit` or `approval`: what lets the escrow take the PT."""
        if self._plan.pays <= self._me.allowance:
            return "nothing"
        return "approval" if self._approves else "permit"

    @property
    def consent(self) -> str | None:
        """The same in words; none if the plan pays nothing."""
        if not self._plan.pays:
            return None
        pays = show_weight(self._plan.pays, "PT")
        return {
            "nothing": f"nothing: the escrow may take {show_weight(self._me.allowance, 'PT')} already",
            "permit": f"a signature, no transaction: a permit for exactly {pays}, good for one hour",
            "approval": f"a transaction of its own before: the approval of exactly {pays}",
        }[self.needs]

    def quote(self) -> Quote:
        """Try it without sending, and say what it costs; :class:`Refused` if it would revert, or can't be paid."""
        gas = 0
        if self.needs == "approval":
            gas += self._courier.attempt(self._approval)
        allowed = None if self.needs == "nothing" else self._allowed()
        gas += self._courier.attempt(self._plan.call, allowed)
        if self.needs == "permit":
            gas += PERMIT_GAS
        return self._courier.price(gas)

    def send(self, account: AccountAPI) -> list[TxReceipt]:
        """Sign and send all of it, and wait for it."""
        self.quote()
        receipts = []
        if self.needs == "approval":
            receipts.append(self._courier.send(account, self._approval))
            return [*receipts, self._courier.send(account, self._plan.call)]
        call = self._permitted(account) if self.needs == "permit" else self._plan.call
        return [self._courier.send(account, call)]

    # --- what the escrow may take

    @property
    def _approval(self) -> Call:
        suite = self._dao.suite
        return Call(suite.token, "approve", (suite.escrow.address, self._plan.pays))

    def _permitted(self, account: AccountAPI) -> Call:
        """The call with a permit; :class:`Refused` if its owner does not sign."""
        deadline = self._dao.now() + PERMIT_TERM
        message = encode_typed_data(full_message=permit(self._dao, self._me.wallet, self._plan.pays, deadline))
        signature = account.sign_message(message)
        if signature is None:
            raise Refused("the permit was not signed: nothing was sent")
        v, r, s = int(signature.v), bytes(signature.r), bytes(signature.s)
        call = self._plan.call
        return Call(call.contract, f"{call.function}WithPermit", (*call.arguments, deadline, v, r, s))

    def _allowed(self) -> StateOverride | None:
        """The state in which the escrow may take the PT; none if the node can't imagine one."""
        suite, me, pays = self._dao.suite, self._me.wallet, self._plan.pays
        inner = keccak(encode(["address", "uint256"], [me, ALLOWANCES]))
        slot = "0x" + keccak(encode(["address", "bytes32"], [suite.escrow.address, inner])).hex()
        state: StateOverride = {suite.token.address: {"stateDiff": {slot: f"0x{pays:064x}"}}}  # type: ignore[dict-item]
        try:
            seen = suite.token.functions.allowance(me, suite.escrow.address).call(state_override=state)
        except (Web3Exception, ValueError):
            return None
        return state if seen == pays else None


def permit(dao: Dao, owner: str, value: int, deadline: int) -> dict[str, Any]:
    """The ERC-2612 permit of PT for the escrow, as a wallet shows and signs it."""
    token = dao.suite.token
    name, version, chain_id, contract = token.functions.eip712Domain().call()[1:5]
    return {
        "types": {
            "EIP712Domain": [
                {"name": "name", "type": "string"},
                {"name": "version", "type": "string"},
                {"name": "chainId", "type": "uint256"},
                {"name": "verifyingContract", "type": "address"},
            ],
            "Permit": [
                {"name": "owner", "type": "address"},
                {"name": "spender", "type": "address"},
                {"name": "value", "type": "uint256"},
                {"name": "nonce", "type": "uint256"},
                {"name": "deadline", "type": "uint256"},
            ],
        },
        "primaryType": "Permit",
        "domain": {"name": name, "version": version, "chainId": chain_id, "verifyingContract": contract},
        "message": {
            "owner": owner,
            "spender": dao.suite.escrow.address,
            "value": value,
            "nonce": token.functions.nonces(owner).call(),
            "deadline": deadline,
        },
    }
