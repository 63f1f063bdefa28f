"""Anyone deploys, and nobody to an address that belongs to somebody else."""

import rlp
from eth_abi import encode
from eth_utils import keccak, to_bytes, to_checksum_address
from support.solidity import compile_source
from support.suite import initcode

from phemexia import artifacts
from phemexia.evm import ZERO, Event, reverts

SALT = keccak(text="salt")


def test_deploy_puts_the_contract_where_it_was_expected(chain, factory, deployer, treasury_code):
    expected = factory.addressOf(deployer, SALT)
    code = treasury_code(factory, deployer)
    receipt = factory.deploy(SALT, code, sender=deployer)
    assert receipt.returned == expected
    args = {"deployer": deployer, "salt": SALT, "deployed": expected, "initCodeHash": keccak(code)}
    assert receipt.events == [Event("Deployed", factory.address, args)]
    treasury = chain.at("Treasury", expected)
    assert (treasury.token(), treasury.dao()) == (factory.address, deployer)


def test_deploy_address_does_not_depend_on_the_code(chain, factory, deployer, code, treasury_code):
    expected = factory.addressOf(deployer, SALT)
    with chain.isolate():
        assert factory.deploy(SALT, code(deployer), sender=deployer).returned == expected
    assert factory.deploy(SALT, treasury_code(deployer, deployer), sender=deployer).returned == expected


def test_deploy_address_does_not_depend_on_what_was_deployed_before(factory, deployer, squatter, code):
    """A run that died and went on has used other nonces."""
    expected = factory.addressOf(deployer, SALT)
    for name in ("one", "two"):
        factory.deploy(keccak(text=name), code(deployer), sender=deployer)
    factory.deploy(SALT, code(squatter), sender=squatter)
    assert factory.deploy(SALT, code(deployer), sender=deployer).returned == expected


def test_deploy_by_another_leaves_the_address_free(chain, factory, deployer, squatter, code):
    """G14: the same salt in other hands is another address."""
    expected = factory.addressOf(deployer, SALT)
    assert factory.deploy(SALT, code(squatter), sender=squatter).returned != expected
    assert chain.code(expected) == b""
    assert factory.deploy(SALT, code(deployer), sender=deployer).returned == expected


def test_deploy_refuses_a_salt_that_was_used(factory, deployer, code, treasury_code):
    standing = factory.deploy(SALT, code(deployer), sender=deployer).returned
    for again in (code(deployer), treasury_code(deployer, deployer)):
        with reverts("Create3Factory__AlreadyDeployed", deployed=standing):
            factory.deploy(SALT, again, sender=deployer)


def test_deploy_passes_ether_to_the_constructor(chain, factory, deployer):
    # Six bytes that return themselves: any constructor that is payable.
    payable = bytes.fromhex("60016000f3")
    deployed = factory.deploy(SALT, payable, sender=deployer, value=7).returned
    assert chain.balance(deployed) == 7
    assert chain.balance(factory) == 0


def test_deploy_refuses_ether_for_a_constructor_that_takes_none(factory, deployer, code):
    with reverts("DeploymentFailed"):
        factory.deploy(SALT, code(deployer), sender=deployer, value=1)


def test_deploy_that_failed_leaves_the_salt_free(factory, deployer, code):
    # A governor of zero: the timelock's constructor reverts.
    failing = initcode(artifacts.load("PhemexTimelock"), 86_400, ZERO)
    with reverts("DeploymentFailed"):
        factory.deploy(SALT, failing, sender=deployer)
    expected = factory.addressOf(deployer, SALT)
    assert factory.deploy(SALT, code(deployer), sender=deployer).returned == expected


def test_deploy_refuses_code_that_leaves_nothing(factory, deployer):
    with reverts("DeploymentFailed"):
        factory.deploy(SALT, b"", sender=deployer)


def test_deploy_to_an_address_that_already_has_ether(chain, factory, deployer, code):
    expected = factory.addressOf(deployer, SALT)
    chain.fund(expected, 1)
    assert factory.deploy(SALT, code(deployer), sender=deployer).returned == expected
    assert chain.balance(expected) == 1


def test_deploy_by_a_contract_binds_to_the_contract(chain, factory, squatter, deployer, code):
    """Not to whoever signed the transaction."""
    actor = chain.deploy(compile_source("Actor.sol"))
    actor.execute(factory, factory.deploy.encode(SALT, code(deployer)), sender=deployer)
    assert chain.code(factory.addressOf(actor, SALT)) != b""
    assert chain.code(factory.addressOf(deployer, SALT)) == b""


def test_deploy_tells_constructors_apart_that_leave_the_same_code(chain, factory, deployer):
    """The same runtime code, one with a word in its storage that nothing else shows."""
    # PUSH1 1, PUSH0, RETURN leaves one zero byte; the other writes 1 to slot 0 before that.
    plain, hidden = bytes.fromhex("60015ff3"), bytes.fromhex("60015f5560015ff3")
    hashes, codes = set(), set()
    for code in (plain, hidden):
        with chain.isolate():
            receipt = factory.deploy(SALT, code, sender=deployer)
            hashes.add(receipt.events[0].args["initCodeHash"])
            codes.add(chain.code_hash(receipt.returned))
    assert hashes == {keccak(plain), keccak(hidden)}
    assert len(codes) == 1


def test_deploy_forwarder_makes_nothing_at_an_address_of_a_salt(chain, factory, deployer, squatter, code):
    """Anyone can call it for ever: what stands stays, and what it makes stands elsewhere."""
    standing = factory.deploy(SALT, code(deployer), sender=deployer).returned
    bound = keccak(encode(["address", "bytes32"], [deployer, SALT]))
    forwarder = keccak(
        b"\xff" + to_bytes(hexstr=factory.address) + bound + keccak(hexstr="67363d3d37363d34f03d5260086018f3")
    )[-20:]
    before = chain.code_hash(standing)
    chain.send(squatter, to_checksum_address(forwarder), code(squatter))
    assert chain.code_hash(standing) == before
    assert chain.code(to_checksum_address(keccak(rlp.encode([forwarder, 2]))[-20:])) != b""
