"""Committed gas figures are what the code costs now; whoever changes a cost runs `make bench` and commits it."""

import sys

from phemexia.toolchain import ROOT

sys.path.insert(0, str(ROOT))  # bench/ is a program of the project's top level, not a package of the library

from bench import report, suite


def test_figures_are_what_is_committed() -> None:
    committed = report.committed()
    measured = suite.measure_few()
    few = {key: gas for key, gas in committed.items() if key in measured}
    assert measured == few, "run `make bench` and commit bench/gas.json and bench/README.md"


def test_costs_do_not_grow_with_users() -> None:
    """Among 10,000 a change costs what it costs among 10; only the search in history may differ.

    Where a pass is concerned, a byte of an id or a signature that happens to be zero costs 12 gas less.
    """
    committed = report.committed()
    for key, gas in committed.items():
        many = committed.get(f"{key}{report.MANY}")
        if many is not None and key != "VotingEscrow.getPastTotalSupply":
            assert abs(many - gas) <= (60 if key.startswith("SoulPass.") else 0), key


def test_no_figure_exceeds_its_bound() -> None:
    assert report.over_bounds(report.committed()) == []


def test_every_bound_has_its_figure() -> None:
    assert report.bounds().keys() <= report.committed().keys()


def test_silence_costs_little() -> None:
    """The first action after 100 silent weeks, one populated week passed: at most 15,000 more."""
    committed = report.committed()
    after, before = "VotingEscrow.create/after_100_silent_weeks", "VotingEscrow.create/new_week"
    assert committed[after] - committed[before] <= 15_000
    after, before = "VotingEscrow.create/after_99_silent_weeks", "VotingEscrow.create/shared_week"
    assert committed[after] - committed[before] <= 15_000
