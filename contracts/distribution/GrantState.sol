// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev A grant in one word, from the lowest bit: amount 90, claimed 90, start 32, firm 32, revocable 1, revoked 1.
/// Zero is no grant. The supply of PT fits 90 bits; times are seconds since 1970 and fit 32 bits until 2106.
type GrantState is uint256;

using {
    isNone,
    amount,
    claimed,
    start,
    firm,
    isRevocable,
    isRevoked,
    withClaimed,
    revokedAt
} for GrantState global;

uint256 constant AMOUNT_BITS = 90;
uint256 constant TIME_BITS = 32;
uint256 constant START_AT = 2 * AMOUNT_BITS;
uint256 constant FIRM_AT = START_AT + TIME_BITS;
uint256 constant REVOCABLE = 1 << (FIRM_AT + TIME_BITS);
uint256 constant REVOKED = REVOCABLE << 1;
uint256 constant AMOUNT_MASK = (1 << AMOUNT_BITS) - 1;
uint256 constant TIME_MASK = (1 << TIME_BITS) - 1;

/// @dev The caller has seen to it that every part fits.
function newGrant(uint256 amount_, uint256 start_, uint256 firm_, bool revocable) pure returns (GrantState) {
    return GrantState.wrap(amount_ | (start_ << START_AT) | (firm_ << FIRM_AT) | (revocable ? REVOCABLE : 0));
}

function isNone(GrantState self) pure returns (bool) {
    return GrantState.unwrap(self) == 0;
}

function amount(GrantState self) pure returns (uint256) {
    return GrantState.unwrap(self) & AMOUNT_MASK;
}

function claimed(GrantState self) pure returns (uint256) {
    return (GrantState.unwrap(self) >> AMOUNT_BITS) & AMOUNT_MASK;
}

function start(GrantState self) pure returns (uint256) {
    return (GrantState.unwrap(self) >> START_AT) & TIME_MASK;
}

function firm(GrantState self) pure returns (uint256) {
    return (GrantState.unwrap(self) >> FIRM_AT) & TIME_MASK;
}

function isRevocable(GrantState self) pure returns (bool) {
    return GrantState.unwrap(self) & REVOCABLE != 0;
}

function isRevoked(GrantState self) pure returns (bool) {
    return GrantState.unwrap(self) & REVOKED != 0;
}

/// @dev At most {amount} in all, which the caller has seen to.
function withClaimed(GrantState self, uint256 more) pure returns (GrantState) {
    return GrantState.wrap(GrantState.unwrap(self) + (more << AMOUNT_BITS));
}

/// @dev What had vested becomes the whole amount, and all of it counts as vested from now on.
function revokedAt(GrantState self, uint256 vested) pure returns (GrantState) {
    return GrantState.wrap((GrantState.unwrap(self) & ~AMOUNT_MASK) | vested | REVOKED);
}
