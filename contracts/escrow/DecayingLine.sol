// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint, sumsOf} from "./Checkpoint.sol";
import {History} from "./History.sol";
import {LockCheckpoint} from "./LockCheckpoint.sol";
import {LibBit} from "solady/utils/LibBit.sol";

/// @title The weight of a set of locks as one decaying line, exact at every second of its history
/// @notice Between two edits the line loses `x[w]`, the amount that expires in week `w`, at the start of each such
/// week; the weight itself is continuous there. A bitmap of the weeks that have any lets a read jump from one to the
/// next. A line whose locks all end in one week, such as a single lock's, writes no schedule: the week is `C / A`, and
/// the schedule begins when a second week, or a permanent lock, joins. docs/escrow.md derives it.
/// @dev Times are seconds since genesis, weeks counted from there, too.
///
/// Past answers never change, on two conditions that `replace` keeps: an edit of `x[w]` writes a checkpoint into the
/// same line, and `w * WEEK` lies in the future. A read at `t` starts at the last checkpoint not after `t` and uses
/// only weeks up to `t`; those were edited before that checkpoint or never again. A single checkpoint needs no `x`.
///
/// `A = 0` does not mean that nothing is there: `C` holds the permanent locks.
library DecayingLine {
    using History for History.Store;

    struct Line {
        History.Store history;
        /// @dev x[w]: the amount that expires at the start of week w, in wei. Not kept while the line is single.
        mapping(uint256 week => uint256 amount) expiring;
        /// @dev Bit w % 256 of word w / 256 is set if and only if x[w] is not zero, for weeks of the future.
        mapping(uint256 index => uint256 word) populated;
    }

    uint256 internal constant WEEK = 7 days;
    /// @notice Longest term in weeks; also what a permanent lock always has left.
    uint256 internal constant MAX_WEEKS = 104;

    /// @notice Take one lock out of the line and put another in, as of `now_`.
    /// @dev Either may be dead (expired, empty), in which case it counts for nothing. Every lock that is taken out must
    /// have been put in before; `minus` reverts otherwise.
    function replace(Line storage self, LockCheckpoint outgoing, LockCheckpoint incoming, uint256 now_)
        internal
    {
        Checkpoint head = Checkpoint.wrap(self.history.head);
        Checkpoint state = _walk(self, head, now_);
        bool wasEmpty = Checkpoint.unwrap(state) == 0;
        uint256 outWeek = 0; // weeks of the schedule that change; 0 stands for none
        uint256 inWeek = 0;

        // Amounts have 90 bits and weeks 12, so their products fit; `plus` and `minus` look after the sums.
        unchecked {
            if (outgoing.isAlive(now_ / WEEK)) {
                if (outgoing.isPermanent()) {
                    state = state.minus(0, outgoing.amount() * MAX_WEEKS);
                } else {
                    if (!state.isSingle()) outWeek = outgoing.week();
                    state = state.minus(outgoing.amount(), outgoing.amount() * outgoing.week());
                }
            }

            if (incoming.isAlive(now_ / WEEK)) {
                state = _keepOrEndSingle(self, state, incoming.week(), wasEmpty);
                if (incoming.isPermanent()) {
                    state = state.plus(0, incoming.amount() * MAX_WEEKS);
                } else {
                    if (!state.isSingle()) inWeek = incoming.week();
                    state = state.plus(incoming.amount(), incoming.amount() * incoming.week());
                }
            }
        }

        if (state.amount() == 0) state = state.withSingle(false);
        self.history.write(Checkpoint.unwrap(head), Checkpoint.unwrap(state), now_);
        _reschedule(self, outWeek, outgoing.amount(), inWeek, incoming.amount());
    }

    /// @notice Write the present state, so that later readers have fewer weeks to walk. Changes no answer.
    function checkpoint(Line storage self, uint256 now_) internal {
        uint256 head = self.history.head;
        if (head == 0) return;
        self.history.write(head, Checkpoint.unwrap(_walk(self, Checkpoint.wrap(head), now_)), now_);
    }

    /// @notice A and C at any time, past, present, or future if nothing changes; without time and index.
    /// @dev Costs the binary search over the history, one or two bitmap words, and some 2,350 gas for each populated
    /// week (at most 104) between the checkpoint found and `time`.
    function at(Line storage self, uint256 time) internal view returns (Checkpoint) {
        return _walk(self, Checkpoint.wrap(self.history.at(time)), time);
    }

    /// @notice The amount that expires in a week of the future.
    function expiringIn(Line storage self, uint256 week, uint256 now_) internal view returns (uint256) {
        Checkpoint state = _walk(self, Checkpoint.wrap(self.history.head), now_);
        if (state.isSingle()) return week == state.moment() / state.amount() ? state.amount() : 0;
        return week > now_ / WEEK ? self.expiring[week] : 0;
    }

    /// @notice The undivided weight of a line at `time`: weight times 104 weeks in seconds.
    function rawAt(Line storage self, uint256 time) internal view returns (uint256) {
        return raw(at(self, time), time);
    }

    /// @notice The undivided weight of the sums at `time`.
    function raw(Checkpoint state, uint256 time) internal pure returns (uint256) {
        return state.moment() * WEEK - state.amount() * time;
    }

    /// @dev A line is single from its first lock until another week, or a permanent lock (week 0), joins what is in it;
    /// then the schedule begins, with what is in it.
    function _keepOrEndSingle(Line storage self, Checkpoint state, uint256 week, bool wasEmpty)
        private
        returns (Checkpoint)
    {
        uint256 amount = state.amount();
        if (wasEmpty || (amount == 0 && state.isSingle())) return state.withSingle(week != 0);
        if (state.isSingle() && week * amount != state.moment()) {
            _schedule(self, state.moment() / amount, amount);
            return state.withSingle(false);
        }
        return state;
    }

    /// @dev Let the weeks pass from a checkpoint to `time`; the sums then.
    function _walk(Line storage self, Checkpoint from, uint256 time) private view returns (Checkpoint) {
        uint256 amount = from.amount();
        if (amount == 0) return from.sums(); // nothing left to expire; permanent locks stay in the moment
        if (from.isSingle()) return time / WEEK < from.moment() / amount ? from.sums() : sumsOf(0, 0);

        // No lock in a line ends more than 104 weeks after the line was last written. All sums below are parts of the
        // checkpoint's: `gone` of its amount, `gone * week` of its moment.
        unchecked {
            uint256 moment = from.moment();
            uint256 week = from.time() / WEEK + 1;
            uint256 last = time / WEEK;
            if (last >= week + MAX_WEEKS) last = week + MAX_WEEKS - 1;
            while (week <= last) {
                uint256 word = self.populated[week / 256] >> (week % 256);
                while (word != 0) {
                    uint256 gap = LibBit.ffs(word);
                    week += gap;
                    if (week > last) return sumsOf(amount, moment);
                    uint256 gone = self.expiring[week];
                    amount -= gone;
                    moment -= gone * week;
                    if (amount == 0) return sumsOf(0, moment);
                    word = (word >> gap) & ~uint256(1);
                }
                week = (week / 256 + 1) * 256;
            }
            return sumsOf(amount, moment);
        }
    }

    /// @dev Move what leaves and what enters in the schedule; week 0 stands for none.
    function _reschedule(
        Line storage self,
        uint256 outWeek,
        uint256 leaving,
        uint256 inWeek,
        uint256 entering
    ) private {
        if (outWeek == inWeek) {
            if (outWeek != 0) {
                self.expiring[outWeek] = self.expiring[outWeek] - leaving + entering;
            }
        } else {
            if (outWeek != 0) _unschedule(self, outWeek, leaving);
            if (inWeek != 0) _schedule(self, inWeek, entering);
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
