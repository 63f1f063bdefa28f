"""Circumstances that forbid a deployment: one sentence, and nothing sent."""

import json
from typing import get_args

import pytest
from eth_account import Account
from support.anvil import Node, key
from web3 import HTTPProvider, Web3

from phemexia.config import load
from phemexia.config.models import Campaigns, Vestings
from phemexia.deployment import Deployer, KeySigner, check
from phemexia.deployment.plan import PROXY, STEPS, initcode
from phemexia.errors import Refused


def test_deploy_refuses_a_deployer_without_enough_ether(world, refuses):
    world.signer = KeySigner(key(3))
    eth = world.node.web3.eth
    world.node.rpc("anvil_setBalance", key(3).address, hex(10**12))
    sentence = refuses(world.deploy)
    assert sentence.startswith(
        f"the deployer {key(3).address} holds 0.000001 ether, and {len(STEPS)} transactions may cost up to 0."
    )
    assert sentence.endswith(" ether: nothing was sent")
    assert eth.get_transaction_count(key(3).address) == 0


def test_deploy_refuses_a_public_key_outside_a_rehearsal(world, refuses):
    """Whoever knows the deployer's key can put other contracts at its addresses first."""
    path = world.figures / "networks" / "local.yaml"
    text = path.read_text().replace("rehearsal: yes", "rehearsal: no")
    for index in range(3, 25):
        text = text.replace(key(index).address, Account.create().address)
    path.write_text(text)
    for public in (0, 63):
        world.signer = KeySigner(key(public))
        assert refuses(world.deploy) == (
            f"the deployer {key(public).address} is a test account whose key everyone knows, and "
            "config/networks/local.yaml says that this is no rehearsal"
        )
    private = Account.create()
    world.node.rpc("anvil_setBalance", private.address, hex(10**18))
    world.signer = KeySigner(private)
    world.deploy()
    assert world.check().good

    # A rehearsal that is declared to be in earnest afterwards is none the better for it.
    path.write_text(text.replace("rehearsal: no", "rehearsal: yes").replace("phemexia-1", "phemexia-2"))
    world.signer = KeySigner(key(0))
    world.deploy()
    assert world.check().good
    path.write_text(text.replace("phemexia-1", "phemexia-2"))
    assert world.check().differences == [f"deployer {key(0).address}: a test account whose key everyone knows"]


def test_deploy_asks_only_for_what_is_left_to_pay(world):
    world.deploy()
    world.node.rpc("anvil_setBalance", world.signer.address, "0x0")
    assert world.deploy().deployed == []


def test_deploy_refuses_a_node_that_does_not_answer(world):
    dead = Web3(HTTPProvider("http://127.0.0.1:9", exception_retry_configuration=None))
    with pytest.raises(Refused) as refused:
        Deployer(dead, world.signer, world.config, folder=world.records).run()
    assert str(refused.value) == "the node does not answer (ConnectionError)"
    with pytest.raises(Refused):
        check(dead, world.config, world.manifest, "local")


def test_deploy_refuses_another_chain(world, refuses):
    world.figure("networks/local.yaml", "chain_id: 31337", "chain_id: 31338")
    sentence = "the node answers for the chain with id 31337, but config/networks/local.yaml is for 31338"
    assert refuses(world.deploy) == sentence


def test_deploy_refuses_a_chain_without_the_deployment_proxy(world, refuses):
    world.node.rpc("anvil_setCode", PROXY, "0x")
    assert refuses(world.deploy) == (
        f"this chain lacks the deterministic deployment proxy at {PROXY}, which the addresses need"
    )


def test_deploy_refuses_another_account_for_a_release_that_was_begun(world, refuses):
    world.deploy()
    first, world.signer = world.signer, KeySigner(key(1))
    assert refuses(world.deploy) == (
        f"the release phemexia-1 was begun by {first.address}, not by {key(1).address}: "
        "go on with that account, or name another release in config/networks/local.yaml"
    )


def test_deploy_refuses_other_code_at_its_address(world, refuses):
    world.deploy()
    treasury = world.at("Treasury")
    world.node.rpc("anvil_setCode", treasury, "0xfe")
    assert refuses(world.deploy) == (
        f"at the address of Treasury, {treasury}, stands other code than this build and configuration make: "
        "for a new deployment name another release in config/networks/local.yaml"
    )


