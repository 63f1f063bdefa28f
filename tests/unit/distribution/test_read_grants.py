"""A file of grants: every line is read as it is written, or named."""

import pytest
from eth_account import Account

from phemexia.distribution.grants import SHOWN, batch_name, read_grants
from phemexia.errors import Refused

OWNER = Account.from_key(bytes([1]) * 32).address
OTHER = Account.from_key(bytes([2]) * 32).address


@pytest.fixture
def read(tmp_path):
    def from_text(text):
        path = tmp_path / "grants.csv"
        path.write_text(text, encoding="utf-8")
        return read_grants(path)

    return from_text


def test_read_grants_takes_amounts_starts_and_flags(read):
    text = (
        f"\ufeffOwner, amount ,start,revocable\n{OWNER},1000,,\n\n"
        f'{OTHER},"1,000.000000000000000001 PT",2027-06-01,yes\n{OTHER},1_000,2027-06-01 12:30 UTC,no\n'
    )
    assert [(one.line, one.grant) for one in read(text)] == [
        (2, (OWNER, 1_000 * 10**18, 0, False)),
        (4, (OTHER, 1_000 * 10**18 + 1, 1_811_808_000, True)),
        (5, (OTHER, 1_000 * 10**18, 1_811_853_000, False)),
    ]


def test_read_grants_needs_no_column_for_what_is_usual(read):
    assert read(f"amount,owner\n1,{OWNER}\n")[0].grant == (OWNER, 10**18, 0, False)


def test_read_grants_names_so_many_lines_and_counts_the_rest(read):
    with pytest.raises(Refused) as raised:
        read("owner,amount\n" + f"{OWNER},none\n" * (SHOWN + 3))
    assert str(raised.value).count("line ") == SHOWN
    assert "and 3 more: nothing was sent" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", 'the column "owner" is missing'),
        ("owner,amount,owner\n", "a column is named twice"),
        (f"owner,amount\n{OWNER},1\n{OWNER}\n", "line 3 has 1 fields instead of 2"),
        (f"owner,amount\n{OWNER},{2**96}\n", "line 2: the amount is more than there is PT"),
        (f"owner,amount\n{OWNER[:-1]}a,1\n", "line 2: the owner has a wrong checksum"),
        (f'owner,amount\n{OWNER},"1\n', "is not a CSV file"),
        ("owner,amount\n", "has no grant"),
    ],
)
def test_read_grants_refuses(read, text, told):
    with pytest.raises(Refused, match=told):
        read(text)


def test_batch_names_differ_by_label_and_place():
    names = {batch_name(label, first) for label in ("a", "b") for first in (0, 1, 10)}
    assert len(names) == 6
    assert all(len(name) == 32 for name in names)
