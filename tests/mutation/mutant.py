"""What a mistake is that the escrow's tests must notice: one small change of a source.

``old`` has to occur exactly once in the file; when the source moves on, the list has to follow, and the runner
says so. A mutant with ``same`` behaves like the original for everybody, and ``same`` says why.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """Replace ``old`` by ``new`` in ``contracts/escrow/<file>.sol``; ``note`` says what the mistake is."""

    file: str
    old: str
    new: str
    note: str
    same: str = ""
