// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {IPlace} from "../token/IPlace.sol";
import {IBudgets} from "./IBudgets.sol";
import {IGroupGate} from "./IGroupGate.sol";
import {IGuardianSource} from "./IGuardianSource.sol";

/// @title The treasury of the DAO
/// @notice Holds ether and any ERC-20, first of all its share of PT. The DAO spends, and those to whom it gave a budget;
/// and only by paying: a payment makes one call, either `transfer` on the asset or a call without data that carries
/// ether, so no other action can hide inside it.
/// @dev What leaves without a decision of the highest class is bounded twice: {spend} by 2% of an asset within any 30
/// days, and budgets by {IBudgets-openBudget}, whose limits together promise at most 2% of it, however often they are closed
/// and opened anew.
interface ITreasury is IPlace, IBudgets {
    /* EVENTS */

    /// @notice Ether came in without call data. Tokens announce themselves by their own `Transfer`.
    event Received(address indexed from, uint256 amount);

    /// @notice The DAO paid `amount` of `asset` (the zero address: ether, in wei) to `to`.
    /// @param memo What it was for, in the DAO's words.
    event Spent(address indexed asset, address indexed to, uint256 amount, string memo);

    /* ERRORS */

    /// @notice The constructor wants addresses: without token or DAO what arrives could never leave.
    error Treasury__ZeroAddress();

    /// @notice Only the DAO's timelock may do this.
    error Treasury__NotDao(address caller);

    /// @notice Nothing can be paid to the zero address, to the treasury itself, or to PT or the asset, where it
    /// would be lost.
    error Treasury__InvalidRecipient(address to);

    /// @notice A payment of nothing would only feign that something was paid.
    error Treasury__ZeroAmount();

    /// @notice {spend} has `left` until spans of the last 30 to 45 days pass out of sight; {spendLarge} is not bounded.
    error Treasury__AboveCap(address asset, uint256 amount, uint256 left);

    /* SPENDING */

    /// @notice Pays out of the treasury, within 2% of what it holds of the asset in any 30 days.
    /// @param asset The ERC-20 to pay in, or the zero address for ether.
    /// @param to Who is paid; for ether, a contract gets all remaining gas to receive it.
    /// @param amount In the asset's smallest unit.
    /// @param memo What it is for; kept in the event only.
    /// @dev Requirements: the caller is the DAO; `to` is not zero, the treasury, PT or the asset itself; `amount` is above
    /// zero, not above what is held, nor above {spendable}; the transfer succeeds (tokens that return nothing are
    /// accepted, an address without code is not a token). Emits {Spent}.
    function spend(address asset, address to, uint256 amount, string calldata memo) external;

    /// @notice Pays out of the treasury without a bound; the DAO decides on it as on its own rules.
    /// @dev As {spend} without the bound, and it uses none of it up. Emits {Spent}.
    function spendLarge(address asset, address to, uint256 amount, string calldata memo) external;

    /* VIEWS */

    /// @notice The DAO's timelock.
    function dao() external view returns (address);

    /// @notice Who says whether an account speaks for a working group.
    function groups() external view returns (IGroupGate);

    /// @notice Who says who is guardian.
    function guardianSource() external view returns (IGuardianSource);

    /// @notice What {spend} could pay of an asset now, in its smallest unit: 2% of what the treasury holds and spent of
    /// it in the last three spans of 15 days, less what it spent in them.
    function spendable(address asset) external view returns (uint256);
}
