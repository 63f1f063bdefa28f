// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {History} from "./History.sol";

/// @title One account's lock at one second, in one word
///
///     | 255 ... 225 | 224 ... 193 |    104    |    103    |    102    | 101 ... 90 | 89 ... 0 |
///     |    index    |    time     | withdrawn | delegated | permanent |  end week  |  amount  |
///
/// @dev A permanent lock has no end week (0). `delegated` outlives the lock: it says whether the account has chosen
/// somebody else to vote. `withdrawn` is set in the head, in place, after the end, when the lock weighs nothing any more;
/// so setting it changes no past answer.
type LockCheckpoint is uint256;

using {
    amount,
    week,
    isPermanent,
    isDelegated,
    isWithdrawn,
    time,
    isHeld,
    isAlive,
    plus,
    withDelegated,
    withWithdrawn
} for LockCheckpoint global;

uint256 constant LOCK_AMOUNT_BITS = 90;
uint256 constant LOCK_WEEK_BITS = 12;
uint256 constant LOCK_MAX_AMOUNT = (1 << LOCK_AMOUNT_BITS) - 1;
uint256 constant PERMANENT_BIT = 1 << 102;
uint256 constant DELEGATED_BIT = 1 << 103;
uint256 constant WITHDRAWN_BIT = 1 << 104;

/// @notice The amount or the week does not fit.
error LockCheckpoint__Overflow(uint256 amount, uint256 week);

/// @notice Locked wei.
function amount(LockCheckpoint self) pure returns (uint256) {
    return LockCheckpoint.unwrap(self) & LOCK_MAX_AMOUNT;
}

/// @notice End, in weeks since genesis; 0 for a permanent lock or none.
function week(LockCheckpoint self) pure returns (uint256) {
    return (LockCheckpoint.unwrap(self) >> LOCK_AMOUNT_BITS) & ((1 << LOCK_WEEK_BITS) - 1);
}

/// @notice Whether the lock does not decay.
function isPermanent(LockCheckpoint self) pure returns (bool) {
    return LockCheckpoint.unwrap(self) & PERMANENT_BIT != 0;
}

/// @notice Whether somebody else votes with what the account locks.
function isDelegated(LockCheckpoint self) pure returns (bool) {
    return LockCheckpoint.unwrap(self) & DELEGATED_BIT != 0;
}

/// @notice Whether the tokens have left.
function isWithdrawn(LockCheckpoint self) pure returns (bool) {
    return LockCheckpoint.unwrap(self) & WITHDRAWN_BIT != 0;
}

/// @notice Seconds since genesis when this was written.
function time(LockCheckpoint self) pure returns (uint256) {
    return History.timeOf(LockCheckpoint.unwrap(self));
}

/// @notice Whether tokens are held for this lock, running or over.
function isHeld(LockCheckpoint self) pure returns (bool) {
    return self.amount() != 0 && !self.isWithdrawn();
}

/// @notice Whether the lock weighs anything in a given week since genesis.
/// @dev It does until the very second in which its end week begins.
function isAlive(LockCheckpoint self, uint256 inWeek) pure returns (bool) {
    return self.amount() != 0 && (self.isPermanent() || self.week() > inWeek);
}

/// @notice The same lock with more in it, without time and index; reverts where it does not fit.
function plus(LockCheckpoint self, uint256 amount_) pure returns (LockCheckpoint) {
    unchecked {
        if (amount_ > LOCK_MAX_AMOUNT - self.amount()) revert LockCheckpoint__Overflow(amount_, self.week());
        return LockCheckpoint.wrap((LockCheckpoint.unwrap(self) & History.PAYLOAD_MASK) + amount_);
    }
}

/// @notice The same lock with the delegated bit as given.
function withDelegated(LockCheckpoint self, bool delegated) pure returns (LockCheckpoint) {
    uint256 word = LockCheckpoint.unwrap(self);
    return LockCheckpoint.wrap(delegated ? word | DELEGATED_BIT : word & ~DELEGATED_BIT);
}

/// @notice The same lock with the withdrawn bit set.
function withWithdrawn(LockCheckpoint self) pure returns (LockCheckpoint) {
    return LockCheckpoint.wrap(LockCheckpoint.unwrap(self) | WITHDRAWN_BIT);
}

/// @notice A lock without time and index, as `History.write` wants it; reverts where a field does not fit.
function packLock(uint256 amount_, uint256 week_, bool permanent, bool delegated)
    pure
    returns (LockCheckpoint)
{
    if (amount_ >> LOCK_AMOUNT_BITS != 0 || week_ >> LOCK_WEEK_BITS != 0) {
        revert LockCheckpoint__Overflow(amount_, week_);
    }
    uint256 word = (week_ << LOCK_AMOUNT_BITS) | amount_;
    if (permanent) word |= PERMANENT_BIT;
    if (delegated) word |= DELEGATED_BIT;
    return LockCheckpoint.wrap(word);
}
