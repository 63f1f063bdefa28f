"""What a publisher takes from a computed season: sums up to a stage."""

import shutil

import pytest

from phemexia.errors import Refused
from phemexia.merkle import build
from phemexia.premining.earnings import earnings
from phemexia.premining.results import LEAF, Question, compute, standing

from .conftest import at, record


@pytest.fixture
def season(save, hold, tmp_path, rules):
    """The trader in both stages, in the second by API; the other in the second alone."""
    records = [
        record(),
        record(time=at(4), channel="api", usd_value=10_000),
        record(account="other", time=at(4), usd_value=50_000),
    ]
    question = Question(str(save(records)), hold("trader", "other"), tmp_path / "season", rules)
    return question.target, compute(question)


def test_earnings_are_sums_of_stages(season):
    folder, report = season
    first, whole = earnings(folder, 1), earnings(folder)
    assert [(one.account, one.pass_id, one.api, one.shovels) for one in first.accounts] == [("trader", 1, 0, 1)]
    assert first.total == report["stages"][0]["total"]
    assert whole.stage == 2
    assert whole.total == report["stages"][1]["total"]
    for one in whole.accounts:
        assert {"retail": one.retail, "api": one.api} == standing(folder, one.account).amounts
    assert sum(one.shovels for one in whole.accounts) == 2  # one winner in each stage
    assert whole.tree == folder / "grants-2.tree"


def test_earnings_refuse_a_folder_that_does_not_add_up(season, tmp_path):
    folder, _ = season
    for number in (0, 3):
        with pytest.raises(Refused, match=f"has the stages 1 to 2, not {number}"):
            earnings(folder, number)
    shutil.copy(folder / "stage-1.parquet", folder / "stage-2.parquet")
    assert earnings(folder, 1).total
    with pytest.raises(Refused, match="does not add up to what its report says after stage 2"):
        earnings(folder)
    (folder / "stage-1.parquet").unlink()
    with pytest.raises(Refused, match=r"stage-1\.parquet can't be read"):
        earnings(folder)


def test_standing_is_that_of_the_published_tree(season):
    """Where passes have other ids on the chain, the proofs are those that the campaign pays by."""
    folder, _ = season
    total = standing(folder, "trader").amounts["retail"]
    tree = build([[1, 9], [0, 0], [total, 5]], LEAF, key=2)
    tree.write(folder / "published-2.tree")
    assert standing(folder, "trader").root == tree.root
