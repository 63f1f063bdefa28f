"""The machines there are."""

from stateful import steps, world
from stateful.governor import steps as governor_steps
from stateful.governor.moments import Moments
from stateful.play import Machine

ESCROW = Machine(steps.ERAS, steps.draw, world.World)
"""The escrow, against :class:`phemexia.escrow.EscrowModel`."""

GOVERNOR = Machine(governor_steps.ERAS, governor_steps.draw, Moments)
"""The DAO, against :class:`stateful.governor.model.Model`."""

MACHINES = {"escrow": ESCROW, "governor": GOVERNOR}
