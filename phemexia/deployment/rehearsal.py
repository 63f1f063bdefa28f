"""The whole plan, run on a chain in memory at the very addresses it has on the real one.

What comes out needs no trust in a node: each contract's address, its exact runtime code (immutables included,
which no comparison with a compiler's output can cover), and the gas it takes. Figures that a constructor refuses
are found here, before anything is sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from eth_abi import encode
from eth_utils import keccak, to_canonical_address, to_checksum_address
from pyrevm import AccountInfo

from phemexia import artifacts
from phemexia.config import Configuration
from phemexia.deployment.plan import (
    FACTORY,
    GROUND,
    PROXY,
    PROXY_CODE,
    SAFE,
    SAFE_PROXY,
    STEPS,
    Arguments,
    initcode,
    salt,
)
from phemexia.errors import Refused
from phemexia.evm import Chain, Contract, Reverted, reverted

GROUND_SALT = bytes(32)
"""Of all that deployment proxies make."""
FORWARDER_HASH = bytes.fromhex("21c35dbe1b344a2488cf3321d6ce542f8e9f305544ff09e4993a62319a497c1f")
"""Hash of the creation code of CREATE3's forwarder, the caller of every constructor."""


@dataclass(frozen=True)
class Rehearsed:
    """One contract as it will stand: where, from which call, with which code, for how much gas."""

    contract: str
    address: str
    arguments: Arguments
    to: str
    """Whom the deployer calls."""
    data: bytes
    """With what."""
    initcode: bytes
    """Creation code and constructor arguments."""
    code_hash: str
    """keccak-256 of the runtime code, 0x-prefixed."""
    gas: int


def create2(deployer: str, salt_: bytes, code_hash: bytes) -> str:
    """The address of CREATE2 (EIP-1014)."""
    return to_checksum_address(keccak(b"\xff" + to_canonical_address(deployer) + salt_ + code_hash)[12:])


def factory_address() -> str:
    """Where the factory stands, on every chain."""
    return _made_by(PROXY, FACTORY)


def ground(config: Configuration) -> dict[str, tuple[str, str]]:
    """Which deployment proxy makes each contract of :data:`GROUND`, and where."""
    found = {FACTORY: (PROXY, factory_address())}
    for contract, key in SAFE.items():
        address = getattr(config.network.safe, key)
        due = {_made_by(proxy, contract): proxy for proxy in (SAFE_PROXY, PROXY)}
        if address not in due:
            canonical, other = due
            raise Refused(
                f"config/networks/{config.name}.yaml: safe.{key} is {address}, but Safe 1.5.0 has its "
                f"{contract} at {canonical}, or at {other} where the chain lacks Safe's deployment proxy"
            )
        found[contract] = (due[address], address)
    return found


def _made_by(proxy: str, contract: str) -> str:
    return create2(proxy, GROUND_SALT, keccak(artifacts.load(contract).initcode))


def addresses(config: Configuration, deployer: str) -> dict[str, str]:
    """Where each contract of the release stands or will stand, in the plan's order."""
    chain = Chain(chain_id=config.network.chain_id)
    factory = _factory(chain)
    chain.send(deployer, PROXY, GROUND_SALT + artifacts.load(FACTORY).initcode)
    release, first = config.network.release, ground(config)
    later = (step.contract for step in STEPS if step.contract not in GROUND)
    return {contract: address for contract, (_, address) in first.items()} | {
        contract: factory.addressOf(deployer, salt(release, contract)) for contract in later
    }


def _factory(chain: Chain) -> Contract:
    for proxy in (PROXY, SAFE_PROXY):
        chain.install(proxy, PROXY_CODE)
    return chain.at(FACTORY, factory_address())


def rehearse(
    config: Configuration, deployer: str, now: int, timestamps: Mapping[str, int] | None = None
) -> dict[str, Rehearsed]:
    """Run the plan for that deployer, in order.

    ``now`` is the time (seconds since 1970) at which contracts are made that ``timestamps`` does not name; where
    a contract stands already, its own time is needed, since a constructor may keep it for ever.
    """
    chain = Chain(timestamp=now, chain_id=config.network.chain_id)
    factory = _factory(chain)
    at, first = addresses(config, deployer), ground(config)
    done: dict[str, Rehearsed] = {}

    for step in STEPS:
        chain.warp((timestamps or {}).get(step.contract, now))
        arguments = step.arguments(config, at)
        code = initcode(step.contract, arguments)
        if step.contract in GROUND:
            to, data = first[step.contract][0], GROUND_SALT + code
        else:
            to = factory.address
            data = factory.deploy.encode(salt(config.network.release, step.contract), code)
        try:
            gas = chain.send(deployer, to, data).gas
        except Reverted:
            bound = keccak(encode(["address", "bytes32"], [deployer, salt(config.network.release, step.contract)]))
            reason = _reason(chain, create2(factory.address, bound, FORWARDER_HASH), code)
            raise Refused(f"the constructor of {step.contract} refuses the configuration: {reason}") from None
        address = at[step.contract]
        code_hash = "0x" + chain.code_hash(address).hex()
        done[step.contract] = Rehearsed(step.contract, address, arguments, to, data, code, code_hash, gas)
    return done


def _reason(chain: Chain, forwarder: str, code: bytes) -> str:
    """Why a constructor reverts: the factory does not pass the reason on, so create as its forwarder would."""
    chain._evm.insert_account_info(forwarder, AccountInfo(nonce=1))
    try:
        chain._evm.deploy(forwarder, code)
    except RuntimeError as error:
        return str(reverted(error))
    return "it runs on its own, but not through the factory"
