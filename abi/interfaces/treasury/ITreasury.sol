// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {IPlace} from "../token/IPlace.sol";

/// @title The treasury of the DAO
/// @notice Holds ether and any ERC-20, first of all its share of PT. Only the DAO spends, and only by paying: a
/// payment makes one call, either `transfer` on the asset or a call without data that carries ether, so no other
/// action can hide inside it.
interface ITreasury is IPlace {
    /* EVENTS */

    /// @notice Ether came in without call data. Tokens announce themselves by their own `Transfer`.
    event Received(address indexed from, uint256 amount);

    /// @notice The DAO paid `amount` of `asset` (the zero address: ether, in wei) to `to`.
    /// @param memo What it was for, in the DAO's words.
    event Spent(address indexed asset, address indexed to, uint256 amount, string memo);

    /* ERRORS */

    /// @notice The constructor wants an address: without token or DAO what arrives could never leave.
    error Treasury__ZeroAddress();

    /// @notice Only the DAO's timelock may do this.
    error Treasury__NotDao(address caller);

    /// @notice Nothing can be paid to the zero address, to the treasury itself, or to PT or the asset, where it
    /// would be lost.
    error Treasury__InvalidRecipient(address to);

    /// @notice A payment of nothing would only feign that something was paid.
    error Treasury__ZeroAmount();

    /* SPENDING */

    /// @notice Pays out of the treasury.
    /// @param asset The ERC-20 to pay in, or the zero address for ether.
    /// @param to Who is paid; for ether, a contract gets all remaining gas to receive it.
    /// @param amount In the asset's smallest unit.
    /// @param memo What it is for; kept in the event only.
    /// @dev Requirements: the caller is the DAO; `to` is not zero, the treasury, PT or the asset itself; `amount` is above zero
    /// and not above what is held; the transfer succeeds (tokens that return nothing are accepted, an address without
    /// code is not a token). Emits {Spent}.
    function spend(address asset, address to, uint256 amount, string calldata memo) external;

    /* VIEWS */

    /// @notice The DAO's timelock.
    function dao() external view returns (address);
}
