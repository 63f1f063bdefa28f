"""Where the project's pinned programs are, and how a Python process finds them.

`make setup` writes a `.pth` file into the virtual environment that calls :func:`activate` when the
interpreter starts. So `ape`, `pytest` and everything else run from `.venv` find the compiler and anvil
without exported variables.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".toolchain" / "bin"


def activate() -> None:
    """Put the pinned programs first on the PATH and show py-solc-x (thus ape) the npm compiler."""
    path = os.environ.get("PATH", "")
    if str(BIN) not in path.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([str(BIN), path])
    os.environ["SOLCX_BINARY_PATH"] = str(BIN)
    os.environ.setdefault("APE_LOG_LEVEL", "WARNING")
