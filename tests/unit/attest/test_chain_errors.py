"""What a contract answers when it refuses, in words; also when it answers nonsense."""

import pytest

from phemexia.attest.chain import error_text


@pytest.mark.parametrize("cut", [0, 1, 31])
def test_error_text_of_arguments_that_are_cut_off(cut):
    told = error_text(bytes.fromhex("4e487b71") + bytes(cut))
    assert told.startswith("0x4e487b71")


def test_error_text_of_a_whole_one():
    assert error_text("0x4e487b71" + (17).to_bytes(32, "big").hex()) == "Panic(code=17)"


def test_error_text_of_nothing():
    assert error_text(None) == error_text("0x") == "the call reverted"
