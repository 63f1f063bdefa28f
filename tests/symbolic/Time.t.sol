// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint, sumsOf} from "../../contracts/escrow/Checkpoint.sol";
import {DecayingLine} from "../../contracts/escrow/DecayingLine.sol";
import {History} from "../../contracts/escrow/History.sol";

/// @notice What time does to a line while nobody touches it.
contract TimeProof {
    using DecayingLine for DecayingLine.Line;

    uint256 private constant WEEK = 7 days;
    uint256 private constant WRITTEN = 160 * WEEK + 12_345;

    /// @dev What the permanent lock has.
    uint256 private constant PERMANENT = 3_141_592e18 + 65_359;

    DecayingLine.Line private _line;

    /// @notice A line has the sums of the locks that still run, in the last second before an end and from the first one
    /// after it.
    /// @dev Two locks of any amounts up to 2^88 wei, a quarter of the supply, in two weeks at both sides of a word of the
    /// bitmap, and a permanent one.
    function check_time_takes_out_what_is_over(uint88 first, uint88 second, uint8 which) external {
        if (first == 0 || second == 0) revert();
        unchecked {
            uint256 kept = PERMANENT * 104 + uint256(second) * 256;
            Checkpoint sums = sumsOf(uint256(first) + second, kept + uint256(first) * 161);
            _line.history.head =
                Checkpoint.unwrap(sums) & History.PAYLOAD_MASK | WRITTEN << History.TIME_SHIFT;
            _line.expiring[161] = first;
            _line.expiring[256] = second;
            _line.populated[0] = 1 << 161;
            _line.populated[1] = 1;
            if (which == 0) {
                _assertSums(161 * WEEK - 1, uint256(first) + second, kept + uint256(first) * 161);
            } else if (which == 1) {
                _assertSums(161 * WEEK, second, kept);
            } else if (which == 2) {
                _assertSums(256 * WEEK - 1, second, kept);
            } else {
                _assertSums(256 * WEEK, 0, PERMANENT * 104);
            }
        }
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

    function _assertSums(uint256 time, uint256 amount, uint256 moment) private view {
        Checkpoint sums = _line.at(time);
        assert((sums.amount() ^ amount) | (sums.moment() ^ moment) == 0);
    }
}
