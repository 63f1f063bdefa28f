// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint, packCheckpoint} from "./Checkpoint.sol";
import {History} from "./History.sol";
import {LockCheckpoint} from "./LockCheckpoint.sol";
import {LibBit} from "solady/utils/LibBit.sol";

/// @title The weight of a set of locks as one decaying line, exact at every second of its history
/// @notice Between two edits the line loses `x[w]`, the amount that expires in week `w`, at the start of each such
/// week; the weight itself is continuous there. A bitmap of the weeks that have any lets a read jump from one to the
/// next. docs/escrow.md derives it.
/// @dev Times are seconds since genesis, weeks counted from there, too.
///
/// Past answers never change, on two conditions that `replace` keeps: an edit of `x[w]` writes a checkpoint into the
/// same line, and `w * WEEK` lies in the future. A read at `t` starts at the last checkpoint not after `t` and uses
/// only weeks up to `t`; those were edited before that checkpoint or never again.
///
/// `A = 0` does not mean that nothing is there: `C` holds the permanent locks.
library DecayingLine {
    using History for History.Store;

    struct Line {
        History.Store history;
        /// @dev x[w]: the amount that expires at the start of week w, in wei.
        mapping(uint256 week => uint256 amount) expiring;
        /// @dev Bit w % 256 of word w / 256 is set if and only if x[w] is not zero, for weeks of the future.
        mapping(uint256 index => uint256 word) populated;
    }

    uint256 internal constant WEEK = 7 days;
    /// @notice Longest term in weeks; also what a permanent lock always has left.
    uint256 internal constant MAX_WEEKS = 104;

    /// @notice Take one lock out of the line and put another in, as of `now_`.
    /// @dev Either may be dead (expired, empty), in which case it counts for nothing. Every lock that is taken out must
    /// have been put in before; the subtractions revert otherwise.
    function replace(Line storage self, LockCheckpoint outgoing, LockCheckpoint incoming, uint256 now_)
        internal
    {
        Checkpoint head = Checkpoint.wrap(self.history.head);
        (uint256 amount, uint256 moment) = _walk(self, head, now_);

        uint256 thisWeek = now_ / WEEK;
        uint256 outWeek = 0;
        uint256 inWeek = 0;
        if (outgoing.isAlive(thisWeek)) {
            uint256 leaving = outgoing.amount();
            if (outgoing.isPermanent()) {
                moment -= leaving * MAX_WEEKS;
            } else {
                outWeek = outgoing.week();
                amount -= leaving;
                moment -= leaving * outWeek;
            }
        }
        if (incoming.isAlive(thisWeek)) {
            uint256 entering = incoming.amount();
            if (incoming.isPermanent()) {
                moment += entering * MAX_WEEKS;
            } else {
                inWeek = incoming.week();
                amount += entering;
                moment += entering * inWeek;
            }
        }
        self.history.write(Checkpoint.unwrap(head), packCheckpoint(amount, moment), now_);

        if (outWeek == inWeek) {
            if (outWeek != 0) {
                self.expiring[outWeek] = self.expiring[outWeek] - outgoing.amount() + incoming.amount();
            }
        } else {
            if (outWeek != 0) _unschedule(self, outWeek, outgoing.amount());
            if (inWeek != 0) _schedule(self, inWeek, incoming.amount());
        }
    }

    /// @notice Write the present state, so that later readers have fewer weeks to walk. Changes no answer.
    function checkpoint(Line storage self, uint256 now_) internal {
        uint256 head = self.history.head;
        if (head == 0) return;
        (uint256 amount, uint256 moment) = _walk(self, Checkpoint.wrap(head), now_);
        self.history.write(head, packCheckpoint(amount, moment), now_);
    }

    /// @notice A and C at any time, past, present, or future if nothing changes.
    /// @dev Costs the binary search over the history, one or two bitmap words, and some 2,350 gas for each populated
    /// week (at most 104) between the checkpoint found and `time`.
    function at(Line storage self, uint256 time) internal view returns (uint256 amount, uint256 moment) {
        return _walk(self, Checkpoint.wrap(self.history.at(time)), time);
    }

    /// @notice The undivided weight of (A, C) at `time`: weight times 104 weeks in seconds.
    function raw(uint256 amount, uint256 moment, uint256 time) internal pure returns (uint256) {
        return moment * WEEK - amount * time;
    }

    /// @dev Let the weeks pass from a checkpoint to `time`.
    function _walk(Line storage self, Checkpoint from, uint256 time)
        private
        view
        returns (uint256 amount, uint256 moment)
    {
        amount = from.amount();
        moment = from.moment();
        if (amount == 0) return (amount, moment); // nothing left to expire; permanent locks stay in `moment`

        uint256 week = from.time() / WEEK + 1;
        uint256 last = time / WEEK;
        // No lock in a line ends more than 104 weeks after the line was last written.
        if (last >= week + MAX_WEEKS) last = week + MAX_WEEKS - 1;

        unchecked {
            while (week <= last) {
                uint256 word = self.populated[week / 256] >> (week % 256);
                while (word != 0) {
                    uint256 gap = LibBit.ffs(word);
                    week += gap;
                    if (week > last) return (amount, moment);
                    uint256 gone = self.expiring[week];
                    amount -= gone; // gone is part of amount, and gone * week of moment
                    moment -= gone * week;
                    if (amount == 0) return (amount, moment);
                    word = (word >> gap) & ~uint256(1);
                }
                week = (week / 256 + 1) * 256;
            }
        }
    }

    function _schedule(Line storage self, uint256 week, uint256 amount) private {
        uint256 before = self.expiring[week];
        self.expiring[week] = before + amount;
        if (before == 0) self.populated[week / 256] |= 1 << (week % 256);
    }

    function _unschedule(Line storage self, uint256 week, uint256 amount) private {
        uint256 left = self.expiring[week] - amount;
        self.expiring[week] = left;
        if (left == 0) self.populated[week / 256] &= ~(1 << (week % 256));
    }
}
