// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IBudgets} from "../treasury/IBudgets.sol";
import {IGroupAccounts} from "./IGroupAccounts.sol";

/// @title Contributors: who orders, and who is a contributor
/// @notice Orders come from the account of a working group, while it speaks for the group. Which group that is, the
/// budget says that pays. A contributor is a pass, whatever wallet holds it at the time, and it counts as it does for
/// governance: held, and not revoked for 30 days or more.
interface IOrders {
    /* ERRORS */

    /// @notice The constructor wants addresses.
    error Contributors__ZeroAddress();

    /// @notice Only the group's account, while its owners are exactly the group's members, may do this.
    error Contributors__NotGroup(uint256 group, address caller);

    /// @notice This contract is not the budget's spender, or no group answers for the budget, or another group than
    /// before.
    error Contributors__NotOurs(uint256 budget);

    /// @notice The caller holds another pass or none, or its pass does not count.
    error Contributors__NotContributor(uint256 pass, address caller);

    /// @notice Nobody holds this pass, or it does not count.
    error Contributors__DoesNotCount(uint256 pass);

    /// @notice An amount or a number of points is zero, or a term, a deadline or a number of milestones is out of bounds.
    error Contributors__InvalidTerms();

    /* VIEWS */

    /// @notice Whose budgets pay, and where money returns to.
    function treasury() external view returns (IBudgets);

    /// @notice Who says whose word is a group's.
    function groups() external view returns (IGroupAccounts);

    /// @notice The Soul Pass, and the record on it.
    function soulPass() external view returns (address);

    /// @notice The DAO's timelock. It can end what a group may end, and gives no orders otherwise.
    function dao() external view returns (address);

    /// @notice Whether somebody holds this pass, and it has not been revoked for 30 days or more.
    function counts(uint256 pass) external view returns (bool);
}
