"""A run that dies anywhere is completed by the next one, at the same addresses, with nothing deployed twice."""

import threading
import time

import pytest

from phemexia.deployment import Progress
from phemexia.deployment.origin import DEPLOYED
from phemexia.deployment.plan import GROUND, STEPS
from phemexia.deployment.rehearsal import addresses
from phemexia.errors import Failed

NAMES = [step.contract for step in STEPS]


class Killed(BaseException):
    """Not an Exception, so that no handler takes it for an error of the node."""


class Killer(Progress):
    """Ends a run at a moment of a step; `unmined` leaves its transaction in the node's pool."""

    def __init__(self, node, contract, moment):
        self.node, self.contract, self.moment = node, contract, moment

    def _reach(self, contract, moment):
        if (contract, moment) == (self.contract, self.moment):
            raise Killed

    def sending(self, contract, transaction):
        self._reach(contract, "recorded")
        if contract == self.contract and self.moment in ("unmined", "dropped"):
            self.node.rpc("evm_setAutomine", False)

    def sent(self, contract, transaction):
        self._reach(contract, "sent")
        self._reach(contract, "unmined")
        if (contract, self.moment) == (self.contract, "dropped"):
            self.node.rpc("anvil_dropTransaction", transaction)
        self._reach(contract, "dropped")

    def mined(self, contract, transaction):
        self._reach(contract, "mined")

    def done(self, contract, entry):
        self._reach(contract, "done")


MOMENTS = [(name, moment) for name in NAMES for moment in ("recorded", "sent", "mined", "done")]


@pytest.mark.parametrize(("contract", "moment"), [*MOMENTS, (NAMES[0], "dropped"), (NAMES[-1], "dropped")])
def test_deploy_completes_what_was_killed(world, contract, moment):
    expected = addresses(world.config, world.signer.address)
    with pytest.raises(Killed):
        world.deploy(Killer(world.node, contract, moment))
    world.node.rpc("evm_setAutomine", True)

    outcome = world.deploy()
    assert {name: entry.address for name, entry in outcome.manifest.record.contracts.items()} == expected
    assert world.sent() == len(NAMES)
    assert outcome.manifest.record.pending is None
    assert all(entry.transaction for entry in outcome.manifest.record.contracts.values())
    assert _deployments(world, expected["Create3Factory"]) == [name for name in NAMES if name not in GROUND]
    assert world.check().good
    assert world.deploy().deployed == []


@pytest.mark.parametrize("contract", [NAMES[0], NAMES[-1]])
def test_deploy_waits_for_a_transaction_that_is_still_on_its_way(world, contract):
    with pytest.raises(Killed):
        world.deploy(Killer(world.node, contract, "unmined"))
    pending = world.manifest.record.pending
    assert pending.contract == contract

    def mine():
        time.sleep(0.3)
        world.node.rpc("evm_setAutomine", True)
        world.node.rpc("evm_mine")

    miner = threading.Thread(target=mine)
    miner.start()
    outcome = world.deploy()
    miner.join()
    assert outcome.manifest.record.contracts[contract].transaction == pending.transaction
    assert contract not in outcome.deployed
    assert world.sent() == len(NAMES)
    assert world.check().good


def test_deploy_gives_up_waiting_and_goes_on_later(world):
    with pytest.raises(Killed):
        world.deploy(Killer(world.node, "SoulPass", "unmined"))
    pending = world.manifest.record.pending
    with pytest.raises(Failed) as failed:
        world.deploy(timeout=0.2)
    assert str(failed.value) == (
        f"the transaction {pending.transaction} for SoulPass is not mined after 0 seconds: "
        "run the command again to go on waiting"
    )
    assert world.manifest.record.pending == pending
    world.node.rpc("evm_setAutomine", True)
    world.node.rpc("evm_mine")
    world.deploy()
    assert world.sent() == len(NAMES)
    assert world.check().good


def test_deploy_keeps_addresses_when_the_deployer_does_other_things_in_between(world):
    """The address of a contract depends on no nonce: a run that died and went on must not shift it."""
    expected = addresses(world.config, world.signer.address)
    with pytest.raises(Killed):
        world.deploy(Killer(world.node, "Treasury", "done"))
    world.node.rpc(
        "eth_sendTransaction", {"from": world.signer.address, "to": world.signer.address, "value": "0x1"}
    )
    outcome = world.deploy()
    assert {name: entry.address for name, entry in outcome.manifest.record.contracts.items()} == expected
    assert world.check().good


def test_deploy_across_a_week_boundary_is_proven_with_the_time_of_each_contract(world):
    """The escrow keeps the week it was born in, so its exact code depends on its block's time."""
    with pytest.raises(Killed):
        world.deploy(Killer(world.node, "VotingEscrow", "done"))
    world.node.rpc("evm_increaseTime", 8 * 86_400)
    world.node.rpc("evm_mine")
    world.deploy()
    assert world.check().good


def _deployments(world, factory):
    """Contracts by the factory's events, in order."""
    names = {address: name for name, address in addresses(world.config, world.signer.address).items()}
    found = world.node.web3.eth.get_logs({"address": factory, "topics": [DEPLOYED], "fromBlock": 0})
    return [names[world.node.web3.to_checksum_address(bytes(log["topics"][3])[-20:])] for log in found]
