"""Addresses and code are known before anything is sent."""

import pytest
from eth_utils import keccak

from phemexia import artifacts
from phemexia.config import load
from phemexia.deployment.plan import PROXY, STEPS, salt
from phemexia.deployment.rehearsal import addresses, rehearse
from phemexia.evm import START

DEPLOYER, OTHER = "0x" + "11" * 20, "0x" + "22" * 20
WEEK = 604_800


@pytest.fixture(scope="module")
def config():
    return load("local")


def changed(config, **network):
    values = config.network.model_copy(update=network)
    return type(config)(config.name, values, config.tokenomics, config.governance)


def test_addresses_are_those_where_the_rehearsal_finds_code(config):
    at = addresses(config, DEPLOYER)
    done = rehearse(config, DEPLOYER, START)
    assert {name: step.address for name, step in done.items()} == at
    assert len(set(at.values())) == len(STEPS)


def test_addresses_depend_on_deployer_and_release_alone(config):
    at = addresses(config, DEPLOYER)
    same = addresses(changed(config, chain_id=1), DEPLOYER)
    assert same == at
    for other in (addresses(config, OTHER), addresses(changed(config, release="another"), DEPLOYER)):
        assert other["Create3Factory"] == at["Create3Factory"]
        assert not set(other.values()) & set(at.values()) - {at["Create3Factory"]}


def test_salts_differ_between_contracts_and_releases():
    names = [step.contract for step in STEPS]
    assert len({salt(release, name) for release in ("a", "b") for name in names}) == 2 * len(names)


def test_pt_comes_last_and_names_its_places(config):
    """PT's constructor wants to see its places."""
    done = rehearse(config, DEPLOYER, START)
    last = list(done.values())[-1]
    assert last.contract == "PhemexToken"
    places = (
        "Campaign",
        "CollaboratorCampaign",
        "InvestorVesting",
        "Treasury",
        "OperationsVesting",
        "BuilderVesting",
    )
    assert last.arguments["places"] == [done[place].address for place in places]
    assert last.arguments["amounts"] == [million * 10**24 for million in (100, 50, 200, 400, 100, 150)]
    assert sum(last.arguments["amounts"]) == 10**27


def test_the_factory_is_called_through_the_proxy_and_all_else_through_the_factory(config):
    done = rehearse(config, DEPLOYER, START)
    assert done["Create3Factory"].to == PROXY
    assert {step.to for name, step in done.items() if name != "Create3Factory"} == {done["Create3Factory"].address}


def test_code_has_the_immutables_that_the_compiler_leaves_out(config):
    done = rehearse(config, DEPLOYER, START)
    assert done["Treasury"].code_hash != "0x" + keccak(artifacts.load("Treasury").runtime).hex()
    assert done["Create3Factory"].code_hash == "0x" + keccak(artifacts.load("Create3Factory").runtime).hex()


def test_code_follows_the_time_of_each_contract(config):
    """The escrow keeps its first week, so its code depends on when it was deployed."""
    now = rehearse(config, DEPLOYER, START)
    later = rehearse(config, DEPLOYER, START + WEEK)
    known = rehearse(config, DEPLOYER, START + WEEK, {"VotingEscrow": START})
    assert later["VotingEscrow"].code_hash != now["VotingEscrow"].code_hash
    assert {name: step.code_hash for name, step in known.items()} == {n: s.code_hash for n, s in now.items()}


def test_code_follows_the_chain(config):
    """Signatures bind the chain, by an immutable."""
    other = rehearse(changed(config, chain_id=1), DEPLOYER, START)
    assert other["SoulPass"].code_hash != rehearse(config, DEPLOYER, START)["SoulPass"].code_hash
