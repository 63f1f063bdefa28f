"""Names to read with, and a file to read from."""

import pytest

from phemexia.proposals import Names, draft

AT = {
    name: f"0x{i:040x}"
    for i, name in enumerate(
        (
            "PhemexTimelock", "PhemexGovernor", "ActionClasses", "CoreTeam", "Mandates",
            "SoulPass", "VotingEscrow", "Treasury", "Campaign", "PhemexToken",
        ),
        0x1001,
    )
}  # fmt: skip
PAYEE = "0x976EA74026E726554dB657fA54763abd0C3a0aa9"

SPEND = f"""title: Pay a grant
text: |
  For the translation.

  It took a week.
actions:
  - contract: Treasury
    function: spend
    arguments:
      asset: PhemexToken
      to: "{PAYEE}"
      amount: 1,000 PT
      memo: grant
"""


@pytest.fixture
def names():
    return Names(AT, {"guardian": "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955"})


@pytest.fixture
def read(tmp_path, names):
    """The proposal in a YAML text."""

    def from_text(text):
        path = tmp_path / "proposal.yaml"
        path.write_text(text)
        return draft.read(path, names)[0]

    return from_text
