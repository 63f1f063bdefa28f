"""Every command that publishes, grants or claims says how it is typed."""

import pytest
from click.testing import CliRunner

from scripts import claim, premining, vesting

COMMANDS = {
    "ape run claim": (claim.cli, []),
    **{f"ape run premining {name}": (premining.cli, [name]) for name in ("passes", "publish")},
    **{f"ape run vesting {name}": (vesting.cli, [name]) for name in ("grant", "claim", "show")},
}


@pytest.mark.parametrize("words", COMMANDS)
def test_help_has_an_example(words):
    command, path = COMMANDS[words]
    result = CliRunner().invoke(command, [*path, "--help"])
    assert result.exit_code == 0
    assert words in result.output.partition("Examples:")[2]
