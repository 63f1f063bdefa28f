// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Contract-level metadata (ERC-7572)
interface IERC7572 {
    /// @notice The contract's metadata changed. Part of the standard; a pass never emits it, because they can't.
    event ContractURIUpdated();

    /// @notice The contract's metadata.
    function contractURI() external view returns (string memory);
}
