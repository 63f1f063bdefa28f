// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Who belongs to the electorate, and since when
/// @notice The one thing that governance asks of the Soul Pass.
interface IElectorate {
    /// @notice The second since which `wallet` has held a pass that counts in votes, or zero if it holds none: no
    /// pass at all, or one that has been revoked for 30 days or more.
    function electorSince(address wallet) external view returns (uint48);
}
