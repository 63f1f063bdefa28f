// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrowSuccessor} from "../../contracts/escrow/IVotingEscrow.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Takes every lock over, after looking that its tokens have arrived.
contract AcceptingSuccessor is IEscrowSuccessor {
    IERC20 private immutable PT;
    uint256 public taken;
    mapping(address owner => uint256) public unlockTimeOf;

    constructor(address token_) {
        PT = IERC20(token_);
    }

    function onLockMigrated(address owner, uint256 amount, uint256 unlockTime) external returns (bytes4) {
        taken += amount;
        unlockTimeOf[owner] = unlockTime;
        require(PT.balanceOf(address(this)) == taken, "the tokens are missing");
        return IEscrowSuccessor.onLockMigrated.selector;
    }
}

/// @notice Answers, but not with what would confirm.
contract RefusingSuccessor is IEscrowSuccessor {
    function onLockMigrated(address, uint256, uint256) external pure returns (bytes4) {
        return 0xffffffff;
    }
}
