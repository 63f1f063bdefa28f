"""A plugin of pytest: `ape test` runs the tests on a fork, and `pytest` runs all the others.

ape's own plugin starts a chain for each session, so the configuration of pytest blocks it by its name. `ape test`
has loaded it by then: its options are known, and its hooks are gone. Here they come back, if it is ape that runs.
"""

import sys
from pathlib import Path

from phemexia.toolchain import ROOT

TESTS, FORK = ROOT / "tests", ROOT / "tests" / "fork"
UNDER_APE = Path(sys.argv[0]).name == "ape"

if UNDER_APE:
    from ape.pytest.plugin import pytest_configure

    __all__ = ["pytest_configure"]


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out what the other command runs."""
    if collection_path.parent != TESTS or not collection_path.is_dir():
        return None
    return True if (collection_path == FORK) != UNDER_APE else None
