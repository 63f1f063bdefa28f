"""The vote escrow in exact integers: what every lock weighs, counted the slow and plain way.

:class:`EscrowModel` keeps the full history of every lock and adds it up anew for each answer, so it shares no
method with the contract and can judge it; it also answers questions that need no chain at all:

    model = EscrowModel(now=1_800_000_000)
    model.create("holder", 1_000 * 10**18, model.latest())
    model.weight_at("holder", 1_803_859_200)  # wei of vePT in March 2027
"""

from phemexia.escrow.model import EscrowModel
from phemexia.escrow.records import (
    LAST_WEEK,
    MAX_TERM,
    MAX_WEEKS,
    MIGRATION_NOTICE,
    MIN_DEPOSIT,
    MIN_TERM,
    PERMANENT,
    WEEK,
    ZERO,
    Emitted,
    Line,
    LockView,
    Operator,
    PastLock,
    Record,
)
from phemexia.escrow.refusals import Refused
from phemexia.escrow.token import Permit, TokenModel

__all__ = [
    "LAST_WEEK",
    "MAX_TERM",
    "MAX_WEEKS",
    "MIGRATION_NOTICE",
    "MIN_DEPOSIT",
    "MIN_TERM",
    "PERMANENT",
    "WEEK",
    "ZERO",
    "Emitted",
    "EscrowModel",
    "Line",
    "LockView",
    "Operator",
    "PastLock",
    "Permit",
    "Record",
    "Refused",
    "TokenModel",
]
