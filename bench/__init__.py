"""Gas of every user operation, whole transactions on anvil. Run with `make bench`."""

import sys

from phemexia.toolchain import ROOT

sys.path.insert(0, str(ROOT / "tests"))  # the contracts that only tests and measurements need, and their compiler
