// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A wallet whose check costs nothing in an estimate, which has no price, and all its gas in a block.
contract MoodyWallet {
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        if (tx.gasprice != 0) while (gasleft() > 2_000) {}
        return 0xffffffff;
    }
}
