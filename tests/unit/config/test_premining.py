"""`config/premining.yaml`: what it says, and how a mistake in it is answered."""

import pytest

from phemexia.config import load_premining
from phemexia.config.units import WEI
from phemexia.errors import Refused


def test_load_premining_has_the_published_figures():
    rules = load_premining()
    assert len(rules.stages) == 5
    assert rules.budget == 20_000_000 * WEI
    assert rules.api_daily_cap == 10_000 * WEI
    assert rules.shovel.bonus == 2_000
    assert rules.coins.counted == ["USDT", "BTC", "ETH"]
    assert rules.markets.other == ["GOLD/USDT"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("budget: 20_000_000 xPT", "budget: 19_000_000 xPT", "budget times 5 stages is not what config/"),
        ("budget: 20_000_000 xPT", "budget: 90_000_001 xPT", "budget should be more than 0, and at most 90"),
        ("budget: 20_000_000 xPT", "budget: 20_000_000 PT", 'should be an amount such as "50_000 xPT"'),
        ("- 1.6 xPT", "- 2 xPT", "rates should fall from each to the next"),
        ("- 0.65536 xPT\n", "", "rates should be 6: one for each stage"),
        ("- 2 xPT", "- 91 xPT", "rates should be at most 90 xPT"),
        ("- 0.65536 xPT", "- 0 xPT", "rates should fall from each to the next, and stay above 0"),
        ("api: 50 %", "api: 100 %", "weights should count API volume less"),
        ("bonus: 20 %", "bonus: 120 %", "shovel.bonus should be at most 100 %"),
        ("api: 1\n", "api: 0\n", "kinds should be two different numbers"),
        ("api: 1\n", "api: 256\n", "kinds should be two different numbers of at most 255"),
        ("api: 1\n", "api: 2\n", 'kinds.api is 2, which is no schedule of "api" that config/'),
        ("retail: 0\n  api: 1\n", "retail: 1\n  api: 0\n", 'kinds.retail is 1, which is no schedule of'),
        ("end: 2026-06-22 00:00 UTC", "end: 2026-06-29 00:00 UTC", "no day without mining before stage 2"),
        ("end: 2026-06-22 00:00 UTC", "end: 2026-06-22 00:01 UTC", "a stage 1 that is not whole days"),
        ("end: 2026-06-22 00:00 UTC", "end: 2026-06-01 00:00 UTC", "a stage 1 that is not whole days"),
        ("earliest: 2026-01-01", "earliest: 2026-06-02", "records should begin before the first stage"),
        ("latest: 2027-01-01", "latest: 2026-10-11", "records should begin before the first stage and end after"),
        ("- LTC/USDT", "- BTC/USDT", "markets has BTC/USDT twice"),
        ("- GOLD/USDT", "- BTC/USDT", "markets has BTC/USDT twice"),
        ("winners: 100", "winner: 100", "shovel.winner is not a known key (is it meant to be winners?)"),
    ],
)  # fmt: skip
def test_load_premining_names_file_and_key(folder, old, new, problem):
    path = folder / "premining.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(Refused) as raised:
        load_premining(folder)
    assert str(raised.value).startswith("config/premining.yaml, line ")
    assert problem in str(raised.value)


@pytest.mark.parametrize(("cap", "good"), [("1 xPT", True), ("0 xPT", False)])
def test_load_premining_wants_a_cap(folder, cap, good):
    path = folder / "premining.yaml"
    path.write_text(path.read_text().replace("api_daily_cap: 10_000 xPT", f"api_daily_cap: {cap}"))
    if good:
        assert load_premining(folder).api_daily_cap == WEI
    else:
        with pytest.raises(Refused, match="api_daily_cap should be more than 0"):
            load_premining(folder)
