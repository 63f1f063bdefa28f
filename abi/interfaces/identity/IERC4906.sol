// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Metadata updates (ERC-4906)
/// @notice Tells marketplaces and wallets to read a token's metadata again. Its ERC-165 id is 0x49064906.
/// @dev OpenZeppelin's interface inherits all of ERC-721, which Solady's token can't be declared to have.
interface IERC4906 {
    /// @notice The metadata of a token changed.
    event MetadataUpdate(uint256 _tokenId);

    /// @notice The metadata of a range of tokens changed. Part of the standard; a pass never emits it.
    event BatchMetadataUpdate(uint256 _fromTokenId, uint256 _toTokenId);
}
