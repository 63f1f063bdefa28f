// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVotingEscrow} from "../escrow/IVotingEscrow.sol";
import {Way} from "./IDistribution.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title Paying out, to a wallet or into a lock
/// @notice To pay into a lock, the payer is an operator of the lock's owner: the owner calls
/// `VotingEscrow.setOperator(payer, true, unlockTime)` once. So nobody locks anything for somebody who did not ask.
library Payout {
    using SafeERC20 for IERC20;

    /// @dev The last thing a caller does: everything is written before. The escrow takes exactly what it is allowed, so no
    /// allowance stays.
    function pay(address token, address escrow, address to, uint256 amount, Way way) internal {
        if (way == Way.Wallet) {
            IERC20(token).safeTransfer(to, amount);
            return;
        }
        IERC20(token).forceApprove(escrow, amount);
        if (way == Way.AddToLock) IVotingEscrow(escrow).addFor(to, amount);
        else IVotingEscrow(escrow).createFor(to, amount);
    }
}
