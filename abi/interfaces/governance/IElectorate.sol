// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Who belongs to the electorate, and since when
/// @notice What governance asks of the Soul Pass.
interface IElectorate {
    /// @notice The id of the pass that `wallet` holds, or zero if it holds none. An account has one id for ever.
    function passOf(address wallet) external view returns (uint256 id);

    /// @notice {passOf}, and the second since which `wallet` has held that pass; zero if it holds none, or one that had
    /// been revoked for 30 days or more in the second `timepoint`.
    function electorAt(address wallet, uint256 timepoint) external view returns (uint256 id, uint48 since);
}
