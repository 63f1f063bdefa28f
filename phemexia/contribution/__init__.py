"""The contributor program as the commands use it: what was granted, streamed and posted, and what can be done.

:class:`Board` reads the chain, :mod:`acts` makes the plans of contributors, :mod:`orders` those of a group's
account, which its Safe carries out, :mod:`drawing` shows all of it.
"""

from phemexia.contribution import acts, drawing, orders
from phemexia.contribution.board import Asset, Award, Board, Bounty, Grant, Tranche
from phemexia.contribution.orders import Order

__all__ = ["Asset", "Award", "Board", "Bounty", "Grant", "Order", "Tranche", "acts", "drawing", "orders"]
