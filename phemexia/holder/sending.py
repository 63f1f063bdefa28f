"""What a plan costs, and its way to the chain: allowance, checks, fees, transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import ROUND_UP, Context, Decimal
from typing import TYPE_CHECKING, Any

from eth_abi import encode
from eth_account.messages import encode_typed_data
from eth_utils import keccak, to_checksum_address
from web3.exceptions import ContractLogicError, Web3Exception
from web3.types import StateOverride, TxReceipt

from phemexia.config import units
from phemexia.deployment.fees import Fees, suggest
from phemexia.deployment.node import answering, first_line
from phemexia.errors import Failed, Refused
from phemexia.holder.plan import Call, Plan
from phemexia.holder.standing import Standing
from phemexia.proposals import Dao
from phemexia.proposals.dao import show_weight

if TYPE_CHECKING:
    from ape.api import AccountAPI

PERMIT_GAS = 25_000
"""What a permit adds to a deposit, about: a signature's check, a nonce, four words of call data. The transaction
itself is estimated anew, once the permit is signed."""
PERMIT_TERM = 3_600
"""Seconds for which a permit is good."""
MARGIN = 6, 5
"""Times the estimate is what a transaction may use: the chain moves on between the two."""
PUSHES = 3 * 23_000
"""Gas on top of that. Where somebody else changed a lock in the very second of the estimate, its checkpoint would
be replaced; a second later it is kept, in a new word: of the total, and of both delegates' lines."""
ALLOWANCES = 1
"""Storage slot of PT's allowances: used to ask what a deposit would do if it were allowed, and verified first."""


@dataclass(frozen=True)
class Quote:
    """What it costs."""

    gas: int
    """Of all transactions, about."""
    fees: Fees
    """Prices: the present one, and the highest that is offered."""

    @property
    def limit(self) -> int:
        """The gas that is offered."""
        return self.gas * MARGIN[0] // MARGIN[1] + PUSHES

    @property
    def fee(self) -> int:
        """Wei, about."""
        return self.gas * self.fees.expected

    @property
    def ceiling(self) -> int:
        """Wei at most."""
        return self.limit * self.fees.most

    @property
    def text(self) -> str:
        """On one line."""
        return f"about {self.gas:,} gas: {show_fee(self.fee)}, at most {show_fee(self.ceiling)}"


def show_ether(wei: int) -> str:
    """`1,234.5678 ether`: four decimals, rounded down."""
    return f"{wei // units.WEI:,}.{wei % units.WEI * 10**4 // units.WEI:04d} ether" if wei else "0 ether"


def show_fee(wei: int) -> str:
    """`0.000123 ether`: three figures that count, rounded up, so that "at most" is true."""
    value = Decimal(wei).scaleb(-18)
    rounded = Context(prec=3, rounding=ROUND_UP).plus(value)
    return f"{rounded.normalize():f} ether"


class Sender:
    """One plan of one wallet."""

    def __init__(self, dao: Dao, me: Standing, plan: Plan, ceiling: int, approve: bool = False) -> None:
        """``ceiling`` is the most that a unit of gas may cost, in wei; ``approve`` is instead of a permit."""
        self._dao = dao
        self._me = me
        self._plan = plan
        self._ceiling = ceiling
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
            gas += self._try(self._approval)
        allowed = None if self.needs == "nothing" else self._allowed()
        gas += self._try(self._plan.call, allowed)
        if self.needs == "permit":
            gas += PERMIT_GAS
        return self._priced(gas)

    def send(self, account: AccountAPI) -> list[TxReceipt]:
        """Sign and send all of it, and wait for it."""
        self.quote()
        receipts = []
        if self.needs == "approval":
            receipts.append(self._transact(account, self._approval))
            return [*receipts, self._transact(account, self._plan.call)]
        call = self._permitted(account) if self.needs == "permit" else self._plan.call
        return [self._transact(account, call)]

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

    # --- checks and costs

    def _try(self, call: Call, state: StateOverride | None = None) -> int:
        """Gas of a call now; :class:`Refused` with the contract's error if it reverts."""
        request: Any = {"from": self._me.wallet, "to": call.contract.address, "data": call.data}
        with self._refusing():
            self._dao.web3.eth.call(request, "latest", state)
            return int(self._dao.web3.eth.estimate_gas(request, "latest", state))

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except ContractLogicError as error:
            raise Refused(f"the contract refuses: {self._dao.error(error)}; nothing was sent") from None
        except Web3Exception as error:
            raise Refused(f"the node refuses: {first_line(error)}; nothing was sent") from None

    def _priced(self, gas: int) -> Quote:
        fees = suggest(self._dao.web3, self._ceiling)
        if fees.expected > self._ceiling:
            raise Refused(
                f"gas costs {units.show_gas_price(fees.expected)}, more than the ceiling of "
                f"{units.show_gas_price(self._ceiling)} in config/networks: nothing was sent"
            )
        quote = Quote(gas, fees)
        ether = self._dao.web3.eth.get_balance(to_checksum_address(self._me.wallet))
        if ether < quote.ceiling:
            raise Refused(
                f"{self._me.wallet} has {show_ether(ether)}, and this may cost up to {show_fee(quote.ceiling)}: "
                "nothing was sent"
            )
        return quote

    def _transact(self, account: AccountAPI, call: Call) -> TxReceipt:
        quote = self._priced(self._try(call))
        fees = {"gas_price": quote.fees.most}
        if quote.fees.tip is not None:
            fees = {"max_fee": quote.fees.most, "max_priority_fee": quote.fees.tip}
        with answering():
            receipt = account.call(
                account.provider.network.ecosystem.create_transaction(
                    receiver=call.contract.address,
                    data=bytes.fromhex(call.data[2:]),
                    gas_limit=quote.limit,
                    **fees,
                )
            )
            if receipt.failed:
                raise Failed(f"the transaction {receipt.txn_hash} reverted")
            return self._dao.web3.eth.get_transaction_receipt(receipt.txn_hash)


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
