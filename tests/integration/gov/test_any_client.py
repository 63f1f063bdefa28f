"""Clients of OpenZeppelin's governor (Tally and others) work with this one, as one does that knows no other."""

from functools import reduce

import pytest
from eth_utils import function_abi_to_4byte_selector, keccak
from support.anvil import key
from web3.exceptions import ContractCustomError

from .any_client import (
    ABI,
    ABSTAIN,
    ACTIVE,
    AGAINST,
    CANCELED,
    DEFEATED,
    EXECUTED,
    FOR,
    PENDING,
    QUEUED,
    SUCCEEDED,
    AnyClient,
)
from .conftest import EXECUTIVE, POOR, PROPOSER, PT, SECOND, STRANGER, THIRD, VOTER


@pytest.fixture
def client(world):
    return AnyClient(world.node.web3, world.dao.governor.address, world.node.warp)


@pytest.fixture
def signal(world):
    """An action of the class General, as bytes: of it the views without a proposal speak."""
    mandates = world.dao.suite.mandates
    return [mandates.address], [0], [bytes.fromhex(mandates.encode_abi("signal", [keccak(text="hear")])[2:])]


def of(number):
    return key(number).address


def test_a_proposal_from_draft_to_execution(client, signal, world):
    ballots = {of(VOTER): FOR, of(SECOND): AGAINST, of(THIRD): ABSTAIN}
    states = client.carry(of(PROPOSER), ballots, of(EXECUTIVE), *signal, "# Hear us")
    assert states == [PENDING, ACTIVE, SUCCEEDED, QUEUED, EXECUTED]
    (said,) = world.dao.suite.mandates.events.Signaled.get_logs(from_block=0)
    assert said["args"]["textHash"] == keccak(text="hear")


@pytest.mark.parametrize(
    "ballots",
    [{SECOND: FOR, VOTER: AGAINST}, {THIRD: FOR}, {}],
    ids=["no majority", "no quorum", "no ballot"],
)
def test_a_proposal_that_fails_is_defeated(client, signal, ballots):
    named = {of(number): support for number, support in ballots.items()}
    assert client.carry(of(PROPOSER), named, of(EXECUTIVE), *signal, "x") == [PENDING, ACTIVE, DEFEATED]


def test_counting_mode_says_what_is_counted(client, signal):
    """bravo: 0 against, 1 for, 2 abstain; For and Abstain make the quorum; parts of a vote come as parameters."""
    assert client.counting == {
        "support": ["bravo,fractional"], "quorum": ["for,abstain"], "params": ["fractional"],
    }  # fmt: skip
    # 2,000,000 of 10,000,010 is the quorum of a General proposal: abstentions alone reach it
    assert client.ask.quorum(client.ask.clock().call() - 1).call() == 2_000_000 * PT
    states = client.carry(of(PROPOSER), {of(SECOND): ABSTAIN, of(THIRD): FOR}, of(EXECUTIVE), *signal, "x")
    assert states[-1] == EXECUTED


def test_proposal_threshold_is_what_it_takes(client, signal):
    assert client.ask.proposalThreshold().call() == 50_000 * PT
    assert not client.may_propose(of(POOR))
    with pytest.raises(ContractCustomError) as refused:
        client.ask.propose(*signal, "x").call({"from": of(POOR)})
    selector = keccak(text="GovernorInsufficientProposerVotes(address,uint256,uint256)")[:4]
    assert str(refused.value.data).startswith("0x" + selector.hex())


def test_cancel_by_its_proposer(client, signal):
    number = client.propose(of(PROPOSER), *signal, "x")
    canceled = client.send(of(PROPOSER), "cancel", *signal, keccak(text="x"))["ProposalCanceled"]
    assert canceled == {"proposalId": number}
    assert client.state(number) == CANCELED


def test_a_suffix_keeps_others_from_proposing_it(client, signal):
    """G2: `#proposer=` is honoured."""
    bound = f"Mine\n\n#proposer={of(SECOND)}"
    with pytest.raises(ContractCustomError) as refused:
        client.ask.propose(*signal, bound).call({"from": of(PROPOSER)})
    assert str(refused.value.data).startswith("0x" + keccak(text="GovernorRestrictedProposer(address)")[:4].hex())
    assert client.propose(of(SECOND), *signal, bound)


def test_cast_vote_by_sig_as_clients_sign_it(client, signal, world):
    """The typed data of OpenZeppelin's interface, with the voter's plain nonce."""
    number = client.propose(of(PROPOSER), *signal, "x")
    world.open()
    message = {"proposalId": number, "support": FOR, "voter": of(SECOND), "nonce": 0}
    kinds = {"proposalId": "uint256", "support": "uint8", "voter": "address", "nonce": "uint256"}
    domain = {
        "name": client.ask.name().call(),
        "version": client.ask.version().call(),
        "chainId": world.node.web3.eth.chain_id,
        "verifyingContract": client.governor.address,
    }
    types = {"Ballot": [{"name": name, "type": kind} for name, kind in kinds.items()]}
    signature = key(SECOND).sign_typed_data(domain, types, message).signature
    cast = client.send(of(STRANGER), "castVoteBySig", number, FOR, of(SECOND), signature)["VoteCast"]
    assert (cast["voter"], cast["weight"]) == (of(SECOND), 3_000_000 * PT)


def test_supports_interface_answers_for_igovernor(client):
    inherited = {"supportsInterface", "clock", "CLOCK_MODE"}
    own = [item for item in ABI if item["type"] == "function" and item["name"] not in inherited]
    selectors = (int.from_bytes(function_abi_to_4byte_selector(item), "big") for item in own)
    interface = reduce(lambda a, b: a ^ b, selectors).to_bytes(4, "big")
    assert client.ask.supportsInterface(interface).call()
    assert not client.ask.supportsInterface(b"\xff" * 4).call()
