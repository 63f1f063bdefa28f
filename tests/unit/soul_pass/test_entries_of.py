"""Many kinds of one pass in one call."""

XPT, SHOVEL, CREDIT = (name.ljust(32, b"\0") for name in (b"xPT", b"shovel", b"credit"))


def test_entries_of(soul_pass, chain, publisher, pass_id):
    soul_pass.write(XPT, pass_id, 11, sender=publisher)
    first = chain.timestamp
    chain.sleep(60)
    soul_pass.write(CREDIT, pass_id, 700, sender=publisher)
    assert soul_pass.entriesOf(pass_id, [CREDIT, SHOVEL, XPT]) == [
        {"value": 700, "updatedAt": first + 60},
        {"value": 0, "updatedAt": 0},
        {"value": 11, "updatedAt": first},
    ]


def test_entries_of_no_kinds(soul_pass, pass_id):
    assert soul_pass.entriesOf(pass_id, []) == []


def test_entries_of_unknown_things(soul_pass, pass_id):
    """Nothing is known of what nobody can write."""
    empty = {"value": 0, "updatedAt": 0}
    assert soul_pass.entriesOf(pass_id, [b"loans".ljust(32, b"\0")]) == [empty]
    assert soul_pass.entriesOf(99, [XPT]) == [empty]
