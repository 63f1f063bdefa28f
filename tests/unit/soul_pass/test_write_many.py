"""One kind on many passes, all or none."""

import pytest
from eth_utils import keccak

from phemexia.evm import reverts

XPT = b"xPT".ljust(32, b"\0")
SHOVEL = b"shovel".ljust(32, b"\0")


@pytest.fixture
def ids(chain, mint) -> list[int]:
    return [mint(chain.account(), keccak(text=f"account {i}")).returned for i in range(4)]


def test_write_many(soul_pass, chain, publisher, ids):
    receipt = soul_pass.writeMany(XPT, ids, [10, 20, 30, 40], sender=publisher)
    assert [soul_pass.entryOf(i, XPT)["value"] for i in ids] == [10, 20, 30, 40]
    assert [soul_pass.entryOf(i, XPT)["updatedAt"] for i in ids] == [chain.timestamp] * 4
    assert [e.args["id"] for e in receipt.named("RecordWritten")] == ids
    assert [e.args["_tokenId"] for e in receipt.named("MetadataUpdate")] == ids


def test_write_many_of_none(soul_pass, publisher):
    assert soul_pass.writeMany(XPT, [], [], sender=publisher).events == []


def test_write_many_of_one_twice(soul_pass, publisher, ids):
    soul_pass.writeMany(SHOVEL, [1, 1], [1, 2], sender=publisher)
    assert soul_pass.entryOf(1, SHOVEL)["value"] == 2
    with reverts("SoulPass__MayNotFall", id=1, present=4, given=3):
        soul_pass.writeMany(SHOVEL, [1, 1], [4, 3], sender=publisher)


@pytest.mark.parametrize(("given", "values"), [([1, 2], [1]), ([1], [1, 2]), ([], [1])])
def test_write_many_with_a_value_too_few_or_too_many(soul_pass, publisher, ids, given, values):
    with reverts("SoulPass__LengthMismatch", ids=len(given), values=len(values)):
        soul_pass.writeMany(XPT, given, values, sender=publisher)


def test_write_many_with_one_bad_id_writes_nothing(soul_pass, publisher, ids):
    with reverts("SoulPass__UnknownPass", id=5):
        soul_pass.writeMany(XPT, [1, 5], [1, 1], sender=publisher)
    assert soul_pass.entryOf(1, XPT) == {"value": 0, "updatedAt": 0}


@pytest.mark.parametrize("role", ["dao", "issuer", "holder"])
def test_write_many_by_anyone_else(soul_pass, ids, role, request):
    sender = request.getfixturevalue(role)
    with reverts("SoulPass__NotWriter", sender=getattr(sender, "address", sender), kind=XPT):
        soul_pass.writeMany(XPT, ids, [1] * 4, sender=sender)


def test_write_many_of_an_unknown_kind(soul_pass, publisher, ids):
    with reverts("SoulPass__UnknownKind"):
        soul_pass.writeMany(b"loans".ljust(32, b"\0"), ids, [1] * 4, sender=publisher)
