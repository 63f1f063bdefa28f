// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrowSuccessor, IVotingEscrow} from "../../contracts/escrow/IVotingEscrow.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Takes locks over, and remembers what it saw while it was called.
contract Successor is IEscrowSuccessor {
    IERC20 private immutable _token;

    address public owner;
    uint256 public amount;
    uint256 public unlockTime;
    uint256 public balanceSeen;
    uint256 public lockSeen;

    constructor(IERC20 token_) {
        _token = token_;
    }

    function onLockMigrated(address owner_, uint256 amount_, uint256 unlockTime_) external returns (bytes4) {
        (owner, amount, unlockTime) = (owner_, amount_, unlockTime_);
        balanceSeen = _token.balanceOf(address(this));
        lockSeen = IVotingEscrow(msg.sender).lockOf(owner_).amount;
        return this.onLockMigrated.selector;
    }
}

/// @notice Answers with something else than the selector.
contract Refuser is IEscrowSuccessor {
    function onLockMigrated(address, uint256, uint256) external pure returns (bytes4) {
        return 0xffffffff;
    }
}

/// @notice Reverts with a reason of its own.
contract Reverter is IEscrowSuccessor {
    function onLockMigrated(address, uint256, uint256) external pure returns (bytes4) {
        revert("not now");
    }
}

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
