// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev The totals of a campaign's two roots and their times in one word, from the lowest bit: total 96, pendingTotal 96,
/// since 32, pendingSince 32.
/// - total: what the active root grants in all.
/// - pendingTotal: what the pending root grants in all.
/// - since: when the active root's wait ended.
/// - pendingSince: when the pending root's wait ends; 0 if there is none.
/// The supply of PT fits 90 bits; seconds since 1970 fit 32 bits until 2106, and no campaign lasts longer.
type Ledger is uint256;

using {total, pendingTotal, since, pendingSince, withPending, activated} for Ledger global;

uint256 constant SUM_BITS = 96;
uint256 constant SUM_MASK = (1 << SUM_BITS) - 1;
uint256 constant SECONDS_MASK = type(uint32).max;
uint256 constant SINCE_AT = 2 * SUM_BITS;
uint256 constant PENDING_AT = SINCE_AT + 32;

function total(Ledger self) pure returns (uint256) {
    return Ledger.unwrap(self) & SUM_MASK;
}

function pendingTotal(Ledger self) pure returns (uint256) {
    return (Ledger.unwrap(self) >> SUM_BITS) & SUM_MASK;
}

function since(Ledger self) pure returns (uint256) {
    return (Ledger.unwrap(self) >> SINCE_AT) & SECONDS_MASK;
}

function pendingSince(Ledger self) pure returns (uint256) {
    return Ledger.unwrap(self) >> PENDING_AT;
}

/// @dev With a root that grants so much and waits until a second of 32 bits; zeros for none.
function withPending(Ledger self, uint256 sum, uint256 until) pure returns (Ledger) {
    return Ledger.wrap(self.total() | (sum << SUM_BITS) | (self.since() << SINCE_AT) | (until << PENDING_AT));
}

/// @dev With the pending root as the active one.
function activated(Ledger self) pure returns (Ledger) {
    return Ledger.wrap(self.pendingTotal() | (self.pendingSince() << SINCE_AT));
}
