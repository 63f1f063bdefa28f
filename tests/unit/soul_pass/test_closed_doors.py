"""S1: every way in which an ERC-721 moves or is approved is closed."""

import pytest
from support.solidity import compile_source

from phemexia import artifacts
from phemexia.evm import reverts

WRITES = {
    "mint((address,bytes32,uint256,uint256),bytes)",
    "burn(uint256)",
    "revoke(uint256,uint8)",
    "reinstate(uint256)",
    "nominateIssuer(address)",
    "acceptIssuer()",
    "sponsor(((address,bytes32,uint256,uint256),bytes,bytes))",
    "sponsorMany(((address,bytes32,uint256,uint256),bytes,bytes)[])",
    "withdrawVouchers(bytes32[])",
    "setGuardian(address)",
    "pauseIssuance()",
    "resumeIssuance()",
    "startRecovery((address,bytes32,uint256,uint256),bytes,bytes)",
    "stopRecovery(uint256)",
    "completeRecovery(uint256)",
    "registerKind(bytes32,bytes32,uint8,bool,address)",
    "setWriter(bytes32,address)",
    "write(bytes32,uint256,uint192)",
    "writeMany(bytes32,uint256[],uint192[])",
}
CLOSED = {
    "approve(address,uint256)",
    "setApprovalForAll(address,bool)",
    "transferFrom(address,address,uint256)",
    "safeTransferFrom(address,address,uint256)",
    "safeTransferFrom(address,address,uint256,bytes)",
}


def _signatures(abi):
    """Signature to mutability of each function."""

    def kind(item):
        if not item["type"].startswith("tuple"):
            return item["type"]
        return f"({','.join(map(kind, item['components']))}){item['type'][5:]}"

    functions = (item for item in abi if item["type"] == "function")
    return {f"{f['name']}({','.join(map(kind, f['inputs']))})": f["stateMutability"] for f in functions}


def test_closed_doors_are_all_there_are():
    """S1: whatever changes state is either the pass's own or closed; a new function has to be named here."""
    signatures = _signatures(artifacts.load("SoulPass").abi)
    changing = {name for name, kind in signatures.items() if kind in ("nonpayable", "payable")}
    assert changing == WRITES | CLOSED - {"setApprovalForAll(address,bool)"}  # which is pure, for it only reverts
    assert signatures["setApprovalForAll(address,bool)"] == "pure"
    assert not {item["type"] for item in artifacts.load("SoulPass").abi} & {"fallback", "receive"}


@pytest.mark.parametrize("door", sorted(CLOSED))
@pytest.mark.parametrize("sender", ["holder", "other_wallet", "issuer", "dao"])
@pytest.mark.parametrize("wei", [0, 1])
def test_closed_doors_revert(soul_pass, chain, pass_id, holder, other_wallet, door, sender, wei, request):
    """S1: for everyone, and with ether too, which Solady's functions would take."""
    arguments = {
        "approve(address,uint256)": (other_wallet, pass_id),
        "setApprovalForAll(address,bool)": (other_wallet, True),
        "safeTransferFrom(address,address,uint256,bytes)": (holder, other_wallet, pass_id, b"data"),
    }.get(door, (holder, other_wallet, pass_id))
    data = soul_pass[door].encode(*arguments)
    who = request.getfixturevalue(sender)
    if wei and door.startswith("setApprovalForAll"):
        with reverts(""):  # not payable: Solidity's own check is earlier
            chain.send(who, soul_pass, data, value=wei)
    else:
        with reverts("Soulbound__NotTransferable"):
            chain.send(who, soul_pass, data, value=wei)
    assert soul_pass.ownerOf(pass_id) == holder
    assert chain.balance(soul_pass) == 0


def test_closed_doors_revert_for_unknown_ids_alike(soul_pass, holder, other_wallet):
    with reverts("Soulbound__NotTransferable"):
        soul_pass.transferFrom(holder, other_wallet, 77, sender=holder)


def test_closed_doors_revert_for_the_revoked(soul_pass, issuer, pass_id, holder, other_wallet):
    soul_pass.revoke(pass_id, 1, sender=issuer)
    with reverts("Soulbound__NotTransferable"):
        soul_pass.transferFrom(holder, other_wallet, pass_id, sender=holder)


def test_closed_doors_leave_no_approvals(soul_pass, pass_id, holder, other_wallet):
    assert int(soul_pass.getApproved(pass_id), 16) == 0
    assert not soul_pass.isApprovedForAll(holder, other_wallet)


@pytest.fixture
def harness(chain, holder):
    harness = chain.deploy(compile_source("SoulboundHarness.sol"))
    harness.mint(holder, 1, sender=holder)
    return harness


def test_closed_doors_behind_the_doors(harness, holder, other_wallet):
    """S1: the internal functions revert as well, so that no later function opens one by accident."""
    attempts = [
        (harness.internalTransfer, holder, other_wallet, 1),
        (harness.internalTransferBy, holder, holder, other_wallet, 1),
        (harness.internalSafeTransfer, holder, other_wallet, 1),
        (harness.internalApprove, other_wallet, 1),
        (harness.internalApproveBy, holder, other_wallet, 1),
        (harness.internalApproveAll, holder, other_wallet),
    ]
    for function, *arguments in attempts:
        with reverts("Soulbound__NotTransferable"):
            function(*arguments, sender=holder)
    assert harness.ownerOf(1) == holder


def test_closed_doors_leave_minting_and_burning_open(harness, holder):
    harness.burn(1, sender=holder)
    assert harness.balanceOf(holder) == 0
