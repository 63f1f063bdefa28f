"""Days as week boundaries: exactly, or not at all."""

import pytest

from phemexia.errors import Refused
from phemexia.escrow import WEEK
from phemexia.holder.weeks import boundary, show_boundary


@pytest.mark.parametrize("text", ["2027-03-04", "2028-06-01", "1970-01-01", "2096-02-23"])
def test_boundary_of_a_thursday(text):
    assert boundary(text) % WEEK == 0
    assert show_boundary(boundary(text)) == f"Thursday {text} 00:00 UTC"


@pytest.mark.parametrize(
    ("text", "day", "below", "above"),
    [
        ("2027-03-03", "Wednesday", "2027-02-25", "2027-03-04"),
        ("2027-03-05", "Friday", "2027-03-04", "2027-03-11"),
        ("2028-02-29", "Tuesday", "2028-02-24", "2028-03-02"),
        ("2027-12-31", "Friday", "2027-12-30", "2028-01-06"),
    ],
)
def test_boundary_of_another_day_names_the_neighbours(text, day, below, above):
    with pytest.raises(Refused) as refused:
        boundary(text)
    assert f"{text} is a {day}, and locks end on Thursdays at 00:00 UTC" in str(refused.value)
    assert f"the nearest are {below} and {above}" in str(refused.value)
    assert boundary(above) - boundary(below) == WEEK


@pytest.mark.parametrize("text", ["2027-02-30", "04.03.2027", "tomorrow", "", "2027-03-04 00:00", "1804118400"])
def test_boundary_of_what_is_no_day(text):
    with pytest.raises(Refused, match="a lock ends on a day such as 2028-06-01"):
        boundary(text)


def test_boundary_at_the_end_of_the_calendar():
    with pytest.raises(Refused, match="beyond all calendars"):
        boundary("9999-12-31")
