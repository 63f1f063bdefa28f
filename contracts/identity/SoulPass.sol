// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC7572} from "./IERC7572.sol";
import {ISoulPass} from "./ISoulPass.sol";
import {PassBook} from "./PassBook.sol";
import {PassIssuance} from "./PassIssuance.sol";
import {PassOffices} from "./PassOffices.sol";
import {PassRecord} from "./PassRecord.sol";
import {PassRecovery} from "./PassRecovery.sol";
import {PassStanding} from "./PassStanding.sol";
import {PassState} from "./PassState.sol";
import {Soulbound} from "./Soulbound.sol";
import {IPassArt} from "./art/IPassArt.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title Soul Pass
/// @notice See {ISoulPass}. What is here is what a marketplace or a wallet shows; what a pass is, is in the parts.
contract SoulPass is PassIssuance, PassStanding, PassRecovery, PassRecord, ISoulPass {
    /* CONSTANTS */

    /// @inheritdoc ISoulPass
    address public immutable art;

    /* CONSTRUCTOR */

    /// @param dao_ The DAO's timelock. None of the addresses needs to have code yet.
    /// @param issuer_ The first issuer.
    /// @param guardian_ The first guardian, for 180 days from now; zero for none.
    /// @param publisher_ Who writes what the exchange knows: the first kinds of the record but one.
    /// @param contributors_ Who writes what people did for the DAO: the contributor program.
    /// @param art_ The {IPassArt} that draws the passes.
    constructor(
        address dao_,
        address issuer_,
        address guardian_,
        address publisher_,
        address contributors_,
        address art_
    )
        EIP712("Phemex Soul Pass", "1")
        PassOffices(dao_, issuer_, guardian_)
        PassRecord(publisher_, contributors_)
    {
        if (art_ == address(0)) revert SoulPass__ZeroAddress();
        art = art_;
    }

    /* PUBLIC VIEWS */

    /// @notice Name of the collection (ERC-721).
    function name() public pure override returns (string memory) {
        return "Phemex Soul Pass";
    }

    /// @notice Symbol of the collection (ERC-721).
    function symbol() public pure override returns (string memory) {
        return "PSP";
    }

    /// @notice Metadata of a held pass (ERC-721) as JSON in a data URI, with the picture in it. Reverts for a pass that
    /// nobody holds.
    function tokenURI(uint256 id) public view override returns (string memory) {
        _requireHeld(id);
        PassState state = _state(id);
        return IPassArt(art)
            .tokenURI(
                IPassArt.Portrait({
                id: id,
                since: state.holderSince(),
                revoked: state.isRevoked(),
                xpt: entryOf(id, XPT).value,
                shovels: entryOf(id, SHOVEL).value,
                contribution: entryOf(id, CONTRIBUTION).value,
                governance: entryOf(id, GOVERNANCE).value,
                credit: entryOf(id, CREDIT).value
            })
            );
    }

    /// @inheritdoc IERC7572
    function contractURI() external view returns (string memory) {
        return IPassArt(art).contractURI();
    }

    /// @notice ERC-165: whether the contract has the interface with this id.
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        // ERC-4906 has events only, and an identifier that its text gives.
        return interfaceId == 0x49064906 || super.supportsInterface(interfaceId);
    }
}
