"""`check` is green after a deployment, and names every single thing that is not as configured."""

import json
from typing import get_args

import pytest
from eth_abi import encode
from eth_utils import keccak
from support.anvil import data, key

from phemexia.config.models import Campaigns
from phemexia.config.units import show_moment
from phemexia.deployment import KeySigner, Progress
from phemexia.deployment.plan import GROUND, STEPS, class_rules, compiled
from phemexia.deployment.proof import ROLES, expectations
from phemexia.deployment.rehearsal import addresses
from phemexia.errors import Refused

ROLE = {name: role for role, name in ROLES.items()}
DAY = 86_400


def by_dao(world, contract, signature, *arguments):
    """What a decision of the DAO would do, or an attacker who had taken it over."""
    world.node.impersonate(world.at("PhemexTimelock"), world.at(contract), data(signature, *arguments))


def test_check_proves_a_new_deployment(deployed):
    report = deployed.check()
    assert report.good
    facts = {(kind, subject): fact for kind, subject, fact in report.proven}
    governor = deployed.at("PhemexGovernor")
    assert facts["role", "PROPOSER_ROLE"] == f"only PhemexGovernor {governor}"
    assert facts["role", "DEFAULT_ADMIN_ROLE"] == f"only PhemexTimelock {deployed.at('PhemexTimelock')}"
    assert facts["parameter", "ActionClasses.rulesOf(constitutional)"] == (
        "250_000 vePT to propose, delay 2 days, vote 10 days, quorum 15 % or 20_000_000 vePT, majority 66.67 %"
    )
    assert facts["actions", "ActionClasses"] == "38 in the table, all others are constitutional"
    assert facts["team", "CoreTeam"] == "2 members, as configured"
    block = deployed.manifest.record.contracts["Treasury"].block
    assert facts["origin", "Treasury"] == f"exact creation code and arguments, block {block}"
    assert facts["writer", "SoulPass"] == (
        f"xPT shovel governance credit: the publisher {key(9).address}; "
        f"contribution: Contributors {deployed.at('Contributors')}"
    )
    assert facts["operation", "PhemexTimelock"] == "none waits"
    assert facts["successor", "VotingEscrow"] == "none announced"
    assert {subject for kind, subject in facts if kind == "origin"} == {
        step.contract for step in STEPS if step.contract not in GROUND
    }
    assert facts["supply", "PT"] == "1_000_000_000 PT"
    assert facts["deployer", deployed.signer.address] == "has no role and no office, and received no PT"
    assert {subject for kind, subject in facts if kind == "code"} == {step.contract for step in STEPS}


def test_check_asks_every_contract_for_every_address_it_names(world):
    """A new owner or operator that nobody compares would be a hole in the proof."""
    asked = {
        (e.contract, e.view) for e in expectations(world.config, addresses(world.config, world.signer.address))
    }
    named = {
        (step.contract, item["name"])
        for step in STEPS
        for item in compiled(step.contract).abi
        if item["type"] == "function"
        and not item["inputs"]
        and [o["type"] for o in item["outputs"]] == ["address"]
    }
    assert named <= asked


@pytest.mark.parametrize("role", ROLE)
def test_check_names_a_surplus_role(deployed, role):
    """G14: no deployer keeps a role."""
    deployer = deployed.signer.address
    by_dao(deployed, "PhemexTimelock", "grantRole(bytes32,address)", ROLE[role], deployer)
    assert deployed.check().differences == [f"role {role}: the deployer {deployer} has it, should not"]


def test_check_names_a_surplus_role_of_a_stranger(deployed):
    """N9: executor is the governor alone; the zero address would open execution to everybody."""
    stranger, nobody = key(2).address, "0x" + "00" * 20
    by_dao(deployed, "PhemexTimelock", "grantRole(bytes32,address)", ROLE["EXECUTOR_ROLE"], stranger)
    by_dao(deployed, "PhemexTimelock", "grantRole(bytes32,address)", ROLE["EXECUTOR_ROLE"], nobody)
    assert deployed.check().differences == [
        f"role EXECUTOR_ROLE: {nobody} has it, should not",
        f"role EXECUTOR_ROLE: {stranger} has it, should not",
    ]


