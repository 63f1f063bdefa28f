"""Addresses and code are known before anything is sent."""

from dataclasses import replace

import pytest
from eth_utils import keccak

from phemexia import artifacts
from phemexia.config import load, networks
from phemexia.deployment.plan import FACTORY, GROUND, PROXY, SAFE_PROXY, STEPS, salt
from phemexia.deployment.rehearsal import addresses, rehearse
from phemexia.errors import Refused
from phemexia.evm import START

DEPLOYER, OTHER = "0x" + "11" * 20, "0x" + "22" * 20
WEEK = 604_800


@pytest.fixture(scope="module")
def config():
    return load("local")


def changed(config, **network):
    values = config.network.model_copy(update=network)
    return replace(config, network=values)


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
        assert set(other.values()) & set(at.values()) == {at[name] for name in GROUND}


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
    assert {done[name].to for name in GROUND} == {PROXY}
    assert {step.to for name, step in done.items() if name not in GROUND} == {done[FACTORY].address}


def test_safe_stands_where_the_network_has_it():
    """On public networks at the addresses that Safe's makers name, and with their code, to the byte."""
    canonical = {
        "SafeL2": (
            "0xEdd160fEBBD92E350D4D398fb636302fccd67C7e",
            "180193227186ccb85316c94db1f0d156ed932b14712cfaac78901899178572dc",
        ),
        "SafeProxyFactory": (
            "0x14F2982D601c9458F93bd70B218933A6f8165e7b",
            "967dae4cda22b0c9ef7f31b010bdc1ceb0af9904b0c3dc060b5302e4c18a4529",
        ),
        "CompatibilityFallbackHandler": (
            "0x3EfCBb83A4A7AfcB4F68D501E2c2203a38be77f4",
            "3c6a85bcf7b563daa624b884b4e9a1b9fa5371edde7be945d998071a48f28bbc",
        ),
    }
    for network in networks():
        if network == "local":
            continue
        done = rehearse(load(network), DEPLOYER, START)
        for contract, (address, code_hash) in canonical.items():
            step = done[contract]
            assert (step.address, step.code_hash, step.to) == (address, "0x" + code_hash, SAFE_PROXY)


def test_safe_nowhere_else(config):
    elsewhere = changed(config, safe=config.network.safe.model_copy(update={"factory": OTHER}))
    with pytest.raises(Refused) as refused:
        addresses(elsewhere, DEPLOYER)
    assert str(refused.value) == (
        f"config/networks/local.yaml: safe.factory is {OTHER}, but Safe 1.5.0 has its SafeProxyFactory at "
        "0x14F2982D601c9458F93bd70B218933A6f8165e7b, or at 0x34aeE8688B23516f9cD8F145D52D5a13080028D2 where the "
        "chain lacks Safe's deployment proxy"
    )


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
