"""One random seed for each run of the tests, shared by its workers and printed at its end."""

import os
import secrets

SEED = "PHEMEXIA_SEED"
"""Set it to run the random part of the tests again as it was."""


def pytest_configure() -> None:
    os.environ.setdefault(SEED, str(secrets.randbelow(10**9)))


def pytest_terminal_summary(terminalreporter) -> None:
    terminalreporter.write_line(f"random seed of this run: {SEED}={os.environ[SEED]}")
