// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {IWorkingGroups} from "./IWorkingGroups.sol";

/// @title The guard of the working groups' Safes
/// @notice What owners of a Safe may do with it is up to them, but for two things. They can't change the Safe itself:
/// neither by calling it (owners, modules, guards, the fallback handler), nor by a delegate call, which can write
/// anything into its storage, and hide there what no view shows: an owner who is in no list, a module, a consent that
/// nobody gave. And they can do nothing while they are not exactly the group's members.
/// @dev A transaction guard of Safe 1.5.0. It has no storage and belongs to nobody. The only way around a guard is a
/// module, and the only module is the working groups' contract.
interface IGroupGuard {
    /* ERRORS */

    /// @notice A group's Safe makes no delegate calls.
    error GroupGuard__DelegateCall(address to);

    /// @notice A group's Safe does not call itself.
    error GroupGuard__CallToItself(address account);

    /// @notice The Safe's owners are not its group's members, or it is no group's: align it first.
    error GroupGuard__OutOfLine(uint256 group);

    /// @notice The constructor wants an address.
    error GroupGuard__ZeroAddress();

    /* BIRTH */

    /// @notice What a new Safe runs as itself: makes the working groups its module, and this its guard.
    /// @dev Called by delegate call from Safe's `setup`; a call from anywhere else reverts.
    function equip() external;

    /* VIEWS */

    /// @notice The working groups.
    function groups() external view returns (IWorkingGroups);
}
