"""What a constructor wrote into its storage is proven by the code that was run, not by the code it left.

The attack in these tests is the deployer's own: at the timelock's address it runs code that grants a role and
schedules an operation without a trace, and then leaves the honest runtime code.
"""

import pytest
from eth_abi import encode
from eth_utils import keccak
from support.anvil import data, key

from phemexia.deployment import Manifest, record_path
from phemexia.deployment.manifest import Record
from phemexia.deployment.origin import DEPLOY
from phemexia.deployment.plan import FACTORY, GROUND, initcode, salt
from phemexia.deployment.rehearsal import rehearse
from phemexia.errors import Failed

from .conftest import Heard

EXECUTOR, PROPOSER, CANCELLER = (keccak(text=f"{name}_ROLE") for name in ("EXECUTOR", "PROPOSER", "CANCELLER"))
STRANGER = key(6)
FOREIGN = "stands a contract of other creation code or arguments than this build and configuration make"


def push(word):
    return b"\x7f" + word.to_bytes(32)


def leaving(runtime, words):
    """Creation code that writes words into its storage and leaves that runtime code."""
    writes = b"".join(push(value) + push(slot) + b"\x55" for slot, value in words.items())
    size, start = len(runtime).to_bytes(4), (len(writes) + 15).to_bytes(4)
    # PUSH4 size, DUP1, PUSH4 start, PUSH0, CODECOPY, PUSH0, RETURN
    return writes + b"\x63" + size + b"\x80\x63" + start + b"\x5f\x39\x5f\xf3" + runtime


def member(role, account):
    """The slot that says whether an account has a role."""
    holders = keccak(encode(["bytes32", "uint256"], [role, 0]))
    return int.from_bytes(keccak(encode(["address", "bytes32"], [account, holders])))


@pytest.fixture
def plan(world):
    """By name; at the time of the next blocks."""
    return rehearse(world.config, world.signer.address, world.node.now())


def send(world, to, code, sender=None):
    call = {"from": sender or world.signer.address, "to": to, "data": "0x" + code.hex(), "gas": hex(9_000_000)}
    sent = world.node.rpc("eth_sendTransaction", call)
    assert world.node.web3.eth.wait_for_transaction_receipt(sent)["status"] == 1


def make(world, plan, contract, code):
    """Have the factory run code at the address of a contract."""
    call = DEPLOY + encode(["bytes32", "bytes"], [salt(world.config.network.release, contract), code])
    send(world, plan[FACTORY].address, call)


@pytest.fixture
def hidden(world, plan):
    """Creation code of a timelock that lets a stranger move all PT of the treasury at once; and that call."""
    at = {name: step.address for name, step in plan.items()}
    loot = data("spendLarge(address,address,uint256,string)", at["PhemexToken"], STRANGER.address, 4 * 10**26, "")
    arguments = (at["Treasury"], 0, loot, bytes(32), bytes(32))
    operation = keccak(encode(["address", "uint256", "bytes", "bytes32", "bytes32"], arguments))
    words = {member(role, at["PhemexGovernor"]): 1 for role in (PROPOSER, EXECUTOR, CANCELLER)}
    words |= {member(bytes(32), at["PhemexTimelock"]): 1, 2: 2 * 86_400}
    words |= {member(EXECUTOR, STRANGER.address): 1}
    words |= {int.from_bytes(keccak(encode(["bytes32", "uint256"], [operation, 1]))): 2}
    mark = world.node.rpc("evm_snapshot")
    for name in (FACTORY, "PhemexTimelock"):
        send(world, plan[name].to, plan[name].data)
    runtime = bytes(world.node.web3.eth.get_code(at["PhemexTimelock"]))
    world.node.rpc("evm_revert", mark)
    execute = data("execute(address,uint256,bytes,bytes32,bytes32)", *arguments)
    return leaving(runtime, words), execute


def deploy_with(world, plan, contract, code):
    """All of the suite, one contract made by other code; with a record as honest as it can be."""
    for name, step in plan.items():
        if name == contract:
            make(world, plan, name, code)
        else:
            send(world, step.to, step.data)
    config = world.config.network
    genesis = world.node.web3.eth.get_block(0)["hash"].to_0x_hex()
    record = Record(
        network="ethereum-local",
        chain_id=config.chain_id,
        genesis=genesis,
        release=config.release,
        deployer=world.signer.address,
    )
    Manifest(record_path("ethereum-local", world.records), record).write()


def test_check_names_a_contract_whose_constructor_was_another(world, plan, hidden):
    code, loot = hidden
    deploy_with(world, plan, "PhemexTimelock", code)
    assert world.check().differences == [
        "origin PhemexTimelock: other creation code or arguments made it (block 5) than this build and "
        "configuration give, so its storage may hold anything"
    ]
    # It is no idle talk: the treasury is empty after one transaction of the stranger's.
    world.node.impersonate(STRANGER.address, plan["PhemexTimelock"].address, loot)
    left = world.node.web3.eth.call(
        {"to": plan["PhemexToken"].address, "data": data("balanceOf(address)", plan["Treasury"].address)}
    )
    assert int.from_bytes(left) == 0


def test_deploy_goes_on_over_no_contract_whose_constructor_was_another(world, plan, hidden, refuses):
    send(world, plan[FACTORY].to, plan[FACTORY].data)
    make(world, plan, "PhemexTimelock", hidden[0])
    expected = f"at the address of PhemexTimelock, {plan['PhemexTimelock'].address}, {FOREIGN}"
    assert refuses(world.deploy).startswith(expected)


