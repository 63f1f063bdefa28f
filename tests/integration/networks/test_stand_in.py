"""`ape run deploy` on a stand-in for Sepolia, through an encrypted key, whatever the node does meanwhile."""

import json
import signal
import time

import pytest

from phemexia.deployment.plan import GROUND

from .conftest import NAMES

DEPLOY = ("--account", "deployer", "--yes")


def complete(node, operator):
    """One deployment, none of it twice, and proven: counted from the chain's own transactions."""
    record = json.loads(operator.record.read_text())
    assert list(record["contracts"]) == NAMES
    assert record["pending"] is None
    transactions = node.sent(operator.address)
    assert len(transactions) == len(NAMES)
    assert {entry["transaction"] for entry in record["contracts"].values()} == {
        each["hash"].to_0x_hex() for each in transactions
    }
    made = node.made(record["contracts"]["Create3Factory"]["address"])
    assert len(made) == len(set(made)) == len(NAMES) - len(GROUND)
    checked = operator.run("check")
    assert checked.code == 0, checked
    assert "no difference" in checked.out


def wait_for(process, condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()
        if time.monotonic() > deadline:
            process.kill()
            pytest.fail(str(process.communicate()))
        time.sleep(0.1)


def test_deploy_shows_the_cost_asks_and_keeps_a_log(stand_in, operator):
    done = operator.run("deploy", "--account", "deployer", answer="y\n")
    assert done.code == 0, done
    table, _, after = done.out.partition("Create3Factory: sending")
    assert "ether, at " in table
    assert all(name in table for name in NAMES)
    assert "at the most" in table
    assert f"Deployed {len(NAMES)} contracts" in after
    assert "Send them? [y/N]" in done.err
    complete(stand_in(), operator)

    assert [(line["event"], line["contract"]) for line in operator.log] == [
        (event, name) for name in NAMES for event in ("sent", "mined")
    ]
    spent = sum(line["cost"] for line in operator.log if line["event"] == "mined")
    assert stand_in().web3.eth.get_balance(operator.address) == 10**18 - spent

    again = operator.run("deploy", *DEPLOY)
    assert again.code == 0
    assert "Everything stood already: no transaction was sent." in again.out
    assert len(stand_in().sent(operator.address)) == len(NAMES)


def test_deploy_goes_on_after_the_node_died_in_the_middle(stand_in, operator):
    """Killed between two blocks, back from what was on disk; the same command ends what it began."""
    deploying = operator.begin("run", "deploy", "--network", "ethereum:sepolia:node", "--timeout", "5", *DEPLOY)
    wait_for(deploying, lambda: len([line for line in operator.log if line["event"] == "mined"]) >= 4)
    stand_in().die()
    out, err = deploying.communicate(timeout=90)
    assert deploying.returncode == 1, (out, err)
    assert "error: the " in err.splitlines()[-1]
    assert "Traceback" not in err

    stand_in(stand_in().come_back())
    before = len(stand_in().sent(operator.address))
    assert 3 <= before < len(NAMES)
    resumed = operator.run("deploy", *DEPLOY)
    assert resumed.code == 0, resumed
    assert "stands already" in resumed.out
    complete(stand_in(), operator)


def test_deploy_waits_for_a_node_that_comes_back_in_time(stand_in, operator):
    """One run, and a node that is dead for some seconds while a transaction is on its way."""
    deploying = operator.begin("run", "deploy", "--network", "ethereum:sepolia:node", "--bump", "300", *DEPLOY)
    wait_for(deploying, lambda: len([line for line in operator.log if line["event"] == "mined"]) >= 2)
    node = stand_in()
    node._process.send_signal(signal.SIGSTOP)
    time.sleep(13)
    node._process.send_signal(signal.SIGCONT)
    _, err = deploying.communicate(timeout=120)
    if deploying.returncode:  # it was silent in a question that is not repeated: then the next run goes on
        assert deploying.returncode == 1
        assert "the node does not answer" in err
        assert operator.run("deploy", *DEPLOY).code == 0
    complete(node, operator)


def test_deploy_replaces_a_transaction_that_is_stuck(stand_in, operator):
    """Prices leap above what was offered: the same nonce is sent again for more, below the ceiling."""
    node = stand_in()
    deploying = operator.begin("run", "deploy", "--network", "ethereum:sepolia:node", "--bump", "2", *DEPLOY)

    def leapt() -> bool:
        """While one transaction waits, a block whose price it can't pay."""
        waiting = int(node.rpc("txpool_status")["pending"], 16)
        if waiting and operator.log:
            node.rpc("evm_setIntervalMining", 0)
            if int(node.rpc("txpool_status")["pending"], 16):
                offered = next(line["most"] for line in reversed(operator.log) if line["event"] == "sent")
                node.rpc("anvil_setNextBlockBaseFeePerGas", hex(2 * offered))
                node.rpc("evm_mine")
                return True
            node.rpc("evm_setIntervalMining", 1)
        return False

    wait_for(deploying, leapt)
    wait_for(deploying, lambda: any(line["event"] == "replaced" for line in operator.log))
    node.rpc("evm_setIntervalMining", 1)
    out, err = deploying.communicate(timeout=180)
    assert deploying.returncode == 0, (out, err)
    replaced = next(line for line in operator.log if line["event"] == "replaced")
    first = next(line for line in operator.log if line["transaction"] == replaced["instead"])
    assert (first["event"], first["nonce"]) == ("sent", replaced["nonce"])
    assert first["most"] * 1.1 <= replaced["most"] <= 100 * 10**9
    assert "is stuck: sending it again at" in out
    complete(node, operator)
