// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A history of packed words, one storage slot for each second that changed anything
/// @notice Every word carries its own time and index in the top 63 bits; what lies below is the owner's business:
///
///     | 255 ... 225 | 224 ... 193 | 192 ... 0 |
///     |    index    |    time     |  payload  |
///
/// The latest word lives in `head`. It moves to `past` only when a later second writes, so times in a history
/// strictly increase, and an entry of `past` never changes.
/// @dev `time` counts seconds from whatever the owner chose, up to 2^32 - 1 (136 years). A second writes one entry at
/// most, so `index` could reach 2^31 only if each second of 68 years wrote one. Beyond either bound writing reverts;
/// reading goes on.
library History {
    struct Store {
        uint256 head;
        mapping(uint256 index => uint256 word) past;
    }

    /// @notice The clock of this history has run out of bits.
    error History__TimeOverflow(uint256 time);
    /// @notice This history is full.
    error History__Full();

    uint256 internal constant TIME_SHIFT = 193;
    uint256 internal constant INDEX_SHIFT = 225;
    uint256 internal constant PAYLOAD_MASK = (1 << TIME_SHIFT) - 1;
    uint256 internal constant MAX_TIME = type(uint32).max;
    uint256 internal constant MAX_INDEX = type(uint256).max >> INDEX_SHIFT;

    /// @notice The time that a word was written, in the owner's seconds.
    function timeOf(uint256 word) internal pure returns (uint256) {
        return (word >> TIME_SHIFT) & MAX_TIME;
    }

    /// @notice The place of a word in its history.
    function indexOf(uint256 word) internal pure returns (uint256) {
        return word >> INDEX_SHIFT;
    }

    /// @notice Write `payload` as of `time`. Within one second the later write replaces the earlier.
    /// @param head The present head, which the caller has read already.
    /// @param payload At most 193 bits.
    /// @param time Not before the head's.
    function write(Store storage self, uint256 head, uint256 payload, uint256 time) internal {
        if (time > MAX_TIME) revert History__TimeOverflow(time);
        uint256 index = indexOf(head);
        // The word zero says the same as no word at all, so it is not worth a slot.
        if (head != 0 && timeOf(head) != time) {
            self.past[index] = head;
            if (index == MAX_INDEX) revert History__Full();
            unchecked {
                ++index;
            }
        }
        self.head = (index << INDEX_SHIFT) | (time << TIME_SHIFT) | payload;
    }

    /// @notice The word that stood at `time`; zero before the first.
    /// @dev Reads the head, and log2(length) slots when the head is younger.
    function at(Store storage self, uint256 time) internal view returns (uint256 word) {
        word = self.head;
        if (timeOf(word) <= time) return word;
        uint256 low = 0;
        uint256 high = indexOf(word);
        word = 0;
        unchecked {
            while (low < high) {
                uint256 middle = (low + high) / 2;
                uint256 candidate = self.past[middle];
                if (timeOf(candidate) > time) {
                    high = middle;
                } else {
                    low = middle + 1;
                    word = candidate; // the latest seen that is old enough
                }
            }
        }
    }

    /// @notice Number of words, the head included.
    function length(Store storage self) internal view returns (uint256) {
        uint256 head = self.head;
        return head == 0 ? 0 : indexOf(head) + 1;
    }

    /// @notice At most `limit` words from index `offset` on, oldest first, the head last.
    function page(Store storage self, uint256 offset, uint256 limit)
        internal
        view
        returns (uint256[] memory words)
    {
        uint256 total = length(self);
        if (offset >= total) return words;
        uint256 count = total - offset < limit ? total - offset : limit;
        words = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            words[i] = offset + i == total - 1 ? self.head : self.past[offset + i];
        }
    }
}
