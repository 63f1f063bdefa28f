// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPhemexTimelock} from "./IPhemexTimelock.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title PhemexTimelock
/// @notice OpenZeppelin's timelock with one master and a delay that stays within bounds.
contract PhemexTimelock is TimelockController, IPhemexTimelock {
    /* CONSTANTS */

    /// @inheritdoc IPhemexTimelock
    uint256 public constant override LEAST_DELAY = 1 days;

    /// @inheritdoc IPhemexTimelock
    uint256 public constant override MOST_DELAY = 5 days;

    /* CONSTRUCTOR */

    /// @param minDelay Seconds between queueing and execution.
    /// @param governor The only proposer, executor and canceller; it need not stand yet.
    constructor(uint256 minDelay, address governor)
        TimelockController(minDelay, _only(governor), _only(governor), address(0))
    {
        _checkDelay(minDelay);
    }

    /* DELAY */

    /// @inheritdoc TimelockController
    /// @dev Requirements besides: `newDelay` within {LEAST_DELAY} and {MOST_DELAY}.
    function updateDelay(uint256 newDelay) public override {
        _checkDelay(newDelay);
        super.updateDelay(newDelay);
    }

    /* INTERNAL */

    function _checkDelay(uint256 delay) private pure {
        if (delay < LEAST_DELAY || delay > MOST_DELAY) {
            revert PhemexTimelock__DelayOutOfBounds(delay, LEAST_DELAY, MOST_DELAY);
        }
    }

    function _only(address governor) private pure returns (address[] memory list) {
        if (governor == address(0)) revert PhemexTimelock__ZeroGovernor();
        list = new address[](1);
        list[0] = governor;
    }
}
