"""`ape run premining` and `ape run tokenomics`: what they print, and how they refuse."""

import importlib.util
from types import ModuleType

import pytest
from click.testing import CliRunner

from phemexia.toolchain import ROOT


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"script_{name}", ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run():
    """Run a command; its exit code, and what it wrote to stdout and stderr."""

    def call(name, *arguments):
        result = CliRunner(mix_stderr=False).invoke(script(name).cli, [str(argument) for argument in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    return call


def test_commands_from_records_to_proofs(run, tmp_path):
    code, out, _ = run("premining", "generate", tmp_path / "r", "--rows", "5000", "--seed", "5")
    assert code == 0
    assert "5,000 records in" in out
    trades, passes = tmp_path / "r" / "trades.parquet", tmp_path / "r" / "passes.parquet"
    code, out, err = run("premining", "compute", trades, tmp_path / "season", "--passes", passes, "--stages", "2")
    assert code == 0, err
    assert "5,000 records" in out
    code, out, _ = run("premining", "leaderboard", tmp_path / "season", "--stage", "1", "--top", "1")
    assert code == 0
    assert "golden" in out
    account = next(word for word in out.split() if word.startswith("u0"))
    code, out, _ = run("premining", "show", tmp_path / "season", account)
    assert code == 0
    assert "leaf" in out
    assert out.count("0x") > 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("premining", "compute"), "Missing argument 'RECORDS'"),
        (("premining", "compute", "none.parquet", "season", "--passes", "p"), "there is no such file of records"),
        (("premining", "show", "none", "me"), "holds no computed season"),
        (("premining", "leaderboard", "none", "--top", "0"), "Invalid value for '--top'"),
        (("tokenomics", "calendar", "--config", "none"), "config/tokenomics.yaml can't be read"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value[:2]),
)
def test_commands_refuse_in_one_sentence(run, arguments, said):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1


def test_calendar_prints_and_draws(run, tmp_path):
    code, out, _ = run("tokenomics", "calendar", "--every", "12", "--svg", tmp_path / "a.svg")
    assert code == 0
    assert "1,000,000,000" in out
    assert (tmp_path / "a.svg").read_text() == (ROOT / "docs" / "unlocks.svg").read_text()


@pytest.mark.parametrize("command", ["compute", "show", "leaderboard", "generate"])
def test_help_has_an_example(run, command):
    code, out, _ = run("premining", command, "--help")
    assert code == 0
    assert f"ape run premining {command}" in out