def test_check_names_a_role_that_the_suite_does_not_know(deployed):
    stranger, role = key(2).address, keccak(text="BACKDOOR_ROLE")
    by_dao(deployed, "PhemexTimelock", "grantRole(bytes32,address)", role, stranger)
    assert deployed.check().differences == [f"role 0x{role.hex()}: {stranger} has it, should not"]


def test_check_is_green_again_when_a_surplus_role_is_gone(deployed):
    stranger = key(2).address
    by_dao(deployed, "PhemexTimelock", "grantRole(bytes32,address)", ROLE["EXECUTOR_ROLE"], stranger)
    by_dao(deployed, "PhemexTimelock", "revokeRole(bytes32,address)", ROLE["EXECUTOR_ROLE"], stranger)
    assert deployed.check().good


def test_check_names_a_role_whatever_block_the_record_claims(deployed):
    """A record that says the timelock is younger than it is would hide what was granted before."""
    stranger = key(5).address
    by_dao(deployed, "PhemexTimelock", "grantRole(bytes32,address)", ROLE["EXECUTOR_ROLE"], stranger)
    path = deployed.records / "ethereum-local.json"
    for block in (deployed.node.web3.eth.block_number + 1, 10**9, None):
        record = json.loads(path.read_text())
        for entry in record["contracts"].values():
            entry["block"] = block
        path.write_text(json.dumps(record))
        assert deployed.check().differences == [f"role EXECUTOR_ROLE: {stranger} has it, should not"]


def test_check_names_another_admin_of_a_role(deployed):
    """OpenZeppelin's timelock has no way to set one; storage that was tampered with has."""
    role, admin = ROLE["EXECUTOR_ROLE"], keccak(text="BACKDOOR_ROLE")
    slot = int.from_bytes(keccak(role + bytes(32))) + 1
    address = deployed.at("PhemexTimelock")
    deployed.node.rpc("anvil_setStorageAt", address, f"0x{slot:064x}", "0x" + admin.hex())
    assert deployed.check().differences == [
        f"role EXECUTOR_ROLE: its admin is 0x{admin.hex()}, should be DEFAULT_ADMIN_ROLE"
    ]


def test_check_names_an_operation_that_no_proposal_queued(deployed):
    """N9: here the governor's address schedules without a proposal, which its code never does."""
    treasury, spend = deployed.at("Treasury"), data("dao()")
    arguments = (treasury, 0, spend, bytes(32), bytes(32))
    operation = keccak(encode(["address", "uint256", "bytes", "bytes32", "bytes32"], arguments))
    schedule = data("schedule(address,uint256,bytes,bytes32,bytes32,uint256)", *arguments, 2 * DAY)
    execute = data("execute(address,uint256,bytes,bytes32,bytes32)", *arguments)
    timelock, governor = deployed.at("PhemexTimelock"), deployed.at("PhemexGovernor")
    deployed.node.impersonate(governor, timelock, schedule)
    difference = [f"operation 0x{operation.hex()}: waits in PhemexTimelock, and no proposal queued it"]
    assert deployed.check().differences == difference
    deployed.node.warp(deployed.node.now() + 2 * DAY)  # ready, and still waiting
    assert deployed.check().differences == difference
    deployed.node.impersonate(governor, timelock, execute)
    assert deployed.check().good


