// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Actor} from "./Actor.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A wallet whose signatures are those of a key, and which may burn gas, flood with data or call somebody when
/// asked.
contract SmartWallet is Actor {
    address private immutable _key;
    uint256 public burns;
    uint256 public floods;
    address private _victim;
    bytes private _call;

    constructor(address key) {
        _key = key;
    }

    function misbehave(uint256 burns_, uint256 floods_) external {
        (burns, floods) = (burns_, floods_);
    }

    function meddle(address victim, bytes calldata call) external {
        (_victim, _call) = (victim, call);
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external returns (bytes4) {
        if (_victim != address(0)) {
            (bool success,) = _victim.call{gas: 70_000}(_call); // a refusal burns it all
            if (success) return bytes4(0xffffffff); // the tests expect a ballot that counts
        }
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
