// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title What the DAO says
/// @notice A proposal that only says something needs something to do: it signals its text here.
interface IMandates {
    /// @notice The DAO passed the text with that hash.
    event Signaled(bytes32 indexed textHash);

    /// @notice Only the DAO's timelock may do this.
    error Mandates__NotDao(address caller);

    /// @notice Nobody can't be the DAO.
    error Mandates__ZeroAddress();

    /// @notice Says that the DAO passed a text.
    /// @param textHash keccak-256 of the text.
    /// @dev Requirements: the caller is the DAO. Emits {Signaled}.
    function signal(bytes32 textHash) external;

    /// @notice The DAO's timelock.
    function dao() external view returns (address);
}
