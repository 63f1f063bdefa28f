// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC4906} from "./IERC4906.sol";
import {IERC5192} from "./IERC5192.sol";
import {IERC5484} from "./IERC5484.sol";
import {ERC721} from "solady/tokens/ERC721.sol";

/// @title An ERC-721 of which nothing can be moved or approved
/// @notice Solady's ERC-721 with every door closed: the entry points, and the internal functions behind them, so that
/// a function added later can't open one by accident. Minting and burning are left to the contract that inherits.
/// @dev Solady, because its 96 bits beside the holder and 224 bits beside the balance save a mint two new slots. Its
/// caveats, where they matter here: it accepts ether where ERC-721 does, which the closed doors undo; the unchecked
/// mint overwrites a holder, so whoever calls it makes sure that there is none; one wallet's balance and its 224
/// bits share a slot, and only {_setAux} writes the latter.
abstract contract Soulbound is ERC721, IERC4906, IERC5192, IERC5484 {
    /* ERRORS */

    /// @notice A pass belongs to one soul: it can't be transferred, and nobody can be approved to.
    error Soulbound__NotTransferable();

    /// @notice Nobody holds a token with this id.
    error Soulbound__NoSuchToken(uint256 id);

    /* CLOSED DOORS */

    /// @notice Always reverts.
    function approve(address, uint256) public payable override {
        revert Soulbound__NotTransferable();
    }

    /// @notice Always reverts.
    function setApprovalForAll(address, bool) public pure override {
        revert Soulbound__NotTransferable();
    }

    /// @notice Always reverts.
    function transferFrom(address, address, uint256) public payable override {
        revert Soulbound__NotTransferable();
    }

    /// @notice Always reverts.
    function safeTransferFrom(address, address, uint256) public payable override {
        revert Soulbound__NotTransferable();
    }

    /// @notice Always reverts.
    function safeTransferFrom(address, address, uint256, bytes calldata) public payable override {
        revert Soulbound__NotTransferable();
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IERC5192
    function locked(uint256 id) external view returns (bool) {
        _requireHeld(id);
        return true;
    }

    /// @inheritdoc IERC5484
    function burnAuth(uint256 id) external view returns (BurnAuth) {
        _requireHeld(id);
        return BurnAuth.Both;
    }

    /// @notice ERC-165: whether the contract has the interface with this id.
    function supportsInterface(bytes4 interfaceId) public view virtual override returns (bool) {
        return interfaceId == type(IERC5192).interfaceId || interfaceId == type(IERC5484).interfaceId
            || super.supportsInterface(interfaceId);
    }

    /* INTERNAL */

    function _requireHeld(uint256 id) internal view {
        if (!_exists(id)) revert Soulbound__NoSuchToken(id);
    }

    /// @dev Solady calls this from every function that changes a holder; only minting and burning have a zero side.
    function _beforeTokenTransfer(address from, address to, uint256) internal virtual override {
        if (from != address(0) && to != address(0)) revert Soulbound__NotTransferable();
    }

    function _approve(address, address, uint256) internal pure override {
        revert Soulbound__NotTransferable();
    }

    function _setApprovalForAll(address, address, bool) internal pure override {
        revert Soulbound__NotTransferable();
    }
}
