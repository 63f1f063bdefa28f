"""What `ape run groups` shows and does."""

from integration.groups.conftest import LEAD, MEMBER, OTHER
from support.anvil import key

BYSTANDER = 6


def sent(world, number):
    return world.node.web3.eth.get_transaction_count(key(number).address)


def test_list_shows_every_group_and_seat(run, world):
    said = run("list").stdout
    for name in ("1 Operation", "2 Treasury Management", "3 Growth", "4 DAO to DAO"):
        assert name in said
    assert said.count("no, no pass that counts") == 9
    assert said.count("lead") == 4
    assert "3 of 7 seats taken" in said
    assert f"{key(LEAD).address} lead" in said
    assert "Growth is out of line: 'ape run groups align 3'" in said
    assert said.count("nobody counts") == 3


def test_list_of_one_group_by_name(run):
    said = run("list", "Growth").stdout
    assert "3 Growth" in said
    assert "Operation" not in said


def test_align_shows_the_difference_and_sends_nothing(run, world):
    said = run("align", 3, by=BYSTANDER).stdout
    account = world.suite.groups.functions.accountOf(3).call()
    assert f"bring the Safe of Growth in line, {account}" in said
    for number in (LEAD, MEMBER, OTHER):
        assert key(number).address in said
    assert "the groups' contract, which never signs" in said
    assert "is removed" in said
    assert "1 of 1" in said
    assert "2 of 3" in said
    assert "Nothing was sent." in said
    assert sent(world, BYSTANDER) == 0
    assert not world.suite.groups.functions.inLine(3).call()


def test_align_sends(run, world, refused):
    said = run("align", "Growth", "--send", by=BYSTANDER).stdout
    assert "done: the Safe of Growth is its 3 members', in 0x" in said
    assert sent(world, BYSTANDER) == 1
    assert world.suite.groups.functions.inLine(3).call()
    assert "in line, 2 of 3 decide" in run("list", "3").stdout
    assert refused("align", 3, by=BYSTANDER) == "the Safe of Growth is in line already"


def test_align_follows_who_lost_its_pass(run, world):
    run("align", 3, "--send", by=BYSTANDER)
    passes = world.suite.soul_pass.functions
    world.send(MEMBER, passes.burn(passes.passOf(key(MEMBER).address).call()))
    assert "out of line" in run("list", 3).stdout
    said = run("align", 3, "--send", by=OTHER).stdout
    assert "2 of 2" in said
    owners = world.suite.groups.functions.membersOf(3).call()
    assert owners == [key(LEAD).address, key(OTHER).address]


def test_align_of_a_group_without_members(refused):
    assert refused("align", "Operation", by=BYSTANDER) == (
        "the Safe of Operation is in line already, which is nobody's while no member counts"
    )


def test_bad_input_is_one_sentence(refused):
    known = "choose from 1 Operation, 2 Treasury Management, 3 Growth, 4 DAO to DAO"
    assert refused("align", "Grwth", by=BYSTANDER) == f'there is no group "Grwth": {known}'
    assert refused("list", "9") == f'there is no group "9": {known}'


def test_help_has_examples(run):
    for command in ("list", "align"):
        assert "Example" in run(command, "--help").stdout
