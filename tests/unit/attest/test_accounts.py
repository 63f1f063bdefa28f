"""The list of qualified accounts: every flaw is told with its line, and a file that has one gives nothing."""

import pytest
from unit.attest.conftest import wallet

from phemexia.attest import read_accounts
from phemexia.errors import Refused

A, B = wallet(1), wallet(2)


def test_read_accounts(csv):
    rows = read_accounts(csv(f"note,Account,wallet\nx,10,{A}\n\ny,11,\nz,12,{B.lower()}\n"))
    assert [(row.line, row.account_id, row.wallet) for row in rows] == [
        (2, "10", A),
        (4, "11", None),
        (5, "12", B),
    ]


def test_read_accounts_without_a_wallet_column(csv):
    assert [row.wallet for row in read_accounts(csv("account\n10\n11\n"))] == [None, None]


def test_read_accounts_with_a_byte_order_mark(csv):
    assert read_accounts(csv("\ufeffaccount\n10\n"))[0].account_id == "10"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,wallet\n1,\n", 'line 1: the column "account" is missing'),
        ("", 'line 1: the column "account" is missing'),
        ("account,account\n1,2\n", "line 1: a column is named twice"),
        (f"account,wallet\n1,{A}\n2,{A[:-1]}\n", "line 3: the wallet is no address"),
        (f"account,wallet\n1,{A.swapcase().replace('X', 'x')}\n", "line 2: the wallet has a wrong checksum"),
        (f"account,wallet\n1,0x{'00' * 20}\n", "line 2: the wallet is the zero address"),
        (f"account,wallet\n1,{A[2:]}\n", "line 2: the wallet is no address"),
        ("account,wallet\n1,,x\n", "line 2 has 3 fields instead of 2"),
        ("account\n1\n 2\n", "line 3: the account has a character"),
        ("account,wallet\n,\n", "line 2: the account is empty"),
        ("account\n1\n2\n1\n1\n", "lines 2, 4 and 5 name the same account"),
        (f"account,wallet\n1,{A}\n2,{A.lower()}\n", "lines 2 and 3 name the same wallet"),
        ("account\n", "names no account"),
        ('account\n"1\n', "is not a CSV file"),
    ],
)
def test_read_accounts_refuses(csv, text, told):
    with pytest.raises(Refused) as refused:
        read_accounts(csv(text))
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_read_accounts_tells_all_flaws_at_once(csv):
    text = f"account,wallet\n1,{A}\n1,{B}\n3,nonsense\n4,{B}\n"
    with pytest.raises(Refused) as refused:
        read_accounts(csv(text))
    told = str(refused.value)
    assert told.endswith(
        "lines 2 and 3 name the same account; lines 3 and 5 name the same wallet; "
        "line 4: the wallet is no address: nothing was written"
    )


def test_read_accounts_tells_twenty_flaws_and_counts_the_rest(csv):
    with pytest.raises(Refused, match="and 80 more"):
        read_accounts(csv("account,wallet\n" + "1,x\n" * 100))


def test_read_accounts_does_not_tell_ids(csv):
    """Account ids are confidential, errors end up in logs."""
    with pytest.raises(Refused) as refused:
        read_accounts(csv("account\nsecret77\nsecret77\n"))
    assert "secret77" not in str(refused.value)


def test_read_accounts_refuses_a_missing_file(tmp_path):
    with pytest.raises(Refused, match="there is no file"):
        read_accounts(tmp_path / "nowhere.csv")
