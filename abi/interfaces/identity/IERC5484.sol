// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Consensual soulbound tokens (ERC-5484)
/// @notice Tells who may end a token that can't be moved; settled when the token is issued, and for good.
interface IERC5484 {
    /// @notice Who may end a token.
    enum BurnAuth {
        IssuerOnly,
        OwnerOnly,
        Both,
        Neither
    }

    /// @notice A token was issued: next to ERC-721's `Transfer`, so that it is known for a soulbound one.
    /// @param from Who issued it.
    /// @param to Who received it.
    /// @param tokenId The token.
    /// @param burnAuth Who may end it.
    event Issued(address indexed from, address indexed to, uint256 indexed tokenId, BurnAuth burnAuth);

    /// @notice Who may end this token. Reverts for a token that nobody holds.
    function burnAuth(uint256 tokenId) external view returns (BurnAuth);
}
