// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A contract that calls what anyone tells it to call: how a test acts as a contract.
contract Actor {
    function execute(address target, bytes calldata data) external payable returns (bytes memory) {
        (bool success, bytes memory answer) = target.call{value: msg.value}(data);
        if (!success) {
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
        return answer;
    }
}