def test_deploy_refuses_a_figure_that_became_part_of_the_code(world, refuses):
    """The campaign's terms are immutable: a configuration with others is another deployment."""
    world.deploy()
    world.figure("governance.yaml", "root_delay: 5 days", "root_delay: 6 days")
    assert "the address of Campaign" in refuses(world.deploy)


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "governance.yaml",
            "delay: 2 days # between a",
            "delay: 23 hours # between a",
            "the constructor of PhemexTimelock refuses the configuration: "
            "PhemexTimelock__DelayOutOfBounds(delay=82800, least=86400, most=432000)",
        ),
        (
            "governance.yaml",
            "floor: 2_000_000 vePT",
            "floor: 0 vePT",
            "the constructor of ActionClasses refuses the configuration: "
            "ActionClasses__OutOfBounds(class=0, value=0, least=500000, most=50000000)",
        ),
        (
            "governance.yaml",
            "majority: 60 %",
            "majority: 66.68 %",
            "the constructor of ActionClasses refuses the configuration: "
            "ActionClasses__OutOfOrder(class=3, value=6667, below=6668)",
        ),
        (
            "governance.yaml",
            "CoreTeam.appoint",
            "CoreTeam.apoint",
            "config/governance.yaml: actions has CoreTeam.apoint, but the suite has no such function",
        ),
        (
            "governance.yaml",
            "CoreTeam.appoint",
            "SoulPass.nominateIssuer",
            "the constructor of ActionClasses refuses the configuration: ActionClasses__Fixed(",
        ),
        (
            "governance.yaml",
            "2028-12-31 00:00 UTC",
            "2020-12-31 00:00 UTC",
            "the constructor of Campaign refuses the configuration: Campaign__InvalidTerms()",
        ),
        (
            "governance.yaml",
            "period: 5 days",
            "period: 1 hour",
            "the constructor of ActionClasses refuses the configuration: "
            "ActionClasses__OutOfBounds(class=0, value=3600, least=259200, most=1209600)",
        ),
    ],
    ids=[
        "short delay",
        "no floor",
        "out of order",
        "unknown action",
        "fixed action",
        "deadline in the past",
        "short period",
    ],
)
def test_deploy_refuses_figures_that_a_constructor_refuses(world, refuses, file, old, new, sentence):
    world.figure(file, old, new)
    assert refuses(world.deploy).startswith(sentence)


def test_deploy_refuses_a_supply_that_the_token_does_not_have(world, refuses):
    """The reason comes from inside PT's constructor, through two contracts that would swallow it."""
    path = world.figures / "tokenomics.yaml"
    plan = "{kind: all, at_tge: 100 %, cliff: 0 months, then: nothing}"
    path.write_text(
        "token: {supply: 10 PT}\n"
        "allocations:\n"
        + "".join(
            f"  - {{name: {place}, share: 10 %, amount: 1 PT, place: {place}, schedule: [{plan}]}}\n"
            for place in (*get_args(Campaigns), *get_args(Vestings))
        )
        + f"  - {{name: b, share: 50 %, amount: 5 PT, place: Treasury, schedule: [{plan}]}}\n"
    )
    assert refuses(world.deploy) == (
        "the constructor of PhemexToken refuses the configuration: "
        "PhemexToken__WrongTotal(total=10000000000000000000)"
    )


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"network": 1}', "not json"])
def test_deploy_refuses_a_record_that_is_none(world, refuses, content):
    world.records.mkdir()
    path = world.records / "ethereum-local.json"
    path.write_text(content)
    assert refuses(world.deploy) == (
        f"{path} is not a record of a deployment: restore it, or move it away to have it rebuilt from the chain"
    )


@pytest.mark.parametrize("change", [{"chain_id": 1}, {"genesis": "0x" + "11" * 32}], ids=["chain id", "genesis"])
def test_deploy_and_check_refuse_the_record_of_another_chain(figures, tmp_path, change):
    """Two test networks with one id are told apart by their first block."""
    config = load("sepolia", figures)
    with Node(chain_id=11155111) as node:
        signer = KeySigner(key(0))
        deployer = Deployer(node.web3, signer, config, "ethereum-sepolia", tmp_path)
        outcome = deployer.run()
        assert check(node.web3, config, outcome.manifest, "ethereum-sepolia").good

        path = tmp_path / "ethereum-sepolia.json"
        record = json.loads(path.read_text())
        path.write_text(json.dumps(record | change))
        for action in (
            deployer.run,
            lambda: check(node.web3, config, type(outcome.manifest).read(path), "ethereum-sepolia"),
        ):
            with pytest.raises(Refused) as refused:
                action()
            assert str(refused.value).startswith(f"{path} is of another chain (id ")
            assert str(refused.value).endswith("connect to the right node, or move the file away")
        assert node.web3.eth.get_transaction_count(signer.address) == len(STEPS)


def test_initcode_insists_on_the_constructor_s_own_names():
    with pytest.raises(
        ValueError, match=r"Treasury takes token, dao, guardianSource, groups, and was given token, owner"
    ):
        initcode("Treasury", {"token": key(1).address, "owner": key(2).address})
