"""A pytest plugin that puts a mutant's code in VotingEscrow's place: ``MUTANT=file pytest -p mutation.plugin``."""

import os
from pathlib import Path

from phemexia import artifacts


def pytest_configure() -> None:
    code = Path(os.environ["MUTANT"]).read_text()
    artifacts._contract_types()["VotingEscrow"]["deploymentBytecode"]["bytecode"] = code
