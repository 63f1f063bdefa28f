"""An address is a function of factory, deployer and salt."""

import rlp
from eth_abi import encode
from eth_utils import keccak, to_bytes, to_checksum_address

PROXY = bytes.fromhex("67363d3d37363d34f03d5260086018f3")
"""Creation code of the forwarder of CREATE3."""

SALT = keccak(text="salt")


def test_address_of_follows_the_rules_of_create2_and_create(factory, deployer):
    """The forwarder's address by CREATE2, then that of its first contract by CREATE."""
    bound = keccak(encode(["address", "bytes32"], [deployer, SALT]))
    proxy = keccak(b"\xff" + to_bytes(hexstr=factory.address) + bound + keccak(PROXY))[-20:]
    contract = keccak(rlp.encode([proxy, 1]))[-20:]
    assert factory.addressOf(deployer, SALT) == to_checksum_address(contract)


def test_address_of_differs_by_deployer_and_by_salt(factory, deployer, squatter):
    other = keccak(text="other salt")
    assert len({factory.addressOf(d, s) for d in (deployer, squatter) for s in (SALT, other)}) == 4


def test_address_of_stays_when_the_contract_stands(factory, deployer, code):
    before = factory.addressOf(deployer, SALT)
    factory.deploy(SALT, code(deployer), sender=deployer)
    assert factory.addressOf(deployer, SALT) == before


def test_address_of_does_not_depend_on_the_asker(factory, deployer, squatter):
    assert factory.addressOf(deployer, SALT, sender=squatter) == factory.addressOf(deployer, SALT, sender=deployer)
