// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Actor} from "./Actor.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A wallet whose signatures are those of a key, and which may burn gas or flood with data when asked.
contract SmartWallet is Actor {
    address private immutable _key;
    uint256 public burns;
    uint256 public floods;

    constructor(address key) {
        _key = key;
    }

    function misbehave(uint256 burns_, uint256 floods_) external {
        (burns, floods) = (burns_, floods_);
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        uint256 end = gasleft() - burns;
        while (gasleft() > end) {}
        uint256 size = floods;
        if (size != 0) {
            assembly ("memory-safe") {
                return(0, size)
            }
        }
        (address signer,,) = ECDSA.tryRecover(digest, signature);
        return signer == _key ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
