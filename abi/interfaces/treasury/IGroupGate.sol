// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Who speaks for a working group
/// @notice All that the treasury asks of the working groups.
interface IGroupGate {
    /// @notice Whether `account` may pay for `group` now: it is the group's account and its owners are exactly the
    /// group's members, or it is one of the members.
    function maySpend(uint256 group, address account) external view returns (bool);
}
