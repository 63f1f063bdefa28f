// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPlace} from "../../contracts/token/IPlace.sol";
import {Actor} from "./Actor.sol";

/// @notice The least that a place of genesis is: it names its token. It spends what it has as it is told.
contract Place is Actor, IPlace {
    address public immutable token;

    constructor(address token_) {
        token = token_;
    }
}

/// @notice A contract that has no `token()` at all, and whose calls therefore revert.
contract Bystander {}

/// @notice Answers every call with nothing, successfully.
contract Mute {
    fallback() external {}
}

/// @notice Answers `token()` with the right address followed by a second word.
contract Babbler {
    address private immutable _token;

    constructor(address token_) {
        _token = token_;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        return abi.encode(_token, uint256(1));
    }
}

/// @notice Answers `token()` with the right address, but with a bit set above its 160.
contract Dirty {
    address private immutable _token;

    constructor(address token_) {
        _token = token_;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        return abi.encode(uint256(uint160(_token)) | (1 << 160));
    }
}
