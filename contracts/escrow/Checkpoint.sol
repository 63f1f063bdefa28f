// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {History} from "./History.sol";

/// @title The state of a decaying line at one second, in one word
/// @notice A set of locks with amounts `a` and end weeks `e` weighs `(C * WEEK - A * t) / (104 * WEEK)`, where
/// `A = Σ a` and `C = Σ a * e` are exact integers. Permanent locks add `104 * a` to `C` and nothing to `A`.
///
///     | 255 ... 224 | 223 ... 192 | 191 ... 90 | 89 ... 0 |
///     |    index    |    time     |  moment C  | amount A |
///
/// @dev With a supply S of 10^27 wei: A <= S < 2^90, and C <= S * 4095 < 2^102, because weeks are below 2^12 and
/// 104 is, too. Nothing is rounded.
type Checkpoint is uint256;

using {amount, moment, time, index} for Checkpoint global;

uint256 constant AMOUNT_BITS = 90;
uint256 constant MOMENT_BITS = 102;

/// @notice A sum does not fit: more was put into a line than the token's supply.
error Checkpoint__Overflow(uint256 amount, uint256 moment);

/// @notice A: the decaying amount, in wei.
function amount(Checkpoint self) pure returns (uint256) {
    return Checkpoint.unwrap(self) & ((1 << AMOUNT_BITS) - 1);
}

/// @notice C: Σ amount * end week, and 104 * amount of each permanent lock.
function moment(Checkpoint self) pure returns (uint256) {
    return (Checkpoint.unwrap(self) >> AMOUNT_BITS) & ((1 << MOMENT_BITS) - 1);
}

/// @notice Seconds since genesis when this was written.
function time(Checkpoint self) pure returns (uint256) {
    return History.timeOf(Checkpoint.unwrap(self));
}

/// @notice Place in the line's history.
function index(Checkpoint self) pure returns (uint256) {
    return History.indexOf(Checkpoint.unwrap(self));
}

/// @notice The lower 192 bits of a checkpoint; reverts where a sum does not fit.
function packCheckpoint(uint256 amount_, uint256 moment_) pure returns (uint256 payload) {
    if (amount_ >> AMOUNT_BITS != 0 || moment_ >> MOMENT_BITS != 0) {
        revert Checkpoint__Overflow(amount_, moment_);
    }
    payload = (moment_ << AMOUNT_BITS) | amount_;
}
