// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint} from "../../contracts/escrow/Checkpoint.sol";
import {DecayingLine} from "../../contracts/escrow/DecayingLine.sol";
import {LockCheckpoint, packLock} from "../../contracts/escrow/LockCheckpoint.sol";

/// @notice What time does to a line while nobody touches it.
/// @dev Amounts are any below 2^88, a quarter of the supply; seconds are any of the history's 136 years; the weeks are
/// those named, chosen at both sides of a word of the bitmap.
contract TimeProof {
    using DecayingLine for DecayingLine.Line;

    uint256 private constant WEEK = 7 days;
    uint256 private constant NOW = 160 * WEEK + 12_345;

    DecayingLine.Line private _line;

    /// @notice At every second a line has the sums of the locks that still run.
    function check_time_takes_out_what_is_over(uint88 a, uint88 b, uint88 c, uint88 permanent, uint32 time)
        external
    {
        if (time < NOW) return;
        _enter(a, 161);
        _enter(b, 255);
        _enter(c, 256);
        _line.replace(LockCheckpoint.wrap(0), packLock(permanent, 0, true, false), NOW);
        _assertSums(_line.at(time), a, b, c, permanent, time);
    }

    /// @notice A checkpoint at any second on the way changes no answer.
    function check_checkpoint_changes_no_answer(uint88 a, uint88 b, uint88 c, uint32 between, uint32 time) external {
        if (between < NOW || time < between) return;
        _enter(a, 161);
        _enter(b, 255);
        _enter(c, 256);
        _line.checkpoint(between);
        _assertSums(_line.at(time), a, b, c, 0, time);
    }

    /// @notice A line of one lock, without a schedule, has its sums until the very second of its end.
    function check_time_takes_out_a_single_lock(uint88 a, uint32 time) external {
        if (time < NOW || a == 0) return;
        _enter(a, 200);
        Checkpoint sums = _line.at(time);
        assert(Checkpoint.wrap(_line.history.head).isSingle());
        assert(sums.amount() == (time < 200 * WEEK ? a : 0));
        assert(sums.moment() == (time < 200 * WEEK ? uint256(a) * 200 : 0));
    }

    /// @notice The weight never grows by itself: in each second it loses A, for all sums and seconds.
    function check_weight_falls_by_a_each_second(Checkpoint sums, uint32 time) external pure {
        uint256 before = DecayingLine.raw(sums, time);
        uint256 later = DecayingLine.raw(sums, uint256(time) + 1);
        assert(before == later + sums.amount());
    }

    /// @notice The weight is continuous at an end: what leaves in the second of its end weighs nothing, for all sums, all
    /// amounts and all weeks.
    /// @dev In three steps that follow from each other, since solvers do not find them at once: what `minus` leaves, what
    /// `raw` is, and the identity of integers.
    function check_weight_is_continuous_at_an_end(Checkpoint sums, uint256 gone, uint256 week) external pure {
        unchecked {
            if (gone >= 1 << 90 || week >= 1 << 12) return;
            Checkpoint later = sums.minus(gone, gone * week);
            (uint256 a, uint256 c) = (sums.amount(), sums.moment());
            assert(later.amount() == a - gone && later.moment() == c - gone * week);
            uint256 end = week * WEEK;
            assert(DecayingLine.raw(sums, end) == c * WEEK - a * end);
            assert(DecayingLine.raw(later, end) == later.moment() * WEEK - later.amount() * end);
            assert((c - gone * week) * WEEK - (a - gone) * end == c * WEEK - a * end);
        }
    }

    /* INTERNAL */

    function _enter(uint256 amount, uint256 week) private {
        _line.replace(LockCheckpoint.wrap(0), packLock(amount, week, false, false), NOW);
    }

    function _assertSums(Checkpoint sums, uint256 a, uint256 b, uint256 c, uint256 permanent, uint256 time)
        private
        pure
    {
        if (time >= 161 * WEEK) a = 0;
        if (time >= 255 * WEEK) b = 0;
        if (time >= 256 * WEEK) c = 0;
        assert(sums.amount() == a + b + c);
        assert(sums.moment() == a * 161 + b * 255 + c * 256 + permanent * 104);
    }
}
