"""One account, one commitment; without the key nothing can be guessed."""

import hashlib
import hmac

import pytest

from phemexia.attest import CommitmentKey
from phemexia.errors import Refused


def test_commit_is_a_keyed_hash(key):
    expected = hmac.new(bytes(range(32)), b"phemexia account v1:10042", hashlib.sha256).digest()
    assert key.commit("10042") == expected


def test_commit_differs_by_account_and_key(key):
    other = CommitmentKey(bytes(32))
    assert len({key.commit("1"), key.commit("01"), key.commit("2"), other.commit("1")}) == 4


@pytest.mark.parametrize("account_id", ["", " 1", "1 ", "1\n", "é", "a b", "x" * 129])
def test_commit_refuses_an_id_with_two_spellings(key, account_id):
    """N4: an account that is written in two ways would have two passes."""
    with pytest.raises(Refused, match="the account id"):
        key.commit(account_id)


def test_key_is_made_once(tmp_path):
    path = tmp_path / "key"
    made = CommitmentKey.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert CommitmentKey.read(path).commit("1") == made.commit("1")
    with pytest.raises(Refused, match="never replaced"):
        CommitmentKey.create(path)


def test_key_does_not_show(key):
    shown = repr(key) + str(key) + key.fingerprint
    assert bytes(range(32)).hex()[:8] not in shown


@pytest.mark.parametrize("content", ["", "zz" * 32, "00" * 31, "00" * 33])
def test_key_refuses_what_is_none(tmp_path, content):
    path = tmp_path / "key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(Refused):
        CommitmentKey.read(path)


def test_key_refuses_a_file_that_others_read(tmp_path):
    path = tmp_path / "key"
    CommitmentKey.create(path)
    path.chmod(0o640)
    with pytest.raises(Refused, match="can be read by others"):
        CommitmentKey.read(path)


def test_key_refuses_a_missing_file(tmp_path):
    with pytest.raises(Refused, match="there is no commitment key"):
        CommitmentKey.read(tmp_path / "nowhere")
