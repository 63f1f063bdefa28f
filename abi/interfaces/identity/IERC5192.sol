// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Minimal soulbound tokens (ERC-5192)
/// @notice Tells whether a token of an ERC-721 contract can be moved.
interface IERC5192 {
    /// @notice The token can't be moved from now on.
    event Locked(uint256 tokenId);

    /// @notice The token can be moved from now on. Part of the standard; a pass never emits it.
    event Unlocked(uint256 tokenId);

    /// @notice Whether the token can't be moved. Reverts for a token that nobody holds.
    function locked(uint256 tokenId) external view returns (bool);
}
