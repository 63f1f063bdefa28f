// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Who belongs to the electorate, and since when
/// @notice What governance asks of the Soul Pass.
interface IElectorate {
    /// @notice The second since which `wallet` has held a pass that counts in votes, or zero if it holds none: no
    /// pass at all, or one that has been revoked for 30 days or more.
    function electorSince(address wallet) external view returns (uint48);

    /// @notice The id of the pass that `wallet` holds, or zero if it holds none. An account has one id for ever.
    function passOf(address wallet) external view returns (uint256 id);

    /// @notice {passOf} and {electorSince} at once.
    function electorOf(address wallet) external view returns (uint256 id, uint48 since);
}
