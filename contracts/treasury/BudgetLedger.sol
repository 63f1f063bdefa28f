// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice All that a payment looks at in its budget and in those above it, in one slot; zero for no budget:
///
///     0 1 | closed 1 | frozen 1 | large 1 | depth 2 | period 2 | parent 24 | payments 32 | spentIn 12 | spent 90 |
///     limit 90
///
/// 90 bits hold the whole supply of PT. A period is counted in months or quarters from 1970 and from 1, so that 12 bits
/// last until 2311; `spent` is of the period `spentIn`. The depth is counted from 0 here.
type BudgetLedger is uint256;

using BudgetLedgerLib for BudgetLedger global;

/// @title Fields of a budget's packed ledger
library BudgetLedgerLib {
    uint256 internal constant MOST = type(uint256).max >> (256 - 90);

    uint256 private constant SPENT = 90;
    uint256 private constant SPENT_IN = 180;
    uint256 private constant PAYMENTS = 192;
    uint256 private constant PARENT = 224;
    uint256 private constant PERIOD = 248;
    uint256 private constant DEPTH = 250;
    uint256 private constant LARGE = 1 << 252;
    uint256 private constant FROZEN = 1 << 253;
    uint256 private constant CLOSED = 1 << 254;
    uint256 private constant COUNT = type(uint32).max;

    /* READING */

    /// @notice What can be paid in one period; at least 1.
    function limit(BudgetLedger self) internal pure returns (uint256) {
        return BudgetLedger.unwrap(self) & MOST;
    }

    /// @notice What was paid in a period.
    function spentOf(BudgetLedger self, uint256 inPeriod) internal pure returns (uint256) {
        return self.spentIn() == inPeriod ? (BudgetLedger.unwrap(self) >> SPENT) & MOST : 0;
    }

    /// @notice The last period in which something was paid; 0: never.
    function spentIn(BudgetLedger self) internal pure returns (uint256) {
        return (BudgetLedger.unwrap(self) >> SPENT_IN) & 0xfff;
    }

    /// @notice How many payments were made.
    function payments(BudgetLedger self) internal pure returns (uint256) {
        return (BudgetLedger.unwrap(self) >> PAYMENTS) & COUNT;
    }

    /// @notice The budget above; 0 for none.
    function parent(BudgetLedger self) internal pure returns (uint256) {
        return (BudgetLedger.unwrap(self) >> PARENT) & type(uint24).max;
    }

    /// @notice How often the limit begins anew: {IBudgets-Period} as a number.
    function period(BudgetLedger self) internal pure returns (uint256) {
        return (BudgetLedger.unwrap(self) >> PERIOD) & 3;
    }

    /// @notice 1 for one without a parent.
    function depth(BudgetLedger self) internal pure returns (uint256) {
        return ((BudgetLedger.unwrap(self) >> DEPTH) & 3) + 1;
    }

    function isLarge(BudgetLedger self) internal pure returns (bool) {
        return BudgetLedger.unwrap(self) & LARGE != 0;
    }

    function isFrozen(BudgetLedger self) internal pure returns (bool) {
        return BudgetLedger.unwrap(self) & FROZEN != 0;
    }

    function isClosed(BudgetLedger self) internal pure returns (bool) {
        return BudgetLedger.unwrap(self) & CLOSED != 0;
    }

    /// @notice Frozen or closed.
    function isStopped(BudgetLedger self) internal pure returns (bool) {
        return BudgetLedger.unwrap(self) & (FROZEN | CLOSED) != 0;
    }

    /* WRITING */

    /// @notice The ledger of a new budget. `limit_` is at most {MOST}, `depth_` 1 to 4.
    function opened(uint256 limit_, uint256 period_, uint256 parent_, uint256 depth_, bool large)
        internal
        pure
        returns (BudgetLedger)
    {
        uint256 word = limit_ | (parent_ << PARENT) | (period_ << PERIOD) | ((depth_ - 1) << DEPTH);
        return BudgetLedger.wrap(large ? word | LARGE : word);
    }

    /// @notice The ledger with that spent in that period; `spent` is at most the limit.
    function withSpent(BudgetLedger self, uint256 spent, uint256 inPeriod)
        internal
        pure
        returns (BudgetLedger)
    {
        uint256 kept = BudgetLedger.unwrap(self) & ~((MOST << SPENT) | (uint256(0xfff) << SPENT_IN));
        return BudgetLedger.wrap(kept | (spent << SPENT) | (inPeriod << SPENT_IN));
    }

    /// @notice The ledger after that many payments; fewer than 2^32.
    function withPayments(BudgetLedger self, uint256 count) internal pure returns (BudgetLedger) {
        return BudgetLedger.wrap((BudgetLedger.unwrap(self) & ~(COUNT << PAYMENTS)) | (count << PAYMENTS));
    }

    function withFrozen(BudgetLedger self, bool frozen) internal pure returns (BudgetLedger) {
        uint256 word = BudgetLedger.unwrap(self);
        return BudgetLedger.wrap(frozen ? word | FROZEN : word & ~FROZEN);
    }

    function withClosed(BudgetLedger self) internal pure returns (BudgetLedger) {
        return BudgetLedger.wrap(BudgetLedger.unwrap(self) | CLOSED);
    }
}
