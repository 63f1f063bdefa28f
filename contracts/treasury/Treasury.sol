// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPlace} from "../token/IPlace.sol";
import {ITreasury} from "./ITreasury.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title Treasury
/// @notice What the DAO owns, and the one door through which it leaves.
contract Treasury is ITreasury {
    using SafeERC20 for IERC20;

    /* STORAGE */

    /// @inheritdoc IPlace
    address public immutable override token;

    /// @inheritdoc ITreasury
    address public immutable override dao;

    /* CONSTRUCTOR */

    /// @param token_ PT, which need not stand yet.
    /// @param dao_ The DAO's timelock, which need not stand yet.
    constructor(address token_, address dao_) {
        if (token_ == address(0) || dao_ == address(0)) revert Treasury__ZeroAddress();
        token = token_;
        dao = dao_;
    }

    /* RECEIVING */

    receive() external payable {
        emit Received(msg.sender, msg.value);
    }

    /* SPENDING */

    /// @inheritdoc ITreasury
    function spend(address asset, address to, uint256 amount, string calldata memo) external {
        if (msg.sender != dao) revert Treasury__NotDao(msg.sender);
        if (to == address(0) || to == address(this) || to == token || to == asset) {
            revert Treasury__InvalidRecipient(to);
        }
        if (amount == 0) revert Treasury__ZeroAmount();

        emit Spent(asset, to, amount, memo);
        if (asset == address(0)) Address.sendValue(payable(to), amount);
        else IERC20(asset).safeTransfer(to, amount);
    }
}
