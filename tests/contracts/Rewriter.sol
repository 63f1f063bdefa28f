// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What a Safe's owners would delegate a call to if they wanted to change what no function changes.
contract Rewriter {
    function write(uint256 slot, uint256 word) external {
        assembly ("memory-safe") {
            sstore(slot, word)
        }
    }
}
