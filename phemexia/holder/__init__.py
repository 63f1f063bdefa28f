"""What a holder does with its pass and its PT: see where it stands, see first what an action would do.

:class:`Standing` is what the chain knows of a wallet, :mod:`actions` makes the plan of an action, :mod:`sending`
says what a plan costs and carries it out. What a lock will weigh comes from the exact model of the escrow,
:mod:`phemexia.escrow`.
"""

from phemexia.holder import actions, drawing
from phemexia.holder.plan import Plan
from phemexia.holder.sending import Quote, Sender
from phemexia.holder.standing import Standing
from phemexia.holder.weeks import boundary

__all__ = ["Plan", "Quote", "Sender", "Standing", "actions", "boundary", "drawing"]
