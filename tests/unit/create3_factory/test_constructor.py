"""The factory's own address must be the same on every chain."""

from eth_utils import keccak, to_bytes, to_checksum_address

from phemexia import artifacts
from phemexia.evm import Chain

# The deterministic deployment proxy, as it stands on most chains: salt, then creation code.
PROXY_CODE = bytes.fromhex(
    "604580600e600039806000f350fe"
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0"
    "3601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3"
)


def test_constructor_takes_no_arguments():
    abi = artifacts.load("Create3Factory").abi
    assert [item for item in abi if item["type"] == "constructor"] == []


def test_constructor_works_behind_the_deterministic_deployment_proxy():
    chain = Chain()
    code = artifacts.load("Create3Factory").initcode
    proxy = chain.deploy(artifacts.Artifact("Proxy", "", [], PROXY_CODE, b""))
    salt = keccak(text="phemexia")
    deployed = chain.send(chain.account(), proxy, salt + code).returned
    expected = keccak(b"\xff" + to_bytes(hexstr=proxy.address) + salt + keccak(code))[-20:]
    assert deployed == expected
    factory = chain.at("Create3Factory", to_checksum_address(deployed))
    assert factory.addressOf(proxy.address, salt) != factory.addressOf(factory.address, salt)
