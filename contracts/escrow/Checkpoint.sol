// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {History} from "./History.sol";

/// @title The state of a decaying line at one second, in one word
/// @notice A set of locks with amounts `a` and end weeks `e` weighs `(C * WEEK - A * t) / (104 * WEEK)`, where
/// `A = Σ a` and `C = Σ a * e` are exact integers. Permanent locks add `104 * a` to `C` and nothing to `A`.
///
///     | 255 ... 225 | 224 ... 193 |  192   | 191 ... 90 | 89 ... 0 |
///     |    index    |    time     | single |  moment C  | amount A |
///
/// `single` says that everything in the line decays and ends in one and the same week. That week is then `C / A`, and
/// the line needs no schedule of expiries beside it.
///
/// @dev With a supply S of 10^27 wei: A <= S < 2^90, and C <= S * 4095 < 2^102, because weeks are below 2^12 and
/// 104 is, too. Nothing is rounded.
type Checkpoint is uint256;

using {amount, moment, isSingle, time, index, sums, plus, minus, withSingle} for Checkpoint global;

uint256 constant AMOUNT_BITS = 90;
uint256 constant MOMENT_BITS = 102;
uint256 constant MAX_AMOUNT = (1 << AMOUNT_BITS) - 1;
uint256 constant MAX_MOMENT = (1 << MOMENT_BITS) - 1;
uint256 constant SINGLE_BIT = 1 << 192;

/// @notice A sum does not fit: more was put into a line than the token's supply.
error Checkpoint__Overflow(uint256 amount, uint256 moment);
/// @notice More is taken out of a line than is in it.
error Checkpoint__Underflow(uint256 amount, uint256 moment);

/// @notice A: the decaying amount, in wei.
function amount(Checkpoint self) pure returns (uint256) {
    return Checkpoint.unwrap(self) & MAX_AMOUNT;
}

/// @notice C: Σ amount * end week, and 104 * amount of each permanent lock.
function moment(Checkpoint self) pure returns (uint256) {
    return (Checkpoint.unwrap(self) >> AMOUNT_BITS) & MAX_MOMENT;
}

/// @notice Whether all of the line ends in week `C / A`, so that it has no schedule.
function isSingle(Checkpoint self) pure returns (bool) {
    return Checkpoint.unwrap(self) & SINGLE_BIT != 0;
}

/// @notice Seconds since genesis when this was written.
function time(Checkpoint self) pure returns (uint256) {
    return History.timeOf(Checkpoint.unwrap(self));
}

/// @notice Place in the line's history.
function index(Checkpoint self) pure returns (uint256) {
    return History.indexOf(Checkpoint.unwrap(self));
}

/// @notice The sums without time and index, as `History.write` wants them.
function sums(Checkpoint self) pure returns (Checkpoint) {
    return Checkpoint.wrap(Checkpoint.unwrap(self) & History.PAYLOAD_MASK);
}

/// @notice Sums with so much added to A and C; reverts where one does not fit.
function plus(Checkpoint self, uint256 amount_, uint256 moment_) pure returns (Checkpoint) {
    unchecked {
        if (amount_ > MAX_AMOUNT - self.amount() || moment_ > MAX_MOMENT - self.moment()) {
            revert Checkpoint__Overflow(amount_, moment_);
        }
        return Checkpoint.wrap(Checkpoint.unwrap(self) + ((moment_ << AMOUNT_BITS) | amount_));
    }
}

/// @notice Sums with so much taken from A and C; reverts where there is less.
function minus(Checkpoint self, uint256 amount_, uint256 moment_) pure returns (Checkpoint) {
    if (self.amount() < amount_ || self.moment() < moment_) revert Checkpoint__Underflow(amount_, moment_);
    unchecked {
        return Checkpoint.wrap(Checkpoint.unwrap(self) - ((moment_ << AMOUNT_BITS) | amount_));
    }
}

/// @notice The same sums, single or not.
function withSingle(Checkpoint self, bool single) pure returns (Checkpoint) {
    uint256 word = Checkpoint.unwrap(self);
    return Checkpoint.wrap(single ? word | SINGLE_BIT : word & ~SINGLE_BIT);
}

/// @notice Sums of a line that is not single.
/// @param amount_ At most `MAX_AMOUNT`; unchecked.
/// @param moment_ At most `MAX_MOMENT`; unchecked.
function sumsOf(uint256 amount_, uint256 moment_) pure returns (Checkpoint) {
    return Checkpoint.wrap((moment_ << AMOUNT_BITS) | amount_);
}
