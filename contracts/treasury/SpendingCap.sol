// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

using SpendingCapLib for SpendingCap global;

/// @notice What was spent of one asset in the running span of 15 days and in the two before it.
/// @param span The running span, counted from 1970.
struct SpendingCap {
    uint112 current;
    uint112 previous;
    uint32 span;
    uint112 oldest;
}

/// @title A cap on what leaves within any 30 days
/// @notice Any 30 days lie within three neighbouring spans of 15 days. So where three spans together stay below the
/// cap, any 30 days do, wherever they begin; the price is that headroom returns after 30 to 45 days, not exactly 30.
/// @dev A single span of 30 days would let twice the cap leave around its edge.
library SpendingCapLib {
    uint256 private constant SPAN = 15 days;

    // slither-disable-start incorrect-equality -- spans are counted, and these are small numbers of them

    /// @notice What the last three spans spent, the running one included.
    function recent(SpendingCap storage self) internal view returns (uint256) {
        uint256 passed = block.timestamp / SPAN - self.span;
        if (passed == 0) return uint256(self.current) + self.previous + self.oldest;
        if (passed == 1) return uint256(self.current) + self.previous;
        if (passed == 2) return self.current;
        return 0;
    }

    /// @notice Books `amount` in the running span; reverts when the sum of a span does not fit its bits.
    function book(SpendingCap storage self, uint256 amount) internal {
        uint256 span = block.timestamp / SPAN;
        uint256 passed = span - self.span;
        if (passed != 0) {
            self.oldest = passed == 1 ? self.previous : passed == 2 ? self.current : 0;
            self.previous = passed == 1 ? self.current : 0;
            self.current = 0;
            // forge-lint: disable-next-line(unsafe-typecast) -- spans of 15 days outlast the sun
            self.span = uint32(span);
        }
        self.current = SafeCast.toUint112(self.current + amount);
    }

    // slither-disable-end incorrect-equality
}