def test_check_knows_an_operation_that_a_proposal_queued(deployed):
    """The whole way of a decision, by a holder with a pass and 3,000,000 permanent vePT."""
    node, holder, amount = deployed.node, key(10), 3_000_000 * 10**18
    node.rpc("anvil_setBalance", holder.address, hex(10**18))
    token, escrow = deployed.at("PhemexToken"), deployed.at("VotingEscrow")
    governor, voucher = deployed.at("PhemexGovernor"), (holder.address, keccak(text="account"), 0, 2**40)
    domain = {"name": "Phemex Soul Pass", "version": "1", "chainId": 31337}
    fields = {"wallet": "address", "account": "bytes32", "nonce": "uint256", "deadline": "uint256"}
    signature = key(8).sign_typed_data(
        domain | {"verifyingContract": deployed.at("SoulPass")},
        {"Voucher": [{"name": name, "type": kind} for name, kind in fields.items()]},
        dict(zip(fields, voucher, strict=True)),
    )
    mint = data("mint((address,bytes32,uint256,uint256),bytes)", voucher, bytes(signature.signature))
    end = node.now() // (7 * DAY) * 7 * DAY + 104 * 7 * DAY
    spend = data("spend(address,address,uint256,string)", token, holder.address, 1, "")
    calls = ([deployed.at("Treasury")], [0], [spend])
    types = "address[],uint256[],bytes[]"

    def act(to, signature, *arguments):
        node.impersonate(holder.address, to, data(signature, *arguments))

    node.impersonate(deployed.at("Treasury"), token, data("transfer(address,uint256)", holder.address, amount))
    node.impersonate(holder.address, deployed.at("SoulPass"), mint)
    act(token, "approve(address,uint256)", escrow, amount)
    act(escrow, "create(uint256,uint256)", amount, end)
    act(escrow, "makePermanent()")
    node.warp(node.now() + 10)
    act(governor, f"propose({types},string)", *calls, "one wei")
    text = keccak(text="one wei")
    proposal = int.from_bytes(keccak(encode([*types.split(","), "bytes32"], [*calls, text])))
    node.warp(node.now() + DAY + 10)
    act(governor, "castVote(uint256,uint8)", proposal, 1)
    node.warp(node.now() + 7 * DAY + 10)
    act(governor, f"queue({types},bytes32)", *calls, text)
    report = deployed.check()
    assert report.differences == []
    assert [fact for kind, _, fact in report.proven if kind == "operation"] == [f"queued by proposal {proposal}"]

    # Another operation beside it is not covered by that proposal.
    again = (deployed.at("Treasury"), 0, b"", bytes(32), bytes(32), 2 * DAY)
    schedule = data("schedule(address,uint256,bytes,bytes32,bytes32,uint256)", *again)
    node.impersonate(governor, deployed.at("PhemexTimelock"), schedule)
    assert len(deployed.check().differences) == 1


def test_check_names_another_writer_of_a_record(deployed):
    """Whoever writes a kind says what a pass has mined, or how good its credit is."""
    by_dao(deployed, "SoulPass", "setWriter(bytes32,address)", b"credit", key(5).address)
    kind = ("registerKind(bytes32,bytes32,uint8,bool,address)", b"karma", b"point", 0, False, key(6).address)
    by_dao(deployed, "SoulPass", *kind)
    assert deployed.check().differences == [
        f"writer of credit: {key(5).address} on the chain, the publisher {key(9).address} configured",
        f"writer of karma: {key(6).address} on the chain, the publisher {key(9).address} configured",
    ]


def test_check_names_a_successor_that_is_not_configured(deployed):
    successor = deployed.at("Treasury")
    by_dao(deployed, "VotingEscrow", "announceSuccessor(address)", successor)
    since = show_moment(deployed.node.now() + 30 * DAY)
    assert deployed.check().differences == [
        f"successor of VotingEscrow: Treasury {successor} from {since}, not configured"
    ]
    deployed.figure("networks/local.yaml", "successors: []", f"successors: [{successor}]")
    report = deployed.check()
    assert report.good
    assert ("successor", "VotingEscrow", f"Treasury {successor} from {since}") in report.proven
    by_dao(deployed, "VotingEscrow", "retractSuccessor(address)", successor)
    assert deployed.check().differences == [
        f"successor of VotingEscrow: Treasury {successor} is configured, not announced"
    ]


def test_check_names_a_missing_role(deployed):
    governor = deployed.at("PhemexGovernor")
    by_dao(deployed, "PhemexTimelock", "revokeRole(bytes32,address)", ROLE["CANCELLER_ROLE"], governor)
    assert deployed.check().differences == [
        f"role CANCELLER_ROLE: PhemexGovernor {governor} should have it, has not"
    ]


