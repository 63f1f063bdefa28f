"""The whole suite on a real node."""

import json

from eth_utils import keccak
from support.anvil import key

from phemexia.deployment import KeySigner
from phemexia.deployment.plan import GROUND, STEPS
from phemexia.deployment.rehearsal import addresses

from .conftest import Heard

NAMES = [step.contract for step in STEPS]
OURS = [name for name in NAMES if name not in GROUND]


def test_deploy_puts_every_contract_where_it_was_computed(world):
    expected = addresses(world.config, world.signer.address)
    outcome = world.deploy()
    assert outcome.deployed == NAMES
    assert {name: entry.address for name, entry in outcome.manifest.record.contracts.items()} == expected
    for address in expected.values():
        assert world.node.web3.eth.get_code(address)
    assert world.sent() == len(NAMES)


def test_deploy_twice_sends_nothing_the_second_time(world):
    world.deploy()
    before = world.sent(), world.node.web3.eth.block_number, (world.records / "ethereum-local.json").read_text()
    assert world.deploy().deployed == []
    after = world.sent(), world.node.web3.eth.block_number, (world.records / "ethereum-local.json").read_text()
    assert after == before


def test_deploy_records_what_was_done(world):
    world.deploy()
    record = json.loads((world.records / "ethereum-local.json").read_text())
    eth = world.node.web3.eth
    assert record["chain_id"] == 31337
    assert record["genesis"] == eth.get_block(0)["hash"].to_0x_hex()
    assert record["deployer"] == world.signer.address
    assert record["pending"] is None
    assert list(record["contracts"]) == NAMES
    for name, entry in record["contracts"].items():
        receipt = eth.get_transaction_receipt(entry["transaction"])
        assert (receipt["status"], receipt["blockNumber"]) == (1, entry["block"]), name
        assert eth.get_block(entry["block"])["timestamp"] == entry["timestamp"]
        assert "0x" + keccak(eth.get_code(entry["address"])).hex() == entry["code"]
        assert entry["configuration"] == world.config.hash()
    rules = record["contracts"]["ActionClasses"]["arguments"]["rules"][0]
    assert rules["period"] == "432000"
    assert rules["threshold"] == "50000"


def test_deploy_rebuilds_a_lost_record_from_the_chain(world):
    world.deploy()
    path = world.records / "ethereum-local.json"
    before = json.loads(path.read_text())
    path.unlink()
    assert world.deploy().deployed == []
    after = json.loads(path.read_text())
    for name in GROUND:
        before["contracts"][name] |= {"transaction": None, "block": None, "timestamp": None}
    assert after == before
    assert world.check().good


def test_deploy_starts_afresh_under_another_release(world):
    world.deploy()
    first = world.at("PhemexToken")
    world.figure("networks/local.yaml", "release: phemexia-1", "release: phemexia-2")
    heard = Heard()
    assert world.deploy(heard).deployed == OURS  # one factory and one Safe serve them all
    assert world.at("PhemexToken") != first
    assert "is of the release phemexia-1; it is kept as" in heard.notices[0]
    assert json.loads((world.records / "ethereum-local.phemexia-1.json").read_text())["release"] == "phemexia-1"
    assert world.check().good


def test_deploy_by_another_account_gives_other_addresses_and_clashes_with_nothing(world, tmp_path):
    world.deploy()
    first = world.at("PhemexToken")
    world.signer, world.records = KeySigner(key(1)), tmp_path / "others"
    assert world.deploy().deployed == OURS
    assert world.at("PhemexToken") != first
    assert world.check().good


def test_deploy_replaces_the_record_of_a_local_chain_that_is_gone(world):
    world.deploy()
    path = world.records / "ethereum-local.json"
    record = json.loads(path.read_text())
    path.write_text(json.dumps(record | {"genesis": "0x" + "11" * 32}))
    heard = Heard()
    assert world.deploy(heard).deployed == []
    assert heard.notices == [f"{path} is of a chain that is gone; it is replaced"]
    assert world.check().good


def test_deploy_does_again_what_the_chain_has_forgotten(world):
    mark = world.node.rpc("evm_snapshot")
    world.deploy()
    world.node.rpc("evm_revert", mark)
    assert world.deploy().deployed == NAMES
    assert world.check().good


def test_deploy_works_on_a_chain_without_base_fees(world):
    """Some chains know no EIP-1559: there the old kind of price is paid."""
    eth = world.node.web3.eth
    real = eth.get_block
    eth.get_block = lambda *args: {k: v for k, v in real(*args).items() if k != "baseFeePerGas"}
    try:
        assert world.deploy().deployed == NAMES
    finally:
        del eth.get_block
    sent = eth.get_transaction(world.manifest.record.contracts["Treasury"].transaction)
    assert sent["type"] == 0
