// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint} from "../../contracts/escrow/Checkpoint.sol";
import {DecayingLine} from "../../contracts/escrow/DecayingLine.sol";

/// @notice What time does to a line while nobody touches it.
contract TimeProof {
    uint256 private constant WEEK = 7 days;

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
}
