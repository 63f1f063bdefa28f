// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Whose word is a working group's
/// @notice All that the contributor program asks of the working groups.
interface IGroupAccounts {
    /// @notice The group's account, whoever owns it now; zero for an unknown group.
    function accountOf(uint256 group) external view returns (address);

    /// @notice Whether `account` may spend for `group` now; for the group's account: whether its owners are exactly the
    /// group's members.
    function maySpend(uint256 group, address account) external view returns (bool);
}