def test_deploy_refuses_it_also_where_all_stands(world, plan, hidden, refuses):
    deploy_with(world, plan, "PhemexTimelock", hidden[0])
    assert FOREIGN in refuses(world.deploy)


def test_deploy_stops_when_another_constructor_is_run_under_its_feet(world, plan, hidden):
    class Meanwhile(Heard):
        def done(self, contract, entry):
            if contract == FACTORY:
                make(world, plan, "PhemexTimelock", hidden[0])

    with pytest.raises(Failed) as failed:
        world.deploy(Meanwhile())
    assert FOREIGN in str(failed.value)


@pytest.mark.parametrize(
    ("contract", "change", "good"),
    [
        ("SoulPass", {"issuer": key(5).address}, True),
        ("SoulPass", {"dao": key(5).address}, False),
        ("PhemexTimelock", {"governor": key(5).address}, False),
        ("PhemexTimelock", {"minDelay": 3 * 86_400}, True),
    ],
    ids=["issuer", "dao", "governor", "delay"],
)
def test_check_takes_only_other_figures_that_the_dao_could_have_changed(world, plan, contract, change, good):
    """A difference in them shows among the parameters; any other argument must be the plan's."""
    deploy_with(world, plan, contract, initcode(contract, plan[contract].arguments | change))
    kinds = {line.split()[0] for line in world.check().differences}
    assert ("origin" in kinds) is not good
    assert "parameter" in kinds or "role" in kinds


def test_deploy_takes_no_other_figures_before_all_stands(world, plan, refuses):
    """There is no DAO yet that could have changed them."""
    send(world, plan[FACTORY].to, plan[FACTORY].data)
    other = plan["PhemexTimelock"].arguments | {"minDelay": 86_400}
    make(world, plan, "PhemexTimelock", initcode("PhemexTimelock", other))
    assert FOREIGN in refuses(world.deploy)


def test_check_finds_an_origin_that_the_record_does_not_name(world, plan):
    """In whatever block: the record is a hint, and the factory's events are the proof."""
    world.deploy()
    manifest = world.manifest
    for entry in manifest.record.contracts.values():
        entry.block, entry.timestamp = 1, 1
    manifest.write()
    assert world.check().good


def test_deploy_sets_a_wrong_record_right(world):
    """As after a reorganisation, which puts transactions into other blocks."""
    world.deploy()
    before, manifest = world.manifest, world.manifest
    manifest.record.contracts["Treasury"].block -= 1
    manifest.record.contracts["Campaign"].transaction = "0x" + "11" * 32
    manifest.write()
    assert world.deploy().deployed == []
    assert world.manifest.record == before.record


def test_check_and_deploy_want_a_node_that_keeps_events(world, plan, refuses, monkeypatch):
    world.deploy()
    monkeypatch.setattr("phemexia.deployment.origin.logs", lambda *_: [])
    assert "the node does not know which transaction deployed PhemexTimelock" in refuses(world.deploy)
    differences = world.check().differences
    assert "origin Campaign: the node knows no transaction that deployed it" in differences
    assert len(differences) == len(plan) - len(GROUND)


def test_deploy_goes_on_when_a_stranger_deploys_the_factory_first(world, plan):
    """Anybody can: its address is the same for all, and so is its code."""

    class Front(Heard):
        def planned(self, standing, missing):
            assert FACTORY in missing
            send(world, plan[FACTORY].to, plan[FACTORY].data, sender=STRANGER.address)

    front = Front()
    outcome = world.deploy(front)
    assert front.notices == ["Create3Factory was deployed by another transaction meanwhile"]
    assert outcome.manifest.record.contracts[FACTORY].transaction is None
    assert len(outcome.manifest.record.contracts) == len(plan)
    assert world.check().good


def test_deploy_goes_on_when_the_stranger_is_quicker_by_a_block(world, plan):
    """The own transaction is on its way already, and is reverted."""
    node = world.node

    class Front(Heard):
        def sending(self, contract, transaction):
            if contract == FACTORY:
                node.rpc("evm_setAutomine", False)
                call = {"from": STRANGER.address, "to": plan[FACTORY].to, "data": "0x" + plan[FACTORY].data.hex()}
                node.rpc("eth_sendTransaction", call | {"gas": hex(3_000_000), "gasPrice": hex(10**12)})

        def sent(self, contract, transaction):
            if contract == FACTORY:
                node.rpc("evm_mine")
                node.rpc("evm_setAutomine", True)

    front = Front()
    outcome = world.deploy(front)
    assert front.notices == ["Create3Factory was deployed by another transaction meanwhile"]
    assert outcome.manifest.record.pending is None
    assert world.check().good


def test_deploy_names_the_error_of_a_chain_that_refuses(world, plan):
    """A sentence with the contract's own error, and no tuple of hexadecimal digits."""

    class Spoil(Heard):
        def done(self, contract, entry):
            if contract == "Treasury":
                # PT's constructor wants its places to have code.
                world.node.rpc("anvil_setCode", plan["Treasury"].address, "0x")

    with pytest.raises(Failed) as failed:
        world.deploy(Spoil())
    assert str(failed.value) == "the chain refuses PhemexToken: DeploymentFailed()"
