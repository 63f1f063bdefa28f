// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint} from "../../contracts/escrow/Checkpoint.sol";
import {DecayingLine} from "../../contracts/escrow/DecayingLine.sol";
import {LockCheckpoint, packLock} from "../../contracts/escrow/LockCheckpoint.sol";

/// @notice What time does to a line while nobody touches it.
/// @dev Where a walk is played, amounts are any up to 2^88 wei, a quarter of the supply; the weeks are those named, at
/// both sides of a word of the bitmap, and the seconds those at both sides of each week.
contract TimeProof {
    using DecayingLine for DecayingLine.Line;

    uint256 private constant WEEK = 7 days;
    uint256 private constant NOW = 160 * WEEK + 12_345;

    DecayingLine.Line private _line;

    /// @notice A line has the sums of the locks that still run, to the second.
    function check_time_takes_out_what_is_over(uint88 a, uint88 b, uint88 c, uint88 permanent) external {
        _begin(a, b, c, permanent);
        _assertSumsFrom(NOW, a, b, c, permanent);
    }

    /// @notice A checkpoint on the way changes no answer.
    function check_checkpoint_changes_no_answer(uint88 a, uint88 b, uint88 c, uint88 permanent, uint8 which)
        external
    {
        _begin(a, b, c, permanent);
        uint256 between =
            which == 0 ? 161 * WEEK - 1 : which == 1 ? 161 * WEEK : which == 2 ? 255 * WEEK : 256 * WEEK;
        _line.checkpoint(between);
        _assertSumsFrom(between, a, b, c, permanent);
    }

    /// @notice A line of one lock, without a schedule, has its sums until the very second of its end.
    function check_time_takes_out_a_single_lock(uint8 a) external {
        if (a == 0) return;
        _enter(a, 200);
        assert(Checkpoint.wrap(_line.history.head).isSingle());
        Checkpoint sums = _line.at(200 * WEEK - 1);
        assert(sums.amount() == a && sums.moment() == uint256(a) * 200);
        sums = _line.at(200 * WEEK);
        assert(Checkpoint.unwrap(sums) == 0);
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

    /// @dev The permanent lock comes first, so that the line has a schedule from its beginning.
    function _begin(uint256 a, uint256 b, uint256 c, uint256 permanent) private {
        if (permanent == 0) revert();
        _line.replace(LockCheckpoint.wrap(0), packLock(permanent, 0, true, false), NOW);
        _enter(a, 161);
        _enter(b, 255);
        _enter(c, 256);
    }

    function _enter(uint256 amount, uint256 week) private {
        _line.replace(LockCheckpoint.wrap(0), packLock(amount, week, false, false), NOW);
    }

    function _assertSumsFrom(uint256 from, uint256 a, uint256 b, uint256 c, uint256 permanent) private view {
        uint256[8] memory times = [
            NOW,
            161 * WEEK - 1,
            161 * WEEK,
            255 * WEEK - 1,
            255 * WEEK,
            256 * WEEK - 1,
            256 * WEEK,
            uint256(type(uint32).max)
        ];
        for (uint256 i = 0; i < times.length; ++i) {
            if (times[i] < from) continue;
            Checkpoint sums = _line.at(times[i]);
            uint256 x = times[i] < 161 * WEEK ? a : 0;
            uint256 y = times[i] < 255 * WEEK ? b : 0;
            uint256 z = times[i] < 256 * WEEK ? c : 0;
            assert(sums.amount() == x + y + z);
            assert(sums.moment() == x * 161 + y * 255 + z * 256 + permanent * 104);
        }
    }
}
