// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Pace, Plan} from "./IDistribution.sol";
import {DateTimeLib} from "solady/utils/DateTimeLib.sol";

/// @dev A plan in 48 bits: atStart 16, cliff 8, steps 8, step 8, pace 8, from the top.
type Schedule is uint48;

using {isNone, unlocked, endOf, planOf} for Schedule global;

/// @notice The plan contradicts itself, unlocks nothing, or takes longer than ten years.
error Schedule__Invalid(Plan plan);

/// @notice The start is more than a year ago or more than two years ahead.
error Schedule__StartOutOfBounds(uint256 start, uint256 earliest, uint256 latest);

/* CONSTANTS */

uint256 constant WHOLE = 10_000;
uint256 constant MOST_WEEKS = 521;
uint256 constant MOST_MONTHS = 120;

/// @dev Bounds around the present for a start that nobody can change: a slip of the pen by a year or a digit would
/// unlock everything at once or lock it for ever. The past is allowed so that a deployment that broke off can go on,
/// and so that a contract deployed later can keep the row's own start.
uint256 constant MOST_PAST = 365 days;
uint256 constant MOST_AHEAD = 730 days;

/* MAKING */

/// @dev The plan packed, if it makes sense.
function scheduleOf(Plan memory plan) pure returns (Schedule) {
    uint256 span = uint256(plan.cliff) + uint256(plan.steps) * plan.step;
    bool atOnce = plan.atStart == WHOLE && span == 0 && plan.step == 0;
    bool inSteps = plan.atStart < WHOLE && plan.steps != 0 && plan.step != 0
        && span <= (plan.pace == Pace.Weeks ? MOST_WEEKS : MOST_MONTHS);
    if (!atOnce && !inSteps) revert Schedule__Invalid(plan);
    return Schedule.wrap(
        (uint48(plan.atStart) << 32) | (uint48(plan.cliff) << 24) | (uint48(plan.steps) << 16)
            | (uint48(plan.step) << 8) | uint48(plan.pace)
    );
}

/// @dev That a start lies within bounds around the present.
function requireSaneStart(uint256 start) view {
    (uint256 earliest, uint256 latest) = (block.timestamp - MOST_PAST, block.timestamp + MOST_AHEAD);
    if (start < earliest || start > latest) revert Schedule__StartOutOfBounds(start, earliest, latest);
}

/* READING */

/// @dev Whether this is no schedule at all: every one that was made unlocks something.
function isNone(Schedule schedule) pure returns (bool) {
    return Schedule.unwrap(schedule) == 0;
}

function planOf(Schedule schedule) pure returns (Plan memory) {
    (uint256 atStart, uint256 cliff, uint256 steps, uint256 step, Pace pace) = _parts(schedule);
    // Each was unpacked from as many bits.
    // forge-lint: disable-next-line(unsafe-typecast)
    return Plan(uint16(atStart), uint8(cliff), uint8(steps), uint8(step), pace);
}

/// @dev The part of `amount` (at most 2^128) that is unlocked at `time` (at most 48 bits of seconds), rounded down.
/// Divided once, so that at the end it is `amount` to the wei.
function unlocked(Schedule schedule, uint256 start, uint256 amount, uint256 time) pure returns (uint256) {
    if (time < start) return 0;
    uint256 word = Schedule.unwrap(schedule);
    uint256 all = (word >> 16) & 0xff;
    if (all == 0) return amount;
    uint256 done;
    if (word & 0xff == uint256(Pace.Linear)) {
        (done, all) = _seconds(word, start, time);
    } else {
        done = _instalments(word, start, time);
        if (done >= all) return amount;
    }
    // 128 bits of amount, 14 of shares, 29 of seconds at most: nothing overflows, and none of the divisors is zero.
    unchecked {
        return amount * ((word >> 32) * all + (WHOLE - (word >> 32)) * done) / (WHOLE * all);
    }
}

/// @dev The first second in which everything is unlocked.
function endOf(Schedule schedule, uint256 start) pure returns (uint256) {
    (, uint256 cliff, uint256 steps, uint256 step, Pace pace) = _parts(schedule);
    uint256 span = cliff + steps * step;
    return pace == Pace.Weeks ? start + span * 1 weeks : DateTimeLib.addMonths(start, span);
}

/// @dev How many calendar months have passed: the largest n for which the time is not before `start` plus n months.
/// `start` plus n months is the same day of the month and time of day (UTC) n months on, or the month's last day where
/// it has no such day; always counted from the start itself, so that a clamped month shortens no later one.
function monthsSince(uint256 start, uint256 time) pure returns (uint256 n) {
    (uint256 year, uint256 month,) = DateTimeLib.epochDayToDate(start / 1 days);
    (uint256 nowYear, uint256 nowMonth,) = DateTimeLib.epochDayToDate(time / 1 days);
    unchecked {
        n = 12 * nowYear + nowMonth - 12 * year - month;
    }
    if (DateTimeLib.addMonths(start, n) > time) --n;
}

/* INTERNAL */

/// @dev How many instalments are due; there may be fewer. The time is not before the start.
function _instalments(uint256 word, uint256 start, uint256 time) pure returns (uint256) {
    uint256 units = word & 0xff == uint256(Pace.Weeks) ? (time - start) / 1 weeks : monthsSince(start, time);
    uint256 cliff = (word >> 24) & 0xff;
    if (units < cliff) return 0;
    unchecked {
        return (units - cliff) / ((word >> 8) & 0xff);
    }
}

/// @dev How many seconds of the linear part have passed, and how many there are.
function _seconds(uint256 word, uint256 start, uint256 time) pure returns (uint256, uint256) {
    uint256 from = DateTimeLib.addMonths(start, (word >> 24) & 0xff);
    uint256 all = endOf(Schedule.wrap(uint48(word)), start) - from; // forge-lint: disable-line(unsafe-typecast)
    if (time < from) return (0, all);
    return (time - from < all ? time - from : all, all);
}

function _parts(Schedule schedule)
    pure
    returns (uint256 atStart, uint256 cliff, uint256 steps, uint256 step, Pace pace)
{
    uint256 word = Schedule.unwrap(schedule);
    return (word >> 32, (word >> 24) & 0xff, (word >> 16) & 0xff, (word >> 8) & 0xff, Pace(word & 0xff));
}