@pytest.mark.parametrize(
    ("contract", "call", "difference"),
    [
        (
            "PhemexTimelock",
            ("updateDelay(uint256)", DAY),
            "parameter PhemexTimelock.getMinDelay: 1 day on the chain, 2 days configured",
        ),
        (
            "SoulPass",
            ("nominateIssuer(address)", key(2).address),
            f"parameter SoulPass.nominee: {key(2).address} on the chain, nobody 0x{'00' * 20} configured",
        ),
        (
            "Campaign",
            ("setGuardian(address)", key(0).address),
            f"parameter Campaign.guardian: {key(0).address} on the chain, guardian {key(7).address} configured",
        ),
        (
            "Campaign",
            ("setPublisher(address)", key(0).address),
            f"parameter Campaign.publisher: {key(0).address} on the chain, publisher {key(9).address} configured",
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_check_names_a_changed_parameter(deployed, contract, call, difference):
    by_dao(deployed, contract, *call)
    assert deployed.check().differences == [difference]


RULES = "(uint32,uint32,uint32,uint32,uint16,uint16)[4]"


def test_check_names_a_changed_rule(deployed):
    rules = [tuple(row.values()) for row in class_rules(deployed.config)]
    rules[1] = (*rules[1][:4], 601, 5_000)
    call = keccak(text=f"setRules({RULES})")[:4] + encode([RULES], [rules])
    deployed.node.impersonate(deployed.at("PhemexTimelock"), deployed.at("ActionClasses"), call)
    rest = "or 10_000_000 vePT, majority 50 %"
    same = "100_000 vePT to propose, delay 1 day, vote 7 days, quorum"
    assert deployed.check().differences == [
        f"parameter ActionClasses.rulesOf(treasury): {same} 6.01 % {rest} on the chain, "
        f"{same} 6 % {rest} configured"
    ]


def test_check_names_another_figure(deployed):
    deployed.figure("governance.yaml", "quorum: 4 %", "quorum: 3.99 %")
    (difference,) = deployed.check().differences
    assert difference.startswith("parameter ActionClasses.rulesOf(general): ")


def test_check_names_every_difference_of_the_table(deployed):
    """N7: an action that was made laxer, one that the configuration does not have, and one that is missing."""
    treasury, stranger = deployed.at("Treasury"), key(2).address
    spend = keccak(text="spend(address,address,uint256,string)")[:4]
    signal = keccak(text="signal(bytes32)")[:4]
    entries = [(treasury, spend, 0), (stranger, b"abcd", 1)]
    call = keccak(text="setClasses((address,bytes4,uint8)[])")[:4]
    call += encode(["(address,bytes4,uint8)[]"], [entries])
    deployed.node.impersonate(deployed.at("PhemexTimelock"), deployed.at("ActionClasses"), call)
    by_dao(deployed, "ActionClasses", "forget(address,bytes4)", deployed.at("Mandates"), signal)
    assert set(deployed.check().differences) == {
        f"action 0x{spend.hex()} at Treasury {treasury}: general on the chain, treasury configured",
        f"action 0x{b'abcd'.hex()} at {stranger}: treasury on the chain, unknown configured",
        f"action 0x{signal.hex()} at Mandates {deployed.at('Mandates')}: unknown on the chain, general configured",
    }


def test_check_names_every_difference_of_the_team(deployed):
    by_dao(deployed, "CoreTeam", "appoint(address)", key(5).address)
    by_dao(deployed, "CoreTeam", "dismiss(address)", key(3).address)
    assert deployed.check().differences == [
        f"core team: {key(5).address} is listed, should not be",
        f"core team: an executive {key(3).address} should be listed, is not",
    ]


def test_check_names_a_guardian_whose_term_is_over(deployed):
    """G12: the DAO renews the term, or the configuration must go without."""
    deployed.node.rpc("evm_increaseTime", 181 * DAY)
    deployed.node.rpc("evm_mine")
    differences = deployed.check().differences
    subject = f"parameter PhemexGovernor.guardian: nobody 0x{'00' * 20} on the chain, guardian "
    assert [line for line in differences if "Governor" in line and line.startswith(subject)]


def test_check_follows_the_configuration_when_it_follows_the_dao(deployed):
    by_dao(deployed, "PhemexTimelock", "updateDelay(uint256)", 3 * DAY)
    for campaign in get_args(Campaigns):
        by_dao(deployed, campaign, "setPublisher(address)", key(2).address)
    for kind in (b"xPT", b"shovel", b"governance", b"credit"):
        by_dao(deployed, "SoulPass", "setWriter(bytes32,address)", kind, key(2).address)
    deployed.figure("governance.yaml", "delay: 2 days # between a", "delay: 3 days # between a")
    deployed.figure("networks/local.yaml", key(9).address, key(2).address)
    report = deployed.check()
    assert report.good
    then = "exact creation code, block 5; figures that the DAO may change were others then"
    assert ("origin", "PhemexTimelock", then) in report.proven
    assert deployed.deploy().deployed == []


@pytest.mark.parametrize("contract", [step.contract for step in STEPS])
def test_check_names_other_code(deployed, contract):
    address = deployed.at(contract)
    code = bytearray(deployed.node.web3.eth.get_code(address))
    code[-1] ^= 1  # the last byte of the metadata: nothing behaves differently
    deployed.node.rpc("anvil_setCode", address, "0x" + bytes(code).hex())
    assert deployed.check().differences == [
        f"code {contract}: at {address} stands other code than this build and configuration make"
    ]


def test_check_names_an_immutable_that_was_changed(deployed):
    """The compiler's output has zeros there: only the rehearsal of the constructor knows the value."""
    address, dao = deployed.at("Treasury"), deployed.at("PhemexTimelock")
    code = bytes(deployed.node.web3.eth.get_code(address))
    mine, theirs = bytes.fromhex(dao[2:]), bytes.fromhex(key(2).address[2:])
    assert mine in code
    deployed.node.rpc("anvil_setCode", address, "0x" + code.replace(mine, theirs).hex())
    assert deployed.check().differences == [
        f"code Treasury: at {address} stands other code than this build and configuration make",
        f"parameter Treasury.dao: {key(2).address} on the chain, PhemexTimelock {dao} configured",
    ]


def test_check_names_code_that_is_gone(deployed):
    address = deployed.at("SoulPass")
    deployed.node.rpc("anvil_setCode", address, "0x")
    assert deployed.check().differences == [f"code SoulPass: nothing stands at {address}"]


def test_check_reports_nonsense_instead_of_stumbling_over_it(deployed):
    for contract in ("PhemexTimelock", "PhemexToken", "Treasury"):
        deployed.node.rpc("anvil_setCode", deployed.at(contract), "0xfe")
    assert [line.split(" stands")[0].split(": at")[0] for line in deployed.check().differences] == [
        "code PhemexTimelock",
        "code Treasury",
        "code PhemexToken",
        "roles of PhemexTimelock: no answer that can be read",
        "parameter PhemexTimelock.getMinDelay: no answer that can be read",
        "parameter Treasury.token: no answer that can be read",
        "parameter Treasury.dao: no answer that can be read",
        "parameter Treasury.guardianSource: no answer that can be read",
        "parameter Treasury.groups: no answer that can be read",
        "budgets of Treasury: no answer that can be read",
        "birth of PT: no answer that can be read",
    ]


def test_check_names_every_part_of_a_broken_off_deployment(world):
    """A half-done deployment is no good, however good its parts are."""

    class Enough(BaseException):
        pass

    class Halt(Progress):
        def done(self, contract, entry):
            if contract == "BuilderVesting":
                raise Enough

    world.signer = KeySigner(key(1))
    with pytest.raises(Enough):
        world.deploy(Halt())
    token = addresses(world.config, world.signer.address)["PhemexToken"]
    assert world.check().differences == [f"code PhemexToken: nothing stands at {token}"]


def test_check_counts_what_was_burnt(deployed):
    treasury = deployed.at("Treasury")
    deployed.node.impersonate(treasury, deployed.at("PhemexToken"), data("burn(uint256)", 3 * 10**18))
    report = deployed.check()
    assert report.good
    assert ("supply", "PT", "999_999_997 PT after 3 PT were burnt") in report.proven


def test_check_names_pt_that_was_never_allocated(deployed):
    """A balance and a supply that no birth accounts for, written straight into storage."""
    deployed.node.rpc(
        "anvil_setStorageAt", deployed.at("PhemexToken"), hex(2), "0x" + (10**27 + 1).to_bytes(32).hex()
    )
    assert deployed.check().differences == [
        "supply of PT: 1_000_000_000.000000000000000001 PT on the chain, 1_000_000_000 PT configured"
    ]


def test_check_names_an_allocation_that_was_not_deployed(deployed):
    for place, share, amount, other in (("Op", 10, 100, "5 %,50"), ("T", 15, 150, "20 %,200")):
        old = f"{share} %\n    amount: {amount}_000_000 PT\n    place: {place}"
        points, millions = other.split(",")
        new = f"{points}\n    amount: {millions}_000_000 PT\n    place: {place}"
        deployed.figure("tokenomics.yaml", old, new)
    operations, treasury = deployed.at("OperationsVesting"), deployed.at("Treasury")
    differences = deployed.check().differences
    for line in (
        f"birth of PT: OperationsVesting {operations} received 100_000_000 PT, should have 50_000_000 PT",
        f"birth of PT: Treasury {treasury} received 400_000_000 PT, should have 450_000_000 PT",
    ):
        assert line in differences


def test_check_refuses_without_a_record(world):
    with pytest.raises(Refused) as refused:
        world.check()
    assert str(refused.value) == (
        "nothing is recorded for ethereum-local: run 'ape run deploy' on this network first"
    )


def test_check_refuses_a_record_of_another_release(deployed):
    deployed.figure("networks/local.yaml", "release: phemexia-1", "release: phemexia-2")
    with pytest.raises(Refused) as refused:
        deployed.check()
    assert str(refused.value).endswith(
        "is of the release phemexia-1, but config/networks/local.yaml names phemexia-2"
    )


def test_check_does_not_trust_the_record(deployed):
    """What the record says of code and arguments is for people: the proof computes its own."""
    path = deployed.records / "ethereum-local.json"
    record = json.loads(path.read_text())
    entry = record["contracts"]["Treasury"]
    entry |= {"code": "0x" + "00" * 32, "arguments": {"dao": key(2).address}}
    path.write_text(json.dumps(record))
    assert deployed.check().good
    deployed.node.rpc("anvil_setCode", entry["address"], "0xfe")
    assert not deployed.check().good


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"address": key(2).address},
            "it has Treasury at 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC, and this release",
        ),
        ({"code": "0x" + "00" * 32}, "it has another code for Treasury than the chain"),
    ],
    ids=["address", "code"],
)
def test_deploy_refuses_an_edited_record(deployed, refuses, change, sentence):
    """Others take addresses from it."""
    path = deployed.records / "ethereum-local.json"
    record = json.loads(path.read_text())
    record["contracts"]["Treasury"] |= change
    path.write_text(json.dumps(record))
    said = refuses(deployed.deploy)
    assert said.startswith(f"{path} was edited: {sentence}")
    assert said.endswith("; restore it, or move it away to have it rebuilt from the chain")
    if "address" in change:
        assert refuses(deployed.check) == said


def test_check_refuses_a_record_of_a_contract_that_is_none(deployed, refuses):
    path = deployed.records / "ethereum-local.json"
    record = json.loads(path.read_text())
    record["contracts"]["Vault"] = record["contracts"]["Treasury"]
    path.write_text(json.dumps(record))
    assert "was edited: there is no contract Vault in the suite" in refuses(deployed.check)
