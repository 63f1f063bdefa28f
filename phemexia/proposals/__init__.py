"""Proposals of the DAO, from a readable file to the execution.

`draft` reads a YAML file into a :class:`Proposal`, with `values` (arguments) and `names` (addresses); `identity`
makes its hashes and ids. `dao` judges, asks and sends; `history` keeps the governor's events; `life` knows times
and who may do what. `fork` plays a proposal's life on a copy of the chain, `simulation` tells what its execution
changes. `ballots` signs and gathers sponsored ballots. `decoding` and `drawing` make words and pictures of it all.
"""

from phemexia.proposals.ballots import Ballot
from phemexia.proposals.dao import Dao, Rules
from phemexia.proposals.draft import Action, Proposal
from phemexia.proposals.history import History, Recorded
from phemexia.proposals.life import Life, Tally
from phemexia.proposals.names import Names
from phemexia.proposals.simulation import Simulation, simulate
from phemexia.proposals.skeleton import skeleton

__all__ = [
    "Action",
    "Ballot",
    "Dao",
    "History",
    "Life",
    "Names",
    "Proposal",
    "Recorded",
    "Rules",
    "Simulation",
    "Tally",
    "simulate",
    "skeleton",
]
